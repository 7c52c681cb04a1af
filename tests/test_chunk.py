"""Passages: whole sentences, under their headings, within the window, none lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.chunk import TARGET, context, passages
from askdossier.clean import clean
from askdossier.core import Block, Document, Passage, RawDocument, Source, Span
from askdossier.load import read
from askdossier.text import sentences

DOSSIER = Path(__file__).parents[1].parent / "shared" / "dossier"


def words(texts: Sequence[str]) -> list[int]:
    """Count tokens as words and a half: obvious, and never zero."""
    return [len(text.split()) * 3 // 2 + 1 for text in texts]


def characters(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]


def made(*blocks: Block, title: str | None = "Titre") -> Document:
    return clean(RawDocument(title, blocks, Source("a.txt", "0" * 64)))[0]


def body_sentences(document: Document) -> list[Span]:
    borders = [0, *(h.span.end for h in document.headings)]
    ends = [*(h.span.start for h in document.headings), len(document.text)]
    return [
        sentence
        for start, end in zip(borders, ends, strict=True)
        for sentence in sentences(document.text, Span(start, end))
    ]


def check(document: Document, found: tuple[Passage, ...], max_tokens: int) -> None:
    assert len({passage.id for passage in found}) == len(found)
    assert all(first.span.end <= second.span.start for first, second in pairwise(found))
    for passage in found:
        assert passage.document == document.id
        assert passage.sentences[0].start == passage.span.start
        assert passage.sentences[-1].end == passage.span.end
        assert all(a.end <= b.start for a, b in pairwise(passage.sentences))
        assert not any(passage.span.overlaps(heading.span) for heading in document.headings)
        text = passage.span.of(document.text)
        assert sum(words([context(document, passage), text])) <= max_tokens


def test_sentences_are_packed_under_their_headings() -> None:
    document = made(
        Block("Titre", 1),
        Block("Avant. Encore avant."),
        Block("Première", 2),
        Block("Un. Deux."),
        Block("Détail", 3),
        Block("Trois."),
        Block("Seconde", 2),
        Block("- quatre\n- cinq"),
    )
    found = passages(document, words, 500)
    assert [(p.heading, p.span.of(document.text)) for p in found] == [
        ("Titre", "Avant. Encore avant."),
        ("Titre › Première", "Un. Deux."),
        ("Titre › Première › Détail", "Trois."),
        ("Titre › Seconde", "- quatre\n- cinq"),
    ]
    assert [len(p.sentences) for p in found] == [2, 2, 1, 2]
    assert context(document, found[2]) == "Titre › Première › Détail"
    assert found[0].id == "a.txt#7-27"


def test_a_passage_has_its_own_language() -> None:
    french = "Le conseil a voté la réfection du moulin, et la dépense sera partagée avec la région."
    english = "The council has voted to repair the mill, and the region will share the cost of it."
    document = made(Block(french), Block("In English", 2), Block(english), Block("Suite", 2),
                    Block(f"{french} {french}"))  # fmt: skip
    found = passages(document, words, 100)
    assert document.language == "fr"
    assert [passage.language for passage in found] == ["fr", "en", "fr"]


def test_context_without_headings_is_the_title_and_is_never_long() -> None:
    document = made(Block("Une phrase."), title="Mon titre")
    (passage,) = passages(document, words, 500)
    assert passage.heading == ""
    assert context(document, passage) == "Mon titre"
    long = made(Block("mot " * 100, 1), Block("autre " * 100, 2), Block("Oui."), title="fin " * 100)
    assert len(context(long, passages(long, words, 500)[0])) <= 300


def test_passages_have_about_equal_sizes_near_the_target() -> None:
    sentence = "Une phrase de dix mots exactement pour compter sans se tromper."
    document = made(Block(" ".join([sentence] * 100)))
    sizes = [
        sum(words([s.of(document.text) for s in passage.sentences]))
        for passage in passages(document, words, 500)
    ]
    assert max(sizes) <= TARGET
    assert min(sizes) >= 0.7 * TARGET


def test_a_sentence_longer_than_the_window_is_cut_at_clauses() -> None:
    clause = "une proposition qui compte une dizaine de mots au moins"
    document = made(Block(", ".join([clause] * 30) + "."))
    found = passages(document, words, 60)
    check(document, found, 60)
    assert all(p.span.of(document.text).endswith((",", ".")) for p in found)


def test_a_word_longer_than_the_window_is_cut() -> None:
    document = made(Block("x" * 3000), title="T")
    found = passages(document, characters, 100)
    assert all(len(passage.span) <= 100 for passage in found)
    assert "".join(passage.span.of(document.text) for passage in found) == "x" * 3000


def test_tokens_of_all_sentences_are_counted_in_one_call() -> None:
    calls: list[int] = []

    def counting(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return words(texts)

    document = made(*(Block(f"Phrase numéro {i}. Et une autre.") for i in range(200)))
    passages(document, counting, 500)
    assert len(calls) == 1


def test_an_empty_document_has_no_passages() -> None:
    assert passages(made(), words, 500) == ()
    assert passages(made(Block("Seulement un titre", 1)), words, 500) == ()


blocks = st.lists(
    st.builds(
        Block,
        st.text(st.sampled_from("aé A.!?,; \n«»1-") | st.characters(codec="utf-8"), max_size=200),
        st.integers(0, 3),
    ),
    max_size=10,
)


@given(blocks, st.integers(80, 300))
def test_every_sentence_of_the_body_is_in_exactly_one_passage(
    raw: list[Block], max_tokens: int
) -> None:
    document = made(*raw)
    found = passages(document, words, max_tokens)
    check(document, found, max_tokens)
    assert [s for passage in found for s in passage.sentences] == body_sentences(document)
    assert passages(document, words, max_tokens) == found


@given(blocks)
def test_a_tiny_window_loses_no_character(raw: list[Block]) -> None:
    document = made(*raw, title="T")
    found = passages(document, characters, 24)
    covered = "".join(s.of(document.text) for p in found for s in p.sentences)
    whole = "".join(s.of(document.text) for s in body_sentences(document))
    assert "".join(covered.split()) == "".join(whole.split())


@pytest.mark.skipif(not DOSSIER.exists(), reason="needs the shared example dossier")
def test_passages_of_the_example_dossier() -> None:
    for path in sorted(DOSSIER.glob("*.txt")):
        document, _ = clean(read(path, path.name))
        found = passages(document, words, 480)
        check(document, found, 480)
        assert [s for p in found for s in p.sentences] == body_sentences(document)
