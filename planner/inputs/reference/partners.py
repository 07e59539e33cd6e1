"""Partners who are not forces: agencies, first responders and care providers (by name: capacity is theirs to state)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from planner.inputs.records import Origin, read_records, refuse_repeats
from planner.rules.words import AgencyKind, Nation

AGENCY_COLUMNS = (
    *("code", "name", "kind", "nations", "scope", "first_responder", "first_responder_note"),
    *("active_from", "active_to"),
)
RESPONDER_COLUMNS = ("agency", "name", "agency_kinds", "standing", "nations", "current")
PROVIDER_COLUMNS = ("agency", "name", "role", "nations")


class Scope(StrEnum):
    """One organisation, or a class of them: the one responsible for the place."""

    ORGANISATION = "organisation"
    CLASS = "class"


class Footing(StrEnum):
    STATUTORY = "statutory"
    NON_STATUTORY = "non_statutory"


@dataclass(frozen=True)
class ReferenceAgency:
    """`first_responder` is None where it is to check."""

    code: str
    name: str
    kind: AgencyKind
    nations: tuple[Nation, ...]
    scope: Scope
    first_responder: bool | None
    first_responder_note: str
    active_from: date | None
    active_to: date | None
    origin: Origin


@dataclass(frozen=True)
class FirstResponder:
    """An organisation by its agency code, or every agency of some kinds where `agency` is empty."""

    agency: str
    name: str
    agency_kinds: tuple[AgencyKind, ...]
    standing: Footing
    nations: tuple[Nation, ...]
    current: bool
    origin: Origin


@dataclass(frozen=True)
class CareProvider:
    agency: str
    name: str
    role: str
    nations: tuple[Nation, ...]
    origin: Origin


def load_agencies(data: Path) -> tuple[ReferenceAgency, ...]:
    records = read_records(data / "agencies.csv", AGENCY_COLUMNS)
    refuse_repeats(records, "code")
    return tuple(
        ReferenceAgency(
            code=r.text("code"),
            name=r.text("name"),
            kind=r.word("kind", AgencyKind),
            nations=r.words("nations", Nation),
            scope=r.word("scope", Scope),
            first_responder=r.yes_if_known("first_responder"),
            first_responder_note=r.optional("first_responder_note"),
            active_from=r.optional_day("active_from"),
            active_to=r.optional_day("active_to"),
            origin=r.origin(),
        )
        for r in records
    )


def load_first_responders(data: Path) -> tuple[FirstResponder, ...]:
    records = read_records(data / "first_responders.csv", RESPONDER_COLUMNS)
    refuse_repeats(records, "name")
    return tuple(
        FirstResponder(
            agency=r.optional("agency"),
            name=r.text("name"),
            agency_kinds=r.words("agency_kinds", AgencyKind),
            standing=r.word("standing", Footing),
            nations=r.words("nations", Nation),
            current=r.yes("current"),
            origin=r.origin(),
        )
        for r in records
    )


def load_care_providers(data: Path) -> tuple[CareProvider, ...]:
    records = read_records(data / "care_providers.csv", PROVIDER_COLUMNS)
    refuse_repeats(records, "agency", "nations")
    return tuple(
        CareProvider(
            agency=r.text("agency"),
            name=r.text("name"),
            role=r.text("role"),
            nations=r.words("nations", Nation),
            origin=r.origin(),
        )
        for r in records
    )
