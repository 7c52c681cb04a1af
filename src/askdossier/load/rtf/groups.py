"""What holds inside a pair of braces: where its text goes, and how its characters are meant."""

from __future__ import annotations

from dataclasses import dataclass, replace

from askdossier.load.numbering import lifts
from askdossier.load.withdrawn import DELETED, HIDDEN, MOVED, STRUCK

# What a group holds, by the word it begins with; the rest of the groups marked "\*" is not shown.
_SINKS = {
    "header": "margin", "headerl": "margin", "headerr": "margin", "headerf": "margin",
    "footer": "margin", "footerl": "margin", "footerr": "margin", "footerf": "margin",
    "footnote": "note", "annotation": "comment", "atnauthor": "author", "shptxt": "box",
    "title": "title", "author": "creator", "stylesheet": "style",
}  # fmt: skip
_SHOWN = frozenset({"shpinst", "shptxt", "fldinst", "annotation", "atnauthor", "footnote"})
_NOT_SHOWN = frozenset(
    "colortbl info pict object shprslt nonshppict fldinst sp listtable filetbl revtbl xe tc rxe "
    "bkmkstart bkmkend themedata datastore fonttbl private1 template".split()
)
_READ_ANYWAY = frozenset({"title", "author"})
_REASONS = {"strike": STRUCK, "striked": STRUCK, "v": HIDDEN, "deleted": DELETED, "mvf": MOVED}
"""Why words are not there any more, by the word that says so."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group, as far as it has been read. One inside it begins as it is."""

    sink: str = "body"
    """Where its text goes: ``body``, ``note``, …; ``skip`` for nowhere."""
    gone: str = ""
    """Why its words are withdrawn; empty where they are not."""
    line: int = 0
    """1 for figures above the line of the others, -1 for those below it."""
    font: int = 0
    fallback: int = 1
    """Characters that stand behind each Unicode character for older programs."""
    begun: bool = False
    """False until its first word, which says what the group is."""
    optional: bool = False

    def inside(self) -> Group:
        """A group that begins in it."""
        return replace(self, begun=False, optional=False)

    def begin(self) -> Group:
        """The group behind its first word or character."""
        return self if self.begun else replace(self, begun=True)

    def made_optional(self) -> Group:
        r"""The group behind ``\*``: older programs may pass it over."""
        return replace(self, optional=True)

    def beginning_with(self, word: str) -> tuple[Group, bool]:
        """The group behind its first word, and whether that word says something else besides."""
        begun = self.begin()
        if self.sink == "skip" and word not in _READ_ANYWAY:
            return begun, False
        if word in _SINKS:
            return replace(begun, sink=_SINKS[word], gone=""), False
        if word in _NOT_SHOWN or (self.optional and word not in _SHOWN):
            return replace(begun, sink="skip"), False
        return begun, True

    def formatted(self, word: str, number: int | None, before: str) -> Group:
        """The group from a word on that says how characters look; itself for any other word.

        ``before`` is the last character of its sink.
        """
        on = number != 0
        match word:
            case "uc":
                return replace(self, fallback=max(0, number or 0))
            case "f":
                return replace(self, font=number or 0)
            case "plain":
                return replace(self, gone="", line=0)
            case "super" | "sub":
                return replace(self, line=on and (1 if word == "super" else -1))
            case "up":  # it may only set a line: figures are raised behind a letter or digit
                return replace(self, line=int(lifts(6 if number is None else number, before)))
            case "nosupersub" | "dn":
                return replace(self, line=0)
            case _ if word in _REASONS:
                reason = _REASONS[word]
                return replace(
                    self, gone=reason if on else "" if self.gone == reason else self.gone
                )
        return self
