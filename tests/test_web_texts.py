"""What the chat says: every error that it can show has French words, and all texts are there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from askdossier import load, scope
from askdossier.core import DossierError
from askdossier.load import decode
from askdossier.web.texts import TEXTS
from askdossier.web.texts.errors import translator
from askdossier.web.texts.french_errors import ENTRIES, said

SOURCE = Path(__file__).parents[1] / "src" / "askdossier"
SHOWN = ("load", "index", "retrieve", "models", "scope.py", "dossier.py",
         "loaded.py", "originals.py", "reading.py", "web/library.py", "web/turn.py",
         "web/conversations.py")  # fmt: skip
"""Where errors come from that the chat shows; others are for the command line alone."""
ERRORS = {"DossierError", "Failure", *(known.__name__ for known in DossierError.__subclasses__())}
_PROBLEM = "\0 Run: askdossier models pull \0"  # put together from a problem and what mends it
NOT_SHOWN = {
    "\0 \0",
    "Reading was stopped.",
    "No model is called \0. Run: askdossier models pull with \0, or a writer's id on the hub",
    "\0 names none of its labels entailment (\0). Name a cross-encoder for natural language "
    "inference.",
    "The index cannot be kept in the corpus folder itself, \0. Name another folder with --index.",
}


def template(node: ast.expr) -> str:
    """A message in the source, with \\0 for what is put into it; empty for no message."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values
        )
    return ""


def trees() -> Iterator[ast.AST]:
    for name in SHOWN:
        path = SOURCE / name
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            yield ast.parse(file.read_text("utf-8"))


KNOWN = {re.sub(r"\{\w+\}", "\0", english) for english in ENTRIES}


def test_every_error_of_the_chat_has_french_words() -> None:
    raised = {
        template(call.args[-1])
        for tree in trees()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ERRORS
        and call.args
    }
    messages = {message for message in raised if " " in message}
    assert len(messages) > 40
    assert messages - KNOWN - NOT_SHOWN == set(), "say it in web/texts/french_errors.py too"


def reasons(tree: ast.AST) -> Iterator[str]:
    """What the OSErrors raised in a module say, either branch of a choice."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.args:
            said = call.args[-1]
            choices = [said.body, said.orelse] if isinstance(said, ast.IfExp) else [said]
            if call.func.id == "OSError":
                yield from filter(None, map(template, choices))


def test_what_is_put_into_an_error_has_french_words() -> None:
    program = (SOURCE / "load" / "recognition.py").read_text("utf-8")
    failures = set(reasons(ast.parse(program)))
    assert len(failures) == 3
    kinds = {kind for _, kind in decode._SIGNATURES}
    assert (failures | kinds) - KNOWN == set(), "say it in web/texts/french_errors.py too"
    assert said(
        "a.pdf is a scan, and Tesseract fails on it: it takes more than 60 s. Run text recognition "
        "(OCR) on it with another program."
    ).startswith("a.pdf est numérisé, et Tesseract échoue : il met plus de 60 s. ")


def test_no_french_error_is_stale() -> None:
    written = {
        template(node) for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.expr)
    }
    systems = {
        _PROBLEM,
        "Permission denied",
        "No such file or directory",
        "No space left on device",
        "Read-only file system",
    }
    assert KNOWN - written - systems == set(), "web/texts/french_errors.py says it otherwise"


def test_fields_are_the_same_in_both_languages() -> None:
    for english, french in ENTRIES.items():
        fields = set(re.findall(r"\{(\w+)\}", french))
        assert fields <= set(re.findall(r"\{(\w+)\}", english)), english


def test_real_errors_speak_french(tmp_path: Path) -> None:
    broken = tmp_path / "a{b}.pdf"
    broken.write_bytes(b"no pdf")
    with pytest.raises(DossierError) as damaged:
        load.read(broken, "a{b}.pdf")
    assert said(str(damaged.value)).startswith("a{b}.pdf est abîmé, ou n’est pas un PDF.")
    with pytest.raises(DossierError) as undated:
        scope.parse("Qui ? avant:hier")
    assert said(str(undated.value)).startswith("« hier » n’est pas une date")
    assert said("a.txt cannot be written into /x: No space left on device. Free some space or see "
                "to the rights on the folder.") == (
        "a.txt ne peut pas être écrit dans /x : plus de place sur le disque. Libérez de la place "
        "ou vérifiez les droits sur le dossier."
    )  # fmt: skip
    large = "x.csv is too large: 300 MB, where 200 MB is the most. Split it into smaller files."
    assert said(large).startswith("x.csv est trop grand : 300 Mo, pour 200 Mo au plus.")


def test_what_is_not_known_stays_as_it_is() -> None:
    for message in ("", "Something else.", "{name} is", "a\nb", "x" * 100_000):
        assert said(message) == message
    assert translator({"{a} of {b}": "{b}: {a}"})("{c} of {d}") == "{d}: {c}"
    assert TEXTS["en"].said("a of b") == "a of b"


def test_nothing_is_singular_in_french_and_plural_in_english() -> None:
    for count in ("documents", "questions", "passages"):
        said = {language: getattr(texts, count) for language, texts in TEXTS.items()}
        assert said["fr"](0).removeprefix("0") == said["fr"](1).removeprefix("1")
        assert said["en"](0).removeprefix("0") == said["en"](2).removeprefix("2")
