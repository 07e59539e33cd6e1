"""An undertaking as it is typed while people talk: "Health (duty manager): screening room by Thu 12:00, before action".

The post that owns it may be left out, and so may the end.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from planner.rules.windows import from_local, local

HOW = "Type it as: Health (duty manager): screening room by Thu 12:00, before action."
COLON = re.compile(r"(?<!\d):|:(?!\d)")  # not that of a time
OWNED = re.compile(r"(?P<agency>[^()]+?)\s*(?:\((?P<owner>[^()]*)\))?$")
BEFORE = re.compile(r"[,;]?\s*before (?:the )?action\s*\.?$", re.IGNORECASE)
BY = re.compile(r"^(?P<what>.+)\sby\s+(?P<when>\S.*)$", re.IGNORECASE | re.DOTALL)
CLOCK = re.compile(r"^(?:(?P<day>.+?),?\s+)?(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\.?$", re.IGNORECASE)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATED = re.compile(r"^(?:[a-z]{3,9},?\s+)?(?P<day>\d{1,2})\s+(?P<month>[a-z]{3,9})$", re.IGNORECASE)
SHORTEST = 3  # letters of an agency's name that are enough to know it by


class Typed(NamedTuple):
    """Whose undertaking, what, until when, and whether the action waits for it."""

    agency: str
    text: str
    due_at: datetime
    before_action: bool
    owner: str = ""


class Unclear(ValueError):
    """What the line lacks, as a sentence."""


def undertaking_in(line: str, agencies: Mapping[str, str], now: datetime) -> Typed:
    """Read one line; `agencies` are names by code; Unclear says what is missing and how to type it.

    A weekday is the next one from today on; a time without a day is today's.
    """
    said = " ".join(line.split())
    colon = COLON.search(said)
    if colon is None or not said[: colon.start()].strip() or not said[colon.end() :].strip():
        raise Unclear(f"It does not say whose undertaking this is. {HOW}")
    typed, rest = said[: colon.start()].strip(), said[colon.end() :]
    named = typed.casefold() in (name.casefold() for name in agencies.values())  # whose own name may end in brackets
    who = None if named else OWNED.match(typed)
    agency = _agency(who["agency"] if who else typed, agencies)
    before = BEFORE.search(rest)
    found = BY.match(rest[: before.start()] if before else rest)
    if found is None:
        raise Unclear(f"It does not say by when. {HOW}")
    owner = (who["owner"] or "").strip() if who else ""
    return Typed(agency, found["what"].strip(" ,"), _instant(found["when"].strip(" ,"), now), before is not None, owner)


def _agency(typed: str, agencies: Mapping[str, str]) -> str:
    """The agency whose name or code it is, or begins with it, or has it as a word."""
    wanted = typed.casefold()
    names = {code: name.casefold() for code, name in agencies.items()}
    exact = [code for code, name in names.items() if wanted in (code.casefold(), name)]
    near = [code for code, name in names.items() if len(wanted) >= SHORTEST and wanted in name]
    found = exact or near
    if len(found) == 1:
        return found[0]
    if found:
        raise Unclear(f"{typed} may be {' or '.join(sorted(agencies[code] for code in found))}: type more of the name.")
    raise Unclear(f"{typed} has no seat here. Seats: {', '.join(sorted(agencies.values()))}.")


def _instant(when: str, now: datetime) -> datetime:
    found = CLOCK.match(when)
    if found is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        raise Unclear(f"By {when} is no day and time. Type a day and a time, such as Thu 12:00 or 3 December 09:30.")
    at = time(int(found["hour"]), int(found["minute"]))
    today, typed = local(now).date(), (found["day"] or "today").strip()
    due = _on_the_clock(_day(typed, today), at)
    if due <= now and _weekday(typed) is not None:
        due = _on_the_clock(_day(typed, today) + timedelta(days=7), at)
    if due <= now:
        raise Unclear(f"By {when} is over already. Type a time still to come.")
    return due


def _on_the_clock(day: date, at: time) -> datetime:
    try:
        return from_local(day, at)
    except ValueError as error:
        raise Unclear(str(error)) from error


def _weekday(typed: str) -> int | None:
    """A weekday by its name or its first letters, Monday 0."""
    wanted = typed.casefold()
    return next((n for n, day in enumerate(DAYS) if len(wanted) >= SHORTEST and day.startswith(wanted)), None)


def _day(typed: str, today: date) -> date:
    wanted, weekday = typed.casefold(), _weekday(typed)
    if wanted in ("today", "tomorrow"):
        return today + timedelta(days=wanted == "tomorrow")
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    dated = DATED.match(typed)
    if dated is None or dated["month"].casefold()[:3] not in MONTHS:
        raise Unclear(f"{typed} is no day. Type a weekday, tomorrow, or a date such as 3 December.")
    month = MONTHS.index(dated["month"].casefold()[:3]) + 1
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, int(dated["day"]))
        except ValueError:
            continue
        if found >= today:
            return found
    raise Unclear(f"There is no {typed} in the year to come.")
