"""Questions with an answer of several parts, from the question to claims under their heading."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from askdossier import verify
from askdossier.ask import speaking
from askdossier.ask.kinds import arithmetic
from askdossier.ask.naming import meant
from askdossier.ask.pieces.choose import Piece
from askdossier.ask.policy import plain
from askdossier.ask.reckoning import Fact, reckoned
from askdossier.core import Answer, Evidence, Span
from askdossier.evaluate.gold import stands
from askdossier.index import Index
from askdossier.settings import Settings
from fakes import FakeEmbedder, FakeWriter
from small_dossier import dossier_of, write

FILES = {
    "tribune.md": (
        "---\nauthor: Maëlle Guivarc’h\ndate: 2025-06-07\n---\n\n# Sauvons la criée\n\n"
        "La criée de Port-Ellery doit rester ouverte aux pêcheurs. "
        "Le maire répond que la criée coûte trop cher à la ville. "
        "Quarante-deux personnes travaillaient encore à la criée le 12 février.\n"
    ),
    "conseil.md": (
        "---\ndate: 2026-01-15\n---\n\n# Compte rendu du conseil\n\n"
        "Le conseil a voté la fermeture de la criée le 7 novembre 2025. "
        "Ewen Le Goff affirme que la criée peut vivre de la vente en ligne. "
        "Ewen Le Goff a visité la criée en mars 2025.\n\n"
        "La criée employait 42 personnes en 2024.\n"
    ),
    "forum.md": (
        "# Forum du port\n\nOrso_7 — 5 mai 2025, 08:02\n\nLa criée vend trop tard dans la "
        "journée.\n\nZed_9 — 5 mai 2025, 12:27\n\n"
        "Orso_7 a écrit : elle vend trop tard\n\nC’est faux, la criée ouvre à six heures.\n"
    ),
}


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory, quick_syncs: None) -> Settings:
    folder = tmp_path_factory.mktemp("parts")
    write(folder / "corpus", FILES)
    settings = Settings(corpus=folder / "corpus", index=folder / "index", strictness=0.2)
    report = dossier_of(settings).sync()
    assert report.failed == ()
    return settings


def ask(settings: Settings, question: str, yes: float = 1.0) -> Answer:
    """Ask, and see that each claim stands on words of the dossier, part after part."""
    dossier = dossier_of(settings, FakeWriter(yes=yes))
    answer = dossier.ask(question)
    documents = dossier.documents
    for claim in (*answer.claims, *answer.doubtful):
        assert claim.citations and claim.support != "unsupported"
        assert all(stands(citation, documents) for citation in claim.citations)
    headings = [claim.about for claim in answer.claims]
    assert headings == sorted(headings, key=headings.index)
    assert answer.abstained is not bool(answer.claims)
    return answer


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for claim in answer.claims for citation in claim.citations]


def test_two_sides_have_a_part_each(parted: Settings) -> None:
    answer = ask(parted, "Quelle est la différence entre le conseil et la criée ?")
    assert answer.form == "table"
    assert {claim.about for claim in answer.claims} >= {"la criée", "le conseil"}


def test_a_side_without_anything_is_named(parted: Settings) -> None:
    answer = ask(parted, "Compare Maëlle Guivarc’h et Napoléon sur la criée")
    assert {claim.about for claim in answer.claims} == {"Maëlle Guivarc’h"}
    assert "« Napoléon »" in answer.message


def test_where_nothing_answers_nothing_is_compared(parted: Settings) -> None:
    answer = ask(parted, "Compare Maëlle Guivarc’h et Ewen Le Goff sur la criée", yes=0.0)
    assert answer.abstained and "Ewen Le Goff" in answer.message


@pytest.mark.parametrize(
    ("question", "own", "other"),
    [
        ("Que dit Ewen Le Goff de la criée ?", "vente en ligne", "a visité"),
        ("Que dit Maëlle Guivarc’h de la criée ?", "doit rester ouverte", "trop cher"),
        ("Que dit Zed_9 de la criée ?", "C’est faux", "trop tard"),
        ("Que répond le maire ?", "trop cher", "doit rester"),
    ],
)
def test_what_somebody_says_is_theirs(
    parted: Settings, question: str, own: str, other: str
) -> None:
    answer = ask(parted, question)
    assert any(own in quote for quote in quotes(answer))
    assert not any(other in quote for quote in quotes(answer))


def test_who_says_nothing_is_not_quoted(parted: Settings) -> None:
    answer = ask(parted, "Que dit Napoléon de la criée ?")
    assert answer.abstained and "« Napoléon »" in answer.message


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory, quick_syncs: None) -> Settings:
    folder = tmp_path_factory.mktemp("dated")
    files = {
        f"{year}.md": f"---\ndate: {year}-03-02\n---\n\n# Séance\n\n"
        f"Ewen Le Goff affirme que la criée {said}. La criée a déçu.\n"
        for year, said in ((2023, "est chère"), (2024, "est belle"))
    } | {"metal.md": "# Métal\n\nLe laiton noircit parce que le soufre l’attaque.\n"}
    write(folder / "corpus", files)
    settings = Settings(corpus=folder / "corpus", index=folder / "index", strictness=0.2)
    dossier_of(settings).sync()
    return settings


@pytest.mark.parametrize(
    ("question", "own", "other"),
    [
        ("Qu’a dit Ewen Le Goff de la criée en 2024 ?", "belle", "chère"),
        ("En mars 2023, qu’a dit Ewen Le Goff de la criée ?", "chère", "belle"),
        ("What did Ewen Le Goff say about the criée in 2024?", "belle", "chère"),
    ],
)
def test_a_year_narrows_what_somebody_says(
    dated: Settings, question: str, own: str, other: str
) -> None:
    said = " ".join(quotes(ask(dated, question)))
    assert own in said and other not in said and "déçu" not in said


def test_that_nothing_of_theirs_is_of_a_year_is_said(dated: Settings) -> None:
    answer = ask(dated, "Qu’a dit Ewen Le Goff de la criée en 2019 ?")
    assert "« Ewen Le Goff » n’est datée de 2019" in answer.message
    assert {"belle", "chère"} <= set(re.findall(r"belle|chère", " ".join(quotes(answer))))


def test_what_cannot_speak_reacts_for_reasons(dated: Settings) -> None:
    answer = ask(dated, "Comment le laiton réagit-il au soufre ?")
    assert any("noircit" in quote for quote in quotes(answer))


def test_how_somebody_reacted_is_what_they_say(parted: Settings) -> None:
    answer = ask(parted, "Comment le maire a-t-il réagi à la tribune sur la criée ?")
    assert quotes(answer) and all("trop cher" in quote for quote in quotes(answer))


def test_one_document_is_summed_up_in_its_order(parted: Settings) -> None:
    answer = ask(parted, "Résume le compte rendu du conseil")
    assert "Compte rendu du conseil" in answer.message
    cited = [c for claim in answer.claims for c in claim.citations]
    assert {one.document for one in cited} == {"conseil.md"}
    assert [one.span for one in cited] == sorted(one.span for one in cited)


def test_a_document_that_is_not_clear_is_asked_for(parted: Settings) -> None:
    answer = ask(parted, "Résume l’article sur les dauphins")
    assert answer.abstained and "?" in answer.message


def test_what_happened_is_told_in_the_order_of_its_dates(parted: Settings) -> None:
    answer = ask(parted, "Fais une chronologie")
    assert [claim.about for claim in answer.claims] == [
        "2024", "12 février 2025", "mars 2025", "7 novembre 2025",
    ]  # fmt: skip
    assert {claim.support for claim in answer.claims} == {"quoted"}


def test_a_chronology_on_a_topic_needs_no_judgement_where_words_name_it(parted: Settings) -> None:
    answer = ask(parted, "Fais une chronologie de la fermeture de la criée", yes=0.0)
    assert [claim.about for claim in answer.claims] == ["7 novembre 2025"]


def test_a_chronology_of_what_nobody_tells(parted: Settings) -> None:
    assert ask(parted, "Fais une chronologie des dauphins", yes=0.0).abstained


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Les documents donnent-ils le même nombre de personnes à la criée ?", "concordent"),
        ("Les documents sont-ils d’accord sur l’heure de la criée ?", "ne sont pas comparés"),
    ],
)
def test_whether_documents_agree_is_counted(
    parted: Settings, question: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "FOR_OTHERS", (-0.93, 0.81, 0.0))  # all that is found belongs
    answer = ask(parted, question)
    assert answer.form == "table" and said in answer.message
    headings = list(dict.fromkeys(claim.about for claim in answer.claims))
    assert f" : {len(headings)}." in answer.message
    cited = [{c.document for c in claim.citations} for claim in answer.claims]
    assert all(len(one) == 1 for one in cited)


def test_that_there_are_no_two_figures_is_said_where_there_are_none(
    tmp_path: Path, quick_syncs: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "FOR_OTHERS", (-0.93, 0.81, 0.0))  # all that is found belongs
    files = {
        "un.md": "# Un\n\nLa criée ouvre à six heures.\n",
        "deux.md": "# Deux\n\nLa criée ouvre à l’heure de la marée, depuis le 12 mars 2024.\n",
    }
    write(tmp_path / "corpus", files)
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", strictness=0.2)
    dossier_of(settings).sync()
    answer = ask(settings, "Les documents sont-ils d’accord sur l’heure de la criée ?")
    assert len(answer.claims) == 2 and "pas deux chiffres" in answer.message


def _piece(quote: str) -> Piece:
    return Piece(Evidence("a.txt", Span(0, len(quote)), quote, 1.0, ""), 1.0)


@pytest.mark.parametrize(
    ("one", "other", "topic", "said"),
    [
        ("Fondée en 1998.", "Elle a ouvert en 2011.", "", "2011 − 1998 = 13 ans"),
        ("Le 7 mars 2025, il part.", "Il rentre le 10 mars 2025.", "", "3 jours"),
        ("Le prix est de 300 €.", "Un prix de 120 €.", "prix", "300 − 120 = 180 €"),
        ("Le prix est de 300 €.", "Un prix de 120 € ou de 90 €.", "prix", "Aucun calcul"),
        ("Le prix est de 300 €.", "Un prix de 12 %.", "prix", "Aucun calcul"),
        ("Le prix dépasse 300 €.", "Plus de 120 € de prix.", "prix", "Aucun calcul"),
    ],
)
def test_sums_are_done_by_code(one: str, other: str, topic: str, said: str) -> None:
    told = [
        Fact(piece.evidence, arithmetic._only(piece, topic)) for piece in map(_piece, (one, other))
    ]
    assert said in reckoned(told, "fr")


def test_what_two_come_to_is_added() -> None:
    pieces = map(_piece, ("Le prix est de 300 €.", "Un prix de 120 €."))
    told = [Fact(piece.evidence, arithmetic._only(piece, "prix")) for piece in pieces]
    assert "300 + 120 = 420 €" in reckoned(told, "fr", adds=True)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (
            "Maëlle Roy est née à Kerlann en 1931. Elle fut éclusière et mourut en 2004.",
            "Ewen Dor, né en 1938 à Sedan, enregistra les contes de Maëlle Roy de 1967 à 1979.",
            "1938 − 1931 = 7 ans",
        ),
        (
            "Née le 2 mai 1931, Maëlle Roy épouse Ewen Dor en 1960.",
            "Le père d’Ewen Dor est né en 1900. Ewen Dor naît le 1er mars 1938 à Sedan.",
            "du 1931-05-02 au 1938-03-01, 6 ans révolus (2495 jours)",
        ),
        (
            "Maëlle Roy (1931-2004) fut éclusière.",
            "| Nom | Naissance | Décès |\n|---|---|---|\n| Ewen Dor | 1938 | 2010 |",
            "1938 − 1931 = 7 ans",
        ),
        (
            "Maëlle Roy fut éclusière. Elle est née en 1931.",
            "Maëlle Roy était née en 1931 et Ewen Dor naquit sept ans après, en 1938.",
            "1938 − 1931 = 7 ans",
        ),
    ],
)
def test_how_much_older_is_told_by_both_births(
    tmp_path: Path, quick_syncs: None, one: str, other: str, said: str
) -> None:
    write(tmp_path / "corpus", {"un.md": f"# Un\n\n{one}\n", "deux.md": f"# Deux\n\n{other}\n"})
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", strictness=0.2)
    dossier_of(settings).sync()
    answer = ask(settings, "De combien d’années Maëlle Roy est-elle l’aînée d’Ewen Dor ?")
    assert said in answer.message
    assert {claim.about for claim in answer.claims} == {"Maëlle Roy", "Ewen Dor"}


def test_no_birth_is_made_up_of_another_date(tmp_path: Path, quick_syncs: None) -> None:
    files = {
        "un.md": "# Un\n\nMaëlle Roy est née en 1931.\n",
        "deux.md": "# Deux\n\nEwen Dor mourut en 2010. Le père d’Ewen Dor est né en 1900.\n",
    }
    write(tmp_path / "corpus", files)
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", strictness=0.2)
    dossier_of(settings).sync()
    answer = ask(settings, "De combien d’années Maëlle Roy est-elle l’aînée d’Ewen Dor ?")
    assert "Calcul" not in answer.message and "« Ewen Dor »" in answer.message
    assert {claim.about for claim in answer.claims} == {"Maëlle Roy"}


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Maëlle Roy a 45 ans.", "Ewen Dor, âgé de 38 ans, est éclusier.", "45 − 38 = 7 ans"),
        ("Maëlle Roy est née en 1931.", "Ewen Dor, âgé de 38 ans, est éclusier.", "même nature"),
    ],
)
def test_ages_are_compared_within_one_document(
    tmp_path: Path, quick_syncs: None, one: str, other: str, said: str
) -> None:
    write(tmp_path / "corpus", {"un.md": f"# Un\n\n{one}\n\n{other}\n"})
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", strictness=0.2)
    dossier_of(settings).sync()
    assert said in ask(settings, "Quel est l’écart d’âge entre Maëlle Roy et Ewen Dor ?").message


@pytest.mark.parametrize(
    "question",
    [
        "Laquelle emploie le plus de personnes, de l’usine de Corbas ou de celle de Feyzin ?",
        "Which employs more people, the plant of Corbas or the plant of Feyzin?",
    ],
)
def test_which_is_more_is_told_by_both_facts(
    tmp_path: Path, quick_syncs: None, question: str
) -> None:
    files = {
        "corbas.md": "# Corbas\n\nL’usine (the plant) de Corbas emploie 120 personnes (people).\n",
        "feyzin.md": "# Feyzin\n\nL’usine (the plant) de Feyzin emploie 90 personnes (people).\n",
    }
    write(tmp_path / "corpus", files)
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", strictness=0.2)
    dossier_of(settings).sync()
    answer = ask(settings, question)
    assert answer.form == "table" and "120 − 90 = 30" in answer.message
    assert {c.document for claim in answer.claims for c in claim.citations} == set(files)


def test_a_sum_that_lacks_a_fact_is_answered_as_a_fact(parted: Settings) -> None:
    answer = ask(parted, "Laquelle emploie le plus de personnes, de la criée ou de la mairie ?")
    assert answer.form != "table"


@pytest.mark.parametrize(
    ("sentence", "topic", "figures"),
    [
        (
            "L’appel compte 1 842 signataires au 10 février 2026.",
            "nombre de signataires",
            ["1 842"],
        ),
        ("Il a coûté 300 € pour 12 bateaux.", "nombre de bateaux", ["12"]),
        ("Le prix est de 300 €, dit le maire.", "le prix du bail", ["300 €"]),
        ("La criée a fermé en 2025.", "la criée", []),
    ],
)
def test_which_figures_measure_a_topic(sentence: str, topic: str, figures: list[str]) -> None:
    assert [figure.text for figure in verify.measures(sentence, topic)] == figures


@pytest.mark.parametrize(
    ("name", "document", "words", "says"),
    [
        ("Ewen Le Goff", "conseil.md", "Ewen Le Goff affirme", True),
        ("Ewen", "conseil.md", "Ewen Le Goff affirme", True),
        ("Ewen Le Goff", "conseil.md", "Ewen Le Goff a visité", False),
        ("Maëlle Guivarc’h", "tribune.md", "Quarante-deux", True),
        ("Maëlle Guivarc’h", "tribune.md", "Le maire répond", False),
        ("le maire", "tribune.md", "Le maire répond", True),
        ("Orso_7", "forum.md", "La criée vend", True),
        ("Orso_7", "forum.md", "C’est faux", False),
        ("Zed_9", "forum.md", "C’est faux", True),
        ("Zed_9", "forum.md", "Zed_9 —", False),
    ],
)
def test_whose_words_they_are(
    parted: Settings, name: str, document: str, words: str, says: bool
) -> None:
    index = Index.open(parted.index, None)
    body = index.documents[document].text
    spans = [s for p in index.passages_of(document) for s in p.sentences]
    (span,) = [span for span in spans if span.of(body).startswith(words)]
    evidence = Evidence(document, span, span.of(body), 1.0, "")
    assert speaking.Speaker(index, name).says(evidence) is says


@pytest.mark.parametrize(
    ("words", "kind", "document", "clear"),
    [
        ("la tribune de Maëlle Guivarc’h", "tribune", "tribune.md", True),
        ("forum.md", "", "forum.md", True),
        ("le compte rendu du conseil", "compte rendu", "conseil.md", True),
        ("l’article sur les dauphins", "article", "", False),
    ],
)
def test_which_document_is_meant(
    parted: Settings, words: str, kind: str, document: str, clear: bool
) -> None:
    index = Index.open(parted.index, FakeEmbedder().name)
    found = meant(index, words, kind, FakeEmbedder().embed_questions([words])[0], None)
    assert found.clear is clear
    assert not document or found.likeliest[0] == document
