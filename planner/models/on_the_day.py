"""People on the day as counts: presses, a difference explained, places given by telephone, how support went on.

Nothing here has a column for a name.
"""

from datetime import date, datetime

from sqlmodel import CheckConstraint, Field

from planner.db import Table, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link, request_key
from planner.rules.on_the_day import Count
from planner.rules.outcomes import SupportOutcome


class DayTap(Table, table=True):
    """One press of one person: one more, one fewer, or one who moved on from another count. Only ever added to."""

    __table_args__ = (CheckConstraint("step IN (-1, 1)", name="one_at_a_time"),)
    id: int | None = key()
    action_id: int = link("action.id")
    count: Count = Field(sa_type=by_value(Count))
    step: int
    moved_from: Count | None = Field(default=None, sa_type=by_value(Count, "moved_from"))
    tapped_by: int | None = maybe_link("person.id", index=False)
    tapped_at: datetime = instant()
    request_key: str | None = request_key()


class DayExplanation(Table, table=True):
    """Why the counts do not agree, or that nobody was met; it holds while `last_tap` is still the last press."""

    id: int | None = key()
    action_id: int = link("action.id")
    last_tap: int
    sentence: str
    explained_by: int | None = maybe_link("person.id", index=False)
    explained_at: datetime = instant()


class TelephonePlaces(Table, table=True):
    """What a provider said by telephone on the day, as it was typed; what is right once it was corrected.

    Never counted by the gate, which is before the door.
    """

    __table_args__ = (
        CheckConstraint("places >= 0", name="none_or_more"),
        CheckConstraint("places_said > 0", name="some_said"),
    )
    id: int | None = key()
    action_id: int = link("action.id")
    unit_id: int = link("unit.id")
    places_said: int
    places: int
    said_at: datetime = instant()
    typed_by: int | None = maybe_link("person.id", index=False)
    correction: str | None = None
    corrected_by: int | None = maybe_link("person.id", index=False)
    corrected_at: datetime | None = maybe_instant()
    version: int = 1
    request_key: str | None = request_key()


class SupportCount(Table, table=True):
    """How support went on, in numbers as of a day; the last word of each action and outcome."""

    __table_args__ = (CheckConstraint("number >= 0", name="none_or_more"),)
    action_id: int = Field(foreign_key="action.id", primary_key=True)
    outcome: SupportOutcome = Field(primary_key=True, sa_type=by_value(SupportOutcome))
    number: int
    as_of: date
    typed_by: int | None = maybe_link("person.id", index=False)
    typed_at: datetime = instant()
    version: int = 1
