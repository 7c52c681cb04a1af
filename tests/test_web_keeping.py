"""What the chat keeps and gives away: conversations, exports, feedback; no browser needed."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import docx
import pytest
from docx.oxml.ns import qn
from gradio import EventData, Request
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from askdossier.core import (
    Answer,
    Citation,
    Claim,
    Document,
    DossierError,
    Locator,
    ModelMissing,
    Place,
    Source,
    Span,
)
from askdossier.settings import Settings
from askdossier.web import citing, feedback
from askdossier.web.chat import Chat, Update
from askdossier.web.conversations import Conversation, Conversations, Exchange, valid_id
from askdossier.web.export import MEDIA_TYPES, export, export_conversation, reference
from askdossier.web.preferences import Name, chosen, remember, remembered
from askdossier.web.stepwise import Wait
from askdossier.web.texts import TEXTS
from askdossier.web.turn import Turn
from askdossier.web.uploads import Uploads
from several_parts import FORMS, cited_in, several_parts, turn_of
from test_web_render import PAYLOADS
from web_fake import CLAIMS, COMPARED, DOCUMENTS, EVIDENCE, LISTED, FakeDossier, Prepared

FRENCH = TEXTS["fr"]
WHEN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
READ = (*EVIDENCE[:-1], replace(EVIDENCE[-1], role="neighbour"))
FIRST, SECOND, THIRD = "a" * 16, "b" * 16, "c" * 16


def answered(question: str, claims: tuple[Claim, ...] = CLAIMS) -> Turn:
    answer = Answer(question, "fr", claims, False, "", READ, {"total": 1.5}, 0.75, "Et la criée ?")
    return Turn(question, "done", READ, claims, "Et la criée ?", answer=answer)


def exchange(name: str, question: str, turn: Turn | None = None) -> Exchange:
    turn = turn or answered(question)
    named = {citation.document for citation in turn.citations}
    sources = {key: replace(DOCUMENTS[key], text="", headings=()) for key in sorted(named)}
    return Exchange(name, WHEN, turn, sources)


# --- settings -------------------------------------------------------------------------------------


def test_strictness_is_kept_beside_the_index(tmp_path: Path) -> None:
    given = Settings(index=tmp_path / "index", strictness=0.3)
    assert remembered(given) == given
    remember(replace(given, strictness=0.75, writer="light"), "strictness")
    assert remembered(given) == replace(given, strictness=0.75)
    for damaged in ("", "[]", "{}", '{"strictness": 7}', '{"strictness": "NaN"}', "\xff"):
        (given.index / "chat.json").write_text(damaged, "latin-1")
        assert remembered(given) == given


def test_what_is_stated_beats_what_was_chosen_in_the_chat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = Settings(index=tmp_path / "index", strictness=0.3)
    changed = replace(given, strictness=0.75, writer="ollama:small")
    remember(changed, "strictness")
    remember(changed, "writer")
    assert chosen(given, {}, {}) == changed
    assert chosen(given, {"strictness": None, "writer": None}, {}) == changed
    only: dict[Name, object] = {"writer": "default", "strictness": 0.3}
    assert chosen(given, only, {}) == given
    assert chosen(given, {"strictness": 0.3}, {}) == replace(changed, strictness=0.3)
    assert chosen(given, {"writer": "default"}, {}) == replace(changed, writer="default")
    assert chosen(given, {}, {"ASKDOSSIER_STRICTNESS": "0.3"}) == replace(changed, strictness=0.3)
    assert chosen(given, {}, {"ASKDOSSIER_WRITER": "x"}) == replace(changed, writer="default")
    (tmp_path / "askdossier.toml").write_text("strictness = 0.3\n")
    assert chosen(given, {}, {}) == replace(changed, strictness=0.3)
    (tmp_path / "askdossier.toml").write_text("writer = 'default'\n")
    assert chosen(given, {}, {}) == replace(changed, writer="default")


def test_a_writer_is_kept_only_where_its_name_leads_to_no_file_and_no_hub(tmp_path: Path) -> None:
    given = Settings(index=tmp_path / "index")
    for spec in ("light", "openai:http://127.0.0.1:8080#m"):
        remember(replace(given, writer=spec), "writer")
        assert remembered(given).writer == spec
    remember(replace(given, strictness=0.75), "strictness")
    assert remembered(given).writer == spec
    remember(replace(given, writer="model.gguf"), "writer")
    assert remembered(given) == replace(given, strictness=0.75)
    for planted in ("somebody/model", "/tmp/model.gguf", "", None, 7, ["light"]):
        (given.index / "chat.json").write_text(json.dumps({"writer": planted}))
        assert remembered(given) == given


# --- conversations --------------------------------------------------------------------------------


def test_a_conversation_comes_back_as_it_was(tmp_path: Path) -> None:
    copied = replace(
        CLAIMS[0].citations[0], locator=Locator(3), also=(Place("syndicat.md", Span(0, 4)),)
    )
    said = (replace(CLAIMS[0], citations=(copied,)), *CLAIMS[1:])
    kept = Conversations(tmp_path / "new" / "folder")
    one = exchange(FIRST, "Combien ?", answered("Combien ?", said))
    two = exchange(SECOND, "Panne ?", Turn("Panne ?", "failed", error=ModelMissing("writer")))
    kept.keep("0" * 16, one)
    kept.keep("0" * 16, two)
    found = Conversations(tmp_path / "new" / "folder").get("0" * 16)
    assert found is not None
    assert found.exchanges[0] == one
    assert isinstance(found.exchanges[1].turn.error, ModelMissing)
    assert found.title == "Combien ?"


@pytest.mark.parametrize("prepared", [LISTED, COMPARED])
def test_an_answer_of_several_parts_comes_back_as_it_was(
    tmp_path: Path, prepared: Prepared
) -> None:
    kept = Conversations(tmp_path)
    done = exchange(FIRST, "Quand ?", turn_of(prepared))
    half = replace(done.turn, state="stopped", claims=prepared.claims[:2], answer=None)
    stopped = exchange(SECOND, "Quand ?", half)
    kept.keep(FIRST, done)
    kept.keep(FIRST, stopped)
    found = Conversations(tmp_path).get(FIRST)
    assert found is not None
    assert found.exchanges == (done, stopped)


def test_an_exchange_grows_in_place_and_can_be_asked_again(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    kept.keep(FIRST, exchange(FIRST, "Un ?", Turn("Un ?", "writing")))
    kept.keep(FIRST, exchange(SECOND, "Deux ?"))
    kept.keep(FIRST, exchange(FIRST, "Un ?"))
    kept.keep(FIRST, exchange(THIRD, "Deux bis ?"), instead_of=SECOND)
    found = kept.get(FIRST)
    assert found is not None
    assert [(e.turn.question, e.turn.state) for e in found.exchanges] == [
        ("Un ?", "done"),
        ("Deux bis ?", "done"),
    ]
    kept.drop(FIRST, FIRST)
    assert kept.get(FIRST) is None
    assert list(tmp_path.iterdir()) == []


def test_conversations_are_named_listed_and_deleted_for_good(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    kept.keep(FIRST, exchange(FIRST, "Un ?"))
    kept.keep(SECOND, replace(exchange(FIRST, "Deux ?"), asked=WHEN.replace(hour=13)))
    kept.rename(FIRST, "  La   criée ")
    assert [one.title for one in kept.all()] == ["Deux ?", "La criée"]
    kept.rename(FIRST, "")
    assert [one.title for one in kept.all()] == ["Deux ?", "Un ?"]
    kept.delete(SECOND)
    kept.keep(SECOND, exchange(THIRD, "Encore ?"))  # an answer that was still being written
    assert [one.id for one in kept.all()] == [FIRST]


def test_a_crash_while_writing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Conversations(tmp_path)
    kept.keep(FIRST, exchange(FIRST, "Un ?"))

    def fail(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="no space"):
        kept.keep(FIRST, exchange(SECOND, "Deux ?"))
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == [f"{FIRST}.json"]
    found = Conversations(tmp_path).get(FIRST)
    assert found is not None
    assert [e.turn.question for e in found.exchanges] == ["Un ?"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 99}', '{"format": 1}', "null"])
def test_a_damaged_file_is_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / f"{FIRST}.json").write_text(content)
    kept = Conversations(tmp_path)
    kept.keep(SECOND, exchange(FIRST, "Un ?"))
    assert kept.get(FIRST) is None
    with pytest.raises(DossierError, match="left as it is"):
        kept.keep(FIRST, exchange(FIRST, "Deux ?"))
    assert (tmp_path / f"{FIRST}.json").read_text() == content
    assert [one.id for one in kept.all()] == [SECOND]


def test_an_answer_that_cannot_be_written_is_told_and_written_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Conversations(tmp_path / "in")
    kept.keep(FIRST, exchange(FIRST, "Un ?"))
    other = Conversations(tmp_path / "in")
    other.rename(FIRST, "La criée")  # so that the file must be read again
    refused = PermissionError(13, "Permission denied")

    def locked(path: Path) -> bytes:
        raise refused

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", locked)
        for name, question in ((SECOND, "Deux ?"), (THIRD, "Trois ?")):
            with pytest.raises(PermissionError):
                kept.keep(FIRST, exchange(name, question))
        with pytest.raises(PermissionError):
            kept.rename(FIRST, "autre")
        assert kept.get(FIRST) is None
    for conversations in (kept, Conversations(tmp_path / "in")):
        found = conversations.get(FIRST)
        assert found is not None
        assert found.title == "La criée"
        assert [e.turn.question for e in found.exchanges] == ["Un ?", "Deux ?", "Trois ?"]


WRITER = """
from datetime import UTC, datetime
from pathlib import Path
from askdossier.web.conversations import Conversations, Exchange
from askdossier.web.turn import Turn
kept = Conversations(Path({folder!r}))
for number in range(25):
    name = f"{{{who} * 100 + number:016x}}"
    kept.keep({FIRST!r}, Exchange(name, datetime.now(UTC), Turn("?", "done"), {{}}))
"""


def test_two_programs_on_one_conversation_lose_no_answer(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER.format(folder=str(folder), who=who, FIRST=FIRST)],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")},
        )
        for who in range(2)
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    found = Conversations(folder).get(FIRST)
    assert found is not None
    assert sorted(int(e.id, 16) for e in found.exchanges) == [*range(25), *range(100, 125)]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 16, "a" * 17, None, 5, "a" * 15])
def test_no_other_file_can_be_named(tmp_path: Path, name: object) -> None:
    assert valid_id(name) is None
    kept = Conversations(tmp_path / "in")
    (tmp_path / "out.json").write_text("{}")
    assert kept.get(str(name)) is None
    kept.delete("../out")
    assert (tmp_path / "out.json").exists()


# --- quotes in documents that change --------------------------------------------------------------


@given(st.text("ab\n", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_quote_is_found_to_the_character_or_not_at_all(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    span = Span(start, end)
    found = citing.locate(span.of(text), span, text)
    assert found == citing.Found(span, moved=False)
    moved = citing.locate(span.of(text), span, "c" + text)
    assert moved is None or moved.span.of("c" + text) == span.of(text)


def test_a_quote_that_moved_is_found_unless_it_could_be_two() -> None:
    assert citing.locate("b", Span(0, 1), "ab") == citing.Found(Span(1, 2), moved=True)
    assert citing.locate("b", Span(0, 1), "abb") is None
    assert citing.locate("c", Span(0, 1), "ab") is None


def test_steps_go_through_all_citations_once() -> None:
    conversation = Conversation(FIRST, "", (exchange(FIRST, "?"), exchange(SECOND, "?")))
    citations = [c for claim in CLAIMS for c in claim.citations]
    at = citing.steps(conversation, citations[1].document, citations[1].span, DOCUMENTS)
    assert (at.position, at.total) == (2, 4)
    assert at.previous is not None
    assert at.next is not None
    assert (at.previous.span, at.next.span) == (citations[0].span, citations[2].span)
    nowhere = citing.steps(conversation, "syndicat.md", Span(0, 1), DOCUMENTS)
    assert nowhere.position == 0
    assert nowhere.next is not None
    assert nowhere.next.span == citations[0].span
    without = {key: DOCUMENTS[key] for key in DOCUMENTS if key != "syndicat.md"}
    assert citing.steps(conversation, citations[0].document, citations[0].span, without).total == 3


# --- exports --------------------------------------------------------------------------------------


def test_what_was_left_out_is_among_the_citations_of_a_conversation(chat: Chat) -> None:
    assert not asked(chat, "Qu’énumère-t-on ?")[-1]["running"]
    for claim in LISTED.doubtful:
        (citation,) = claim.citations
        panel = chat.sources.source(
            {
                "conversation": FIRST,
                "document": citation.document,
                "start": citation.span.start,
                "end": citation.span.end,
                "number": citation.number,
                "language": "fr",
            }
        )
        assert f"{citation.number} sur 7" in panel
    file = chat.keeping.exported({"conversation": FIRST, "format": "json", "language": "fr"})
    content = json.loads(base64.b64decode(file["content"]))
    assert len(content["exchanges"][0]["sources"]) == 7


def test_a_reference_reads_as_french_bibliographies_do() -> None:
    document = DOCUMENTS["presse/criee.md"]
    citation = replace(CLAIMS[0].citations[0], locator=Locator(4))
    assert reference(document, citation, WHEN, FRENCH) == (
        "Anna Le Goff, «\N{NO-BREAK SPACE}Le port de Kerlann ferme sa criée\N{NO-BREAK SPACE}», "
        "Le Courrier des ports, 8 novembre 2025, p.\N{NO-BREAK SPACE}4, "
        "https://example.org/presse/criee, consulté le 22 novembre 2026."
    )
    unknown = Document("a/b.txt", "Sans date", "", "fr", Source("a/b.txt", "0"))
    assert reference(unknown, None, WHEN, TEXTS["en"]) == "“Sans date”, a/b.txt."


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_every_format_holds_the_answer_its_quotes_and_references() -> None:
    one, two = exchange(FIRST, "Combien ?"), exchange(SECOND, "Et *là* ?")
    talk = Conversation(FIRST, "Mes questions", (one, two))
    read = {
        format_: export_conversation(talk, format_, FRENCH).content
        for format_ in ("text", "markdown", "docx", "json")
    }
    word = docx.Document(io.BytesIO(read["docx"]))
    plain = json.loads(read["json"])
    rendered = MarkdownIt().render(read["markdown"].decode())
    texts = {
        "text": read["text"].decode(),
        "markdown": re.sub(r"<[^>]+>", "", rendered),
        "docx": "\n".join(paragraph.text for paragraph in word.paragraphs),
        "json": json.dumps(plain, ensure_ascii=False),
    }
    for format_, text in texts.items():
        assert "Mes questions" in text, format_
        assert text.count("Et *là* ?") == 1, format_
        for claim in CLAIMS:
            assert claim.text in text, format_
            for citation in claim.citations:
                assert _flat(text).count(citation.quote) >= 2, format_
                assert f"[{citation.number}]" in text or format_ == "json"
        assert text.count("consulté le 22 novembre 2026") == 8, format_
    for cited in plain["exchanges"][0]["sources"]:
        assert DOCUMENTS[cited["document"]].text[cited["start"] : cited["end"]] == cited["quote"]


def _word(content: bytes) -> str:
    """Everything a Word file says, tables too."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "".join(piece.text or "" for piece in body.iter(qn("w:t")))


@settings(deadline=None, max_examples=30)
@given(several_parts)
def test_each_citation_is_exported_as_often_as_it_is_cited(prepared: Prepared) -> None:
    one = exchange(FIRST, "Quand ?", turn_of(prepared))
    read = {name: export("t", [one], name, FRENCH).content for name in MEDIA_TYPES}
    plain = json.loads(read["json"])["exchanges"][0]
    claims = (*plain["claims"], *plain["doubtful"])
    assert Counter(n for claim in claims for n in claim["citations"]) == cited_in(prepared)
    texts = {
        "text": read["text"].decode(),
        "markdown": re.sub(r"\\([\[\]])", r"\1", read["markdown"].decode()),
        "docx": _word(read["docx"]),
    }
    for format_, text in texts.items():
        for number, times in cited_in(prepared).items():
            assert text.count(f"[{number}]") == times + 1, format_  # and once among the sources
        assert (FRENCH.doubtful(len(prepared.doubtful)) in text) == bool(prepared.doubtful)


def test_exports_are_laid_out_as_the_answer_is() -> None:
    listed, compared = (exchange(FIRST, "?", turn_of(one)) for one in (LISTED, COMPARED))
    text = export("t", [listed], "text", FRENCH).content.decode()
    first, second = LISTED.claims[0], LISTED.claims[3]
    assert text.startswith(f"Quand ?\n\n{LISTED.message}\n\n{first.about}\n- {first.text} [1]\n- ")
    assert f"\n\n{second.about}\n- {second.text} [4]\n" in text
    assert f"\n\n{LISTED.remark}\n\n2 autres passages, moins sûrs\n- " in text
    rendered = MarkdownIt().render(export("t", [listed], "markdown", FRENCH).content.decode())
    assert [rendered.count(f"<{tag}>") for tag in ("h1", "h2", "ul", "li")] == [1, 4, 3, 7]
    word = docx.Document(io.BytesIO(export("t", [compared], "docx", FRENCH).content))
    (table,) = word.tables
    columns = [[cell.text for cell in column.cells] for column in table.columns]
    assert [heading for heading, _ in columns] == list(
        dict.fromkeys(claim.about for claim in COMPARED.claims)
    )
    for claim in COMPARED.claims:
        (said,) = [below for heading, below in columns if heading == claim.about]
        assert claim.text in said


def test_what_was_not_answered_is_left_out() -> None:
    failed = exchange(FIRST, "Panne ?", Turn("Panne ?", "failed"))
    message = "Le dossier ne le dit pas."
    said = Answer("Rien ?", "fr", (), True, message, EVIDENCE)
    turn = Turn("Rien ?", "done", EVIDENCE, answer=said, message=message)
    nothing = exchange(SECOND, "Rien ?", turn)
    text = export("t", [failed, nothing], "text", FRENCH).content.decode()
    assert "Panne" not in text
    assert text == f"Rien ?\n\n{message}\n"


@pytest.mark.parametrize("payload", [*PAYLOADS, "\x00\x1b[2J\ufffe\uffff"])
def test_exported_payloads_are_only_text(payload: str) -> None:
    document = Document(
        payload, payload, "", "fr", Source(payload, "0", "https://x.org/" + payload, payload)
    )
    claim = Claim(payload, "partly", (Citation(1, payload, Span(0, 3), payload),), payload)
    said = Answer(payload, "fr", (claim,), False, "", ())
    hostile = Exchange(
        FIRST, WHEN, Turn(payload, "done", (), (claim,), answer=said), {payload: document}
    )
    markdown = export(payload, [hostile], "markdown", FRENCH)
    assert re.fullmatch(r"[a-z0-9-]+\.md", markdown.name)
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(
        markdown.content.decode()
    )
    assert set(re.findall(r"<([a-z0-9]+)", rendered)) <= {"h1", "h2", "p"}
    filed = replace(claim, about=payload)
    for form in FORMS:
        laid_out = replace(said, claims=(filed,), form=form, remark=payload, doubtful=(filed,))
        turn = replace(hostile.turn, claims=(filed,), form=form, answer=laid_out)
        read = export(payload, [replace(hostile, turn=turn)], "markdown", FRENCH).content.decode()
        rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(read)
        assert set(re.findall(r"<([a-z0-9]+)", rendered)) <= {"h1", "h2", "p", "ul", "li"}
        assert export(payload, [replace(hostile, turn=turn)], "docx", FRENCH).content
    word = docx.Document(io.BytesIO(export(payload, [hostile], "docx", FRENCH).content))
    assert len(word.paragraphs) == 4
    assert json.loads(export(payload, [hostile], "json", FRENCH).content)


# --- feedback -------------------------------------------------------------------------------------


def test_feedback_is_one_line_each(tmp_path: Path) -> None:
    file = tmp_path / "index" / "feedback.jsonl"
    one = exchange(FIRST, "Combien ?")
    feedback.note(file, one, "wrong-source", 3, " ligne\nsuivante ")
    feedback.note(file, one, "off-topic")
    first, second = (json.loads(line) for line in file.read_text("utf-8").splitlines())
    assert first["question"] == "Et la criée ?"  # stand-alone
    assert first["answer"] == one.turn.answer.text if one.turn.answer else ""
    assert first["comment"] == "ligne\nsuivante"
    cited = first["citation"]
    assert DOCUMENTS[cited["document"]].text[cited["start"] : cited["end"]] == cited["quote"]
    assert set(second) == {"time", "question", "answer", "kind"}
    with pytest.raises(ValueError, match="kind"):
        feedback.note(file, one, "spam")


# --- asking, as the page does ---------------------------------------------------------------------


def asked(chat: Chat, question: str, turn: str = SECOND) -> list[Update]:
    """Every update to a question of one conversation."""
    event = SimpleNamespace(
        conversation=FIRST, turn=turn, question=question, replaces=None, within=None
    )
    request = SimpleNamespace(
        session_hash="tab", cookies={}, headers={}, state=SimpleNamespace(who="somebody")
    )
    updates = chat.asked(cast("EventData", event), cast("Request", request))
    return [update for update in updates if not isinstance(update, Wait)]


@pytest.fixture
def dossier() -> FakeDossier:
    return FakeDossier()


@pytest.fixture
def chat(dossier: FakeDossier) -> Iterator[Chat]:
    chat = Chat(dossier, Uploads())
    yield chat
    chat.stop_all()


def test_a_question_of_megabytes_is_refused_and_not_kept(chat: Chat, dossier: FakeDossier) -> None:
    (refused,) = asked(chat, f"auteur:« {' ' * 20_000_000} ?")
    assert not refused["running"]
    assert "2000" in refused["html"]
    assert dossier.log == []
    assert not (dossier.settings.index / "conversations").exists()
    assert asked(chat, "Combien ?")[-1]["note"] == ""


def test_half_an_emoji_harms_no_conversation(chat: Chat, dossier: FakeDossier) -> None:
    last = asked(chat, "Combien \ud83d ?")[-1]
    assert not last["running"]
    assert last["html"].encode()
    assert "Combien ?" in asked(chat, "Combien ?")[-1]["html"]
    assert "Combien" in chat.keeping.conversations({})
    kept = Conversations(dossier.settings.index / "conversations")
    kept.keep(SECOND, exchange(FIRST, "Et \ud83d ?"))
    assert {one.id for one in kept.all()} == {FIRST, SECOND}


def test_an_answer_that_is_not_kept_is_told(chat: Chat, dossier: FakeDossier) -> None:
    folder = dossier.settings.index / "conversations"
    folder.parent.mkdir()
    folder.write_text("in the way")
    last = asked(chat, "Combien ?")[-1]
    assert not last["running"]
    assert "could not be saved" in last["note"]
    assert "could not be changed" in chat.keeping.rename({"conversation": FIRST, "name": "x"})
    folder.unlink()
    assert "Combien" in chat.keeping.conversations({})
    assert chat.keeping.rename({"conversation": FIRST, "name": "x"}) == ""
    kept = Conversations(folder).get(FIRST)
    assert kept is not None
    assert [e.turn.state for e in kept.exchanges] == ["done"]
