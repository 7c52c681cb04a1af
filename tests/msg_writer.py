"""Writes messages as Outlook saves them (MSG): streams in a compound file, as [MS-CFB] has it.

Just enough for tests: one FAT sector at most of each kind, and a directory in which every entry is
the right sibling of the one before it.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_SECTOR, _MINI = 512, 64
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SMALL = 4096

Tree = Mapping[str, "bytes | Tree"]


@dataclass
class Attached:
    """A file attached to a message, or a message."""

    name: str
    content: bytes | Outlook
    kind: str = ""
    cid: str = ""


@dataclass
class Outlook:
    """What a message says."""

    subject: str = ""
    body: str = ""
    sender: str = ""
    to: tuple[tuple[str, str], ...] = ()
    headers: str = ""
    html: bytes = b""
    attached: list[Attached] = field(default_factory=list)


def write_msg(path: Path, message: Outlook) -> Path:
    """Write the message to a file."""
    path.write_bytes(_compound(_message(message, 32)))
    return path


def _message(message: Outlook, header: int) -> Tree:
    texts = {0x0037: message.subject, 0x1000: message.body, 0x0C1A: message.sender,
             0x007D: message.headers, 0x001A: "IPM.Note"}  # fmt: skip
    tree: dict[str, bytes | Tree] = dict(_properties(texts, {0x1013: message.html}, header))
    for i, (name, address) in enumerate(message.to):
        tree[f"__recip_version1.0_#{i:08X}"] = _properties({0x3001: name, 0x39FE: address}, {}, 8)
    for i, one in enumerate(message.attached):
        texts = {0x3707: one.name, 0x370E: one.kind, 0x3712: one.cid}
        inner = isinstance(one.content, Outlook)
        data = b"" if isinstance(one.content, Outlook) else one.content
        storage = dict(_properties(texts, {0x3701: data}, 8, {0x3705: 5 if inner else 1}))
        if isinstance(one.content, Outlook):
            storage["__substg1.0_3701000D"] = _message(one.content, 24)
        tree[f"__attach_version1.0_#{i:08X}"] = storage
    return tree


def _properties(
    texts: Mapping[int, str],
    binary: Mapping[int, bytes],
    header: int,
    numbers: Mapping[int, int] | None = None,
) -> dict[str, bytes | Tree]:
    streams: dict[str, bytes | Tree] = {}
    listed = b"\0" * header
    for number, value in (numbers or {}).items():
        listed += struct.pack("<HHIII", 0x0003, number, 6, value, 0)
    for number, text in texts.items():
        if text:
            data = text.encode("utf-16-le")
            streams[f"__substg1.0_{number:04X}001F"] = data
            listed += struct.pack("<HHIII", 0x001F, number, 6, len(data) + 2, 0)
    for number, data in binary.items():
        if data:
            streams[f"__substg1.0_{number:04X}0102"] = data
            listed += struct.pack("<HHIII", 0x0102, number, 6, len(data), 0)
    return {"__properties_version1.0": listed, **streams}


def _compound(tree: Tree) -> bytes:
    entries: list[tuple[str, int, int, bytes]] = [("Root Entry", 5, _FREE, b"")]
    links: list[int] = [_FREE]  # the right sibling of each

    def add(inner: Tree) -> int:
        before = first = _FREE
        # Siblings come in the order of the length of their names, then of their capitals.
        for name in sorted(inner, key=lambda name: (len(name), name.upper())):
            held = inner[name]
            at = len(entries)
            entries.append((name, 2 if isinstance(held, bytes) else 1, _FREE, b""))
            links.append(_FREE)
            if isinstance(held, bytes):
                entries[at] = (name, 2, _FREE, held)
            else:
                entries[at] = (name, 1, add(held), b"")
            if before != _FREE:
                links[before] = at
            first, before = (at if first == _FREE else first), at
        return first

    entries[0] = ("Root Entry", 5, add(tree), b"")
    mini, mini_fat, fat, sectors = b"", list[int](), list[int](), list[bytes]()

    def chain(data: bytes) -> int:
        count = -(-len(data) // _SECTOR)
        start = len(fat)
        for i in range(count):
            fat.append(start + i + 1 if i < count - 1 else _END)
            sectors.append(data[i * _SECTOR : (i + 1) * _SECTOR].ljust(_SECTOR, b"\0"))
        return start if count else _END

    starts = []
    for _, kind, _, data in entries:
        if kind == 2 and 0 < len(data) < _SMALL:
            count = -(-len(data) // _MINI)
            starts.append(len(mini_fat))
            mini_fat += [len(mini_fat) + i + 1 for i in range(count - 1)] + [_END]
            mini += data.ljust(count * _MINI, b"\0")
        else:
            starts.append(chain(data))
    starts[0] = chain(mini)
    directory = b""
    for at, (name, kind, child, data) in enumerate(entries):
        encoded = name.encode("utf-16-le") + b"\0\0"
        size = len(mini) if at == 0 else len(data)
        directory += struct.pack(
            "<64sHBBIII16sIQQIQ", encoded, len(encoded), kind, 1, _FREE, links[at], child,
            b"", 0, 0, 0, starts[at] if kind != 1 else 0, size,
        )  # fmt: skip
    first_directory = chain(directory)
    first_mini = chain(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(_SECTOR, b"\xff"))
    mini_sectors = -(-len(mini_fat) * 4 // _SECTOR) or 1
    fat_sectors = 1
    while (len(fat) + fat_sectors) * 4 > fat_sectors * _SECTOR:
        fat_sectors += 1
    places = range(len(sectors), len(sectors) + fat_sectors)
    fat += [_FAT] * fat_sectors
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_sectors * _SECTOR, b"\xff")
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        b"", 0, fat_sectors, first_directory, 0, _SMALL, first_mini, mini_sectors, _END, 0,
    )  # fmt: skip
    return header + struct.pack(
        "<109I", *places, *[_FREE] * (109 - fat_sectors)
    ) + b"".join(sectors) + table  # fmt: skip
