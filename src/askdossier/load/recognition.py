"""Text recognition (OCR) of pages that are pictures, by Tesseract where it is installed.

The program (Apache-2.0) runs once for each page: it gets the picture and gives hOCR, lines of words
with their boxes. One thread each, since its own threads make it slower on few cores.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from askdossier.lang import LEXICONS
from askdossier.text import fold, normalise

INSTALL = (
    "Install Tesseract with its French and English data (Debian, Ubuntu: apt install tesseract-ocr "
    "tesseract-ocr-fra; macOS: brew install tesseract tesseract-lang)"
)
"""What to do to have scans read."""

DOTS_PER_INCH = 300
"""Of the picture that Tesseract likes best."""

_LANGUAGES = tuple(known.tesseract for known in LEXICONS.values() if known.tesseract)
_SECONDS = 60
"""Of the processor for one page, where the system can bound it; a page takes one or two."""
_PATIENCE = 600
"""Seconds of the clock for one page: the machine may be busy with something else."""
_SURE = 60.0
"""Mean confidence in percent under which a line is taken for a part of a picture."""
_BULLETS = frozenset("+*°©®¢")
"""What Tesseract sees in the bullet of a list."""
_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_ABOVE = frozenset("bdfhijklt")
_BELOW = frozenset("gjpqy,;")
_SAME_SIZE = 1.12
"""Sizes of lines that differ by less than this are one; they are measured to the pixel."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands, in points from the left."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a picture. Coordinates in points from the bottom left corner."""

    words: tuple[Word, ...]
    baseline: float
    size: float
    """Of its characters, about what a text layer would say."""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """An installed Tesseract."""

    program: str
    languages: tuple[str, ...]

    @property
    def name(self) -> str:
        """Says what the text depends on."""
        return f"tesseract {'+'.join(self.languages)}"

    def lines(self, picture: NDArray[np.uint8], scale: float) -> list[Line]:
        """The lines of a page in reading order.

        ``picture`` is grey, shape ``(height, width)``, with ``scale`` pixels to a point. Raises
        OSError when Tesseract fails or takes too long.
        """
        command = [self.program, "stdin", "stdout", "-l", "+".join(self.languages), "--dpi",
                   str(round(scale * 72)), "hocr"]  # fmt: skip
        try:
            hocr = _output(command, _pgm(picture))
            return _evened(list(_lines(hocr, picture.shape[0], scale)))
        except etree.XMLSyntaxError as error:
            raise OSError("it gives no hOCR") from error

    def upright(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A picture of text that lies on its side or on its head, set upright by quarter turns.

        The picture itself where Tesseract cannot tell: without its data for that, for instance.
        """
        command = [self.program, "stdin", "stdout", "--psm", "0"]
        try:
            told = re.search(rb"Rotate: (\d+)", _output(command, _pgm(picture)))
        except OSError:
            return picture
        turns = int(told[1]) // 90 if told else 0
        return np.ascontiguousarray(np.rot90(picture, -turns)) if turns else picture


def _pgm(picture: NDArray[np.uint8]) -> bytes:
    height, width = picture.shape
    return b"P5 %d %d 255\n" % (width, height) + picture.tobytes()


def recogniser() -> Recogniser | None:
    """Tesseract, if it is installed with the data of a language that we read."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        languages = _languages(program)
    except (OSError, subprocess.SubprocessError):
        return None
    return Recogniser(program, languages) if languages else None


@cache
def _languages(program: str) -> tuple[str, ...]:
    """Those that it has the data of; asked once, since the chat looks for changes all the time."""
    command = [program, "--list-langs"]
    listed = subprocess.run(
        command, capture_output=True, timeout=_PATIENCE, check=True, text=True
    ).stdout.split()
    return tuple(language for language in _LANGUAGES if language in listed)


def _output(command: Sequence[str], given: bytes) -> bytes:
    """What a program writes when it is given these bytes. Raises OSError when it fails."""
    pipe = subprocess.PIPE
    one_thread = os.environ | {"OMP_THREAD_LIMIT": "1"}
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=one_thread) as process:
        _bound(process.pid)
        try:
            output, complaint = process.communicate(given, timeout=_PATIENCE)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise OSError(f"it takes more than {_PATIENCE} s") from error
        except BaseException:  # Ctrl-C, say
            process.kill()
            raise
    if process.returncode == 0:
        return output
    if sys.platform == "linux" and process.returncode == -signal.SIGXCPU:
        raise OSError(f"it takes more than {_SECONDS} s")
    said = complaint.decode("utf-8", "replace").strip().splitlines()
    raise OSError(said[-1] if said else f"it ends with status {process.returncode}")


def _bound(process: int) -> None:
    """Bound the processor time of a process that has just begun; only Linux lets us."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError):  # it has ended
            resource.prlimit(process, resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 5))


def _lines(hocr: bytes, height: int, scale: float) -> Iterator[Line]:
    for element in etree.fromstring(hocr).iter("{*}span"):
        if element.get("class") not in _LINES or "textangle" in element.get("title", ""):
            continue
        words: list[Word] = []
        confidences = []
        for part in element.iter("{*}span"):
            text = normalise("".join(part.itertext())).strip()
            if part.get("class") != "ocrx_word" or not text:
                continue
            if not words and text in _BULLETS:
                text = "•"
            left, _, right, _ = _numbers(part, "bbox")
            words.append(Word(text, left / scale, right / scale))
            confidences.append(_numbers(part, "x_wconf")[0])
        if words and sum(confidences) / len(words) >= _SURE:
            _, top, _, bottom = _numbers(element, "bbox")
            base = bottom + _numbers(element, "baseline")[1]
            size = _size(element, words, bottom - top)
            yield Line(tuple(words), (height - base) / scale, size / scale)


def _numbers(element: etree._Element, name: str) -> list[float]:
    """The numbers that hOCR writes behind a name in the attribute ``title``."""
    found = re.search(rf"\b{name}((?: -?[\d.]+)+)", element.get("title", ""))
    return [float(number) for number in found[1].split()] if found else [0.0] * 4


def _size(element: etree._Element, words: Sequence[Word], height: float) -> float:
    """The size of a line's characters, in pixels.

    Tesseract takes the height of a line such as "verso" for that of its capitals.
    """
    letters = "".join(word.text for word in words)
    if fold(letters) != letters or any(c in _ABOVE or not c.isalpha() for c in letters):
        return 1.1 * _numbers(element, "x_size")[0]  # ascender to descender, where size is more
    return height / (0.69 if any(c in _BELOW for c in letters) else 0.48)


def _evened(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of nearly the same size having the same."""
    ordered = sorted(range(len(lines)), key=lambda i: lines[i].size)
    borders = [0, *(
        at for at, (i, j) in enumerate(pairwise(ordered), start=1)
        if lines[j].size > _SAME_SIZE * lines[i].size
    ), len(ordered)]  # fmt: skip
    sizes: dict[int, float] = {}
    for start, end in pairwise(borders):
        group = ordered[start:end]
        if group:
            sizes |= dict.fromkeys(group, round(median(lines[i].size for i in group), 1))
    return [Line(line.words, line.baseline, sizes[i]) for i, line in enumerate(lines)]
