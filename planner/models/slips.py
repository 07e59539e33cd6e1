"""Changes of plan that others were told of: what was listed, what followed, and how it is undone."""

from datetime import datetime

from sqlmodel import Field

from planner.db import Table
from planner.models.columns import instant, key, maybe_instant, maybe_link, request_key


class Slip(Table, table=True):
    """One change of one action or of a whole strike day.

    `before` and `after` are the rows that it changed, by table and id: while everything still stands as in `after`,
    nobody has answered, and it can be undone.
    """

    id: int | None = key()
    strike_day_id: int | None = maybe_link("strikeday.id")
    sentence: str
    before: str
    after: str
    made_by: int | None = maybe_link("person.id", index=False)
    made_at: datetime = instant()
    undone_by: int | None = maybe_link("person.id", index=False)
    undone_at: datetime | None = maybe_instant()
    request_key: str | None = request_key()
    request_fingerprint: str


class SlipAction(Table, table=True):
    """The actions that a change of plan concerned; `listed` is what was shown of each and came true, a line each."""

    slip_id: int = Field(foreign_key="slip.id", primary_key=True)
    action_id: int = Field(foreign_key="action.id", primary_key=True, index=True)
    listed: str
