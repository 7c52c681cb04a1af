"""The metrics against cases worked out by hand: a figure that flatters is worth less than none."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askdossier.core import Citation, Document, Source, Span
from askdossier.evaluate import alce
from askdossier.evaluate.correctness import holds_answer, token_f1, trigram_recall
from askdossier.evaluate.gold import located, stands
from askdossier.evaluate.inference import difference, interval, kappa, share_interval
from askdossier.evaluate.ranking import ranking_scores

SLOW_MACHINES = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

# --- the text of an answer ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "wanted", "right"),
    [
        ("Il s’agit de l’ATELIER Corneboise.", "l'atelier corneboise", True),
        ("Un salaire de 900\u202f000 $.", "900 000", True),
        ("Un salaire de 900000 $.", "900 000", False),
        ("Ils sont plus de 500.", "500", True),
        ("Une hausse de 82\u00a0%.", "82 %", True),
        ("entre 20 et 70 mille euros", "70", True),
        ("between $10,000 and $70,000", "10", True),
        ("Ils sont 1 500.", "500", False),
        ("Ils sont 1,500.", "500", False),
        ("Ils sont 2500.", "500", False),
        ("Ils sont 5000.", "500", False),
        ("En 2010.", "10", False),
        ("La pièce « Artefact ».", "artefact", True),
        ("Les créateurs", "createurs", False),
        ("", "34", False),
    ],
)
def test_an_answer_is_found_whatever_its_typography(said: str, wanted: str, right: bool) -> None:
    assert holds_answer(said, [wanted]) is right


def test_any_answer_will_do_and_none_is_never_right() -> None:
    assert holds_answer("Sept cents.", ["700", "sept cents"])
    assert not holds_answer("Sept cents.", [])


@pytest.mark.parametrize(
    ("said", "answers", "f1"),
    [
        ("Hélène Castaing", ["Hélène Castaing"], 1.0),
        (
            "C'est Hélène Castaing.",
            ["Hélène Castaing"],
            2 * 2 / (4 + 2),
        ),  # c, est, Hélène, Castaing
        ("Le studio", ["studio"], 1.0),  # articles do not count
        ("du studio", ["l'atelier", "le studio Orphélia"], 2 * 1 / (1 + 2)),  # the best answer
        ("oui oui oui", ["oui"], 2 * 1 / (3 + 1)),  # a word said thrice is found once
        ("Rien.", ["studio"], 0.0),
        ("", ["studio"], 0.0),
        ("studio", [], 0.0),
    ],
)
def test_token_f1(said: str, answers: list[str], f1: float) -> None:
    assert token_f1(said, answers) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("said", "answers", "recall"),
    [
        ("Ils sont 34.", ["34"], 1.0),  # "␣34" and "34␣"
        ("Ils sont 341.", ["34"], 1 / 2),  # "␣34" only
        ("les artistes", ["artiste"], 6 / 7),  # all but "te␣"
        ("rien", ["artiste"], 0.0),
        ("Orphélia", ["Ludimage", "Orphélia"], 1.0),
        ("", ["34"], 0.0),
        ("34", ["?"], 0.0),
    ],
)
def test_trigram_recall(said: str, answers: list[str], recall: float) -> None:
    assert trigram_recall(said, answers) == pytest.approx(recall)


@SLOW_MACHINES
@given(st.text(max_size=30), st.text(max_size=30))
def test_shares_of_text_stay_between_0_and_1(said: str, wanted: str) -> None:
    assert 0 <= token_f1(said, [wanted]) <= 1
    assert 0 <= trigram_recall(said, [wanted]) <= 1
    if any(character.isalnum() for character in wanted):
        assert trigram_recall(wanted, [wanted]) == 1


# --- ALCE -----------------------------------------------------------------------------------------
# A premise is a set of facts, a sentence the facts that it states: "ab" is entailed by {a}, {b}
# together, and by neither alone.


def entails(sentence: str, premises: object) -> bool:
    return set(sentence) <= set("".join(premises))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "sentences", "recall", "precision"),
    [
        ("no sentence at all", [], 0.0, 0.0),
        ("no citation", [("a", ())], 0.0, 0.0),
        ("one citation that supports", [("a", ("a",))], 1.0, 1.0),
        ("one irrelevant citation", [("a", ("b",))], 0.0, 0.0),
        ("an irrelevant citation beside a good one", [("a", ("a", "b"))], 1.0, 0.5),
        ("two that support alone: both are precise", [("a", ("a", "ac"))], 1.0, 1.0),
        ("joint support: neither alone, both needed", [("ab", ("a", "b"))], 1.0, 1.0),
        ("joint support and an idle third", [("ab", ("a", "b", "c"))], 1.0, 2 / 3),
        ("two that overlap, neither needed but for the other", [("ab", ("ab", "a"))], 1.0, 0.5),
        ("not supported together: none is precise", [("abc", ("a", "b"))], 0.0, 0.0),
        ("a marker of nothing alone", [("a", (None,))], 0.0, 0.0),
        ("a marker of nothing beside a good one", [("a", ("a", None))], 0.0, 0.0),
        ("a marker of nothing costs precision", [("a", ("a",)), ("b", (None,))], 0.5, 0.5),
        ("no citation costs recall only", [("a", ("a",)), ("b", ())], 0.5, 1.0),
        ("sentences count alike, so do citations", [("a", ("a", "b")), ("b", ("b",))], 1.0, 2 / 3),
    ],
)
def test_the_rules_of_alce(
    name: str,
    sentences: list[tuple[str, tuple[str | None, ...]]],
    recall: float,
    precision: float,
) -> None:
    counted = alce.count([alce.Sentence(text, cited) for text, cited in sentences], entails)
    assert counted.recall == pytest.approx(recall), name
    assert counted.precision == pytest.approx(precision), name


_CITED = st.lists(st.one_of(st.none(), st.text("abcd", min_size=1, max_size=3)), max_size=4)


@SLOW_MACHINES
@given(st.lists(st.tuples(st.text("abcd", min_size=1, max_size=3), _CITED), max_size=4))
def test_alce_against_its_published_program(cases: list[tuple[str, list[str | None]]]) -> None:
    """The loop of ALCE's ``eval.py``, written down again; markers of nothing count as ours do."""
    supported = citations = precise = 0
    for sentence, cited in cases:
        citations += len(cited)
        known = [premise for premise in cited if premise is not None]
        joint = bool(known) and len(known) == len(cited) and entails(sentence, known)
        supported += joint
        if joint and len(known) > 1:
            for i, premise in enumerate(known):
                if entails(sentence, [premise]):
                    precise += 1
                else:
                    without = known[:i] + known[i + 1 :]
                    if not entails(sentence, without):
                        precise += 1
        else:
            precise += joint
    counted = alce.count([alce.Sentence(text, tuple(cited)) for text, cited in cases], entails)
    assert counted == alce.Counted(len(cases), supported, citations, precise)


# --- retrieval ------------------------------------------------------------------------------------


def test_ranking_scores_by_hand() -> None:
    found = ranking_scores(["x", "a", "y", "z", "w", "b"], {"a", "b", "never"})
    assert found["recall@5"] == pytest.approx(1 / 3)
    assert found["recall@20"] == pytest.approx(2 / 3)
    assert found["mrr"] == pytest.approx(1 / 2)
    gain = 1 / math.log2(3) + 1 / math.log2(7)
    best = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert found["ndcg@10"] == pytest.approx(gain / best)


def test_nothing_found() -> None:
    assert set(ranking_scores([], {"a"}).values()) == {0.0}
    assert set(ranking_scores(["x"], {"a"}).values()) == {0.0}
    assert set(ranking_scores(["a"], {"a"}).values()) == {1.0}


# --- gold and citations ---------------------------------------------------------------------------

TEXT = "L’atelier\u00a0compte 34 salariés.\nIl a été fondé en\n1998, à Douarnenez."
DOCUMENTS = {"a.md": Document("a.md", "A", TEXT, "fr", Source("a.md", "0"))}


def test_the_gold_is_located_across_spaces_and_apostrophes() -> None:
    (span,) = located(TEXT, "l'atelier compte  34 salariés")
    assert span.of(TEXT) == "L’atelier\u00a0compte 34 salariés"
    (span,) = located(TEXT, "fondé en 1998")
    assert span.of(TEXT) == "fondé en\n1998"
    assert located(TEXT, "fondé en 1997") == ()
    assert located(TEXT, " ") == ()


@SLOW_MACHINES
@given(
    words=st.lists(st.text("aàbcçd’'.(*", min_size=1, max_size=5), min_size=1, max_size=6),
    before=st.text("xyz ", max_size=8),
    spaces=st.lists(st.sampled_from([" ", "\n", "\u00a0", "\u202f ", "\t\n"]), min_size=6),
)
def test_whatever_is_written_is_located(words: list[str], before: str, spaces: list[str]) -> None:
    written = "".join(word + space for word, space in zip(words, spaces, strict=False)).rstrip()
    spans = located(f"{before} {written} z", " ".join(words).replace("’", "'"))
    assert Span(len(before) + 1, len(before) + 1 + len(written)) in spans


def test_a_citation_stands_only_to_the_character() -> None:
    start = TEXT.index("34 salariés")
    good = Citation(1, "a.md", Span(start, start + 11), "34 salariés")
    assert stands(good, DOCUMENTS)
    assert not stands(Citation(1, "a.md", good.span.shifted(1), good.quote), DOCUMENTS)
    assert not stands(Citation(1, "a.md", good.span, "34 salaries"), DOCUMENTS)
    assert not stands(Citation(1, "b.md", good.span, good.quote), DOCUMENTS)
    assert not stands(Citation(1, "a.md", Span(3, 3), ""), DOCUMENTS)


# --- what figures are worth -----------------------------------------------------------------------


def test_an_interval_holds_its_mean_and_narrows_with_more_questions() -> None:
    few, many = interval([1.0, 0.0] * 5, 1), interval([1.0, 0.0] * 200, 1)
    assert few is not None
    assert many is not None
    assert few[0] < many[0] < 0.5 < many[1] < few[1]
    # The normal approximation of the same: 0.5 ± 1.96 · 0.5 / √400.
    assert many == pytest.approx((0.451, 0.549), abs=0.006)
    assert interval([1.0, 1.0, 1.0], 1) == (1.0, 1.0)
    assert interval([1.0], 1) is None
    # Three of three, by Wilson: 1 / (1 + 1.96² / 3).
    assert share_interval([1.0] * 3, 1) == pytest.approx((0.4385, 1.0), abs=1e-4)
    assert share_interval([0.0] * 3, 1) == pytest.approx((0.0, 0.5615), abs=1e-4)
    assert share_interval([1.0, 0.0] * 5, 1) == few
    assert share_interval([1.0], 1) is None


def test_intervals_are_the_same_with_the_same_seed() -> None:
    values = [i * i / 100 for i in range(11)]
    assert interval(values, 3) == interval(values, 3)
    assert interval(values, 3) != interval(values, 4)


def test_the_paired_test_by_hand() -> None:
    # All five pairs differ the same way: 2 of the 2⁵ sign patterns are as extreme.
    found = difference([0.0] * 5, [1.0] * 5, 0)
    assert found is not None
    assert (found.questions, found.mean, found.low, found.high) == (5, 1.0, 1.0, 1.0)
    assert found.p == pytest.approx(2 / 32)
    # One up, one down: every pattern is as extreme.
    even = difference([0.0, 1.0, 1.0], [1.0, 0.0, 1.0], 0)
    assert even is not None
    assert (even.mean, even.p) == (0.0, 1.0)
    assert difference([0.0], [1.0], 0) is None
    same = difference([0.5, 0.7], [0.5, 0.7], 0)
    assert same is not None
    assert same.p == 1.0


def test_kappa_by_hand() -> None:
    # 2 × 2: agreement 0.7, by chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5.
    first = ["full"] * 25 + ["not"] * 25
    second = ["full"] * 20 + ["not"] * 5 + ["full"] * 10 + ["not"] * 15
    assert kappa(first, second, ("not", "full")) == pytest.approx((0.7 - 0.5) / 0.5)
    assert kappa(first, first, ("not", "partly", "full")) == pytest.approx(1.0)
    near, far = ["partly"] * 4 + ["not"] * 4, ["not"] * 8
    given = ["full"] * 4 + ["not"] * 4
    labels = ("not", "partly", "full")
    closer, farther = kappa(given, near, labels), kappa(given, far, labels)
    assert closer is not None
    assert farther is not None
    assert closer > farther
    assert kappa([], [], labels) is None
    assert kappa(["full"], ["full"], labels) is None
