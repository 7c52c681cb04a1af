"""The tools, called by an MCP client over pipes, as a program for language models calls them."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from askdossier.core import DossierError
from askdossier.dossier import Dossier
from askdossier.settings import Settings
from askdossier.web import tools
from askdossier.web.api import Api
from askdossier.web.turn import Line
from fakes import FakeEmbedder, FakeWriter
from web_fake import FakeDossier

TESTS = Path(__file__).parent
TRUE = "L’atelier de Kerlann emploie 34 salariés."


@pytest.fixture
def command(tmp_path: Path) -> StdioServerParameters:
    """``askdossier mcp`` over a document and fake models, as a client starts it."""
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "atelier.md").write_text(f"# L’atelier\n\n{TRUE} Il ferme en août.\n", "utf-8")
    settings = Settings(corpus=corpus, index=index)
    Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter()).sync()
    return StdioServerParameters(
        command=sys.executable,
        args=[str(TESTS / "cli_with_fakes.py"), "mcp", "--index", str(index)],
        env={**os.environ, "PYTHONPATH": str(TESTS.parent / "src")},
    )


_PLACE = ("document", "start", "end")


def said(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_a_client_finds_the_tools_and_calls_them(command: StdioServerParameters) -> None:
    async def session() -> None:
        async with Client(command) as client:
            listed = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert set(listed) == {"search", "ask", "ask_with_key", "read", "stop"}
            assert listed["read"].input_schema["required"] == ["document"]
            for tool in listed.values():
                assert tool.description
                assert "Args:" in tool.description
                assert tool.annotations is not None
                assert tool.annotations.read_only_hint

            async def call(name: str, **given: object) -> Any:
                result = await client.call_tool(name, given)
                assert not result.is_error, said(result)
                assert result.structured_content is not None
                return result.structured_content

            answer = await call("ask", question="Combien de salariés l’atelier emploie-t-il ?")
            (source,) = answer["sources"]
            assert (source["quote"], source["number"]) == (TRUE, 1)
            assert "[1]" in answer["answer"]
            read = await call("read", **{name: source[name] for name in _PLACE})
            assert read["text"] == TRUE
            (hit,) = (await call("search", question="salariés", limit=5))["result"]
            assert TRUE in hit["text"]
            assert (await call("read", **{name: hit[name] for name in _PLACE}))["text"] == (
                hit["text"]
            )

    anyio.run(session)


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("read", {"document": "nowhere.md"}, "not among the documents"),
        ("ask", {"question": "une panne ?"}, "Relancez"),
        ("ask", {}, "question"),
    ],
)
def test_what_went_wrong_is_told(name: str, given: dict[str, str], words: str) -> None:
    async def session() -> None:
        async with Client(tools.server(FakeDossier())) as client:
            result = await client.call_tool(name, given)
            assert result.is_error
            assert words in said(result)

    anyio.run(session)


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(DossierError, match="pip install"):
        tools.server(FakeDossier())


def test_a_long_document_is_read_in_pieces() -> None:
    dossier = FakeDossier()
    words = "".join(f"Ligne {number}.\n" for number in range(5000))
    dossier.shelf["long.md"] = replace(dossier.documents["syndicat.md"], text=words)
    functions = {function.__name__: function for function in Api(dossier, Line()).functions}
    pieces: list[str] = []
    at = 0
    while not pieces or at:
        read = functions["read"]("long.md", at)
        assert len(read["text"]) <= 20_000
        assert read["text"] == words[read["start"] : read["end"]]
        pieces.append(read["text"])
        at = read["next"]
    assert "".join(pieces) == words
    assert functions["read"]("long.md", 5, 12)["text"] == words[5:12]
    assert functions["read"]("long.md", 5, 12)["next"] == 0
    bounded = functions["read"]("long.md", 10, 30_000)
    assert (bounded["end"], bounded["next"]) == (20_010, 20_010)
