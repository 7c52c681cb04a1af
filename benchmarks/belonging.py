"""Do the facts of a claim belong together? The support check on claims that swap them.

    python benchmarks/belonging.py [--sets third.fr third.en] [--pairs 40] [--passages 3000]
        [--errors]

``belonging/fr.jsonl`` and ``en.jsonl``, written by hand: a claim, one or several sources, and
whether these say it; ``second.*.jsonl`` and ``third.*.jsonl`` were written later, by other hands.
Then claims made by script (``swaps``) from real sentences, at most ``--pairs`` of each kind, label
and language, with faithful ones beside them, so that refusing everything does not win. For each
kind and split: false claims that were caught, which is everything but "supported", and faithful
ones that were refused, which is the same; of both, how many "partly". Last, all sets side by side.
``--sets`` takes some of those by hand, ``--pairs 0`` none by script. ``--errors`` lists what went
wrong in ``dev``; ``test`` is for measuring. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from askdossier import models, settings
from askdossier.core import Support
from askdossier.evaluate.judges import Premise, SupportCheck
from swaps import Pair, pairs

BY_HAND = Path(__file__).with_name("belonging")
SPLITS = ("dev", "test")
SETS = ("fr", "en", "second.fr", "second.en", "third.fr", "third.en")

Judged = tuple[Pair, Support]


def by_hand(name: str) -> list[Pair]:
    lines = (BY_HAND / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [
        Pair(
            row["kind"],
            row["lang"],
            tuple(Premise(source["text"], source["title"]) for source in row["sources"]),
            row["claim"],
            row["label"] == "supported",
            row["split"],
        )
        for row in map(json.loads, lines)
    ]


def judged(check: SupportCheck, some: Sequence[Pair]) -> list[Judged]:
    check.read([(pair.claim, premise) for pair in some for premise in pair.sources])
    return [(pair, check.judge(pair.claim, pair.lang, pair.sources).support) for pair in some]


def table(title: str, found: Sequence[Judged]) -> None:
    print(f"\n{title}: {len(found)} pairs\n")
    columns = ("caught", "partly", "refused", "partly")
    print(f"| kind | {' | '.join(f'{split} {c}' for split in SPLITS for c in columns)} |")
    print(f"|---|{'--:|' * (len(columns) * len(SPLITS))}")
    for kind in sorted({pair.kind for pair, _ in found}):
        print(line(kind, [one for one in found if one[0].kind == kind]))
    print(line("**all**", found))


def line(name: str, found: Sequence[Judged]) -> str:
    cells = (
        cell
        for split in SPLITS
        for supported in (False, True)
        for cell in refused([s for p, s in found if (p.split, p.supported) == (split, supported)])
    )
    return f"| {name} | {' | '.join(cells)} |"


def refused(said: Sequence[Support]) -> tuple[str, str]:
    """How many were not found supported, with the share; and how many only in part."""
    if not said:
        return "", ""
    count = sum(support != "supported" for support in said)
    share = f" ({100 * count / len(said):.0f} %)" if len(said) >= 10 else ""
    return f"{count}/{len(said)}{share}", str(said.count("partly"))


def summary(every: Mapping[str, Sequence[Judged]]) -> None:
    """False claims called supported, and faithful ones refused, of every set."""
    print("\nAll sets: false claims that passed (missed), faithful ones that did not (refused)\n")
    print(f"| pairs | {' | '.join(f'{split}: missed | refused' for split in SPLITS)} |")
    print(f"|---|{'--:|' * 2 * len(SPLITS)}")
    for title, found in every.items():
        cells = []
        for split in SPLITS:
            for supported in (False, True):
                said = [s for p, s in found if (p.split, p.supported) == (split, supported)]
                wrong = sum((support == "supported") != supported for support in said)
                cells.append(f"{wrong} of {len(said)}")
        print(f"| {title} | {' | '.join(cells)} |")


def errors(found: Iterable[Judged]) -> None:
    for pair, support in found:
        if pair.split == "dev" and (support == "supported") != pair.supported:
            said = "refused" if pair.supported else "missed"
            print(f"- {pair.lang}, {pair.kind}, {said} ({support}): {pair.claim}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sets", nargs="*", choices=SETS, default=SETS, help="by hand")
    parser.add_argument("--pairs", type=int, default=40, help="by script, of each kind; 0: none")
    parser.add_argument("--passages", type=int, default=3000, help="read at most, a language")
    parser.add_argument("--errors", action="store_true", help="list the errors in dev")
    arguments = parser.parse_args()
    chosen = settings.load()
    check = SupportCheck(models.load_embedder(chosen.embedder, chosen.models))
    every = {f"By hand, {name}": by_hand(name) for name in arguments.sets}
    if arguments.pairs:
        scripted = pairs(arguments.pairs, arguments.passages)
        for lang in ("fr", "en"):
            every[f"By script, {lang}"] = [pair for pair in scripted if pair.lang == lang]
    read: dict[str, list[Judged]] = {}
    for title, some in every.items():
        read[title] = judged(check, some)
        table(title, read[title])
        if arguments.errors:
            print()
            errors(read[title])
    summary(read)


if __name__ == "__main__":
    main()
