"""Boilerplate goes, every sentence of an article or a comment stays."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.clean import clean
from askdossier.core import Block, Document, PageStart, RawDocument, Removal, Source
from askdossier.load import html, read
from askdossier.text import sentences
from web_pages import Page, pages

SHARED = Path(__file__).parents[1].parent / "shared"
DOSSIER = SHARED / "dossier"
PIAF = SHARED / "eval" / "piaf" / "piaf-v1.1.json"

PROSE = "Le moulin tourne de nouveau depuis samedi, après douze ans de travaux et de débats."
MORE = "La commune a payé la moitié des travaux, et la région a promis de payer le reste."


def cleaned(
    *blocks: str | Block, title: str | None = None, web: bool = True
) -> tuple[Document, tuple[Removal, ...]]:
    made = tuple(block if isinstance(block, Block) else Block(block) for block in blocks)
    return clean(RawDocument(title, made, Source("sub/a.txt", "0" * 64), web=web))


def kept(*blocks: str | Block) -> list[str]:
    return [line for line in cleaned(*blocks)[0].text.split("\n") if line]


# --- phrases that are boilerplate wherever they stand ---------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Laisser un commentaire",
        "LAISSER UN COMMENTAIRE",
        "Leave a Reply",
        "Veuillez saisir votre commentaire !",
        "Veuillez entrer votre nom ici",
        "Votre adresse ne sera pas publiée. Les champs obligatoires sont indiqués avec *",
        "Vous devez être connecté pour répondre à ce sujet.",
        "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *",
        "Your email address will not be published. Required fields are marked *",
        "Ce site utilise Akismet pour réduire les indésirables. En savoir plus.",
        "Enregistrer mon nom, mon e-mail et mon site dans le navigateur.",
        "Soyez le premier à commenter !",
        "Ce commentaire a été supprimé par son auteur",
        "Nous utilisons des cookies pour mesurer notre audience.",
        "En poursuivant votre navigation, vous acceptez les cookies.",
        "We use cookies to improve your experience.",
        "Continuer sans accepter",
        "Gérer mes cookies",
        "Partager sur Facebook",
        "Vous avez aimé ? Partagez :",
        "Share this article",
        "Suivez-nous sur les réseaux sociaux",
        "Retrouvez toute notre actualité sur Facebook et Instagram.",
        "Abonnez-vous pour pouvoir commenter !",
        "Déjà abonné ? Connectez-vous",
        "Cet article est réservé aux abonnés",
        "Il vous reste 80 % de cet article à lire.",
        "Subscribe to continue reading",
        "Inscrivez-vous à notre newsletter",
        "Lire la suite »",
        "Voir l’original",
        "Temps de lecture : 5 minutes",
        "5 min de lecture",
        "Aller au contenu principal",
        "Skip to content",
        "Accueil > Culture > Cinéma",
        "AccueilCultureLe moulin de la Roche tourne de nouveau depuis...",
        "Copier le lien Partager sur FaceBook Partager sur Twitter Imprimer",
        "commentaires 0 Partager",
        "Suivre ce blog Administration + Créer mon blog",
        "Accueil | Contact | Plan du site",
        "La suite après cette publicité",
        "(Clic sur l’image pour agrandir)",
        "...pour lire la suite, rejoignez notre communauté d’abonnés",
        "Lire aussi : Le pont va fermer",
        "Read also: The bridge will close",
    ],
)
def test_boilerplate_lines_go(line: str) -> None:
    document, removals = cleaned("Un titre", PROSE, line, MORE)
    assert document.text == f"Un titre\n\n{PROSE}\n\n{MORE}"
    assert [removal.text for removal in removals] == [line]
    assert all(removal.reason for removal in removals)


AMBIGUOUS = (
    "Aucun commentaire",
    "0/400",
    "Tout accepter",
    "Télécharger l’application",
    "Scannez pour télécharger notre appli",
    "Disponible sur Google Play",
    "à partir de 1 € le 1er mois, sans engagement de durée",
    "Copier le lien",
    "Veuillez saisir votre code postal",
)


@pytest.mark.parametrize("line", AMBIGUOUS)
def test_what_a_guide_may_say_as_well_goes_beside_boilerplate_only(line: str) -> None:
    assert kept("Titre", PROSE, line, MORE) == ["Titre", PROSE, line, MORE]
    assert kept("Titre", PROSE, MORE, "Laisser un commentaire", line) == ["Titre", PROSE, MORE]


def test_numbered_steps_of_a_guide_on_a_page_stay() -> None:
    said = (*AMBIGUOUS, "Veuillez saisir votre nom", "Partager sur Facebook")
    steps = [f"{i}. {line}" for i, line in enumerate(said, 1)]
    assert kept("Titre", PROSE, *steps) == ["Titre", PROSE, *steps]


@pytest.mark.parametrize("line", ["Laisser un commentaire", "Lire aussi : Le pont", *AMBIGUOUS])
def test_documents_that_are_no_web_pages_lose_nothing(line: str) -> None:
    lines = ("Menu", "Contact", "Accueil", PROSE, line, PROSE, "Titre[1]", "Notes", "- ↑ Dupont")
    document, removals = cleaned(*lines, web=False)
    assert document.text.replace("\n\n", "\n").split("\n") == list(lines)
    assert removals == ()


def test_a_page_that_was_pasted_gives_itself_away() -> None:
    lines = ("Titre", PROSE, "Partager sur Facebook", MORE, "Laisser un commentaire", "0/400")
    document, removals = cleaned(*lines, web=False)
    assert document.text == f"Titre\n\n{PROSE}\n\n{MORE}"
    assert len(removals) == 3


CONTENTS = ["Le moulin .......... 3", "La roue .......... 12", "Le bief .......... 20"]


def test_a_table_of_contents_goes_in_any_document_and_a_price_list_stays() -> None:
    titles = ("Le moulin", PROSE, "La roue", MORE, "Le bief", FIRST)
    document, removals = cleaned("Livre", *CONTENTS, *titles, web=False)
    assert [removal.reason for removal in removals] == ["table of contents"] * 3
    assert document.text.replace("\n\n", "\n").split("\n") == ["Livre", *titles]
    assert cleaned("Tarifs", *CONTENTS, PROSE, web=False)[1] == ()


@pytest.mark.parametrize(
    "line",
    [
        "Nous utilisons des cookies faits maison dans cette recette.",
        "Il a laissé un commentaire sous la vidéo.",
        "Partager la richesse est un devoir.",
        "Abonnez-vous, disait-il, et vous verrez.",
        "L’accueil des réfugiés fut chaleureux.",
        "12/2024",
        "30 minutes",
        "Merci.",
        "Non ?",
        "Menu",
        "Commentaire composé",
        "Contact presse",
        "Facebook, Twitter et Instagram",
        "Politique de confidentialité",
        "Langues",
        "Voir aussi le chapitre trois, qui traite du même sujet.",
        "Already members of the union, they signed.",
        "Le bouton « Tout accepter » est bien visible.",
        "En savoir plus sur l’histoire du moulin demande du temps.",
        "Traduire, c’est trahir.",
        "Les commentaires sont nombreux.",
        "arr[3] = 5 [voir note]",
        "[1] Dupont, Le moulin, 1987.",
    ],
)
def test_what_people_write_stays(line: str) -> None:
    document, removals = cleaned("Un titre", PROSE, line, MORE)
    assert line in document.text
    assert removals == ()


# --- what depends on the neighbours ---------------------------------------------------------------


def test_runs_of_buttons_go() -> None:
    assert kept("Titre", PROSE, "• J’aime", "• Commentaire", "• Reposter", "• Partager") == [
        "Titre",
        PROSE,
    ]
    assert kept("Accueil", "Contact", "Connexion", "Titre", PROSE) == ["Titre", PROSE]


def test_a_list_inside_an_article_stays() -> None:
    networks = ["- Facebook", "- Instagram", "- YouTube"]
    assert kept("Titre", PROSE, "Les réseaux visés :", *networks, MORE)[3:6] == networks
    assert kept("Titre", PROSE, *networks, MORE)[2:5] == networks
    assert kept("Courses", "- contact", "- aide", "- menu") == [
        "Courses", "- contact", "- aide", "- menu",
    ]  # fmt: skip


def test_language_switchers_go_and_languages_spoken_stay() -> None:
    switcher = ["Français (Afrique)", "• English", "• Español", "• 日本語", "• Українська"]
    assert kept("Titre", PROSE, *switcher) == ["Titre", PROSE]
    spoken = ["- anglais", "- français", "- allemand"]
    assert kept("Titre", PROSE, *spoken) == ["Titre", PROSE, *spoken]


def test_related_headlines_go_up_to_the_next_prose() -> None:
    assert kept("Titre", PROSE, "Sur le même sujet", "Le pont va fermer", "La foire attire") == [
        "Titre",
        PROSE,
    ]
    assert kept("Titre", PROSE, "À lire aussi", "Le pont va fermer", MORE) == ["Titre", PROSE, MORE]
    section = Block("Pour aller plus loin", 2)
    assert "Pour aller plus loin" in kept(
        "Titre", PROSE, section, "- Dupont, Le moulin, 1987", MORE
    )


def test_short_lines_between_removed_ones_go_after_the_end_only() -> None:
    tail = ["Laisser un commentaire", "Vendez partout", "Partager sur Facebook"]
    assert kept("Titre", PROSE, *tail) == ["Titre", PROSE]
    inside = kept("Titre", PROSE, "Share this page", "Une légende", "Skip to content", MORE)
    assert "Une légende" in inside


def test_a_reading_time_beside_the_date_goes() -> None:
    assert kept("Titre", "Publié le 3 mars 2024", "50-80 minutes", PROSE) == [
        "Titre",
        "Publié le 3 mars 2024",
        PROSE,
    ]


FIRST = "Je pense que le conseil joue avec le feu, dans cette histoire."
LONG = (
    "Si la roue casse encore, alors il suffira aux habitants de venir avec leurs outils et de "
    "réparer eux-mêmes, sans attendre que la région paie."
)


def test_teasers_of_comments_go_with_their_first_paragraphs() -> None:
    teaser = LONG[:90] + "(...)"
    lines = kept("Titre", PROSE, "Meilleurs commentaires", FIRST, teaser, "Derniers commentaires",
                 "Merci.", FIRST, LONG)  # fmt: skip
    assert lines == ["Titre", PROSE, "Derniers commentaires", "Merci.", FIRST, LONG]


def test_a_text_that_was_really_cut_stays() -> None:
    quote = "« La loi dispose que nul ne peut être contraint (...) » et ainsi de suite (...)"
    assert quote in kept("Titre", PROSE, quote, MORE)


def test_a_text_that_a_page_holds_twice_is_kept_once() -> None:
    text = [PROSE, MORE, FIRST, LONG]
    assert kept("Titre", *text, "Lecture seule", *text) == ["Titre", *text, "Lecture seule"]
    assert kept("Titre", PROSE, "La Rédaction", "La Rédaction") == ["Titre", PROSE, "La Rédaction"]


def test_a_sentence_that_is_true_several_times_stays_each_time() -> None:
    votes = ["Résolution 1", MORE, PROSE, "Résolution 2", MORE, PROSE, "Oui.", "Non.", "Oui."]
    assert kept("Titre", *votes) == ["Titre", *votes]
    rows = ["3 mars | Purge des radiateurs du bâtiment B | 120 €"] * 4
    assert kept("Titre", PROSE, *rows) == ["Titre", PROSE, *rows]


def test_comment_sections_become_headings_when_comments_follow() -> None:
    document, _ = cleaned("Titre", PROSE, "3 commentaires", MORE)
    assert [(h.span.of(document.text), h.level) for h in document.headings] == [
        ("Titre", 1),
        ("3 commentaires", 2),
    ]
    assert kept("Titre", PROSE, "Commentaires") == ["Titre", PROSE]


# --- marks inside lines ---------------------------------------------------------------------------


def test_edit_and_footnote_marks_go() -> None:
    document, removals = cleaned(
        Block("Histoire[modifier | modifier le wikicode]", 2),
        "Le moulin date de 1642.[1] Il servit (longtemps)[2][3], dit-on [réf. nécessaire].",
        "Comme dans [4], la roue [5 m] tourne.",
        Block("Références[modifier]", 2),
        "- ↑ Dupont, Le moulin",
    )
    assert document.text == (
        "Histoire\n\nLe moulin date de 1642. Il servit (longtemps), dit-on.\n\n"
        "Comme dans [4], la roue [5 m] tourne.\n\nRéférences\n\n- Dupont, Le moulin"
    )
    assert Counter(removal.reason for removal in removals) == {
        "edit mark": 3,
        "footnote mark": 3,
    }


def test_numbers_in_brackets_stay_where_there_are_no_references() -> None:
    text = "La valeur t[1] vaut a.[2] Elle change souvent pendant le calcul."
    assert text in kept("Titre", text)


def test_a_return_link_before_the_title_goes() -> None:
    document, _ = cleaned("Autres langues", "← Retour Le moulin de la Roche", "de A. Morel", PROSE)
    assert document.title == "Le moulin de la Roche"
    assert document.text.startswith("Le moulin de la Roche\n\nde A. Morel")


# --- what stands above ----------------------------------------------------------------------------


def labelled(*lines: str) -> list[str]:
    document, removals = cleaned(*lines, web=False)
    assert removals == ()
    return [h.span.of(document.text) for h in document.headings if h.level == 6]


def test_questions_are_told_with_their_answers() -> None:
    faq = ("Titre", "Peut-on venir avec un chien ?", "Oui.", "- Faut-il réserver ?", "- Non.")
    assert labelled(*faq) == ["Peut-on venir avec un chien ?", "Faut-il réserver ?"]
    assert labelled(
        "Titre", "Q1 : Combien ça coûte ?", "R : 6 €.", "Q2 : C’est où ça ?", "Là."
    ) == [
        "Q1 : Combien ça coûte ?",
        "Q2 : C’est où ça ?",
    ]


def test_questions_that_nobody_answers_or_few_of_many_lines_are_text() -> None:
    assert labelled("Titre", "Que va-t-il se passer ?", "Qui va payer tout cela ?", PROSE) == []
    assert labelled("Titre", "Que va-t-il se passer ?", *[PROSE, MORE] * 20, "Qui va payer ?") == []
    assert labelled("Titre", "Pourquoi ?", PROSE, "Qui paie ? Personne ne le dit ?", MORE) == []


def test_speakers_are_told_with_what_they_say() -> None:
    said = ("[00:01:02] Marie Leroux :", PROSE, "JEAN", MORE, "[00:03:00] Marie Leroux :", FIRST)
    assert labelled("Conseil du 3 mars", *said, "JEAN", LONG) == [
        "[00:01:02] Marie Leroux :", "JEAN", "[00:03:00] Marie Leroux :", "JEAN",
    ]  # fmt: skip
    assert labelled("Présents", "Marie Leroux", "Jean Dupont", "Absents", "Paul Roux", PROSE) == []
    assert labelled("Règlement", "Article 2", PROSE, "Article 3", MORE, "Article 4", FIRST) == []


# --- whole pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", tuple(pages()), ids=lambda page: page.name)
def test_a_page_loses_its_frame_and_nothing_else(page: Page) -> None:
    content = html.from_text(page.html, page.name)
    source = Source("page.html", "0" * 64)
    document, removals = clean(
        RawDocument(content.metadata.title, content.blocks, source, content.lost, content.web)
    )
    lines = {re.sub(r"^(?:-|\d+\.) ", "", line) for line in document.text.split("\n")}
    assert set(page.stays) - lines == set()
    assert [line for line in page.goes if line in document.text] == []
    named = "\n".join(removal.text for removal in removals)
    told = [line for line in page.goes if all(word in named for word in line.split())]
    assert set(page.goes) - set(told) == set()


# --- the assembled document -----------------------------------------------------------------------


@given(
    st.lists(
        st.text(alphabet="ab [3]↑1.\u00a0", max_size=30).map(lambda text: f"{text}mot"),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_pages_begin_at_the_same_characters(texts: list[str], data: st.DataObject) -> None:
    """Each page begins with a letter that stands nowhere else; marks and margins go around it."""
    blocks = [Block("Références", 2)]
    letters = iter("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ")
    pages: dict[str, int] = {}
    for number, text in enumerate(texts):
        at = data.draw(st.integers(0, len(text)))
        first, second = next(letters), next(letters)
        pages |= {first: 2 * number + 1, second: 2 * number + 2}
        starts = (PageStart(0, pages[first]), PageStart(at + 1, pages[second]))
        blocks.append(Block(first + text[:at] + second + text[at:], 0, starts))
    document, _ = cleaned(*blocks, title="T")
    for letter, page in pages.items():
        if letter in document.text:
            assert document.page(document.text.index(letter)) == page


def test_title_headings_joints_language() -> None:
    document, _ = cleaned(
        Block("Le moulin", 1), PROSE, "- un", "- deux", "a | b", MORE, Block("Suite", 2), "Fin."
    )
    assert document.id == "sub/a.txt"
    assert document.title == "Le moulin"
    assert document.language == "fr"
    assert (
        document.text == f"Le moulin\n\n{PROSE}\n\n- un\n- deux\na | b\n\n{MORE}\n\nSuite\n\nFin."
    )
    assert [h.span.of(document.text) for h in document.headings] == ["Le moulin", "Suite"]


@pytest.mark.parametrize(
    ("blocks", "given_title", "title"),
    [
        (("Une ligne", PROSE), None, "Une ligne"),
        (("Une ligne", PROSE), "Donné", "Donné"),
        ((PROSE * 5, Block("Plus bas", 2), MORE), None, "Plus bas"),
        ((PROSE * 5,), None, "a"),
        (("Continuer sans accepter", "Le vrai titre", PROSE), None, "Le vrai titre"),
        (
            ("COLLECTIF DU MOULIN", "Compte rendu de la réunion", PROSE),
            None,
            "Compte rendu de la réunion",
        ),
        ((), None, "a"),
    ],
)
def test_title(blocks: tuple[str | Block, ...], given_title: str | None, title: str) -> None:
    assert cleaned(*blocks, title=given_title)[0].title == title


@given(
    st.lists(
        st.builds(
            Block,
            st.text(st.sampled_from("aé .:[]1(…)-\n") | st.characters(codec="utf-8"), max_size=80)
            | st.sampled_from(["Menu", "Partager", "English", "Commentaires", PROSE, "0/400"]),
            st.integers(0, 6),
        ),
        max_size=12,
    )
)
def test_headings_and_language_of_any_blocks(blocks: list[Block]) -> None:
    document, _ = cleaned(*blocks)
    for heading in document.headings:
        assert heading.span.of(document.text).strip()
    again, _ = cleaned(*blocks)
    assert again == document
    assert document.text == document.text.strip()


# --- real text ------------------------------------------------------------------------------------


@pytest.mark.skipif(not PIAF.exists(), reason="needs the shared evaluation data (PIAF)")
def test_no_sentence_of_an_encyclopedia_is_lost() -> None:
    for article in json.loads(PIAF.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            lines = [span.of(text) for span in sentences(text)]
            _, removals = cleaned(*lines)
            assert {removal.reason for removal in removals} <= {"edit mark"}


@pytest.fixture(scope="module")
def example() -> dict[str, tuple[Document, tuple[Removal, ...]]]:
    if not DOSSIER.exists():
        pytest.skip("needs the shared example dossier")
    return {path.name: clean(read(path, path.name)) for path in sorted(DOSSIER.glob("*.txt"))}


def test_the_example_dossier_is_clean(
    example: dict[str, tuple[Document, tuple[Removal, ...]]],
) -> None:
    whole = "\n".join(document.text for document, _ in example.values())
    for gone in (
        "Ce site utilise Akismet",
        "Saisissez votre commentaire",
        "saisir votre commentaire",
        "Bahasa Indonesia",
        "简体中文",
        "Voir l'original",
        "[modifier",
        "Autres langues",
        "Abonnez-vous",
        "Connectez-vous",
        "Lecture complémentaire",
        "Sur le même sujet",
        "qrCode",
        "(...)",
        "[1]",
    ):
        assert gone not in whole
    titles = [document.title.split()[0] for document, _ in example.values()]
    assert titles == ["Interview", "Rages", "Refusez", "Des", "La"]
    assert {document.language for document, _ in example.values()} == {"fr"}


def test_the_example_dossier_loses_exactly_this_much(
    example: dict[str, tuple[Document, tuple[Removal, ...]]],
) -> None:
    # Every removed line has been read and judged; a change here must be judged again.
    counts = [
        dict(Counter(removal.reason for removal in removals)) for _, removals in example.values()
    ]
    assert counts == [
        {"comment form": 2},
        {"subscription": 2, "comment form": 3, "teaser": 4},
        {"related articles": 2, "platform": 2, "menu": 11, "language switcher": 14},
        {"menu": 1, "sharing": 2, "repeat": 1, "related articles": 1, "comment form": 3},
        {"edit mark": 8, "footnote mark": 42, "menu": 3, "reading time": 1},
    ]  # fmt: skip


def test_what_the_example_dossier_keeps_and_loses_is_all_there_was(
    example: dict[str, tuple[Document, tuple[Removal, ...]]],
) -> None:
    def characters(*texts: str) -> Counter[str]:
        return Counter(character for text in texts for character in text if not character.isspace())

    for name, (document, removals) in example.items():
        raw = characters(*(block.text for block in read(DOSSIER / name, name).blocks))
        assert characters(document.text, *(removal.text for removal in removals)) == raw
    kept = [len(sentences(document.text)) for document, _ in example.values()]
    assert kept == [10, 107, 26, 21, 503]


def test_gold_evidence_is_still_there(
    example: dict[str, tuple[Document, tuple[Removal, ...]]],
) -> None:
    lines = (SHARED / "eval" / "dossier_dev.jsonl").read_text("utf-8").splitlines()
    quotes = [evidence for line in lines for evidence in json.loads(line)["evidence"]]
    assert len(quotes) > 20
    for evidence in quotes:
        assert evidence["quote"] in example[evidence["document"]][0].text
