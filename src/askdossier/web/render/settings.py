"""The settings that can be changed while the chat runs, and those that are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from askdossier.core import Calibration, ModelStatus, Pending, Profile, WriterOffer
from askdossier.lang import notes
from askdossier.web.render.library import pending
from askdossier.web.render.words import button, colon, prose, text
from askdossier.web.texts import Texts


@dataclass(frozen=True, slots=True)
class Choosing:
    """The writers that there are to choose from."""

    chosen: str = ""
    """The one of the settings, as they name it."""
    offers: tuple[WriterOffer, ...] = ()
    shared: bool = False
    """Whether none but those may be named."""


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
    choosing: Choosing = Choosing()
    loaded: bool = False
    """Whether it is known what the writer can do."""


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
        f"{_abilities(used.writer, texts) if used.loaded else ''}{about}{allow}"
        f"{_choice(used.choosing, texts)}"
        f"{_catalogue(used.catalogue, texts)}"
        f'<p class="ad-explained">{prose(texts.models_how)}</p></section>'
        f"<section><h3>{text(texts.files)}</h3>{_facts(folders, texts)}"
        f"{pending(used.pending, texts)}"
        f"{'' if used.pending else button(texts.reindex, 'sync', style='ad-plain ad-reindex')}"
        f'<p class="ad-explained">{prose(texts.reindex_how)}</p></section>'
    )


def _abilities(writer: Profile, texts: Texts) -> str:
    """What was found out at its first use; of one in this process, all is known beforehand."""
    can = {
        words: texts.yes if getattr(writer, name) else texts.no
        for name, words in texts.abilities.items()
        if writer.server or name == "calibrated"
    }
    can[texts.abilities["calibrated"]] = texts.yes if writer.calibrated else texts.strict_without
    return _facts(can, texts)


def _choice(choosing: Choosing, texts: Texts) -> str:
    """The writers in a list, with a line for the address of a server."""
    offers = choosing.offers
    if choosing.chosen not in {offer.spec for offer in offers}:
        offers = (WriterOffer(choosing.chosen), *offers)
    options = "".join(
        f'<option value="{text(offer.spec)}"'
        f"{' selected' if offer.spec == choosing.chosen else ''}>"
        f"{text(f'{offer.title} · {offer.spec}' if offer.title else offer.spec)}</option>"
        for offer in offers
    )
    served = f'<p class="ad-explained">{prose(texts.shared_writer)}</p>'
    if not choosing.shared:
        options += f'<option value="">{text(texts.another_writer)}</option>'
        served = (
            f'<div class="ad-served" hidden><label for="ad-server">{text(texts.server_address)}'
            f'</label><input type="text" id="ad-server" placeholder="{text(texts.server_examples)}"'
            ' maxlength="1000" autocomplete="off" autocapitalize="off" spellcheck="false"></div>'
        )
    return (
        f'<form class="ad-choose"><label for="ad-writer">{text(texts.writer)}</label>'
        f'<select id="ad-writer">{options}</select>{served}'
        f'<button type="submit" class="ad-plain">{text(texts.use_writer)}</button>'
        '<p class="ad-choice-note" role="status"></p>'
        f'<p class="ad-explained">{prose(texts.use_writer_how)}</p></form>'
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
