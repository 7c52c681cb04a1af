"""Reading files: encodings, structure, metadata, errors."""

from __future__ import annotations

import contextlib
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.core import Block, RawDocument, Removal, UnreadableDocument
from askdossier.load import html, markdown, plain, read, supported
from askdossier.load.decode import decode
from askdossier.load.metadata import iso_date
from askdossier.text import normalise

DOSSIER = Path(__file__).parents[1].parent / "shared" / "dossier"

FRENCH = "L’été dernier, la crème brûlée coûtait 3 € « chez nous », à l’île d’Yeu. Où ? Là-bas."


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def load(folder: Path, name: str, content: str | bytes) -> RawDocument:
    return read(write(folder, name, content), name)


def texts(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


# --- any file -------------------------------------------------------------------------------------


def test_supported_looks_at_the_name() -> None:
    assert supported(Path("a/Note.TXT")) and supported(Path("x.md")) and supported(Path("p.htm"))
    assert not supported(Path("a.xyz")) and not supported(Path(".hidden.txt"))
    assert not supported(Path("~$report.txt"))


def test_source_names_the_file_and_its_hash(tmp_path: Path) -> None:
    source = read(write(tmp_path, "note.txt", "x"), "sub/note.txt").source
    assert source.path == "sub/note.txt"
    assert source.sha256 == hashlib.sha256(b"x").hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xyz", "text", "Convert it"),
        ("a.txt", "", "no text"),
        ("a.txt", " \n\t\n", "no text"),
        ("a.txt", bytes(range(256)) * 50, "not text"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF"),
        ("a.md", b"PK\x03\x04 something", "zip"),
        ("a.html", "", "not a web page"),
        ("a.html", "<html><head><title></title></head><body></body></html>", "no text"),
    ],
)
def test_unreadable_files_say_why(
    tmp_path: Path, name: str, content: str | bytes, message: str
) -> None:
    with pytest.raises(UnreadableDocument, match=message):
        load(tmp_path, name, content)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"gone\.txt cannot be opened"):
        read(tmp_path / "gone.txt", "gone.txt")


# --- encodings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_french_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    assert texts(load(tmp_path, "a.txt", FRENCH.encode(encoding))) == [FRENCH]


@pytest.mark.parametrize("encoding", ["latin-1", "cp850"])
def test_old_french_encodings(encoding: str) -> None:
    text = "La crème brûlée coûtait très cher, à l'île d'Yeu. Où ça ? Là-bas, l'été dernier.\n" * 5
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Съешь же ещё этих мягких французских булок, да выпей чаю. " * 20),
        ("shift_jis", "雨が街に降る間、猫はソファで眠る。これは日本語の文章です。" * 20),
    ],
)
def test_other_scripts(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("cp1252", "iso-8859-1"),
        ("cp1252", "us-ascii"),
        ("cp1252", "utf-8"),
        ("cp1252", "iso-8859-15"),
        ("cp1252", "x-unknown"),
        ("cp1252", "rot13"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", "utf-16"),
        ("mac_roman", "iso-8859-1"),
    ],
)
def test_a_wrong_label_changes_nothing(encoding: str, label: str) -> None:
    text = "L’œuvre déjà prêtée… à 1 250 € « près »"
    text = text.replace("\u202f", " ")
    assert decode(text.encode(encoding), "a", label) == text


@pytest.mark.parametrize(
    ("encoding", "label", "text"),
    [
        ("iso8859-15", "iso-8859-15", "L'œuvre à 1 250 €"),
        ("iso8859-2", "ISO-8859-2", "Zażółć gęślą jaźń"),
        ("cp1251", "windows-1251", "Привет, мир"),
        ("iso2022_jp", "iso-2022-jp", "日本語です"),
        ("cp932", "Shift_JIS", "日本語です"),
    ],
)
def test_a_right_label_is_followed(encoding: str, label: str, text: str) -> None:
    assert decode(text.encode(encoding), "a", label) == text


def test_a_damaged_byte_does_not_turn_utf8_into_something_else() -> None:
    data = (FRENCH * 40).encode()
    damaged = data[:500] + b"\xff" + data[500:]
    assert decode(damaged, "a.txt").count("é") >= 40


@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        assert isinstance(decode(data, "a.txt"), str)
    except UnreadableDocument as error:
        assert "a.txt" in str(error)


# --- plain text -----------------------------------------------------------------------------------


def test_each_line_is_a_block_and_items_stay() -> None:
    content = plain.from_text("Première phrase.\nDeuxième.\n\n- un\n- deux\n  • trois\n")
    assert [block.text for block in content.blocks] == [
        "Première phrase.",
        "Deuxième.",
        "- un",
        "- deux",
        "• trois",
    ]


WRAPPED = """\
Objet : le moulin

Le conseil a voté hier soir la réfection du moulin, qui tombe en ruine
depuis des années. La dépense sera de 340 000 euros, dont la moitié est
promise par la région. Le maire s'est dit satisfait de ce vote, qui clôt
dix ans de débats.

- le toit sera refait en premier, parce que la pluie entre et menace la
  charpente
- la roue attendra

Le reste des travaux commencera au printemps, après une enquête publique
auprès des riverains et des usagers de la rivière.
"""


def test_hard_wrapped_paragraphs_are_joined() -> None:
    blocks = [block.text for block in plain.from_text(WRAPPED).blocks]
    assert len(blocks) == 5
    assert blocks[1].startswith("Le conseil a voté") and blocks[1].endswith("dix ans de débats.")
    assert "tombe en ruine depuis" in blocks[1]
    assert blocks[2].endswith("menace la charpente")
    assert blocks[3] == "- la roue attendra"


def test_a_poem_is_not_joined() -> None:
    poem = "Les sanglots longs\nDes violons\nDe l’automne\nBlessent mon cœur\nD’une langueur."
    assert [block.text for block in plain.from_text(poem).blocks] == poem.split("\n")


PROSE = (
    "Ceci est un paragraphe assez long pour que personne ne le prenne pour un titre, et qui finit "
    "par un point."
)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        (f"Le titre du texte\n\n{PROSE}", [1, 0]),
        (f"{PROSE}\n\nUne section\n\n{PROSE}", [0, 2, 0]),
        (f"{PROSE}\n\nCONCLUSION\n{PROSE}", [0, 2, 0]),
        (f"{PROSE}\n\n2. Méthode\n\n{PROSE}", [0, 2, 0]),
        (f"{PROSE}\n\n3. QUEL TAUX ?\n\n{PROSE}", [0, 2, 0]),
        (f"{PROSE}\nHistoire[modifier | modifier le code]\n{PROSE}", [0, 2, 0]),
        (f"{PROSE}\nHistory[edit]\n{PROSE}", [0, 2, 0]),
        (f"Titre\n=====\n{PROSE}\n\nSection\n-------\n{PROSE}", [1, 0, 2, 0]),
        # Not headings: a sentence, a caption, a line inside a text, a quotation, an item.
        (f"{PROSE}\n\nIl est parti.\n\n{PROSE}", [0, 0, 0]),
        (f"{PROSE}\n\nSource : le journal du val\n\n{PROSE}", [0, 0, 0]),
        (f"{PROSE}\nUne ligne sans point\n{PROSE}", [0, 0, 0]),
        (f"{PROSE}\n\n- un élément de liste\n\n{PROSE}", [0, 0, 0]),
        (f"{PROSE}\n\nUne ligne\n\nUne autre ligne\n\n", [0, 0, 0]),
    ],
)
def test_only_sure_headings(text: str, levels: list[int]) -> None:
    assert [block.level for block in plain.from_text(text).blocks] == levels


@pytest.mark.parametrize(
    ("top", "author", "date"),
    [
        ("de Anne Morel\nPublié le : 2025-11-07 (maj : 2025-11-15)", "Anne Morel", "2025-11-07"),
        ("Par Anne Morel\nPublié le 7 novembre 2025", "Anne Morel", "2025-11-07"),
        ("Published on March 3, 2024\nBy John R. Smith", "John R. Smith", "2024-03-03"),
        ("Auteur : Jean-Luc de La Tour", "Jean-Luc de La Tour", None),
        ("Auteur : Anne Morel, secrétaire de séance", "Anne Morel", None),
        ("PUBLIÉ LE 03/10/2014 PAR Solène Méric", "Solène Méric", "2014-10-03"),
        ("Publié le\n\n20 novembre 2013", None, "2013-11-20"),
        ("30 mai 2014", None, "2014-05-30"),
        ("Rédigé par Anne Morel", "Anne Morel", None),
        ("26 Septembre 2021 , Rédigé par Jean Roux Publié dans #SPE", "Jean Roux", "2021-09-26"),
        ("Publié le 3 mars 2024 par la rédaction du journal local", None, "2024-03-03"),
        ("par un beau matin d’été", None, None),
        ("De Gaulle parle", None, None),
        ("La loi fut publiée le 3 mars 2024 au Journal officiel.", None, None),
    ],
)  # fmt: skip
def test_bylines_only_when_clear(top: str, author: str | None, date: str | None) -> None:
    metadata = plain.from_text(f"Un titre\n{top}\n\n{PROSE}").metadata
    assert (metadata.author, metadata.date) == (author, date)


@given(st.text(st.sampled_from("aé .-\n=*A1[]") | st.characters(), max_size=300))
def test_plain_text_loses_no_word(text: str) -> None:
    letters = [c for c in normalise(text) if c.isalnum()]
    read_back = "".join(block.text for block in plain.from_text(text).blocks)
    assert [c for c in read_back if c.isalnum()] == letters


# --- Markdown -------------------------------------------------------------------------------------

MARKDOWN = """\
---
title: Le guide du jardin
author: [Anne Morel, Paul Roux]
date: 2024-03-12
source: https://exemple.fr/jardin
license: CC BY 4.0
---
# Le guide *du* jardin

Un [lien](https://x.fr "t") vers **le sol**, `code` et ![une rose](r.png).
La suite de la ligne<br>après, 3\\*4 &eacute;tés[^1].

Titre deux
----------

1. premier
2. second
   - sous-élément

> Une citation.

| Plante | Hauteur | Prix |
|--------|:-------:|-----:|
| Rose   | 1,2 m   | 12 € |
| Lis    |         | 8 €  |

```python
x = a[1]
```

<div align="center"><b>Du HTML</b> brut &amp; texte</div>

<!-- rien -->

[^1]: La note.
"""


def test_markdown() -> None:
    content = markdown.from_text(MARKDOWN)
    assert list(content.blocks) == [
        Block("Le guide du jardin", 1),
        Block("Un lien vers le sol, code et une rose. La suite de la ligne"),
        Block("après, 3*4 étés."),
        Block("La note."),
        Block("Titre deux", 2),
        Block("1. premier"),
        Block("2. second"),
        Block("- sous-élément"),
        Block("Une citation."),
        Block("Plante: Rose | Hauteur: 1,2 m | Prix: 12 €"),
        Block("Plante: Lis | Prix: 8 €"),
        Block("x = a[1]"),
        Block("Du HTML brut & texte"),
    ]
    metadata = content.metadata
    assert metadata.title == "Le guide du jardin"
    assert metadata.author == "Anne Morel, Paul Roux"
    assert metadata.date == "2024-03-12"
    assert metadata.url == "https://exemple.fr/jardin"
    assert metadata.licence == "CC BY 4.0"


def test_notes_of_markdown_stand_behind_what_names_them() -> None:
    source = (
        "Anne[^1] et Luc[^deux].\n\n| Poste | Prix |\n|---|---|\n| Bois[^3] | 12 € |\n"
        "| Clous | 3 € |\n\nFin.\n\n[^1]: Excusée, voir[^4].\n[^deux]: Arrivé à 9 h,\nparti tôt."
        "\n\n    - avec Zoé\n\nAprès.\n\n[^3]: Devis de **2024**.\n[^4]: Lettre du 3 mai.\n"
        "[^seul]: Jamais nommée.\n\n```\n[^1]: du code\n```\n"
    )
    assert [block.text for block in markdown.from_text(source).blocks] == [
        "Anne et Luc.", "Excusée, voir.", "Arrivé à 9 h, parti tôt.", "- avec Zoé",
        "Lettre du 3 mai.", "Poste: Bois | Prix: 12 €", "Poste: Clous | Prix: 3 €",
        "Devis de 2024.", "Fin.", "Après.", "[^1]: du code", "Jamais nommée.",
    ]  # fmt: skip


def test_ticks_of_markdown_are_those_of_other_formats() -> None:
    source = "- [x] Salle [x]\n- [ ] Acompte\n  1. [X] Chèque\n\n[x] Hors liste\n"
    assert [block.text for block in markdown.from_text(source).blocks] == [
        "- ☒ Salle [x]", "- ☐ Acompte", "1. ☒ Chèque", "[x] Hors liste",
    ]  # fmt: skip


def test_an_html_table_in_markdown_keeps_its_cells_apart() -> None:
    source = (
        "Avant.\n\n<table>\n<caption>Musique</caption>\n<tr><th>Part</th><th>Date</th></tr>\n"
        "<tr><td>10 %</td><td>janvier</td></tr>\n</table>\n\nAprès."
    )
    assert [block.text for block in markdown.from_text(source).blocks] == [
        "Avant.",
        "Musique",
        "Part: 10 % | Date: janvier",
        "Après.",
    ]


def test_markdown_without_front_matter_takes_its_heading() -> None:
    assert markdown.from_text("# Bonjour\n\nOui.").metadata.title == "Bonjour"
    rules = markdown.from_text("---\nUn texte : entre deux traits\n\nencore\n---\nFin.")
    assert "encore" in " ".join(block.text for block in rules.blocks)


@pytest.mark.parametrize(
    ("front", "title", "date"),
    [
        (
            "---\ntitle: Budget : la suite\ndate: 2025-03-04\n---\n",
            "Budget : la suite",
            "2025-03-04",
        ),
        ('+++\ntitle = "Budget"\ndate = 2025-03-04\n+++\n', "Budget", "2025-03-04"),
        ("---\ntitle: [[Budget|Le budget]]\ndate: 4 mars 2025\n---\n", "Le budget", "2025-03-04"),
        ("---\ntitle: @budget\ntags:\n  - a\n---\n", "@budget", None),
    ],
)
def test_front_matter_as_people_write_it(front: str, title: str, date: str | None) -> None:
    content = markdown.from_text(front + "Du texte.")
    assert content.blocks == (Block("Du texte."),)
    assert (content.metadata.title, content.metadata.date) == (title, date)


def test_a_text_between_two_rules_is_no_front_matter() -> None:
    content = markdown.from_text("---\nUn mot : oui.\nUne phrase entre deux.\n---\nFin.")
    assert "Une phrase entre deux" in " ".join(block.text for block in content.blocks)


def test_links_of_a_wiki_and_what_is_struck_through() -> None:
    content = markdown.from_text(
        "Voir [[Note 3|la note]] et [[Annexe#Prix]].\n\n"
        "Ouvert à ~~9 h~~ 10 h, à <del>5 €</del> 6 € ; `[[ -f x ]]`, ~~rien.\n\n"
        "<p>Salle <s>B</s> C</p>\n"
    )
    assert [block.text for block in content.blocks] == [
        "Voir la note et Annexe > Prix.",
        "Ouvert à 10 h, à 6 € ; [[ -f x ]], ~~rien.",
        "Salle C",
    ]
    assert content.lost == tuple(Removal(w, "struck through") for w in ("9 h", "5 €", "B"))


def test_a_long_markdown_file_is_read_in_segments() -> None:
    section = (
        "## Partie\n\n" + "Une phrase simple. " * 200 + "\n\n```\n# pas un titre\n\nx\n```\n\n"
    )
    blocks = markdown.from_text(section * 120).blocks
    assert sum(block.level == 2 for block in blocks) == 120
    assert sum("# pas un titre" in block.text for block in blocks) == 120


@given(st.text(st.sampled_from("#*_`[]()<>|-=\n 1.a&;:~!\\\"'") | st.characters(), max_size=200))
def test_any_markdown_is_read(text: str) -> None:
    markdown.from_text(text)


# --- HTML -----------------------------------------------------------------------------------------

PAGE = """\
<!DOCTYPE html>
<!-- saved from url=(0042)https://exemple.fr/2025/11/le-moulin.html -->
<html lang="fr"><head><meta charset="utf-8">
<title>Le moulin de la Roche reprend vie | Gazette du Val</title>
{head}
</head><body>
<div id="cookie-banner"><p>Nous utilisons des cookies.</p><button>Tout accepter</button></div>
<header><nav><ul><li><a href="/">Accueil</a></li><li><a href="/s">Sport</a></li></ul></nav></header>
<main><article>
<h1>Le moulin de la Roche reprend vie</h1>
<p>Après douze ans de travaux, le moulin tourne de nouveau.<sup class="reference">[1]</sup>
La commune a dépensé 340 000 euros, dont la moitié vient de la région.</p>
<h2>Une longue histoire</h2>
<p>Bâti en 1642, le moulin a servi jusqu’en 1931.<br>Il a ensuite été abandonné.</p>
<ul><li>1642 : construction par la famille Roche</li><li>1931 : fermeture</li></ul>
<table><thead><tr><th>Année</th><th>Visiteurs</th></tr></thead>
<tbody><tr><td>2023</td><td>1 200</td></tr><tr><td>2024</td><td>1 850</td></tr></tbody></table>
<blockquote><p>« Nous n’y croyions plus », avoue le maire, Paul Garnier.</p></blockquote>
<p>La meunière, Lise Caron, moud chaque samedi devant le public et vend sa farine au marché.</p>
</article>
<section id="comments" class="comments-area"><h2>2 commentaires</h2><ol class="comment-list">
<li class="comment"><div class="comment-content"><p>J’y allais enfant avec mon grand-père, qui
réparait la roue. Quelle joie de l’entendre à nouveau.</p></div></li>
<li class="comment"><div class="comment-content"><p>Et le parking ? Rien n’est prévu pour les cars,
c’est dommage pour les écoles.</p></div></li></ol></section></main>
<footer><p>Mentions légales</p></footer></body></html>
"""
JSON_LD = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
{"@type":"WebSite","name":"x"},{"@type":"NewsArticle","headline":"Le moulin reprend vie",
"datePublished":"2025-11-07T08:30:00+01:00","author":[{"@type":"Person","name":"Anne Morel"}],
"publisher":{"name":"Gazette du Val"},"license":"https://creativecommons.org/licenses/by/4.0/"}]}
</script>"""


def test_html_keeps_what_matters(tmp_path: Path) -> None:
    document = load(tmp_path, "p.html", PAGE.format(head=""))
    blocks = list(document.blocks)
    assert Block("Le moulin de la Roche reprend vie", 1) in blocks
    assert Block("Une longue histoire", 2) in blocks
    found = texts(document)
    assert found.count("Le moulin de la Roche reprend vie") == 1
    for expected in (
        "- 1642 : construction par la famille Roche",
        "Année: 2023 | Visiteurs: 1 200",
        "« Nous n’y croyions plus », avoue le maire, Paul Garnier.",
        "Il a ensuite été abandonné.",
    ):
        assert expected in found
    whole = "\n".join(found)
    assert "tourne de nouveau. La commune" in whole
    assert "réparait la roue" in whole and "Et le parking ?" in whole
    assert "Sport" not in whole and "cookies" not in whole


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", ("Le moulin de la Roche reprend vie", None, None, None,
              "https://exemple.fr/2025/11/le-moulin.html", None)),
        (JSON_LD, ("Le moulin reprend vie", "Anne Morel", "Gazette du Val", "2025-11-07",
                   "https://exemple.fr/2025/11/le-moulin.html",
                   "https://creativecommons.org/licenses/by/4.0/")),
        ('<meta property="og:title" content="Le moulin"><meta property="og:site_name" '
         'content="Le Val"><meta property="article:published_time" content="2024-01-02T10:00">'
         '<link rel="canonical" href="https://exemple.fr/moulin"><meta name="author" '
         'content="A. Morel"><link rel="license" href="https://exemple.fr/cc">',
         ("Le moulin", "A. Morel", "Le Val", "2024-01-02", "https://exemple.fr/moulin",
          "https://exemple.fr/cc")),
        ('<meta name="DC.title" content="Moulin"><meta name="DC.creator" content="B. Roux">'
         '<meta name="DC.date" content="2023"><meta name="DC.publisher" content="Archives">'
         '<meta name="DC.rights" content="CC0">',
         ("Moulin", "B. Roux", "Archives", "2023",
          "https://exemple.fr/2025/11/le-moulin.html", "CC0")),
    ],
)  # fmt: skip
def test_html_metadata(tmp_path: Path, head: str, expected: tuple[str | None, ...]) -> None:
    document = load(tmp_path, "p.html", PAGE.format(head=head))
    source = document.source
    found = (document.title, source.author, source.publisher, source.date, source.url,
             source.licence)  # fmt: skip
    assert found == expected


def test_a_page_that_is_no_article_gives_all_its_visible_text(tmp_path: Path) -> None:
    page = (
        "<html><head><title>FAQ</title><style>p{}</style></head><body><nav class='menu'>Accueil"
        "</nav><h1>FAQ</h1><dl><dt>Quel prix ?</dt><dd>12 euros.</dd></dl><p hidden>Caché</p>"
        "<div>Le code est <b>44</b>71.</div><table><tr><td>a</td><td>b</td></tr></table>"
        "<script>non</script></body></html>"
    )
    assert load(tmp_path, "p.html", page).blocks == (
        Block("FAQ", 1),
        Block("Quel prix ?"),
        Block("12 euros."),
        Block("Le code est 4471."),
        Block("a | b"),
    )


def test_a_forum_page_keeps_all_its_posts_and_not_its_frame(tmp_path: Path) -> None:
    posts = "".join(
        f"<div class='post'><p>Membre{i}</p><div><p>Le message numéro {i} est assez long pour "
        f"compter comme de la prose, et personne d’autre ne dit cela {i} fois.</p></div></div>"
        for i in range(8)
    )
    page = (
        "<html><head><title>Sujet</title></head><body><div class='bar'><a href='/'>Index</a>"
        f"<a href='/x'>Actifs</a></div><main><h1>Sujet</h1>{posts}</main><div class='foot'>"
        "Le forum est tenu par des bénévoles qui ne comptent pas leurs heures ni leurs peines."
        "</div></body></html>"
    )
    found = texts(load(tmp_path, "p.html", page))
    assert sum(text.startswith("Le message numéro") for text in found) == 8
    assert not any("bénévoles" in text for text in found)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><th>An</th><th>Lieu</th></tr><tr><td>2023</td><td>Ulm</td></tr>",
         ["An: 2023 | Lieu: Ulm"]),
        ("<tr><th>Nom</th><td>Morel</td></tr><tr><th>Ville</th><td>Ulm</td></tr>",
         ["Nom: Morel", "Ville: Ulm"]),
        ("<tr><td>Nom</td><td>Morel</td></tr><tr><td>Ville</td><td>Ulm</td></tr>",
         ["Nom | Morel", "Ville | Ulm"]),
        ("<tr><td>An</td><td>Prix</td></tr><tr><td>2023</td><td>12 €</td></tr>",
         ["An: 2023 | Prix: 12 €"]),
        ("<tr><td></td><td>2023</td><td>2024</td></tr><tr><td>Prix</td><td>3</td><td>4</td></tr>",
         ["Prix | 2023: 3 | 2024: 4"]),
    ],
)  # fmt: skip
def test_rows_of_tables_can_be_read_by_themselves(rows: str, expected: list[str]) -> None:
    blocks = html.visible(f"<table>{rows}</table>").blocks
    assert [block.text for block in blocks] == expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Il coûte 10<sup>3</sup> euros.", "Il coûte 10³ euros."),
        ('Il y en a 12<sup><a href="#n1">1</a></sup>, dit-on.', "Il y en a 12, dit-on."),
        ('Il y en a 12<a href="#n1"><sup>[4]</sup></a>.', "Il y en a 12."),
        ('En 1998.<a href="#fn1" epub:type="noteref">2</a> Puis', "En 1998. Puis"),
        ('Une note. <a href="#ref1">↩︎</a>', "Une note."),
        ('Voir <a href="#p12">12</a>.', "Voir 12."),
        ("Le 1<sup>er</sup> mars", "Le 1er mars"),
    ],
)
def test_footnote_marks_never_join_a_number(tmp_path: Path, source: str, text: str) -> None:
    around = "<p>Une phrase assez longue pour que l’on y voie le texte d’un article.</p>"
    page = f"<html><body><article>{around}<p>{source}</p>{around}</article></body></html>"
    assert texts(load(tmp_path, "a.html", page))[1] == text


def test_html_in_its_declared_encoding(tmp_path: Path) -> None:
    page = f'<html><head><meta charset="windows-1252"><title>T</title></head><body><p>{FRENCH}</p>'
    assert FRENCH in texts(load(tmp_path, "p.html", page.encode("cp1252")))


WRITTEN = "<p>La halle a rouvert samedi, après douze ans de travaux.</p>"


@pytest.mark.parametrize(
    "kept",
    [
        '<div class="menu"><p>Entrée : soupe</p><p>Plat : daube, 14 €</p></div>',
        '<header class="entry-header"><h2><a href="/b">Le bac de Lozé</a></h2></header>',
        '<div class="reply"><p>Je ne suis pas d’accord du tout.</p><button>Citer</button></div>',
        '<div class="elementor-widget"><ul><li><a href="/f">Formulaire 12</a></li>'
        '<li><a href="/g">Notice</a></li></ul></div>',
        '<aside class="encadre"><h3>En chiffres</h3><p>340 élèves, 12 classes</p></aside>',
        '<div class="post category-newsletter"><p>Court billet</p></div>',
        '<ul hidden class="reponse"><li>Oui</li></ul>',
        '<p>Prix : <span aria-hidden="true">19,99 €</span></p>',
        '<div style="display:none"><p>Le tarif est de 4 € pour les enfants.</p></div>',
    ],
)
def test_html_parts_that_only_look_like_a_frame_stay(kept: str) -> None:
    page = (
        f"<html><body><main><h1>La halle</h1>{WRITTEN * 9}{kept}{WRITTEN * 3}</main></body></html>"
    )
    text = " ".join(block.text for block in html.from_text(page, "a.html").blocks)
    for words in re.findall(r">([^<>]{3,})<", kept):
        assert words in text or words == "Citer"


@pytest.mark.parametrize(
    "gone",
    [
        '<div class="site-menu"><a href="/">Accueil</a> <a href="/v">Ville</a></div>',
        '<div id="cookie-notice" hidden><p>Nous utilisons des traceurs pour vous.</p></div>',
        '<div role="dialog" style="display:none"><p>Vous avez gagné un cadeau, cliquez.</p></div>',
        '<div class="newsletter-box"><p>Recevez notre lettre.</p><form><input></form></div>',
    ],
)
def test_html_parts_of_the_frame_go_and_are_named(gone: str) -> None:
    page = f"<html><body><main><h1>La halle</h1>{WRITTEN * 9}{gone}</main></body></html>"
    content = html.from_text(page, "a.html")
    assert {block.text for block in content.blocks} == {"La halle", WRITTEN[3:-4]}
    assert content.lost


def test_html_numbered_lists_keep_their_numbers() -> None:
    page = "<ol start=3><li>trois</li><li>quatre</li><li value=9>neuf<ul><li>a</li></ul></li></ol>"
    assert [b.text for b in html.visible(page + "<ol type=a><li>x</li></ol>").blocks] == [
        "3. trois", "4. quatre", "9. neuf", "- a", "a. x",
    ]  # fmt: skip
    comments = '<ol class="comment-list"><li>Bravo.</li></ol>'
    assert html.visible(comments).blocks == (Block("- Bravo."),)


def test_html_tabs_have_their_labels_above_them() -> None:
    page = """<ul role="tablist"><li><a data-bs-toggle="tab" href="#a">Adultes</a></li>
<li><button role="tab" data-bs-target="#b">Enfants</button></li></ul>
<div class="tab-pane" id="a"><p>9 €</p></div><div class="tab-pane" id="b" hidden><p>4 €</p></div>"""
    assert [b.text for b in html.visible(page).blocks] == ["Adultes", "9 €", "Enfants", "4 €"]


def test_html_that_says_latin_1_and_means_windows_1252(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    line = "<p>L’œuvre s’est vendue 1 250 €, samedi… à Châlons.</p>"
    page.write_bytes(b'<meta charset="iso-8859-1">' + line.encode("cp1252"))
    assert [b.text for b in read(page, "a.html").blocks] == [line[3:-4]]
    page.write_bytes(b"<p>L&#146;&#156;uvre s&#x92;est vendue 1 250 &#128;, samedi&#133;</p>")
    assert read(page, "a.html").blocks[0].text == "L’œuvre s’est vendue 1 250 €, samedi…"


@given(st.text(st.sampled_from("<>/pdivtablr &;=\"'!-\n") | st.characters(), max_size=200))
def test_any_html_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(UnreadableDocument):
        html.from_text(f"<p>{text}", "x.html")


# --- metadata -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-11-07", "2025-11-07"),
        ("2025-11-07T10:00:00Z", "2025-11-07"),
        ("7 novembre 2025", "2025-11-07"),
        ("1er août 2024 à 10 h", "2024-08-01"),
        ("le 14 févr. 2023", "2023-02-14"),
        ("November 7, 2025", "2025-11-07"),
        ("7th of March 2024", "2024-03-07"),
        ("07/11/2025", "2025-11-07"),
        ("04/13/2024", "2024-04-13"),
        ("07.11.2025", "2025-11-07"),
        ("20251107", "2025-11-07"),
        ("novembre 2025", "2025-11"),
        ("2025-11", "2025-11"),
        ("2025", "2025"),
        ("31 février 2024", "2024-02"),
        ("hier", None),
        ("12345678", None),
        ("", None),
    ],
)
def test_dates_become_iso(text: str, date: str | None) -> None:
    assert iso_date(text) == date


def test_the_sidecar_overrides_the_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.md.yaml",
        "titre: Autre titre\nauteur: C. Petit\ndate: 3 mars 2020\nlicense: CC0\n",
    )
    document = load(tmp_path, "a.md", MARKDOWN)
    assert document.title == "Autre titre"
    assert document.source.author == "C. Petit"
    assert document.source.date == "2020-03-03"
    assert document.source.licence == "CC0"
    assert document.source.url == "https://exemple.fr/jardin"


@pytest.mark.parametrize("content", ["titel: x", "- a\n- b", "title: [", b"\xff\xfe\x00"])
def test_a_wrong_sidecar_says_so(tmp_path: Path, content: str | bytes) -> None:
    write(tmp_path, "a.txt.yaml", content)
    with pytest.raises(UnreadableDocument, match=r"a\.txt\.yaml"):
        load(tmp_path, "a.txt", "Bonjour.")


@pytest.mark.skipif(not DOSSIER.exists(), reason="needs the shared example dossier")
def test_the_example_dossier_is_read() -> None:
    documents = [read(path, path.name) for path in sorted(DOSSIER.glob("*.txt"))]
    assert len(documents) == 5
    assert documents[4].source.author == "CriticalResist"
    assert documents[4].source.date == "2025-11-07"
    assert next(b.text for b in documents[4].blocks if b.level == 2).startswith("Les cinq")


@pytest.mark.parametrize(
    ("part", "heading"),
    [
        ("<div id='comments'><p>Quelle joie de l’entendre à nouveau.</p></div>", "Commentaires"),
        ("<ol class='comment-list'><li>What a joy it was to hear.</li></ol>", "Comments"),
        (
            "<div><div itemscope itemtype='https://schema.org/Comment'>"
            "<p>Rien n’est prévu pour les cars.</p></div></div>",
            "Commentaires",
        ),
        ("<div class='comments'><h3>3 réactions</h3><p>Rien n’est prévu ici.</p></div>", None),
        ("<h2>2 commentaires</h2><ol class='comment-list'><li>Rien n’est prévu.</li></ol>", None),
        ("<div id='comments'><form><p>Votre nom</p></form></div>", None),
        ("<div class='comment-box'><p>Rien n’est prévu pour les cars.</p></div>", None),
    ],
)
def test_readers_comments_get_a_heading_where_they_have_none(
    tmp_path: Path, part: str, heading: str | None
) -> None:
    text = "<p>Après douze ans de travaux, le moulin tourne de nouveau.</p>"
    page = f"<html><body><main><h1>Le moulin</h1>{text}{part}</main></body></html>"
    found = load(tmp_path, "p.html", page).blocks
    added = [block for block in found if block.text in ("Commentaires", "Comments")]
    assert added == ([Block(heading, 2)] if heading else [])
    assert added == [] or found.index(added[0]) == len(found) - 2
