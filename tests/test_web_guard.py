"""The guard before the chat, asked over real connections as strangers would ask."""

from __future__ import annotations

import http.client
import json
import os
import pwd
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from askdossier.core import DossierError
from askdossier.web import peer, uploads
from askdossier.web.guard import LARGEST_CALL, LARGEST_UPLOAD, PublicAddress
from askdossier.web.page import build, launch
from askdossier.web.sessions import IDLE, LONGEST, Sessions, SignIn
from web_browser import CHROMIUM, call, chromium, free_port
from web_fake import FakeDossier

pytestmark = [
    pytest.mark.browser,
    # Gradio 6.31 counts its requests in ways that pandas 3 deprecates.
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
]

if not CHROMIUM.exists():
    pytest.skip("needs Debian's chromium", allow_module_level=True)

TESTS = Path(__file__).parent
JSON = {"Content-Type": "application/json"}
SERVER = "gradio_api/component_server"


# Gradio leaves an event loop open where none is running; a browser has one running.
@pytest.fixture(scope="module", autouse=True)
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True)
class Served:
    """A chat, and what to call its functions by."""

    address: str
    dossier: FakeDossier
    component: int

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def ask(self, method: str, path: str, body: bytes | None = None, /, **headers: str) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(self.host, timeout=20)
        try:
            connection.request(method, f"/{path}", body, given)
            answer = connection.getresponse()
            # What streams is not read to its end, which may be far away.
            said = answer.read() if answer.getheader("Content-Length") else b""
            return Answer(
                answer.status,
                {name.lower(): value for name, value in answer.getheaders()},
                said.decode("utf-8", "replace"),
            )
        finally:
            connection.close()

    def function(self, name: str, /, **given: object) -> bytes:
        """The body by which the page calls a function of the server."""
        body = {"data": given, "fn_name": name, "component_id": self.component}
        return json.dumps({**body, "session_hash": "abc"}).encode()


@contextmanager
def served(
    password: str = "", token: str = "", url: str = "", api: bool = True
) -> Iterator[Served]:
    dossier = FakeDossier()
    blocks, chat = build(dossier, with_api=api)
    (component,) = (key for key, one in blocks.blocks.items() if type(one).__name__ == "HTML")
    try:
        address = launch(
            blocks,
            "127.0.0.1",
            free_port(),
            open_browser=False,
            password=password,
            token=token,
            url=url,
        )
        yield Served(address, dossier, component)
    finally:
        chat.stop_all()
        blocks.close(verbose=False)


@pytest.fixture(scope="module")
def chat(browser: Browser) -> Iterator[Served]:
    with served() as chat:
        yield chat


@pytest.fixture(scope="module")
def closed(browser: Browser) -> Iterator[Served]:
    with served("sesame") as chat:
        yield chat


# --- other pages in the browser of somebody who may come in --------------------------------------


def test_the_page_and_programs_of_this_machine_come_in(chat: Served) -> None:
    assert chat.ask("GET", "").status == 200
    origin = f"http://{chat.host}"
    body = chat.function("library")
    for headers in (
        {},
        {"Origin": origin, "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ):
        answer = chat.ask("POST", SERVER, body, **JSON, **headers)
        assert answer.status == 200
        assert "criee" in answer.body


FOREIGN = (
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost:1"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


@pytest.mark.parametrize("foreign", FOREIGN)
def test_another_page_reads_and_does_nothing(chat: Served, foreign: dict[str, str]) -> None:
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
        for name in ("library", "take_out", "state", "strict", "sync", "readiness"):
            body = chat.function(name, document="syndicat.md", value=1)
            answer = chat.ask("POST", SERVER, body, Content_Type=kind, **foreign)
            assert answer.status in (403, 415)
    for path in ("", "config", "theme.css", "gradio_api/info", "favicon.ico"):
        assert chat.ask("GET", path, **foreign).status == 403
    for path in ("gradio_api/queue/join", "gradio_api/upload", "gradio_api/call/ask", "login"):
        assert chat.ask("POST", path, b"{}", **JSON, **foreign).status == 403
    assert chat.dossier.synced == 0
    assert chat.dossier.settings.strictness < 1


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:1", "null"])
def test_no_other_origin_is_ever_allowed(chat: Served, origin: str) -> None:
    asked = chat.ask(
        "OPTIONS", SERVER, Origin=origin, Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="content-type",
    )  # fmt: skip
    assert asked.status in (403, 405)
    for answer in (asked, chat.ask("GET", "", Origin=origin), chat.ask("GET", "")):
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_link_from_elsewhere_opens_the_page_and_nothing_else(chat: Served) -> None:
    link = {
        "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
    }  # fmt: skip
    assert chat.ask("GET", "", **link).status == 200
    assert chat.ask("GET", "gradio_api/info", **link).status == 403
    assert chat.ask("GET", "", **{**link, "Sec-Fetch-Dest": "iframe"}).status == 403
    body = chat.function("library")
    assert chat.ask("POST", SERVER, body, **JSON, **link).status == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost:{port}.",
     "127.0.0.1.evil.example:{port}", "127.0.0.1:{port}@evil.example", "10.0.0.1:{port}", ""],
)  # fmt: skip
def test_only_the_very_names_of_this_chat_are_answered(chat: Served, host: str) -> None:
    port = chat.host.rpartition(":")[2]
    for path in ("", "favicon.ico", "gradio_api/info"):
        assert chat.ask("GET", path, Host=host.format(port=port)).status == 400
    for name in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]"):
        assert chat.ask("GET", "", Host=f"{name}:{port}").status == 200


# --- what may be asked for ------------------------------------------------------------------------


def test_calls_are_json_or_nothing(chat: Served) -> None:
    body = chat.function("library")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"):
        assert chat.ask("POST", SERVER, body, Content_Type=kind).status == 415
    accepted = chat.ask("POST", SERVER, body, Content_Type="Application/JSON; charset=utf-8")
    assert accepted.status == 200


@pytest.mark.parametrize(
    "path",
    ["gradio_api/file=/etc/passwd", "gradio_api/file/x", "gradio_api/proxy=http://x/", "logout",
     "gradio_api/token", "gradio_api/user", "monitoring", "gradio_api/dev/reload", "docs",
     "gradio_api/vibe-code", "gradio_api/stream/a/b/1/playlist-file", "gradio_api/runs",
     "static/../config", "assets//etc", "gradio_api/deep_link", "gradio_api/openapi.json"],
)  # fmt: skip
def test_no_other_route_is_open(chat: Served, path: str) -> None:
    for method, body in (("GET", None), ("POST", b"{}")):
        assert chat.ask(method, path, body, **JSON).status == 404


def test_other_methods_do_nothing(chat: Served) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert chat.ask(method, "").status == 405
    assert chat.ask("GET", SERVER).status == 405


def test_what_is_too_large_is_refused_before_it_is_read(chat: Served, closed: Served) -> None:
    for served, statuses in ((chat, (413,)), (closed, (401, 413))):
        for path, kind, size in (
            (SERVER, "application/json", LARGEST_CALL + 1),
            ("gradio_api/queue/join", "application/json", 20_000_000),
            ("gradio_api/upload", "multipart/form-data; boundary=x", LARGEST_UPLOAD + 1),
            ("login", "application/x-www-form-urlencoded", 300_000_000),
        ):
            with socket.create_connection(tuple(served.host.split(":")), timeout=20) as line:  # type: ignore[arg-type]
                line.sendall(
                    f"POST /{path} HTTP/1.1\r\nHost: {served.host}\r\nContent-Type: {kind}\r\n"
                    f"Content-Length: {size}\r\n\r\n".encode()
                )
                # Not a byte of the body is sent, and yet there is an answer.
                assert int(line.recv(4096).split()[1]) in statuses


def test_a_body_says_how_long_it_is(chat: Served) -> None:
    head = f"Host: {chat.host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked"
    with socket.create_connection(tuple(chat.host.split(":")), timeout=20) as line:  # type: ignore[arg-type]
        line.sendall(f"POST /{SERVER} HTTP/1.1\r\n{head}\r\n\r\n".encode())
        assert line.recv(4096).split()[1] == b"411"


def test_an_upload_before_signing_in_is_refused_unread(closed: Served) -> None:
    with socket.create_connection(tuple(closed.host.split(":")), timeout=20) as line:  # type: ignore[arg-type]
        line.sendall(
            f"POST /gradio_api/upload HTTP/1.1\r\nHost: {closed.host}\r\nContent-Length: 200000000"
            "\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n".encode()
        )
        assert line.recv(4096).split()[1] == b"401"


def upload(chat: Served, name: str, content: bytes) -> Answer:
    body = (
        f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
        + content
        + b"\r\n--x--\r\n"
    )
    kind = "multipart/form-data; boundary=x"
    return chat.ask("POST", "gradio_api/upload", body, Content_Type=kind)


def test_uploads_are_private_bounded_and_gone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with served() as chat:
        (path,) = json.loads(upload(chat, "a.md", b"Bonjour.").body)
        folder = Path(path).parents[1]
        assert folder.stat().st_mode & 0o777 == 0o700
        assert Path(path).read_bytes() == b"Bonjour."
        added = chat.ask("POST", SERVER, chat.function("add", path=path, name="a.md"), **JSON)
        assert json.loads(added.body)["added"] == "a.md"
        assert not Path(path).exists()
        for elsewhere in ("/etc/passwd", str(folder), "", f"{folder}/../x", "\x00"):
            refused = chat.ask("POST", SERVER, chat.function("add", path=elsewhere), **JSON)
            assert json.loads(refused.body)["added"] == ""
        assert upload(chat, "b.md", b"x" * 1000).status == 200
    assert not folder.exists()
    monkeypatch.setattr(uploads.Room.__init__, "__defaults__", (1,))
    with served() as chat:
        assert upload(chat, "c.md", b"Bonjour.").status == 507


def test_what_is_uploaded_and_on_its_way_is_counted_until_it_is_abandoned(tmp_path: Path) -> None:
    room = uploads.Room(tmp_path, 100)
    with room.take(60) as first, room.take(60) as second, room.take(40) as third:
        assert (first, second, third) == (True, False, True)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "file").write_bytes(b"x" * 50)
    with room.take(60) as enough:
        assert not enough
    os.utime(tmp_path / "in" / "file", (0, 0))
    with room.take(100) as enough:
        assert enough
    assert not (tmp_path / "in" / "file").exists()


# --- without a password ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Host"]
)
def test_a_proxy_brings_nobody_in_where_there_is_no_password(chat: Served, header: str) -> None:
    for path in ("", "gradio_api/info"):
        answer = chat.ask("GET", path, **{header: "203.0.113.9"})
        assert answer.status == 403
        assert "--url" in answer.body


def test_a_proxy_that_says_nothing_is_known_by_its_protocol(chat: Served) -> None:
    with socket.create_connection(tuple(chat.host.split(":")), timeout=20) as line:  # type: ignore[arg-type]
        line.sendall(f"GET / HTTP/1.0\r\nHost: {chat.host}\r\nConnection: close\r\n\r\n".encode())
        assert line.recv(4096).split()[1] == b"403"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody can be told")
def test_the_user_of_a_connection_is_known() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname())
        accepted, address = server.accept()
        with client, accepted:
            assert not peer.of_another_user(address, server.getsockname())
            client.close()
            assert peer.of_another_user(address, server.getsockname())
            assert peer.of_another_user(("127.0.0.1", 1), server.getsockname())


_LINE = "   0: {client} 0100007F:1EA4 {state} 00000000:00000000 00:00000000 00000000 {rest}"
_LISTENING = _LINE.format(client="0100007F:1EA4", state="0A", rest="    0        0 17 1")
"""Of the server; the columns of the addresses are turned round in it, which nobody looks at."""


@pytest.mark.parametrize(
    ("state", "user", "inode", "known"),
    [
        ("01", os.getuid(), 18, True),
        ("01", 0, 18, True),
        ("01", 4_000_000, 18, False),
        # Closed by its program: older kernels say that it is root's.
        ("05", 0, 0, False),
        ("06", 0, 0, False),
    ],
)
def test_who_has_gone_already_is_nobody(
    state: str, user: int, inode: int, known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = _LINE.format(client="0100007F:D431", state=state, rest=f"{user:5}        0 {inode} 1")
    table = tmp_path / "tcp"
    monkeypatch.setattr(peer, "_TABLES", (table, tmp_path / "none"))
    client, server = ("127.0.0.1", 0xD431), ("127.0.0.1", 0x1EA4)
    table.write_text(f"  sl  local_address …\n{_LISTENING}\n{line}\n".replace("…", "rem"))
    assert peer.of_another_user(client, server) is not known
    table.write_text("  sl  local_address rem\n")  # as where nothing of ours is listed
    assert not peer.of_another_user(client, server)


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.getuid() != 0, reason="needs root to be two users"
)
def test_another_user_of_the_machine_stays_outside(chat: Served, closed: Served) -> None:
    nobody = pwd.getpwnam("nobody").pw_uid

    def asked(address: str, path: str = "/") -> str:
        host, port = urlsplit(address).netloc.split(":")
        script = (
            f"import os, socket; 'a'.encode('idna'); os.setuid({nobody}); "
            f"line = socket.create_connection(({host!r}, {port})); "
            f"line.sendall(b'GET {path} HTTP/1.1\\r\\nHost: {host}:{port}\\r\\n\\r\\n'); "
            "print(line.recv(4096).split()[1].decode())"
        )
        return subprocess.run(
            [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True
        ).stdout.strip()

    assert asked(chat.address) == "403"
    assert asked(closed.address) == "401"
    with served("sesame", "token") as opened:
        assert asked(opened.address, "/?token=token") == "401"
        assert opened.ask("GET", "?token=token", Via="1.1 other").status == 401
        assert opened.ask("GET", "?token=token").status == 200


# --- with a password ------------------------------------------------------------------------------


def signed_in(chat: Served, password: str = "sesame", **headers: str) -> Answer:
    body = f"username=askdossier&password={password}".encode()
    kind = "application/x-www-form-urlencoded"
    return chat.ask("POST", "login", body, Content_Type=kind, **headers)


def test_a_password_holds_for_every_route(closed: Served) -> None:
    for path in ("", "config", "gradio_api/info", "theme.css", "assets/x.js", "manifest.json"):
        assert closed.ask("GET", path).status == 401
    for path in (SERVER, "gradio_api/queue/join", "gradio_api/run/predict", "gradio_api/call/ask"):
        assert closed.ask("POST", path, b"{}", **JSON).status == 401


def test_the_cookie_is_strict_and_opens_the_chat(closed: Served) -> None:
    answer = signed_in(closed)
    assert answer.status == 200
    cookie = answer.headers["set-cookie"]
    assert re.search(r"samesite=strict", cookie, re.IGNORECASE)
    assert "HttpOnly" in cookie
    assert "secure" not in cookie.lower()
    value = cookie.split(";")[0]
    called = closed.ask("POST", SERVER, closed.function("library"), **JSON, Cookie=value)
    assert called.status == 200
    foreign = closed.ask(
        "POST", SERVER, closed.function("library"), **JSON, Cookie=value, Origin="https://x.example"
    )
    assert foreign.status == 403
    assert "access-control-allow-origin" not in foreign.headers
    other = value[:-4] + "AAAA"
    assert closed.ask("GET", "config", Cookie=other).status == 401
    assert call(closed.address, "ask", "Combien ?", cookie=value)["claims"]


def test_the_address_of_the_start_opens_the_chat_once(browser: Browser) -> None:
    with served("sesame", token="ouvre-toi") as chat:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{chat.address}?token=ouvre-toi")
        expect(page.locator("#ad-question")).to_be_visible()
        assert page.url == chat.address
        (cookie,) = context.cookies()
        assert (cookie["sameSite"], cookie["httpOnly"]) == ("Strict", True)
        context.close()
        assert chat.ask("GET", "?token=ouvre-toi").status == 401


def test_only_signing_in_gives_a_session(closed: Served) -> None:
    there = closed.ask("GET", "login")
    assert (there.status, there.headers["location"]) == (303, "/")
    wrong = signed_in(closed, "")
    for answer in (there, wrong, closed.ask("GET", ""), closed.ask("GET", "favicon.ico")):
        assert "set-cookie" not in answer.headers


def test_wrong_passwords_have_to_wait(caplog: pytest.LogCaptureFixture) -> None:
    with served("sesame") as chat:
        assert [signed_in(chat, "faux").status for _ in range(4)] == [401, 401, 401, 429]
        refused = signed_in(chat)  # even the right one, or trying on would pay
        assert refused.status == 429
        assert int(refused.headers["retry-after"]) >= 1
        assert "set-cookie" not in refused.headers
    said = [record.getMessage() for record in caplog.records]
    assert "sign-in from 127.0.0.1 refused: wrong user or password" in said
    assert not [line for line in said if "faux" in line or "sesame" in line]


def test_passwords_that_come_slowly_have_to_wait_too() -> None:
    with served("sesame") as chat, ExitStack() as lines:
        host, port = chat.host.split(":")
        asking = []
        for number in range(8):
            body = f"username=askdossier&password=guess{number}&{'&'.join('abcdefghij')}"
            line = lines.enter_context(socket.create_connection((host, int(port)), timeout=20))
            line.sendall(
                f"POST /login HTTP/1.1\r\nHost: {chat.host}\r\nContent-Length: {len(body)}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\n\r\n{body[:-1]}".encode()
            )
            asking.append((line, body[-1].encode()))
        time.sleep(0.5)
        said = []
        for line, rest in asking:
            line.sendall(rest)
            said.append(line.recv(4096).split()[1])
        assert said == 3 * [b"401"] + 5 * [b"429"]


def test_behind_a_proxy_its_name_alone_is_known_and_cookies_are_secure() -> None:
    url = "https://dossier.example.org"
    with served("sesame", url=url) as chat:
        through = {
            "Host": "dossier.example.org", "Origin": url, "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "203.0.113.9",
        }  # fmt: skip
        cookie = signed_in(chat, **through).headers["set-cookie"]
        assert cookie.startswith("__Host-")
        assert "secure" in cookie.lower()
        value = cookie.split(";")[0]
        page = chat.ask("GET", "", **through, Cookie=value)
        assert page.status == 200
        assert re.search(r'"root": ?"https://dossier.example.org"', page.body)
        for wrong in (
            {"Origin": "http://dossier.example.org"},
            {"Origin": "https://other.example.org"},
            {"Host": "other.example.org"},
            {"Host": "dossier.example.org:8443"},
        ):
            assert chat.ask("GET", "", **{**through, **wrong}, Cookie=value).status in (400, 403)
        # Who stands before the chat says who asks: a lie in it moves no address.
        lied = {**through, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "ftp"}
        assert "evil.example" not in chat.ask("GET", "", **lied, Cookie=value).body


@pytest.mark.parametrize(
    "url", ["dossier.example.org", "ftp://x.example", "https://x.example/dossier", "https://", ""]
)
def test_only_a_whole_host_can_be_the_public_address(url: str) -> None:
    with pytest.raises(DossierError, match="name of its own"):
        PublicAddress(url)


# --- as it is started -----------------------------------------------------------------------------

SERVE = """
import sys; sys.path.insert(0, {tests!r})
from web_fake import FakeDossier
from askdossier.web.page import serve
serve(FakeDossier(), {host!r}, {port}, url={url!r})
"""


@contextmanager
def started(
    host: str = "127.0.0.1", url: str = "", password: str = ""
) -> Iterator[tuple[int, str]]:
    """``serve`` as a process: its port, and what it printed."""
    port = free_port()
    script = SERVE.format(tests=str(TESTS), host=host, port=port, url=url)
    env = {**os.environ, "ASKDOSSIER_PASSWORD": password, "PYTHONPATH": str(TESTS.parent / "src")}
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env=env, bufsize=0
    )
    assert process.stdout is not None
    printed = ""
    try:
        while "(Ctrl-C)" not in printed or ((url or password) and "password:" not in printed):
            assert select.select([process.stdout], [], [], 120)[0], printed
            read = os.read(process.stdout.fileno(), 4096)
            assert read, printed
            printed += read.decode()
        yield port, printed
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def status(port: int, path: str = "/config", host: str = "") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Host": host} if host else {})
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_given_password_holds_on_this_machine_too() -> None:
    with started(password="sesame") as (port, printed):
        assert status(port) == 401
        assert "$ASKDOSSIER_PASSWORD" in printed
        assert "sesame" not in printed
        assert "token" not in printed  # it goes to a terminal alone


def test_behind_a_proxy_there_is_always_a_password() -> None:
    with started(url="https://dossier.example.org") as (port, printed):
        assert status(port) == 401
        assert status(port, host="dossier.example.org") == 401
        assert re.search(r"password: \S{12}", printed)


def test_one_person_on_one_machine_just_opens_it() -> None:
    with started() as (port, printed):
        assert f"askdossier: http://127.0.0.1:{port}/  (Ctrl-C)" in printed
        assert "password" not in printed
        assert status(port, "/") == 200
        assert status(port) == 200


# --- sessions and passwords by the clock ----------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_session_ends_when_it_is_not_used_and_at_last_in_any_case() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    secret = sessions.begin()
    who = sessions.who(secret)
    assert who
    clock.now += IDLE - 1
    assert sessions.who(secret) == who
    clock.now += IDLE - 1
    assert sessions.who(secret) == who
    clock.now += IDLE + 1
    assert sessions.who(secret) is None
    secret, begun = sessions.begin(), clock.now
    while clock.now < begun + LONGEST:
        assert sessions.who(secret)
        clock.now += IDLE / 2
    assert sessions.who(secret) is None


def test_sessions_are_told_apart_and_are_not_without_number() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    first = sessions.begin()
    for _ in range(1000):
        clock.now += 1
        last = sessions.begin()
    assert sessions.who(first) is None
    assert sessions.who(last)
    assert sessions.who("") is None
    assert sessions.who("é") is None


def test_each_wrong_password_doubles_the_wait_of_its_address_alone() -> None:
    clock = Clock()
    sign_in = SignIn("sesame", clock=clock)
    waits = []
    for _ in range(14):
        clock.now += sign_in.wait("192.0.2.1")
        assert not sign_in.right("192.0.2.1", "askdossier", "faux")
        waits.append(round(sign_in.wait("192.0.2.1")))
    assert waits[:6] == [0, 0, 2, 4, 8, 16]
    assert waits[-1] == 900
    assert sign_in.wait("192.0.2.2") == 0
    clock.now += 3601
    assert sign_in.right("192.0.2.1", "askdossier", "sesame")
    assert sign_in.wait("192.0.2.1") == 0


def test_one_network_of_ipv6_is_one_address() -> None:
    clock = Clock()
    sign_in = SignIn("sesame", clock=clock)
    for last in range(4):
        sign_in.right(f"2001:db8::{last:x}", "askdossier", "faux")
    assert sign_in.wait("2001:db8::ffff") > 0
    assert sign_in.wait("2001:db8:0:1::1") == 0


def test_guesses_from_many_addresses_are_slowed_down_too() -> None:
    clock = Clock()
    sign_in = SignIn("sesame", clock=clock)
    for last in range(30):
        assert not sign_in.right(f"192.0.2.{last}", "askdossier", "faux")
    assert sign_in.wait("198.51.100.1") == 60
    clock.now += 61
    assert sign_in.wait("198.51.100.1") == 0


def test_user_and_password_must_both_be_right_and_the_token_holds_a_while() -> None:
    clock = Clock()
    sign_in = SignIn("sésame", "ouvre-toi", clock)
    assert sign_in.right("::1", " askdossier ", "sésame")
    assert not sign_in.right("::1", "admin", "sésame")
    assert not sign_in.redeem("")
    clock.now += 601
    assert not sign_in.redeem("ouvre-toi")
    assert not SignIn("sesame").redeem("")
