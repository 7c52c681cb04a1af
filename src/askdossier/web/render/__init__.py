"""Records to HTML: pure functions, and the only place where the chat makes markup.

Whatever comes from a document, a question or an answer goes through ``words.text``, so that it can
only ever be text; links are followed to http and https alone. Nothing is read as Markdown.
"""

from askdossier.web.render.answer import turn
from askdossier.web.render.conversations import conversations
from askdossier.web.render.library import library
from askdossier.web.render.page import shell, welcome
from askdossier.web.render.settings import Choosing, InUse, settings
from askdossier.web.render.sign_in import sign_in, signed_in
from askdossier.web.render.source import NO_STEPS, Cited, Steps, lost_source, page_image, source
from askdossier.web.render.words import notice, safe_link

__all__ = [
    "NO_STEPS",
    "Choosing",
    "Cited",
    "InUse",
    "Steps",
    "conversations",
    "library",
    "lost_source",
    "notice",
    "page_image",
    "safe_link",
    "settings",
    "shell",
    "sign_in",
    "signed_in",
    "source",
    "turn",
    "welcome",
]
