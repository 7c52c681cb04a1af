"""What the screen of documents asks of the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from askdossier.core import DossierError
from askdossier.web import calls, render
from askdossier.web.headers import Headers
from askdossier.web.library import Library
from askdossier.web.uploads import Uploads


class Documents:
    """The handlers of that screen; see ``Chat`` for what they are given."""

    def __init__(self, library: Library, headers: Headers, uploads: Uploads) -> None:
        """``uploads`` is where Gradio puts what a browser sends."""
        self._library, self._headers, self._uploads = library, headers, uploads

    def library(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """The documents that ``{wanted}`` finds: ``{html, documents}``."""
        listing = self._library.listing(calls.looked_for(wanted))
        html = render.library(listing, calls.texts(wanted))
        return {"html": html, "documents": len(self._headers)}

    def add(self, wanted: dict[str, Any]) -> dict[str, str]:
        """Take the uploaded ``{path}`` into the dossier as ``{name}``: ``{added, refused}``."""
        texts = calls.texts(wanted)
        path = self._uploads.find(str(wanted.get("path")))
        if path is None:
            return {"added": "", "refused": texts.failed}
        try:
            added = self._library.add(path, str(wanted.get("name")))
        except DossierError as error:
            return {"added": "", "refused": texts.said(str(error))}
        finally:
            path.unlink(missing_ok=True)
        if added is None:
            return {"added": "", "refused": texts.already(path.name)}
        return {"added": added, "refused": ""}

    def take_out(self, wanted: dict[str, Any]) -> str:
        """Move the file of ``{document}`` out of the dossier; says why not, or nothing."""
        try:
            self._library.remove(str(wanted.get("document")))
        except DossierError as error:
            return calls.texts(wanted).said(str(error))
        return ""

    def facts(self, wanted: dict[str, Any]) -> dict[str, str]:
        """What is known about ``{document}``, by its names in ``library.FACTS``; or nothing."""
        try:
            return self._library.facts(str(wanted.get("document")))
        except KeyError:
            return {}

    def state(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """State ``{facts}`` about ``{document}``: ``{changed, refused}``."""
        texts = calls.texts(wanted)
        facts = wanted.get("facts")
        given = facts if isinstance(facts, Mapping) else {}
        try:
            changed = self._library.state(
                str(wanted.get("document")), {str(k): str(v) for k, v in given.items()}
            )
        except DossierError as error:
            return {"changed": False, "refused": texts.said(str(error))}
        return {"changed": changed, "refused": ""}
