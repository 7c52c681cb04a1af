"""Calendars and invitations (ICS, RFC 5545): each event with its time, place and people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from askdossier.core import Block, UnreadableDocument
from askdossier.load.decode import read_text
from askdossier.load.metadata import Metadata
from askdossier.load.reader import Content, bounded
from askdossier.text import normalise

SUFFIXES = (".ics",)

_SHOWN = {
    "DTSTART": "Start", "DTEND": "End", "DUE": "Due", "DURATION": "Duration", "RRULE": "Repeats",
    "EXDATE": "Except", "LOCATION": "Location", "STATUS": "Status", "ORGANIZER": "Organizer",
    "ATTENDEE": "Attendee", "URL": "URL", "COMMENT": "Comment", "DESCRIPTION": "Description",
}  # fmt: skip
_HELD = frozenset({"VEVENT", "VTODO", "VJOURNAL"})
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class _Line:
    """One property: its name, its parameters and its value."""

    name: str
    about: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as text."""
        shown = _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], self.value)
        return normalise(shown).strip()


def read(path: Path) -> Content:
    """Read a calendar; an invitation has the title of its only event."""
    source = read_text(path)
    if "BEGIN:VCALENDAR" not in source[:1000].upper():
        raise UnreadableDocument(f"{path.name} is no calendar. Save it again as iCalendar (ICS).")
    lines = list(_lines(source))
    titles = [line.text for line in lines if line.name == "SUMMARY"]
    title = titles[0] if len(titles) == 1 and titles[0] else path.stem
    return Content(tuple(bounded(_blocks(lines), path.name)), Metadata(title=title))


def _lines(source: str) -> Iterator[_Line]:
    """The properties, folded lines joined."""
    whole: list[str] = []
    for line in source.splitlines():
        if line[:1] in {" ", "\t"} and whole:
            whole[-1] += line[1:]
        else:
            whole.append(line)
    for line in whole:
        quoted = False
        for i, character in enumerate(line):
            quoted ^= character == '"'
            if character == ":" and not quoted:
                name, *about = line[:i].split(";")
                pairs = (part.partition("=") for part in about)
                known = {key.upper(): value.strip('"') for key, _, value in pairs}
                yield _Line(name.rpartition(".")[2].upper(), known, line[i + 1 :])
                break


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    open_: list[str] = []
    for at, line in enumerate(lines):
        if line.name == "BEGIN":
            open_.append(line.value.strip().upper())
            if open_[-1] in _HELD:
                yield from _titles(lines, at)
        elif line.name == "END" and open_:
            open_.pop()
        elif line.name == "METHOD" and line.value.strip().upper() == "CANCEL":
            yield Block("Status: CANCELLED")
        elif open_ and open_[-1] in _HELD and line.name in _SHOWN:
            yield from _told(line)


def _titles(lines: list[_Line], at: int) -> Iterator[Block]:
    """What an event is called, wherever it says so, as a heading."""
    depth = 0  # of what is inside it: alarms have titles of their own
    for line in lines[at + 1 :]:
        depth += (line.name == "BEGIN") - (line.name == "END")
        if depth < 0:
            return
        if depth == 0 and line.name == "SUMMARY" and line.text:
            yield Block(" ".join(line.text.split()), 2)
            return


def _told(line: _Line) -> Iterator[Block]:
    label, text = _SHOWN[line.name], line.text
    if line.name in {"DTSTART", "DTEND", "DUE", "EXDATE"}:
        text = _moment(line)
    elif line.name in {"ORGANIZER", "ATTENDEE"}:
        address = re.sub("^mailto:", "", text, flags=re.IGNORECASE)
        name, answer = line.about.get("CN", ""), line.about.get("PARTSTAT", "")
        text = f"{name} <{address}>" if name and name != address else address
        text += f" ({answer.lower()})" if answer else ""
    parts = list(filter(str.strip, text.split("\n")))
    yield from (Block(part if i else f"{label}: {part}") for i, part in enumerate(parts))


def _moment(line: _Line) -> str:
    """A time as it is written; the end of whole days is the last of them, not the day after."""
    found = _TIME.match(line.value)
    if found is None:
        return line.text
    year, month, day, hours, minutes, _, is_utc = found.groups()
    if hours is None:
        try:
            last = date(int(year), int(month), int(day))
            return (last - timedelta(days=line.name == "DTEND")).isoformat()
        except (ValueError, OverflowError):
            return line.text
    zone = "UTC" if is_utc else line.about.get("TZID", "")
    return " ".join(filter(None, (f"{year}-{month}-{day} {hours}:{minutes}", zone)))
