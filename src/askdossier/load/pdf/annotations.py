"""What has been written onto a page: values of a form's fields, and comments."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from askdossier.load.pdf.line import Line, Word
from askdossier.text import normalise

_CHECKED, _UNCHECKED = "☒", "☐"
_MOST = 5_000
"""Annotations of a page that are looked at."""
_SIZE = 10.0


def with_written(lines: Sequence[Line], page: Any, form: Any, number: int) -> list[Line]:
    """The lines of PDFium's page with what has been written onto it.

    Values stand behind their labels, comments aside. ``form`` is PDFium's form handle, None where
    the document has no form.
    """
    result = list(lines)
    for line in _written(page, form, number):
        if line.aside:
            result.append(line)
        else:
            _put(line, result)
    return result


def _put(value: Line, lines: list[Line]) -> None:
    """Put a field's value behind its label: what stands left of it, or else right above it."""
    size = value.size
    level = [i for i, line in enumerate(lines) if not line.aside and line.turn == 0
             and abs(line.bottom - value.bottom) < size]  # fmt: skip
    left = [i for i in level if lines[i].left < value.left]
    if left:
        at = max(left, key=lambda i: lines[i].left)
        label = lines[at]
        if value.text in {_CHECKED, _UNCHECKED}:
            lines.insert(at + 1, replace(value, bottom=label.bottom))
            return
        value = replace(value, bottom=label.bottom, size=label.size, bold=label.bold)
        begun = [word for word in label.words if word.left < value.left]
        rest = [word for word in label.words if word.left >= value.left]
        words = (*begun, *value.words, *rest)
        lines[at] = replace(label, text=" ".join(word.text for word in words), words=words,
                            right=max(label.right, value.right))  # fmt: skip
        return
    if level:  # a box before what it ticks
        at = min(level, key=lambda i: lines[i].left)
        option = lines[at]
        lines[at] = replace(option, text=f"{value.text} {option.text}", left=value.left,
                            words=(*value.words, *option.words))  # fmt: skip
        return
    above = [i for i, line in enumerate(lines) if line.turn == 0 and line.bottom > value.bottom]
    at = min(above, key=lambda i: lines[i].bottom, default=-1)
    lines.insert(at + 1, value)


def _written(page: Any, form: Any, number: int) -> Iterator[Line]:
    from pypdfium2 import raw

    for i in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, i)
        if not annotation:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            hidden = raw.FPDFAnnot_GetFlags(annotation) & raw.FPDF_ANNOT_FLAG_HIDDEN
            if hidden:
                continue
            if kind == raw.FPDF_ANNOT_WIDGET:
                text = _value(form, annotation) if form is not None else ""
            else:
                text = _string(annotation, b"Contents")
            text = " ".join(normalise(text).split())
            if not text or kind in {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP}:
                continue
            if kind not in {raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT}:
                author = " ".join(normalise(_string(annotation, b"T")).split())
                yield Line(f"{author} : {text}" if author else text, 0, 0, 0, _SIZE, page=number,
                           aside=True, row=True)  # fmt: skip
                continue
            box = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, box)
            base = box.bottom + 0.25 * min(box.top - box.bottom, 2 * _SIZE)
            words = (Word(text, box.left, box.right, base),)
            yield Line(text, box.left, box.right, base, _SIZE, page=number, words=words)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _value(form: Any, annotation: Any) -> str:
    """What a field of a form holds; a box's mark."""
    from pypdfium2 import raw

    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}:
        return _CHECKED if raw.FPDFAnnot_IsChecked(form, annotation) else _UNCHECKED
    if kind in {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX,
                raw.FPDF_FORMFIELD_LISTBOX}:  # fmt: skip
        return _filled(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(
            form, annotation, buffer, size))  # fmt: skip
    return ""


def _string(annotation: Any, key: bytes) -> str:
    from pypdfium2 import raw

    return _filled(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _filled(fill: Callable[[Any, int], int]) -> str:
    """A string of PDFium's, which says its length in bytes first."""
    size = fill(None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    fill(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
