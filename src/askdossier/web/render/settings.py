"""The settings that can be changed while the chat runs, and those that are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from askdossier.web.render.words import button, colon, prose, text
from askdossier.web.texts import Texts


@dataclass(frozen=True, slots=True)
class InUse:
    """What the dossier works with."""

    writer: str
    embedder: str
    strictness: float
    models: Path
    corpus: Path
    index: Path


def settings(used: InUse, texts: Texts) -> str:
    """Language, strictness, models, and the index with a button to bring it up to date."""
    languages = "".join(
        f'<option value="{code}"{" selected" if code == texts.language else ""}>{name}</option>'
        for code, name in (("fr", "Français"), ("en", "English"))
    )
    models = {texts.writer: used.writer, texts.embedder: used.embedder}
    folders = {
        texts.corpus: used.corpus,
        texts.index: used.index,
        texts.models_folder: used.models,
    }
    return (
        f"<section><label>{text(texts.interface)}"
        f'<select id="ad-language">{languages}</select></label></section>'
        f'<section><label for="ad-strictness">{text(texts.strictness)}</label>'
        f'<input type="range" id="ad-strictness" min="0" max="1" step="0.05"'
        f' value="{used.strictness:g}">'
        f'<p class="ad-ends" aria-hidden="true"><span>{text(texts.lenient)}</span>'
        f"<span>{text(texts.strict)}</span></p>"
        f'<p class="ad-explained">{prose(texts.strictness_how)}</p></section>'
        f"<section><h3>{text(texts.models)}</h3>{_facts(models, texts)}"
        f'<p class="ad-explained">{prose(texts.models_how)}</p></section>'
        f"<section><h3>{text(texts.files)}</h3>{_facts(folders, texts)}"
        f"{button(texts.reindex, 'sync', style='ad-plain ad-reindex')}"
        f'<p class="ad-explained">{prose(texts.reindex_how)}</p></section>'
    )


def _facts(facts: Mapping[str, object], texts: Texts) -> str:
    items = "".join(
        f"<li>{text(name)}{colon(texts)}<span>{text(str(value))}</span></li>"
        for name, value in facts.items()
    )
    return f'<ul class="ad-facts">{items}</ul>'
