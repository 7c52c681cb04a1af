"""The support check: what is supported, what is not, on sentences written for the purpose."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier import text, verify
from askdossier.core import Span
from askdossier.verify import Sources, Statement, Verdict
from askdossier.verify.records import Extract
from verify_cases import NEAR, checked, extracts, likeness, verdict

LETTER = "La lettre ouverte a été signée par plus de 500 créateurs en mars 2025."
SALARY = "Une plateforme proposait un poste payé jusqu'à 900 000 $ par an."
DIRECTOR = "Le réalisateur Victor Lenoir prépare un film sur les abeilles."
UNION = "L'alliance n'est pas un parti ordinaire."
COOP = "La coopérative Les Amandiers emploie 42 personnes à Nantes."


@pytest.mark.parametrize(
    ("sources", "sentence"),
    [
        # the same words
        ([LETTER, SALARY], LETTER),
        ([UNION], UNION),
        ([COOP], COOP),
        ([COOP], "« La coopérative Les Amandiers emploie 42 personnes à Nantes. »"),
        # a part of them, another order, another spelling
        ([LETTER], "La lettre ouverte a été signée par plus de 500 créateurs."),
        ([LETTER], "En mars 2025, plus de 500 créateurs ont signé la lettre ouverte."),
        ([COOP], "À Nantes, la coopérative Les Amandiers emploie quarante-deux personnes."),
        ([UNION], "L’alliance n’est pas un parti."),
        (["Le film a coûté 3,5 millions d'euros."], "Le film a coûté 3 500 000 €."),
        (["Le musée ouvre le 7 novembre 2025."], "Le musée ouvre le 7 nov. 2025."),
        (["Le musée date du XIXe siècle."], "Le musée date du 19e siècle."),
        # acronyms
        (
            ["L'intelligence artificielle menace le métier de scénariste."],
            "L'IA menace le métier de scénariste.",
        ),
        (["L'IA menace le métier de scénariste."], "L'AI menace le métier de scénariste."),
        (
            ["La Société des auteurs de Bretagne réclame une rémunération."],
            "La SAB réclame une rémunération.",
        ),
        # a name in full elsewhere, its last part here; another number of a demonym
        (
            ["Paul Ferrand a été élu maire.", "Ferrand a promis 300 logements aux jeunes."],
            "Paul Ferrand a promis 300 logements aux jeunes.",
        ),
        (["Un équipage russe détient le record."], "Les Russes détiennent le record."),
        # a negation that speaks of the same name in another clause
        (
            ["La saison n'a pas réussi à Metz, et Doria est parti en 1987."],
            "Doria est parti de Metz en 1987.",
        ),
        # English
        (["The museum opened in 1984 in Leeds."], "In 1984, the museum opened in Leeds."),
        (["The museum does not charge visitors."], "The museum doesn't charge visitors."),
        (["More than 500 people signed."], "Over 500 people signed."),
        # the name in the title, or in the sentence before
        (
            ["Le maire Paul Ferrand a reçu les élus.", "+Il a promis 300 logements."],
            "Paul Ferrand a promis 300 logements.",
        ),
    ],
)
def test_supported(sources: list[str], sentence: str) -> None:
    found = verdict(sentence, sources)
    assert found.support == "supported", found.reason
    assert found.reason == ""
    assert found.extracts
    assert {extract.quote for extract in found.extracts} <= {s.removeprefix("+") for s in sources}


@pytest.mark.parametrize(
    ("sources", "sentence", "reason"),
    [
        # figures
        ([LETTER], "La lettre ouverte a été signée par plus de 700 créateurs.", "700"),
        ([LETTER], "La lettre ouverte a été signée en mars 2024.", "2024"),
        ([LETTER], "La lettre ouverte a été signée en avril 2025.", "avril"),
        ([COOP], "La coopérative Les Amandiers emploie 420 personnes à Nantes.", "420"),
        ([SALARY], "Une plateforme proposait un poste payé jusqu'à 900 000 € par an.", "900 000 €"),
        (["Le bail dure 75 ans."], "Le bail dure 75 mois.", "75 mois"),
        (["Le bail dure 75 ans."], "Le bail dure 3 ans.", "3 ans ≠ 75 ans"),
        (["Le taux est de 12."], "Le taux est de 12 %.", "12 %"),
        (["The museum opened in 1984."], "The museum opened in 1994.", "1994"),
        # names
        ([COOP], "La coopérative Les Amandiers emploie 42 personnes à Rennes.", "Rennes"),
        ([DIRECTOR], "Le réalisateur Hugo Lenoir prépare un film sur les abeilles.", "Hugo Lenoir"),
        ([COOP, DIRECTOR], "La coopérative Lenoir emploie 42 personnes à Nantes.", "Lenoir"),
        (["Un usage raisonnable est autorisé."], "L'UR est autorisé.", "UR"),
        # negation
        ([UNION], "L'alliance est un parti ordinaire.", "contraire"),
        ([LETTER], "La lettre ouverte n'a pas été signée par plus de 500 créateurs.", "contraire"),
        (["Aucun accord n'a été signé."], "Un accord a été signé.", "contraire"),
        (["Le studio agit sans autorisation."], "Le studio agit avec autorisation.", "contraire"),
        (["The museum charges visitors."], "The museum doesn't charge visitors.", "opposite"),
        (["The museum never closes."], "The museum closes.", "opposite"),
        # meaning
        ([UNION], "Le musée accueille des enfants chaque mercredi.", ""),
        ([COOP], "Le budget dépend surtout des subventions.", "entièrement"),
        ([COOP], "Oui.", "entièrement"),
        ([], "Le musée est ouvert.", "aucune source"),
    ],
)
def test_unsupported(sources: list[str], sentence: str, reason: str) -> None:
    found = verdict(sentence, sources)
    assert found.support == "unsupported"
    assert found.extracts == ()
    assert reason in found.reason
    assert found.reason


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("La lettre ouverte a été signée par moins de 500 créateurs.", "< 500 ≠ > 500"),
        ("La lettre ouverte a été signée par 500 créateurs.", "500 ≠ > 500"),
        ("La lettre ouverte a été signée par environ 500 créateurs.", "≈ 500 ≠ > 500"),
    ],
)
def test_another_bound_is_only_partly_supported(sentence: str, reason: str) -> None:
    found = verdict(sentence, [LETTER])
    assert (found.support, found.reason) == ("partly", reason)
    assert [extract.quote for extract in found.extracts] == [LETTER]


def test_half_of_the_meaning_is_partly_supported() -> None:
    sentence = "La coopérative emploie 42 personnes, verse des salaires décents et prospère."
    found = verdict(sentence, [COOP])
    assert (found.support, found.reason) == ("partly", "la source ne le dit pas entièrement")


def test_the_figure_of_another_sentence_does_not_count() -> None:
    """Lenoir's name from one sentence and another's salary must not make a claim together."""
    found = verdict("Victor Lenoir a un poste payé jusqu'à 900 000 $ par an.", [SALARY, DIRECTOR])
    assert found.support == "unsupported"
    assert "Victor Lenoir" in found.reason


def test_two_halves_from_two_places_may_be_joined() -> None:
    sources = [
        "La lettre de Marseille a recueilli 500 signatures.",
        "La pétition de Bordeaux compte 700 signatures.",
    ]
    found = verdict(
        "La lettre de Marseille a recueilli 500 signatures, la pétition de Bordeaux 700.", sources
    )
    assert found.support == "supported"
    assert {extract.quote for extract in found.extracts} == set(sources)


def test_a_year_may_come_from_the_date_of_the_document() -> None:
    candidates = extracts(["Le musée a fermé ses portes."], date="2024-03-07")
    for sentence, support in [
        ("Le musée a fermé ses portes en 2024.", "supported"),
        ("Le musée a fermé ses portes en 2023.", "unsupported"),
    ]:
        assert checked(sentence, "fr", candidates, [NEAR]).support == support


def test_the_name_may_stand_in_the_title() -> None:
    source = ["Il emploie 42 personnes."]
    sentence = "Le verger Morel emploie 42 personnes."
    assert verdict(sentence, source, title="Le verger Morel").support == "supported"
    assert verdict(sentence, source, title="Le verger").support == "unsupported"


def test_an_invented_name_at_the_head_of_the_sentence_is_not_supported() -> None:
    found = verdict("Barzotti prépare un film sur les abeilles.", [DIRECTOR])
    assert found.support != "supported"
    found = verdict("Amandiers prépare un film sur les abeilles.", [DIRECTOR, COOP])
    assert found.support != "supported"


def test_words_of_two_names_do_not_make_a_third() -> None:
    source = "Paul Ferrand et Victor Lenoir ont signé la lettre."
    assert verdict("Paul Lenoir a signé la lettre.", [source]).support != "supported"


def test_a_claim_in_another_language_needs_a_close_meaning_and_the_same_facts() -> None:
    candidates = extracts([LETTER])
    for sentence, cosine, support in [
        ("The open letter was signed by more than 500 creators.", 0.90, "supported"),
        ("The open letter was signed by more than 700 creators.", 0.95, "unsupported"),
        ("The open letter was signed in March 2025 by Daniel Moore.", 0.95, "unsupported"),
        ("The open letter is an excellent thing.", 0.70, "unsupported"),
        ("The open letter was never signed by creators.", 0.92, "partly"),
    ]:
        assert checked(sentence, "en", candidates, [cosine]).support == support, sentence


def test_reasons_are_in_the_language_of_the_claim() -> None:
    french = verdict("L'alliance est un parti ordinaire.", [UNION])
    english = verdict("The museum closes.", ["The museum never closes."])
    assert french.reason == "la source dit le contraire"
    assert english.reason == "the source says the opposite"


def test_the_best_sentence_is_cited_and_only_what_is_needed() -> None:
    found = verdict("La lettre ouverte a été signée en mars 2025.", [COOP, SALARY, LETTER])
    assert [extract.quote for extract in found.extracts] == [LETTER]


# --- counterfactual edits -------------------------------------------------------------------------

# The verb that the script negates stands in [brackets].
FRENCH = """
En 2019, la ville de Montreuil [a ouvert] une ferme urbaine de 1 200 mètres carrés.
En 2021, la coopérative Tournesol [a produit] 14 courts métrages pour la région Occitanie.
La fondation Aubrac [finance] chaque année 35 projets de restauration à Toulouse.
Depuis 2016, la chercheuse Irène Vasseur [étudie] les oiseaux du marais de Brière.
La compagnie Les Funambules [a donné] 78 représentations à Strasbourg en 2022.
Selon Antoine Mercier, le festival [attire] environ 45 000 visiteurs.
Le conseil municipal de Roubaix [a voté] un budget de 92 millions d'euros.
En 2008, le sculpteur Émile Garance [a légué] 310 œuvres au musée de Dijon.
La loi Delorme [impose] une redevance de 4 % aux plateformes de diffusion.
L'éditeur Bellevue [a vendu] 180 000 exemplaires du roman de Sofia Renard.
À Grenoble, la chaufferie [consomme] 22 000 tonnes de bois par hiver.
Le collectif Pixel Libre [a déposé] 17 plaintes contre la société Vistamax.
En 1998, le physicien Marc Olivier [a décrit] un alliage stable à 650 degrés.
La bibliothèque de Lorient [prête] 9 500 ouvrages par mois.
Le tribunal de Nanterre [a condamné] la société Orbital à 75 000 euros d'amende.
Depuis 2020, les habitants de Sète [trient] 68 % de leurs déchets.
L'association Rivage [défend] 240 pêcheurs de la côte normande.
En 2023, la productrice Lina Castel [a réuni] 3,2 millions de dollars pour son documentaire.
Le syndicat des traducteurs [réclame] un tarif minimal de 23 euros par page.
La ligne 14 [transporte] 720 000 voyageurs entre Orly et Saint-Denis.
L'atelier Marchand [fabrique] 60 violons par an à Mirecourt.
En 2015, le village de Beaumont [a accueilli] 12 familles réfugiées.
La revue Clairière [publie] quatre numéros par an depuis 1987.
Le parc naturel du Vexin [abrite] 1 450 espèces de papillons.
Hélène Fontaine [a dirigé] l'orchestre de Metz pendant 11 ans.
La start-up Novaflux [a levé] 18 millions d'euros auprès du fonds Horizon.
Le rapport Lambert [recommande] de former 5 000 enseignants avant 2027.
En 2011, la tempête Xynthia [a détruit] 130 maisons à La Faute.
Le centre de recherche de Saclay [emploie] 2 700 ingénieurs.
L'exposition Lumières [a rassemblé] 260 toiles au palais de Tokyo.
La mairie de Poitiers n'a pas signé la charte proposée par Claude Berger.
Le groupe Vistamax ne rémunère pas les 600 auteurs de son catalogue.
Le pont de Villeneuve n'a jamais rouvert depuis la crue de 1993.
La société Orbital ne publie plus ses comptes depuis 2018.
Le laboratoire Curtis n'emploie aucun animal pour ses 48 essais.
L'accord de Bastia n'oblige pas les 27 signataires à payer.
Le réseau Cigale ne dépend pas de la région Bretagne.
La romancière Sofia Renard n'a pas autorisé la traduction de ses 6 romans.
Le barrage de Serre n'alimente plus les 15 communes du canton.
La chorale de Tulle ne chante jamais en dehors de la Corrèze.
""".strip().splitlines()
PLAIN = [sentence.replace("[", "").replace("]", "") for sentence in FRENCH]


def _substituted(sentence: str, pattern: str, change: Callable[[str], str]) -> str | None:
    edited = re.sub(pattern, lambda match: change(match[0]), sentence, count=1)
    return edited if edited != sentence else None


def _figure(sentence: str) -> str | None:
    pattern = r"(?<![\w,])(?!(?:19|20)\d\d\b)\d[\d ]*\d|(?<![\w,])\d(?!\w)"
    return _substituted(sentence, pattern, lambda n: f"{int(n.replace(' ', '')) + 7}")


def _year(sentence: str) -> str | None:
    return _substituted(sentence, r"\b(?:19|20)\d\d\b", lambda year: str(int(year) - 3))


_NAME = r"(?<=[a-zé’' ] )[A-Z][a-zé]{3,}"
DRAWN = sorted({name for sentence in FRENCH for name in re.findall(_NAME, sentence)})
"""Names that the dossier itself holds."""


def _name(new: str) -> Callable[[str], str | None]:
    def change(sentence: str) -> str | None:
        return _substituted(sentence, _NAME, lambda _: new)

    return change


def _another_name(sentence: str) -> str | None:
    """A name of some other sentence instead of the first; another one for each sentence."""
    own = set(re.findall(_NAME, sentence))
    others = [name for name in DRAWN if name not in own]
    return _name(others[7 * FRENCH.index(sentence) % len(others)])(sentence)


def _negated(sentence: str) -> str | None:
    """``[a ouvert]`` → ``n'a pas ouvert``; ``[étudie]`` → ``n'étudie pas``."""

    def change(verb: str) -> str:
        first, _, rest = verb[1:-1].partition(" ")
        particle = "n'" if first[0] in "aeéhiou" else "ne "
        return f"{particle}{first} pas {rest}".rstrip()

    return _substituted(sentence, r"\[.*?\]", change)


def _affirmed(sentence: str) -> str | None:
    pattern = r"\b(?:ne |n')(\w+) (?:pas|plus|jamais|aucun)\b"
    edited = re.sub(pattern, r"\1", sentence)
    return edited if edited != sentence else None


def _reordered(sentence: str) -> str | None:
    """``En 2019, la ville…`` → ``La ville… en 2019.``"""
    head, comma, rest = sentence.rstrip(".").partition(", ")
    if not comma or len(head) > 25:
        return None
    return f"{rest[0].upper()}{rest[1:]} {head[0].lower()}{head[1:]}."


EDITS: dict[str, Callable[[str], str | None]] = {
    "figure": _figure,
    "year": _year,
    "absent name": _name("Valmont"),
    "name of another sentence": _another_name,
    "negated": _negated,
    "affirmed": _affirmed,
}


def edited(change: Callable[[str], str | None]) -> list[str]:
    results = (change(sentence) for sentence in FRENCH)
    return [r.replace("[", "").replace("]", "") for r in results if r]


def rate(sentences: Sequence[str], supported: bool) -> tuple[float, list[str]]:
    """Share of the sentences that are supported (or are not), and those that are otherwise."""
    wrong = [s for s in sentences if (verdict(s, PLAIN).support == "supported") is not supported]
    return 1 - len(wrong) / len(sentences), wrong


def test_the_edits_are_many_and_are_edits() -> None:
    count = {kind: len(edited(change)) for kind, change in EDITS.items()}
    assert sum(count.values()) >= 100
    assert min(count.values()) >= 8, count
    assert not set(PLAIN) & {sentence for change in EDITS.values() for sentence in edited(change)}


@pytest.mark.parametrize("kind", EDITS)
def test_edited_sentences_are_caught(kind: str) -> None:
    caught, wrong = rate(edited(EDITS[kind]), supported=False)
    assert caught >= 0.95, wrong


def test_a_fact_of_the_sentence_beside_is_caught() -> None:
    """In one stretch of text a neighbour may fill a gap, but not change a name or a figure."""
    candidates = extracts([PLAIN[0], *(f"+{sentence}" for sentence in PLAIN[1:])])
    passed = []
    for before, sentence in pairwise(PLAIN):
        name = re.search(_NAME, before)
        year = re.search(r"\b(?:19|20)\d\d\b", before)
        changed = [_name(name[0])(sentence)] if name else []
        if year:
            changed.append(re.sub(r"\b(?:19|20)\d\d\b", year[0], sentence, count=1))
        for claim in set(filter(None, changed)) - {sentence}:
            cosines = [likeness(claim, extract.quote) for extract in candidates]
            if checked(claim, "fr", candidates, cosines).support == "supported":
                passed.append(claim)
    assert not passed


def test_copies_and_reorderings_are_supported() -> None:
    kept, wrong = rate(PLAIN, supported=True)
    assert kept >= 0.95, wrong
    moved = [sentence for sentence in map(_reordered, PLAIN) if sentence]
    assert len(moved) >= 10
    kept, wrong = rate(moved, supported=True)
    assert kept >= 0.95, wrong


# --- verbatim -------------------------------------------------------------------------------------

SOURCES = extracts(
    [
        "Elle a dit : « L’invention sans méthode reste assez hasardeuse. »",
        "Le groupe « Pixel Libre » a parlé d'un diamant brut.",
    ]
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Elle dit que « l'invention sans méthode » est un risque.",
            "Elle dit que « L’invention sans méthode » est un risque.",
        ),
        (
            "Elle dit que « l'invention sans art » est un risque.",
            "Elle dit que l'invention sans art est un risque.",
        ),
        ('Le groupe "pixel libre" a parlé.', 'Le groupe "Pixel Libre" a parlé.'),
        ("Le groupe “pixel libre” a parlé.", "Le groupe “Pixel Libre” a parlé."),
        (
            "« reste assez hasardeuse. » et « reste très calme »",
            "« reste assez hasardeuse » et reste très calme",
        ),
        ("« Reste   assez hasardeuse »", "« reste assez hasardeuse »"),
        ("Il parle d'« amant ».", "Il parle d'amant."),
        ("Il se tait : « … »", "Il se tait : …"),
        ("Il se tait : « . »", "Il se tait : ."),
        ("Sans guillemets.", "Sans guillemets."),
        ("Une « citation jamais fermée.", "Une « citation jamais fermée."),
        ("", ""),
    ],
)
def test_verbatim(sentence: str, expected: str) -> None:
    assert verify.verbatim(sentence, SOURCES) == expected


def test_a_quotation_of_two_sentences_is_verbatim_where_they_follow_one_another() -> None:
    first, second = "Elle a dit : « Le pont dort.", "Il fuit. »"
    near = Extract("a", Span(0, len(first)), first, "fr", "", "")
    after = Extract("a", Span(len(first) + 1, len(first) + 1 + len(second)), second, "fr", "", "")
    far = Extract("a", Span(200, 200 + len(second)), second, "fr", "", "")
    said = 'Elle dit : "Le pont dort. Il fuit."'
    assert verify.verbatim(said, [near, after]) == 'Elle dit : "Le pont dort. Il fuit"'
    assert verify.verbatim(said, [near, far]) == "Elle dit : Le pont dort. Il fuit."


@given(st.text(alphabet="«»“”\"' a.\n", max_size=30))
def test_verbatim_changes_only_quotation_marks_and_never_raises(sentence: str) -> None:
    def bare(words: str) -> str:
        return re.sub(r"[\s«»“”\".,;]", "", text.fold(words))

    assert bare(verify.verbatim(sentence, SOURCES)) == bare(sentence)


# --- any input ------------------------------------------------------------------------------------


@given(
    st.lists(st.sampled_from([*PLAIN, LETTER, UNION, "?", "", "«", "1"]), max_size=4),
    st.one_of(st.text(max_size=60), st.sampled_from(PLAIN)),
    st.sampled_from(["fr", "en", "ar"]),
)
def test_a_verdict_cites_candidates_or_nothing(
    sources: list[str], sentence: str, language: str
) -> None:
    candidates = extracts(sources)
    cosines = [likeness(sentence, extract.quote) for extract in candidates]
    found = checked(sentence, language, candidates, cosines)
    assert set(found.extracts) <= set(candidates)
    assert bool(found.extracts) is (found.support != "unsupported")
    assert bool(found.reason) is (found.support != "supported")
    assert len(set(found.extracts)) == len(found.extracts)


# --- numbering ------------------------------------------------------------------------------------


def test_numbers_count_from_one_in_order_of_use_and_stay() -> None:
    first, second = extracts([LETTER, COOP])
    numbers = verify.Numbering()
    claims = [
        numbers.claim("B", Verdict("supported", (second,), "", 1.0)),
        numbers.claim("A", Verdict("partly", (first, second), "≈", 1.0)),
    ]
    assert [[c.number for c in claim.citations] for claim in claims] == [[1], [2, 1]]
    assert claims[0].citations[0].quote == COOP
    assert claims[1].reason == "≈"


def test_a_figure_of_somebody_else_is_not_lent() -> None:
    sources = [
        "La société Brumaline publie chaque année ses comptes à Rennes.",
        "Nous avons fait 8 millions d'euros de chiffre d'affaires, dit la société Ostréane.",
    ]
    claim = "La société Brumaline a fait 8 millions d'euros de chiffre d'affaires."
    assert verdict(claim, sources).support == "unsupported"


def test_a_sentence_stands_under_the_question_it_answers() -> None:
    sources = ["Qui a repeint le phare de Kerlann ?", "+Douze bénévoles, en deux jours."]
    candidates = extracts(sources)
    assert "Kerlann" in candidates[1].title
    assert "Kerlann" not in candidates[0].title


def test_a_question_supports_nothing() -> None:
    asked = "Pourquoi la coopérative Les Amandiers emploie-t-elle 42 personnes ?"
    assert verdict(COOP, [asked]).support == "unsupported"
    assert verdict(COOP, [asked, COOP]).extracts[0].quote == COOP


def test_a_quoted_extract_is_its_own_support() -> None:
    (extract,) = extracts(["« Une voie existe », dit-elle. »"])
    sentence, found = verify.quoted(extract, "fr")
    assert sentence == "« « Une voie existe », dit-elle. »"
    assert (found.support, found.extracts) == ("quoted", (extract,))


def test_words_are_quoted_in_the_marks_of_the_answer() -> None:
    (extract,) = extracts(["« Une voie existe. »"], date="2025-03-07")
    assert verify.quoted(extract, "fr")[0] == "« Une voie existe. »"
    assert verify.quoted(extract, "fr", "Note")[0] == "Note (2025-03-07) : « Une voie existe. »"
    assert verify.quoted(extract, "en", "Note")[0] == "Note (2025-03-07): “Une voie existe.”"


def test_a_quotation_is_not_cut_where_a_sentence_of_it_ends() -> None:
    said = ["Elle a dit : « Le port vit.", "Il vivra encore. »", "La salle applaudit."]
    body = " ".join(said)
    found = verify.unbroken(extracts([said[0], f"+{said[1]}", f"+{said[2]}"]), body)
    assert found.quote == f"{said[0]} {said[1]}" == found.span.of(body)
    whole = extracts([said[2]])
    assert verify.unbroken(whole, said[2]) == whole[0]


def test_a_quotation_that_never_closes_is_left() -> None:
    said = ["Elle a dit : « Le port vit.", "Il vivra.", "La salle applaudit.", "Le maire aussi."]
    candidates = extracts([said[0], *(f"+{sentence}" for sentence in said[1:])])
    assert verify.unbroken(candidates, " ".join(said)) == candidates[0]


# --- what other documents say ---------------------------------------------------------------------


def others(sentence: str, question: str, sources: Sequence[str]) -> tuple[list[str], list[str]]:
    """What corroborates the sentence, and what differs from it."""
    candidates = extracts(sources)
    cosines = [likeness(sentence, extract.quote) for extract in candidates]
    relevances = [likeness(question, extract.quote) for extract in candidates]
    statement = Statement(sentence, "fr")
    read = Sources(candidates, cosines, relevances)
    found = verify.check(statement, None, read)
    same = verify.corroborated(statement, found, read)
    other = verify.differing(statement, question, found, read)
    return [extract.quote for extract in same], [extract.quote for extract in other]


HOW_MANY = "Combien de créateurs ont signé la lettre ouverte ?"
FIVE = "La lettre ouverte a été signée par 500 créateurs."
FIVE_TOO = "En mars, 500 créateurs ont signé la lettre ouverte."
SEVEN = "La lettre ouverte a été signée par 700 créateurs."


def test_documents_that_agree_are_both_cited() -> None:
    assert others(FIVE, HOW_MANY, [FIVE, FIVE_TOO, COOP]) == ([FIVE_TOO], [])


def test_documents_that_differ_are_both_shown() -> None:
    assert others(FIVE, HOW_MANY, [FIVE, SEVEN, COOP]) == ([], [SEVEN])


def test_a_sentence_of_the_same_document_is_not_another_source() -> None:
    assert others(FIVE, HOW_MANY, [FIVE, f"+{SEVEN}", f"+{FIVE_TOO}"]) == ([], [])


def test_a_figure_of_something_else_does_not_differ() -> None:
    far = "La lettre ouverte a été signée dans 12 villes."
    assert others(FIVE, HOW_MANY, [FIVE, far]) == ([], [])


def test_a_figure_that_was_asked_about_is_no_answer() -> None:
    question = "Qui a dit que 500 créateurs ont signé la lettre ouverte ?"
    assert others(FIVE, question, [FIVE, SEVEN]) == ([], [])


def test_a_sentence_without_the_name_that_was_asked_for_does_not_differ() -> None:
    question = "Combien de créateurs ont signé la lettre ouverte de Nantes ?"
    mine = "La lettre ouverte de Nantes a été signée par 500 créateurs."
    assert others(mine, question, [mine, SEVEN]) == ([], [])


# --- a second look --------------------------------------------------------------------------------


def test_a_judge_decides_where_only_the_meaning_is_in_doubt() -> None:
    doubtful = verdict(
        "Le maire a coupé le ruban du bâtiment tout neuf.",
        ["Le maire a inauguré la médiathèque rénovée de la ville."],
    )
    assert doubtful.doubted
    assert doubtful.support != "supported"
    assert verify.reconsidered(doubtful, 9.0).support == "supported"
    assert verify.reconsidered(doubtful, 9.0).extracts == doubtful.doubted
    assert verify.reconsidered(doubtful, -9.0).support == doubtful.support
    assert not verify.reconsidered(doubtful, -9.0).doubted


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("La mairie a reçu 700 lettres.", "La mairie a reçu 500 lettres."),
        ("L'alliance est un parti ordinaire.", UNION),
        (LETTER, LETTER),
    ],
)
def test_no_judge_is_asked_about_facts(sentence: str, source: str) -> None:
    sure = verdict(sentence, [source])
    assert not sure.doubted
    assert verify.reconsidered(sure, 9.0) == verify.reconsidered(sure, -9.0) == sure


def test_a_judge_reads_sentences_in_their_order_below_their_title() -> None:
    sources = extracts(["Le vent souffle.", "+La mer monte."], "Météo")
    assert verify.premise(sources[::-1]) == "Météo\nLe vent souffle.\nLa mer monte."
