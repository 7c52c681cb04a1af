"""``askdossier eval`` over fake models: what it prints, writes and refuses, and how it ends."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from askdossier import models
from askdossier.cli import app
from askdossier.cli.terminal import environment_language
from askdossier.evaluate import Report, evaluate, html
from askdossier.evaluate.questions import write_questions
from askdossier.evaluate.texts import WORDS, ReportLanguage
from askdossier.settings import Settings
from fakes import FakeEmbedder, FakeWriter
from test_evaluate_run import FILES, QUESTIONS, Knowing, dossier_of


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with an index of ``FILES`` and a question file, and nobody's settings."""
    for name in (*os.environ, "LC_ALL"):
        if name.startswith(("ASKDOSSIER_", "LC_")):
            monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASKDOSSIER_STRICTNESS", "0.15")  # of the fake embedder
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(models, "load_embedder", lambda *_, **__: FakeEmbedder())
    monkeypatch.setattr(models, "load_writer", lambda *_, **__: Knowing())
    for name, content in FILES.items():
        (tmp_path / "corpus").mkdir(exist_ok=True)
        (tmp_path / "corpus" / name).write_text(content, encoding="utf-8")
    assert run("index", "corpus").exit_code == 0
    write_questions(tmp_path / "mine.jsonl", QUESTIONS)
    yield tmp_path


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=typed)


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


def test_a_run_prints_and_writes_its_report(here: Path) -> None:
    result = run("eval", "mine.jsonl")
    assert result.exit_code == 0, result.stderr
    assert re.search(r"right +100.0%", result.stdout)
    assert re.search(r"hallucination +0.0%", result.stdout)
    assert "askdossier eval judge" in result.stdout  # the judge is the checker, and it says so
    folder = here / "evaluation" / "mine"
    assert {"answers.jsonl", "report.json", "report.html", "run.json"} <= {
        file.name for file in folder.iterdir()
    }
    assert len(Report.load(folder).results) == 4


def test_french_where_the_system_is(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert "abstention à tort" in run("eval", "mine.jsonl").stdout
    assert "hallucination" in run("eval", "mine.jsonl", "--lang", "en").stdout
    assert environment_language({"LC_ALL": "en_US.UTF-8", "LANG": "fr_FR"}) == "en"
    assert environment_language({}) == "en"


def test_bounds_end_with_their_own_status(here: Path) -> None:
    kept = run("eval", "mine.jsonl", "--fail-under", "right=0.9", "--fail-under", "error=0.1")
    assert kept.exit_code == 0
    assert "bound" not in kept.stderr
    missed = run("eval", "mine.jsonl", "--fail-under", "total_s_p50=0", "--fail-under", "right=1")
    assert missed.exit_code == 3
    assert "total_s_p50 is" in missed.stderr
    assert "right is" not in missed.stderr
    nothing = run("eval", "mine.jsonl", "--limit", "3", "--fail-under", "hallucination=0.5")
    assert nothing.exit_code == 3
    assert "hallucination has no value" in nothing.stderr


def test_a_run_is_compared_with_an_earlier_one(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("eval", "mine.jsonl", "--out", "good").exit_code == 0
    monkeypatch.setattr(models, "load_writer", lambda *_, **__: FakeWriter(yes=0.001, name="mute"))
    result = run("eval", "mine.jsonl", "--out", "bad", "--baseline", "good")
    assert result.exit_code == 0, result.stderr
    assert re.search(r"error +0.0% +100.0% +\+100.0% +", result.stdout)
    page = (here / "bad" / "report.html").read_text(encoding="utf-8")
    assert "Compared with good" in page
    assert page.index("Questions that got worse") < page.index(QUESTIONS[0].text)


def test_another_writer_needs_another_folder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("eval", "mine.jsonl").exit_code == 0
    monkeypatch.setattr(models, "load_writer", lambda *_, **__: FakeWriter(name="other"))
    assert "the writer changed" in refused("eval", "mine.jsonl")


def test_what_cannot_be_done_is_told(here: Path) -> None:
    assert "cannot be read" in refused("eval", "missing.jsonl")
    assert "no metric rihgt" in refused("eval", "mine.jsonl", "--fail-under", "rihgt=1")
    assert "goes from 0 to 1" in refused("eval", "mine.jsonl", "--fail-under", "right=80")
    assert "write it as right=0.8" in refused("eval", "mine.jsonl", "--fail-under", "right")
    assert "choose en or fr" in refused("eval", "mine.jsonl", "--lang", "de")
    assert "folder of a finished run" in refused("eval", "mine.jsonl", "--baseline", "nowhere")
    assert "judge" in refused("eval", "mine.jsonl", "--judge", "no such judge")
    assert "askdossier index" in refused("eval", "mine.jsonl", "--index", "nowhere")
    assert not (here / "evaluation").exists()


def test_the_writer_may_judge(here: Path) -> None:
    result = run("eval", "mine.jsonl", "--judge", "writer")
    assert result.exit_code == 0, result.stderr
    report = Report.load(here / "evaluation" / "mine")
    assert report.judge == "writer fake-writer, calibrated"
    assert not report.judge_is_checker
    assert (here / "evaluation" / "mine" / "judgements.jsonl").exists()


# --- the page -------------------------------------------------------------------------------------


class Reader(HTMLParser):
    """Collects what a browser would fetch or run, the tags left open, and the text."""

    VOID = frozenset("meta br input use path".split())

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.open: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.fetched += [
            value
            for name in ("src", "href", "xlink:href", "data")
            if (value := named.get(name)) and not value.startswith("#")
        ]
        if tag in {"script", "link", "iframe", "object"}:
            self.fetched.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("page")
    settings = Settings(
        folder / "corpus", folder / "index", strictness=0.15
    )  # of the fake embedder
    settings.corpus.mkdir()
    for name, content in FILES.items():
        (settings.corpus / name).write_text(content, encoding="utf-8")
    dossier = dossier_of(settings)
    dossier.sync()
    return evaluate(dossier, QUESTIONS)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_needs_nothing_else(report: Report, language: ReportLanguage) -> None:
    page = html.page(report, WORDS[language], report, "itself")
    reader = Reader()
    reader.feed(page)
    assert reader.fetched == []
    assert reader.open == []
    assert "url(" not in re.sub(r"url\(#\w+\)", "", page)
    assert page.count("<svg") == 5
    said = " ".join(reader.said)
    for question in QUESTIONS:
        assert question.text in said
    assert '<mark class="both"' in page
    assert html.page(report, WORDS[language], report, "itself") == page


def test_what_documents_and_models_say_is_never_markup(report: Report) -> None:
    evil = '<script>alert("x")</script> $x$ <b>'
    first = report.results[0]
    claims = (replace(first.answer.claims[0], text=evil, about=evil),)
    answer = replace(first.answer, claims=claims, remark=evil)
    spoilt = replace(
        first,
        question=replace(first.question, id=evil, text=evil, kind=evil),
        reply=replace(first.reply, answer=answer),
    )
    page = html.page(replace(report, results=(spoilt, *report.results[1:])), WORDS["en"])
    reader = Reader()
    reader.feed(page)
    assert reader.fetched == []
    assert "".join(reader.said).count("<script>") >= 5


def test_both_languages_say_everything() -> None:
    french, english = WORDS["fr"], WORDS["en"]
    for words in ("metrics", "groups", "faults", "support", "marks", "said"):
        assert getattr(french, words).keys() == getattr(english, words).keys(), words
    assert french.value("right", 0.8234) == "82,3\u202f%"
    assert english.value("right", -0.8234, signed=True) == "−82.3%"
    assert english.value("total_s_p50", 1234.5, signed=True) == "+1,234.50\u00a0s"
    assert french.value("prompt_tokens_p50", 1234.4) == "1\u202f234"
    assert english.value("error", 0.0, signed=True) == "0.0%"
    assert english.short("total_s_p50") == "whole answer"
