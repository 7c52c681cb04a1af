"""The models that the program knows by name: ``catalogue.toml``, read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

Role = Literal["embedder", "writer"]
Tier = Literal["default", "light"]


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file on the model hub."""

    repository: str
    filename: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive bytes of a published file, carried by a wheel as data."""

    project: str
    version: str
    member: str
    """Path inside the wheel."""
    offset: int
    size: int
    sha256: str
    platform: str = ""
    """Platform tag to ask for, on every platform; empty for a wheel that fits all."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A published model file, and what its conversion needs."""

    name: str
    role: Role
    tier: Tier
    title: str
    licence: str
    file: str
    size: int
    sha256: str
    hub: HubFile | None
    pieces: tuple[Piece, ...]
    converted_size: int
    """Bytes of the converted folder, about."""
    scratch_size: int
    """Bytes that the conversion needs besides, about."""
    form: str = ""
    """What it is converted to, where that has changed since a version that people have."""

    @property
    def known_as(self) -> str:
        """Its name with its revision."""
        return f"{self.name}@{self.sha256[:12]}"

    @property
    def origin(self) -> str:
        """What the converted folder says it was made from."""
        return f"{self.sha256} {self.form}".strip()

    @property
    def source(self) -> str:
        """Where the file can come from, in words."""
        index = f"{self.pieces[0].project} {self.pieces[0].version}" if self.pieces else ""
        if len(self.pieces) > 1:
            index += f" and {len(self.pieces) - 1} more wheels"
        return " or ".join(filter(None, (self.hub.repository if self.hub else "", index)))


def pieces(
    whole: int,
    *,
    project: str,
    version: str,
    member: str,
    piece_size: int,
    sha256: Sequence[str],
    platform: str = "",
) -> Iterator[Piece]:
    """Cut a file of ``whole`` bytes into pieces of ``piece_size``; the last may be shorter.

    ``{n}`` in the names of project and member counts the pieces from 1.
    """
    for number, digest in enumerate(sha256, 1):
        offset = (number - 1) * piece_size
        yield Piece(
            project.format(n=number),
            version,
            member.format(n=number),
            offset,
            min(piece_size, whole - offset),
            digest,
            platform,
        )


def _read() -> Iterator[Artifact]:
    written = (files("askdossier.models") / "catalogue.toml").read_text("utf-8")
    for entry in tomllib.loads(written)["artifact"]:
        hub, wheels = entry.pop("hub", None), entry.pop("wheels")
        yield Artifact(
            **entry,
            hub=HubFile(**hub) if hub else None,
            pieces=tuple(pieces(entry["size"], **wheels)),
        )


CATALOGUE = tuple(_read())


def find(spec: str, role: Role | None = None) -> Artifact | None:
    """Look up the artifact called ``spec``, or that of the tier ``spec`` in a role."""
    for artifact in CATALOGUE:
        if role in (None, artifact.role) and (
            spec == artifact.name or (role is not None and spec == artifact.tier)
        ):
            return artifact
    return None
