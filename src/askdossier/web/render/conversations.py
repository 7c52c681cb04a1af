"""The list of conversations."""

from __future__ import annotations

from collections.abc import Sequence

from askdossier.web.conversations import Listed
from askdossier.web.render.answer import menu
from askdossier.web.render.words import button, date, text
from askdossier.web.texts import Texts


def conversations(known: Sequence[Listed], texts: Texts, *, wanted: bool = False) -> str:
    """Conversations to open, rename, export or delete; ``wanted``: those that a search found."""
    if not known:
        nothing = texts.nothing_said if wanted else texts.no_conversations
        return f'<p class="ad-nothing">{text(nothing)}</p>'
    return f'<ul class="ad-conversations">{"".join(_entry(one, texts) for one in known)}</ul>'


def _entry(conversation: Listed, texts: Texts) -> str:
    data = f'data-conversation="{text(conversation.id)}"'
    when = date(conversation.updated.astimezone().date().isoformat(), texts)
    actions = menu(
        texts.more,
        button(texts.rename, "rename"),
        *(
            button(texts.export_as(name), "export-conversation", data=f'data-format="{format_}"')
            for format_, name in texts.formats.items()
        ),
        button(texts.delete, "delete"),
        sign="⋯",
    )
    return (
        f'<li class="ad-conversation" {data} data-key="{text(conversation.id)}">'
        f'<button type="button" class="ad-document" data-do="open">'
        f'<span class="ad-document-title" dir="auto">{text(conversation.title)}</span>'
        f'<span class="ad-byline">{when} · '
        f"{text(texts.questions(conversation.questions))}</span></button>{actions}</li>"
    )
