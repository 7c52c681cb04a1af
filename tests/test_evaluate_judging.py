"""Judges judged, questions proposed, answers labelled by hand."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from askdossier.ask.entailment import WriterEntailment, calibrated
from askdossier.core import Choice, DossierError, Prompt, Stop
from askdossier.evaluate import Report, judging, labelling, propose
from askdossier.evaluate.edits import EDITS
from askdossier.evaluate.judges import (
    EntailmentJudge,
    Judgement,
    Premise,
    SupportCheck,
    joined,
)
from askdossier.evaluate.judging import Pair
from askdossier.evaluate.questions import InvalidQuestions, read_questions
from fakes import FakeEmbedder, FakeWriter
from test_evaluate_command import here, refused, report, run
from test_evaluate_run import FILES, QUESTIONS

__all__ = ["here", "report"]  # fixtures

# --- one fact changed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence", "edited"),
    [
        ("figure", "Il compte 34 salariés en 1998.", "Il compte 41 salariés en 1998."),
        ("figure", "Fondé en 1998.", None),
        ("date", "Fondé en 1998 à Brest.", "Fondé en 1995 à Brest."),
        ("date", "Le 7 novembre, il ferme.", "Le 7 avril, il ferme."),
        ("date", "On 7 May it closed in September.", "On 7 May it closed in May."),
        ("date", "Il ferme.", None),
        ("name", "Selon Anna Le Goff, oui.", "Selon Maëlle Guivarc’h, oui."),
        ("name", "Rien à changer.", None),
        ("negation", "Il n’est pas ouvert.", "Il est ouvert."),
        ("negation", "Le quai est ouvert.", "Le quai n'est pas ouvert."),
        ("negation", "Le quai peut fermer.", "Le quai ne peut pas fermer."),
        ("negation", "The quay is open.", "The quay is not open."),
        ("negation", "The quay is not open.", "The quay is open."),
        ("negation", "Bonjour.", None),
    ],
)
def test_a_fact_is_changed(change: str, sentence: str, edited: str | None) -> None:
    assert EDITS[change](sentence, "Il fut fondé par Maëlle Guivarc’h.") == edited


class Lenient:
    """Believes every word that the premise holds, and nothing else."""

    name = "lenient"

    def judge(
        self,
        sentence: str,
        language: str,
        premises: Sequence[Premise],
        question: str | None = None,
    ) -> Judgement:
        held = sentence in joined(premises)
        return Judgement("supported" if held else "unsupported", float(held))


@pytest.mark.parametrize(
    ("question", "support"),
    [
        (None, "supported"),
        ("Combien de places le quai a-t-il ?", "supported"),
        ("Quand le quai a-t-il ouvert ?", "unsupported"),
    ],
)
def test_the_support_check_goes_through_the_checks_of_an_answer(
    question: str | None, support: str
) -> None:
    """What would not be shown in answer to a question is not supported as one."""
    said = "Au quai, il y a 34 places."
    premises = [Premise("Le quai a 34 places, précise le maire.")]
    found = SupportCheck(FakeEmbedder()).judge(said, "fr", premises, question)
    assert found.support == support


def test_the_support_check_reads_premises_as_an_answer_reads_its_sources() -> None:
    """Under the question before, which tells who is meant."""
    check = SupportCheck(FakeEmbedder())
    said = "Maëlle Guivarc’h préside le quai depuis 1998, avec 34 adjoints."
    answer = "Elle préside le quai depuis 1998, avec 34 adjoints."
    for name, support in (("Maëlle Guivarc’h", "supported"), ("la mairie", "unsupported")):
        premise = Premise(f"Depuis quand {name} préside-t-elle ? {answer}")
        assert check.judge(said, "fr", [premise]).support == support


def test_changed_facts_are_counted() -> None:
    text = "Le quai a 34 places. Il est ouvert."
    sentence = judging.Sentence("Le quai a 34 places.", Premise(text))
    shares = {s.change: s for s in judging.on_changed_facts(Lenient(), [sentence])}
    assert shares["as it is"].support == {"supported": 1}
    assert shares["figure"].support == {"unsupported": 1}
    assert shares["negation"].support == {"unsupported": 1}
    assert shares["date"].sentences == shares["name"].sentences == 0


def test_the_support_check_catches_changed_facts() -> None:
    """The real check: only the embedder is a fake."""
    text = "L’atelier de Kerlann emploie 34 salariés depuis son ouverture en 1998, dit Ana Kerr."
    sentence = judging.Sentence(text, Premise(f"{text} Il est fermé le lundi."))
    second = "La criée de Port-Ellery est ouverte aux 42 pêcheurs depuis 2015, dit Yann Morvan."
    other = judging.Sentence(second, Premise(second))
    for shares in judging.on_changed_facts(SupportCheck(FakeEmbedder()), [sentence, other]):
        if shares.change == "as it is":
            assert shares.support == {"supported": 2}
        else:
            assert shares.sentences
            assert "supported" not in shares.support, shares.change


# --- labelled pairs -------------------------------------------------------------------------------


def test_agreement_by_hand() -> None:
    pairs = [
        Pair("a b", "a", True),
        Pair("a b", "b", True),
        Pair("a b", "c", True),  # missed
        Pair("a b", "d", False),
        Pair("a b", "a b", False),  # believed
    ]
    found = judging.on_pairs(Lenient(), pairs)
    assert (found.pairs, found.entailed) == (5, 3)
    assert found.accuracy == pytest.approx(3 / 5)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(2 / 3)
    assert found.macro_f1 == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert found.auc == pytest.approx(3.5 / 6)  # of 6 pairs of pairs, 2 in order, 3 ties


def test_files_of_pairs_are_read(tmp_path: Path) -> None:
    rte = tmp_path / "rte.tsv"
    rte.write_text(
        "pair\tpremise\thypothesis\tlabel\n1\tIl pleut.\tPluie.\t0\n2\tIl pleut.\tNeige.\t2\n",
        encoding="utf-8",
    )
    assert judging.read_pairs(rte) == (
        Pair("Il pleut.", "Pluie.", True),
        Pair("Il pleut.", "Neige.", False),
    )
    fever = tmp_path / "fever.jsonl"
    lines = [
        {"claim": "Rain.", "evidence": ["It rains.", "Hard."], "label": "SUPPORTS"},
        {"claim": "Snow.", "evidence": ["It rains."], "label": "NOT ENOUGH INFO"},
    ]
    fever.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert judging.read_pairs(fever)[0] == Pair("It rains. Hard.", "Rain.", True)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{nonsense", "line 1: not JSON"),
        ('{"claim": "a", "label": "SUPPORTS"}', "line 1: needs one of premise"),
        ('{"claim": "a", "text": "b", "label": "maybe"}', "label 'maybe' is not known"),
        ('{"claim": "a", "text": "b", "label": "SUPPORTS"}', "pairs that are not"),
    ],
)
def test_bad_pairs_are_told(tmp_path: Path, line: str, complaint: str) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(judging.InvalidPairs, match=complaint):
        judging.read_pairs(file)


def test_drawing_keeps_both_kinds() -> None:
    pairs = [Pair("p", str(i), i == 0) for i in range(50)]
    drawn = judging.drawn(pairs, 5)
    assert len(drawn) == 5
    assert {pair.entailed for pair in drawn} == {True, False}
    assert judging.drawn(pairs, 5) == drawn
    assert judging.drawn(pairs, None) == pairs


def test_rte_is_read(shared_folder: Path) -> None:
    (file,) = (shared_folder / "eval" / "rte3-fr").glob("*.tsv")
    pairs = judging.read_pairs(file)
    assert len(pairs) == 800
    assert 0.4 < sum(pair.entailed for pair in pairs) / 800 < 0.6


# --- judges ---------------------------------------------------------------------------------------


def test_the_writer_judges_in_the_language_of_the_sentence() -> None:
    asked: list[Prompt] = []

    class Asked(FakeWriter):
        def choose(
            self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
        ) -> Choice:
            asked.append(prompt)
            assert list(options) in (["Oui", "Non"], ["Yes", "No"])
            return super().choose(prompt, options, stop, prefix=prefix)

    judge = EntailmentJudge(WriterEntailment(Asked(yes=0.95)))
    premise = Premise("Il pleut.", "Météo")
    assert judge.judge("Pluie.", "fr", [premise]).entailed
    doubting = EntailmentJudge(WriterEntailment(Asked(yes=0.4)))
    assert not doubting.judge("The rain falls.", "en", [premise]).entailed
    with_text, without, english, _ = (prompt.user for prompt in asked)
    assert "prouve-t-il" in with_text
    assert "Météo: Il pleut." in with_text
    assert "Pluie." in without
    assert "pleut" not in without
    assert "prove" in english


def test_a_statement_that_the_writer_believes_anyway_needs_more_proof() -> None:
    class Believing(FakeWriter):
        def choose(
            self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
        ) -> Choice:
            read = "Ada dirige" in prompt.user
            believed = 0.6 if "ronde" in prompt.user else 0.1
            return Choice((yes := 0.7 if read else believed, 1 - yes))

    judge = WriterEntailment(Believing())
    premise = "Ada dirige l’atelier."
    known, new = judge.entailment([(premise, "La Terre est ronde."), (premise, "Elle dirige.")])
    assert known < 0.5 < new
    assert calibrated(0, 0) == pytest.approx(0.297, abs=1e-3)
    assert calibrated(2, -3) == pytest.approx(0.972, abs=1e-3)


def test_an_nli_model_judges() -> None:
    class Model:
        name = "nli"

        def entailment(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
            return [0.9 if claim in premise else 0.1 for premise, claim in pairs]

    judge = EntailmentJudge(Model())
    premises = [Premise("Il pleut."), Premise("Il neige.")]
    assert judge.judge("Il neige.", "fr", premises).entailed
    assert not judge.judge("Il vente.", "fr", premises).entailed


def test_a_cross_encoder_is_loaded_by_its_folder(tmp_path: Path) -> None:
    """A tiny one with random weights: what counts is which label it reads, and that it is named."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    from askdossier import models
    from askdossier.core import ModelMissing

    def save(folder: Path, labels: dict[int, str]) -> None:
        config = BertConfig(
            vocab_size=9,
            hidden_size=8,
            num_hidden_layers=1,
            num_attention_heads=1,
            intermediate_size=8,
            id2label=labels,
            label2id={label: i for i, label in labels.items()},
        )
        model = BertForSequenceClassification(config)
        model.classifier.bias.data[:] = 0
        model.classifier.bias.data[1] = 20.0
        model.save_pretrained(folder)
        words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "il", "pleut", "neige", "."]
        (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
        BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)

    save(tmp_path / "second", {0: "contradiction", 1: "ENTAILMENT", 2: "neutral"})
    save(tmp_path / "first", {0: "entailment", 1: "neutral", 2: "contradiction"})
    save(tmp_path / "none", {0: "good", 1: "bad", 2: "ugly"})
    pairs = [("il pleut .", "il neige ."), ("il", "pleut")]
    second = models.load_entailment(str(tmp_path / "second"))
    assert second.name.startswith("second@")
    assert second.entailment(pairs) == [pytest.approx(1.0), pytest.approx(1.0)]
    first = models.load_entailment(str(tmp_path / "first"))
    assert first.entailment(pairs) == [pytest.approx(0.0, abs=1e-6)] * 2
    with pytest.raises(ModelMissing, match="names none of its labels entailment"):
        models.load_entailment(str(tmp_path / "none"))


def test_the_judge_command(here: Path) -> None:
    pairs = here / "pairs.tsv"
    pairs.write_text(
        "premise\thypothesis\tlabel\n"
        "L’atelier emploie 34 salariés.\tL’atelier emploie 34 salariés.\tentailment\n"
        "L’atelier emploie 34 salariés.\tL’atelier emploie 35 salariés.\tcontradiction\n",
        encoding="utf-8",
    )
    result = run("eval", "judge", "pairs.tsv", "--sentences", "10")
    assert result.exit_code == 0, result.stderr
    assert "support check" in result.stdout
    assert "pairs.tsv" in result.stdout
    assert "100.0%" in result.stdout
    assert "a figure" in result.stdout
    assert "line 1: needs one of" in refused("eval", "judge", "mine.jsonl")
    assert "nothing to judge" in refused("eval", "judge", "--index", "nowhere")


# --- questions proposed ---------------------------------------------------------------------------


class Asking(FakeWriter):
    """Words a question of its own for each extract, in the language it is asked for."""

    def __init__(self) -> None:
        super().__init__(reply=self._ask)

    def _ask(self, prompt: Prompt) -> str:
        extract = prompt.user.split(":\n")[1].split("\n")[0]
        first = extract.split()[-1].strip(".")
        return f"« Que dit le document au sujet de {first}-{len(self.prompts)} ? »\nEt encore ?"


def test_questions_are_proposed_and_reviewed(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from askdossier import models

    monkeypatch.setattr(models, "load_writer", lambda *_, **__: Asking())
    result = run("eval", "new", "new.jsonl", "-n", "2", "--no-review")
    assert result.exit_code == 0, result.stderr
    lines = [json.loads(line) for line in (here / "new.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["new-001", "new-002"]
    for line in lines:
        assert line["proposed"]
        assert line["question"].endswith("?")
        (gold,) = line["evidence"]
        assert gold["quote"] in FILES[gold["document"]]
        assert line["answers"][0] in gold["quote"]
    with pytest.raises(InvalidQuestions, match="still a proposal"):
        read_questions(here / "new.jsonl")
    # Accept the first, correct the second into one without an answer.
    typed = "y\ne\nQui préside ?\n|\n"
    result = run("eval", "new", "mine2.jsonl", "-n", "2", "--review", typed=typed)
    assert result.exit_code == 0, result.stderr
    first, second = read_questions(here / "mine2.jsonl")
    assert first.answerable
    assert (second.text, second.answerable, second.gold) == ("Qui préside ?", False, ())
    again = run("eval", "new", "mine2.jsonl", "-n", "2", "--review", typed="n\nq\n")
    assert again.exit_code == 0
    assert len(read_questions(here / "mine2.jsonl")) == 2


def test_every_fifth_proposal_has_no_answer(here: Path, tmp_path: Path) -> None:
    from askdossier.dossier import Dossier
    from askdossier.settings import Settings

    many = {
        f"{i}.md": f"# Le quai {i}\n\nLe quai numéro {i} de Kerlann compte {i + 20} places.\n"
        for i in range(12)
    }
    settings = Settings(tmp_path / "many", tmp_path / "many-index")
    settings.corpus.mkdir()
    for name, content in many.items():
        (settings.corpus / name).write_text(content, encoding="utf-8")
    dossier = Dossier(settings, embedder=FakeEmbedder(), writer=Asking())
    dossier.sync()
    found = list(propose.from_documents(dossier, 10, seed=3))
    assert [question.answerable for question in found] == [True] * 4 + [False] + [True] * 4 + [
        False
    ]
    assert len({gold.document for question in found for gold in question.gold}) == 8
    assert found == list(propose.from_documents(dossier.with_writer(Asking()), 10, seed=3))


@pytest.mark.parametrize(
    "reply",
    ["Pas une question.", "Est-ce 34 ?", "Quoi ?", "What does the workshop in Kerlann employ?", ""],
)
def test_what_is_no_question_is_not_proposed(here: Path, reply: str) -> None:
    from askdossier.dossier import Dossier
    from askdossier.settings import Settings

    settings = Settings(here / "corpus", here / "index")
    dossier = Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter(reply=reply))
    assert list(propose.from_documents(dossier, 3)) == []


def test_complaints_of_readers_become_questions(here: Path) -> None:
    wrong = "L’atelier de Kerlann emploie 34 salariés."
    start = FILES["atelier.md"].index(wrong)
    line = {
        "time": "2026-11-22T07:00:00Z",
        "question": QUESTIONS[0].text,
        "answer": "34. [1]",
        "kind": "wrong-source",
        "citation": {"document": "atelier.md", "start": start, "end": start + 41, "quote": wrong},
        "comment": "pas là",
    }
    other = {k: line[k] for k in ("time", "question", "answer")} | {"kind": "incomplete"}
    file = here / "index" / "feedback.jsonl"
    file.write_text(json.dumps(line) + "\n" + json.dumps(other) + "\n", encoding="utf-8")
    assert run("eval", "new", "new.jsonl", "-n", "0", "--no-review").exit_code == 0
    (proposed,) = [
        json.loads(line) for line in (here / "new.jsonl").read_text("utf-8").splitlines()
    ]
    assert proposed["question"] == QUESTIONS[0].text
    assert proposed["kind"] == "incomplete"
    assert "wrong-source: pas là; incomplete" in proposed["note"]
    assert proposed["evidence"][0]["quote"] != wrong
    file.write_text('{"time": "x"}\n', encoding="utf-8")
    assert "line 1: question" in refused("eval", "new", "new.jsonl", "-n", "0")


def test_what_the_chat_keeps_can_be_read(tmp_path: Path) -> None:
    """The chat writes the file, this reads it: the two must agree."""
    from askdossier.web import feedback as chat

    assert set(chat.KINDS) == {"wrong-source", "incomplete", "off-topic"}
    for kind in chat.KINDS:
        line = {"time": "t", "question": "q", "answer": "a", "kind": kind}
        (tmp_path / "feedback.jsonl").write_text(json.dumps(line), encoding="utf-8")
        assert propose.read_feedback(tmp_path / "feedback.jsonl")[0].kind == kind
    assert propose.read_feedback(tmp_path / "none.jsonl") == ()
    with pytest.raises(DossierError, match="line 1: kind"):
        (tmp_path / "feedback.jsonl").write_text(
            json.dumps({"time": "t", "question": "q", "answer": "a", "kind": "nice"}),
            encoding="utf-8",
        )
        propose.read_feedback(tmp_path / "feedback.jsonl")


# --- labels ---------------------------------------------------------------------------------------


def _label(file: Path, labels: list[str], *, separator: str = ",") -> None:
    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    for row, label in zip(rows, labels, strict=True):
        row["label"] = label
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("separator", [",", ";"])
def test_labels_give_kappa(report: Report, tmp_path: Path, separator: str) -> None:
    file = tmp_path / "labels.csv"
    assert labelling.write_table(report, file, 50) == 3
    with pytest.raises(labelling.InvalidLabels, match="No sentence is labelled"):
        labelling.agreement(report, labelling.read_table(file))
    _label(file, ["full", "Not", ""], separator=separator)
    found = labelling.agreement(report, labelling.read_table(file))
    assert (found.sentences, found.unlabelled, found.agreement) == (2, 1, 0.5)
    assert found.weighted == pytest.approx(0.0)  # the judge always says the same
    assert found.table == ((0, 0, 1), (0, 0, 0), (0, 0, 1))


def test_the_table_does_not_tell_what_the_judge_said(report: Report, tmp_path: Path) -> None:
    labelling.write_table(report, tmp_path / "labels.csv", 2)
    content = (tmp_path / "labels.csv").read_text(encoding="utf-8-sig")
    assert "supported" not in content
    assert len(list(csv.reader(content.splitlines(keepends=True)))) == 3
    assert "34 salariés" in content or "2,4 millions" in content or "7 novembre" in content


def test_a_spreadsheet_takes_sentences_for_text(report: Report, tmp_path: Path) -> None:
    first = report.results[0]
    judged = tuple(replace(one, text="=1+1", premise="@SUM(1)") for one in first.judged)
    question = replace(first.question, text='+HYPERLINK("http://evil.example")')
    hostile = replace(report, results=(replace(first, judged=judged, question=question),))
    labelling.write_table(hostile, tmp_path / "labels.csv", 50)
    content = (tmp_path / "labels.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(content.splitlines(keepends=True)))[1:]
    assert rows
    assert all(cell[:1] not in {"=", "+", "-", "@"} for row in rows for cell in row)


def test_bad_labels_are_told(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    labelling.write_table(report, file, 50)
    _label(file, ["full", "maybe", ""])
    with pytest.raises(labelling.InvalidLabels, match=r"line \d+: label 'maybe'"):
        labelling.read_table(file)
    with pytest.raises(labelling.InvalidLabels, match="another run"):
        labelling.agreement(report, {"elsewhere/1": "full"})
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(labelling.InvalidLabels, match="no columns"):
        labelling.read_table(file)


def test_the_label_command(here: Path) -> None:
    assert run("eval", "mine.jsonl").exit_code == 0
    first = run("eval", "label", "evaluation/mine", "--lang", "fr")
    assert first.exit_code == 0, first.stderr
    assert "3 phrases" in first.stdout
    _label(here / "evaluation" / "mine" / "labels.csv", ["full", "full", "full"])
    second = run("eval", "label", "evaluation/mine", "--lang", "en")
    assert "3 sentences labelled, 0 not yet. Same label: 100.0%" in second.stdout
    assert "not defined" in second.stdout


def test_support_needs_a_sentence() -> None:
    judge = SupportCheck(FakeEmbedder())
    assert judge.judge("Il pleut.", "fr", [Premise(" ")]).support == "unsupported"
    assert judge.judge("Il pleut fort.", "fr", [Premise("Il pleut fort.")]).entailed
    # A quote is longer than the sentences that the check compares.
    two = "« Elle n’a pas fermé. Elle a ouvert un quai. »"
    assert judge.judge(two, "fr", [Premise("Elle n'a pas fermé. Elle a ouvert un quai.")]).entailed
    assert not judge.judge(two, "fr", [Premise("Le marché reste vide.")]).entailed


def test_a_clause_without_who_says_so_is_no_quote() -> None:
    judge = SupportCheck(FakeEmbedder())
    premise = [Premise("Selon le syndicat, le quai sera fermé en mai.")]
    assert judge.judge("Le quai sera fermé en mai.", "fr", premise).support == "partly"
    assert judge.judge("« Le quai sera fermé en mai. »", "fr", premise).support == "supported"
    whole = "Selon le syndicat, le quai sera fermé en mai."
    assert judge.judge(whole, "fr", premise).support == "supported"
