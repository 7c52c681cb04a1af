"""Plain text: notes, mail, saved pages. Structure is guessed only where the guess is safe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from askdossier.core import Block
from askdossier.load.decode import read_text
from askdossier.load.grid import Grid, blocks_of
from askdossier.load.hyphens import is_cut, keeps_hyphen, known_words
from askdossier.load.metadata import Metadata, from_mapping, iso_date
from askdossier.load.reader import Content
from askdossier.load.text_table import GAP, MARKER, tables
from askdossier.text import fold, normalise

SUFFIXES = (".txt", ".text")

_ITEM = re.compile(rf"\s*{MARKER.pattern}\S")
_WIKI_HEADING = re.compile(r"\S.{0,200}\[\s*(?:modifier|edit)\b[^\]\n]{0,60}\]\s*$", re.IGNORECASE)
_CUT = re.compile(r"[^\W\dA-Z_]{2}-$")
"""Ends within a word; what stands behind one letter or a capital is rather a minus."""
_GAPS = re.compile(r" {2,}|\t")
_STRETCHED = 4
"""Spaces that stand between two words where lines are filled up to one width."""
_UNDERLINE = re.compile(r"(={3,}|-{3,}|~{3,}|\*{3,}|_{3,})\s*$")
_NUMBERED = re.compile(
    r"(?:chapitre|chapter|partie|part|section|annexe|appendix|article|titre)\s+(?:\d{1,3}|[IVXLC]+)\b"
    r"|(?:\d{1,2}\.){1,4}\d{0,2}\s+\S|[IVXLC]{1,6}\s?[.–—-]\s+\S",
    re.IGNORECASE,
)
_SENTENCE_END = tuple('.!?…:;,»”"')
_HEADING_LENGTH = 110
_HEADING_WORDS = 18
_CAPTION = re.compile(
    r"(?:source|sources|photo|photos|crédits?|credits?|image|illustration|figure|fig|tableau|table|"
    r"légende|copyright|©|auteurs?|publié|published|mis à jour|updated|date|https?:|www\.)\b"
    r"|(?:par|by|de) \S++(?: \S++){0,3} ?$",
    re.IGNORECASE,
)
_TABLE = "\0"
"""Begins the line that stands for a table; no text has it."""
_TOP = 12
"""Lines at the top of a file in which a byline or a date is believed."""


def read(path: Path) -> Content:
    """Read a text file in any usual encoding."""
    return from_text(read_text(path))


def from_text(text: str, *, joined: bool = False) -> Content:
    """The content of a plain text; ``joined`` when a line of it is a paragraph already."""
    lines = normalise(text).split("\n")
    found = list(tables(lines))  # the last cell of a row may be empty behind its tab
    for i, table in reversed(list(enumerate(found))):
        lines[table.lines.start : table.lines.stop] = ["", f"{_TABLE}{i}", ""]
    lines = [line.rstrip() for line in lines]
    if not joined:
        lines = rejoined(lines)
    return Content(tuple(_blocks(lines, [table.grid for table in found])), _metadata(lines))


# --- hard-wrapped lines ---------------------------------------------------------------------------


def rejoined(lines: Sequence[str], width: int | None = None) -> list[str]:
    """Join the lines of paragraphs that were broken at a fixed column, as in mail and old notes.

    Without a ``width`` that is known, a file counts as hard-wrapped when most lines that have a
    successor in their paragraph could not have taken that line's first word as well; in others,
    lines are joined only where one ends within a word that is known.
    """
    width = _wrap_width(lines) if width is None else width
    joined: list[str] = []
    paragraph: list[str] = []  # parts of one paragraph, with what binds them
    known = known_words(lines)
    for previous, line in pairwise(("", *lines, "")):
        if paragraph and _continues(previous, line, width, known):
            if not previous.endswith("-"):
                paragraph.append(" ")
            elif _CUT.search(previous) and not keeps_hyphen(previous[:-1], line.strip(), known):
                paragraph[-1] = paragraph[-1][:-1]
            paragraph.append(line.strip())
        else:
            if paragraph:
                joined.append("".join(paragraph))
            paragraph = [line]
    return joined


def _continues(previous: str, line: str, width: int | None, known: Counter[str]) -> bool:
    if not previous.strip() or not line.strip() or _ITEM.match(line):
        return False
    if _UNDERLINE.match(line) or _UNDERLINE.match(previous):
        return False
    if _parted(line) or _parted(previous):
        return False
    if width is None:
        return previous.endswith("-") and is_cut(previous[:-1], line.strip(), known)
    if previous.endswith(",") or (
        line.lstrip()[0].islower() and not previous.endswith(_SENTENCE_END)
    ):
        return True
    return len(previous) + 1 + len(_first_word(line)) > width


def _parted(line: str) -> bool:
    """True for two columns, not for the words of a line that spaces fill up to its end."""
    text = line.strip()
    marker = MARKER.match(text)
    gaps = _GAPS.findall(text, marker.end() if marker else 0)
    wide = any(gap == "\t" or len(gap) > _STRETCHED for gap in gaps)
    return wide or (len(gaps) == 1 and GAP.fullmatch(gaps[0]) is not None)


def _first_word(line: str) -> str:
    """Up to the first space at which a line may be broken: not a no-break space."""
    return line.lstrip().partition(" ")[0]


def _wrap_width(lines: Sequence[str]) -> int | None:
    sample = lines[:5000]
    inner = [
        (len(line), len(_first_word(following)))
        for line, following in pairwise(sample)
        if line.strip() and following.strip() and not _ITEM.match(following)
    ]
    if len(inner) < 4:
        return None
    longest = sorted(length for length, _ in inner)
    width = longest[int(0.95 * (len(longest) - 1))]
    if not 40 <= width <= 100 or max(longest) > 3 * width:
        return None
    full = sum(length + 1 + word > width for length, word in inner)
    return width if full >= 0.7 * len(inner) else None


# --- headings -------------------------------------------------------------------------------------


def _blocks(lines: Sequence[str], grids: Sequence[Grid]) -> Iterator[Block]:
    skip = False
    for i, line in enumerate(lines):
        if line.startswith(_TABLE):
            yield from blocks_of(grids[int(line.removeprefix(_TABLE))])
            continue
        text = line.strip()
        if skip or not text:
            skip = False
            continue
        underline = _UNDERLINE.match(lines[i + 1].strip()) if i + 1 < len(lines) else None
        if underline and len(text) <= _HEADING_LENGTH and not _UNDERLINE.match(text):
            skip = True
            yield Block(text, 1 if underline[1][0] == "=" else 2)
        elif _UNDERLINE.match(text):
            continue
        else:
            yield Block(text, _heading_level(lines, i))


def _heading_level(lines: Sequence[str], i: int) -> int:
    """1–6 when line ``i`` is quite surely a heading, else 0."""
    text = lines[i].strip()
    if _WIKI_HEADING.fullmatch(text):
        return 2
    if len(text) > _HEADING_LENGTH or _CAPTION.match(text):
        return 0
    marked = text.isupper() or bool(_NUMBERED.match(text))
    if text.endswith(_SENTENCE_END) and not (marked and text.endswith(("?", "!"))):
        return 0
    if len(text.split()) > _HEADING_WORDS or not any(c.isalpha() for c in text):
        return 0
    first = i == 0 or not any(line.strip() for line in lines[:i]) if i < 5 else False
    blank_before = i == 0 or not lines[i - 1].strip()
    blank_after = i + 1 < len(lines) and not lines[i + 1].strip()
    following = next((line.strip() for line in lines[i + 1 : i + 4] if line.strip()), "")
    prose = len(following) > max(80, len(text)) and following.rstrip('»”" )').endswith(
        (".", "!", "?", "…", ":")
    )
    if first:
        return 1 if following and (blank_after or prose) else 0
    if not blank_before or _is_list_marker(text):
        return 0
    if text.isupper() and len(text) > 3 and following and not following.isupper():
        return 2
    if _NUMBERED.match(text) and blank_after and following:
        return 2
    capital = text[0].isupper() or text[0].isdigit() or text[0] in '«“"ÉÀ¿'
    return 2 if blank_after and prose and capital else 0


def _is_list_marker(text: str) -> bool:
    return bool(re.match(r"[-*•·–—−▪◦‣►]\s", text))


# --- metadata -------------------------------------------------------------------------------------

_PUBLISHED = re.compile(
    r"(?:article |billet |publication )?"
    r"(?:publiee?|mis en ligne|poste|paru|redige|ecrit|published|posted|date)"
    r"(?: le| on| in)?\s*+(?::\s*+)?(?P<date>.{4,60})"
)
_AUTHOR = re.compile(
    r"(?P<sure>auteur(?:e|rice)?s?\s*:|authors?\s*:|propos recueillis par|redige par|ecrit par|"
    r"written by)\s*|(?:par|by|de)\s+"
)
_WRITTEN_BY = re.compile(
    r"\b(?:publie|redige|ecrit|poste|written|posted)\b(?: le)?.{0,25}? ?\b(?:par|by)\s+"
    r"(?P<name>.{3,60}?)(?=\s+(?:publie|dans|le|on|in|-|–|\|)\b|\s*[|,–]|$)"
)
_NAME = re.compile(
    r"[^\W\d_][\w.'’-]*(?: (?:et |and |de |de la |du |d'|van |von )?[^\W\d_][\w.'’-]*){0,4}"
)
_STATED = re.compile(
    r"(?P<key>Licen[cs]e|URL|Lien|Link|Éditeur|Publisher|Title|Titre) ?: (?P<value>\S.*)",
    re.IGNORECASE,
)
_LONGEST_BYLINE = 120


def _metadata(lines: Sequence[str]) -> Metadata:
    """Author and date from lines near the top that can mean nothing else."""
    top = [line.strip() for line in lines[:60] if line.strip()][:_TOP]
    date = author = None
    for i, line in enumerate(top):
        if len(line) > _LONGEST_BYLINE:
            continue
        folded = fold(line)
        published = _PUBLISHED.match(folded)
        if date is None:
            date = _date(folded, published, top[i + 1] if i + 1 < len(top) else "")
        if author is None and (by := _WRITTEN_BY.search(folded)):
            author = _name(line[by.start("name") : by.end("name")])
        if author is None and (match := _AUTHOR.match(folded)):
            # "de X" and "par X" begin many a sentence: a name must look like one, and stand
            # beside a date or say that it is the author.
            near = (_PUBLISHED.match(fold(other)) for other in top[max(0, i - 1) : i + 2])
            if match["sure"] or any(near):
                author = _name(re.split(r"[,;(|]", line[match.end() :])[0])
    stated = {match["key"]: match["value"] for line in top if (match := _STATED.fullmatch(line))}
    return Metadata(author=author, date=date).over(from_mapping(stated))


_BARE_DATE = re.compile(
    r"(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{4}|\d{1,2}(?:er)? \w+ \d{4})"
    r"(?:\s?,? (?:redige|ecrit|publie|poste|a \d).*)?"
)


def _date(folded: str, published: re.Match[str] | None, following: str) -> str | None:
    if published:
        return iso_date(published["date"])
    if re.fullmatch(r"(?:publie|mis en ligne|posted|published)(?: le| on)?\s*:?", folded):
        return iso_date(following) if len(following) < 40 else None
    return iso_date(folded) if _BARE_DATE.fullmatch(folded) else None


def _name(text: str) -> str | None:
    match = _NAME.fullmatch(text.strip(" |,.–-"))
    if match is None or not all(
        word[0].isupper() or len(word) <= 3 for word in match[0].replace("’", "'").split()
    ):
        return None
    return match[0]
