"""Names must agree to the letter, capitals included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.verify import facts
from askdossier.verify.checks import names
from verify_cases import problem

HELD = [
    # the very name, wherever it stands and however long it is there
    ("On l'a vu à Tours hier.", "Il a joué à Tours."),
    ("Tours a fêté la Loire.", "Il a joué à Tours."),
    ("Il l'a dit à Paul Martin.", "Il l'a dit à Martin."),
    ("Joseph Leonard Gordon-Levitt l'a signée.", "Elle est de Joseph Gordon-Levitt."),
    ("Le livre de J. L. Borges est paru.", "Il a lu J. L. Borges."),
    ("Le livre de CASTAING Hélène est paru.", "C'est celui d'Hélène Castaing."),
    ("HÉLÈNE CASTAING EXPOSE À TOURS", "On y voit Hélène Castaing."),
    ("Il a lu Le Monde hier.", "C'est dans Le Monde."),
    ("Le ministère de la Culture a signé.", "Il est au Ministère de la Culture."),
    ("Elle est à l'Assemblée nationale.", "Il va à l'Assemblée Nationale."),
    ("C'est le Premier ministre qui signe.", "Elle l'a dit au Premier Ministre."),
    ("Le collectif anti-IA a signé.", "Il en veut à l'IA."),
    ("L'association Jean Paul Sartre a signé.", "On y lit Jean-Paul Sartre."),
    ("La notre-dame de Guadalupe est là.", "Elle a vu Notre-Dame de Guadalupe."),
    ("Le King's African Rifles est là.", "Il sert aux King's African Rifles."),
    ("La COVID-19 a tout changé.", "On accuse le Covid-19."),
    # acronyms
    ("Il siège à l'ONU depuis mai.", "On l'a vu à l'ONU."),
    ("Il siège à l'O.N.U. depuis mai.", "On l'a vu à l'ONU."),
    ("He sits at the UN now.", "On l'a vu à l'ONU."),
    ("Il siège à l'Organisation des Nations unies.", "On l'a vu à l'ONU."),
    ("The EU has signed.", "On le sait de l'UE."),
    ("L'UE a signé.", "We know it from the EU."),
    ("C'est la Creators Coalition on AI.", "Elle a peur de l'IA."),
    ("L'AI fait peur.", "Elle a peur de l'IA."),
    ("L'intelligence artificielle fait peur.", "Elle a peur de l'IA."),
    ("Les États-Unis ont signé.", "We know it from the US."),
    ("The United States have signed.", "On le sait des USA."),
    # inhabitants, who are small as an adjective
    ("Un équipage russe détient le record.", "On le doit aux Russes."),
    ("Les acteurs français ont signé.", "On le doit aux Français."),
    ("Le Yakuza a signé.", "On le doit aux Yakuzas."),
    # other signs within a name
    ("George H.W. Bush a signé.", "C'est George H.W. Bush qui signe."),
    ("La Terre-Neuve-et-Labrador a signé.", "C'est en Terre-Neuve-et-Labrador."),
]
HOSTILE = [
    # common words that are spelled like a name, or like its acronym
    ("Il a signé un accord.", "On l'a vu à l'ONU."),
    ("Il faut UN accord.", "On l'a vu à l'ONU."),
    ("Il a eu raison.", "On le sait de l'UE."),
    ("Il a dit que j'ai raison.", "Elle a peur de l'IA."),
    ("Il a dit : « J'AI raison ».", "Elle a peur de l'IA."),
    ("Elle a fait un tour.", "Il a joué à Tours."),
    ("Elle a vu les tours.", "Il a joué à Tours."),
    ("Le Tour a fini.", "Il a joué à Tours."),
    ("Il a joué à Tours.", "C'est le Tour."),
    ("Elle est connue dans le monde.", "C'est dans Le Monde."),
    ("Le monde est grand.", "C'est dans Le Monde."),
    ("They told us all.", "We know it from the US."),
    ("Les états d'âme comptent.", "On le sait des USA."),
    ("Elle entend les échos.", "Il écrit dans Les Échos."),
    ("La libération a eu lieu.", "Il écrit dans Libération."),
    ("C'est une orange.", "Il travaille chez Orange."),
    ("The apple is red.", "She works for Apple."),
    # initials of chance
    ("Leurs enfants adorent jouer.", "On a vu Léa."),
    ("Leur Enfant Adore jouer.", "On a vu Léa."),
    ("Sans cesse, ils rient.", "On a vu la SCI."),
    # a longer or a shorter name
    ("On a vu Paule hier.", "On a vu Paul."),
    ("On a vu Paul hier.", "On a vu Paule."),
    ("On a vu Martine hier.", "On a vu Martin."),
    ("On a vu Martin hier.", "On a vu Martine."),
    ("On a vu Jean-Paul hier.", "On a vu Jean."),
    ("On a vu Jean hier.", "On a vu Jean-Paul."),
    ("Elle vit à Paris-Saclay.", "Elle vit à Saclay."),
    # words of two people, or in another order of things
    ("Paul Ferrand et Victor Lenoir ont signé.", "On a vu Paul Lenoir."),
    ("On a vu Martin, Paul et Léa.", "On a vu Paul Martin."),
    ("Paul a vu Martin.", "On a vu Paul Martin."),
]


@pytest.mark.parametrize(("quote", "sentence"), HELD)
def test_a_name_that_stands_there(quote: str, sentence: str) -> None:
    assert problem(names.check, sentence, [quote]) is None


@pytest.mark.parametrize(("quote", "sentence"), HOSTILE)
def test_a_name_that_only_seems_to_stand_there(quote: str, sentence: str) -> None:
    found = problem(names.check, sentence, [quote])
    assert found is not None
    assert (found.gravity, found.check) == ("unsupported", "names")


@pytest.mark.parametrize(
    ("words", "others", "stands"),
    [
        ("Martin a parlé.", "Marie Martin est maire.", True),
        ("Mme Martin a parlé.", "Marie Martin est maire.", True),
        ("Martin a parlé.", "", False),
        ("Paul Martin a parlé.", "Marie Martin est maire.", False),
        ("Martin a parlé.", "Marie Martin est maire. Paul Martin est juge.", False),
        ("On a vu la martin.", "Marie Martin est maire.", False),
    ],
)
def test_a_surname_is_enough_where_nobody_else_bears_it(
    words: str, others: str, stands: bool
) -> None:
    (name,) = facts.names("C'est Marie Martin.")
    known = facts.names(f"{others} {words}")
    assert facts.stands_in(name, words, "fr", known) is stands


PARTS = [
    "Jean", "Paul", "Martin", "Levitt", "Gordon-", "d'", "de la ", "O'", "Neil", "R&D", "AT&T",
    "Notre-Dame", "King's", "Covid-19", "GPT-4o", "Le ", "M. ", "J. L. ", "USA", "U.S.A.", "Mac_",
    " & ", " ", " ", "-", "’", ". ", ", ", "n°3", "II", "été", "1er", "(Rick)",
    "Rock'n'Roll", "Œuvre",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join) | st.text(max_size=40))
def test_every_name_stands_in_its_own_sentence(sentence: str) -> None:
    for name in facts.names(sentence):
        assert facts.stands_in(name, sentence, "fr")


def test_the_name_may_stand_in_the_title() -> None:
    sentence = "Il a vu le verger Morel."
    assert (
        problem(names.check, sentence, ["Il emploie 42 personnes."], title="Le verger Morel")
        is None
    )
    assert (
        problem(names.check, sentence, ["Il emploie 42 personnes."], title="Le verger") is not None
    )


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Barzotti prépare un film.", "« Barzotti » n’est pas dans la source"),
        ("Lenoir prépare un film.", ""),
        ("Il prépare un film.", ""),
    ],
)
def test_a_first_word_that_nothing_holds_may_be_a_name(sentence: str, reason: str) -> None:
    found = problem(names.check_opening, sentence, ["Le réalisateur Lenoir prépare un film."])
    assert (found.reason if found else "") == reason
    assert found is None or found.gravity == "partly"
