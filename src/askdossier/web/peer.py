"""Which user of this machine is at the other end of a connection to it."""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))

Address = tuple[str, int]


def of_another_user(client: Address, server: Address) -> bool:
    """True when another user of this machine, who is not root, opened the connection.

    Linux lists the open connections with their users; elsewhere nobody can be told, and the answer
    is False.
    """
    user = _user(client, server)
    return user is not None and user not in (0, os.getuid())


def _user(client: Address, server: Address) -> int | None:
    for table in _TABLES:
        wide = table.name == "tcp6"
        wanted = [_written(client, wide), _written(server, wide)]
        try:
            lines = table.read_text("ascii").splitlines()[1:]
        except (OSError, ValueError):
            continue
        for line in lines:
            columns = line.split()
            if columns[1:3] == wanted:
                return int(columns[7])
    return None


def _written(address: Address, wide: bool) -> str:
    """An address as these tables write it: in words of four bytes of the machine's own order."""
    host, port = ipaddress.ip_address(address[0]), address[1]
    packed = host.packed
    if wide and host.version == 4:
        packed = bytes(10) + b"\xff\xff" + packed
    words = (packed[at : at + 4] for at in range(0, len(packed), 4))
    digits = "".join(f"{int.from_bytes(word, sys.byteorder):08X}" for word in words)
    return f"{digits}:{port:04X}"
