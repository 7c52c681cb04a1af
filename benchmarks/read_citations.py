"""Citation precision where gold quotes are not the only words that support a sentence.

    python benchmarks/read_citations.py RUN QUESTIONS --index INDEX

A gold quote is one place that answers; a citation beside it that names who "he" is supports its
sentence as well, and so do other documents that say the same. People have read such citations, and
``readings.jsonl`` holds what they found: for a question, a sentence and a quote, known by a digest,
whether the quote supports the sentence, and why. Prints the share of citations that overlap a gold
quote, the share that do or were read to support their sentence, and the citations that nobody has
read yet, which count as wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from askdossier import settings
from askdossier.core import Place, Span
from askdossier.dossier import Dossier
from askdossier.evaluate import read_questions
from askdossier.evaluate.gold import locate

READINGS = Path(__file__).parent / "readings.jsonl"


def digest(question: str, sentence: str, quote: str) -> str:
    """Know a citation without its words, which may belong to somebody."""
    return hashlib.sha256("\n".join((question, sentence, quote)).encode()).hexdigest()[:16]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    options = parser.parse_args()
    documents = Dossier(settings.load(index=options.index)).documents
    gold = locate([q for q in read_questions(options.questions) if q.gold], documents)
    lines = READINGS.read_text("utf-8").splitlines()
    readings = {row["citation"]: bool(row["supports"]) for row in map(json.loads, lines)}
    total = overlapping = supporting = 0
    unread = []
    for line in (options.run / "answers.jsonl").read_text("utf-8").splitlines():
        reply = json.loads(line)
        if reply["id"] not in gold:
            continue
        for claim in reply["answer"]["claims"]:
            for citation in claim["citations"]:
                span = Span(citation["span"]["start"], citation["span"]["end"])
                place = Place(citation["document"], span)
                overlaps = any(item.touched([place]) for item in gold[reply["id"]].gold)
                known = digest(reply["question"], claim["text"], citation["quote"])
                total += 1
                overlapping += overlaps
                supporting += overlaps or readings.get(known, False)
                if not overlaps and known not in readings:
                    unread.append((known, reply["id"], claim["text"], citation["quote"]))
    print("| citations | |\n|---|--:|")
    print(f"| of sentences that can be answered | {total} |")
    print(f"| overlap a gold quote | {100 * overlapping / max(total, 1):.1f} % |")
    print(f"| overlap one, or were read to support | {100 * supporting / max(total, 1):.1f} % |")
    for known, name, sentence, quote in unread:
        print(f"\nnot read: {known} ({name})\n  {sentence}\n  « {' '.join(quote.split())} »")


if __name__ == "__main__":
    main()
