"""Times to meet in words: who would miss, and why there is no time."""

from collections.abc import Sequence
from datetime import datetime

from planner.rules.dates import instant_words, when_words
from planner.rules.lead_time import Latest, help_words
from planner.rules.meeting_times import Slot
from planner.rules.words import ConferenceKind


def slot_words(slot: Slot) -> str:
    """ "Thu 26 November, 14:00 to 15:00 — Health would miss"."""
    return f"{when_words(slot.starts_at, slot.ends_at)} — {missing_words(slot)}"


def missing_words(slot: Slot) -> str:
    """ "everybody can come", "Health would miss", "Health would miss, who must come; so would Hope"."""
    others = named(slot.others_missing)
    if not slot.required_missing:
        return f"{others} would miss" if others else "everybody can come"
    missing = f"{named(slot.required_missing)} would miss, who must come"
    return f"{missing}; so would {others}" if others else missing


def named(names: Sequence[str]) -> str:
    """ "Health", "Health and Hope", "Health, Hope and Force"."""
    *others, last = names or ("",)
    return f"{', '.join(others)} and {last}" if others else last


def not_stated_words(names: Sequence[str]) -> str:
    """What is taken for the hours of agencies that stated none; empty where all did."""
    return f"Hours not stated, weekdays 09:00 to 17:00 are taken: {named(names)}." if names else ""


def none_words(slots: Sequence[Slot], until: datetime, *, minutes: int) -> str:
    """What is to be said where not everybody who must come can."""
    if not slots:
        return (
            f"None of those who must come is free for {minutes} minutes until {instant_words(until)}. "
            "Look for a shorter conference, or ask other agencies."
        )
    if slots[0].required_missing:
        return "There is no time at which all who must come are free. At these the fewest would miss."
    return ""


def too_late_words(reference: str, latest: Latest, kind: ConferenceKind, *, minutes: int, now: datetime) -> str:
    """Why no time is left before an action."""
    begins = "An emergency" if kind is ConferenceKind.EMERGENCY else f"A {kind}"
    asked = f"{begins} conference must be over {latest.because} before {reference} begins"
    return f"{asked}, and no {minutes} minutes are left until then. {help_words(latest, kind, now=now)}"
