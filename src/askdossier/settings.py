"""The settings: one small frozen dataclass, read from a TOML file and the environment.

A command-line option beats an environment variable (``ASKDOSSIER_WRITER``…), which beats the
settings file, which beats the default. The file is ``$ASKDOSSIER_SETTINGS`` when that is set, else
``askdossier.toml`` in the current folder, else ``settings.toml`` in the user's configuration
folder. Unknown keys are errors, so that a typing mistake is not silently ignored.
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import platformdirs

from askdossier.core import InvalidSettings

_PREFIX = "ASKDOSSIER_"
_FILE = _PREFIX + "SETTINGS"
_PASSWORD = _PREFIX + "PASSWORD"
"""Read by the chat, and no setting: it must not stand in a file."""
_KEY = _PREFIX + "API_KEY"
"""The same, of servers of language models."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose."""

    corpus: Path = Path("corpus")
    """The folder of documents."""
    index: Path = Path("index")
    """The folder of the index."""
    models: Path = Path(platformdirs.user_cache_dir("askdossier", appauthor=False)) / "models"
    """Where model files are kept (several gigabytes; shared by all dossiers)."""
    embedder: str = "default"
    """``default``, or a sentence-transformers folder or hub id."""
    writer: str = "default"
    """``default``, ``light``, a causal LM folder, hub id or GGUF file, or a server's model:
    ``ollama:MODEL``, ``openai:URL#MODEL``."""
    reranker: str = "off"
    """``off``, or a sentence-transformers cross-encoder: a folder or hub id."""
    judge: str = "off"
    """What looks again at sentences whose meaning is in doubt: ``off``, ``writer``, or a
    cross-encoder for natural language inference: a folder or hub id."""
    strictness: float = 0.4
    """How sure the program must be that the dossier answers and, in doubt, that its sentence does,
    from 0 (answer whenever anything was found) to 1 (nearly always abstain)."""

    def __post_init__(self) -> None:
        if not 0 <= self.strictness <= 1:
            raise InvalidSettings(f"strictness must lie between 0 and 1, not {self.strictness}.")


def load(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """The settings in force; ``given`` holds command-line options, None meaning "not given".

    Raises:
        InvalidSettings: a settings file cannot be read, or a key or value is not known.
    """
    environment = os.environ if environment is None else environment
    settings = Settings()
    file = _file(environment)
    if file is not None:
        settings = _updated(settings, _read(file), str(file))
    settings = _updated(settings, _in(environment), "the environment")
    options = {key: value for key, value in given.items() if value is not None}
    return _updated(settings, options, "the command line")


def stated(environment: Mapping[str, str] | None = None) -> frozenset[str]:
    """The settings that a file or the environment names. Raises InvalidSettings."""
    environment = os.environ if environment is None else environment
    file = _file(environment)
    return frozenset({*_in(environment), *(_read(file) if file is not None else ())})


def _in(environment: Mapping[str, str]) -> dict[str, str]:
    """What the environment names."""
    return {
        key.removeprefix(_PREFIX).lower(): value
        for key, value in environment.items()
        if key.startswith(_PREFIX) and key not in (_FILE, _PASSWORD, _KEY) and value
    }


def _file(environment: Mapping[str, str]) -> Path | None:
    named = environment.get(_FILE)
    if named:
        file = _path(named)
        if not file.is_file():
            raise InvalidSettings(f"There is no settings file {named}; check {_FILE}.")
        return file
    candidates = (
        Path("askdossier.toml"),
        Path(platformdirs.user_config_dir("askdossier", appauthor=False)) / "settings.toml",
    )
    found = next((file for file in candidates if file.is_file()), None)
    if found == candidates[0]:
        _refuse_foreign(found)
    return found


def _refuse_foreign(file: Path) -> None:
    """Raise InvalidSettings for a file that somebody else has put into the current folder.

    It chooses which models run and where files are read and written.
    """
    if os.name == "nt":
        return  # rights work otherwise there
    state = file.stat()
    if state.st_uid not in (os.geteuid(), 0) or state.st_mode & stat.S_IWOTH:
        raise InvalidSettings(
            f"{file.resolve()} belongs to somebody else or can be changed by anybody: it is not "
            f"read. Make it your own, remove it, or name it with {_FILE}."
        )


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise InvalidSettings(f"{file} cannot be read as TOML: {error}. Mend or delete it.") from (
            error
        )


def _updated(settings: Settings, values: Mapping[str, object], origin: str) -> Settings:
    known = {field.name: type(getattr(settings, field.name)) for field in fields(settings)}
    changes: dict[str, object] = {}
    for key, value in values.items():
        if key not in known:
            raise InvalidSettings(
                f"{origin}: unknown setting “{key}”. Known settings: {', '.join(known)}."
            )
        text = isinstance(value, str | Path) and str(value).strip()
        if known[key] is not float and not text:
            raise InvalidSettings(f"{origin}: {key} = {value!r} is not a text; write it in quotes.")
        try:
            if issubclass(known[key], Path):
                changes[key] = _path(str(value))
            elif known[key] is float:
                changes[key] = float(str(value))
            else:
                changes[key] = str(value)
        except ValueError as error:
            raise InvalidSettings(f"{origin}: {key} = {value!r} is not a number.") from error
    return replace(settings, **changes)  # type: ignore[arg-type]


def _path(spelled: str) -> Path:
    """``~`` is the user's own folder; ``~name`` stays as it is where there is no such user."""
    try:
        return Path(spelled).expanduser()
    except RuntimeError:
        return Path(spelled)
