"""The text of one paragraph of Word, as it stands on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from askdossier.load.archive import Node
from askdossier.load.charts import CHARTS, DIAGRAM
from askdossier.load.docx_styles import Styles, W, is_on, number
from askdossier.load.numbering import lifts, lowered, raised
from askdossier.load.ooxml import ALTERNATIVES, FORMULA, alternative, formula
from askdossier.load.withdrawn import (
    DELETED,
    HIDDEN,
    MOVED,
    PROMPT,
    STRUCK,
    Withdrawn,
)  # fmt: skip

_ART = "{urn:schemas-microsoft-com:vml}textpath"

_WRAPPERS = frozenset(
    f"{W}{name}" for name in (
        "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple",
        "dir", "bdo",
    )
)  # fmt: skip
_GONE = {f"{W}del": DELETED, f"{W}moveFrom": MOVED}
_LOOKS = ((("strike", "dstrike"), STRUCK), (("vanish",), HIDDEN))
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_PAGES = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
# Characters of Wingdings that say something.
_SYMBOLS = {
    0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xA8: "☐", 0x78: "☒", 0xFD: "☒", 0xFE: "☑", 0xFB: "✗",
    0xFC: "✓", 0xDF: "←", 0xE0: "→", 0xF0: "→",
}  # fmt: skip

_OF_SYMBOLS = frozenset({"wingdings", "symbol"})
# Of Symbol: Greek letters and the signs of arithmetic.
_SIGNS = dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SIGNS |= dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
_SIGNS |= {
    0x2D: "−", 0xA0: "€", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAE: "→", 0xB0: "°",
    0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xD0: "∠", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xDB: "⇔", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip


def contents(parent: Node, tag: str | None = None) -> Iterator[Node]:
    """The children of an element, or those of one name, through what only wraps them."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from contents(child, tag)
        elif child.tag == ALTERNATIVES:
            yield from contents(alternative(child), tag)
        elif tag is None or child.tag == tag:
            yield child


class Text:
    """What a paragraph shows, and what hangs from it."""

    def __init__(self, node: Node, styles: Styles, gone: Withdrawn, *, pages: bool) -> None:
        """``pages`` is false where page numbers are left out."""
        self.boxes: list[Node] = []
        """Contents of the text boxes that are anchored in it."""
        self.notes: list[tuple[str, str | None]] = []
        """Kind and id of the notes that it names."""
        self.drawn: list[Node] = []
        """What stands for charts and diagrams that are anchored in it."""
        self.art: list[str] = []
        """Words that are drawn as a picture: a watermark, say."""
        self.withdrawn = False
        """True where some of it was taken back."""
        mark = node.find(f"{W}pPr/{W}rPr")
        self.goes_on = mark is not None and any(mark.find(tag) is not None for tag in _GONE)
        """True where the end of the paragraph was deleted, and the next one goes on."""
        self._node = node
        self._styles = styles
        self._gone = gone
        self._pages = pages
        self._parts: list[str] = []
        self._reason = ""
        self._fields: list[str | None] = []  # instructions of the open fields; None in a result
        self._walk(node)
        self.shown = re.sub(" {2,}", " ", "".join(self._parts))

    def _walk(self, parent: Node) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child)
            elif tag in _GONE:
                self._withdraw(_characters(child), _GONE[tag])
            elif tag == f"{W}sdt" and is_on(child.find(f"{W}sdtPr"), "showingPlcHdr"):
                self._withdraw(_characters(child), PROMPT)
            elif tag == f"{W}fldSimple" and self._is_page(child.get(f"{W}instr") or ""):
                continue
            elif tag in _WRAPPERS:
                self._walk(child)
            elif tag == ALTERNATIVES:
                self._walk(alternative(child))
            elif isinstance(tag, str):
                for math in child.iter(FORMULA):
                    self._say(formula(math), "")

    def _say(self, text: str, reason: str) -> None:
        if any(instruction is not None for instruction in self._fields) or not text:
            return
        if reason:
            self._withdraw(text, reason)
        else:
            self._parts.append(text)
            self._reason = ""

    def _withdraw(self, text: str, reason: str) -> None:
        self._gone.add(text, reason, goes_on=reason == self._reason)
        self._reason = reason
        self.withdrawn = True

    def _run(self, run: Node) -> None:
        reason = next(
            (why for names, why in _LOOKS
             if any(self._styles.says(run, self._node, name) for name in names)),
            "",
        )  # fmt: skip
        before = self._parts[-1][-1:] if self._parts else ""
        is_raised = _is_raised(run, before)
        is_lowered = _is_aligned(run, "subscript")
        following = run.getnext()
        after = following.findtext(f"{W}t") or "" if following is not None else ""
        fonts = run.find(f"{W}rPr/{W}rFonts")
        font = (fonts.get(f"{W}ascii") or "").lower() if fonts is not None else ""
        for part in run:
            match part.tag.removeprefix(W) if isinstance(part.tag, str) else "":
                case "t":
                    text = (part.text or "").replace("\n", " ")
                    if font in _OF_SYMBOLS:
                        text = "".join(_drawn(ord(character), font) for character in text)
                    text = lowered(text, before, after) if is_lowered else text
                    self._say(raised(text) if is_raised else text, reason)
                case "tab" | "ptab":
                    self._say(" ", reason)
                case "br" | "cr":
                    self._say("\n", reason)
                case "noBreakHyphen":
                    self._say("-", reason)
                case "sym":
                    self._say(_symbol(part), reason)
                case "delText":
                    self._withdraw(part.text or "", DELETED)
                case "fldChar":
                    self._field(part)
                case "instrText":
                    if self._fields and self._fields[-1] is not None:
                        self._fields[-1] += part.text or ""
                case "footnoteReference" | "endnoteReference" if not reason:
                    self.notes.append((_NOTES[part.tag], part.get(f"{W}id")))
                case "ruby":
                    for base in part.iterchildren(f"{W}rubyBase"):
                        self._walk(base)
                case "drawing" | "pict" | "object":
                    self._hang(part)
                case _ if part.tag == ALTERNATIVES:
                    self._hang(alternative(part))

    def _field(self, mark: Node) -> None:
        """A field is code up to its separator, then what it shows."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._say(_form(mark), "")
            self._fields.append("")
        elif kind == "separate" and self._fields:
            instruction = self._fields[-1] or ""
            self._fields[-1] = instruction if self._is_page(instruction) else None
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _is_page(self, instruction: str) -> bool:
        return not self._pages and _PAGES.match(instruction) is not None

    def _hang(self, node: Node) -> None:
        """Note the text boxes in a drawing, in order, and what is drawn from other parts."""
        for child in node:
            if child.tag == ALTERNATIVES:
                self._hang(alternative(child))
            elif child.tag == f"{W}txbxContent":
                self.boxes.append(child)
            elif child.tag in CHARTS or child.tag == DIAGRAM:
                self.drawn.append(child)
            elif child.tag == _ART:
                self.art.append(child.get("string") or "")
            else:
                self._hang(child)


def _characters(node: Node) -> str:
    """The characters of text in an element, whatever became of them."""
    return "".join(
        part.text or "" for part in node.iter(f"{W}t", f"{W}delText")
    )  # fmt: skip


def _symbol(node: Node) -> str:
    code = node.get(f"{W}char") or ""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return _drawn(value, node.get(f"{W}font") or "")


def _drawn(value: int, font: str) -> str:
    """What a font of symbols draws for a code: an arrow, a box, "≤"."""
    if font.lower().startswith("wingdings"):
        return _SYMBOLS.get(value & 0xFF, "")
    if font.lower() == "symbol" and (value < 0x100 or value >= 0xF000):
        code = value & 0xFF
        return _SIGNS.get(code, chr(code) if 0x20 <= code < 0x7F else "")
    return chr(value) if 0x20 <= value < 0xE000 else ""


def _form(mark: Node) -> str:
    """What an old form field shows: a box that is ticked or not, or the chosen entry."""
    box = mark.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        ticked = is_on(box, "checked")
        return "☒" if (is_on(box, "default") if ticked is None else ticked) else "☐"
    chosen = mark.find(f"{W}ffData/{W}ddList")
    if chosen is None:
        return ""
    entries = [entry.get(f"{W}val") or "" for entry in chosen.iterchildren(f"{W}listEntry")]
    at = number(chosen, "result", number(chosen, "default", 0))
    return entries[at] if at < len(entries) else ""


def _is_raised(run: Node, before: str) -> bool:
    """True for what stands above the line, by its kind or by a number of half points.

    Those may only set a line: they raise figures right behind a letter or digit, ``before``.
    """
    if run.find(f"{W}rPr/{W}vertAlign") is not None:
        return _is_aligned(run, "superscript")
    return lifts(number(run.find(f"{W}rPr"), "position", 0), before)


def _is_aligned(run: Node, how: str) -> bool:
    aligned = run.find(f"{W}rPr/{W}vertAlign")
    return aligned is not None and bool(aligned.get(f"{W}val") == how)
