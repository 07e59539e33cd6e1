"""Operations, their phases and objectives, strike days, actions with demand and legal basis, clashes."""

from datetime import date, datetime

from sqlmodel import CheckConstraint, Field, UniqueConstraint

from planner.db import Table, UtcDateTime, by_value
from planner.models.columns import instant, key, link, maybe_instant, maybe_link, no, request_key, words
from planner.rules.clashes import Ground
from planner.rules.log_headings import Headings
from planner.rules.parameters import ParameterKind
from planner.rules.words import (
    ActionKind,
    ActionState,
    Children,
    Entries,
    Exploitation,
    Immigration,
    Marking,
    Need,
    PhaseKind,
    Power,
    PremisesKind,
    Profile,
)
from planner.settings import load_settings


def highest_marking() -> Marking:
    """What is not marked otherwise is marked as high as this installation may hold."""
    return load_settings().ceiling


class Operation(Table, table=True):
    """`feeds_assessment` names the data-protection assessment that allows calendar feeds; without it there are none."""

    id: int | None = key()
    code: str = Field(unique=True, max_length=40)
    name: str
    lead_agency_id: int = link("agency.id")
    starts_on: date
    ends_on: date
    marking: Marking = Field(default_factory=highest_marking, sa_type=by_value(Marking))
    handling: str | None = None
    exercise: bool = False
    feeds_assessment: str | None = None
    log_headings: Headings = Field(
        default=Headings.NDM, sa_type=by_value(Headings), sa_column_kwargs={"server_default": Headings.NDM.value}
    )
    version: int = 1


class Phase(Table, table=True):
    __table_args__ = (
        UniqueConstraint("operation_id", "number"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )
    id: int | None = key()
    operation_id: int = link("operation.id", index=False)
    number: int
    kind: PhaseKind = Field(sa_type=by_value(PhaseKind))
    starts_on: date
    ends_on: date
    lead_agency_id: int | None = maybe_link("agency.id")
    calendar_uid: str = Field(unique=True)
    calendar_sequence: int = 0
    changed_at: datetime = instant()


class ObjectiveSet(Table, table=True):
    """One version of what Gold set, with its reason; another is another row, and none is ever changed."""

    __table_args__ = (UniqueConstraint("operation_id", "version"),)
    id: int | None = key()
    operation_id: int = link("operation.id", index=False)
    version: int
    reason: str
    set_by: int | None = maybe_link("person.id", index=False)
    set_at: datetime = instant()


class Objective(Table, table=True):
    """An objective or tactical parameter of one version of what Gold set; `parameter` tells which.

    `kind` and `value` are of a parameter that the gate can check (planner.rules.parameters).
    """

    id: int | None = key()
    operation_id: int = link("operation.id")
    number: int
    parameter: bool = False
    text: str
    version: int = 1
    kind: ParameterKind | None = Field(default=None, sa_type=by_value(ParameterKind))
    value: str = words()
    blocks: bool = no()


class StrikeDay(Table, table=True):
    """Actions of one day whose demand is one question; `region` is empty where they lie in several.

    `set_by` is told when an action leaves it; older ones do not say.
    """

    __table_args__ = (UniqueConstraint("operation_id", "name"),)
    id: int | None = key()
    operation_id: int = link("operation.id", index=False)
    name: str
    day: date
    region: str | None = maybe_link("region.code", index=False)
    set_by: int | None = maybe_link("person.id", index=False)


class Action(Table, table=True):
    """An enforcement action. No address, no name, no intelligence: a system's name and a reference only.

    `called_off_at` is since when it is stood down or deferred: whatever is changed of it meanwhile, and None otherwise.
    """

    __table_args__ = (
        UniqueConstraint("operation_id", "reference"),
        UniqueConstraint("operation_id", "external_reference"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("premises_count > 0", name="some_premises"),
    )
    id: int | None = key()
    operation_id: int = link("operation.id", index=False)
    reference: str = Field(max_length=60)
    external_reference: str | None = Field(default=None, max_length=60)
    kind: ActionKind = Field(sa_type=by_value(ActionKind))
    premises_kind: PremisesKind = Field(sa_type=by_value(PremisesKind))
    premises_count: int = 1
    force_id: int = link("agency.id")
    region: str = link("region.code")
    starts_at: datetime = Field(sa_type=UtcDateTime, index=True)
    ends_at: datetime = instant()
    state: ActionState = Field(default=ActionState.PLANNED, sa_type=by_value(ActionState), index=True)
    marking: Marking = Field(default_factory=highest_marking, sa_type=by_value(Marking))
    handling: str | None = None
    exploitation: Exploitation = Field(default=Exploitation.UNKNOWN, sa_type=by_value(Exploitation))
    languages: str = ""
    immigration: Immigration = Field(default=Immigration.NOT_ATTENDING, sa_type=by_value(Immigration))
    intelligence_system: str | None = None
    intelligence_reference: str | None = None
    children: Children = Field(default=Children.UNKNOWN, sa_type=by_value(Children))
    children_number: int = 0
    children_reason: str | None = None
    children_agreed_by: str | None = None
    zero_demand_reason: str | None = None
    strike_day_id: int | None = maybe_link("strikeday.id")
    premises_cell: str | None = Field(default=None, index=True)
    premises_mark: str | None = Field(default=None, index=True)
    team: str | None = Field(default=None, index=True)
    compartment: bool = False
    requested_by: int | None = maybe_link("person.id", index=False)
    requested_at: datetime | None = maybe_instant()
    decide_by: datetime | None = maybe_instant()
    why_now: str | None = None
    began_at: datetime | None = maybe_instant()
    called_off_at: datetime | None = maybe_instant()
    calendar_uid: str = Field(unique=True)
    calendar_sequence: int = 0
    changed_at: datetime = instant()
    version: int = 1
    request_key: str | None = request_key()


class ActionCompartment(Table, table=True):
    """The named list of a compartment: nobody else sees the action, whatever their post."""

    action_id: int = Field(foreign_key="action.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class DemandLine(Table, table=True):
    __table_args__ = (CheckConstraint("low >= 0 AND low <= likely AND likely <= high", name="low_likely_high"),)
    action_id: int = Field(foreign_key="action.id", primary_key=True)
    profile: Profile = Field(primary_key=True, sa_type=by_value(Profile))
    need: Need = Field(default=Need.NONE, primary_key=True, sa_type=by_value(Need))
    low: int = 0
    likely: int = 0
    high: int = 0


class LegalBasis(Table, table=True):
    """The power an action rests on: references only; one row an action.

    `hearing_at` is kept while a warrant is only applied for. `expires_on` is the earliest of the nation's rule, the
    statute and the warrant's own text; what the two say by themselves is kept beside it.
    """

    action_id: int = Field(foreign_key="action.id", primary_key=True)
    power: Power = Field(sa_type=by_value(Power))
    statute: str
    reference: str
    issued_on: date | None = None
    expires_on: date | None = None
    entries: Entries = Field(default=Entries.ONE, sa_type=by_value(Entries))
    spent_at: datetime | None = maybe_instant()
    hour_reason: str | None = None
    accompanying: str = ""
    direction_reference: str | None = None
    hearing_at: datetime | None = maybe_instant()
    statute_months: int | None = None
    text_until: date | None = None
    all_premises: bool = no()
    premises_authority: bool = no()
    direction_asked_on: date | None = None
    direction_given_on: date | None = None
    former_reference: str | None = None
    changed_at: datetime = instant()


class ClashCheck(Table, table=True):
    """When the automatic clash check last ran for an action."""

    action_id: int = Field(foreign_key="action.id", primary_key=True)
    ran_at: datetime = instant()


class Clash(Table, table=True):
    """Two actions that may disturb each other, on which grounds; a clearance holds for one fingerprint."""

    __table_args__ = (CheckConstraint("first_id < second_id", name="ordered_pair"),)
    first_id: int = Field(foreign_key="action.id", primary_key=True)
    second_id: int = Field(foreign_key="action.id", primary_key=True, index=True)
    grounds: str = Field(default=Ground.NEAR, sa_column_kwargs={"server_default": Ground.NEAR.value})
    fingerprint: str
    cleared_fingerprint: str | None = None
    cleared_by: int | None = maybe_link("person.id", index=False)
    cleared_at: datetime | None = maybe_instant()
