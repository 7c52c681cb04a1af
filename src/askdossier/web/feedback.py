"""What readers say about answers, one JSON line each, for ``askdossier eval`` to learn from."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from askdossier import files
from askdossier.web.conversations import Exchange

KINDS = ("wrong-source", "incomplete", "off-topic")
_LONGEST_COMMENT = 2000

_lock = threading.Lock()


def note(file: Path, exchange: Exchange, kind: str, citation: int = 0, comment: str = "") -> None:
    """Append ``{time, question, answer, kind, citation?, comment?}`` to ``file``.

    ``citation`` is the number of the citation that is wrong, 0 for none in particular; it becomes
    ``{document, start, end, quote}``.

    Raises:
        ValueError: the kind is none of ``KINDS``.
        OSError: the file cannot be written.
    """
    if kind not in KINDS:
        raise ValueError(f"not a kind of feedback: {kind!r}")
    turn = exchange.turn
    said: dict[str, Any] = {
        "time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "question": turn.standalone or turn.question,
        "answer": turn.answer.text if turn.answer else " ".join(c.text for c in turn.claims),
        "kind": kind,
    }
    for cited in exchange.citations:
        if cited.number == citation:
            said["citation"] = {
                "document": cited.document,
                "start": cited.span.start,
                "end": cited.span.end,
                "quote": cited.quote,
            }
    if comment.strip():
        said["comment"] = comment.strip()[:_LONGEST_COMMENT]
    with _lock:
        files.make_folder(file.parent)
        files.append(file, json.dumps(said, ensure_ascii=False).encode() + b"\n")
