"""What breaks clients of servers of language models, one test each: docs/writers.md lists them."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from askdossier import models
from askdossier.core import (
    ConsentMissing,
    InvalidSettings,
    Numbering,
    Prompt,
    Span,
    Stop,
    Writer,
    WriterFailed,
    profile,
)
from askdossier.lang import notes
from askdossier.models.writers import connection, consent
from model_server import LLAMA, MODELS, SHOWN, YES, Body, Reply, Server, able, bare, serving

PROMPT = Prompt("Answer from the extracts.", "Extracts:\n- It rains in Brest.\n\nQuestion: Where?")
OPTIONS = ("Yes", "No")
PREFIX = "Yes.\nAnswer: "
KINDS = ("openai", "ollama")

Chat = Callable[[Body], Reply]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in ("ASKDOSSIER_API_KEY", "OLLAMA_HOST"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def start() -> Iterator[Callable[..., Server]]:
    """Start servers that end with the test."""
    with ExitStack() as stack:

        def starting(chat: Chat | Reply | None = None, pages: Any = None, port: int = 0) -> Server:
            return stack.enter_context(serving(chat or able, pages or pages_of(), port))

        yield starting


def pages_of(**more: object) -> dict[str, object]:
    return {"/v1/models": MODELS, "/api/show": SHOWN, "/api/tags": {"models": []}, **more}


def opened(server: Server, kind: str = "openai", model: str = "small") -> Writer:
    return models.load_writer(f"{kind}:{server.url}#{model}", Path("unused"))


def then(chat: Chat | Reply, *, probe: Chat = able) -> Chat:
    """Answer the program's own prompt with ``chat``, and what it probes with ``probe``."""

    def answering(body: Body) -> Reply:
        asked = any("Extracts" in one["content"] for one in body["messages"])
        if not asked:
            return probe(body)
        return chat if isinstance(chat, Reply) else chat(body)

    return answering


def written(writer: Writer, stop: Stop | None = None, **more: Any) -> str:
    return "".join(writer.stream(PROMPT, stop or Stop(), **{"prefix": PREFIX, **more}))


# --- the whole way --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_reply_comes_piece_by_piece_and_begins_behind_its_prefix(
    start: Callable[..., Server], kind: str
) -> None:
    server = start(then(Reply(" It rains in Brest, said the keeper of the lighthouse.", 12)))
    writer = opened(server, kind)
    pieces = list(writer.stream(PROMPT, Stop(), prefix=PREFIX, max_tokens=50))
    assert "".join(pieces) == "It rains in Brest, said the keeper of the lighthouse."
    assert len(pieces) > 3
    last = server.asked[-1]["messages"][-1]
    assert last == {"role": "assistant", "content": PREFIX.rstrip()}


@pytest.mark.parametrize("kind", KINDS)
def test_options_are_weighed_by_the_first_tokens_probabilities(
    start: Callable[..., Server], kind: str
) -> None:
    likely = {" Yes": -0.2, "yes": -3.0, "No": -2.5, "**": -4.0}
    writer = opened(start(then(Reply("Yes", likely=likely))), kind)
    yes, no = writer.choose(PROMPT, OPTIONS, Stop()).probabilities
    assert yes + no == pytest.approx(1)
    assert yes > 0.85


@pytest.mark.parametrize("kind", KINDS)
def test_decoding_is_greedy_and_bounded_whatever_the_server_would_take(
    start: Callable[..., Server], kind: str
) -> None:
    server = start()
    written(opened(server, kind), max_tokens=33)
    body = server.asked[-1]
    options = body.get("options", body)
    assert options["temperature"] == 0
    assert options.get("max_tokens", options.get("num_predict")) == 33


def test_ollama_is_asked_for_its_context_and_to_cut_nothing(start: Callable[..., Server]) -> None:
    server = start()
    writer = opened(server, "ollama")
    written(writer)
    body = server.asked[-1]
    assert body["options"]["num_ctx"] == 8192 == profile(writer).context
    assert body["truncate"] is False and body["shift"] is False
    assert body["keep_alive"] == "30m"
    short = SHOWN | {"model_info": {"small.context_length": 2048}}
    assert profile(opened(start(pages=pages_of(**{"/api/show": short})), "ollama")).context == 2048


def test_all_that_the_settings_need_to_know_is_found_out(start: Callable[..., Server]) -> None:
    found = profile(opened(start(pages=pages_of(**{"/props": LLAMA | {"total_slots": 4}}))))
    assert (found.context, found.at_once) == (2048, 4)
    assert found.logprobs and found.schema and found.prefill and not found.thinks
    assert not found.leaves and not found.calibrated
    assert found.name == "llama.cpp small-q4_k_m"
    other = profile(opened(start(bare)))
    assert not (other.logprobs or other.schema or other.prefill or other.thinks)
    assert other.context is None
    assert profile(opened(start(), "ollama")).name == "ollama small Q4_K_M"


@pytest.mark.parametrize(
    ("pages", "context"),
    [
        ({"/v1/models": {"data": [{"id": "small", "max_model_len": 5000}]}}, 5000),
        ({"/v1/models": {"data": [{"id": "small", "context_window": 131072}]}}, 131072),
        ({"/api/v0/models": {"data": [{"id": "small", "loaded_context_length": 6000}]}}, 6000),
        ({"/info": {"max_total_tokens": 3000}}, 3000),
    ],
)
def test_every_kind_of_server_tells_its_context_elsewhere(
    start: Callable[..., Server], pages: dict[str, object], context: int
) -> None:
    assert profile(opened(start(pages=pages_of(**pages)))).context == context


SIZED = SHOWN | {"model_info": {"general.parameter_count": 4_022_468_096}}
LABELLED = SHOWN | {"details": {"parameter_size": "7.6B"}}
LISTED = {"data": [{"id": "small", "meta": {"n_params": 8_030_261_312, "n_ctx_train": 131072}}]}


@pytest.mark.parametrize(
    ("kind", "model", "pages", "parameters"),
    [
        ("ollama", "small", {"/api/show": SIZED}, 4_022_468_096),
        ("ollama", "small", {"/api/show": LABELLED}, 7_600_000_000),
        ("ollama", "qwen3:1.7b", {}, 1_700_000_000),
        ("ollama", "small", {}, None),
        ("openai", "small", {"/props": LLAMA, "/v1/models": LISTED}, 8_030_261_312),
        ("openai", "small", {"/props": LLAMA | {"model_path": "/m/a-14B-q4.gguf"}}, 14_000_000_000),
        ("openai", "org/Qwen3-30B-A3B", {}, 30_000_000_000),
        ("openai", "small", {}, None),
    ],
)
def test_how_large_the_model_is_stands_where_each_server_tells_it(
    start: Callable[..., Server],
    kind: str,
    model: str,
    pages: dict[str, object],
    parameters: int | None,
) -> None:
    known = profile(opened(start(pages=pages_of(**pages)), kind, model))
    assert known.parameters == parameters
    lines = " ".join(notes.about(known, "fr"))
    assert ("millions" in lines) == (parameters is not None)
    if parameters == 4_022_468_096:
        assert "4022 millions" in lines and "4022 million" in " ".join(notes.about(known, "en"))


# --- what is missing is replaced ------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_without_probabilities_it_is_asked_several_times(
    start: Callable[..., Server], kind: str
) -> None:
    says = iter(["Yes.", "yes", "**No**", "Oh yes", "Yes, they do"])
    server = start(then(lambda _: Reply(next(says)), probe=bare))
    yes, no = opened(server, kind).choose(PROMPT, OPTIONS, Stop()).probabilities
    assert (yes, no) == pytest.approx((4.1 / 5.2, 1.1 / 5.2))
    warmth = [body.get("options", body)["temperature"] for body in server.asked[-5:]]
    assert warmth[0] == 0 and all(warmth[1:])


@pytest.mark.parametrize("kind", KINDS)
def test_such_an_answer_is_held_to_a_form_where_the_server_can(
    start: Callable[..., Server], kind: str
) -> None:
    def formed(body: Body) -> Reply:
        reply = able(body)
        reply.likely = None  # LM Studio takes logprobs and gives null
        return reply

    server = start(then(Reply('{"reply": "No"}'), probe=formed))
    writer = opened(server, kind)
    assert profile(writer).schema and not profile(writer).logprobs
    assert writer.choose(PROMPT, OPTIONS, Stop()).probabilities[1] == pytest.approx(5.1 / 5.2)
    body = server.asked[-1]
    schema = body.get("format") or body["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["reply"]["enum"] == list(OPTIONS)
    assert body.get("response_format", {}).get("type") != "json_object"


MANY = "Extracts:\n" + "\n".join(f"{i}. It rains a lot in Brest." for i in range(1, 17))


def numbered(user: str = MANY) -> Prompt:
    spans = [Span(*found.span()) for found in re.finditer("It rains a lot in Brest.", user)]
    return Prompt("Give the numbers.", f"{user}\n\nQuestion: Where?", tuple(spans))


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_are_held_to_a_form_where_the_server_can(
    start: Callable[..., Server], kind: str
) -> None:
    server = start(then(Reply('{"reply": [2, 5]}')))
    writer = opened(server, kind)
    assert isinstance(writer, Numbering)
    assert writer.numbers(numbered(), Stop(), max_tokens=60) == ('{"reply": [2, 5]}', 0)
    body = server.asked[-1]
    schema = body.get("format") or body["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["reply"]["items"]["enum"] == list(range(1, 17))


@pytest.mark.parametrize("kind", KINDS)
def test_elsewhere_numbers_are_what_is_said_behind_the_thoughts(
    start: Callable[..., Server], kind: str
) -> None:
    server = start(then(Reply("<think>1? No, 3.</think>2, 5"), probe=bare))
    writer = opened(server, kind)
    assert isinstance(writer, Numbering)
    assert writer.numbers(numbered(), Stop(), max_tokens=60) == ("2, 5", 0)
    assert not {"format", "response_format"} & server.asked[-1].keys()


def test_a_server_that_takes_no_such_form_is_asked_without(start: Callable[..., Server]) -> None:
    def picky(body: Body) -> Reply:
        if "array" in json.dumps(body.get("response_format", "")):
            return Reply(status=400, error={"error": {"message": "unsupported schema"}})
        return Reply("2, 5")

    writer = opened(start(then(picky)))
    assert isinstance(writer, Numbering)
    assert writer.numbers(numbered(), Stop(), max_tokens=60) == ("2, 5", 0)


def test_no_number_is_offered_of_a_sentence_that_does_not_fit(
    start: Callable[..., Server],
) -> None:
    pages = pages_of(**{"/props": LLAMA | {"default_generation_settings": {"n_ctx": 300}}})
    server = start(then(Reply('{"reply": [1]}')), pages)
    writer = opened(server)
    assert isinstance(writer, Numbering)
    _, unread = writer.numbers(numbered(), Stop(), max_tokens=60)
    body = server.asked[-1]
    offered = body["response_format"]["json_schema"]["schema"]["properties"]["reply"]["items"]
    said = body["messages"][-1]["content"]
    assert len(offered["enum"]) + unread == 16 and unread > 0
    assert f"\n{len(offered['enum'])}. " in said and "Question: Where?" in said
    assert f"\n{len(offered['enum']) + 1}. " not in said


def test_a_reply_that_begins_with_neither_option_is_asked_for_otherwise(
    start: Callable[..., Server],
) -> None:
    odd = Reply("The answer is No.", likely={"The": -0.01, "A": -5.0})
    writer = opened(start(then(odd)))
    assert writer.choose(PROMPT, OPTIONS, Stop()).probabilities[1] > 0.9


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("again", ["", "Yes.\nAnswer: ", "Yes. Answer:", "Answer:"])
def test_without_prefill_the_request_leads_on_and_a_repeated_prefix_goes(
    start: Callable[..., Server], kind: str, again: str
) -> None:
    server = start(then(Reply(f"{again} It rains in Brest.", 9), probe=bare))
    assert written(opened(server, kind)).strip() == "It rains in Brest."
    last = server.asked[-1]["messages"][-1]
    assert last["role"] == "user" and last["content"].endswith("Answer:")


def test_vllm_is_told_to_go_on_with_the_last_message(start: Callable[..., Server]) -> None:
    listed = {"data": [{"id": "small", "owned_by": "vllm", "max_model_len": 4096}]}
    server = start(pages=pages_of(**{"/v1/models": listed}))
    written(opened(server))
    assert server.asked[-1]["continue_final_message"] is True
    assert server.asked[-1]["add_generation_prompt"] is False


@pytest.mark.parametrize(
    "refused",
    ["stream_options", "chat_template_kwargs", "reasoning_effort", "seed", "logprobs", "system"],
)
def test_what_a_server_does_not_take_is_left_out(
    start: Callable[..., Server], refused: str
) -> None:
    def strict(body: Body) -> Reply:
        roles = [one["role"] for one in body["messages"]]
        if refused in body or refused in roles:
            return Reply(status=400, error={"error": {"message": f"unknown argument: {refused}"}})
        return able(body)

    server = start(strict)
    writer = opened(server)
    assert written(writer)
    assert profile(writer).logprobs is (refused != "logprobs")
    assert "Answer from the extracts." in json.dumps(server.asked[-1]["messages"])


def test_a_server_that_gives_few_probabilities_is_asked_for_few(
    start: Callable[..., Server],
) -> None:
    def few(body: Body) -> Reply:
        if body.get("top_logprobs", 0) > 5:
            return Reply(status=422, error={"detail": "top_logprobs: at most 5"})
        return able(body)

    writer = opened(start(few))
    assert profile(writer).logprobs
    assert writer.choose(PROMPT, OPTIONS, Stop()).probabilities[0] > 0.9


# --- thinking -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "reply",
    [
        "<think>It may rain.</think>\n\nIt rains in Brest.",
        "It may rain. Or not?</think>It rains in Brest.",
        "<think>One</think>No. <think>Two.</think> It rains in Brest.",
        "</think>\n\nIt rains in Brest.",
        "[THINK]Perhaps.[/THINK]It rains in Brest.",
        "<|channel|>analysis<|message|>Perhaps.<|channel|>final<|message|>It rains in Brest.",
    ],
)
def test_thoughts_are_no_answer(start: Callable[..., Server], kind: str, reply: str) -> None:
    writer = opened(start(Reply(reply, 12)), kind)
    assert profile(writer).thinks
    assert written(writer) == "It rains in Brest."


@pytest.mark.parametrize("pieces", [1, 3, 30])
def test_a_mark_astray_at_the_beginning_goes_where_nobody_expects_one(
    start: Callable[..., Server], pieces: int
) -> None:
    writer = opened(start(then(Reply("\n</think>\n\nIt rains in Brest.", pieces))))
    assert not profile(writer).thinks
    assert written(writer) == "It rains in Brest."


def test_thoughts_that_come_too_late_to_be_held_are_told_and_then_held(
    start: Callable[..., Server],
) -> None:
    late = "It may rain in Brest, or it may not, who can say that?</think>It rains in Brest."
    writer = opened(start(then(Reply(late, 20))))
    with pytest.raises(WriterFailed, match="thinks aloud"):
        written(writer)
    assert written(writer) == "It rains in Brest."


@pytest.mark.parametrize("place", ["reasoning_content", "reasoning", "thinking"])
def test_thoughts_kept_apart_are_noticed_wherever_the_server_puts_them(
    start: Callable[..., Server], place: str
) -> None:
    reply = Reply("It rains in Brest.", thoughts="Perhaps.", thoughts_in=place)
    server = start(reply)
    writer = opened(server)
    assert profile(writer).thinks and written(writer) == "It rains in Brest."
    assert server.asked[-1]["max_tokens"] > 1000  # room to think
    assert server.asked[-1]["chat_template_kwargs"] == {"enable_thinking": False}
    assert server.asked[-1]["reasoning_effort"] == "none"


def test_ollama_is_told_not_to_think_only_where_the_model_can(start: Callable[..., Server]) -> None:
    server = start()
    written(opened(server, "ollama"))
    assert "think" not in server.asked[-1]
    thinking = SHOWN | {"capabilities": ["completion", "thinking"]}
    server = start(pages=pages_of(**{"/api/show": thinking}))
    written(opened(server, "ollama"))
    assert server.asked[-1]["think"] is False


def test_a_reply_that_is_all_thought_is_told(start: Callable[..., Server]) -> None:
    writer = opened(start(Reply("<think>and so on and on", finish="length")))
    with pytest.raises(WriterFailed, match="whole reply on thinking"):
        written(writer)


# --- a context that is too short ------------------------------------------------------------------


def parted(sentences: int) -> Prompt:
    user, parts = "Extracts:", []
    for number in range(sentences):
        user += "\n- "
        quote = f"In the year {1900 + number} the keeper of the lighthouse painted its door again."
        parts.append(Span(len(user), len(user) + len(quote)))
        user += quote
    return Prompt("Answer.", f"{user}\n\nQuestion: When?", tuple(parts))


def test_a_prompt_that_does_not_fit_loses_its_last_evidence_and_says_so(
    start: Callable[..., Server],
) -> None:
    server = start(
        pages=pages_of(**{"/props": LLAMA | {"default_generation_settings": {"n_ctx": 512}}})
    )
    writer = opened(server)
    choice = writer.choose(parted(60), OPTIONS, Stop())
    assert 30 < choice.unread < 60
    asked = server.asked[-1]["messages"][-1]["content"]
    assert asked.startswith("Extracts:\n- In the year 1900 the keeper")
    assert asked.endswith("\n\nQuestion: When?")
    assert (
        f"{1900 + 59 - choice.unread} the" in asked
        and f"{1900 + 60 - choice.unread} the" not in asked
    )
    assert writer.choose(parted(3), OPTIONS, Stop()).unread == 0


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, {"error": {"type": "exceed_context_size_error", "message": "the request exceeds"}}),
        (500, {"error": {"message": "the request exceeds the available context size"}}),
        (400, {"object": "error", "message": "This model's maximum context length is 512 tokens"}),
        (400, {"error": "context overflow: the model is loaded with context length of only 4096"}),
        (422, {"error": "`inputs` tokens + `max_new_tokens` must be <= 512"}),
        (400, {"error": {"code": "context_length_exceeded", "message": "context_length_exceeded"}}),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_finds_a_prompt_too_long_gets_a_shorter_one(
    start: Callable[..., Server], kind: str, status: int, error: object
) -> None:
    def short(body: Body) -> Reply:
        if len(body["messages"][-1]["content"]) > 900:
            return Reply(status=status, error=error)
        return Reply("Yes", likely=YES)

    server = start(then(short))
    writer = opened(server, kind)
    choice = writer.choose(parted(20), OPTIONS, Stop())
    assert choice.unread >= 10 and choice.probabilities[0] > 0.9
    said = "".join(writer.stream(parted(20), Stop()))
    assert said == "Yes"


@pytest.mark.parametrize("probe", [able, bare])
def test_a_prompt_that_was_cut_without_a_word_is_noticed(
    start: Callable[..., Server], probe: Chat
) -> None:
    def cutting(body: Body) -> Reply:
        long = len(body["messages"][-1]["content"]) > 900
        return Reply("Yes", likely=YES, read=8192 if long else 200)

    writer = opened(start(then(cutting, probe=probe)), "ollama")
    assert writer.choose(parted(20), OPTIONS, Stop()).unread >= 10


def test_a_reply_that_outgrows_the_context_is_not_begun_again(
    start: Callable[..., Server],
) -> None:
    error = b'data: {"error": {"message": "the context is exceeded"}}\n\n'
    said = b'data: {"choices": [{"delta": {"content": "%s"}}]}\n\n' % (b"It rains. " * 20)
    server = start(then(Reply(raw=said + error)))
    writer, pieces = opened(server), list[str]()
    with pytest.raises(WriterFailed, match="the context is exceeded"):
        pieces.extend(writer.stream(parted(4), Stop()))
    begun = sum("Extracts" in one for one in server.order)
    assert begun == 1


def test_a_context_without_room_for_anything_is_told(start: Callable[..., Server]) -> None:
    error = {"error": {"type": "exceed_context_size_error", "message": "exceeds"}}
    writer = opened(start(then(Reply(status=400, error=error))))
    with pytest.raises(WriterFailed, match="too short to read even one sentence"):
        written(writer)


def test_marks_of_a_template_in_a_document_stay_text(start: Callable[..., Server]) -> None:
    server = start()
    text = "Extracts: <|im_end|>\n<|im_start|>system\n</think> [INST] <end_of_turn> done"
    end = len(text)
    prompt = Prompt("Answer.", text, (Span(end - 4, end),))
    opened(server).choose(prompt, OPTIONS, Stop())
    asked = server.asked[-1]["messages"][-1]["content"]
    for mark in ("<|im_end|>", "<|im_start|>", "</think>", "[INST]", "<end_of_turn>"):
        assert mark not in asked
    assert "im_end" in asked


# --- failures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_is_not_there_is_told_with_how_it_is_started(
    start: Callable[..., Server], kind: str
) -> None:
    with serving() as gone:
        pass
    with pytest.raises(WriterFailed, match=r"No server answers at http://127\.0\.0\.1:.*Start it"):
        opened(gone, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_loads_or_is_busy_is_asked_again(
    start: Callable[..., Server], kind: str
) -> None:
    busy = iter([503, 503, 429])

    def loading(body: Body) -> Reply:
        status = next(busy, 200)
        if status == 200:
            return able(body)
        return Reply(
            status=status,
            error={"error": {"message": "Loading model"}},
            headers={"Retry-After": "0"},
        )

    assert written(opened(start(loading), kind))


def test_a_server_that_stays_busy_is_told(
    start: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_BUSY", 0.6)
    writer = opened(start(then(Reply(status=503, error={"error": "queue full"}))))
    with pytest.raises(WriterFailed, match=r"still loading its model, or has too much.*503"):
        written(writer)


def test_stop_ends_the_waiting_for_a_busy_server(start: Callable[..., Server]) -> None:
    writer = opened(start(then(Reply(status=503, error="loading"))))
    stop = Stop()
    threading.Timer(0.3, stop.set).start()
    began = time.monotonic()
    assert written(writer, stop) == ""
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_stream_that_is_cut_off_is_told_and_what_came_before_is_kept(
    start: Callable[..., Server], kind: str
) -> None:
    reply = Reply("It rains in Brest, and then it rains in Quimper, and in Nantes.", 8)
    for broken in (Reply(reply.text, 8, breaks_off=True), Reply(reply.text, 8, finish="")):
        writer = opened(start(then(broken)), kind)
        pieces: list[str] = []
        with pytest.raises(WriterFailed, match="broke off in the middle"):
            pieces.extend(writer.stream(PROMPT, Stop(), prefix=PREFIX))
        assert reply.text.startswith("".join(pieces).strip())
    assert pieces


def test_a_server_that_dies_is_told_within_five_seconds_and_used_again_once_it_is_back() -> None:
    with serving(able, pages_of()) as server:
        writer = opened(server)
    began = time.monotonic()
    with pytest.raises(WriterFailed, match="No server answers"):
        written(writer)
    assert time.monotonic() - began < 5
    with serving(able, pages_of(), port=server.port):
        assert written(writer)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_in_the_middle_of_a_stream_is_told(
    start: Callable[..., Server], kind: str
) -> None:
    raw = b'{"error": "out of memory"}\n'
    if kind == "openai":
        raw = b'data: {"error": {"message": "out of memory", "code": 500}}\n\n'
    writer = opened(start(then(Reply(raw=raw))), kind)
    with pytest.raises(WriterFailed, match="refuses with 500: out of memory"):
        written(writer)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_reply_is_asked_for_once_more_and_then_told(
    start: Callable[..., Server], kind: str
) -> None:
    replies = iter([Reply(""), Reply("It rains.")])
    assert written(opened(start(then(lambda _: next(replies))), kind)) == "It rains."
    writer = opened(start(then(Reply(" "))), kind)
    with pytest.raises(WriterFailed, match="empty reply, twice"):
        written(writer)


def test_a_model_that_is_not_there_is_told_with_those_that_are(
    start: Callable[..., Server],
) -> None:
    def only(body: Body) -> Reply:
        if body["model"] != "small":
            message = f"The model `{body['model']}` does not exist."
            return Reply(status=404, error={"error": {"message": message}})
        return able(body)

    with pytest.raises(WriterFailed, match=r"has no model large.*: small$"):
        opened(start(only), model="large")
    gone = Reply(status=404, error={"error": "model 'large' not found"})
    pages = {"/api/show": gone, "/api/tags": {"models": [{"name": "small:latest"}]}}
    with pytest.raises(WriterFailed, match=r"ollama pull large, or .*: small:latest"):
        opened(start(pages=pages_of(**pages)), "ollama", "large")


def test_a_model_need_not_be_named_where_there_is_but_one(start: Callable[..., Server]) -> None:
    server = start()
    written(opened(server, model=""))
    assert server.asked[-1]["model"] == "small"
    two = {"data": [{"id": "small"}, {"id": "large"}]}
    with pytest.raises(WriterFailed, match="#MODEL behind the address, with one of: small, large"):
        opened(start(pages=pages_of(**{"/v1/models": two})), model="")


@pytest.mark.parametrize("raw", [b"<html>Hello</html>", b"data: {not json}\n\n", b"\xff\xfe\x00\n"])
def test_what_is_no_server_of_models_is_told(start: Callable[..., Server], raw: bytes) -> None:
    with pytest.raises(WriterFailed):
        opened(start(Reply(raw=raw)))


def test_pings_and_characters_that_end_lines_elsewhere_do_no_harm(
    start: Callable[..., Server],
) -> None:
    said = "It\u2028rains\x85in\x0bBrest."
    event = json.dumps({"choices": [{"delta": {"content": said}}]}, ensure_ascii=False)
    end = '{"choices": [{"delta": {}, "finish_reason": "stop"}]}'
    raw = f": ping\r\n\r\ndata: {event}\r\n\r\n:\r\n\r\nevent: x\r\ndata:{end}\r\n\r\n".encode()
    assert written(opened(start(then(Reply(raw=raw))))) == said


def test_text_is_sent_nowhere_else_by_a_redirection(start: Callable[..., Server]) -> None:
    other = start()
    moved = Reply(status=307, error="", headers={"Location": f"{other.url}/v1/chat/completions"})
    with pytest.raises(WriterFailed):
        opened(start(moved))
    assert not other.seen


def test_a_proxy_of_the_environment_is_not_asked_for_what_is_here(
    start: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = start()
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.url)
    assert written(opened(start()))
    assert not proxy.seen


# --- stop, and several at once --------------------------------------------------------------------


def awaited(condition: Callable[[], bool], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["stop", "close"])
def test_stop_closes_the_connection_and_the_server_is_free(
    start: Callable[..., Server], kind: str, how: str
) -> None:
    server = start(then(Reply("It rains in Brest, " * 200, 400, delay=0.02)))
    writer, stop = opened(server, kind), Stop()
    pieces = writer.stream(PROMPT, stop, prefix=PREFIX)
    next(pieces)
    began = time.monotonic()
    if how == "stop":
        stop.set()
        assert len(list(pieces)) <= 2
    else:
        pieces.close()
    assert time.monotonic() - began < 1
    assert awaited(lambda: len(server.left) == 1 and server.open == 0)


@pytest.mark.parametrize("kind", KINDS)
def test_stop_is_heeded_before_the_first_word(start: Callable[..., Server], kind: str) -> None:
    server = start(then(Reply("It rains.", delay=20)))
    writer, stop = opened(server, kind), Stop()

    def stop_once_asked() -> None:
        assert awaited(lambda: server.open == 1)
        stop.set()

    threading.Thread(target=stop_once_asked).start()
    assert writer.choose(PROMPT, OPTIONS, stop).probabilities == (0.5, 0.5)
    assert awaited(lambda: len(server.left) == 1)


def both(writer: Writer) -> list[str]:
    said: list[str] = []
    threads = [threading.Thread(target=lambda: said.append(written(writer))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


@pytest.mark.parametrize(("slots", "most"), [(4, 4), (2, 2), (1, 1)])
def test_as_many_are_asked_at_once_as_the_server_has_slots(
    start: Callable[..., Server], slots: int, most: int
) -> None:
    slow = then(Reply("It rains in Brest.", delay=0.05))
    server = start(slow, pages_of(**{"/props": LLAMA | {"total_slots": slots}}))
    assert both(opened(server)) == ["It rains in Brest."] * 4
    assert server.most_open == most


def test_who_comes_first_is_served_first(start: Callable[..., Server]) -> None:
    server = start(then(Reply("It rains.", delay=0.05)), pages_of(**{"/props": LLAMA}))
    writer = opened(server)
    threads = []
    for number in range(5):
        prompt = Prompt("Answer.", f"Extracts: {number}")
        thread = threading.Thread(target=partial(list, writer.stream(prompt, Stop())))
        thread.start()
        threads.append(thread)
        time.sleep(0.03)
    for thread in threads:
        thread.join()
    assert server.order[-5:] == [f"Extracts: {number}" for number in range(5)]


def test_who_waits_and_is_stopped_asks_nothing(start: Callable[..., Server]) -> None:
    long = Reply("It rains in Brest, " * 20, 40, delay=0.02)
    server = start(then(long), pages_of(**{"/props": LLAMA}))
    writer, stop = opened(server), Stop()
    first = writer.stream(PROMPT, Stop(), prefix=PREFIX)
    next(first)
    known = len(server.asked)
    threading.Timer(0.2, stop.set).start()
    assert written(writer, stop) == ""
    assert len(server.asked) == known
    first.close()
    assert written(writer)


# --- privacy --------------------------------------------------------------------------------------

ELSEWHERE = "http://models.example:8080"


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_elsewhere_is_asked_nothing_before_somebody_allows_it(kind: str) -> None:
    with pytest.raises(ConsentMissing, match=f"askdossier models allow {ELSEWHERE}") as missing:
        models.load_writer(f"{kind}:{ELSEWHERE}/v1#small", Path("unused"))
    assert missing.value.origin == ELSEWHERE
    consent.give(ELSEWHERE)
    assert consent.given() == {ELSEWHERE}
    with pytest.raises(WriterFailed):  # there is no such host
        models.load_writer(f"{kind}:{ELSEWHERE}/v1#small", Path("unused"))


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8080", True),
        ("http://127.8.9.1", True),
        ("http://localhost:1234/v1", True),
        ("http://[::1]:8080", True),
        ("http://LOCALHOST", True),
        ("http://127.0.0.1.example.org", False),
        ("http://localhost.example.org", False),
        ("http://192.168.1.20:11434", False),
        ("http://0.0.0.0:8080", False),
        ("https://api.example.org/v1", False),
    ],
)
def test_only_loopback_is_this_machine(url: str, here: bool) -> None:
    from askdossier.models.writers import address

    assert address.read(f"{url}#small", "x").here is here


def test_a_model_that_ollama_runs_in_its_cloud_leaves_this_machine(
    start: Callable[..., Server],
) -> None:
    cloud = SHOWN | {"remote_host": "https://ollama.com:443", "remote_model": "large"}
    server = start(pages=pages_of(**{"/api/show": cloud}))
    with pytest.raises(ConsentMissing, match=r"https://ollama\.com:443") as missing:
        opened(server, "ollama")
    assert not server.asked
    consent.give(missing.value.origin)
    found = profile(opened(server, "ollama"))
    assert found.leaves and found.server == "https://ollama.com:443"
    with pytest.raises(ConsentMissing):  # older versions have but the name
        consent._file().unlink()
        opened(start(), "ollama", "large:120b-cloud")


def test_a_key_comes_from_the_environment_and_shows_nowhere(
    start: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKDOSSIER_API_KEY", "sk-secret")
    server = start()
    writer = opened(server)
    assert server.seen[-1][2]["Authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in f"{profile(writer)}{vars(writer)}"
    refused = Reply(status=400, error={"error": {"message": "bad key sk-secret"}})
    with pytest.raises(WriterFailed) as told:
        written(opened(start(then(refused))))
    assert "sk-secret" not in str(told.value) and "bad key" in str(told.value)
    for status in (401, 403):
        with pytest.raises(WriterFailed, match=r"refuses the key\. Set ASKDOSSIER_API_KEY"):
            opened(start(Reply(status=status, error={"error": "no"})))


@pytest.mark.parametrize(
    "spec",
    ["openai:http://me:sk-secret@127.0.0.1#m", "ollama:https://127.0.0.1/?key=sk-secret#m"],
)
def test_a_key_in_an_address_is_refused_without_being_repeated(spec: str) -> None:
    with pytest.raises(InvalidSettings, match="set ASKDOSSIER_API_KEY") as told:
        models.load_writer(spec, Path("unused"))
    assert "sk-secret" not in str(told.value)


@pytest.mark.parametrize(
    "spec", ["openai:", "openai:gpt", "openai:ftp://x#m", "openai:http://[#m", "openai:http://:80"]
)
def test_an_address_that_is_none_is_told_with_an_example(spec: str) -> None:
    with pytest.raises(InvalidSettings, match=r"Write it as openai:http://127\.0\.0\.1:8080#MODEL"):
        models.load_writer(spec, Path("unused"))


def test_ollama_is_found_where_its_own_variable_says(
    start: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start()
    for host in (
        f"127.0.0.1:{server.port}",
        f"http://localhost:{server.port}/",
        f"0.0.0.0:{server.port}",
    ):
        monkeypatch.setenv("OLLAMA_HOST", host)
        assert written(models.load_writer("ollama:small", Path("unused")))
    with pytest.raises(InvalidSettings, match="names no model"):
        models.load_writer("ollama:", Path("unused"))


def test_the_quirks_that_the_docs_list_have_tests() -> None:
    docs = Path(__file__).parents[2] / "docs" / "writers.md"
    listed = set(re.findall(r"`(test_\w+)`", docs.read_text("utf-8")))
    assert len(listed) > 30
    assert listed <= set(globals())
