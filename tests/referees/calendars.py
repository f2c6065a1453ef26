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


def span(text):
    """The first day of a day, month, quarter or year, and the day after it."""
    if len(text) == 10:
        return day(text), day(text) + timedelta(1)
    year, _, part = text.partition("-")
    first, months = 1, 12
    if part.startswith("Q"):
        first, months = int(part[1]) * 3 - 2, 3
    elif part:
        first, months = int(part), 1
    after = int(year) * 12 + first - 1 + months
    return date(int(year), first, 1), date(after // 12, after % 12 + 1, 1)


def words(text):
    """A month, quarter or year in words."""
    year, _, part = text.partition("-")
    if part.startswith("Q"):
        return f"{part} {year}"
    return f"{date(int(year), int(part), 1):%B} {year}" if part else year


def expected(board):
    """The releases and ends that a board has, by what a calendar says of them."""
    found = {}
    for train in board["trains"]:
        label = train["label"]
        name = label if label.startswith(board["project"]) else f"{board['project']} {label}"
        if train["release"]:
            found[f"{name} is released"] = span(train["release"])
        if not train["end"]:
            continue
        is_extended = train["support_end"] != train["end"]
        what = "extended support" if is_extended else "support"
        if train["end_precision"] != "day":
            title = f"{what.capitalize()} of {name} ends in {words(train['end'])}"
        elif board["end_day"] == "supported":
            title = f"Last day of {what} for {name}"
        elif is_extended:
            title = f"{name} has no extended support any more"
        else:
            title = f"{name} is no longer supported"
        found[title] = span(train["end"])
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
