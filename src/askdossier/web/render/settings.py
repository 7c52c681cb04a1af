"""The settings that can be changed while the chat runs, and those that are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from askdossier.core import Calibration, ModelStatus, Pending, Profile
from askdossier.lang import notes
from askdossier.web.render.library import pending
from askdossier.web.render.words import button, colon, prose, text
from askdossier.web.texts import Texts


@dataclass(frozen=True, slots=True)
class InUse:
    """What the dossier works with."""

    writer: Profile
    embedder: str
    strictness: float
    models: Path
    corpus: Path
    index: Path
    catalogue: tuple[ModelStatus, ...] = ()
    pending: Pending = Pending()  # noqa: RUF009
    waiting: str = ""
    """A server on another machine that may be allowed."""
    calibration: Calibration | None = None
    """What the user had fitted for the writer, if anything."""


def settings(used: InUse, texts: Texts) -> str:
    """Language, strictness, models, and the index with a button to bring it up to date."""
    languages = "".join(
        f'<option value="{code}"{" selected" if code == texts.language else ""}>{name}</option>'
        for code, name in (("fr", "Français"), ("en", "English"))
    )
    models = {texts.writer: used.writer.name, texts.embedder: used.embedder}
    lines = notes.about(used.writer, texts.language, used.calibration)
    known = "".join(f"<li>{text(line)}</li>" for line in lines)
    about = f'<ul class="ad-explained">{known}</ul>' if known else ""
    allow = button(f"{texts.allow}{colon(texts)}{used.waiting}", "allow") if used.waiting else ""
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
        f"{about}{allow}"
        f"{_catalogue(used.catalogue, texts)}"
        f'<p class="ad-explained">{prose(texts.models_how)}</p></section>'
        f"<section><h3>{text(texts.files)}</h3>{_facts(folders, texts)}"
        f"{pending(used.pending, texts)}"
        f"{'' if used.pending else button(texts.reindex, 'sync', style='ad-plain ad-reindex')}"
        f'<p class="ad-explained">{prose(texts.reindex_how)}</p></section>'
    )


def _catalogue(models: Sequence[ModelStatus], texts: Texts) -> str:
    """The models there are, and how to get those that are not on this machine."""
    if not models:
        return ""
    items = "".join(_model(model, texts) for model in models)
    return (
        f'<details class="ad-catalogue"><summary>{text(texts.catalogue)}</summary>'
        f"<ul>{items}</ul></details>"
    )


def _model(model: ModelStatus, texts: Texts) -> str:
    role = texts.writer if model.role == "writer" else texts.embedder
    about = f"{role} · {texts.megabytes(model.size // 10**6)} · {model.licence}"
    state = texts.on_disk
    if model.state != "ready":
        state = f"{texts.to_fetch}{colon(texts)}askdossier models pull {model.name}"
    return (
        f'<li><span class="ad-document-title">{text(model.title)}</span>'
        f'<span class="ad-byline">{text(about)}</span>'
        f'<span class="ad-byline">{text(state)}</span></li>'
    )


def _facts(facts: Mapping[str, object], texts: Texts) -> str:
    items = "".join(
        f"<li>{text(name)}{colon(texts)}<span>{text(str(value))}</span></li>"
        for name, value in facts.items()
    )
    return f'<ul class="ad-facts">{items}</ul>'
