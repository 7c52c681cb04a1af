"""A question and its answer: sentences with their status and marks, cards, what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from askdossier.core import (
    Answer,
    Citation,
    Claim,
    Document,
    Evidence,
    Form,
    Part,
    Place,
    Span,
    Support,
    by_part,
)
from askdossier.lang import notes, what_is_unknown
from askdossier.web.render.words import (
    button,
    colon,
    date,
    lang,
    notice,
    place,
    prose,
    text,
    title,
)
from askdossier.web.texts import Texts, seconds_in_words, told
from askdossier.web.turn import Turn

_SIGNS: Mapping[Support, str] = {
    "supported": "✓",
    "quoted": "«\N{NO-BREAK SPACE}»",
    "partly": "~",
    "unsupported": "✗",
}


def turn(turn: Turn, documents: Mapping[str, Document], texts: Texts) -> str:
    """A question with what is known of its answer so far."""
    abstained = turn.state == "done" and (turn.answer is None or turn.answer.abstained)
    parts = [
        f'<h2 class="ad-question" data-key="question" dir="auto">'
        f'<span class="ad-hidden">{text(texts.question)}{colon(texts)}</span>'
        f"{prose(turn.question)}</h2>"
    ]
    if turn.standalone:
        asked = f'<span class="ad-hidden">{text(texts.understood)}{colon(texts)}</span>'
        parts.append(
            f'<p class="ad-standalone" data-key="asked" dir="auto">{asked}'
            f"{prose(turn.standalone)}</p>"
        )
    if turn.message and not abstained:
        said = prose(turn.message)
        parts.append(f'<p class="ad-message" data-key="said" dir="auto">{said}</p>')
    if turn.claims:
        parts.append(_claims(turn.claims, turn.form, documents, texts))
    if abstained:
        parts.append(_abstention(turn, texts))
    if turn.answer is not None:
        parts += [_unknown(turn.answer, texts), _behind(turn.answer, documents, texts)]
    if turn.state == "failed":
        parts.append(notice(*told(turn.error, texts)))
    parts.append(_status(turn, texts))
    if turn.answer is not None and (remarks := notes.behind(turn.answer)):
        lines = "".join(f"<li>{prose(remark)}</li>" for remark in remarks)
        parts.append(f'<ul class="ad-notes" data-key="notes" dir="auto">{lines}</ul>')
    if not turn.running:
        parts.append(_actions(turn, texts))
    parts.append(_sources(turn, documents, texts))
    return "".join(parts)


def _status(turn: Turn, texts: Texts) -> str:
    words = {
        "searching": texts.searching,
        "waiting": texts.waiting(turn.ahead),
        "writing": texts.checked(len(turn.claims)) if turn.claims else texts.writing,
        "stopped": texts.stopped,
        "interrupted": texts.interrupted,
        "failed": "",
        "done": "",
    }[turn.state]
    if turn.answer is not None and (total := turn.answer.timings.get("total")) is not None:
        words = texts.done(seconds_in_words(total, texts))
    if not words:
        return ""
    legend = "" if turn.running else _legend((*turn.claims, *turn.doubtful), texts)
    running = " ad-running" if turn.running else ""
    return (
        f'<div class="ad-status{running}" data-key="status">'
        f"<span>{text(words)}</span>{legend}</div>"
    )


def _legend(claims: Sequence[Claim], texts: Texts) -> str:
    """What the signs in the margin mean, for those that occur."""
    used = {claim.support for claim in claims}
    entries = "".join(
        f'<li><span class="ad-sign ad-{support}" aria-hidden="true">{sign}</span>'
        f"{text(texts.support[support])}</li>"
        for support, sign in _SIGNS.items()
        if support in used
    )
    return f'<ul class="ad-legend" aria-label="{text(texts.legend)}">{entries}</ul>' if used else ""


def _actions(turn: Turn, texts: Texts) -> str:
    """What can be done with an answer; the script shows the last three for the last one only."""
    parts = []
    if turn.claims:
        parts.append(button(texts.copy, "copy"))
    if turn.claims or turn.state == "done":
        parts.append(
            menu(
                texts.export,
                *(
                    button(name, "export", data=f'data-format="{name_of}"')
                    for name_of, name in texts.formats.items()
                ),
            )
        )
        parts.append(
            menu(
                texts.judge,
                *(
                    button(name, "feedback", data=f'data-kind="{kind}"')
                    for kind, name in texts.judgements.items()
                ),
            )
        )
    parts += [
        button(texts.retry, "retry", style="ad-plain ad-of-last"),
        button(texts.edit, "edit", style="ad-plain ad-of-last"),
        button(texts.undo, "undo", style="ad-plain ad-of-last"),
    ]
    return f'<div class="ad-actions" data-key="actions">{"".join(parts)}</div>'


def menu(name: str, *entries: str, sign: str = "") -> str:
    """A small menu that unfolds under its name, or under a sign that stands for it."""
    items = "".join(f"<li>{entry}</li>" for entry in entries)
    spoken = f' aria-label="{text(name)}" title="{text(name)}"' if sign else ""
    return (
        f'<details class="ad-menu"><summary{spoken}>{text(sign or name)}</summary>'
        f"<ul>{items}</ul></details>"
    )


def _claims(
    claims: Sequence[Claim], form: Form, documents: Mapping[str, Document], texts: Texts
) -> str:
    # The form is part of the key, so that the script makes one of another form anew. A group, since
    # each answer of a conversation would be a landmark of the same name otherwise.
    return (
        f'<div class="ad-answer ad-{form}" data-key="answer-{form}" role="group"'
        f' aria-label="{text(texts.answer)}">{_parts(claims, form, documents, texts)}</div>'
    )


def _parts(
    claims: Sequence[Claim], form: Form, documents: Mapping[str, Document], texts: Texts
) -> str:
    return "".join(
        _part(position, part, form, documents, texts)
        for position, part in enumerate(by_part(claims))
    )


def _part(
    position: int, part: Part, form: Form, documents: Mapping[str, Document], texts: Texts
) -> str:
    heading = f'<h3 data-key="about" dir="auto">{prose(part.about)}</h3>' if part.about else ""
    tag = "p" if form == "prose" else "li"
    claims = "".join(
        _claim(number, claim, tag, documents, texts) for number, claim in enumerate(part.claims)
    )
    if form != "prose":
        # Told to be one, since Safari takes a list without bullets for none.
        claims = f'<ul data-key="items" role="list">{claims}</ul>'
    named = "" if part.about else " ad-common"
    return f'<div class="ad-part{named}" data-key="part-{position}">{heading}{claims}</div>'


def _behind(answer: Answer, documents: Mapping[str, Document], texts: Texts) -> str:
    """What the program says behind the claims, then what it left out of them, folded."""
    remark = doubtful = ""
    if answer.remark:
        said = prose(answer.remark)
        remark = f'<p class="ad-remark" data-key="remark" dir="auto">{said}</p>'
    if answer.doubtful:
        items = _parts(answer.doubtful, "list", documents, texts)
        doubtful = (
            f'<details class="ad-doubtful" data-key="doubtful">'
            f"<summary>{text(texts.doubtful(len(answer.doubtful)))}</summary>{items}</details>"
        )
    return remark + doubtful


def _claim(
    position: int, claim: Claim, tag: str, documents: Mapping[str, Document], texts: Texts
) -> str:
    marks = "".join(_mark(citation, documents, texts) for citation in claim.citations)
    marks = f'<span class="ad-marks">{marks}</span>' if marks else ""
    sentence = f'<span class="ad-sentence" dir="auto">{prose(claim.text)}</span>'
    if claim.citations:
        first = claim.citations[0]
        sentence = (
            f'<span class="ad-sentence" dir="auto" role="button" tabindex="0"'
            f" {place(first.document, first.span, first.number)}>{prose(claim.text)}</span>"
        )
    reason = (
        f'<span class="ad-reason">{text(texts.because)} {prose(claim.reason)}</span>'
        if claim.reason
        else ""
    )
    status = texts.support[claim.support]
    return (
        f'<{tag} class="ad-claim ad-{claim.support}" data-key="claim-{position}"'
        f' data-support="{claim.support}">'
        f'<span class="ad-sign ad-{claim.support}" role="img" aria-label="{text(status)}"'
        f' title="{text(status)}">{_SIGNS[claim.support]}</span>'
        f'<span class="ad-said">{sentence}{marks}{reason}</span></{tag}>'
    )


def _mark(citation: Citation, documents: Mapping[str, Document], texts: Texts) -> str:
    """A ``[n]`` that opens the source, and shows the quote when pointed at."""
    origin = title(citation.document, documents)
    label = f"{texts.citation(citation.number)}{colon(texts)}{citation.quote} — {origin}"
    return (
        f'<button type="button" class="ad-mark"'
        f" {place(citation.document, citation.span, citation.number)}"
        f' data-quote="{text(citation.quote)}" data-from="{text(origin)}"'
        f' aria-label="{text(label)}">[{citation.number}]</button>'
    )


def _abstention(turn: Turn, texts: Texts) -> str:
    message = turn.answer.message if turn.answer else ""
    body = f'<p dir="auto">{prose(message)}</p>' if message else ""
    nothing = "" if turn.evidence else f"<p>{text(texts.nothing_found)}</p>"
    return (
        f'<section class="ad-notice ad-abstained" data-key="notice">'
        f"<h3>{text(texts.abstained)}</h3>{body}{nothing}</section>"
    )


def _unknown(answer: Answer, texts: Texts) -> str:
    """What could not be checked, as words are in a language that the program does not know."""
    said = what_is_unknown(answer.asked_in, answer.cited_in, texts.language)
    return f'<p class="ad-message" data-key="unknown">{prose(said)}</p>' if said else ""


def _sources(turn: Turn, documents: Mapping[str, Document], texts: Texts) -> str:
    """The quotes that the answer cites, numbered; then the other evidence, folded once answered.

    An abstention leaves the nearest of it open.
    """
    answered = {citation.number for claim in turn.claims for citation in claim.citations}
    cited = [citation for citation in turn.citations if citation.number in answered]
    others = [
        evidence
        for evidence in turn.evidence
        if not any(
            evidence.document == citation.document and evidence.span.overlaps(citation.span)
            for citation in turn.citations
        )
    ]
    parts = []
    if cited:
        cards = "".join(
            _card(
                citation.document,
                citation.span,
                citation.quote,
                documents,
                texts,
                number=citation.number,
                also=citation.also,
            )
            for citation in cited
        )
        parts.append(_cards("references", texts.references, cards))
    opened: Sequence[Evidence] = others
    possible = turn.answer.possible if turn.answer is not None else None
    heading = texts.found(len(others))
    if turn.claims and not turn.running:
        opened = ()
    elif turn.answer is not None and turn.answer.abstained:
        opened, heading = turn.answer.nearest, texts.nearest
        if possible is not None:
            parts.append(_cards("possible", texts.possible, _found([possible], documents, texts)))
    if opened:
        parts.append(_cards("found", heading, _found(opened, documents, texts)))
    folded = [item for item in others if item not in opened and item != possible]
    if folded:
        parts.append(
            f'<details class="ad-cards ad-others" data-key="others">'
            f"<summary>{text(texts.consulted(len(folded)))}</summary>"
            f"<ol>{_found(folded, documents, texts)}</ol></details>"
        )
    return "".join(parts)


def _found(evidence: Sequence[Evidence], documents: Mapping[str, Document], texts: Texts) -> str:
    return "".join(
        _card(item.document, item.span, item.quote, documents, texts, also=item.also)
        for item in evidence
    )


def _cards(key: str, heading: str, cards: str) -> str:
    return (
        f'<section class="ad-cards ad-{key}" data-key="{key}"><h3>{text(heading)}</h3>'
        f"<ol>{cards}</ol></section>"
    )


def _card(
    document: str,
    span: Span,
    quote: str,
    documents: Mapping[str, Document],
    texts: Texts,
    *,
    number: int = 0,
    also: Sequence[Place] = (),
) -> str:
    known = documents.get(document)
    badge = f'<span class="ad-number">{number}</span>' if number else ""
    origin = [f'<span class="ad-card-title">{text(title(document, documents))}</span>']
    if known is not None:
        if known.source.publisher:
            origin.append(f"<span>{text(known.source.publisher)}</span>")
        if known.source.date:
            origin.append(date(known.source.date, texts))
        if (locator := known.locator(span.start)) is not None:
            origin.append(f"<span>{text(texts.locator(locator))}</span>")
    others = dict.fromkeys(title(place.document, documents) for place in also)
    if others:
        origin.append(f"<span>{text(texts.also)}{colon(texts)}{text(', '.join(others))}</span>")
    return (
        f'<li class="ad-card" data-key="{text(document)}-{span.start}-{span.end}">'
        f'<button type="button" {place(document, span, number)}>{badge}'
        f'<span class="ad-card-quote"{lang(known)} dir="auto">{prose(quote)}</span>'
        f'<span class="ad-card-from">{" · ".join(origin)}</span></button></li>'
    )
