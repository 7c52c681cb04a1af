"""The sidecar file ``report.pdf.yaml``: what a person states about a document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from askdossier import files
from askdossier.core import DossierError, InvalidMetadata, UnreadableDocument
from askdossier.load.metadata import Metadata, field_name, from_mapping, iso_date, plain, statements
from askdossier.names import file_named

_LARGEST = 100_000
"""Bytes; a larger file is not a handful of statements, and takes YAML seconds."""
_LONGEST = 500
_FIELDS = "title, author, publisher, date, url and licence"


def sidecar_path(path: Path) -> Path:
    """Where the statements about a document are: ``report.pdf.yaml`` for ``report.pdf``."""
    return file_named(path.parent, path.name + ".yaml")


def sidecar(path: Path) -> Metadata:
    """Read the statements about the document at ``path``; empty when there are none.

    Raises `UnreadableDocument` when the sidecar is not a list of known keys.
    """
    beside = sidecar_path(path)
    return from_mapping(_values(beside, _source(beside)))


def edit(path: Path, changes: Mapping[str, str]) -> Path:
    """Change statements about the document at ``path``, and keep all else in its sidecar.

    Keys are those that `sidecar` knows; an empty value takes the statement away. Comments, order
    and other statements stay. Returns the sidecar's path, which does not exist when nothing is
    left. Raises InvalidMetadata for a key or value that makes no sense, `UnreadableDocument` when
    the sidecar that is there cannot be read, DossierError when it cannot be written.
    """
    wanted = {}
    for key, value in changes.items():
        name = field_name(key)
        if name is None:
            raise InvalidMetadata(f"{key} is not known. Use {_FIELDS}.")
        wanted[name] = _checked(name, value)
    beside = sidecar_path(path)
    source = _source(beside)
    _values(beside, source)
    for name, value in wanted.items():
        source = _with(source, name, value)
    try:
        _write(beside, source)
    except OSError as error:
        raise DossierError(
            f"{beside.name} cannot be written: {error.strerror or error}. Free some space or see "
            "to the rights on its folder."
        ) from error
    return beside


def _write(beside: Path, source: str) -> None:
    """Put the file there whole, or leave it as it was; without statements there is none."""
    if source.strip():
        files.write(beside, source.encode())
    else:
        files.remove(beside)


def _source(beside: Path) -> str:
    try:
        content = files.read_own(beside, _LARGEST)
        if len(content) > _LARGEST:
            raise UnreadableDocument(
                f"{beside.name} is too large for a few statements about a document. Keep only "
                f"{_FIELDS} in it."
            )
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(beside, error) from error


def _values(beside: Path, source: str) -> dict[object, object]:
    try:
        values = statements(source)
    except ValueError as error:
        raise _unreadable(beside, error) from error
    if values is None:
        return {}
    unknown = (
        sorted(str(key) for key in values if field_name(key) is None)
        if isinstance(values, dict)
        else ["no 'key: value' lines"]
    )
    if unknown:
        raise UnreadableDocument(
            f"{beside.name} holds {', '.join(unknown)}, which is not known. Use {_FIELDS}, one "
            "'key: value' per line."
        )
    assert isinstance(values, dict)
    return values


def _unreadable(beside: Path, error: Exception) -> UnreadableDocument:
    reason = str(error).partition("\n")[0]
    return UnreadableDocument(
        f"{beside.name} cannot be read as YAML ({reason}). Correct it or delete it, then sync "
        "again."
    )


def _checked(name: str, value: str) -> str:
    """The value as it is stored; empty to take the statement away."""
    value = plain(value) or ""
    if not value:
        return ""
    if name == "date":
        date = iso_date(value)
        if date is None:
            raise InvalidMetadata(
                f"{value} is not a date. Write a year, a month or a day: 2025, 2025-11, 2025-11-07 "
                "or 7 novembre 2025."
            )
        return date
    if name == "url" and (not value.startswith(("http://", "https://")) or " " in value):
        raise InvalidMetadata(f"{value} is not a web address. It begins with https:// or http://.")
    return value


def _with(source: str, name: str, value: str) -> str:
    """The YAML text with one statement replaced, added or taken away; all else as it was."""
    line = f"{name}: {_scalar(value)}\n" if value else ""
    root = yaml.compose(source, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return source + ("\n" if source and not source.endswith("\n") else "") + line
    if root.flow_style:  # {title: …}: on one line, so its statements are written anew
        values = {str(k): v for k, v in yaml.safe_load(source).items() if field_name(k) != name}
        source = yaml.safe_dump(values, allow_unicode=True, sort_keys=False) if values else ""
        return source + line
    kept = []
    at = 0
    for key, node in root.value:
        if field_name(key.value) == name:
            end = source.find("\n", max(node.end_mark.index - 1, key.end_mark.index))
            kept.append(source[at : key.start_mark.index])
            at = len(source) if end < 0 else end + 1
    kept.append(source[at:])
    source = "".join(kept)
    return source + ("\n" if source and not source.endswith("\n") else "") + line


def _scalar(value: str) -> str:
    """The value as YAML reads it back: in quotes where it must be."""
    text = yaml.safe_dump(value, allow_unicode=True, width=10 * _LONGEST)
    return text.removesuffix("\n").removesuffix("\n...")
