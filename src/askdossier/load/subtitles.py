"""Subtitles and transcripts with times (SRT, WebVTT): who speaks, from when, and what is said.

What is said is joined to sentences under a heading that tells the time and, where the file does,
the speaker, so that both are told with every passage.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from askdossier.core import Block, UnreadableDocument
from askdossier.load.decode import read_text
from askdossier.load.metadata import Metadata
from askdossier.load.reader import Content
from askdossier.text import normalise

SUFFIXES = (".srt", ".vtt")

_CUE = re.compile(
    r"^[ \t]*(?P<start>(?:\d{1,3}:)?\d{1,2}:\d{2})[.,]\d{1,3}"
    r"[ \t]*-->[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}.*$",
    re.MULTILINE,
)
_COUNTER = re.compile(r"\n[ \t]*\n[^\n]{0,80}\n?\Z")
"""The line before the times of a cue: its number or name."""
_VOICE = re.compile(r"<v(?:\.[^\s<>]*+)?\s(?P<name>[^<>]++)>")
_TAG = re.compile(r"</?[^>]{0,100}>|\{\\[^}]{0,40}\}")
_NAMED = re.compile(r"-?[^\S\n]*+(?P<name>[^\W\d_a-zà-ÿ][\w’'. -]{1,30}?)\s?:\s++(?=\S)")
_LINE_NAME = re.compile(rf"^{_NAMED.pattern}", re.MULTILINE)
_DASHED = re.compile(r"[-–—] ?[^\W\d_]")
_ENDS = re.compile(r"[.!?…][»”\"')\s]*\Z")
_SECONDS = 60
"""Of one speaker under one heading, if a sentence ends then."""


@dataclass(frozen=True, slots=True)
class _Cue:
    start: str
    speaker: str
    text: str
    apart: bool = False
    """True where somebody else begins to speak, whom nothing names."""

    @property
    def seconds(self) -> int:
        return sum(int(part) * 60**i for i, part in enumerate(reversed(self.start.split(":"))))


def read(path: Path) -> Content:
    """Read a file of subtitles. Raises `UnreadableDocument` when it holds no times."""
    blocks = tuple(_blocks(normalise(read_text(path))))
    if not blocks:
        raise UnreadableDocument(
            f"{path.name} holds no subtitles. Export them again as SRT or WebVTT."
        )
    return Content(blocks, Metadata(title=path.stem))


def _blocks(text: str) -> Iterator[Block]:
    turn: list[_Cue] = []
    for cue in _cues(text):
        if turn and (
            cue.speaker != turn[0].speaker
            or (_ENDS.search(turn[-1].text) and cue.seconds - turn[0].seconds >= _SECONDS)
        ):
            yield from _turn(turn)
            turn = []
        turn.append(cue)
    yield from _turn(turn)


def _turn(cues: list[_Cue]) -> Iterator[Block]:
    if cues:
        yield Block(", ".join(filter(None, (cues[0].speaker, cues[0].start))), 2)
        said: list[list[str]] = []
        for cue in cues:
            if cue.apart or not said:
                said.append([])
            said[-1].append(cue.text)
        yield from (Block(" ".join(texts)) for texts in said)


def _cues(text: str) -> Iterator[_Cue]:
    """The cues in order, without the lines that captions repeat while they roll."""
    found = list(_CUE.finditer(text))
    before: list[str] = []
    speaker = ""
    names = Counter(match["name"] for match in _LINE_NAME.finditer(text))
    for i, cue in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else len(text)
        body = text[cue.end() : end]
        if i + 1 < len(found):
            body = _COUNTER.sub("", body)
        paragraph = body.lstrip("\n").partition("\n\n")[0]
        first, others = _voices(paragraph)
        voice = _VOICE.search(first)
        lines = [html.unescape(_TAG.sub("", line)).strip() for line in first.split("\n")]
        lines = [line for line in lines if line]
        new = [line for line in lines if line not in before]
        before = lines
        said = " ".join(new)
        named = _NAMED.match(said)
        if voice:
            speaker = " ".join(voice["name"].split())
        elif named and names[named["name"]] > 1:  # "Attention : …" is said once
            speaker = named["name"]
            said = said[named.end() :]
        if not voice and any(map(_DASHED.match, new)) and not named:
            speaker = ""
            yield from (_Cue(cue["start"], speaker, line, True) for line in _in_turn(new))
        elif said:
            yield _Cue(cue["start"], speaker, said)
        for name, more in others:
            speaker = name
            said = " ".join(html.unescape(_TAG.sub("", more)).split())
            if said:
                yield _Cue(cue["start"], speaker, said)


def _in_turn(lines: list[str]) -> Iterator[str]:
    """What each says in a cue in which a dash begins what somebody else says."""
    said: list[str] = []
    for line in lines:
        if said and _DASHED.match(line):
            yield " ".join(said)
            said = []
        said.append(line)
    yield " ".join(said)


def _voices(paragraph: str) -> tuple[str, list[tuple[str, str]]]:
    """What the first speaker of a cue says, and the others in the same moment, by their names."""
    marks = list(_VOICE.finditer(paragraph))
    ends = [mark.start() for mark in marks[1:]] + [len(paragraph)]
    others = [
        (" ".join(mark["name"].split()), paragraph[mark.end() : end])
        for mark, end in zip(marks[1:], ends[1:], strict=True)
    ]
    return paragraph[: ends[0]], others
