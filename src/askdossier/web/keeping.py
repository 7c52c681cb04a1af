"""What the list of conversations asks of the server, and what is kept of them."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from askdossier.core import Citation, Document, DossierError, Evidence
from askdossier.web import calls, feedback, render
from askdossier.web.conversations import Conversations, Exchange, Listed
from askdossier.web.export import export, export_conversation
from askdossier.web.headers import Headers
from askdossier.web.library import fold
from askdossier.web.texts import Texts


class Keeping:
    """The handlers of that list; see ``Chat`` for what they are given."""

    def __init__(
        self,
        kept: Conversations,
        headers: Headers,
        feedback_file: Path,
        suggested: Callable[[], tuple[str, ...]],
    ) -> None:
        """``suggested`` gives questions for a conversation that has none yet."""
        self._kept, self._headers = kept, headers
        self._feedback, self._suggested = feedback_file, suggested

    def conversations(self, wanted: dict[str, Any]) -> str:
        """HTML of the list of conversations, or of those that hold the words of ``{wanted}``."""
        words = fold(calls.looked_for(wanted)).split()
        known = [one for one in self._kept.all() if _holds(one, words)]
        return render.conversations(known, calls.texts(wanted), wanted=bool(words))

    def conversation(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Everything said in ``{conversation}``: ``{found, turns: [{turn, html}]}``."""
        texts = calls.texts(wanted)
        known = self._kept.get(str(wanted.get("conversation")))
        if known is None:
            welcome = render.welcome(len(self._headers), texts, self._suggested())
            return {"found": False, "turns": [], "welcome": welcome}
        turns = [
            {"turn": exchange.id, "html": markup(_settled(exchange), self._headers, texts)}
            for exchange in known.exchanges
        ]
        return {"found": True, "turns": turns, "welcome": ""}

    def rename(self, wanted: dict[str, Any]) -> str:
        """Name ``{conversation}`` as ``{name}``; says why not, or nothing."""
        try:
            self._kept.rename(str(wanted.get("conversation")), str(wanted.get("name", "")))
        except (OSError, DossierError) as error:
            texts = calls.texts(wanted)
            return texts.unchanged(calls.reason(error, texts))
        return ""

    def delete(self, wanted: dict[str, Any]) -> str:
        """Delete ``{conversation}``; says why not, or nothing."""
        try:
            self._kept.delete(str(wanted.get("conversation")))
        except (OSError, DossierError) as error:
            texts = calls.texts(wanted)
            return texts.unchanged(calls.reason(error, texts))
        return ""

    def undo(self, wanted: dict[str, Any]) -> str:
        """Take out ``{turn}`` of ``{conversation}`` and what follows; says why not, or nothing."""
        try:
            self._kept.drop(str(wanted.get("conversation")), str(wanted.get("turn")))
        except (OSError, DossierError) as error:
            texts = calls.texts(wanted)
            return texts.unchanged(calls.reason(error, texts))
        return ""

    def exported(self, wanted: dict[str, Any]) -> dict[str, str]:
        """``{conversation}`` or one ``{turn}`` of it in ``{format}``.

        Gives ``{name, type, content}`` with base64 content; an empty name when it does not exist.
        """
        texts = calls.texts(wanted)
        known = self._kept.get(str(wanted.get("conversation")))
        if known is None:
            return {"name": "", "type": "", "content": ""}
        chosen = [exchange for exchange in known.exchanges if exchange.id == wanted.get("turn")]
        format_ = str(wanted.get("format"))
        if wanted.get("turn"):
            title = chosen[0].turn.question if chosen else ""
            file = export(title, chosen, format_, texts)
        else:
            file = export_conversation(known, format_, texts)
        content = base64.b64encode(file.content).decode()
        return {"name": file.name, "type": file.media_type, "content": content}

    def feedback(self, wanted: dict[str, Any]) -> bool:
        """Keep what a reader says: ``{conversation, turn, kind, citation, comment}``."""
        known = self._kept.get(str(wanted.get("conversation")))
        for exchange in known.exchanges if known else ():
            if exchange.id == wanted.get("turn"):
                feedback.note(
                    self._feedback,
                    exchange,
                    str(wanted.get("kind")),
                    int(wanted.get("citation") or 0),
                    str(wanted.get("comment") or ""),
                )
                return True
        return False


def markup(exchange: Exchange, headers: Headers, texts: Texts) -> str:
    """HTML of a question and its answer."""
    turn = exchange.turn
    places: tuple[Citation | Evidence, ...] = (*exchange.citations, *turn.evidence)
    named = {place.document for place in places}
    named |= {other.document for place in places for other in place.also}
    known: dict[str, Document] = dict(exchange.sources)
    known |= {name: headers[name] for name in named if name in headers}
    return render.turn(turn, known, texts)


def _holds(listed: Listed, words: list[str]) -> bool:
    """Whether the name, the questions and the answers hold all of the (folded) words."""
    return not words or all(word in fold(listed.said) for word in words)


def _settled(exchange: Exchange) -> Exchange:
    """An exchange read from disk: what was running then is not running now."""
    if not exchange.turn.running:
        return exchange
    return replace(exchange, turn=replace(exchange.turn, state="interrupted"))
