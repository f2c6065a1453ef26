"""The calendars of sites, read by the library that many programs read calendars
with, and held against the boards beside them: the same days, the same words.

    calendars.py FOLDER…
"""

import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path

from icalendar import Calendar


def day(text):
    return date.fromisoformat(text)


def expected(board):
    """The releases and ends that a board has, by what a calendar says of them."""
    found = {}
    for train in board["trains"]:
        name = f"{board['project']} {train['label']}"
        if train["release"]:
            first = day(train["release"])
            found[f"{name} is released"] = (first, first + timedelta(1))
        if train["end_precision"] == "day":
            first = day(train["end"])
            last_day = board["end_day"] == "supported"
            title = f"Last day of support for {name}" if last_day else f"{name} is no longer supported"
            found[title] = (first, first + timedelta(1))
        if train["end_precision"] == "month":
            last = day(train["end"])
            found[f"Support of {name} ends in {last:%B} {last.year}"] = (last.replace(day=1), last + timedelta(1))
    return found


def faults(path):
    raw = path.read_bytes()
    calendar = Calendar.from_ical(raw)
    board = json.loads((path.parent / "board.json").read_text())
    events = calendar.walk("VEVENT")
    if calendar.errors or any(event.errors for event in events):
        yield f"what cannot be read: {calendar.errors or [event.errors for event in events]}"
    # The library does not know that a name is text, and leaves its escapes.
    name = re.sub(r"\\(.)", r"\1", str(calendar["NAME"]))
    if name != f"{board['project']} releases":
        yield f"it is called {name}"
    if any(len(line) > 75 for line in raw.split(b"\r\n")):
        yield "a line is longer than 75 octets"
    if raw.count(b"\n") != raw.count(b"\r\n"):
        yield "a line ends with LF alone"
    uids = [str(event["UID"]) for event in events]
    if len(set(uids)) < len(uids):
        yield "two events have one UID"
    stamp = board["valid_from"] or "1970-01-01"
    for event in events:
        if event["DTSTAMP"].dt.date() < day(stamp):
            yield f"{event['SUMMARY']} is stamped {event['DTSTAMP'].dt}, before {stamp}"
    said = {str(event["SUMMARY"]): (event["DTSTART"].dt, event["DTEND"].dt) for event in events}
    for title, days in expected(board).items():
        if said.get(title) != days:
            yield f"{title}: {said.get(title)} where the board has {days}"


def main(folders):
    passed = failed = 0
    for path in sorted(path for folder in folders for path in Path(folder).rglob("calendar.ics")):
        found = list(faults(path))
        passed += not found
        failed += bool(found)
        for fault in found:
            print(f"{path}: {fault}")
    if passed + failed == 0:
        print("no calendar was found")
        failed = 1
    print(f"calendars: {passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main(sys.argv[1:]))
