"""Slides as blocks: each a leaf, its title a heading, the speaker's notes behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from askdossier.core import Block, PageStart
from askdossier.load.withdrawn import HIDDEN, Withdrawn


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide in reading order."""

    title: str
    blocks: tuple[Block, ...]
    """What it shows beside its title, then the notes."""
    hidden: bool = False


def slide_blocks(slides: Iterable[Slide], gone: Withdrawn) -> Iterator[Block]:
    """The slides with their numbers; hidden ones are counted and told."""
    for number, slide in enumerate(slides, start=1):
        starts = (PageStart(0, number, "slide"),)
        if slide.hidden:
            gone.add(" ".join((slide.title, *(block.text for block in slide.blocks))), HIDDEN)
            continue
        if slide.title:
            yield Block(slide.title, 2, starts)
        for block in slide.blocks:
            yield replace(block, level=0, pages=starts)
