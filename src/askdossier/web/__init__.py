"""The web chat: Gradio over ``dossier``.

``page`` serves, ``render`` makes HTML, ``turn`` follows one question; ``texts`` holds the words,
``style.css`` and ``script.js`` the looks and the clicks.
"""

from askdossier.web.page import build, launch, serve

__all__ = ["build", "launch", "serve"]
