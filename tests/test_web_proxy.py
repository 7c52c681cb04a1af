"""The chat behind Debian's nginx, set up as docs/security.md says, with TLS, in a real browser."""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from askdossier.web.page import build, launch
from web_browser import CHROMIUM, FLAGS, ask, free_port, until
from web_fake import FakeDossier

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"

pytestmark = [
    pytest.mark.browser,
    # Gradio 6.31 counts its requests in ways that pandas 3 deprecates.
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
]
if not CHROMIUM.exists() or not Path(NGINX).exists() or shutil.which("openssl") is None:
    pytest.skip("needs Debian's chromium, nginx and openssl", allow_module_level=True)

NAME = "dossier.example.org"
DOCUMENTED = Path(__file__).parents[1] / "docs" / "security.md"


@pytest.fixture(scope="module")
def tls() -> int:
    return free_port()


@pytest.fixture(scope="module")
def browser(tls: int) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        rule = f"--host-resolver-rules=MAP {NAME} 127.0.0.1:{tls}"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, rule])
        yield browser
        browser.close()


@contextmanager
def chat(**given: str) -> Iterator[str]:
    blocks, handlers = build(FakeDossier())
    try:
        yield launch(blocks, "127.0.0.1", free_port(), open_browser=False, **given)
    finally:
        handlers.stop_all()
        blocks.close(verbose=False)


@contextmanager
def nginx(server: str, folder: Path, port: int) -> Iterator[None]:
    """nginx with a ``server`` block of its own, until the block is left."""
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;"
        f"events {{}} http {{ access_log off; {temporary} {server} }}"
    )
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(config)])

    def listens() -> bool:
        assert process.poll() is None, (folder / "errors").read_text()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.connect()
        except OSError:
            return False
        connection.close()
        return True

    try:
        until(listens)
        yield
    finally:
        process.terminate()
        process.wait(10)


def test_the_documented_proxy_carries_a_conversation(
    browser: Browser, tls: int, tmp_path: Path
) -> None:
    key, certificate = tmp_path / "key", tmp_path / "certificate"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key),
         "-out", str(certificate), "-subj", f"/CN={NAME}", "-days", "2"],
        check=True, capture_output=True,
    )  # fmt: skip
    (documented,) = re.findall(r"```nginx\n(.*?)```", DOCUMENTED.read_text("utf-8"), re.DOTALL)
    with chat(password="sesame", url=f"https://{NAME}") as address:
        for theirs, ours in (
            ("443 ssl", f"127.0.0.1:{tls} ssl"),
            ("/etc/ssl/dossier.pem", str(certificate)),
            ("/etc/ssl/private/dossier.key", str(key)),
            ("http://127.0.0.1:7860", address.rstrip("/")),
        ):
            assert theirs in documented
            documented = documented.replace(theirs, ours)
        with nginx(documented, tmp_path, tls):
            context = browser.new_context(ignore_https_errors=True, locale="fr-FR")
            page = context.new_page()
            complaints: list[str] = []
            page.goto(f"https://{NAME}/")
            page.locator("input").first.fill("askdossier")
            page.locator("input[type=password]").fill("sesame")
            page.on("console", lambda message: complaints.append(message.text))
            page.keyboard.press("Enter")
            expect(page.locator("#ad-question")).to_be_visible(timeout=30_000)
            ask(page, "Combien ?")
            expect(page.locator(".ad-turn[aria-busy=false] .ad-claim")).to_have_count(3)
            page.locator(".ad-drop input").set_input_files(
                {"name": "note.md", "mimeType": "text/markdown", "buffer": b"# Une note\n\nOui."}
            )
            expect(page.locator(".ad-entry")).to_have_count(4)
            (cookie,) = (one for one in context.cookies() if "askdossier" in one["name"])
            assert cookie["name"].startswith("__Host-")
            assert (cookie["secure"], cookie["sameSite"]) == (True, "Strict")
            assert complaints == []
            context.close()


@pytest.mark.parametrize(
    "headers",
    ["", "proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;",
     "proxy_http_version 1.1; proxy_set_header X-Real-IP $remote_addr;"],
)  # fmt: skip
def test_no_proxy_opens_a_chat_without_a_password(
    browser: Browser, tmp_path: Path, headers: str
) -> None:
    port = free_port()
    with chat() as address:
        place = f"location / {{ proxy_pass {address}; {headers} }}"
        server = f"server {{ listen 127.0.0.1:{port}; {place} }}"
        with nginx(server, tmp_path, port):
            for path in ("/", "/config", "/gradio_api/info"):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
                connection.request("GET", path, headers={"Host": NAME})
                assert connection.getresponse().status in (400, 403)
                connection.close()
