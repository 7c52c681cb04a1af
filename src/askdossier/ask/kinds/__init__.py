"""The kinds of question, one file each: ``matches`` tells one by its form, ``answer`` answers it.

Of each group the first that matches. ``ABOUT_DOSSIER`` are answered by looking through the index,
without a writer; ``FROM_EVIDENCE`` by what the question finds.
"""

from __future__ import annotations

from askdossier.ask.kinds import fact, mentions, overview, small_talk, yes_or_no
from askdossier.ask.kinds.whole import Told

__all__ = ["ABOUT_DOSSIER", "FROM_EVIDENCE", "Told", "small_talk"]

ABOUT_DOSSIER = (mentions, overview)
FROM_EVIDENCE = (yes_or_no, fact)
