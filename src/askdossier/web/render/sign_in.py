"""The page on which a password is asked for, and the one that leads on from it."""

from __future__ import annotations

from askdossier.web.render.words import text
from askdossier.web.texts import Texts

_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { display: grid; place-content: center; min-height: 90vh; margin: 1rem;
  background: light-dark(#faf8f4, #171614); color: light-dark(#1d1b18, #ece9e2) }
form { display: grid; gap: 1rem; width: min(20rem, 90vw) }
label { display: grid; gap: .25rem }
input, button { font: inherit; padding: .5rem .7rem; border-radius: .4rem;
  border: 1px solid light-dark(#77716a, #958f86) }
button { background: light-dark(#1d1b18, #ece9e2); color: light-dark(#faf8f4, #171614) }
"""


def sign_in(texts: Texts, problem: str) -> str:
    """The form, below what went wrong the last time."""
    told = f'<p role="alert">{text(problem)}</p>' if problem else ""
    return _page(
        texts,
        "",
        f'<form method="post" action="/login"><h1>askdossier</h1>{told}'
        f"<label>{text(texts.user)}"
        '<input name="username" autocomplete="username" autocapitalize="none" required></label>'
        f"<label>{text(texts.password)}"
        '<input name="password" type="password" autocomplete="current-password" required></label>'
        f"<button>{text(texts.sign_in)}</button></form>",
    )


def signed_in(texts: Texts) -> str:
    """A page that opens the chat at once."""
    refresh = '<meta http-equiv="refresh" content="0;url=/">'
    return _page(texts, refresh, f'<p><a href="/">{text(texts.sign_in)}</a></p>')


def _page(texts: Texts, head: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{texts.language}"><head><meta charset="utf-8">{head}'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        # So that the form says where it comes from, which the guard wants to know.
        '<meta name="referrer" content="same-origin">'
        '<link rel="icon" href="/favicon.ico">'
        f"<title>askdossier</title><style>{_STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>"
    )
