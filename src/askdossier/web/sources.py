"""What the panel of sources asks of the server."""

from __future__ import annotations

from typing import Any

from askdossier.core import DossierError
from askdossier.dossier import Dossier
from askdossier.web import calls, citing, render
from askdossier.web.conversations import Conversations
from askdossier.web.headers import Headers


class Sources:
    """The handlers of that panel; see ``Chat`` for what they are given."""

    def __init__(self, archive: Dossier, headers: Headers, kept: Conversations) -> None:
        """``kept`` remembers the words that were cited, which may not stand there any more."""
        self._archive, self._headers, self._kept = archive, headers, kept

    def source(self, wanted: dict[str, Any]) -> str:
        """HTML of the source panel for ``{conversation, document, start, end, number}``."""
        texts = calls.texts(wanted)
        conversation = self._kept.get(str(wanted.get("conversation")))
        name, asked = str(wanted.get("document")), calls.span(wanted)
        if asked is None:
            return render.notice(texts.source, texts.no_source)
        quote = citing.quote_at(conversation, name, asked)
        document = self._archive.documents.get(name)
        if document is None:
            for exchange in conversation.exchanges if conversation else ():
                if quote is not None and name in exchange.sources:
                    return render.lost_source(exchange.sources[name], quote, texts)
            return render.notice(texts.source, texts.no_source)
        if quote is None and asked.end > len(document.text):
            return render.notice(texts.source, texts.no_source)
        found = citing.Found(asked, moved=False)
        if quote is not None:
            located = citing.locate(quote, asked, document.text)
            if located is None:
                return render.lost_source(document, quote, texts)
            found = located
        span = found.span
        return render.source(
            document,
            span,
            self._archive.passage_around(document.id, span) if len(span) else None,
            texts,
            int(wanted.get("number", 0)),
            others=citing.others_in(conversation, document),
            steps=citing.steps(conversation, name, asked, self._headers),
            note=texts.source_moved if found.moved else "",
            removed=() if len(span) else self._archive.removals(name),
        )

    def page_image(self, wanted: dict[str, Any]) -> str:
        """HTML of the page of a PDF for ``{document, start, end}``, as ``source`` gives these."""
        texts = calls.texts(wanted)
        name, span = str(wanted.get("document")), calls.span(wanted)
        try:
            image = self._archive.page_image(name, span) if span is not None else None
        except KeyError:
            image = None
        except DossierError as error:
            return render.notice(texts.no_image, texts.said(str(error)))
        if image is None:
            return render.notice(texts.no_image, texts.no_source)
        return render.page_image(image, texts)
