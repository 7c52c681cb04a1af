"""Who gets in: every request is looked at here, before anything else sees it.

A request passes when it asks for a route of the list, by a name of this server, from our own page
or from no page at all, with a body of the expected kind and size; and, where there is a password,
from somebody who has given it. docs/security.md says what each of these keeps out.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from askdossier.core import DossierError
from askdossier.web import peer, render
from askdossier.web.sessions import LONGEST, Sessions, SignIn
from askdossier.web.texts import TEXTS, Texts, preferred
from askdossier.web.uploads import Room

_log = logging.getLogger(__name__)

_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
"""Gradio compiles its templates in the browser, hence ``unsafe-eval``; nothing leaves ``self``."""
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

LARGEST_CALL = 1 << 20
"""Bytes of a call: a question limited to thousands of documents by their names."""
LARGEST_UPLOAD = 256 << 20
"""Bytes of one upload."""
_LARGEST_FORM = 4096

_FORWARDED = re.compile(r"forwarded|via|x-forwarded-.*|x-real-ip|x-original-.*")
"""Headers by which a proxy tells whom it speaks for."""
_JSON, _FILES = "application/json", "multipart/form-data"
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class _Route:
    """What may be asked for."""

    path: re.Pattern[str]
    methods: tuple[str, ...] = ("GET", "HEAD")
    body: str = _JSON
    """The one media type that it takes."""
    largest: int = LARGEST_CALL
    """Bytes of its body."""
    public: bool = False
    """Also before signing in."""


def _gets(*paths: str, public: bool = False) -> tuple[_Route, ...]:
    return tuple(_Route(re.compile(path), public=public) for path in paths)


def _posts(path: str, body: str = _JSON, largest: int = LARGEST_CALL) -> _Route:
    return _Route(re.compile(path), ("POST",), body, largest, public=body == _FORM)


_FILE = r"/(?:assets|static|svelte)/[\w.@/-]+"
_ROUTES = (
    *_gets("/", _FILE, r"/(?:gradio_api/)?theme\.css", r"/manifest\.json", "/config"),
    *_gets(r"/gradio_api/(?:info|app_id|queue/data|upload_progress)"),
    *_gets(r"/gradio_api/heartbeat/\w+"),
    *_gets(r"/favicon\.ico", r"/robots\.txt", "/gradio_api/startup-events", public=True),
    *_gets("/login", public=True),
    _posts(r"/gradio_api/(?:queue/join|run/predict|component_server|cancel|reset)/?"),
    _posts("/gradio_api/upload", _FILES, LARGEST_UPLOAD),
    _posts("/login", _FORM, _LARGEST_FORM),
    # Of other programs.
    *_gets(r"/gradio_api/call/\w+/\w+"),
    _posts(r"/gradio_api/call/\w+"),
)
"""Gradio has four times as many routes, one of which reads files."""


@dataclass(frozen=True, slots=True)
class _Cookie:
    """The cookie that a session is known by."""

    name: str
    secure: bool

    @classmethod
    def of(cls, scheme: str, port: int) -> _Cookie:
        """Browsers tell no ports apart, so that its name has to."""
        secure = scheme == "https"
        return cls(f"{'__Host-' if secure else ''}askdossier-{port}", secure)

    def give(self, answer: Response, secret: str) -> None:
        answer.set_cookie(
            self.name,
            secret,
            max_age=int(LONGEST),
            httponly=True,
            samesite="strict",
            secure=self.secure,
        )


class PublicAddress:
    """The address under which a proxy shows the chat: ``https://dossier.example.org``."""

    def __init__(self, url: str) -> None:
        """Raises DossierError when ``url`` is not the address of a whole host."""
        parts = urlsplit(url)
        if (
            parts.scheme not in ("http", "https")
            or not re.fullmatch(r"[\w.-]+(?::\d+)?|\[[0-9a-f:]+\](?::\d+)?", parts.netloc.lower())
            or parts.path.strip("/")
            or parts.query
            or parts.fragment
        ):
            raise DossierError(
                f"{url} is not an address for the chat: write https:// and a name of its own, such "
                "as https://dossier.example.org."
            )
        self.scheme = parts.scheme
        self.host = parts.netloc.lower()


class Guard:
    """The application ``app``, behind the guard."""

    def __init__(
        self,
        app: ASGIApp,
        host: str,
        room: Room,
        *,
        sign_in: SignIn | None = None,
        public: PublicAddress | None = None,
    ) -> None:
        """``host`` is what the server listens on, ``room`` what there is for uploads.

        Without ``sign_in`` nobody needs a password.
        """
        self._app = app
        self._room = room
        self._host = host.lower().strip("[]")
        self._sign_in = sign_in
        self._public = public
        self._sessions = Sessions()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through to the application, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._asked(scope, receive, _with_headers(send))
        else:  # a web socket, which no page of ours opens
            await send({"type": "websocket.close", "code": 1008})

    async def _asked(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        host = self._known_host(request.headers, scope["server"][1])
        if host is None:
            asked = ", ".join(request.headers.getlist("host"))[:200]
            refusal = (
                f"This chat is not called {asked!r}. Open it by the address that was printed when "
                "it started; behind a proxy, start it with --url."
            )
            return await _refused(400, refusal)(scope, receive, send)
        scheme = self._public.scheme if self._public and host == self._public.host else "http"
        route = _route(scope["method"], scope["path"])
        answer = (
            _refused(404, "There is nothing here.")
            if route is None
            else _wrong_origin(request, f"{scheme}://{host}")
            or _wrong_body(request, route)
            or (None if self._sign_in else _stranger(scope, request.headers))
        )
        if answer is not None:
            return await answer(scope, receive, send)
        assert route is not None
        cookie = _Cookie.of(scheme, scope["server"][1])
        who = self._sessions.who(request.cookies.get(cookie.name, ""))
        if self._sign_in is not None and who is None:
            answer = await self._signing_in(request, self._sign_in, route, cookie)
            if answer is not None:
                return await answer(scope, receive, send)
        elif scope["path"] == "/login":  # signed in already, or nothing to sign in to
            return await RedirectResponse("/", 303)(scope, receive, send)
        if who is None and scope["path"] == "/":
            secret = self._sessions.begin()
            who = self._sessions.who(secret)
            send = _giving(send, cookie, secret)
        passed = _plain(scope, scheme, who or _address(scope))
        if route.body != _FILES:
            return await self._app(passed, receive, send)
        with self._room.take(int(request.headers["content-length"])) as enough:
            app = self._app if enough else _refused(507, "Too many files wait to be taken over.")
            return await app(passed, receive, send)

    def _known_host(self, headers: Headers, port: int) -> str | None:
        """The host of the request when it is exactly one of ours."""
        given = headers.getlist("host")
        if len(given) != 1:
            return None
        host = given[0].lower()
        if self._public is not None and host == self._public.host:
            return host
        match = re.fullmatch(r"(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?", host)
        if match is None or int(match[3] or 80) != port:
            return None
        return host if self._is_ours(match[1] or match[2]) else None

    def _is_ours(self, name: str) -> bool:
        if name in ("localhost", self._host):
            return True
        try:
            number = ipaddress.ip_address(name)
        except ValueError:
            # A name can be made to lead here by whoever owns it, so only our own will do.
            return not is_local(self._host) and name in _names()
        # A number leads where it says; on this machine alone, only its own numbers do.
        return number.is_loopback or not is_local(self._host)

    async def _signing_in(
        self, request: Request, sign_in: SignIn, route: _Route, cookie: _Cookie
    ) -> Response | None:
        """The answer for somebody without a session; None where none is needed."""
        address, path = _address(request.scope), request.url.path
        texts = TEXTS[preferred(request.headers.get("accept-language", ""))]
        if path == "/login" and request.method == "POST":
            form = _form(await request.body())
            # Not before the body is there: of many that come slowly, all would pass.
            wait = sign_in.wait(address)
            if wait > 0:
                _log.warning("sign-in from %s refused: too many wrong passwords", address)
                page = HTMLResponse(render.sign_in(texts, texts.wait_to_sign_in(wait)), 429)
                page.headers["Retry-After"] = str(int(wait) + 1)
                return page
            if not sign_in.right(address, form.get("username", ""), form.get("password", "")):
                _log.warning("sign-in from %s refused: wrong user or password", address)
                return HTMLResponse(render.sign_in(texts, texts.wrong_password), 401)
            _log.info("sign-in from %s", address)
            return self._let_in(texts, cookie)
        if path == "/login":
            return RedirectResponse("/", 303)
        if path == "/":
            token = request.query_params.get("token", "")
            # Others of this machine see the address among the words that started the browser.
            ours = _stranger(request.scope, request.headers) is None
            if token and ours and sign_in.redeem(token):
                _log.info("sign-in from %s by the address printed at the start", address)
                return self._let_in(texts, cookie)
            return HTMLResponse(render.sign_in(texts, ""), 401)
        return None if route.public else _refused(401, "Sign in first, on the first page.")

    def _let_in(self, texts: Texts, cookie: _Cookie) -> Response:
        # No redirection: strict cookies are held back in one that began elsewhere.
        answer = HTMLResponse(render.signed_in(texts))
        cookie.give(answer, self._sessions.begin())
        return answer


def log_sign_ins() -> None:
    """Write a line on standard error for each sign-in, with its time and address."""
    told = logging.StreamHandler()
    told.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    _log.addHandler(told)
    _log.setLevel(logging.INFO)
    _log.propagate = False


# --- what keeps a request out ---------------------------------------------------------------------


def _route(method: str, path: str) -> _Route | None:
    """The route of a path, best one that takes the method."""
    if ".." in path or "//" in path:
        return None
    found = [route for route in _ROUTES if route.path.fullmatch(path)]
    return next((route for route in found if method in route.methods), next(iter(found), None))


def _wrong_origin(request: Request, origin: str) -> Response | None:
    """A request that another page makes in the browser of somebody who may come in."""
    headers = request.headers
    given = headers.getlist("origin")
    if given and given != [origin]:
        return _refused(403, "Another page may not use this chat.")
    site = headers.get("sec-fetch-site", "none")
    if site in ("none", "same-origin") or _is_visit(request):
        return None
    return _refused(403, "Another page may not use this chat.")


def _is_visit(request: Request) -> bool:
    """Somebody follows a link to the first page, which by itself shows and does nothing."""
    headers = request.headers
    return (
        request.method == "GET"
        and request.url.path == "/"
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )


def _wrong_body(request: Request, route: _Route) -> Response | None:
    """What a body claims to be, told from its headers before any of it is read."""
    headers = request.headers
    if request.method not in route.methods:
        refusal = _refused(405, f"Only {' and '.join(route.methods)} can be done here.")
        refusal.headers["Allow"] = ", ".join(route.methods)
        return refusal
    length = headers.get("content-length", "")
    if "transfer-encoding" in headers or (request.method == "POST" and not length.isdecimal()):
        return _refused(411, "Say how long the body is (Content-Length).")
    if request.method != "POST":
        return _refused(413, "No body belongs here.") if length.strip("0") else None
    if int(length) > route.largest:
        return _refused(413, f"That is too large: at most {route.largest} bytes are read.")
    if headers.get("content-type", "").split(";")[0].strip().lower() != route.body:
        return _refused(415, f"Only {route.body} is read here.")
    return None


def _stranger(scope: Scope, headers: Headers) -> Response | None:
    """Where no password is given: whoever does not come straight from the user's own programs."""
    # nginx speaks HTTP/1.0 to what stands behind it, as no browser has done for long.
    if scope["http_version"] == "1.0" or any(_FORWARDED.fullmatch(name) for name in headers):
        return _refused(
            403, "Through a proxy, a password is needed: start the chat with --url, and see "
            "docs/security.md."
        )  # fmt: skip
    if scope["client"] and peer.of_another_user(tuple(scope["client"]), tuple(scope["server"])):
        return _refused(
            403, "This chat belongs to another user of this machine, who can share it by a "
            "password: ASKDOSSIER_PASSWORD."
        )  # fmt: skip
    return None


def is_local(host: str) -> bool:
    """Whether only this machine can reach what listens on ``host``."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


@cache
def _names() -> frozenset[str]:
    """The names that this machine has for itself."""
    name = socket.gethostname().lower()
    return frozenset({name, f"{name.split('.')[0]}.local", socket.getfqdn().lower()})


# --- answers and what is passed on ----------------------------------------------------------------


def _refused(status: int, why: str) -> Response:
    return PlainTextResponse(f"{why}\n", status)


def _form(body: bytes) -> Mapping[str, str]:
    fields = parse_qs(body.decode("utf-8", "replace"))
    return {name: values[0] for name, values in fields.items()}


def _address(scope: Scope) -> str:
    return str(scope["client"][0]) if scope["client"] else "?"


def _giving(send: Send, cookie: _Cookie, secret: str) -> Send:
    """``send`` which gives a cookie with what is sent."""
    given = Response()
    cookie.give(given, secret)

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", given.headers["set-cookie"])
        await send(message)

    return sent


def _plain(scope: Scope, scheme: str, who: str) -> Scope:
    """The request as the application gets it: by our own account of it, not a proxy's."""
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if not _FORWARDED.fullmatch(name.decode("latin-1"))
    ]
    query = b"" if scope["path"] == "/" else scope["query_string"]
    state = {**scope.get("state", {}), "who": who}
    return {**scope, "scheme": scheme, "headers": headers, "query_string": query, "state": state}


def _with_headers(send: Send) -> Send:
    """``send`` with the headers that keep the page to this host, and none that open it."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name in [name for name in headers if name.startswith("access-control-")]:
                del headers[name]
            headers.update(_HEADERS)
        await send(message)

    return sent
