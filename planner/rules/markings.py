"""Markings: OFFICIAL and OFFICIAL-SENSITIVE with handling instructions; what is above belongs elsewhere.

The usual instructions are those of the Government Security Classifications Policy (Cabinet Office, in force since
30 June 2023, as updated on 5 August 2024), "additional markings". They stand in the order of its tables: handling
instructions, then descriptors, each after a dash, as in OFFICIAL-SENSITIVE - RECIPIENTS ONLY. FOR PUBLIC RELEASE is not
offered, since nothing here is. LOCSEN and PERSONAL are of the policy of 2018; another instruction may be typed, such as
one of the organisation's own.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from planner.rules.words import Marking

RISING = (Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE)
HANDLING = ("RECIPIENTS ONLY", "POLICE USE ONLY", "HMG USE ONLY", "EMBARGOED")
DESCRIPTORS = (
    *("PERSONAL DATA", "LEGAL PROFESSIONAL PRIVILEGE", "LEGAL"),
    *("MARKET SENSITIVE", "COMMERCIAL", "HR/MANAGEMENT"),
)
OFFERED = (*HANDLING, *DESCRIPTORS)
LONGEST_HANDLING = 120
BETWEEN = " - "
_SECRET_ANYWHERE = re.compile(r"\bsecret\b", re.IGNORECASE)
# In a sentence "a secret door" is only a door: the marking is written in capitals, or is TOP SECRET.
_SECRET_IN_PROSE = re.compile(r"\bSECRET\b|\b(?i:top secret)\b")
# A column may be called "Official name": after a marking comes nothing, a sign, or instructions in capitals.
_MARKING_LINE = re.compile(
    r"\s*(?:UK[ -])?OFFICIAL(?P<sensitive>[ -]SENSITIVE)?(?=\s*(?:$|[-–—:/(,;|]|(?-i:[A-Z /]+$)))",
    re.IGNORECASE,
)
ELSEWHERE = "use a system accredited for it"


class Marked(NamedTuple):
    """How a thing is to be treated: its marking, and its handling instructions in one line where there are any."""

    marking: Marking
    handling: str | None = None

    @property
    def words(self) -> str:
        """OFFICIAL-SENSITIVE - RECIPIENTS ONLY."""
        return BETWEEN.join([self.marking.value, *split_handling(self.handling)])


def is_above(marking: Marking, ceiling: Marking) -> bool:
    """Whether a marking is higher than what an installation may hold."""
    return RISING.index(marking) > RISING.index(ceiling)


def up_to(ceiling: Marking) -> list[Marking]:
    """The markings that an installation may hold, the lowest first."""
    return [marking for marking in RISING if not is_above(marking, ceiling)]


def highest(markings: Iterable[Marking]) -> Marking:
    """The highest of some markings; of none, OFFICIAL, which is what holds without a word."""
    return max(markings, key=RISING.index, default=Marking.OFFICIAL)


def together(things: Iterable[Marked]) -> Marked:
    """How a file or a page that holds all of these is to be treated: the highest marking, every instruction."""
    all_of_them = list(things)
    said = BETWEEN.join(thing.handling for thing in all_of_them if thing.handling)
    return Marked(highest(thing.marking for thing in all_of_them), in_order(said) or None)


def split_handling(handling: str | None) -> list[str]:
    """The instructions of one line."""
    parts = (" ".join(part.split()) for part in re.split(r"\s+[-–—]\s+", handling or ""))
    return [part for part in parts if part]


def in_order(handling: str) -> str:
    """Instructions in capitals, each once, in the policy's order; what it does not name comes last."""
    return BETWEEN.join(sorted(dict.fromkeys(split_handling(handling.upper())), key=_place))


def _place(instruction: str) -> int:
    """EMBARGOED may say until when, and any organisation may keep a thing to itself: [organisation] USE ONLY."""
    if instruction not in OFFERED and instruction.endswith(" USE ONLY"):
        return HANDLING.index("POLICE USE ONLY")
    begins = (number for number, offered in enumerate(OFFERED) if f"{instruction} ".startswith(f"{offered} "))
    return next(begins, len(OFFERED))


def marking_of_line(text: str) -> Marking | None:
    """The marking that a line at the head of a file gives, where it gives one of this house."""
    found = _MARKING_LINE.match(text)
    if found is None:
        return None
    return Marking.OFFICIAL_SENSITIVE if found.group("sensitive") else Marking.OFFICIAL


def speaks_of_secret(text: str, *, prose: bool) -> bool:
    """Whether a text carries SECRET or TOP SECRET; in prose only where it is meant as a marking."""
    return bool((_SECRET_IN_PROSE if prose else _SECRET_ANYWHERE).search(text))
