"""The chat's HTML and its turn-taking, without a browser."""

from __future__ import annotations

import dataclasses
import itertools
import re
import threading
import time
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdossier import lang
from askdossier.core import (
    Answer,
    Calibration,
    Citation,
    Claim,
    Document,
    Evidence,
    Failure,
    Heading,
    Locator,
    ModelMissing,
    PageStart,
    Passage,
    Place,
    Profile,
    Removal,
    Source,
    Span,
    Stop,
    WriterOffer,
)
from askdossier.web import render
from askdossier.web.conversations import Exchange, Listed
from askdossier.web.library import Listing, Row
from askdossier.web.stepwise import Wait
from askdossier.web.texts import (
    TEXTS,
    Interface,
    Texts,
    date_in_words,
    preferred,
    seconds_in_words,
)
from askdossier.web.turn import Line, Turn
from askdossier.web.turn import take_turn as _take_turn
from several_parts import FORMS, cited_in, several_parts, turn_of
from web_fake import (
    CLAIMS,
    COMPARED,
    DOCUMENTS,
    EVIDENCE,
    LISTED,
    FakeDossier,
    Prepared,
)

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)">',
    "<svg onload=alert(1)>",
    "<svg><script href=data:,alert(1) /></svg>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<a href="javascript:alert(1)">x</a>',
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><input name=q></form>",
    "<math><mi//xlink:href=javascript:alert(1)>x</mi></math>",
    "<object data=javascript:alert(1)></object>",
    "<!-- comment --><b>bold</b>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><x>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "`-alert(1)-`${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#60;b&#62;",
    "[lien](javascript:alert(1)) ![image](//evil.example/x.png)",
    "# titre\n\n> citation\n\n```html\n<b>\n```\n| a | b |",
    "</mark></p></article></div><h1>dehors</h1>",
    "</template><img src=x onerror=alert(1)>",
    "</textarea></title></noscript><img src=x onerror=alert(1)>",
    "\u202egnirts\u202c \u200b\ufeff \x07 texte",
    "<" * 200 + "a" * 200,
    "x" * 10_000,
    "mot " * 2_500,
]

ELEMENTS = set(
    re.findall(
        r"\S+",
        """
    div header h1 h2 h3 p span button form label textarea aside section ol ul li details summary
    article mark a q main nav dialog input blockquote progress select option
""",
    )
)
ATTRIBUTES = set(
    re.findall(
        r"\S+",
        """
    class id lang dir type role tabindex hidden disabled for rows title href target rel
    placeholder autocomplete enterkeyhint aria-label aria-live aria-hidden aria-describedby
    aria-level data-do data-document data-within data-start data-end data-number data-key
    data-support aria-pressed
    data-quote data-from data-words data-tab data-format data-kind data-conversation
    aria-labelledby aria-controls aria-selected method value name
    placeholder min max step selected multiple
""",
    )
)


class Reader(HTMLParser):
    """Reads HTML and refuses every element and attribute that the renderer does not mean to use."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked: list[str] = []
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS
        if tag == "input":  # it has no end tag
            return
        for name, value in attrs:
            assert name in ATTRIBUTES
            assert name != "href" or (value or "").startswith(("http://", "https://"))
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "mark" in self._open:
            self.marked[-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment came through: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration came through: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction came through: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration came through: {data}")

    def with_class(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for _, attrs in self.elements if name in (attrs.get("class") or "").split()]


def _document(text: str, **about: str) -> Document:
    source = replace(Source("a.md", "0"), **about)  # type: ignore[arg-type]
    return Document("a.md", about.get("author", "Titre"), text, "fr", source)


def _passage(document: Document, span: Span) -> Passage:
    return Passage("a.md#0", document.id, span, "", (span,))


@pytest.fixture(params=["fr", "en"])
def texts(request: pytest.FixtureRequest) -> Texts:
    language: Interface = request.param
    return TEXTS[language]


# --- nothing from a document, a question or an answer is ever markup ---


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_are_only_text(payload: str, texts: Texts) -> None:
    hostile = Document(
        payload,
        payload,
        f"Avant. {payload} Après.",
        payload,
        Source(payload, "0", payload, payload, payload, payload, payload),
        (Heading(Span(0, 3), 1),),
    )
    documents = {hostile.id: hostile}
    quote = Span(7, 7 + len(payload))
    citation = Citation(1, hostile.id, quote, payload)
    claims = tuple(
        Claim(payload, support, (citation,), payload)
        for support in ("supported", "quoted", "partly", "unsupported")
    )
    evidence = (Evidence(hostile.id, quote, payload, 1.0, payload),)
    answer = Answer(payload, "fr", claims, False, "", evidence, {"total": 1.0})
    filed = tuple(replace(claim, about=payload) for claim in claims)
    laid_out = [
        Turn(
            payload,
            "done",
            evidence,
            filed,
            answer=replace(answer, claims=filed, form=form, remark=payload, doubtful=filed),
            form=form,
            message=payload,
        )
        for form in FORMS
    ]
    abstention = dataclasses.replace(answer, claims=(), abstained=True, message=payload)
    passage = Passage("p", hostile.id, Span(0, len(hostile.text)), payload, (quote,))
    row = Row(hostile, 3, ((quote, payload),))
    kept = Exchange("0" * 16, datetime.now(UTC), Turn(payload), {})
    used = render.InUse(
        Profile(payload, payload), payload, 0.5, Path(payload), Path(payload), Path(payload)
    )
    choosing = render.Choosing(payload, (WriterOffer(payload + "b", payload),), shared=False)
    place = render.Cited(hostile.id, quote, 2)
    steps = render.Steps(1, 2, place, place)
    learned = Calibration(payload, 1, 0.15, 0.1, 0.2, current=True)
    for markup in (
        render.settings(dataclasses.replace(used, calibration=learned), texts),
        render.shell(1, texts, (payload,)),
        render.library(Listing((row,), 9, (Failure(payload, payload),)), texts),
        render.conversations([Listed("0" * 16, payload, kept.asked, 1, payload)], texts),
        render.settings(used, texts),
        render.settings(dataclasses.replace(used, choosing=choosing, loaded=True), texts),
        render.lost_source(hostile, payload, texts),
        render.source(hostile, Span(0, 0), None, texts, removed=(Removal(payload, payload),)),
        render.source(
            hostile, Span(0, 3), passage, texts, others=(place,), steps=steps, note=payload
        ),
        render.turn(Turn(payload, "writing", evidence, claims), documents, texts),
        render.turn(Turn(payload, "done", evidence, claims, answer=answer), documents, texts),
        render.turn(Turn(payload, "done", evidence, claims, answer=answer), {}, texts),
        render.turn(Turn(payload, "done", evidence, (), answer=abstention), documents, texts),
        render.turn(Turn(payload, "failed", error=ModelMissing(payload)), documents, texts),
        render.source(hostile, quote, passage, texts, 1),
        render.source(hostile, quote, None, texts),
        render.source(hostile, Span(0, 0), None, texts),
        render.notice(payload, payload, payload),
        *(render.turn(turn, documents, texts) for turn in laid_out),
    ):
        Reader(markup)


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_survives_as_text(question: str, said: str) -> None:
    claims = (Claim(said, "supported", ()),)
    answer = Answer(question, "fr", claims, False, "", (), {})
    turn = Turn(question, "done", (), claims, answer=answer)
    read = Reader(render.turn(turn, {}, TEXTS["fr"]))
    assert question in read.text
    assert said in read.text


@pytest.mark.parametrize("said", ["Il dit « oui » : c’est 12 ?", "« a » ; « b »", "x" * 90 + " »"])
def test_french_punctuation_stays_with_its_word_and_no_character_changes(said: str) -> None:
    read = Reader(render.turn(Turn(said), {}, TEXTS["fr"]))
    assert said in read.text
    assert read.with_class("ad-unbroken")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "http:///x",
        "https:",
        "http://a\\@evil.example",
        "http://exa mple.org",
        "http://[::1",
        "ftp://example.org",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert render.safe_link(url) is None


def test_a_link_to_the_original_says_no_opener() -> None:
    url = 'https://example.org/a?b=1&c="2"'
    document = _document("Un texte.", url=url)
    read = Reader(render.source(document, Span(0, 0), None, TEXTS["fr"]))
    (link,) = [attrs for tag, attrs in read.elements if tag == "a"]
    assert link["href"] == url
    assert "noopener" in (link["rel"] or "")


# --- exactly the quoted words are marked ---


@settings(deadline=None)
@given(st.text(alphabet="ab <&\n«é\r😀", min_size=1, max_size=80), st.data())
def test_the_marked_words_are_the_quote(text: str, data: st.DataObject) -> None:
    borders = st.integers(0, len(text))
    first, second, third, fourth = sorted(data.draw(st.tuples(*[borders] * 4)))
    document = _document(text)
    quote, around = Span(second, third), Span(first, fourth)
    read = Reader(render.source(document, quote, _passage(document, around), TEXTS["fr"]))
    expected, at = [], 0
    for line in text.split("\n"):
        part = line[max(0, quote.start - at) : max(0, quote.end - at)]
        if part and not line.isspace():
            expected.append(part)
        at += len(line) + 1
    assert read.marked == expected


@settings(deadline=None)
@given(st.integers(0, 60_000), st.integers(1, 300))
def test_a_quote_of_a_long_document_is_shown_in_its_surroundings(start: int, length: int) -> None:
    text = " ".join(str(number) for number in range(20_000))
    document = _document(text)
    quote = Span(start, start + length)
    read = Reader(render.source(document, quote, None, TEXTS["fr"]))
    assert read.marked == [quote.of(text)]
    shown = read.text[read.text.index(read.marked[0]) :]
    assert len(read.text) < 50_000
    assert text[quote.start : quote.end + 1000] in shown


def test_without_a_quote_the_document_opens_at_its_beginning() -> None:
    document = DOCUMENTS["presse/criee.md"]
    read = Reader(render.source(document, Span(0, 0), None, TEXTS["fr"]))
    assert read.marked == []
    assert "publié." in read.text
    assert not read.with_class("ad-around")
    assert [attrs["aria-level"] for attrs in read.with_class("ad-heading")] == ["3", "4", "4"]


def test_the_source_panel_tells_where_the_words_come_from(texts: Texts) -> None:
    read = Reader(render.source(DOCUMENTS["presse/criee.md"], Span(0, 5), None, texts, 7))
    date = "8 novembre 2025" if texts.language == "fr" else "8 November 2025"
    for words in (
        "Source 7",
        "Le port de Kerlann ferme sa criée",
        "Anna Le Goff",
        "Le Courrier des ports",
        date,
        "CC BY 4.0",
        "presse/criee.md",
        texts.original,
    ):
        assert words in read.text


def test_pages_and_copies_are_told(texts: Texts) -> None:
    document = dataclasses.replace(_document("Un. Deux."), pages=(PageStart(0, 3), PageStart(4, 4)))
    copy = Place("presse/criee.md", Span(0, 5))
    citation = Citation(1, document.id, Span(4, 9), "Deux.", Locator(4), (copy, copy))
    claim = Claim("Deux.", "quoted", (citation,))
    documents = {**DOCUMENTS, document.id: document}
    read = Reader(render.turn(_answered((claim,)), documents, texts))
    assert texts.locator(Locator(4)) in read.text
    _, others = read.text.split(texts.also)  # once, whatever the number of copies
    assert DOCUMENTS["presse/criee.md"].title in others
    source = Reader(render.source(document, Span(0, 3), None, texts))
    assert texts.locator(Locator(3)) in source.text
    assert "as-image" in {attrs.get("data-do") for _, attrs in source.elements}
    sheet = dataclasses.replace(document, pages=(PageStart(0, 2, "sheet", "Budget & cie"),))
    source = Reader(render.source(sheet, Span(0, 3), None, texts))
    assert texts.locator(Locator(2, "sheet", "Budget & cie")) in source.text
    assert "as-image" not in {attrs.get("data-do") for _, attrs in source.elements}


def test_leaves_are_named_as_references_name_them() -> None:
    leaves = (Locator(3), Locator(2, "sheet", "Budget"), Locator(2, "sheet"), Locator(4, "slide"))
    for language, names in {
        "fr": ["p. 3", "feuille Budget", "feuille 2", "diapositive 4"],
        "en": ["p. 3", "sheet Budget", "sheet 2", "slide 4"],
    }.items():
        told = [lang.of(language).named(leaf) for leaf in leaves]
        assert [name.replace("\N{NO-BREAK SPACE}", " ") for name in told] == names


def test_the_source_panel_says_nothing_twice() -> None:
    document = _document("Un. Deux.", author="Titre", publisher="Titre")
    passage = dataclasses.replace(_passage(document, Span(0, 3)), heading="Titre › Suite")
    read = Reader(render.source(document, Span(0, 3), passage, TEXTS["fr"]))
    assert read.text.count("Titre") == 2  # the title, and the author who publishes it
    assert "Suite" in read.text


# --- an answer at a glance ---


def _answered(claims: tuple[Claim, ...]) -> Turn:
    answer = Answer("Quand ?", "fr", claims, not claims, "", EVIDENCE, {"total": 6.24})
    return Turn("Quand ?", "done", EVIDENCE, claims, answer=answer)


def test_each_sentence_shows_its_status_in_words_and_signs(texts: Texts) -> None:
    read = Reader(render.turn(_answered(CLAIMS), DOCUMENTS, texts))
    signs = [attrs for attrs in read.with_class("ad-sign") if attrs.get("role") == "img"]
    assert [attrs["aria-label"] for attrs in signs] == [
        texts.support[claim.support] for claim in CLAIMS
    ]
    assert CLAIMS[2].reason in read.text
    assert [attrs["data-number"] for attrs in read.with_class("ad-mark")] == ["1", "2", "3", "4"]


def test_a_mark_says_its_words_and_where_they_stand() -> None:
    read = Reader(render.turn(_answered(CLAIMS), DOCUMENTS, TEXTS["fr"]))
    for attrs, citation in zip(
        read.with_class("ad-mark"),
        [citation for claim in CLAIMS for citation in claim.citations],
        strict=True,
    ):
        assert attrs["data-quote"] == citation.quote
        text = DOCUMENTS[attrs["data-document"] or ""].text
        assert text[int(attrs["data-start"] or 0) : int(attrs["data-end"] or 0)] == citation.quote


# --- an answer of several parts ---


@settings(deadline=None)
@given(several_parts)
def test_each_citation_is_shown_as_often_as_it_is_cited(prepared: Prepared) -> None:
    read = Reader(render.turn(turn_of(prepared), DOCUMENTS, TEXTS["fr"]))
    marks = Counter(int(attrs["data-number"] or 0) for attrs in read.with_class("ad-mark"))
    assert marks == cited_in(prepared)
    assert "Tout est lu." in read.text
    for claim in (*prepared.claims, *prepared.doubtful):
        assert claim.text in read.text
        assert claim.about in read.text
    items = [tag for tag, attrs in read.elements if "ad-claim" in (attrs.get("class") or "")]
    left_out = len(prepared.doubtful)
    of_answer = "p" if prepared.form == "prose" else "li"
    assert items == [of_answer] * len(prepared.claims) + ["li"] * left_out
    assert (TEXTS["fr"].doubtful(left_out) in read.text) == (left_out > 0)


def test_claims_of_one_part_stand_under_its_heading(texts: Texts) -> None:
    for prepared, headings in ((LISTED, 2), (COMPARED, 3)):
        html = render.turn(turn_of(prepared), DOCUMENTS, texts)
        answer, behind = html.split('<p class="ad-remark"', 1)
        assert answer.count('<h3 data-key="about"') == headings
        at = [answer.index(f"{claim.about}</h3>") for claim in prepared.claims]
        assert at == sorted(at)
        assert behind.index(prepared.remark) < behind.index("<details")
        assert behind.index("</details>") < behind.index(texts.references)


def test_what_was_left_out_is_cited_but_has_no_card() -> None:
    turn = turn_of(LISTED)
    read = Reader(render.turn(turn, DOCUMENTS, TEXTS["fr"]))
    numbers = [citation.number for citation in turn.citations]
    assert numbers == [1, 2, 3, 4, 5, 6, 7]
    assert len(read.with_class("ad-number")) == 5


def test_parts_come_one_after_the_other_in_the_form_known_before_them() -> None:
    turns = take_turn(FakeDossier(), Line(), "Que compare-t-on ?", Stop())
    shown = [render.turn(turn, DOCUMENTS, TEXTS["fr"]) for turn in turns if turn.claims]
    assert len(shown) == len(COMPARED.claims) + 1  # and once more at the end
    assert all('class="ad-answer ad-table"' in html for html in shown)
    assert [html.count('data-key="about"') for html in shown] == [1, 1, 2, 2, 3, 4]
    for number, html in enumerate(shown[:-1], 1):
        assert TEXTS["fr"].checked(number) in html
    assert TEXTS["fr"].checked(len(COMPARED.claims)) not in shown[-1]


def test_what_is_said_before_the_claims_is_shown_before_them() -> None:
    turns = take_turn(FakeDossier(), Line(), "Qu’énumère-t-on ?", Stop())
    first = next(turn for turn in turns if turn.evidence)
    assert first.running
    assert LISTED.message in render.turn(first, DOCUMENTS, TEXTS["fr"])


def test_evidence_is_open_while_writing_and_what_is_not_cited_folded_afterwards() -> None:
    writing = Reader(render.turn(Turn("?", "writing", EVIDENCE), DOCUMENTS, TEXTS["fr"]))
    assert len(writing.with_class("ad-card")) == len(EVIDENCE)
    assert "details" not in [tag for tag, _ in writing.elements]
    done = Reader(render.turn(_answered(CLAIMS), DOCUMENTS, TEXTS["fr"]))
    assert "details" in [tag for tag, _ in done.elements]
    assert TEXTS["fr"].consulted(1) in done.text
    assert len(done.with_class("ad-card")) == 5  # four cited, one not


def test_an_abstention_says_so_and_shows_the_nearest_passages(texts: Texts) -> None:
    read = Reader(render.turn(_answered(()), DOCUMENTS, texts))
    assert texts.abstained in read.text
    assert texts.nearest in read.text
    assert len(read.with_class("ad-card")) == len(EVIDENCE)
    assert not read.with_class("ad-claim")
    assert not read.with_class("ad-others")


def test_a_language_that_is_not_known_is_told_in_that_of_the_interface() -> None:
    turn = _answered(CLAIMS)
    assert turn.answer is not None
    answer = replace(turn.answer, asked_in="de", cited_in=("es",))
    for texts, said in (
        (TEXTS["fr"], "La question semble être dans une autre langue (Deutsch)"),
        (TEXTS["en"], "in a language (español) that is not known here"),
    ):
        assert said in render.turn(replace(turn, answer=answer), DOCUMENTS, texts)
        assert 'data-key="unknown"' not in render.turn(turn, DOCUMENTS, texts)


def test_an_abstention_offers_what_may_answer_before_what_is_near(texts: Texts) -> None:
    turn = _answered(())
    assert turn.answer is not None
    answer = replace(turn.answer, possible=EVIDENCE[0])
    read = Reader(render.turn(replace(turn, answer=answer), DOCUMENTS, texts))
    assert read.text.index(texts.possible) < read.text.index(texts.nearest)
    assert read.text.count(EVIDENCE[0].quote) == 1
    assert len(read.with_class("ad-card")) == len(EVIDENCE)
    assert not read.with_class("ad-claim")


def test_an_abstention_folds_what_is_not_among_the_nearest(texts: Texts) -> None:
    """What only came along with other evidence, and more than five sentences."""
    spans = [Span(number, number + 1) for number in range(8)]
    evidence = tuple(
        Evidence("phare.txt", span, f"Phrase {span.start}.", span.start / 10, "phare.txt:0")
        for span in spans
    )
    beside = replace(evidence[-1], role="neighbour")
    answer = Answer("Quand ?", "fr", (), True, "", (*evidence[:-1], beside))
    html = render.turn(Turn("Quand ?", "done", answer.evidence, answer=answer), {}, texts)
    nearest, rest = html.split("ad-others", 1)
    opened = re.findall(r"Phrase (\d)", nearest)
    assert opened == ["6", "5", "4", "3", "2"]
    assert texts.consulted(3) in rest
    assert sorted(re.findall(r"Phrase (\d)", rest)) == ["0", "1", "7"]


def test_an_empty_dossier_says_how_to_add_documents(texts: Texts) -> None:
    read = Reader(render.shell(0, texts))
    assert all(step in read.text for step in texts.empty_steps)
    assert "disabled" in dict(read.elements)["textarea"]


def test_errors_say_what_happened_and_what_to_do(texts: Texts) -> None:
    turn = Turn("?", "failed", error=ModelMissing("writer.gguf is cut short"))
    read = Reader(render.turn(turn, {}, texts))
    for words in (*texts.failures[ModelMissing], "writer.gguf is cut short"):
        assert words in read.text
    assert texts.unexpected in Reader(render.turn(Turn("?", "failed"), {}, texts)).text


def test_every_error_of_a_question_has_words_of_its_own() -> None:
    assert TEXTS["fr"].failures.keys() == TEXTS["en"].failures.keys()


# --- looks ---


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [":root", ".dark"])
def test_text_stands_out_as_wcag_aa_asks(theme: str) -> None:
    style = resources.files("askdossier.web").joinpath("style.css").read_text(encoding="utf-8")
    colours = _colours(style.split(f"\n{theme} {{", 1)[1].split("}", 1)[0])
    pairs = [
        *itertools.product(("ink", "soft", "accent"), ("paper", "sheet", "accent-wash")),
        *itertools.product(("good", "warn", "bad"), ("paper", "sheet")),
        ("ink", "warn-wash"),
        *itertools.product(("ink", "soft"), ("bad-wash",)),
        ("on-accent", "accent"),
        ("marker-ink", "marker"),
    ]
    for front, back in pairs:
        lighter, darker = sorted(
            (_luminance(colours[front]), _luminance(colours[back])), reverse=True
        )
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (front, back)


# --- words ---


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("fr", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("de-DE,de;q=0.9,fr;q=0.5,en;q=0.3", "fr"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
        ("fr;q=0", "en"),
        (";;;,,q=,fr;q=x;en", "fr"),
    ],
)
def test_the_interface_follows_the_browser(header: str, language: str) -> None:
    assert preferred(header) == language


@pytest.mark.parametrize(
    ("iso", "french", "english"),
    [
        ("2025", "2025", "2025"),
        ("2025-11", "novembre 2025", "November 2025"),
        ("2025-11-07", "7 novembre 2025", "7 November 2025"),
        ("2025-05-01", "1er mai 2025", "1 May 2025"),
        ("2025-11-07T10:00:00Z", "7 novembre 2025", "7 November 2025"),
        ("2025-13", "2025-13", "2025-13"),
        ("hier", "hier", "hier"),
    ],
)
def test_dates_are_written_as_people_do(iso: str, french: str, english: str) -> None:
    assert date_in_words(iso, TEXTS["fr"]) == french
    assert date_in_words(iso, TEXTS["en"]) == english


def test_seconds_use_the_decimal_sign_of_the_language() -> None:
    assert seconds_in_words(6.24, TEXTS["fr"]) == "6,2"
    assert seconds_in_words(6.24, TEXTS["en"]) == "6.2"


# --- taking a turn ---


def take_turn(*given: Any, **named: Any) -> Generator[Turn]:
    """The turns, waiting where they say so."""
    with closing(_take_turn(*given, **named)) as turns:
        for turn in turns:
            if isinstance(turn, Wait):
                time.sleep(0.001)
            else:
                yield turn


def _states(turns: Iterator[Turn]) -> list[tuple[str, int, int]]:
    return [(turn.state, len(turn.evidence), len(turn.claims)) for turn in turns]


def test_evidence_comes_first_then_each_sentence() -> None:
    turns = take_turn(FakeDossier(), Line(), "Combien ?", Stop())
    assert _states(turns) == [
        ("searching", 0, 0),
        ("writing", 5, 0),
        ("writing", 5, 1),
        ("writing", 5, 2),
        ("writing", 5, 3),
        ("done", 5, 3),
    ]


@pytest.mark.parametrize("question", ["une panne", "imprévu", "x" * 3000])
def test_an_error_ends_the_turn_and_leaves_the_line_free(
    question: str, caplog: pytest.LogCaptureFixture
) -> None:
    dossier, line = FakeDossier(), Line()
    *_, last = take_turn(dossier, line, question, Stop())
    assert last.state == "failed"
    assert (last.error is None) == (question == "imprévu")
    assert bool(caplog.records) == (question == "imprévu")  # only a bug is logged
    *_, after = take_turn(dossier, line, "Combien ?", Stop())
    assert after.state == "done"


def test_stop_ends_the_computation_and_keeps_what_was_shown() -> None:
    dossier, stop = FakeDossier(pace=0.01), Stop()
    seen = []
    for turn in take_turn(dossier, Line(), "Combien ?", stop):
        seen.append(turn)
        if len(turn.claims) == 1:
            stop.set()
    assert seen[-1].state == "stopped"
    assert len(seen[-1].claims) == 1
    assert dossier.log in ([("Combien ?", "stopped")], [("Combien ?", "closed")])


def test_a_question_stopped_before_it_began_asks_nothing() -> None:
    dossier, stop = FakeDossier(), Stop()
    stop.set()
    assert [turn.state for turn in take_turn(dossier, Line(), "?", stop)] == [
        "searching",
        "stopped",
    ]
    assert dossier.log == []


def test_closing_the_turn_closes_the_computation() -> None:
    dossier, stop, line = FakeDossier(), Stop(), Line()
    turns = take_turn(dossier, line, "Combien ?", stop)
    for turn in turns:
        if turn.claims:
            break
    turns.close()
    assert stop.is_set()
    assert dossier.log == [("Combien ?", "closed")]
    with line.join() as place:
        assert place.ahead() == 0


def test_evidence_does_not_wait_in_line_but_writing_does() -> None:
    dossier, line = FakeDossier(), Line()
    with line.join():
        turns = take_turn(dossier, line, "Combien ?", Stop())
        assert next(turns).state == "searching"
        assert len(next(turns).evidence) == 5
        waiting = next(turns)
        assert (waiting.state, waiting.ahead) == ("waiting", 1)
    assert [turn.state for turn in turns][-1] == "done"


def test_so_many_questions_are_open_at_once_and_no_more() -> None:
    dossier, line = FakeDossier(), Line(most=3, most_each=2)
    with line.join(), ExitStack() as open_:
        for who in ("anne", "anne", "bert"):
            turns = open_.enter_context(closing(take_turn(dossier, line, "?", Stop(), who=who)))
            assert [next(turns).state for _ in range(3)] == ["searching", "writing", "waiting"]
        for who, words in (("anne", "2 of your questions"), ("cleo", "3 questions")):
            *_, last = take_turn(dossier, line, "?", Stop(), who=who)
            assert last.state == "failed"
            assert words in str(last.error)
    *_, last = take_turn(dossier, line, "?", Stop(), who="anne")
    assert last.state == "done"


def test_stop_leaves_the_line() -> None:
    dossier, line, stop = FakeDossier(), Line(), Stop()
    with line.join():
        seen = []
        for turn in take_turn(dossier, line, "Combien ?", stop):
            seen.append(turn.state)
            if turn.state == "waiting":
                stop.set()
        assert seen[-1] == "stopped"
    with line.join() as place:
        assert place.ahead() == 0


def test_the_line_is_fair_and_one_writes_at_a_time() -> None:
    dossier, line = FakeDossier(pace=0.01), Line()
    started: list[int] = []
    answers: dict[int, Turn] = {}

    def ask(number: int) -> None:
        for turn in take_turn(dossier, line, f"écho {number}", Stop()):
            if turn.claims and number not in started:
                started.append(number)
            answers[number] = turn

    threads = []
    with line.join() as first:
        for number in range(4):
            thread = threading.Thread(target=ask, args=(number,))
            thread.start()
            threads.append(thread)
            while number not in answers or answers[number].state != "waiting":
                pass
            assert answers[number].ahead == number + 1
        assert first.ahead() == 0
    for thread in threads:
        thread.join()
    assert started == [0, 1, 2, 3]
    assert dossier.most_writing == 1
    for number in range(4):
        assert answers[number].claims[0].text == f"Écho de écho {number}."
