"""The plots of a report, as SVG that takes its text and line colours from the page."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter

from askdossier.evaluate.report import Figure, Report
from askdossier.evaluate.texts import Words

COLOURS = ("#2f6fde", "#e07a1f", "#2a9d63", "#b5498f", "#8a6d3b", "#6b7280")
"""Told apart by people who see fewer colours too, on white and on black."""
_WIDTH = 3.9
"""Inches: a plot fills a phone, and its text is then as large as the page's."""
_LONGEST = 18
"""Characters of the name of a slice: the rest of the width is for the points."""
_INK = "#123456"
"""Stands for the page's text colour until the SVG is written."""


def by_slice(
    slices: Mapping[str, Mapping[str, Figure]], metrics: Sequence[str], words: Words
) -> str:
    """Each metric for each slice, as points with their intervals, from 0 to 100 %."""
    shown = [metric for metric in metrics if any(metric in figures for figures in slices.values())]
    step = 0.8 / max(len(shown), 1)
    canvas, axes = _canvas(0.9 + len(slices) * (0.16 + 0.15 * len(shown)))
    for i, metric in enumerate(shown):
        points = [(row, f[metric]) for row, f in enumerate(slices.values()) if metric in f]
        for row, figure in points:
            place = row + (i - (len(shown) - 1) / 2) * step
            if figure.low is not None and figure.high is not None:
                axes.plot([figure.low, figure.high], [place, place], color=COLOURS[i], lw=1.6)
            axes.plot([figure.value], [place], "o", color=COLOURS[i], ms=5, clip_on=False)
        axes.plot([], [], "o-", color=COLOURS[i], ms=5, lw=1.6, label=words.metrics[metric][0])
    counts = [
        max((f.questions for f in figures.values()), default=0) for figures in slices.values()
    ]
    names = [
        f"{textwrap.shorten(name, _LONGEST, placeholder='…') or '…'} ({n})"
        for name, n in zip(slices, counts, strict=True)
    ]
    axes.set_yticks(range(len(slices)), names, parse_math=False)
    axes.set_ylim(len(slices) - 0.5, -0.5)
    for border in range(1, len(slices)):
        axes.axhline(border - 0.5, color=_INK, lw=0.4, alpha=0.3)
    _shares(axes.xaxis.set_major_formatter, axes.set_xlim, words)
    axes.grid(axis="x", color=_INK, alpha=0.15)
    _legend(canvas, axes)
    return _svg(canvas)


def latency(report: Report, words: Words) -> str:
    """The share of the questions answered within a time: evidence, first sentence, all."""
    canvas, axes = _canvas(3.0)
    for i, score in enumerate(("evidence_s", "first_sentence_s", "total_s")):
        times = np.sort([result.scores[score] for result in report.results])
        shares = np.arange(1, len(times) + 1) / len(times)
        name = words.short(f"{score}_p50")
        axes.step([0.0, *times], [0.0, *shares], where="post", color=COLOURS[i], lw=1.8, label=name)
    axes.set_xlabel(words["seconds"])
    axes.set_xlim(left=0)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: words.number(x, 0 if x >= 2 else 1)))
    _shares(axes.yaxis.set_major_formatter, axes.set_ylim, words)
    axes.grid(color=_INK, alpha=0.15)
    _legend(canvas, axes)
    return _svg(canvas)


def trade(report: Report, words: Words) -> str:
    """Hallucination against error, from the strictness of the run upwards."""
    points = report.trade()
    if not points:
        return ""
    canvas, axes = _canvas(3.2)
    errors = [point.error for point in points]
    hallucinations = [point.hallucination for point in points]
    axes.step(errors, hallucinations, where="post", color=COLOURS[0], lw=1.4)
    axes.plot(errors, hallucinations, "o", color=COLOURS[0], ms=3, clip_on=False)
    axes.plot(errors[:1], hallucinations[:1], "o", color=COLOURS[1], ms=9, clip_on=False, zorder=3)
    axes.annotate(
        f"{words.number(points[0].strictness, 2)}",
        (errors[0], hallucinations[0]),
        (8, 6),
        textcoords="offset points",
        color=_INK,
    )
    axes.set_xlabel(words.metrics["error"][0])
    axes.set_ylabel(words.metrics["hallucination"][0])
    _shares(axes.xaxis.set_major_formatter, axes.set_xlim, words)
    _shares(axes.yaxis.set_major_formatter, axes.set_ylim, words)
    axes.grid(color=_INK, alpha=0.15)
    return _svg(canvas)


def _canvas(height: float) -> tuple[Canvas, Axes]:
    canvas = Canvas(figsize=(_WIDTH, height), layout="constrained")
    axes = canvas.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(_INK)
    axes.tick_params(colors=_INK, labelsize=9)
    axes.xaxis.label.set_color(_INK)
    axes.yaxis.label.set_color(_INK)
    return canvas, axes


def _shares(formatter: object, limits: object, words: Words) -> None:
    sign = "\u202f%" if words.language == "fr" else "%"
    formatter(FuncFormatter(lambda share, _: f"{100 * share:.0f}{sign}"))  # type: ignore[operator]
    limits(0, 1)  # type: ignore[operator]


def _legend(canvas: Canvas, axes: Axes) -> None:
    """Above the plot and as wide as the whole figure: names are long in French."""
    canvas.legend(
        *axes.get_legend_handles_labels(),
        loc="outside upper left",
        ncols=2,
        frameon=False,
        fontsize=9,
        labelcolor=_INK,
        columnspacing=1.2,
        handlelength=1.4,
    )


def _svg(canvas: Canvas) -> str:
    """The figure as an SVG element: text stays text, and the same figure gives the same bytes."""
    target = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "askdossier"}):
        canvas.savefig(
            target,
            format="svg",
            transparent=True,
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    svg = target.getvalue()
    svg = svg[svg.index("<svg") :].replace(_INK, "currentColor")
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    return svg.strip()
