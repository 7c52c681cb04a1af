"""An answer as JSON and back, and what earlier versions wrote."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from askdossier import wire
from askdossier.core import (
    Answer,
    Citation,
    Claim,
    Evidence,
    Form,
    IndexMissing,
    Leaf,
    Locator,
    Place,
    Role,
    Span,
    Support,
)
from askdossier.evaluate import journal
from askdossier.web.conversations import Conversations

BEFORE = Path(__file__).parent / "data" / "before"
"""What the program wrote at commit 5f7c4f3."""
SPAN, QUOTE = Span(0, 41), "L’atelier de Kerlann emploie 34 salariés."
ALSO = (Place("note.txt", Span(10, 51)),)

words = st.text(max_size=20)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(*sorted(pair)))
places = st.lists(st.builds(Place, words, spans), max_size=2).map(tuple)
supports: st.SearchStrategy[Support] = st.sampled_from(["supported", "quoted", "partly"])
roles: st.SearchStrategy[Role] = st.sampled_from(["match", "neighbour", "second source"])
forms: st.SearchStrategy[Form] = st.sampled_from(["prose", "list", "table"])
scores = st.floats(0, 1)
leaves: st.SearchStrategy[Leaf] = st.sampled_from(["page", "sheet", "slide"])
locators = st.builds(Locator, st.integers(1, 9), leaves, words)
citations = st.builds(
    Citation, st.integers(1, 9), words, spans, words, st.none() | locators, places
)
claims = st.builds(Claim, words, supports, st.lists(citations, max_size=2).map(tuple), words, words)
evidence = st.builds(Evidence, words, spans, words, scores, words, places, roles, words)
answers = st.builds(
    Answer,
    words,
    st.sampled_from(["fr", "en"]),
    st.lists(claims, max_size=2).map(tuple),
    st.booleans(),
    words,
    st.lists(evidence, max_size=2).map(tuple),
    st.dictionaries(words, scores, max_size=2),
    st.none() | scores,
    words,
    form=forms,
    remark=words,
    doubtful=st.lists(claims, max_size=2).map(tuple),
)


@given(answers)
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    written = json.dumps(wire.dump_answer(answer), ensure_ascii=False)
    assert wire.load_answer(json.loads(written)) == answer


def first(answer: Answer | None) -> None:
    """The first answer of the files of the version before."""
    assert answer is not None
    citation = Citation(1, "atelier.md", SPAN, QUOTE, Locator(2), ALSO)
    supported, partly = answer.claims
    assert supported == Claim(QUOTE, "supported", (citation,))
    assert (partly.support, partly.citations) == ("partly", (citation,))
    assert "entièrement" in partly.reason
    found = Evidence("atelier.md", SPAN, QUOTE, 0.9123456, "atelier.md#0-80", ALSO)
    assert answer.evidence[0] == found
    assert answer.evidence[1].role == "neighbour"
    assert answer.timings == {"evidence": 0.0412345, "total": 2.5}
    assert answer.confidence == 0.87
    assert answer.standalone == "Combien de salariés l’atelier emploie-t-il ?"


def test_a_conversation_of_the_version_before_opens(tmp_path: Path) -> None:
    shutil.copy(BEFORE / "0123456789abcdef.json", tmp_path)
    kept = Conversations(tmp_path).get("0123456789abcdef")
    assert kept is not None
    answered, abstained, failed = (exchange.turn for exchange in kept.exchanges)
    first(answered.answer)
    assert abstained.answer is not None and abstained.answer.abstained
    assert abstained.answer.confidence is None
    assert isinstance(failed.error, IndexMissing) and failed.answer is None
    assert kept.exchanges[0].sources["atelier.md"].source.author == "Maëlle"


def test_the_answers_of_a_run_of_the_version_before_are_read(tmp_path: Path) -> None:
    made_with = journal.Identity("0" * 16, 1, "e", "w", {})
    shutil.copy(BEFORE / "answers.jsonl", tmp_path)
    with journal.opened(tmp_path, made_with) as opened:
        first(opened.replies["q1"].answer)
        again = opened.replies["q2"]
        assert again.answer.abstained and again.prompt_tokens == 120
        opened.append(again)
    with journal.opened(tmp_path, made_with) as opened:
        assert opened.replies["q2"] == again
