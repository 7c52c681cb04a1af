"""Ask a folder of documents a question; every sentence of the answer points at its words.

from askdossier import Dossier

dossier = Dossier.open("index")
dossier.sync("corpus")
print(dossier.ask("…").text)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from askdossier.dossier import Dossier

__all__ = ["Dossier"]


def __getattr__(name: str) -> object:
    """Import the façade when it is asked for: ``askdossier --help`` must not wait for it."""
    if name == "Dossier":
        from askdossier.dossier import Dossier

        return Dossier
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
