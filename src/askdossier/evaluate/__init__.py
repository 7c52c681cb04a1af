"""Evaluate a dossier on questions: retrieval, citations, abstention, correctness, speed.

from askdossier import Dossier
from askdossier.evaluate import evaluate, read_questions

report = evaluate(Dossier.open("index"), read_questions(Path("questions.jsonl")))
print(report.figure("right"))
"""

from askdossier.evaluate.journal import RunMismatch
from askdossier.evaluate.questions import Gold, InvalidQuestions, Point, Question, read_questions
from askdossier.evaluate.report import Report
from askdossier.evaluate.run import evaluate

__all__ = [
    "Gold",
    "InvalidQuestions",
    "Point",
    "Question",
    "Report",
    "RunMismatch",
    "evaluate",
    "read_questions",
]
