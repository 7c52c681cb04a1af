"""No regular expression of the package takes more than its text's length in steps, or nearly.

Each one is tried on texts made to trip it: what its repeated parts match, many times over, and then
something that does not fit.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import math
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import askdossier
from askdossier.lang.forms import Forms

_SIZES = (24, 40, 96, 384, 1536, 6144)
_WORST_ORDER = 1.55
"""1 where the time grows as the text does, 2 where it grows as its square."""
_TOO_QUICK = 0.002
"""Seconds; what takes no longer is not worth a look."""
_TOO_LONG = {24: 0.02, 40: 0.02, 96: 0.05}
"""Seconds for so short a text; what takes longer would not end on the next."""
_LETTERS = " a1.,;:-_/\\«»“”\"'’()[]<>=&|*#\n\t\xa0éA@xM…–+%"

_QUESTION = "a question: 2,000 characters at most, and no two spaces in a row"
ALLOWED = {
    ("askdossier.verify.checks.kind", r"(?<!\Aa )\bcombien"): _QUESTION,
    ("askdossier.ask.kinds.mentions", r"^\s*(?:(?:quels|quelles|combien de"): _QUESTION,
    ("askdossier.ask.kinds.mentions", r"^\s*(?:(?:which|what|how many"): _QUESTION,
    ("askdossier.ask.kinds.yes_or_no", r"(?:\A\W*+|, ?)(?:(?:and"): _QUESTION,
    ("askdossier.ask.followups", r"(?:\by )?(?:[\w']+-(?:t-)?)?\b(?:(?P<his>"): _QUESTION,
    ("askdossier.ask.followups", r"\(à\ propos\ de"): _QUESTION,
    ("askdossier.ask.followups", r"\(about:"): _QUESTION,
    ("askdossier.clean", r"\s*(?:\(\.\.\.\)"): "the last sixty characters of a line",
    ("askdossier.evaluate.plots", "<metadata>"): "what matplotlib has drawn",
    ("askdossier.evaluate.plots", "(<svg"): "what matplotlib has drawn",
}
"""By module and beginning: what keeps long texts from those that would be slow on them."""


def _modules() -> Iterator[Any]:
    for module in pkgutil.walk_packages(askdossier.__path__, "askdossier."):
        if not module.name.endswith("__main__"):
            yield importlib.import_module(module.name)


def _expressions() -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Every expression that a module holds or writes down in a call: module, expression, method.

    The method is the one that looks farthest of those by which the module uses it.
    """
    for module in _modules():
        source = inspect.getsource(module)
        for name, value in vars(module).items():
            members = [value]
            if isinstance(value, list | tuple | set | dict):
                members = list(value.values() if isinstance(value, dict) else value)
            used = set(re.findall(rf"\b{re.escape(name)}\.(\w+)\(", source))
            for one in members:
                for each in one if isinstance(one, Forms) else [one]:
                    if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                        yield module.__name__, each, _farthest(used)
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and ast.unparse(node.func.value) == "re"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
                and node.func.attr not in ("escape", "compile")
            ):
                yield module.__name__, re.compile(node.args[0].value), _farthest({node.func.attr})


def _farthest(used: set[str]) -> str:
    """One that begins at one place only takes less long than one that tries all."""
    if not used or used - {"match", "fullmatch"}:
        return "search"
    return "match" if "match" in used else "fullmatch"


def _accepts(items: Any, letter: str) -> bool:
    """Whether a sequence of parse nodes may consume ``letter`` somewhere, roughly."""
    code = ord(letter)
    for op, value in items:
        if op is codes.LITERAL and value == code:
            return True
        if op is codes.NOT_LITERAL and value != code:
            return True
        if op is codes.ANY:
            return letter != "\n"
        if op is codes.IN and _in(value, letter):
            return True
        if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT) and _accepts(
            value[2], letter
        ):
            return True
        if op is codes.SUBPATTERN and _accepts(value[3], letter):
            return True
        if op is codes.ATOMIC_GROUP and _accepts(value, letter):
            return True
        if op is codes.BRANCH and any(_accepts(branch, letter) for branch in value[1]):
            return True
    return False


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_NOT_DIGIT: r"\D", codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S", codes.CATEGORY_WORD: r"\w", codes.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _in(members: Any, letter: str) -> bool:
    code, negated, found = ord(letter), False, False
    for op, value in members:
        if op is codes.NEGATE:
            negated = True
        elif op is codes.LITERAL:
            found |= value == code
        elif op is codes.RANGE:
            found |= value[0] <= code <= value[1]
        elif op is codes.CATEGORY:
            found |= re.match(_CATEGORIES[value], letter) is not None
    return found != negated


def _sample(items: Any) -> str:
    """A text that a sequence of parse nodes matches, roughly."""
    said = ""
    for op, value in items:
        if op is codes.LITERAL:
            said += chr(value)
        elif op is codes.NOT_LITERAL:
            said += next(letter for letter in "a 1" if ord(letter) != value)
        elif op is codes.ANY:
            said += "a"
        elif op is codes.IN:
            said += next((letter for letter in _LETTERS if _in(value, letter)), "")
        elif op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            said += _sample(value[2]) * max(value[0], 0)
        elif op is codes.SUBPATTERN:
            said += _sample(value[3])
        elif op is codes.ATOMIC_GROUP:
            said += _sample(value)
        elif op is codes.BRANCH:
            said += _sample(value[1][0])
    return said


def _repeats(items: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Each part that is repeated without a near end, with a text that leads up to it."""
    for at, (op, value) in enumerate(items):
        lead = before + _sample(items[:at])
        if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            if value[1] is codes.MAXREPEAT or value[1] > 200:
                yield lead, value[2]
            yield from _repeats(value[2], lead)
        elif op is codes.SUBPATTERN:
            yield from _repeats(value[3], lead)
        elif op is codes.ATOMIC_GROUP:
            yield from _repeats(value, lead)
        elif op is codes.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, lead)
        elif op in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _repeats(value[1], lead)


def _attacks(pattern: re.Pattern[str]) -> set[tuple[str, str, str]]:
    """``(lead, pump, end)``: the pump many times over after the lead."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    attacks = set()
    for lead, part in itertools.islice(_repeats(tree), 60):
        pumps = {_sample(part)} | set(
            [letter for letter in _LETTERS if _accepts(part, letter)][:12]
        )
        for pump in filter(None, pumps):
            attacks |= {(lead, pump, "\x00"), (lead, pump, "\n!"), ("", lead + pump, "\x00")}
    return attacks


def _seconds(find: Callable[[str], object], text: str) -> float:
    best = float("inf")
    for _ in range(3):
        begun = time.thread_time()
        find(text)
        best = min(best, time.thread_time() - begun)
        if best < _TOO_QUICK / 10 or best > 0.1:
            break
    return best


def order(pattern: re.Pattern[str], method: str = "search") -> tuple[float, str]:
    """How the time grows with the text at worst, and the text that shows it.

    Looks at short texts first, since what is cubic or worse would not end on long ones.
    """
    worst = (0.0, "")
    for lead, pump, end in _attacks(pattern):
        before, shorter = 0.0, 0
        for size in _SIZES:
            text = lead + pump * (size // len(pump)) + end
            seconds = _seconds(getattr(pattern, method), text)
            found = float("inf") if seconds > _TOO_LONG.get(size, 2) else 0.0
            if before and seconds > _TOO_QUICK:
                found = max(found, math.log(seconds / before) / math.log(size / shorter))
            worst = max(worst, (found, repr(f"{lead}{pump * 3}…{end}")))
            if found > _WORST_ORDER:
                return worst
            before, shorter = seconds, size
    return worst


def test_the_scan_finds_what_is_more_than_linear() -> None:
    for slow in (r"(a+)+$", r"\s+$", r"\s*x+?\s*y", r"«\s*([^»]+?)\s*»", r"(\w+\s?)+!", r"a.*b"):
        assert order(re.compile(slow))[0] > _WORST_ORDER, slow
    for quick in (r"\s+", r"«[^«»]+»", r"(?<!\s)\s+$", r"^\w+\s", r"\d{1,3}(?:\.\d{3})*"):
        assert order(re.compile(quick))[0] < _WORST_ORDER, quick


def test_no_expression_is_more_than_linear() -> None:
    slow = {}
    for module, pattern, method in _expressions():
        found, text = order(pattern, method)
        known = [key for key in ALLOWED if key[0] == module and pattern.pattern.startswith(key[1])]
        if found > _WORST_ORDER and not known:
            slow[f"{module}: {pattern.pattern}"] = f"order {found:.1f} for {text}"
    assert not slow, "\n".join(f"{name}\n    {why}" for name, why in slow.items())
