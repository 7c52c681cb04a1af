"""Normal form, folding, sentence spans, search tokens and language."""

from __future__ import annotations

import json
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.core import Span
from askdossier.text import (
    answer_language,
    fold,
    foreign_language,
    language,
    normalise,
    pieces,
    question_language,
    search_tokens,
    sentences,
    unquoted,
)

SHARED = Path(__file__).parents[1].parent / "shared" / "eval"
PIAF = SHARED / "piaf" / "piaf-v1.1.json"
SQUAD = SHARED / "squad2-normans" / "dev-v2.0.first_article.json"

# Characters that sentence splitting looks at, so that random text meets its rules.
tricky = st.text(
    st.sampled_from("aAéÉ1 .!?…«»“”\"'’()[]—-,;:\n\u00a0\u202f\t。M") | st.characters()
)


# --- normalise, fold ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("« Tout est là. »", "Tout est là."),
        ("« Tout est là.", "Tout est là."),
        ("Tout est là. »", "Tout est là."),
        ("« « Non » est un mot. »", "« Non » est un mot."),
        ("« Vous fermez le four », me dit-il, et il rit.",) * 2,
        ("Il ajoute : « Une taxe n’est pas une permission. »",) * 2,
        ("Il ajoute : « Une taxe n’est pas une permission. » »",
         "Il ajoute : « Une taxe n’est pas une permission. »"),
        ('"Yes" and "no"',) * 2,
        ('"Yes."', "Yes."),
        ("“Yes", "Yes"),
        (" « ", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_marks_are_taken_off_by_pairs(words: str, bare: str) -> None:
    assert unquoted(words) == bare


@given(st.text('«»“”" a.'))
def test_without_its_marks_a_quotation_is_the_same_words(words: str) -> None:
    bare = unquoted(words)
    assert bare in words and unquoted(bare) == bare


def test_normalise_drops_what_is_invisible_and_keeps_typography() -> None:
    raw = "\ufeffL’\u00ade\u0301te\u0301\u200b\r\n«\u00a0Oui\u202f!\u00a0»\u2028\x00fin\x0c\tx"
    assert normalise(raw) == "L’été\n«\u00a0Oui\u202f!\u00a0»\nfin\n\tx"


@given(st.text(st.characters()))
def test_normalise_is_idempotent_and_encodable(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode().decode() == once
    assert "\r" not in once


def test_fold_unifies_case_accents_and_apostrophes() -> None:
    assert fold("L’ÉTÉ «\u00a0Çà et là\u00a0» — N° 3") == 'l\'ete " ca et la " - n° 3'
    assert fold("œuvre, Straße, İstanbul") == "œuvre, straße, istanbul"


def test_fold_keeps_every_offset() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        folded = fold(character)
        assert len(folded) == 1, hex(code)
        assert fold(folded) == folded, hex(code)
    assert len(fold("ﬁn\nŉ")) == 4


# --- sentences ------------------------------------------------------------------------------------

# "¦" marks the expected borders; the splitter sees the text without it.
CASES = [
    # Titles, initials, abbreviations
    "M. Dupont est venu. ¦ Il est reparti.",
    "Mme Curie et MM. Joliot et Perrin dînaient. ¦ Le Dr Pound aussi.",
    "Le Dr. Pound, le Pr. Martin et Me. Durand plaident. ¦ Fin.",
    "J. K. Rowling a écrit Harry Potter. ¦ Elle est née en 1965.",
    "C’est George R.R. Martin qui poursuit. ¦ Shueisha aussi.",
    "L’historien J. Le Goff le dit. ¦ Le texte suit.",
    "C’était le plan B. ¦ Le gouvernement hésitait.",
    "Il y a des fruits, p. ex. Pommes et poires. ¦ Rien d’autre.",
    "Des pommes, des poires, etc. ¦ Puis il partit.",
    "Des pommes, etc. et des poires. ¦ Fin.",
    "Voir cf. Durand, p. 12 et suiv. du tome 3. ¦ Voir aussi l’art. 5.",
    "Selon l’art. L. 121-1 du code, c’est interdit. ¦ L’al. 2 le confirme.",
    "En 52 av. J.-C. César assiège Alésia. ¦ Il gagne.",
    "Il mourut en 44 av. J.-C. ¦ Son neveu lui succéda.",
    "Vers 300 apr. J.-C., la ville décline. ¦ Elle renaît ensuite.",
    "Mr. Smith met Mrs. Jones and Dr. Brown. ¦ They talked.",
    "He lives in the U.S. ¦ The house is big.",
    "The U.S. Army left. ¦ It came back.",
    "Use a tool, e.g. Python, i.e. a language. ¦ It works.",
    "Apple Inc. was founded in 1976. ¦ Microsoft Corp. came first.",
    "He works for Apple Inc. ¦ She does not.",
    "Meet me at 5 p.m. ¦ We will talk.",
    "It is the state of the art. ¦ Nobody doubts it.",
    "The answer is no. ¦ We said so.",
    "See No. 5, Fig. 3 and vol. 2. ¦ Then stop.",
    "Le C.N.R.S. finance la S.N.C.F. aussi. ¦ Non ?",
    "St. Louis is big. ¦ Mt. Everest is higher.",
    "Réunion le 3 janv. 2024 à Paris. ¦ Prévoir un repas.",
    "Tél. 01 23 45 67 89 pour réserver. ¦ Merci.",
    "Un mur de 5 m. ¦ Paul le saute.",
    "C’est de l’art. ¦ L’artiste sourit.",
    "Please call me. ¦ Paul is out.",
    # Numbers
    "La hausse est de 3,5 %. ¦ Elle était de 2.5 hier.",
    "Le 1er janvier et le XXIe siècle. ¦ Voilà.",
    "La version 1.2.3 est sortie. ¦ La 2.0 suivra.",
    "Il y en avait 900 000. ¦ Puis 1.500.000 de plus.",
    "C’était en 2004. ¦ En 2005, tout changea.",
    "1. Le premier point est clair. ¦ Le second aussi.",
    "2.1. Méthode générale. ¦ Résultats.",
    "a. Premier choix. ¦ Autre phrase.",
    "IV. Conclusion et suites. ¦ Voilà.",
    # URLs, mail, names with dots
    "Voir https://exemple.fr/a.b?x=1&y=2. ¦ Ensuite, tuto.com et itch.io.",
    "Écrire à jean.dupont@mail.fr. ¦ Il répondra.",
    "Sur chat.deepseek.com sauf panne. ¦ Et v. get.beer.fridge() enfin.",
    "Les gouvernant.es et les salarié.es. ¦ Fin.",
    # Ellipses
    "Il hésita... puis partit. ¦ Elle resta…",
    "Il hésita... ¦ Puis il partit… ¦ Elle resta.",
    "Nous devenons des illégaux (...) dans cette lutte. ¦ Bien.",
    "Le texte (…) Paris (...) est long. ¦ Bien.",
    "Un réseau centralisé est... centralisé et voilà. ¦ Fin.",
    # Question and exclamation marks
    "Vraiment ?! ¦ Oui !!! ¦ Non ?",
    "Quoi ? demanda-t-il. ¦ Rien ! cria-t-elle.",
    "Des plats (chauds et froids !), et nous les goûterons. ¦ Bon.",
    "Le prix est de 70 mille dollars (!!) que vous payez. ¦ Cher.",
    "Qui sait ! ¦ Mais maintenant, nous avons quelque chose.",
    # Quotation marks
    "« La technologie est excitante. » ¦ Il sourit.",
    "Il a dit : « Je pense que l’innovation est dangereuse. »",
    "« Copier n’est pas créer. ¦ Cela n’avance personne. ¦ On recule. » ¦ Le document suit.",
    "« Tu viens ? » demanda-t-il. ¦ « Non ! » dit-elle.",
    "« Les créateurs ont un pouvoir, à condition d’être unis », dit-il. ¦ « Ce sera long. » ¦ "
    "Dans ce contexte, il attend.",
    "He said, “It is done.” ¦ Then he left.",
    "“Is it?” she asked. ¦ “Yes.”",
    'He said "stop." ¦ Then "go" came.',
    "He said 'stop.' ¦ Then he left.",
    "Il parle de « l’art. ». ¦ Puis rien.",
    "Une IA « n’est pas “bonne”. » ¦ Voilà.",
    "Il a dit (en riant.) ¦ Puis il partit.",
    "Voilà un fait.[3] ¦ Un autre.[12][13] ¦ Fin.",
    "Voilà un fait¹. ¦ Un autre.² ¦ Fin.",
    # Dashes, lists, emphasis
    "— Oui, dit-il. ¦ — Non, dit-elle. ¦ — Bon.",
    "Il vint. ¦ - Deuxième point. ¦ • Troisième.",
    "Il dit oui, etc. -- mais le point reste. ¦ Fin.",
    "*Important.* ¦ Le reste suit.",
    # Starts that are no plain capital
    "J’utilise un Mac. ¦ iPhone et eBay aussi.",
    "Il en reste dix. ¦ 20 autres viendront.",
    "Il est venu. ¦ École fermée. ¦ Été fini.",
    "Il est parti. ¦ (Elle est restée.) ¦ Voilà.",
    "Il est parti (voir plus haut). ¦ Elle reste.",
    # A missing space
    "C’est la fin.¦Le début vient. ¦ Bon.",
    "Node.Js et System.out marchent. ¦ Bon.",
    # Other scripts
    "我喜欢猫。¦她喜欢狗！¦真的吗？",
    "Il connaît le chat. ¦ 日本語です。",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_of_hard_cases(case: str) -> None:
    expected = [part.strip() for part in case.split("¦")]
    text = case.replace(" ¦ ", " ").replace("¦", "")
    assert [span.of(text) for span in sentences(text)] == expected


def test_the_same_cases_with_typographic_spaces() -> None:
    for case in CASES:
        typographic = (
            case.replace("« ", "«\u00a0").replace(" »", "\u00a0»").replace(" ?", "\u202f?")
        )
        if "¦\u202f" in typographic or "\u00a0»¦" in typographic:
            continue
        expected = [part.strip() for part in typographic.split("¦")]
        text = typographic.replace(" ¦ ", " ").replace("¦", "")
        assert [span.of(text) for span in sentences(text)] == expected


def test_a_line_break_is_always_a_border() -> None:
    text = "Un titre sans point\n- un élément,\n\n  - un autre\nla suite"
    assert [span.of(text) for span in sentences(text)] == [
        "Un titre sans point",
        "- un élément,",
        "- un autre",
        "la suite",
    ]


def test_sentences_of_a_part_have_offsets_in_the_whole() -> None:
    text = "Zéro. Un. Deux. Trois."
    assert [span.of(text) for span in sentences(text, Span(6, 15))] == ["Un.", "Deux."]
    assert sentences("") == ()
    assert sentences(" \n\u00a0\n ") == ()


def check_spans(text: str, spans: tuple[Span, ...]) -> None:
    assert all(first.end <= second.start for first, second in pairwise(spans))
    covered = set[int]()
    for span in spans:
        assert span.of(text) == span.of(text).strip() != ""
        covered.update(range(span.start, span.end))
    outside = "".join(c for i, c in enumerate(text) if i not in covered)
    assert not outside.strip()


@given(tricky)
def test_sentences_cover_every_character_that_is_not_space(text: str) -> None:
    spans = sentences(text)
    check_spans(text, spans)
    assert all("\n" not in span.of(text) for span in spans)


@given(tricky, st.integers(1, 40))
def test_pieces_lose_nothing_and_respect_the_limit(text: str, longest: int) -> None:
    parts = tuple(pieces(text, Span(0, len(text)), longest))
    check_spans(text, parts)
    assert all(len(part) <= longest for part in parts)


def test_overlong_sentences_are_cut_at_clauses() -> None:
    text = ", ".join(f"une proposition numéro {i} qui dure" for i in range(200)) + "."
    spans = sentences(text)
    assert len(spans) > 1
    assert all(len(span) <= 1500 for span in spans)
    assert all(span.of(text).endswith((",", ".")) for span in spans)


@pytest.mark.parametrize(
    "unit",
    [".", "!", "«", "»", "(", "(((...", "a.", "A.", "A. ", "M. ", "[1]", ". ", "…", "-", " ",
     "\u00a0", "\n", "\t", "1.", "1,", "'", "’", "é", ". . ", ".)", "\"", "« . » ", "a.A", "?!",
     "x", "e.g. ", "\u0301", "😀", "。", "_", "@", "a@", "a-", "1 "],
)  # fmt: skip
def test_hostile_repetition_is_survived(unit: str) -> None:
    # Two hundred thousand characters: anything quadratic would take hours, not fail an assertion.
    text = unit * (200_000 // len(unit))
    spans = sentences(text)
    assert sum(len(span) for span in spans) <= len(text)
    assert all(len(span) <= 1500 for span in spans)
    search_tokens(text, ["fr", "en"])
    assert len(fold(text)) == len(text)


@pytest.mark.skipif(not PIAF.exists(), reason="needs the shared evaluation data (PIAF)")
def test_gold_answers_are_not_cut() -> None:
    total = cut = 0
    for article in json.loads(PIAF.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            spans = sentences(text)
            for question in paragraph["qas"]:
                answer = question["answers"][0]
                start = answer["answer_start"]
                end = start + len(answer["text"].rstrip())
                start = end - len(text[start:end].lstrip())
                gold = Span(start, end)
                total += 1
                cut += not any(span.contains(gold) for span in spans)
    assert total > 7000
    assert cut <= 0.005 * total


# --- search tokens --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("l’IA d'Alibaba qu’il jusqu’au", ["ia", "alibab"]),
        ("aujourd’hui aujourd'hui", ["aujourdhui", "aujourdhui"]),
        ("900 000 $", ["900000"]),
        ("900\u00a0000 et 900\u202f000", ["900000", "900000"]),
        ("1,600 1.234.567 12 345,67", ["1600", "1234567", "12345.67"]),
        ("3,5 et 3.5", ["3.5", "3.5"]),
        ("82 % 82% 82\u00a0%", ["82", "82%"] * 3),
        ("1er 24h 1.2.3", ["1er", "24h", "1.2.3"]),
        ("en 2024 1 500 signataires", ["2024", "1500", "signatair"]),
        ("S.N.C.F. U.R.S.S. l’U.R.S.S.", ["sncf", "urss", "urss"]),
        ("Gordon-Levitt", ["gordonlevitt", "gordon", "levitt"]),
        ("tuto.com", ["tutocom", "tuto", "com"]),
        ("dit-elle, a-t-il", ["dit"]),
        ("œuvre cœur", search_tokens("oeuvre coeur", ["fr"])),
        ("C++", ["c++"]),
        ("le la les de", []),
    ],
)
def test_french_search_tokens(text: str, tokens: list[str]) -> None:
    assert search_tokens(text, ["fr"]) == tokens


def test_case_accents_apostrophes_and_inflection_do_not_matter() -> None:
    assert (
        search_tokens("Les ÉLÈVES généraient l’œuvre", ["fr"])
        == search_tokens("élève générait l'oeuvre", ["fr"])
        == search_tokens("eleve generait oeuvre", ["fr"])
    )


def test_english_tokens() -> None:
    assert search_tokens("The dogs' owner isn't running Levitt's shop", ["en"]) == [
        "dog", "owner", "run", "levitt", "shop",
    ]  # fmt: skip


def test_two_languages_give_each_stem_once() -> None:
    both = search_tokens("running mangeaient Paris", ["fr", "en"])
    assert {"run", "mang", "pari"} <= set(both)
    assert len(search_tokens("stop", ["fr", "en"])) == 1
    assert search_tokens("Straßen", ["xx"]) == ["strassen"]


@given(tricky)
def test_tokens_do_not_depend_on_case_or_kind_of_apostrophe(text: str) -> None:
    tokens = search_tokens(text, ["fr"])
    assert all(tokens)
    assert tokens == search_tokens(text.replace("’", "'"), ["fr"])


# --- language -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le chat dort sur le canapé pendant que la pluie tombe sur la ville.", "fr"),
        ("The cat sleeps on the sofa while the rain falls on the city.", "en"),
        ("Die Katze schläft auf dem Sofa, während der Regen auf die Stadt fällt.", "de"),
        ("El gato duerme en el sofá mientras la lluvia cae sobre la ciudad.", "es"),
        ("Il gatto dorme sul divano mentre la pioggia cade sulla città.", "it"),
        ("القط ينام على الأريكة بينما يهطل المطر على المدينة", "ar"),
        ("雨が街に降る間、猫はソファで眠る。", "ja"),
        ("1234 5678 ---", "fr"),
    ],
)
def test_language(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Et lui ?", "fr"),
        ("pourquoi", "fr"),
        ("Combien", "fr"),
        ("Why?", "en"),
        ("and him?", "en"),
        ("Qui a sorti The Voice en 1984 ?", "fr"),
        ("Que signifie “The Right Stuff” ?", "fr"),
        ("Who wrote Le Rouge et le Noir?", "en"),
        ("What did she say in « Le Monde » ?", "en"),
        ("A quel projet Fermi a participé ?", "fr"),
        ("Décris l'alliance", "fr"),
        ("Summarise the letter", "en"),
        ("500 ?", "fr"),
        ("", "fr"),
    ],
)
def test_question_language(question: str, code: str) -> None:
    assert question_language(question) == code


FOREIGN = [
    ("Wie viele Menschen arbeiten in der Werkstatt?", "de"),
    ("Wann wurde der Hafen geschlossen?", "de"),
    ("Was kostet die Reparatur der Brücke?", "de"),
    ("¿Cuántas personas trabajan en el taller?", "es"),
    ("¿Por qué dimitió Anne Roy?", "es"),
    ("Cual es el presupuesto de la escuela?", "es"),
    ("Chi è il sindaco della città?", "it"),
    ("Quantas pessoas trabalham na oficina?", "pt"),
    ("Hoeveel mensen werken er in het atelier?", "nl"),
    ("Ile osób pracuje w warsztacie w Kerlann?", "pl"),
    ("Сколько людей работает в мастерской?", "ru"),
    ("工房で働いている人は何人ですか", "ja"),
    ("كم عدد العاملين في الورشة؟", "ar"),
]


@pytest.mark.parametrize(("question", "code"), FOREIGN)
def test_a_question_in_a_language_without_a_lexicon_is_told(question: str, code: str) -> None:
    assert foreign_language(question) == code
    assert answer_language(question, "fr") == "en"


@pytest.mark.parametrize(
    "question",
    [
        "Qui a traduit « Die Leiden des jungen Werther » ?",
        "Who painted Las Meninas?",
        "Où a travaillé László Moholy-Nagy ?",
        "Mari de Benazir Bhutto",
        "budget communication Kerlann",
        "Jean Dupont maire Sens",
        "Was the harbour closed?",
        "GPT-4 ?",
        "500 ?",
        "",
    ],
)
def test_names_and_titles_make_no_question_foreign(question: str) -> None:
    assert foreign_language(question) == ""
    assert answer_language(question) == question_language(question)


@pytest.mark.parametrize(
    ("keywords", "found_in", "code"),
    [
        ("Budget transport ?", "fr", "fr"),
        ("Parking ?", "fr", "fr"),
        ("Parking ?", "en", "en"),
        ("Menu cantine", "fr", "fr"),
        ("opening hours", "fr", "en"),
        ("horaires d’ouverture", "en", "fr"),
        ("Budget ?", "de", "en"),
        ("2025 ?", "en", "en"),
    ],
)
def test_keywords_have_the_language_of_what_they_find(
    keywords: str, found_in: str, code: str
) -> None:
    assert question_language(keywords, found_in) == code


@pytest.mark.skipif(not PIAF.exists(), reason="needs the shared evaluation data (PIAF)")
@pytest.mark.parametrize(("path", "code"), [(PIAF, "fr"), (SQUAD, "en")])
def test_question_language_on_real_questions(path: Path, code: str) -> None:
    data = json.loads(path.read_text("utf-8"))
    questions = [
        question["question"]
        for article in data.get("data", [data])
        for paragraph in article["paragraphs"]
        for question in paragraph["qas"]
    ]
    assert sum(map(bool, map(foreign_language, questions))) <= 0.001 * len(questions)
    right = sum(question_language(question) == code for question in questions)
    assert right >= 0.995 * len(questions)
