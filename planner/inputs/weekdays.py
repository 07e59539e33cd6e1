"""Weekdays in a cell: a span, several, or every day; kept by number, Monday 1."""

import re

from planner.inputs.cells import CellRefused, a_text, plain_word, shown
from planner.inputs.grid import Cell

WEEKDAY_REMEDY = "Give weekdays as Mon-Fri, or as Tue; Thu."
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def some_weekdays(cell: Cell) -> str:
    """Weekdays by number, Monday 1: "Mon-Fri", "Tue; Thu", "every day" give 12345, 24, 1234567."""
    text = a_text(cell).replace("–", "-")
    if plain_word(text) in ("every day", "daily", "all"):
        return "1234567"
    found: set[int] = set()
    for part in re.split(r"[;|,]", text):
        ends = [_weekday(word) for word in re.split(r"-|\bto\b", part) if word.strip()]
        if len(ends) > 2:
            raise CellRefused(f"{shown(part)} is no span of weekdays.", WEEKDAY_REMEDY)
        if ends:
            first, last = ends[0], ends[-1]
            found |= {(first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)}
    if not found:
        raise CellRefused(f"{shown(cell)} names no weekday.", WEEKDAY_REMEDY)
    return "".join(str(day) for day in sorted(found))


def _weekday(word: str) -> int:
    plainly = plain_word(word)
    for number, name in enumerate(WEEKDAY_NAMES, 1):
        if len(plainly) >= 3 and name.startswith(plainly):
            return number
    raise CellRefused(f"{shown(word)} is not a weekday.", WEEKDAY_REMEDY)
