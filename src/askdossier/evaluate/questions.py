"""Question files: JSON Lines or CSV, checked line by line.

The records here are the format: docs/questions.schema.json is made from them.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from askdossier import text
from askdossier.core import DossierError
from askdossier.names import composed

_Filled = Annotated[str, Field(min_length=1)]
_MOST_ERRORS = 20
"""Lines complained about at once."""


class InvalidQuestions(DossierError):
    """A question file, or a line of it, cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Words of a document that answer a question."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    document: Annotated[_Filled, Field(description="Path relative to the corpus folder.")]
    quote: Annotated[
        _Filled,
        Field(description="Verbatim, whatever the white space, case, accents and apostrophes."),
    ]


@dataclass(frozen=True, slots=True)
class Point:
    """One of several things that a complete answer says."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: Annotated[
        _Filled, Field(description="What it says, in short; of its own within the question.")
    ]
    quotes: Annotated[
        tuple[Gold, ...], Field(min_length=1, description="Any one of them shows it.")
    ]
    speaker: Annotated[
        str,
        Field(description="Whose words these are, by name: the answer must name them beside it."),
    ] = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A line of a question file."""

    __pydantic_config__ = ConfigDict(extra="forbid", title="A question of askdossier eval")

    id: Annotated[_Filled, Field(description="Of its own within the file.")]
    text: Annotated[_Filled, Field(alias="question")]
    answerable: Annotated[bool, Field(description="Whether the dossier holds the answer.")]
    language: Annotated[
        str, Field(alias="lang", description="ISO 639-1; guessed from the question when empty.")
    ] = ""
    kind: Annotated[str, Field(description="fact, why, list, no-answer, or any word of yours.")] = (
        ""
    )
    answers: Annotated[
        tuple[_Filled, ...],
        Field(description="An answer that contains any of them is right."),
    ] = ()
    gold: Annotated[
        tuple[Gold, ...],
        Field(alias="evidence", description="All the words that a complete answer cites."),
    ] = ()
    points: Annotated[
        tuple[Point, ...],
        Field(description="The things that a complete answer says, where these are several."),
    ] = ()
    lacking: Annotated[
        tuple[_Filled, ...],
        Field(description="What the question asks besides and the dossier does not hold."),
    ] = ()
    proposed: Annotated[
        bool, Field(description="Proposed by a program and not yet checked by a person.")
    ] = False
    note: Annotated[str, Field(description="For people; not used.")] = ""


_QUESTION = TypeAdapter(Question)


def schema() -> dict[str, Any]:
    """Give the JSON schema of one line of a question file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_QUESTION.json_schema(by_alias=True),
    }


def read_questions(file: Path) -> tuple[Question, ...]:
    """Read a question file, ``.csv`` or else JSON Lines.

    Raises:
        InvalidQuestions: the file cannot be read or is empty, a line is malformed, an id occurs
            twice, or a proposed question has not been accepted. Names all such lines.
    """
    questions: list[tuple[int, Question]] = []
    errors: list[str] = []
    for number, found in _csv(file) if file.suffix.lower() == ".csv" else _json_lines(file):
        if isinstance(found, str):
            errors.append(f"line {number}: {found}")
            continue
        try:
            question = _QUESTION.validate_python(found)
        except ValidationError as error:
            errors += [f"line {number}: {_said(item)}" for item in error.errors()]
            continue
        problem = _contradiction(question)
        if problem:
            errors.append(f"line {number}: {problem}")
        questions.append((number, _completed(question)))
    times = Counter(question.id for _, question in questions)
    errors += [
        f"line {number}: the id {question.id} occurs {times[question.id]} times"
        for number, question in questions
        if times[question.id] > 1
    ]
    if not questions and not errors:
        errors.append("it holds no question")
    if errors:
        more = len(errors) - _MOST_ERRORS
        shown = errors[:_MOST_ERRORS] + ([f"and {more} more"] if more > 0 else [])
        raise InvalidQuestions(
            f"{file} cannot be used. Mend these lines (docs/evaluation.md describes the format):\n"
            + "\n".join(f"  {error}" for error in shown)
        )
    return tuple(question for _, question in questions)


def _completed(question: Question) -> Question:
    """The same with its language, and the names of documents as they are typed."""

    def typed(quotes: Iterable[Gold]) -> tuple[Gold, ...]:
        return tuple(replace(one, document=composed(one.document)) for one in quotes)

    return replace(
        question,
        language=question.language or text.question_language(question.text),
        gold=typed(question.gold),
        points=tuple(replace(one, quotes=typed(one.quotes)) for one in question.points),
    )


def ids_in(file: Path) -> set[str]:
    """The ids of a JSON Lines file, proposals included; none when there is no such file.

    Raises:
        InvalidQuestions: a line is not a JSON object.
    """
    ids = set()
    for number, found in _json_lines(file) if file.exists() else ():
        if not isinstance(found, dict):
            raise InvalidQuestions(f"{file}, line {number}: {found}. Mend or delete the line.")
        ids.add(str(found.get("id", "")))
    return ids


def write_questions(file: Path, questions: Iterable[Question]) -> None:
    """Append questions to a JSON Lines file, which is created when it is not there."""
    with file.open("a", encoding="utf-8") as target:
        for question in questions:
            line = _QUESTION.dump_python(question, by_alias=True, exclude_defaults=True)
            target.write(json.dumps(line, ensure_ascii=False) + "\n")


def _contradiction(question: Question) -> str:
    if question.proposed:
        return "still a proposal; check it and take out “proposed”, or delete the line"
    if not question.text.strip():
        return "question: is empty"
    if not question.answerable and (question.answers or question.gold or question.points):
        return "answerable is false, yet answers, evidence or points are given"
    times = Counter(point.name for point in question.points)
    twice = next((name for name, count in times.items() if count > 1), "")
    if twice:
        return f"points: the name “{twice}” occurs {times[twice]} times"
    if question.lacking and not question.points:
        return "lacking is given without points, which say what the dossier does hold"
    return ""


def _said(error: Any) -> str:
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        return f"{place}: is not a key of the format"
    message = str(error["msg"])
    return f"{place}: {message[:1].lower()}{message[1:]}" if place else message


# --- JSON Lines and CSV ---------------------------------------------------------------------------


def _lines(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidQuestions(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InvalidQuestions(f"{file} is not UTF-8; save it as UTF-8.") from error


def _json_lines(file: Path) -> Iterator[tuple[int, object]]:
    """Number and content of each line; a text says what is wrong with it."""
    for number, line in enumerate(_lines(file).split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except ValueError as error:
            yield number, f"not JSON: {error}"
        else:
            yield number, found if isinstance(found, dict) else "not a JSON object"


_COLUMNS = ("id", "question", "lang", "kind", "answerable", "answers", "document", "quote", "note")
_SEVERAL = "|"


@cache
def _truth() -> Mapping[str, bool]:
    yes = dict.fromkeys(("true", "vrai", "yes", "oui", "1"), True)
    return yes | dict.fromkeys(("false", "faux", "no", "non", "0"), False)


def _csv(file: Path) -> Iterator[tuple[int, object]]:
    """The rows of a CSV file as objects; ``|`` separates several answers, documents, quotes."""
    content = _lines(file)
    header = content.split("\n", 1)[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    reader = csv.DictReader(content.splitlines(keepends=True), delimiter=separator)
    unknown = [name for name in reader.fieldnames or () if name not in _COLUMNS]
    if unknown:
        known = ", ".join(_COLUMNS)
        yield 1, f"unknown columns {', '.join(unknown)}; known: {known}"
        return
    for row in reader:
        filled = {name: value.strip() for name, value in row.items() if name and value}
        found: dict[str, object] = {
            name: filled[name]
            for name in ("id", "question", "lang", "kind", "note")
            if name in filled
        }
        if "answerable" in filled:
            spelled = filled["answerable"].lower()
            found["answerable"] = _truth().get(spelled, spelled)
        found["answers"] = _several(filled.get("answers", ""))
        documents, quotes = (_several(filled.get(name, "")) for name in ("document", "quote"))
        if len(documents) == 1:
            documents *= len(quotes)
        if len(documents) != len(quotes):
            yield (
                reader.line_num,
                f"{len(documents)} documents for {len(quotes)} quotes; separate both with |",
            )
            continue
        found["evidence"] = [
            {"document": document, "quote": quote}
            for document, quote in zip(documents, quotes, strict=True)
        ]
        yield reader.line_num, found


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(_SEVERAL) if part.strip()]
