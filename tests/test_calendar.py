"""Calendars, and invitations that come by mail."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.core import RawDocument, UnreadableDocument
from askdossier.load import calendar, documents, read

EVENT = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
BEGIN:STANDARD
DTSTART:19701025T030000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;TZID="Europe/Paris":20250312T183000
DTEND:20250312T190000Z
BEGIN:VALARM
SUMMARY:Rappel
END:VALARM
SUMMARY:Réunion
  du bureau
LOCATION:Salle 2\\, rue Haute
DESCRIPTION:Ordre du jour\\n- budget
ORGANIZER;CN=Léa Roux:mailto:lea@exemple.test
ATTENDEE;PARTSTAT=DECLINED;CN="Diaz: Paul":MAILTO:p@exemple.test
END:VEVENT
END:VCALENDAR
"""
LINES = [
    "Réunion du bureau", "Start: 2025-03-12 18:30 Europe/Paris", "End: 2025-03-12 19:00 UTC",
    "Location: Salle 2, rue Haute", "Description: Ordre du jour", "- budget",
    "Organizer: Léa Roux <lea@exemple.test>",
    "Attendee: Diaz: Paul <p@exemple.test> (declined)",
]  # fmt: skip


def shown(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


def event(folder: Path, *lines: str) -> list[str]:
    text = "\r\n".join(("BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"))
    (folder / "a.ics").write_text(text, encoding="utf-8")
    return shown(read(folder / "a.ics", "a.ics"))


def test_an_event_has_its_time_place_and_people(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_text(EVENT, encoding="utf-8")
    document = read(tmp_path / "a.ics", "a.ics")
    assert shown(document) == LINES and document.title == "a"


def test_whole_days_end_on_their_last_day(tmp_path: Path) -> None:
    found = event(tmp_path, "DTSTART;VALUE=DATE:20250314", "DTEND;VALUE=DATE:20250316")
    assert found == ["Start: 2025-03-14", "End: 2025-03-15"]


def test_an_event_that_is_called_off_says_so(tmp_path: Path) -> None:
    assert event(tmp_path, "SUMMARY:Bal", "STATUS:CANCELLED") == ["Bal", "Status: CANCELLED"]


def test_an_invitation_in_a_mail_is_read(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Invitation"
    message.set_content("Voir ci-joint.")
    message.add_alternative(EVENT, subtype="calendar", params={"method": "REQUEST"})
    (tmp_path / "a.eml").write_bytes(bytes(message))
    found = [one for one in documents(tmp_path / "a.eml", "a.eml") if isinstance(one, RawDocument)]
    assert [shown(document) for document in found[1:]] == [LINES]


def test_what_is_no_calendar_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_text("Bonjour", encoding="utf-8")
    with pytest.raises(UnreadableDocument):
        read(tmp_path / "a.ics", "a.ics")


@given(st.text('BEGIN:VTD;="\\\n 20250Z', max_size=200))
def test_any_calendar_is_read(text: str) -> None:
    list(calendar._blocks(list(calendar._lines(f"BEGIN:VEVENT\n{text}"))))
