"""The words of the dossier that a failed draft was made from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from askdossier import verify
from askdossier.verify import Sources, Statement
from verify_cases import extracts, likeness

QUESTION = "Quel tarif horaire la guilde des relieurs conseille-t-elle ?"
SOURCES = (
    "La guilde des relieurs réunit quarante ateliers de Bretagne.",
    "+Sa grille recommande 62 € par heure de travail.",
    "+Faut-il compter 62 € par heure de travail ?",
    "Un apprenti touche 11 € par heure de travail.",
)


def quoted(draft: str, relevances: tuple[float, ...] = (0.9, 0.88, 0.9, 0.86)) -> str | None:
    candidates = extracts(SOURCES)
    cosines = [likeness(draft, candidate.quote) for candidate in candidates]
    found = verify.intended(
        Statement(draft, "fr"), QUESTION, Sources(candidates, cosines, relevances)
    )
    return None if found is None else found.quote


def test_a_draft_leads_to_the_sentence_that_holds_what_it_adds() -> None:
    assert quoted("La guilde des relieurs conseille un tarif horaire de 62 €.") == SOURCES[1][1:]


def test_a_figure_that_stands_nowhere_leads_nowhere() -> None:
    assert quoted("La guilde des relieurs conseille un tarif horaire de 63 €.") is None


def test_words_that_stand_nowhere_lead_nowhere() -> None:
    assert quoted("La guilde des relieurs conseille de négocier avec patience.") is None


def test_a_sentence_far_from_the_question_is_not_meant() -> None:
    assert quoted("Elle conseille 62 €.", (0.9, 0.83, 0.9, 0.9)) is None


def test_a_draft_that_adds_nothing_leads_nowhere() -> None:
    assert quoted("La guilde des relieurs conseille un tarif horaire.") is None


def test_a_figure_stands_where_the_name_that_is_asked_for_stands() -> None:
    sources = (
        "Odile Guen dirige la guilde.",
        "+Elle gagne 30 000 €.",
        "Le doreur Paul Rio gagne 20 000 €.",
    )
    candidates = extracts(sources)
    question = "Combien gagne madame Odile Guen ?"
    for draft, found in (("Elle gagne 30 000 €.", sources[1][1:]), ("Elle gagne 20 000 €.", None)):
        cosines = [likeness(draft, candidate.quote) for candidate in candidates]
        words = verify.intended(
            Statement(draft, "fr"), question, Sources(candidates, cosines, [0.9] * 3)
        )
        assert (words and words.quote) == found


@given(st.text(max_size=60), st.text(max_size=60))
def test_anything_may_be_drafted(draft: str, question: str) -> None:
    candidates = extracts(SOURCES)
    scores = [0.9] * len(candidates)
    found = verify.intended(Statement(draft, "fr"), question, Sources(candidates, scores, scores))
    assert found is None or found in candidates
