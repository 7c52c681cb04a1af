"""The page around the conversation: heading, composer, side panel with its tabs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from askdossier.web.render.library import controls, drop, search
from askdossier.web.render.words import button, close, text
from askdossier.web.texts import Texts


def shell(documents: int, texts: Texts, suggested: Sequence[str] = ()) -> str:
    """The whole page before the first question: heading, conversation, composer, side panel."""
    disabled = "" if documents else " disabled"
    words = {**texts.script, "facts": dict(texts.facts)}
    return (
        f'<div class="ad-page" lang="{texts.language}"'
        f' data-words="{text(json.dumps(words, ensure_ascii=False))}">'
        '<header class="ad-top"><div class="ad-top-in">'
        '<h1 class="ad-name"><span>ask</span>dossier</h1>'
        f'<p class="ad-tagline">{text(texts.tagline)}</p>'
        '<button type="button" class="ad-plain ad-new" data-do="new">'
        '<span aria-hidden="true">+</span> '
        f'<span class="ad-words">{text(texts.new)}</span></button>'
        f"{button(texts.open_side, 'side', style='ad-plain ad-side-opener')}"
        "</div></header>"
        f'<div class="ad-main"><div class="ad-thread" role="log" aria-live="polite"'
        f' aria-label="{text(texts.thread)}" tabindex="-1">'
        f"{welcome(documents, texts, suggested)}</div>"
        '<div class="ad-foot"><div class="ad-work" role="status" hidden><p></p>'
        f'<progress aria-label="{text(texts.progress)}" hidden></progress>'
        f"{button(texts.reindex, 'sync', style='ad-plain ad-work-sync')}"
        f"{button(texts.stop, 'stop-work', style='ad-plain ad-work-stop')}</div>"
        '<p class="ad-note" role="status" hidden></p>'
        '<p class="ad-within" hidden><span></span> '
        f"{button(texts.everything, 'everything')}</p>"
        '<form class="ad-composer">'
        f'<label class="ad-hidden" for="ad-question">{text(texts.placeholder)}</label>'
        f'<textarea id="ad-question" rows="1" enterkeyhint="send" autocomplete="off"'
        f' placeholder="{text(texts.placeholder)}" aria-describedby="ad-hint"{disabled}>'
        "</textarea>"
        f'<button type="submit" class="ad-ask"{disabled}><span>{text(texts.ask)}</span></button>'
        f'<button type="button" class="ad-stop" data-do="stop" hidden>'
        f"<span>{text(texts.stop)}</span></button>"
        f'</form><p class="ad-hint" id="ad-hint">{text(texts.hint)}</p></div></div>'
        f'<aside class="ad-side" aria-label="{text(texts.panel)}" tabindex="-1">'
        f'<div class="ad-shelf"><div class="ad-side-top">{_tabs(documents, texts)}'
        f"{close(texts)}</div>"
        f"{_panel('documents', controls(texts), shown=True)}"
        f"{_panel('conversations', _said(texts))}{_panel('settings', '')}"
        "</div>"
        '<div class="ad-source" hidden></div></aside>'
        '<div class="ad-preview" id="ad-preview" role="tooltip" hidden></div>'
        f"{_dialog(texts)}</div>"
    )


def welcome(documents: int, texts: Texts, suggested: Sequence[str] = ()) -> str:
    """What stands in place of a conversation that has not begun."""
    return _welcome(texts, suggested) if documents else _empty(texts)


def _said(texts: Texts) -> str:
    return f'{search("ad-said", texts.search_said)}<div id="ad-conversations"></div>'


def _tabs(documents: int, texts: Texts) -> str:
    names = {
        "documents": f"{text(texts.library)} <span>{documents}</span>",
        "conversations": text(texts.conversations),
        "settings": text(texts.settings),
    }
    tabs = "".join(
        f'<button type="button" role="tab" id="ad-tab-{tab}" aria-controls="ad-panel-{tab}"'
        f' aria-selected="{"true" if tab == "documents" else "false"}"'
        f' tabindex="{0 if tab == "documents" else -1}" data-do="tab" data-tab="{tab}">'
        f"{name}</button>"
        for tab, name in names.items()
    )
    return f'<div class="ad-tabs" role="tablist" aria-label="{text(texts.panel)}">{tabs}</div>'


def _panel(tab: str, content: str, *, shown: bool = False) -> str:
    return (
        f'<div class="ad-panel" role="tabpanel" id="ad-panel-{tab}" data-tab="{tab}"'
        f' aria-labelledby="ad-tab-{tab}" tabindex="-1"{"" if shown else " hidden"}>'
        f"{content}</div>"
    )


def _dialog(texts: Texts) -> str:
    """One dialog for all questions that the page asks; the script fills it in."""
    return (
        '<dialog class="ad-dialog" aria-labelledby="ad-dialog-title"><form method="dialog">'
        '<h2 id="ad-dialog-title"></h2><p class="ad-dialog-text" hidden></p>'
        '<p class="ad-dialog-problem" role="alert" hidden></p><div class="ad-dialog-fields"></div>'
        '<div class="ad-dialog-buttons">'
        f"{button(texts.cancel, 'cancel', style='ad-plain ad-cancel')}"
        '<button type="submit" value="confirm" class="ad-ask"></button>'
        "</div></form></dialog>"
    )


def _welcome(texts: Texts, suggested: Sequence[str]) -> str:
    questions = "".join(
        f"<li>{button(question, 'suggested', style='ad-suggested')}</li>" for question in suggested
    )
    if questions:
        questions = f'<ul aria-label="{text(texts.suggested)}">{questions}</ul>'
    return (
        f'<section class="ad-welcome"><h2>{text(texts.welcome)}</h2>'
        f"<p>{text(texts.promise)}</p>{questions}</section>"
    )


def _empty(texts: Texts) -> str:
    steps = "".join(f"<li>{text(step)}</li>" for step in texts.empty_steps)
    return (
        f'<section class="ad-welcome ad-empty"><h2>{text(texts.empty_title)}</h2>'
        f"<ol>{steps}</ol>{drop(texts)}</section>"
    )
