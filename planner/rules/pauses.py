"""A pause that the national Gold asks for: it asks, and the owning force's commander keeps the decision."""

from datetime import datetime, timedelta
from typing import NamedTuple

from planner.rules.dates import instant_words

LONGEST = timedelta(days=31)


class PauseFact(NamedTuple):
    """One that stands; `goes_on` and `answer` are the owning force's last word, nothing while it has not answered."""

    id: int
    region: str | None
    from_at: datetime
    until_at: datetime
    reason: str
    answer: str | None = None
    goes_on: bool | None = None

    @property
    def asked_words(self) -> str:
        """ "The national Gold asks for a pause until Sat 28 November, 12:00: a leak."""
        return f"The national Gold asks for a pause until {instant_words(self.until_at)}: {self.reason}"


def concerns(pause: PauseFact, region: str, starts_at: datetime, now: datetime) -> bool:
    """Whether it stands now, or while the action would begin, and for this region."""
    if pause.region not in (None, region) or now >= pause.until_at:
        return False
    return pause.from_at <= now or pause.from_at <= starts_at < pause.until_at


def holding(pauses: tuple[PauseFact, ...]) -> tuple[PauseFact, ...]:
    """Those to which the owning force's Gold has not answered that it goes on."""
    return tuple(pause for pause in pauses if not pause.goes_on)
