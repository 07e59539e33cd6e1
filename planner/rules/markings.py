"""Markings: OFFICIAL and OFFICIAL-SENSITIVE with a handling instruction; what is above belongs elsewhere.

A handling instruction is a short text after the marking (Government Security Classifications Policy, additional
markings); the usual ones are offered, another may be typed.
"""

import re

from planner.rules.words import Marking

RISING = (Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE)
HANDLING = ("RECIPIENTS ONLY", "HMG USE ONLY", "EMBARGOED")
LONGEST_HANDLING = 60
_SECRET_ANYWHERE = re.compile(r"\bsecret\b", re.IGNORECASE)
# In a sentence "a secret door" is only a door: the marking is written in capitals, or is TOP SECRET.
_SECRET_IN_PROSE = re.compile(r"\bSECRET\b|\b(?i:top secret)\b")
ELSEWHERE = "use a system accredited for it"


def is_above(marking: Marking, ceiling: Marking) -> bool:
    """Whether a marking is higher than what an installation may hold."""
    return RISING.index(marking) > RISING.index(ceiling)


def up_to(ceiling: Marking) -> list[Marking]:
    """The markings that an installation may hold, the lowest first."""
    return [marking for marking in RISING if not is_above(marking, ceiling)]


def speaks_of_secret(text: str, *, prose: bool) -> bool:
    """Whether a text carries SECRET or TOP SECRET; in prose only where it is meant as a marking."""
    return bool((_SECRET_IN_PROSE if prose else _SECRET_ANYWHERE).search(text))


def marking_words(marking: Marking, handling: str | None = None) -> str:
    """OFFICIAL-SENSITIVE: RECIPIENTS ONLY."""
    return f"{marking.value}: {handling}" if handling else marking.value
