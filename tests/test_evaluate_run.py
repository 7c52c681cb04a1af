"""A whole evaluation over fake models: kept, resumed, scored, and caught when something breaks."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from askdossier import verify
from askdossier.core import Answer, Choice, Document, Heading, Prompt, Source, Span, Stop
from askdossier.core import Progress as Step
from askdossier.dossier import Dossier
from askdossier.evaluate import Gold, InvalidQuestions, Question, Report, RunMismatch, evaluate
from askdossier.evaluate.judges import Judgement, Premise
from askdossier.evaluate.scoring import premise
from askdossier.settings import Settings
from fakes import FakeEmbedder, FakeWriter

FILES = {
    "atelier.md": (
        "# L’atelier de Kerlann\n\n"
        "L’atelier de Kerlann emploie 34 salariés. Il a été fondé en 1998 par Maëlle Guivarc’h.\n\n"
        "Son budget annuel est de 2,4 millions d’euros. La région en verse la moitié.\n"
    ),
    "criee.md": (
        "# La criée de Port-Ellery\n\n"
        "La criée de Port-Ellery a fermé le 7 novembre 2025. Quarante-deux personnes y "
        "travaillaient.\n"
    ),
}
SAID = {
    "Combien de salariés l’atelier de Kerlann emploie-t-il ?": (
        "L’atelier de Kerlann emploie 34 salariés."
    ),
    "Quel est le budget annuel de l’atelier de Kerlann ?": (
        "Le budget annuel de l’atelier de Kerlann est de 2,4 millions d’euros."
    ),
    "La criée de Port-Ellery a fermé quel jour de novembre 2025 ?": (
        "La criée de Port-Ellery a fermé le 7 novembre 2025."
    ),
}
UNKNOWN = "Quelle est la capitale de l’Australie ?"
STAFF, BUDGET, CLOSED = SAID
QUESTIONS = (
    Question(
        "q1", STAFF, True, "fr", "fact", ("34",), (Gold("atelier.md", "emploie 34 salariés"),)
    ),
    Question(
        "q2", BUDGET, True, "fr", "fact", ("2,4 millions",), (Gold("atelier.md", "2,4 millions"),)
    ),
    Question(
        "q3", CLOSED, True, "fr", "why", ("7 novembre",), (Gold("criee.md", "le 7 novembre 2025"),)
    ),
    Question("q4", UNKNOWN, False, "fr", "no-answer"),
)


class Knowing(FakeWriter):
    """Knows ``SAID``, and that it knows nothing else."""

    def __init__(self) -> None:
        super().__init__(reply=self._say)
        self.asked: list[str] = []

    @staticmethod
    def _known(prompt: Prompt) -> str | None:
        return next((said for asked, said in SAID.items() if asked in prompt.user), None)

    def _say(self, prompt: Prompt) -> str:
        return self._known(prompt) or "Canberra."

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        self.asked.append(prompt.user)
        yes = 0.99 if self._known(prompt) else 0.001
        return Choice((yes, *((1 - yes) / (len(options) - 1) for _ in options[1:])))


@pytest.fixture(autouse=True, scope="module")
def _no_flushing() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("evaluated")
    found = Settings(folder / "corpus", folder / "index", strictness=0.15)  # of the fake embedder
    _write(found, FILES)
    return found


def _write(settings: Settings, files: dict[str, str]) -> None:
    for name, content in files.items():
        settings.corpus.mkdir(parents=True, exist_ok=True)
        (settings.corpus / name).write_text(content, encoding="utf-8")
    Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter()).sync()


def dossier_of(settings: Settings, writer: FakeWriter | None = None) -> Dossier:
    return Dossier(settings, embedder=FakeEmbedder(), writer=writer or Knowing())


def value(report: Report, metric: str) -> float:
    figure = report.figure(metric)
    assert figure is not None, metric
    return figure.value


# --- a run ----------------------------------------------------------------------------------------


def test_a_good_run(settings: Settings) -> None:
    report = evaluate(dossier_of(settings), QUESTIONS)
    perfect = ("right", "cites_gold", "gold_recall", "valid", "language", "alce_recall")
    assert {metric: value(report, metric) for metric in perfect} == dict.fromkeys(perfect, 1.0)
    assert value(report, "hallucination") == value(report, "error") == 0
    assert report.judge_is_checker
    assert [result.faults for result in report.results] == [()] * 4
    first = report.results[0].reply
    assert first.prompt_tokens > first.written_tokens > 0
    assert first.memory > 1e6
    staff = report.results[0].shown[0]
    assert any(p.mark == "both" and "34 salariés" in p.text for p in staff.pieces)
    body = dossier_of(settings).documents["atelier.md"].text
    assert body[staff.start : staff.start + len(staff.text)] == staff.text


def test_what_is_asked_for_is_told(settings: Settings) -> None:
    steps: list[Step] = []
    evaluate(dossier_of(settings), QUESTIONS, report=steps.append)
    assert {step.stage for step in steps} == {"answer", "score"}
    assert all(step.done <= step.total == 4 for step in steps)


def test_the_same_answers_give_the_same_report(settings: Settings, tmp_path: Path) -> None:
    def shown() -> str:
        report = evaluate(dossier_of(settings), QUESTIONS, out=tmp_path / "run", seed=5)
        report = replace(report, time="", scoring_seconds=0.0)
        report.save(tmp_path / "report.json")
        return (tmp_path / "report.json").read_text(encoding="utf-8")

    assert shown() == shown()
    assert Report.load(tmp_path / "report.json").results


# --- kept and resumed -----------------------------------------------------------------------------


class Crashing(Knowing):
    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        if len(self.asked) == 2:
            raise KeyboardInterrupt
        return super().choose(prompt, options, stop, prefix=prefix)


def test_a_killed_run_goes_on_where_it_was(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        evaluate(dossier_of(settings, Crashing()), QUESTIONS, out=tmp_path)
    answers = tmp_path / "answers.jsonl"
    kept = answers.read_bytes()
    assert kept.count(b"\n") == 2
    answers.write_bytes(kept + b'{"id": "q3", "ques')  # killed while writing
    writer = Knowing()
    report = evaluate(dossier_of(settings, writer), QUESTIONS, out=tmp_path)
    assert len(writer.asked) == 2
    assert answers.read_bytes().startswith(kept)
    assert [result.question.id for result in report.results] == ["q1", "q2", "q3", "q4"]
    assert value(report, "right") == 1


def test_only_new_and_reworded_questions_are_asked(settings: Settings, tmp_path: Path) -> None:
    evaluate(dossier_of(settings), QUESTIONS[:2], out=tmp_path)
    writer = Knowing()
    reworded = replace(QUESTIONS[0], text=CLOSED, answers=("7 novembre",), gold=QUESTIONS[2].gold)
    corrected = replace(QUESTIONS[1], answers=("trois millions",))
    report = evaluate(dossier_of(settings, writer), (reworded, corrected), out=tmp_path)
    assert len(writer.asked) == 1
    assert [result.scores["right"] for result in report.results] == [1, 0]


def test_an_index_that_changed_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "corpus", tmp_path / "index")
    _write(settings, FILES)
    evaluate(dossier_of(settings), QUESTIONS[:1], out=tmp_path / "run")
    before = (tmp_path / "run" / "answers.jsonl").read_bytes()
    _write(settings, {"nouveau.md": "# Un ajout\n\nLe quai est fermé.\n"})
    with pytest.raises(RunMismatch, match=r"documents or the embedder changed.*--out"):
        evaluate(dossier_of(settings), QUESTIONS, out=tmp_path / "run")
    stricter = replace(settings, strictness=0.5)
    (tmp_path / "corpus" / "nouveau.md").unlink()
    dossier_of(settings).sync()
    with pytest.raises(RunMismatch, match="the settings changed"):
        evaluate(dossier_of(stricter), QUESTIONS, out=tmp_path / "run")
    assert (tmp_path / "run" / "answers.jsonl").read_bytes() == before


def test_a_damaged_answer_names_its_line(settings: Settings, tmp_path: Path) -> None:
    evaluate(dossier_of(settings), QUESTIONS[:2], out=tmp_path)
    file = tmp_path / "answers.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[0] + b"{}\n")
    with pytest.raises(RunMismatch, match="line 2 is damaged"):
        evaluate(dossier_of(settings), QUESTIONS, out=tmp_path)


def test_two_processes_do_not_write_one_run(settings: Settings, tmp_path: Path) -> None:
    import filelock

    with (
        filelock.FileLock(tmp_path / "lock"),
        pytest.raises(RunMismatch, match="Another process"),
    ):
        evaluate(dossier_of(settings), QUESTIONS, out=tmp_path)


def test_gold_that_is_not_there_is_told_before_anything_is_asked(settings: Settings) -> None:
    writer = Knowing()
    lost = replace(QUESTIONS[0], id="lost", gold=(Gold("atelier.md", "jamais écrit"),))
    missing = replace(QUESTIONS[0], id="missing", gold=(Gold("parti.md", "34"),))
    with pytest.raises(InvalidQuestions) as raised:
        evaluate(dossier_of(settings, writer), (*QUESTIONS, lost, missing))
    assert "lost: atelier.md does not hold “jamais écrit”" in str(raised.value)
    assert "missing: parti.md is not in the dossier" in str(raised.value)
    assert not writer.asked


# --- what breaks is caught by the metric meant for it ---------------------------------------------

FLOORS = {"right": 0.9, "gold_precision": 0.9, "valid": 1.0, "alce_recall": 0.9, "language": 1.0}
CEILINGS = {"hallucination": 0.1, "error": 0.1}


class Broken(Dossier):
    """Gives its answers through a function that spoils them."""

    spoil: Callable[[Answer], Answer]

    def ask(self, question: str, *arguments: object, **named: object) -> Answer:
        return self.spoil(super().ask(question))


def broken(settings: Settings, spoil: Callable[[Answer], Answer]) -> set[str]:
    """The bounds that the spoilt answers miss."""
    dossier = Broken(settings, embedder=FakeEmbedder(), writer=Knowing())
    dossier.spoil = spoil
    report = evaluate(dossier, QUESTIONS)
    return {metric.name for metric, _, _ in report.missed(FLOORS | CEILINGS)}


def test_nothing_broken_misses_no_bound(settings: Settings) -> None:
    assert broken(settings, lambda answer: answer) == set()


def test_shuffled_citations_are_caught(settings: Settings) -> None:
    """Each sentence cites what another answer cites: all quotes stand, none is the right one."""
    dossier = dossier_of(settings)
    given = [dossier.ask(question.text) for question in QUESTIONS[:3]]
    next_one = dict(zip((a.question for a in given), [*given[1:], given[0]], strict=True))

    def shuffled(answer: Answer) -> Answer:
        if answer.abstained:
            return answer
        other = next_one[answer.question].claims[0]
        return replace(
            answer,
            claims=tuple(replace(claim, citations=other.citations) for claim in answer.claims),
        )

    assert broken(settings, shuffled) == {"gold_precision", "alce_recall"}


def test_shifted_offsets_are_caught(settings: Settings) -> None:
    def shifted(answer: Answer) -> Answer:
        claims = tuple(
            replace(
                claim,
                citations=tuple(
                    replace(c, span=Span(c.span.start + 1, c.span.end + 1)) for c in claim.citations
                ),
            )
            for claim in answer.claims
        )
        return replace(answer, claims=claims)

    assert broken(settings, shifted) == {"valid", "alce_recall"}


def test_answering_everything_is_caught(settings: Settings) -> None:
    sure = replace(settings, strictness=0.0)
    dossier = dossier_of(sure, FakeWriter(reply=Knowing()._say, yes=1.0))
    report = evaluate(dossier, QUESTIONS)
    assert {m.name for m, _, _ in report.missed(FLOORS | CEILINGS)} == {"hallucination"}
    assert report.results[3].faults[0] == "hallucination"


def test_answering_nothing_is_caught(settings: Settings) -> None:
    report = evaluate(dossier_of(settings, FakeWriter(yes=0.001)), QUESTIONS)
    missed = {metric.name for metric, _, _ in report.missed(FLOORS | CEILINGS)}
    assert {"error", "right"} <= missed
    assert "hallucination" not in missed
    assert report.results[0].faults[0] == "abstained"


def test_a_slow_check_is_told_apart_from_slow_writing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = verify.check

    def writing(prompt: Prompt) -> str:
        time.sleep(0.3)
        return Knowing()._say(prompt)

    def checking(*given: Any) -> verify.Verdict:
        time.sleep(0.3)
        return check(*given)

    slow = evaluate(dossier_of(settings, FakeWriter(writing)), QUESTIONS[:3])
    assert value(slow, "check_s_p50") <= value(slow, "total_s_p50") - 0.3
    monkeypatch.setattr(verify, "check", checking)
    slow = evaluate(dossier_of(settings), QUESTIONS[:3])
    assert 0.3 <= value(slow, "check_s_p50") <= value(slow, "total_s_p50")


def test_the_wrong_language_is_caught(settings: Settings) -> None:
    """The very citations and the right figure, but said in English."""
    english = {
        STAFF: "The workshop of Kerlann has 34 employees.",
        BUDGET: "The budget of the workshop is 2,4 millions.",
        CLOSED: "The auction hall was closed on the 7 novembre.",
    }

    def translated(answer: Answer) -> Answer:
        claims = (replace(claim, text=english[answer.question]) for claim in answer.claims)
        return replace(answer, claims=tuple(claims))

    assert "language" in broken(settings, translated)
    assert not {"gold_precision", "valid", "right"} & broken(settings, translated)


def test_a_mark_of_nothing_counts_against_precision(settings: Settings) -> None:
    def marked(answer: Answer) -> Answer:
        claims = (replace(claim, text=f"{claim.text} [7]") for claim in answer.claims)
        return replace(answer, claims=tuple(claims))

    dossier = Broken(settings, embedder=FakeEmbedder(), writer=Knowing())
    dossier.spoil = marked
    assert value(evaluate(dossier, QUESTIONS), "alce_precision") == 0


# --- the judge ------------------------------------------------------------------------------------


class Stern:
    """A judge who believes nothing, and remembers what it was asked."""

    name = "stern"

    def __init__(self) -> None:
        self.asked = 0

    def judge(
        self,
        sentence: str,
        language: str,
        premises: Sequence[Premise],
        question: str | None = None,
    ) -> Judgement:
        self.asked += 1
        return Judgement("unsupported", 0.1)


def test_another_judge_is_asked_once(settings: Settings, tmp_path: Path) -> None:
    judge = Stern()
    report = evaluate(dossier_of(settings), QUESTIONS, out=tmp_path, judge=judge)
    assert value(report, "alce_recall") == 0
    assert value(report, "right") == 1
    assert (report.judge, report.judge_is_checker) == ("stern", False)
    assert report.results[0].faults == ("unsupported",)
    asked = judge.asked
    file = tmp_path / "judgements.jsonl"
    file.write_bytes(file.read_bytes() + b'["half a li')
    evaluate(dossier_of(settings), QUESTIONS, out=tmp_path, judge=judge)
    assert judge.asked == asked > 0


# --- comparison and trade-off ---------------------------------------------------------------------


def test_two_runs_are_compared_on_the_questions_of_both(settings: Settings) -> None:
    many = [replace(QUESTIONS[i % 3], id=f"n{i}") for i in range(9)]
    good = evaluate(dossier_of(settings), [*many, QUESTIONS[3]])
    bad = evaluate(dossier_of(settings, FakeWriter(yes=0.001)), many)
    changes = {change.metric: change for change in good.changes(bad)}
    assert changes["right"].difference.questions == 9
    assert (changes["right"].before, changes["right"].after) == (0, 1)
    assert changes["right"].difference.mean == 1
    assert changes["right"].better is True
    assert changes["error"].difference.mean == -1
    assert changes["error"].better is True
    back = {change.metric: change for change in bad.changes(good)}
    assert back["error"].better is False
    same = {change.metric: change for change in good.changes(good)}
    assert same["right"].better is None


def test_the_price_of_abstaining(settings: Settings) -> None:
    """Confidence 0.9 and 0.4 where the dossier says, 0.6 where it does not."""
    sure = {"q1": 0.9, "q2": 0.4, "q4": 0.6}
    report = evaluate(dossier_of(replace(settings, strictness=0.0)), QUESTIONS)
    results = [
        replace(
            result,
            reply=replace(
                result.reply,
                answer=replace(result.answer, abstained=False, confidence=sure[result.question.id]),
            ),
        )
        for result in report.results
        if result.question.id in sure
    ]
    points = replace(report, results=tuple(results)).trade()
    assert [(round(p.strictness, 3), p.hallucination, p.error) for p in points] == [
        (0.0, 1.0, 0.0),
        (0.4, 1.0, 0.5),
        (0.6, 0.0, 0.5),
        (0.9, 0.0, 1.0),
    ]
    assert replace(report, results=report.results[:2]).trade() == ()


def test_a_report_of_something_else_is_told(tmp_path: Path) -> None:
    from askdossier.core import DossierError

    with pytest.raises(DossierError, match="folder of a finished run"):
        Report.load(tmp_path)
    (tmp_path / "report.json").write_text(json.dumps({"results": 3}), encoding="utf-8")
    with pytest.raises(DossierError, match="not a report of this version"):
        Report.load(tmp_path)


def test_a_premise_stands_under_its_headings() -> None:
    text = "Une\nDeux\nTrois\nMots."
    headings = tuple(
        Heading(Span(text.index(word), text.index(word) + len(word)), level)
        for word, level in (("Une", 1), ("Deux", 2), ("Trois", 2))
    )
    document = Document("a", "Titre", text, "fr", Source("a", "0", date="2025"), headings)
    found = premise(document, Span(text.index("Mots"), len(text)))
    assert found == Premise("Mots.", "Titre › Une › Trois", "2025")
    assert premise(document, headings[0].span).title == "Titre › Une"
