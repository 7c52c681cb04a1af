"""Whatever the documents and the draft, every citation stands."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from askdossier.settings import Settings
from fakes import FakeWriter
from small_dossier import ask, dossier_of, figures

pytestmark = pytest.mark.usefixtures("quick_syncs")

_SPACE = st.sampled_from([" ", "\u00a0", "\u202f", "  "])
_NAMES = st.sampled_from(
    ["Maëlle Guivarc’h", "M. Le Goff", "l'Institut Berggruen", "Jean-Noël", "« La Nuit »", "ONU"]
)
_WORDS = st.sampled_from(
    "œuvre créateur naïf d'abord aujourd’hui été où ça lettre 1er p. ex. e.g. robots.txt "
    "l’IA générative « signé » – (voir) [3] mille etc. n’a pas grève".split(" ")
)
_FIGURES = st.sampled_from(["700", "1 842", "2,4 millions", "82 %", "900\u202f000 $", "1998"])


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence that looks French to a computer."""
    words = draw(st.lists(_WORDS | _FIGURES, min_size=3, max_size=9))
    end = draw(st.sampled_from([".", "\u00a0!", " ?", "…", ". »"]))
    return draw(_SPACE).join([draw(_NAMES), *words]) + end


@st.composite
def corpora(draw: st.DrawFn) -> dict[str, str]:
    paragraphs = st.lists(sentences(), min_size=1, max_size=4).map(" ".join)
    pages = draw(st.lists(st.lists(paragraphs, min_size=1, max_size=3), min_size=1, max_size=3))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    suffix = draw(st.sampled_from(["txt", "md"]))
    return {
        f"page {number}.{suffix}": newline.join(
            [f"# Titre n° {number}", "", *(f"{paragraph}{newline}" for paragraph in page)]
        )
        for number, page in enumerate(pages)
    }


@st.composite
def drafts(draw: st.DrawFn, files: dict[str, str]) -> str:
    """Sentences of the corpus, some with a figure or a word changed, among others."""
    known = re.split(r"(?<=[.!?…])\s+", " ".join(files.values()))
    sentence = st.sampled_from(known) | sentences()
    chosen = draw(st.lists(sentence, min_size=1, max_size=3))
    if draw(st.booleans()):
        chosen[0] = re.sub(r"\d+", "31337", chosen[0])
    return " ".join(chosen)


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_citation_stands_whatever_is_written(data: st.DataObject) -> None:
    files = data.draw(corpora())
    reply = data.draw(drafts(files))
    question = data.draw(sentences())
    folder = Path(tempfile.mkdtemp())
    try:
        for name, text in files.items():
            (folder / "corpus").mkdir(exist_ok=True)
            (folder / "corpus" / name).write_bytes(text.encode())
        settings = Settings(corpus=folder / "corpus", index=folder / "index", strictness=0.0)
        dossier = dossier_of(settings, FakeWriter(reply))
        report = dossier.sync()
        if report.passages == 0:
            return
        answer = ask(dossier, question)
        assert "31337" not in answer.text
        documents = dossier.documents
        for claim in answer.claims:
            cited = "".join(citation.quote for citation in claim.citations)
            dates = "".join(documents[c.document].source.date or "" for c in claim.citations)
            assert figures(claim.text) <= figures(cited + dates), claim
    finally:
        shutil.rmtree(folder)
