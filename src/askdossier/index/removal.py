"""What would leave an index, and whether somebody must say that it may.

A drive that is not mounted looks like an empty folder, and a wrong folder like one from which all
has been deleted. So documents leave by themselves only when they are few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

from askdossier.core import UnconfirmedRemoval
from askdossier.index.damage import index_command
from askdossier.index.scan import emptied, taken_out

SHARE = 0.2
"""More than this part of the documents does not leave unasked."""
ALONE = 1
"""So many may always leave, unless they are all there are: of three files, one can be deleted."""


def refuse(
    known: Mapping[str, str],
    before: str,
    there: Mapping[str, str],
    corpus: Path,
    index: Path,
    confirmed: bool | Collection[str],
) -> None:
    """Raise UnconfirmedRemoval when more would leave than anybody expects.

    ``known`` holds the SHA-256 of each document of the index, which was made from the folder
    ``before``, and ``there`` that of each file below ``corpus``, empty where it could not be read.
    A file that was moved, or was taken out in the chat, leaves nothing behind. ``confirmed`` names
    documents that may leave, or is true for all.
    """
    contents = frozenset(filter(None, there.values()))
    leaving = {n: h for n, h in known.items() if n not in there and not (h and h in contents)}
    if not leaving or confirmed is True:
        return
    meant = taken_out(corpus, frozenset(leaving.values()))
    leaving = {name: digest for name, digest in leaving.items() if digest not in meant}
    if confirmed and leaving.keys() <= set(confirmed):
        return
    why = _why(leaving, known, before, corpus)
    if not why:
        return
    command = f"{index_command(index, str(corpus))} --yes"
    raise UnconfirmedRemoval(
        f"{len(leaving)} of {len(known)} documents would leave the index: {why}. The index is as "
        f"it was. Is the drive connected, and the folder the right one? If they are to leave, "
        f"run: {command}",
        documents=frozenset(leaving),
    )


def _why(leaving: Collection[str], known: Collection[str], before: str, corpus: Path) -> str:
    """What makes it doubtful that they are to leave; empty when nothing does."""
    if not leaving:
        return ""
    if before and Path(before) != corpus:
        return f"they come from {before}, not from {corpus}"
    emptiest = Counter(filter(None, (emptied(corpus, name) for name in leaving))).most_common(1)
    for folder, count in emptiest:
        if count > ALONE or len(leaving) == len(known):
            return f"{corpus / folder} is empty"
    if len(leaving) == len(known) or len(leaving) > max(ALONE, SHARE * len(known)):
        return "their files are gone"
    return ""
