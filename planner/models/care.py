"""Providers, units, places, open nights, holds and claims, reserves. No address anywhere.

A claim is one place on one night: its primary key is what stops the second claim, and its foreign
key to the open night is what stops place 5 of 4.
"""

from datetime import date, datetime

from sqlmodel import CheckConstraint, Field, ForeignKeyConstraint

from planner.db import Table, UtcDateTime, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link, request_key
from planner.rules.words import Exploitation, HoldState, Need, Profile, SiteKind


class Provider(Table, table=True):
    """A care provider's own terms; `unasked_hold_hours` empty means that nothing is held without asking."""

    agency_id: int = Field(foreign_key="agency.id", primary_key=True)
    standard: str | None = None
    standard_checked_on: date | None = None
    notice_hours: int = 0
    unasked_hold_hours: int | None = None
    last_confirmed_at: datetime | None = maybe_instant()
    fictional: bool = False
    version: int = 1


class Unit(Table, table=True):
    """Interchangeable places at one provider; custody and detention are never accommodation."""

    __table_args__ = (CheckConstraint("site NOT IN ('custody', 'immigration_detention')", name="never_custody"),)
    id: int | None = key()
    provider_id: int = link("provider.agency_id")
    code: str = Field(unique=True, max_length=40)
    name: str
    site: SiteKind = Field(sa_type=by_value(SiteKind))
    criteria: str = ""
    cooperation_required: bool = False


class ProviderTerms(Table, table=True):
    """What a provider said beside its terms: whether less notice is refused, and whom to ring out of hours.

    A post and its office's number, never a person; `by_telephone`: a planner typed what the provider said.
    """

    provider_id: int = Field(foreign_key="provider.agency_id", primary_key=True)
    notice_refused: bool = False
    out_of_hours_post: str = ""
    office_number: str = Field(default="", max_length=20)
    said_at: datetime = instant()
    said_by: int | None = maybe_link("person.id", index=False)
    by_telephone: bool = False


class UnitTerms(Table, table=True):
    """Languages spoken in a unit, and who last said whom it takes."""

    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    languages: str = ""
    said_at: datetime = instant()
    said_by: int | None = maybe_link("person.id", index=False)
    by_telephone: bool = False


class StandIn(Table, table=True):
    """Who answers for a provider's lead in an operation until a day, named by the lead; it outlives the post."""

    id: int | None = key()
    provider_id: int = link("provider.agency_id")
    operation_id: int = link("operation.id", index=False)
    person_id: int = link("person.id")
    named_by: int = link("person.id", index=False)
    named_at: datetime = instant()
    until: date
    ended_at: datetime | None = maybe_instant()
    ended_by: int | None = maybe_link("person.id", index=False)


class UnitProfile(Table, table=True):
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    profile: Profile = Field(primary_key=True, sa_type=by_value(Profile))


class UnitNeed(Table, table=True):
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    need: Need = Field(primary_key=True, sa_type=by_value(Need))


class UnitExploitation(Table, table=True):
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    exploitation: Exploitation = Field(primary_key=True, sa_type=by_value(Exploitation))


class UnitZone(Table, table=True):
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    zone: str = Field(foreign_key="zone.code", primary_key=True)


class Place(Table, table=True):
    __table_args__ = (CheckConstraint("number > 0", name="numbered_from_one"),)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    number: int = Field(primary_key=True)


class OpenNight(Table, table=True):
    """A place opened to an operation for one night (noon to noon, local time); beyond these: unknown, never free."""

    __table_args__ = (ForeignKeyConstraint(["unit_id", "number"], ["place.unit_id", "place.number"]),)
    unit_id: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    night: date = Field(primary_key=True)
    operation_id: int = link("operation.id")


class Reserve(Table, table=True):
    """Confirmed places of a region or strike day, shared by actions whose likely demand is nil."""

    id: int | None = key()
    operation_id: int = link("operation.id")
    region: str | None = maybe_link("region.code")
    strike_day_id: int | None = maybe_link("strikeday.id")
    places: int
    reason: str
    request_key: str | None = request_key()


class ReserveShare(Table, table=True):
    reserve_id: int = Field(foreign_key="reserve.id", primary_key=True)
    action_id: int = Field(foreign_key="action.id", primary_key=True, index=True)


class PlaceRequest(Table, table=True):
    """The same places asked of several units at once: it claims nothing, and ends once what is wanted is confirmed."""

    id: int | None = key()
    action_id: int = link("action.id")
    first_night: date
    nights: int
    asked_by: int | None = maybe_link("person.id", index=False)
    asked_at: datetime = instant()
    request_key: str | None = request_key()
    request_fingerprint: str | None = None


class PlaceRequestLine(Table, table=True):
    __table_args__ = (CheckConstraint("places > 0", name="some_places"),)
    request_id: int = Field(foreign_key="placerequest.id", primary_key=True)
    profile: Profile = Field(primary_key=True, sa_type=by_value(Profile))
    need: Need = Field(default=Need.NONE, primary_key=True, sa_type=by_value(Need))
    places: int


class Hold(Table, table=True):
    """A booking at one provider for an action or a reserve; releasing deletes its claims and keeps it.

    `request_id`: one of several units asked at once; `instead_of`: what its provider offers in place of a request.
    """

    __table_args__ = (
        CheckConstraint("(action_id IS NULL) <> (reserve_id IS NULL)", name="one_purpose"),
        CheckConstraint("nights > 0", name="some_nights"),
    )
    id: int | None = key()
    provider_id: int = link("provider.agency_id")
    action_id: int | None = maybe_link("action.id")
    reserve_id: int | None = maybe_link("reserve.id")
    state: HoldState = Field(sa_type=by_value(HoldState), index=True)
    first_night: date
    nights: int
    asked_by: int = link("person.id", index=False)
    asked_at: datetime = instant()
    expires_at: datetime | None = maybe_instant()
    answered_by: int | None = maybe_link("person.id", index=False)
    answered_at: datetime | None = maybe_instant()
    reason: str | None = None
    version: int = 1
    request_key: str | None = request_key()
    request_fingerprint: str | None = None
    request_id: int | None = maybe_link("placerequest.id")
    instead_of: int | None = maybe_link("hold.id", index=False)
    last_arrival_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


class PlaceDecision(Table, table=True):
    """The cell's word on places that several ask for: this booking is answered first, with the reason."""

    hold_id: int = Field(foreign_key="hold.id", primary_key=True)
    reason: str
    decided_by: int | None = maybe_link("person.id", index=False)
    decided_at: datetime = instant()


class HoldLine(Table, table=True):
    """How many places of which unit for whom, and how many came; gates read these, never claims."""

    __table_args__ = (CheckConstraint("places > 0", name="some_places"),)
    hold_id: int = Field(foreign_key="hold.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True, index=True)
    profile: Profile = Field(primary_key=True, sa_type=by_value(Profile))
    need: Need = Field(default=Need.NONE, primary_key=True, sa_type=by_value(Need))
    places: int
    arrived: int | None = None


class Claim(Table, table=True):
    """One place on one night for one hold."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["unit_id", "number", "night"], ["opennight.unit_id", "opennight.number", "opennight.night"]
        ),
    )
    unit_id: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    night: date = Field(primary_key=True)
    hold_id: int = link("hold.id")
