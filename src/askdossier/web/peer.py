"""Which user of this machine is at the other end of a connection to it."""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))

Address = tuple[str, int]


def of_another_user(client: Address, server: Address) -> bool:
    """True unless this user or root is known to be at the other end of a connection.

    Linux lists the open connections with their users; where it lists nothing of ours, and
    elsewhere, nobody can be told, and the answer is False. A socket that its program has closed
    already belongs to nobody, and older kernels say to root: what it sent is not taken.
    """
    lines = [(wide, columns) for wide in (False, True) for columns in _connections(wide)]
    if not any(_listens(columns, server[1]) for _, columns in lines):
        return False
    for wide, columns in lines:
        if columns[1:3] == [_written(client, wide), _written(server, wide)]:
            return columns[9] == "0" or int(columns[7]) not in (0, os.getuid())
    return True


def _connections(wide: bool) -> list[list[str]]:
    """The columns of each line: addresses in 1 and 2, state in 3, user in 7, inode in 9."""
    try:
        lines = _TABLES[wide].read_text("ascii").splitlines()[1:]
    except (OSError, ValueError):
        return []
    return [line.split() for line in lines]


def _listens(columns: list[str], port: int) -> bool:
    return columns[3] == "0A" and columns[1].endswith(f":{port:04X}")


def _written(address: Address, wide: bool) -> str:
    """An address as these tables write it: in words of four bytes of the machine's own order."""
    host, port = ipaddress.ip_address(address[0]), address[1]
    packed = host.packed
    if wide and host.version == 4:
        packed = bytes(10) + b"\xff\xff" + packed
    words = (packed[at : at + 4] for at in range(0, len(packed), 4))
    digits = "".join(f"{int.from_bytes(word, sys.byteorder):08X}" for word in words)
    return f"{digits}:{port:04X}"
