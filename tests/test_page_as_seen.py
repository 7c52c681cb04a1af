"""Web pages as a person sees them: charts, filled forms, what style sheets strike, their date."""

from __future__ import annotations

import pytest

from askdossier.load import html

CHART = """
<svg viewBox="0 0 300 200"><title>Adhérents par an</title>
<defs><text>Modèle</text></defs>
<g transform="translate(40,20)"><g text-anchor="end"><text x="-5" y="150">0</text>
<text x="-5" y="50">100</text></g>
<rect x="30" width="40"><title>Année 2022</title></rect>
<text x="50" y="70" text-anchor="middle">37</text>
<text x="130" y="60" text-anchor="middle">41</text>
<text x="50" y="170" text-anchor="middle">2022</text>
<text x="130" y="170" text-anchor="middle">2023</text>
<text x="50" y="190" style="display:none">Caché</text></g></svg>
"""
ROWS = """
<svg><g transform="translate(0 10)"><text x="0" y="10">Bus</text>
<text x="200" y="11">43&nbsp;%</text>
<text x="0" y="40">Vélo et <tspan font-weight="bold">marche</tspan></text>
<text x="200" y="40">12&nbsp;%</text></g></svg>
"""
FORM = """
<form><p><label><input type="radio" checked> Oui</label> <label><input type="radio"> Non</label></p>
<p><label>Nom</label><input value="Durand"> <input type="hidden" value="Jeton 7"></p>
<p>Ville <select><option>Lyon</option><option selected>Brest</option></select></p>
<p>Pays <select><option value="" selected>Choisir</option><option>Mali</option></select></p>
<p>Avis</p><textarea>Deux lignes :
le 3 mai</textarea>
<ul><li><input type="checkbox" checked disabled> Lait</li><li><input type="checkbox"> Pain</li></ul>
<style>.toggle { display: none }</style><input class="toggle" type="checkbox"><p>Fin</p></form>
"""


def lines(source: str) -> list[str]:
    return [block.text for block in html.visible(source).blocks]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            f"<p>Avant</p>{CHART}<p>Après</p>",
            ["Avant", "Adhérents par an", "100", "0", "2022: 37", "2023: 41", "Après"],
            id="values of a chart come behind the names below them",
        ),
        pytest.param(ROWS, ["Bus | 43\u00a0%", "Vélo et marche | 12\u00a0%"], id="rows as seen"),
        pytest.param(
            '<p><a><svg aria-hidden="true"><title>Facebook</title><path/></svg> Lien</a></p>',
            ["Lien"], id="what an icon is called is not seen",
        ),
        pytest.param(
            "<p>Note <svg aria-hidden='true'><text x='3' y='9'>14/20</text></svg> au test</p>",
            ["Note 14/20 au test"], id="a picture within a line",
        ),
        pytest.param(
            "<svg><rect><title>Brest : 12 %</title></rect><rect><title>Lyon : 9 %</title></rect>"
            "</svg>",
            ["Brest : 12 %", "Lyon : 9 %"], id="figures that the mouse shows",
        ),
        pytest.param(
            FORM,
            ["☒ Oui ☐ Non", "Nom Durand", "Ville Brest", "Pays", "Avis", "Deux lignes :",
             "le 3 mai", "- ☒ Lait", "- ☐ Pain", "Fin"],
            id="a form as it is filled in",
        ),
    ],
)  # fmt: skip
def test_what_a_page_draws_is_text(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


def test_characters_that_no_text_has_are_left_out() -> None:
    source = "<p>Un&#1;e\x02 c&#x01lé&#xFFFE;&#31abc\x0cde\ufffe</p>"
    source += "<input value='D&#2;urand'><p>&#233;t&#xe9;"
    assert lines(source) == ["Une cléabc de", "Durand", "été"]


def test_a_short_value_stands_beside_its_name() -> None:
    source = (
        "<dl><dt>À vélo</dt><dd><div style='width:21%'><span>21 %</span></div></dd>"
        "<div><dt>Lieu :</dt><dd>Halle</dd></div><dt>Qui paie ?</dt><dd>La Ville</dd>"
        "<dt>Jours</dt><dd>Mardi</dd><dd>Jeudi</dd></dl>"
        "<p>Non <meter value='0.2'>20 %</meter> 20 %</p>"
    )
    assert lines(source) == [
        "À vélo: 21 %", "Lieu : Halle", "Qui paie ?", "La Ville", "Jours", "Mardi", "Jeudi",
        "Non 20 %",
    ]  # fmt: skip


def test_the_prompt_of_an_empty_field_is_told() -> None:
    page = html.visible('<p>Tél. <input placeholder="ex. : 06 12 34"></p>')
    assert [block.text for block in page.blocks] == ["Tél."]
    assert [(gone.text, gone.reason) for gone in page.lost] == [
        ("ex. : 06 12 34", "empty form field")
    ]


STRUCK = "text-decoration: line-through"


@pytest.mark.parametrize(
    ("sheet", "price", "is_struck"),
    [
        (f".p {{ {STRUCK} }} .p {{ text-decoration: none }}", "<b class='p'>", False),
        (".p { text-decoration: none } .p { text-decoration-line: line-through }",
         "<b class='p'>", True),
        (f".p {{ {STRUCK} !important }} p .p {{ text-decoration: none }}", "<b class='p'>", True),
        (f"b {{ {STRUCK} }} .n {{ text-decoration: none }}", "<b class='n'>", False),
        (f".n {{ text-decoration: none }} b {{ {STRUCK} }}", "<b class='n'>", False),
        (f"#i {{ text-decoration: none }} .a.b {{ {STRUCK} }}", "<b id='i' class='a b'>", False),
        (f".a.b {{ {STRUCK} }}", "<b class='a'>", False),
        (f".p {{ {STRUCK} }}", "<b class='p' style='text-decoration: none'>", False),
        (f".p {{ {STRUCK} !important }}", "<b class='p' style='text-decoration: none'>", True),
        (f".sale .p {{ {STRUCK} }}", "<b class='p'>", False),
        (f".shop .p {{ {STRUCK} }}", "<b class='p'>", True),
        (f".shop > .p {{ {STRUCK} }}", "<b class='p'>", False),
        (f"[data-old] {{ {STRUCK} }}", "<b data-old='1'>", True),
        (f"@media print {{ .p {{ {STRUCK} }} }}", "<b class='p'>", False),
        (f"@media (max-width: 40em) {{ .p {{ {STRUCK} }} }}", "<b class='p'>", False),
        (f"@media screen {{ .p {{ {STRUCK} }} }} .q {{ color: red }}", "<b class='p'>", True),
        (f".p::after {{ content: '}}'; {STRUCK} }}", "<b class='p'>", False),
    ],
)  # fmt: skip
def test_rules_of_a_page_hold_as_in_browsers(sheet: str, price: str, is_struck: bool) -> None:
    page = f"<style>{sheet}</style><div class='shop'><p>Prix {price}12 €</b> net</p></div>"
    assert lines(page) == ["Prix net" if is_struck else "Prix 12 € net"]


TEXT = f"<p>{'Une phrase qui raconte le conseil municipal de la ville. ' * 4}</p>"
OLD = '<time datetime="2020-01-01">1er janvier 2020</time>'
NEW = '<time datetime="2025-02-03">3 février 2025</time>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<aside><article>{OLD}</article></aside><main><article><h1>Le moulin</h1>"
         f"<p>Par Anne, {NEW}</p>{TEXT}</article></main>", "2025-02-03"),
        (f"<article><h1>Le moulin</h1>{TEXT}<section class='comments'><article>{OLD}</article>"
         "</section></article>", None),
        (f"<article><h2><a href='b'>Autre</a></h2>{OLD}</article><h1>Le moulin</h1>{TEXT}", None),
        (f"<article><h1>Agenda</h1><div class='event'>{OLD}</div>{TEXT}</article>", None),
        (f"<article><h1>Le moulin</h1><p>{'Il a tourné du matin au soir. ' * 4} Puis, le {OLD}, "
         f"il s'arrêta.</p><footer>Publié le <span class='posted-on'>{NEW}</span></footer>"
         "</article>", "2025-02-03"),
        (f"<article><header><p class='updated'>{OLD.replace('<time', '<time class=updated')}</p>"
         f"{NEW}<h1>Le moulin</h1></header>{TEXT}</article>", "2025-02-03"),
        (f"<h1>Sujet</h1><article>{NEW}{TEXT}</article><article>{OLD}{TEXT}</article>",
         "2025-02-03"),
        (f"<article><h1>Le moulin</h1>{OLD}<span itemprop='datePublished' content='2025-02-03'>"
         f"</span>{TEXT}</article>", "2025-02-03"),
        (f"<article class='category-agenda'><h1>Le moulin</h1><time>3 février 2025</time>{TEXT}"
         "</article>", "2025-02-03"),
    ],
)  # fmt: skip
def test_the_date_of_a_page_is_its_own(body: str, expected: str | None) -> None:
    assert html.from_text(f"<title>Le moulin</title>{body}", "a").metadata.date == expected


def test_what_a_page_says_of_other_articles_is_not_said_of_it() -> None:
    said = (
        '[{"@type": "WebPage", "name": "Site"}, {"@type": "NewsArticle", "headline": "Autre", '
        '"datePublished": "2019-01-01"}, {"@type": "NewsArticle", "headline": "Le moulin", '
        '"datePublished": "2025-02-03"}]'
    )
    page = f"<script type='application/ld+json'>{said}</script><h1>Le moulin</h1>{TEXT}"
    about = html.from_text(page, "a").metadata
    assert (about.title, about.date) == ("Le moulin", "2025-02-03")


def test_the_name_of_a_picture_is_not_the_title_of_its_page() -> None:
    page = "<body><svg><title>Logo de la Ville</title></svg><h1>Le moulin</h1><h1>Roue</h1></body>"
    assert html.from_text(page + TEXT, "a").metadata.title != "Logo de la Ville"
