"""A provider's terms: the notice it needs before a first night, the number of its office, whom a unit may take."""

import re
from collections.abc import Collection
from datetime import date, datetime

from planner.rules.counts import count_words
from planner.rules.windows import NOON, from_local
from planner.rules.words import Profile

LONGEST_NOTICE = 720
LONGEST_HOLD = 168
NUMBER = re.compile(r"\+?[0-9 ()-]+")


def office_number(typed: str) -> str | None:
    """A telephone number as it is kept, one space between its groups; None where it is none."""
    said = " ".join(typed.split())
    digits = sum(character.isdigit() for character in said)
    return said if NUMBER.fullmatch(said) and 7 <= digits <= 15 and len(said) <= 20 else None


def hours_before(first_night: date, now: datetime) -> int:
    """Whole hours from now until a night begins, at noon local time; none once it has begun."""
    return max(0, int((from_local(first_night, NOON) - now).total_seconds() // 3600))


def notice_words(unit: str, needed: int, left: int) -> str:
    """ "Unit U1 asks for 24 hours' notice; the first night begins in 10 hours."; empty where there is enough."""
    if left >= needed:
        return ""
    begins = f"in {count_words(left, 'hour')}" if left else "within the hour"
    return f"Unit {unit} asks for {count_words(needed, 'hour')} of notice; the first night begins {begins}."


def children_beside_adults(profiles: Collection[Profile]) -> bool:
    """Adult places never cover children: a unit takes children alone, or none."""
    return Profile.CHILD in profiles and len(profiles) > 1
