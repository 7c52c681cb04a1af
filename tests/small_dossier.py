"""A small dossier over fake models, and what holds for every answer from it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from askdossier.core import (
    Answer,
    Answered,
    Choice,
    ClaimChecked,
    Event,
    EvidenceFound,
    Prompt,
    Span,
    Stop,
)
from askdossier.dossier import Dossier
from askdossier.evaluate.gold import stands
from askdossier.settings import Settings
from fakes import FakeEmbedder, FakeWriter

FILES = {
    "atelier.md": (
        "# L’atelier de Kerlann\n\n"
        "L’atelier de Kerlann emploie 34 salariés. Il a été fondé en 1998 par Maëlle Guivarc’h.\n\n"
        "Son budget annuel est de 2,4 millions d’euros. La région en verse la moitié.\n"
    ),
    "presse/criee.txt": (
        "La criée de Port-Ellery\n\n"
        "La criée de Port-Ellery a fermé le 7 novembre 2025. Quarante-deux personnes y "
        "travaillaient.\n\nLe conseil municipal avait voté la fermeture par 17 voix contre 6.\n"
    ),
    "harbours.html": (
        "<html lang='en'><head><title>Small harbours</title></head><body><article>"
        "<h1>Small harbours</h1><p>Across Brittany, eight auction halls have closed since 2015. "
        "The survivors moved to online bidding early, says one auctioneer.</p>"
        "</article></body></html>"
    ),
}
QUESTION = "Combien de salariés l’atelier de Kerlann emploie-t-il ?"
TRUE = "L’atelier de Kerlann emploie 34 salariés."
LONG = f"{TRUE} Il a été fondé en 1998 par Maëlle Guivarc’h. La région en verse la moitié."


def write(corpus: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def dossier_of(settings: Settings, writer: FakeWriter | None = None) -> Dossier:
    return Dossier(settings, embedder=FakeEmbedder(), writer=writer or FakeWriter())


def check(dossier: Dossier, events: list[Event]) -> Answer:
    """What holds for every stream that was not stopped."""
    first, *checked, last = events
    assert isinstance(first, EvidenceFound)
    assert isinstance(last, Answered)
    evidence, claims = first.evidence, []
    if checked and isinstance(further := checked[0], EvidenceFound):  # the writer read on
        assert further.evidence[: len(evidence)] == evidence != further.evidence
        evidence = further.evidence
        del checked[0]
    for event in checked:
        assert isinstance(event, ClaimChecked)
        claims.append(event.claim)
    answer = last.answer
    assert answer.claims == tuple(claims)
    assert answer.evidence == evidence
    assert len({(item.document, item.span) for item in evidence}) == len(evidence)
    assert answer.abstained is not bool(claims)
    assert answer.message or not answer.abstained
    seconds = [event.seconds for event in events if not isinstance(event, Answered)]
    assert seconds == sorted(seconds)
    assert answer.timings["evidence"] == first.seconds
    assert answer.timings["total"] >= seconds[-1]
    documents = dossier.documents
    for item in answer.evidence:
        assert item.span.of(documents[item.document].text) == item.quote != ""
    numbers: dict[int, tuple[str, Span]] = {}
    for claim in claims:
        assert claim.support != "unsupported"
        assert claim.citations
        if claim.support == "quoted":
            marks = r"(?:.+ : )?« (.+) »" if answer.language == "fr" else r"(?:.+: )?“(.+)”"
            quoted = re.fullmatch(marks, claim.text)
            assert quoted
            assert quoted[1] in claim.citations[0].quote
        for citation in claim.citations:
            assert stands(citation, documents)
            place = (citation.document, citation.span)
            assert numbers.setdefault(citation.number, place) == place
    assert list(numbers) == list(range(1, len(numbers) + 1))  # in order of first use
    assert len(set(numbers.values())) == len(numbers)
    return answer


def ask(dossier: Dossier, question: str = QUESTION) -> Answer:
    return check(dossier, list(dossier.stream(question)))


@dataclass
class ReadWriter(FakeWriter):
    """Shows states of given log-odds: behind the evidence first, then behind what is cited."""

    log_odds: Sequence[float] = ()
    looks: Sequence[str] = ()
    """Words of the evidence at which it looks, if at any."""
    asked: list[Prompt] = field(default_factory=list)
    stops: int = -1
    """Which question it is stopped at."""

    def examine(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        assert self.closed == len(self.prompts)  # its turn is over before it is asked again
        if len(self.asked) == self.stops:
            stop.set()
            return Choice((0.5, 0.5))
        cosine = self.log_odds[len(self.asked)] / 10
        state = np.array([[cosine, math.sqrt(1 - cosine**2)]] * 2, np.float32)
        self.asked.append(prompt)
        shares = [
            0.05 + 0.4 * any(s in p.of(prompt.user) for s in self.looks) for p in prompt.parts
        ]
        attention = np.array([[shares]], np.float32) if self.looks else None
        return Choice((0.5, 0.5), state, attention)


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


IS_IT_SO = "L’atelier de Kerlann a-t-il été fondé en 2007 ?"
FOUNDED = "Il a été fondé en 1998 par Maëlle Guivarc’h."
QUESTION_OF_BOTH = "Qui a fondé l’atelier de Kerlann et combien de salariés emploie-t-il ?"


def reply(alone: str, otherwise: str) -> Callable[[Prompt], str]:
    """One reply to a single piece of evidence, and another to several."""
    return lambda prompt: alone if len(prompt.parts) == 1 else otherwise
