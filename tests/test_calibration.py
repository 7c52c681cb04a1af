"""Asking a writer what is known, fitting when to answer, going on where it was interrupted."""

from __future__ import annotations

import html
import itertools
import json
import math
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from askdossier import calibration, models
from askdossier.ask import policy, writing
from askdossier.ask.policy import calibrated, probed
from askdossier.ask.policy.signals import Signals
from askdossier.calibration import collecting, fitting
from askdossier.calibration.collecting import Row
from askdossier.cli import app
from askdossier.core import Choice, EmptyReply, Prompt, Stop, WriterFailed
from askdossier.dossier import Dossier
from askdossier.evaluate.correctness import holds_answer
from askdossier.evaluate.questions import Gold, Question, read_questions, write_questions
from askdossier.settings import Settings
from fakes import FakeEmbedder, FakeWriter
from model_server import LLAMA, MODELS, Body, Reply, bare, serving
from small_dossier import write

ROOT = Path(__file__).parents[1]
PLACES = (
    "Arvel Borny Cassac Dormeux Ervault Fignac Gerzat Hautrive Issoire Jarnac Kervic Lormes Morlac "
    "Nérac Orcival Pernes Quissac Rumigny Sorède Tournus Uzerche Varzy"
).split()
TONNES = {place: 100 + 7 * number for number, place in enumerate(PLACES)}


@pytest.fixture(scope="module")
def mills(tmp_path_factory: pytest.TempPathFactory, quick_syncs: None) -> Settings:
    """An index of as many documents as there are places, each with a figure of its own."""
    folder = tmp_path_factory.mktemp("mills")
    texts = {
        f"{place}.md": f"# {place}\n\nLe moulin de {place} livre {tonnes} tonnes de farine.\n"
        for place, tonnes in TONNES.items()
    }
    write(folder / "corpus", texts)
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter()).sync()
    return settings


def questions() -> tuple[Question, ...]:
    return tuple(
        Question(
            place,
            f"Combien de tonnes de farine le moulin de {place} livre-t-il ?",
            True,
            answers=(f"{tonnes} tonnes",),
            gold=(Gold(f"{place}.md", f"livre {tonnes} tonnes"),),
        )
        for place, tonnes in TONNES.items()
    )


@dataclass
class Reader(FakeWriter):
    """Says Yes as it knows better, or whatever it reads."""

    knows: bool = True
    fails_at: int = -1
    """Which reading fails."""
    stops_at: int = -1
    asked: list[str] = field(default_factory=list)

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        if len(self.asked) == self.fails_at:
            raise WriterFailed("The server is gone. Start it.")
        if len(self.asked) == self.stops_at:
            stop.set()
            return Choice((0.5, 0.5))
        self.asked.append(prompt.user)
        place = re.findall(r"moulin de (\w+) livre-t-il", prompt.user)[0]
        chance = len(self.asked) * 0.618 % 1
        holds = f"moulin de {place} livre {TONNES[place]}" in prompt.user
        yes = (0.55 + 0.44 * chance if holds else 0.5 * chance) if self.knows else chance
        return Choice((yes, 1 - yes))


def dossier_of(mills: Settings, writer: FakeWriter) -> Dossier:
    return Dossier(mills, embedder=FakeEmbedder(), writer=writer)


# --- asking ---------------------------------------------------------------------------------------


def test_each_question_is_read_with_its_evidence_and_without(mills: Settings, cards: Path) -> None:
    writer = Reader()
    rows = collecting.asked(
        dossier_of(mills, writer), questions(), "0", cards / "kept", None, Stop()
    )
    assert [(row.question, row.withheld) for row in rows] == [
        (place, withheld) for place in PLACES for withheld in (False, True)
    ]
    for row, (read, again) in zip(
        rows, zip(writer.asked[::2], writer.asked[1::2], strict=True), strict=True
    ):
        holds = holds_answer(read, (f"{TONNES[row.question]} tonnes",))
        assert holds is row.answers is (not row.withheld)
        assert "tonnes de farine." in read  # something else was found
        assert again.count("tonnes de farine.") == 1
        assert holds_answer(again, (f"{TONNES[row.question]} tonnes",)) is row.told


def test_where_there_would_be_no_answer_nothing_is_looked_at_again(
    mills: Settings, cards: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = Reader("Les extraits ne répondent pas à la question.")
    monkeypatch.setattr(writing, "quoted", lambda *_: ())  # no sentence answers in kind
    kept = cards / "kept"
    rows = collecting.asked(dossier_of(mills, silent), questions(), "0", kept, None, Stop())
    assert len(silent.asked) == len(rows) == 44
    assert {(row.again, row.told) for row in rows} == {(None, False)}


def test_what_informs_is_told_from_what_does_not(mills: Settings, cards: Path) -> None:
    knowing = calibration.calibrate(dossier_of(mills, Reader(name="knows")), questions())
    guessing = calibration.calibrate(
        dossier_of(mills, Reader(name="guesses", knows=False)), questions()
    )
    assert knowing.auc > 0.97 and knowing.judgement > 0.2
    assert knowing.at(0.4).hallucination <= 0.05 and knowing.at(0.4).error <= 0.2
    assert abs(guessing.judgement) < knowing.judgement / 2
    assert guessing.auc < knowing.auc
    assert {card.writer for card in calibrated.cards()} == {"knows", "guesses"}
    for name in ("knows", "guesses"):
        assert policy.of(name).calibrated
    assert (knowing.readings, knowing.answered) == (44, 22)
    assert not list(cards.glob("*.jsonl"))  # nothing is left of the work


def test_a_server_that_only_replies_is_calibrated_by_its_replies(
    mills: Settings, cards: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    def replying(body: Body) -> Reply:
        said = body["messages"][-1]["content"]
        asked = re.findall(r"moulin de (\w+) livre-t-il", said)
        if not asked:
            return bare(body)
        holds = f"moulin de {asked[0]} livre {TONNES[asked[0]]}" in said
        return Reply("Oui." if holds else "Non.")

    with serving(replying, {"/v1/models": MODELS, "/props": LLAMA}) as server:
        settings = replace(mills, writer=f"openai:{server.url}#small")
        dossier = Dossier(settings, embedder=FakeEmbedder())
        card = calibration.calibrate(dossier, questions())
        assert not dossier.profile.logprobs and dossier.profile.calibrated
    assert card.auc > 0.99 and not card.head and card.judgement > 0.2


def test_too_few_questions_are_refused(mills: Settings, cards: Path) -> None:
    with pytest.raises(calibration.NotCalibrated, match=r"5 readings .* takes 20 of each"):
        calibration.calibrate(dossier_of(mills, Reader()), questions()[:5])
    assert not list(calibrated.cards())


def test_the_default_writer_is_left_alone(mills: Settings, cards: Path) -> None:
    own = Reader(name=f"{probed.trained().writer} int8")
    with pytest.raises(calibration.NotCalibrated, match="comes calibrated"):
        calibration.calibrate(dossier_of(mills, own), questions())
    assert not own.asked


# --- interrupted ----------------------------------------------------------------------------------


def test_it_goes_on_where_a_failure_has_interrupted_it(mills: Settings, cards: Path) -> None:
    whole = calibration.calibrate(dossier_of(mills, Reader()), questions())
    broken = Reader(fails_at=18)
    with pytest.raises(WriterFailed):
        calibration.calibrate(dossier_of(mills, broken), questions())
    (kept,) = cards.glob("*.jsonl")
    kept.write_bytes(kept.read_bytes() + b'{"question": "half a li')
    again = Reader(asked=list(broken.asked))
    assert calibration.calibrate(dossier_of(mills, again), questions()) == whole
    assert len(again.asked) == 88  # none twice


def test_a_stop_keeps_what_was_asked_and_nothing_else(mills: Settings, cards: Path) -> None:
    stopped = Reader(stops_at=18)
    with pytest.raises(calibration.Stopped, match="run it again"):
        calibration.calibrate(dossier_of(mills, stopped), questions(), None, Stop())
    (kept,) = cards.glob("*.jsonl")
    assert len(kept.read_text("utf-8").splitlines()) == 1 + 9
    again = Reader(asked=list(stopped.asked))
    calibration.calibrate(dossier_of(mills, again), questions())
    assert len(again.asked) == 88


def test_what_was_asked_but_once_is_asked_again(mills: Settings, cards: Path) -> None:
    with pytest.raises(WriterFailed):
        calibration.calibrate(dossier_of(mills, Reader(fails_at=18)), questions())
    (kept,) = cards.glob("*.jsonl")
    first, *rest = kept.read_text("utf-8").splitlines()
    known = {name: value for name, value in json.loads(first).items() if name != "looks"}
    kept.write_text("\n".join([json.dumps(known), *rest]) + "\n", "utf-8")
    again = Reader()
    calibration.calibrate(dossier_of(mills, again), questions())
    assert len(again.asked) == 88


@dataclass
class Silent(Reader):
    """Judges, and says nothing."""

    def stream(
        self, prompt: Prompt, stop: Stop, *, prefix: str = "", max_tokens: int = 160
    ) -> Generator[str]:
        yield from ()
        raise EmptyReply("It gave an empty reply, twice.")


def test_a_writer_that_says_nothing_is_calibrated_all_the_same(
    mills: Settings, cards: Path
) -> None:
    assert calibration.calibrate(dossier_of(mills, Silent()), questions()).readings == 44


def test_what_was_asked_of_other_questions_is_asked_again(mills: Settings, cards: Path) -> None:
    with pytest.raises(WriterFailed):
        calibration.calibrate(dossier_of(mills, Reader(fails_at=9)), questions())
    others = tuple(replace(one, note="reworded") for one in questions())
    again = Reader()
    calibration.calibrate(dossier_of(mills, again), others)
    assert len(again.asked) == 88


@dataclass
class Shown(Reader):
    """Shows states, with numbers as large as some networks have them."""

    def examine(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        choice = self.choose(prompt, options, stop, prefix=prefix)
        state = 1e5 * np.array([[choice.probabilities[0], 0.3], [0.1, 1.0]], np.float32)
        return replace(choice, state=state)


def test_states_come_back_from_what_was_kept_as_they_were(mills: Settings, cards: Path) -> None:
    whole = calibration.calibrate(dossier_of(mills, Shown()), questions())
    broken = Shown(fails_at=22)
    with pytest.raises(WriterFailed):
        calibration.calibrate(dossier_of(mills, broken), questions())
    again = Shown(asked=list(broken.asked))
    assert calibration.calibrate(dossier_of(mills, again), questions()) == whole
    assert all(map(math.isfinite, (whole.intercept, whole.judgement, *np.ravel(whole.head))))


# --- fitting --------------------------------------------------------------------------------------


def made(count: int, telling: float, *, states: float | None = None) -> Iterator[Row]:
    """Readings whose Yes tells so much, and whose states do, if there are any."""
    rng = np.random.default_rng(11)
    for number in range(count):
        for answers in (True, False):
            sign = 1 if answers else -1
            yes = 1 / (1 + np.exp(-(telling * sign + rng.standard_normal())))
            state = None
            if states is not None:
                state = rng.standard_normal((2, 40)).astype(np.float32)
                state[:, 0] += states * sign
            signals = Signals(float(yes), 0.89 + 0.01 * rng.standard_normal(), "fr", state)
            yield Row(str(number), not answers, answers, signals)


def test_a_state_is_weighed_only_where_it_tells_more() -> None:
    telling = fitting.fit(list(made(80, 0.3, states=2.0)))
    assert telling.head and telling.auc > fitting.fit(list(made(80, 0.3))).auc + 0.1
    assert np.array(telling.head).shape == (2, 40)
    assert not fitting.fit(list(made(80, 1.5, states=0.0))).head


def looked(rows: Sequence[Row], telling: float) -> list[Row]:
    """The readings, each with a second look whose Yes tells so much."""
    rng = np.random.default_rng(5)
    signs = np.array([1 if row.answers else -1 for row in rows])
    yes = 1 / (1 + np.exp(-(telling * signs + rng.standard_normal(len(rows)))))
    return [
        replace(row, again=float(one), told=row.answers) for row, one in zip(rows, yes, strict=True)
    ]


def test_a_second_look_is_weighed_only_where_it_tells_more() -> None:
    rows = list(made(80, 0.3))
    assert not fitting.fit(rows).second
    assert not fitting.fit(looked(rows, 0.0)).second
    once, twice = fitting.fit(rows), fitting.fit(looked(rows, 2.0))
    _, first, again = twice.second
    assert again > 1.0 and again > first
    usual = Settings().strictness
    before, after = (
        next(one for one in fitted.rates if one.strictness == usual) for fitted in (once, twice)
    )
    assert after.error < before.error - 0.2 and after.hallucination <= 0.1


@pytest.mark.parametrize("told", [0, 1, 2, 3])
def test_a_few_answers_that_hold_teach_nothing_of_a_second_look(told: int) -> None:
    rows = [replace(row, told=False) for row in looked(list(made(40, 0.3)), 2.0)]
    for row in range(0, 2 * told, 2):
        rows[row] = replace(rows[row], told=True)
    assert len(fitting.fit(rows).second) in (0, 3)


def test_what_would_not_be_said_is_no_answer() -> None:
    rows = looked(list(made(80, 0.3)), 2.0)
    for mute in range(0, len(rows), 4):
        rows[mute] = replace(rows[mute], again=None, told=False)
    for one in fitting.fit(rows).rates:
        assert one.error >= 0.5  # every second of those that answer


def test_what_is_fitted_says_what_it_means() -> None:
    """Held-out probabilities agree with what is seen, though there are more of one kind."""
    rows = list(made(200, 0.8))
    fitted = fitting.fit([row for row in rows if row.answers or int(row.question) % 4 == 0])
    fields = {"judgement": fitted.judgement, "best": fitted.best, "languages": fitted.languages}
    assert fields["judgement"] == pytest.approx(1.6, abs=0.35)  # twice the distance of the means
    assert fitted.intercept + fitted.languages["fr"] == pytest.approx(0.0, abs=0.35)
    assert fitted.head == ()


def test_a_stricter_program_answers_less() -> None:
    rates = fitting.fit(list(made(80, 0.8))).rates
    assert [one.strictness for one in rates] == list(fitting.STRICTNESS)
    for lenient, strict in itertools.pairwise(rates):
        assert lenient.hallucination >= strict.hallucination and lenient.error <= strict.error


def test_where_nothing_tells_the_writer_abstains_at_the_usual_strictness() -> None:
    fitted = fitting.fit(list(made(80, 0.0)))
    usual = next(one for one in fitted.rates if one.strictness == Settings().strictness)
    assert usual.hallucination <= 0.05 and 0.35 < fitted.auc < 0.65


# --- the questions that come with the program -----------------------------------------------------


def test_the_questions_stand_on_their_documents_and_are_none_of_the_evaluation() -> None:
    own = read_questions(calibration.QUESTIONS)
    readings = sum(1 + question.answerable for question in own)
    assert readings >= 150 and sum(not one.answerable for one in own) >= 40
    assert {question.language for question in own} == {"fr", "en"}
    documents = {path.name: plain(path.read_bytes()) for path in (ROOT / "corpus").iterdir()}
    for question in own:
        assert question.answerable == bool(question.answers) == bool(question.gold), question.id
        for gold in question.gold:
            assert holds_answer(documents[gold.document], (gold.quote,)), gold
    evaluated = read_questions(ROOT / "questions" / "sample.jsonl")
    words = {question.text.casefold() for question in evaluated}
    assert not words & {question.text.casefold() for question in own}


def plain(content: bytes) -> str:
    """A document without what marks it up."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def test_the_documents_are_found_in_a_checkout(cards: Path) -> None:
    own = calibration.own_dossier(Settings())
    assert own.corpus == ROOT / "corpus" and own.index == cards / "index"


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cards: Path) -> Reader:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("ASKDOSSIER_MODELS", str(tmp_path / "models"))
    writer = Reader(name="a reader")
    monkeypatch.setattr(models, "load_embedder", lambda *_, **__: FakeEmbedder())
    monkeypatch.setattr(models, "load_writer", lambda *_, **__: writer)
    return writer


def test_the_command_calibrates_and_others_show_it(
    shell: Reader, mills: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "mine.jsonl"
    write_questions(file, questions())
    arguments = ["calibrate", "--questions", str(file), "--index", str(mills.index)]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert "a reader: 44 readings, 22 of evidence that answers" in done.stdout
    assert re.search(r"^ +0\.15 +\d+ % +\d+ %$", done.stdout, re.MULTILINE)
    listed = CliRunner().invoke(app, ["models", "list"]).stdout
    assert "a reader: calibrated on" in listed and "with 44 readings" in listed


def test_an_index_takes_questions_on_it(shell: Reader, mills: Settings) -> None:
    done = CliRunner().invoke(app, ["calibrate", "--index", str(mills.index)])
    assert done.exit_code == 1 and "--questions" in done.stderr


def test_a_failing_writer_is_told_in_one_line(
    shell: Reader, mills: Settings, tmp_path: Path
) -> None:
    shell.fails_at = 3
    file = tmp_path / "mine.jsonl"
    write_questions(file, questions())
    done = CliRunner().invoke(
        app, ["calibrate", "--questions", str(file), "--index", str(mills.index)]
    )
    assert done.exit_code == 1 and "Start it." in done.stderr and "Traceback" not in done.stderr
