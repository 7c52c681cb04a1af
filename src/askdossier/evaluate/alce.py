"""Citation recall and precision as ALCE defines them, with any judge of entailment.

Source: Gao, Yen, Yu, Chen, "Enabling Large Language Models to Generate Text with Citations",
EMNLP 2023, section 4.2 and its ``eval.py``. One difference: there a sentence with a marker that
points at nothing (``[7]`` of five) leaves its citations out of the precision; here such an invented
marker counts as a citation, and as a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

P = TypeVar("P")

Entails = Callable[[str, Sequence[P]], bool]
"""Whether the premises, taken together, entail the sentence."""


@dataclass(frozen=True, slots=True)
class Sentence(Generic[P]):
    """A sentence of an answer and what it cites; None is a citation of nothing."""

    text: str
    cited: tuple[P | None, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What one sentence, or a whole answer, adds to the two figures."""

    sentences: int
    supported: int
    """Sentences that all their citations together entail."""
    citations: int
    precise: int

    @property
    def recall(self) -> float:
        """Share of the sentences that are supported; 0 without any."""
        return self.supported / self.sentences if self.sentences else 0.0

    @property
    def precision(self) -> float:
        """Share of the citations that are precise; 0 without any, as in ALCE."""
        return self.precise / self.citations if self.citations else 0.0


def count(sentences: Sequence[Sentence[P]], entails: Entails[P]) -> Counted:
    """Judge every sentence of an answer.

    A citation is precise when the sentence is supported and either it entails the sentence alone or
    the others do not entail it without this one. The judge is asked no more than that needs.
    """
    each = [_one(sentence, entails) for sentence in sentences]
    return Counted(
        len(each),
        sum(item.supported for item in each),
        sum(item.citations for item in each),
        sum(item.precise for item in each),
    )


def _one(sentence: Sentence[P], entails: Entails[P]) -> Counted:
    premises = [premise for premise in sentence.cited if premise is not None]
    cited = len(sentence.cited)
    if not premises or len(premises) < cited or not entails(sentence.text, premises):
        return Counted(1, 0, cited, 0)
    if len(premises) == 1:
        return Counted(1, 1, 1, 1)
    needed = sum(
        entails(sentence.text, [premise])
        or not entails(sentence.text, premises[:i] + premises[i + 1 :])
        for i, premise in enumerate(premises)
    )
    return Counted(1, 1, cited, needed)
