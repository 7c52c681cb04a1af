"""Whose words a sentence is, for questions for what somebody says."""

from __future__ import annotations

import pytest

from askdossier.ask.speaking import Speaker
from askdossier.core import Evidence
from askdossier.index import Index
from askdossier.settings import Settings
from small_dossier import dossier_of, write

BODY = (
    "# Le bac de Brévelan\n\nAnne Roux a visité le bac lundi. En 2024, elle a déclaré : « Il faut "
    "parler de tout nouveau bac. Un bac sans pilote reste dangereux. » Paul Mercier était absent. "
    "« Le pilote coûte cher. Il partira en mai », répond la mairie.\n"
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, quick_syncs: None) -> Index:
    folder = tmp_path_factory.mktemp("speaking")
    write(folder / "corpus", {"bac.md": BODY})
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    dossier_of(settings).sync()
    return Index.open(settings.index, None)


@pytest.mark.parametrize(
    ("name", "words", "says"),
    [
        ("Anne Roux", "En 2024", True),
        ("Anne Roux", "Un bac sans pilote", True),
        ("Anne Roux", "Paul Mercier était", False),
        ("Anne Roux", "Il partira", False),
        ("Paul Mercier", "Un bac sans pilote", False),
        ("la mairie", "Il partira", True),
    ],
)
def test_the_sentences_of_a_quotation_are_all_theirs(
    index: Index, name: str, words: str, says: bool
) -> None:
    body = index.documents["bac.md"].text
    spans = [span for one in index.passages_of("bac.md") for span in one.sentences]
    (span,) = [span for span in spans if span.of(body).lstrip("« ").startswith(words)]
    evidence = Evidence("bac.md", span, span.of(body), 1.0, "")
    assert Speaker(index, name).says(evidence) is says
