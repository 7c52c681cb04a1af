"""Ask a folder of documents a question; every sentence of the answer points at its words.

from askdossier import Dossier

dossier = Dossier.open("index")
dossier.sync("corpus")
print(dossier.ask("…").text)
"""

import os
from typing import TYPE_CHECKING

# OpenMP reads it when a library that brings it is loaded. Threads that wait for one another by
# spinning make answers many times as slow beside one other busy program; asleep they do not
# (benchmarks/writer.py --neighbour).
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

if TYPE_CHECKING:
    from askdossier.dossier import Dossier

__all__ = ["Dossier"]


def __getattr__(name: str) -> object:
    """Import the façade when it is asked for: ``askdossier --help`` must not wait for it."""
    if name == "Dossier":
        from askdossier.dossier import Dossier

        return Dossier
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
