"""The last hours before an action: a falling gate calls those in command instead of un-authorising moving teams."""

from datetime import datetime, timedelta
from enum import StrEnum

LAST = timedelta(hours=12)


class Answer(StrEnum):
    """What those in command say when they are called."""

    CONTINUE = "continue"
    HOLD = "hold"


def in_last_hours(starts_at: datetime, now: datetime) -> bool:
    """From twelve hours before the start on, teams may be moving."""
    return now >= starts_at - LAST
