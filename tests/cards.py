"""A card as `askdossier calibrate` makes them."""

from __future__ import annotations

from dataclasses import replace

from askdossier.ask import prompts
from askdossier.ask.policy.calibrated import Card, Rates


def card_of(writer: str, **changes: object) -> Card:
    made = Card(
        writer=writer,
        prompts=prompts.fingerprint(checked=True),
        date="2026-11-29",
        embedder="an embedder",
        questions="0123",
        readings=218,
        answered=82,
        auc=0.8,
        rates=(Rates(0.1, 0.3, 0.1), Rates(0.4, 0.25, 0.2), Rates(0.7, 0.0, 1.0)),
        intercept=-1.0,
        judgement=1.0,
        best=10.0,
        languages={"en": -0.5},
    )
    return replace(made, **changes)  # type: ignore[arg-type]
