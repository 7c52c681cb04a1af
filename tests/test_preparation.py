"""Every change of the code that reads files makes every file be read again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import askdossier
from askdossier import preparation


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the program."""
    return shutil.copytree(Path(askdossier.__file__).parent, tmp_path / "askdossier")


@pytest.mark.parametrize(
    "module", ["load/pdf/tables.py", "clean/boilerplate.py", "chunk.py", "text/normal.py"]
)
def test_a_changed_reader_is_another_key(package: Path, module: str) -> None:
    changed = shutil.copytree(package, package.parent / "changed")
    with (changed / module).open("a", encoding="utf-8") as file:
        file.write("_ANOTHER = 1\n")
    assert preparation.code(changed) != preparation.code(package)


def test_a_moved_or_new_module_is_another_key(package: Path) -> None:
    before = preparation.code(package)
    copy = shutil.copytree(package, package.parent / "moved")
    (copy / "load" / "html.py").rename(copy / "load" / "page.py")
    more = shutil.copytree(package, package.parent / "more")
    (more / "clean" / "another.py").touch()
    assert len({before, preparation.code(copy), preparation.code(more)}) == 3


def test_nothing_else_is(package: Path) -> None:
    changed = shutil.copytree(package, package.parent / "changed")
    with (changed / "web" / "page.py").open("a", encoding="utf-8") as file:
        file.write("_ANOTHER = 1\n")
    crlf = changed / "chunk.py"
    crlf.write_bytes(crlf.read_bytes().replace(b"\n", b"\r\n"))
    assert preparation.code(changed) == preparation.code(package) != ""
