"""Figures, names and negation: what is read out of a sentence, and that nothing makes it raise."""

from __future__ import annotations

import string
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from askdossier.verify import facts

# --- figures --------------------------------------------------------------------------------------

DAY, MONTH, WEEKDAY, CENTURY = "day of the month", "month of the year", "weekday", "century"


def read(text: str) -> list[tuple[str, str, str]]:
    """Value, unit and bound of each figure; several readings of one are joined with a bar."""
    return [
        (
            "|".join(f"{value:f}" for value in sorted(v.normalize() for v in figure.values)),
            figure.unit,
            figure.bound,
        )
        for figure in facts.figures(text)
    ]


def bare(*values: str) -> list[tuple[str, str, str]]:
    return [(value, "", "") for value in values]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # spaces and separators
        ("1600 signataires", bare("1600")),
        ("1 600 signataires", bare("1600")),
        ("1\u00a0600 signataires", bare("1600")),
        ("1\u202f600 signataires", bare("1600")),
        ("1\u2009600 signataires", bare("1600")),
        ("1'600 et 1’600", bare("1600", "1600")),
        ("1.600 signataires", bare("1.6|1600")),
        ("1,600 signatories", bare("1.6|1600")),
        ("1 234 567", bare("1234567")),
        ("1,234,567", bare("1234567")),
        ("1.234.567", bare("1234567")),
        ("1.234,56", bare("1234.56")),
        ("1,234.56", bare("1234.56")),
        ("1 234,56", bare("1234.56")),
        ("1,000,000", bare("1000000")),
        ("3,5", bare("3.5")),
        ("3.5", bare("3.5")),
        ("0,5", bare("0.5")),
        ("En 2023 500 personnes", bare("2023", "500")),
        ("12 34 56", bare("12", "34", "56")),
        ("1\n600", bare("1", "600")),
        ("1\t600", bare("1", "600")),
        ("12, 15, 18", bare("12", "15", "18")),
        ("Il y en a 12.", bare("12")),
        ("(500)", bare("500")),
        ("−5 et -5", bare("-5", "-5")),
        # scales
        ("3 millions", bare("3000000")),
        ("3,5 millions", bare("3500000")),
        ("deux milliards", bare("2000000000")),
        ("70 mille", bare("70000")),
        ("12 milliers", bare("12000")),
        ("2 millions et demi", bare("2500000")),
        ("1.2 billion", bare("1200000000")),
        ("100k abonnés", bare("100000")),
        ("5M de vues", bare("5000000")),
        ("5 M de vues", bare("5000000")),
        ("En 2024 M. Dupont", bare("2024")),
        # money, before and after
        ("500 €", [("500", "euro", "")]),
        ("500€", [("500", "euro", "")]),
        ("500 euros", [("500", "euro", "")]),
        ("EUR 500", [("500", "euro", "")]),
        ("500 000 €", [("500000", "euro", "")]),
        ("3 M€", [("3000000", "euro", "")]),
        ("12 k€", [("12000", "euro", "")]),
        ("3 Mds€", [("3000000000", "euro", "")]),
        ("1,5 Md€", [("1500000000", "euro", "")]),
        ("3,5 millions d'euros", [("3500000", "euro", "")]),
        ("3,5 millions d’euros", [("3500000", "euro", "")]),
        ("246 millions de $", [("246000000", "dollar", "")]),
        ("900 000 $", [("900000", "dollar", "")]),
        ("$900,000", [("900|900000", "dollar", "")]),
        ("$3m", [("3000000", "dollar", "")]),
        ("US$ 3 million", [("3000000", "dollar", "")]),
        ("€3bn", [("3000000000", "euro", "")]),
        ("£1,200.50", [("1200.5", "pound", "")]),
        ("500 livres", bare("500")),
        ("500 livres sterling", [("500", "pound", "")]),
        ("12 € 500", [("12", "euro", ""), ("500", "", "")]),
        ("un million d'euros", [("1000000", "euro", "")]),
        ("half a million dollars", [("500000", "dollar", "")]),
        # percent and parts
        ("12%", [("12", "%", "")]),
        ("12 %", [("12", "%", "")]),
        ("12\u202f%", [("12", "%", "")]),
        ("12 pour cent", [("12", "%", "")]),
        ("12 percent", [("12", "%", "")]),
        ("cinq pour cent", [("5", "%", "")]),
        ("la moitié des films", [("50", "%", "")]),
        ("half of the films", [("50", "%", "")]),
        ("les trois quarts", [("75", "%", "")]),
        ("three quarters", [("75", "%", "")]),
        # other units
        ("75 ans", [("75", "year", "")]),
        ("75 years", [("75", "year", "")]),
        ("75 années", [("75", "year", "")]),
        ("a 16-year-old", [("16", "year", "")]),
        ("2 ans et demi", [("2.5", "year", "")]),
        ("un an", [("1", "year", "")]),
        ("5 an hour", bare("5")),
        ("10 km/h", [("10", "km/h", "")]),
        ("10km", [("10", "km", "")]),
        ("5 m de long", [("5", "metre", "")]),
        ("-5 °C", [("-5", "degree", "")]),
        ("12h30", [("12", "hour", ""), ("30", "minute", "")]),
        ("12 h 30", [("12", "hour", ""), ("30", "minute", "")]),
        ("9h-17h", [("9", "hour", ""), ("17", "hour", "")]),
        ("dix fois", [("10", "times", "")]),
        # ordinals and centuries
        ("la 2e édition", bare("2")),
        ("la 2ème édition", bare("2")),
        ("the 2nd edition", bare("2")),
        ("la deuxième édition", bare("2")),
        ("la première édition", bare("1")),
        ("the first edition", bare("1")),
        ("le Premier ministre", []),
        ("dans un premier temps", []),
        ("la vingt-et-unième", bare("21")),
        ("the twenty-first", bare("21")),
        ("le XXIe siècle", [("21", CENTURY, "")]),
        ("le 21e siècle", [("21", CENTURY, "")]),
        ("the 21st century", [("21", CENTURY, "")]),
        ("le vingtième siècle", [("20", CENTURY, "")]),
        ("aux XIXe et XXe siècles", [("19", CENTURY, ""), ("20", CENTURY, "")]),
        ("Louis XIV", []),
        # words
        ("deux cent mille", bare("200000")),
        ("deux cents", bare("200")),
        ("quatre-vingt-dix-neuf", bare("99")),
        ("quatre vingt dix neuf", bare("99")),
        ("quatre-vingts", bare("80")),
        ("quatre-vingt-un", bare("81")),
        ("soixante-dix-sept", bare("77")),
        ("soixante et onze", bare("71")),
        ("soixante-et-onze", bare("71")),
        ("septante-deux", bare("72")),
        ("vingt et un", bare("21")),
        ("vingt et une", bare("21")),
        ("vingt et trente", bare("20", "30")),
        ("deux trois fois", [("2", "", ""), ("3", "times", "")]),
        ("deux mille vingt-cinq", bare("2025")),
        ("mille neuf cent quatre-vingt-quatre", bare("1984")),
        ("dix-neuf cent quatorze", bare("1914")),
        ("trois millions cinq cent mille", bare("3500000")),
        ("twenty-one", bare("21")),
        ("ninety-nine", bare("99")),
        ("two hundred and fifty thousand", bare("250000")),
        ("a hundred and five", bare("105")),
        ("one thousand", bare("1000")),
        ("a million", bare("1000000")),
        ("un film", []),
        ("one of the films", []),
        ("neuf films", bare("9")),
        ("un film tout neuf", []),
        ("des millions de films", []),
        ("quelques milliers de films", []),
        ("several hundred films", []),
        ("une douzaine", bare("12")),
        ("une centaine de films", [("100", "", "about")]),
        ("une dizaine de milliers", [("10000", "", "about")]),
        # dates
        ("le 7 novembre 2025", [("7", DAY, ""), ("11", MONTH, ""), ("2025", "", "")]),
        ("le 1er mai", [("1", DAY, ""), ("5", MONTH, "")]),
        ("November 7, 2025", [("11", MONTH, ""), ("7", DAY, ""), ("2025", "", "")]),
        ("7 November 2025", [("7", DAY, ""), ("11", MONTH, ""), ("2025", "", "")]),
        ("2025-11-07", [("2025", "", ""), ("11", MONTH, ""), ("7", DAY, "")]),
        ("13/11/2025", [("13", DAY, ""), ("11", MONTH, ""), ("2025", "", "")]),
        ("11/13/2025", [("11", MONTH, ""), ("13", DAY, ""), ("2025", "", "")]),
        ("07/11/2025", [("7|11", DAY, ""), ("7|11", MONTH, ""), ("2025", "", "")]),
        ("12 sept. 2024", [("12", DAY, ""), ("9", MONTH, ""), ("2024", "", "")]),
        ("en 2024 sept films", bare("2024", "7")),
        ("du 7 au 9 juin", [("7", DAY, ""), ("9", DAY, ""), ("6", MONTH, "")]),
        (
            "du 24 mai 1765 au 13 juin 1836",
            [
                ("24", DAY, ""),
                ("5", MONTH, ""),
                ("1765", "", ""),
                ("13", DAY, ""),
                ("6", MONTH, ""),
                ("1836", "", ""),
            ],
        ),
        ("en mai 12 personnes", [("5", MONTH, ""), ("12", "", "")]),
        ("lundi", [("1", WEEKDAY, "")]),
        ("on Monday", [("1", WEEKDAY, "")]),
        ("it may march on", []),
        ("la planète Mars", []),
        ("en mars", [("3", MONTH, "")]),
        ("les années 1990", bare("1990")),
        ("the 1990s", bare("1990")),
        ("les années 90", bare("90|1990")),
        # ranges
        ("10 à 70", bare("10", "70")),
        ("10 à 70 mille", bare("10000", "70000")),
        ("de 5 à 10 %", [("5", "%", ""), ("10", "%", "")]),
        ("5-10 %", [("5", "%", ""), ("10", "%", "")]),
        ("$5-10 million", [("5000000", "dollar", ""), ("10000000", "dollar", "")]),
        ("cinq à dix millions", bare("5000000", "10000000")),
        ("500 à 1 million", [("500", "", ""), ("1000000", "", "")]),
        ("entre 5 et 40 mille", [("5000", "", "more"), ("40000", "", "less")]),
        ("entre 10 et 70 %", [("10", "%", "more"), ("70", "%", "less")]),
        ("entre 2010 et 2020", bare("2010", "2020")),
        ("10, 20 et 30 %", [("10", "%", ""), ("20", "%", ""), ("30", "%", "")]),
        ("en 2023, 10 millions d'euros", [("2023", "", ""), ("10000000", "euro", "")]),
        ("2024-2025", bare("2024", "2025")),
        # numbers in words, codes and addresses
        ("GPT-4", bare("4")),
        ("GPT4 et 4o", []),
        ("la 3D et la 5G", []),
        ("v2.0", []),
        ("le chapitre 3.2.1", bare("3", "2", "1")),
        ("01 23 45 67 89", bare("1", "23", "45", "67", "89")),
        ("01.23.45.67.89", bare("1", "23", "45", "67", "89")),
        ("1" * 31, []),
        ("n° 12", bare("12")),
        ("", []),
    ],
)
def test_figures_of(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("500 créateurs", ""),
        ("plus de 500", "more"),
        ("Plus de 500", "more"),
        ("plus de\u00a0500", "more"),
        ("+ de 500", "more"),
        ("plus d’un million", "more"),
        ("plus de deux cents", "more"),
        ("au moins 500", "more"),
        ("pas moins de 500", "more"),
        ("500 personnes au moins", "more"),
        ("500 ou plus", "more"),
        ("500+", "more"),
        ("more than 500", "more"),
        ("over $500", "more"),
        ("at least 500", "more"),
        ("moins de 500", "less"),
        ("moins d'un million", "less"),
        ("pas plus de 500", "less"),
        ("jusqu’à 500", "less"),
        ("pouvant atteindre 900 000 $", "less"),
        ("au plus 500", "less"),
        ("up to 500", "less"),
        ("fewer than 500", "less"),
        ("environ 500", "about"),
        ("500 environ", "about"),
        ("près de 500", "about"),
        ("quelque 500", "about"),
        ("~500", "about"),
        ("about 500", "about"),
        ("nearly 500", "about"),
        ("surplus de 500", ""),
        ("de plus, 500", ""),
    ],
)
def test_bound_of(text: str, bound: str) -> None:
    assert [figure.bound for figure in facts.figures(text)] == [bound]


@pytest.mark.parametrize(
    ("claim", "source", "agree"),
    [
        ("500", "500", True),
        ("500", "500 €", True),  # a claim may say less
        ("500 €", "500", False),  # but not more
        ("500 €", "500 $", False),
        ("500 €", "500 euros", True),
        ("75 ans", "75 %", False),
        ("3 ans", "trois années", True),
        ("1 600", "1,600", True),
        ("1,6", "1,600", True),
        ("1 600", "1 500", False),
        ("3,5 millions", "3 500 000", True),
        ("deux cent mille", "200 000", True),
        ("1,0", "1", True),
        ("XXIe siècle", "21st century", True),
        ("novembre", "November", True),
        ("novembre", "décembre", False),
        ("mars", "3", False),
        ("3", "mars", False),
        ("lundi", "mardi", False),
        ("la moitié", "50 %", True),
        ("un tiers", "33 %", True),
        ("1er", "premier", True),
        ("-5 °C", "5 °C", False),
    ],
)
def test_claim_agrees_with_source(claim: str, source: str, agree: bool) -> None:
    (said,), (held,) = facts.figures(claim), facts.figures(source)
    assert said.agrees(held) is agree


def french(number: int) -> str:
    """The number in words, 1 to 999 999, in the spelling of 1990 without "et"."""
    units = (
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
        "dix-sept dix-huit dix-neuf"
    ).split()
    tens = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
    if number >= 1000:
        head = "" if number < 2000 else french(number // 1000) + " "
        return (head + "mille " + (french(number % 1000) if number % 1000 else "")).strip()
    if number >= 100:
        head = "" if number < 200 else units[number // 100 - 1] + " "
        return (head + "cent " + (french(number % 100) if number % 100 else "")).strip()
    if number < 20:
        return units[number - 1]
    ten = 80 if number >= 80 else min(number // 10 * 10, 60)
    head = tens.get(ten, "quatre-vingt")
    rest = number - ten
    if rest in {1, 11} and ten < 80:
        return f"{head} et {units[rest - 1]}"
    return f"{head}-{units[rest - 1]}" if rest else head


def english(number: int) -> str:
    units = (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen"
    ).split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    if number >= 1000:
        rest = f" {english(number % 1000)}" if number % 1000 else ""
        return f"{english(number // 1000)} thousand{rest}"
    if number >= 100:
        rest = f" and {english(number % 100)}" if number % 100 else ""
        return f"{units[number // 100 - 1]} hundred{rest}"
    if number < 20:
        return units[number - 1]
    return tens[number // 10 - 2] + (f"-{units[number % 10 - 1]}" if number % 10 else "")


@given(st.integers(2, 999_999))
def test_numbers_in_words_are_read_back(number: int) -> None:
    for words in (french(number), english(number)):
        (figure,) = facts.figures(f"les {words} autres")
        assert figure.values == {Decimal(number)}, words


@given(st.integers(0, 10**12), st.sampled_from([*" \u00a0\u202f\u2009,.'’", ""]))
def test_whole_numbers_are_read_back_whatever_the_separator(number: int, separator: str) -> None:
    written = f"{number:,}".replace(",", separator)
    (figure,) = facts.figures(f"soit {written} en tout")
    assert Decimal(number) in figure.values


@given(
    st.integers(0, 10**9),
    st.integers(0, 99),
    st.sampled_from([(" ", ","), (" ", "."), (",", "."), (".", ","), ("\u202f", ","), ("", ",")]),
    st.sampled_from([" €", "€", " euros"]),
)
def test_decimals_are_read_back(whole: int, cents: int, style: tuple[str, str], unit: str) -> None:
    thousands, point = style
    written = f"{whole:,}".replace(",", thousands) + f"{point}{cents:02}{unit}"
    (figure,) = facts.figures(f"Le prix : {written}.")
    assert Decimal(f"{whole}.{cents:02}") in figure.values
    assert figure.unit == "euro"


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hier, M. Dupont a parlé.", ["dupont"]),
        ("M. Dupont a parlé.", ["dupont"]),
        ("avec Mme Marie-Claire de la Tour", ["claire marie tour"]),
        ("avec Ursula von der Leyen", ["leyen ursula"]),
        ("par Charles de Gaulle", ["charles gaulle"]),
        ("Anna Delmas et Jules Verdier-Mora", ["anna delmas", "jules mora verdier"]),
        ("J. K. Rowling", ["rowling"]),
        ("D'OpenAI à Google", ["google", "openai"]),
        ("qu’OpenAI", ["openai"]),
        ("l'IA", ["ia"]),
        ("L’IA avance.", ["ia"]),
        ("selon l'O.N.U. et les U.S.A.", ["onu", "usa"]),
        ("avec SAG-AFTRA", ["aftra sag"]),
        ("la Writers Guild of America", ["america guild writers"]),
        ("La Writers Guild of America", ["america guild writers"]),
        ("chatGPT et iPhone 15", ["chatgpt", "iphone"]),
        ("GPT-4o", ["4o gpt"]),
        ("en 3D", ["3d"]),
        ("Selon Blanchett", ["blanchett"]),
        ("Initialement Netflix refusait", ["netflix"]),
        ("Aujourd'hui Netflix refuse", ["netflix"]),
        ("Deux Américains", ["americains"]),
        ("Netflix's boss", ["netflix"]),
        ("les États-Unis", ["etats unis"]),
        ("Éric et Œdipe, Šárka, Łódź", ["eric", "sarka", "łodz", "œdipe"]),
        ("le lundi 3 Mars", []),
        ("in January", []),
        ("I think I'm here", []),
        ("au XIXe siècle", []),
        ("sous Louis XIV", ["louis xiv"]),
        ("LA LOI EST VOTÉE", []),
        ("IBM", ["ibm"]),
        ("la loi est votée", []),
        ("le plan B", []),
        ("", []),
    ],
)
def test_names_of(text: str, expected: list[str]) -> None:
    assert sorted(" ".join(sorted(name.words)) for name in facts.names(text)) == expected


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Blanchett parle.", [True]),
        ("« Blanchett » parle.", [True]),
        ("— Blanchett parle.", [True]),
        ("Il dort. Blanchett parle.", [True]),
        ("Il dit : « Blanchett parle. »", [True]),
        ("Il dort.\nBlanchett parle.", [True]),
        ("Hier Blanchett parle.", [False]),
        ("L'actrice Blanchett parle.", [False]),
        ("L'Académie parle.", [False]),
        ("le livre « Technocritiques »", [False]),
        ("M. Blanchett parle.", [False]),
        ("La Commission parle.", [False]),
        ("Proposition de Daniel Kwan", [True, False]),
        ("Daniel Kwan propose.", [True]),
    ],
)
def test_whether_a_name_opens_a_sentence(text: str, opens: list[bool]) -> None:
    assert [name.opens for name in facts.names(text)] == opens


# --- negation -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("L'alliance n'est pas un parti.", "parti"),
        ("L’alliance n’est pas un parti.", "parti"),
        ("Il ne s'est pas opposé au projet.", "oppose"),
        ("Il n'y a pas de budget.", "budget"),
        ("Il n'a jamais signé.", "signe"),
        ("Il ne tourne plus.", "tourne"),
        ("Il ne veut plus jamais tourner.", "tourner"),
        ("Il n'a plus de budget.", "budget"),
        ("Il ne signe rien.", "signe"),
        ("Il n'a signé aucun accord.", "accord"),
        ("Aucun accord n'a été signé.", "signe"),
        ("Personne n'a signé.", "signe"),
        ("Rien ne bouge.", "bouge"),
        ("Ni Paul ni Pierre ne signent.", "pierre"),
        ("sans autorisation", "autorisation"),
        ("sans autorisation ni rémunération", "remuneration"),
        ("des données non autorisées", "autorisees"),
        ("un usage non-commercial", "commercial"),
        ("N'a-t-elle pas signé ?", "signe"),
        ("Il ne saurait accepter.", "accepter"),
        ("pas de budget", "budget"),
        ("He did not sign.", "sign"),
        ("He didn't sign.", "sign"),
        ("He didn’t sign.", "sign"),
        ("He cannot sign.", "sign"),
        ("He never signed.", "signed"),
        ("no agreement", "agreement"),
        ("without agreement", "agreement"),
        ("no longer available", "available"),
        ("neither Paul nor Pierre", "pierre"),
    ],
)
def test_denies(text: str, word: str) -> None:
    assert word in " ".join(facts.denied(text)).split()


@pytest.mark.parametrize(
    "text",
    [
        "Plus de 500 créateurs ont signé.",
        "pas moins de 500 personnes",
        "Elle ne fait que proposer.",
        "Il n'a plus que deux films.",
        "Ce n'est pas seulement un film.",
        "non seulement il signe, mais il paie",
        "sans doute le meilleur",
        "avant qu'il ne parte",
        "Not only did he sign, he paid.",
        "no less than 500",
        "une personne a signé",
        "Pasteur, nihiliste et note",
        "",
    ],
)
def test_denies_nothing(text: str) -> None:
    assert facts.denied(text) == ()


def test_a_negation_ends_with_its_clause() -> None:
    (reach,) = facts.denied("Il ne signe pas, mais il paie la facture.")
    assert "paie" not in reach.split()
    assert facts.denied("Il n'est pas élu mais reste député.") == ("est elu",)


def test_negative_verbs() -> None:
    assert facts.negative_verbs("Il refuse de signer.")
    assert facts.negative_verbs("The court rejected it.")
    assert facts.negative_verbs("L'accès est interdit.")
    assert facts.negative_verbs("Il est exclu du vote.")
    assert not facts.negative_verbs("Une offre exclusive.")
    assert not facts.negative_verbs("Il accepte de signer.")


# --- on any text ----------------------------------------------------------------------------------

SNIPPETS = (
    "1 000", "1,5", "M€", "%", "$", "deux", "cent", "mille", "et", "vingt", "quatre", "un", "une",
    "plus de", "moins", "entre", "à", "-", "–", "’", "'", "n'", "ne", "pas", "XXIe", "siècle",
    "mai", "2025", "7", "12h30", "M.", "de", "Kwan", "L’IA", "«", "»", "a", "half", "third", "\n",
    "\u202f", "²", "½", "٣", "er", "İ", "ß", "ﬁ", "\ud800", "🙂", ".", ",", "the", "May", "sept",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(SNIPPETS), max_size=14).map("".join),
    st.lists(st.sampled_from(SNIPPETS), max_size=14).map(" ".join),
)


@settings(max_examples=400)
@given(TEXTS)
@example("1" * 29 + "," + "9" * 29)
@example("½ million ²e")
def test_nothing_raises_and_spans_lie_in_the_text(text: str) -> None:
    facts.names(text)
    facts.denied(text)
    facts.negative_verbs(text)
    found = facts.figures(text)
    for figure in found:
        assert 0 <= figure.span.start < figure.span.end <= len(text)
        assert figure.text == figure.span.of(text)
        assert figure.values
        assert figure.agrees(figure)
    assert [figure.span for figure in found] == sorted(figure.span for figure in found)


@settings(max_examples=200)
@given(TEXTS)
def test_figures_do_not_overlap(text: str) -> None:
    found = facts.figures(text)
    for i, figure in enumerate(found):
        assert not any(figure.span.overlaps(other.span) for other in found[i + 1 :])


@settings(max_examples=150)
@given(TEXTS, st.sampled_from(["’", "'"]))
def test_apostrophes_are_alike(text: str, apostrophe: str) -> None:
    other = text.replace("’", "'").replace("'", apostrophe)
    assert facts.denied(text) == facts.denied(other)
    assert read(text) == read(other)


# Long enough for anything quadratic to run into the time limit of the test.
HOSTILE = 60_000


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "piece",
    [
        "1 ", "1", "1,1,1", "1,", "1,111", "1 111 ", "1'111'", "1.", "-", "+-", "ne ", "n'", "n't ",
        "ne a ", "pas ", "pas de ", "ni ", "non-", "A ", "A", "A.", "A-", "A'", "A&", "Ab", "aA",
        "a", "a'", "Abc ", "A de ", "A de la ", "Le ", "cent ", "cent-", "quatre-vingt-",
        "vingt et ", "un ", "deux cent mille ", "million ", "une centaine de ", "plus de ", "(",
        "« ", " ", "\u202f", "\n", ".", "12/12/2025", "mai ", "1 mai ", "sept. ", "2025-", "XX",
        "XXIe ",
        "$", "€1", "1€", "entre 1 et ", "1 à ", "1 et ", "½", "_", "annees 9",
    ],
)  # fmt: skip
def test_long_hostile_strings_take_linear_time(piece: str) -> None:
    text = piece * (HOSTILE // len(piece))
    facts.figures(text)
    facts.names(text)
    facts.denied(text)
    facts.negative_verbs(text)


def test_every_ascii_character_may_stand_anywhere() -> None:
    for character in string.printable:
        for text in (f"{character}1", f"1{character}", f"1{character}1", f"A{character}B"):
            facts.figures(text)
            facts.names(text)


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le 7 novembre 2025, la criée a fermé.", ["2025-11-07"]),
        ("Le 1er août 2024 puis en mars 2026", ["2024-08-01", "2026-03"]),
        ("On 26 July 2024 it began, and ended on June 11, 2025.", ["2024-07-26", "2025-06-11"]),
        ("Publié le 2025-11-07", ["2025-11-07"]),
        ("Publié le 07/11/2025", ["2025-11-07"]),
        ("En 1985, les industriels promettaient la ruine.", ["1985"]),
        ("1985 dessins ont été vendus.", []),
        ("Le règlement 2024/1689 du 13 juin 2024", ["2024-06-13"]),
        ("Du 2 au 27 juin 2025", ["2025-06-27"]),
        ("Il a réuni 2 318 signataires pour 1 500 €.", []),
        ("Jeudi à 14 h 30", []),
        ("", []),
    ],
)
def test_the_dates_of_a_sentence(text: str, expected: list[str]) -> None:
    assert [moment.iso for moment in facts.moments(text)] == expected


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("le 12 février", "2025-11-07", "2026-02-12"),
        ("le 12 juin", "2025-11-07", "2025-06-12"),
        ("le 20 décembre", "2026-01-14", "2025-12-20"),
        ("en janvier", "2025-12", "2026-01"),
        ("le 12 février", "", ""),
        ("le 12 février 1998", "2025", "1998-02-12"),
    ],
)
def test_a_date_without_a_year_lies_near_that_of_its_document(
    text: str, date: str, expected: str
) -> None:
    (moment,) = facts.moments(text)
    assert moment.near(date).iso == expected


@given(st.text(max_size=60))
def test_no_text_makes_dates_raise(text: str) -> None:
    for moment in facts.moments(text):
        assert moment.span.of(text)
