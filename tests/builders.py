"""A small world with honest defaults: one operation, one force, partners, a provider, and people with posts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from planner.db import Database
from planner.models.care import OpenNight, Place, Provider, Unit, UnitExploitation, UnitNeed, UnitProfile, UnitZone
from planner.models.directory import Agency, Appointment, Person, Region, Training, Zone
from planner.models.operations import Action, Operation
from planner.models.policy import Policy
from planner.models.reference import CatalogueRole, WarrantRule
from planner.rules.words import (
    ActionKind,
    AgencyKind,
    Exploitation,
    Nation,
    Need,
    Post,
    PremisesKind,
    Profile,
    SiteKind,
)
from planner.work import Desk

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAWN = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
FIRST_NIGHT = date(2026, 11, 25)
BLOCKS = "legal_basis clashes conference roles care interpreters medical transport reception child_pathway"


@dataclass(frozen=True)
class World:
    """Ids by plain name, and a desk for each person."""

    database: Database
    operation: int
    force: int
    ngo: int
    children: int
    provider: int
    people: dict[str, int]

    def desk(self, name: str, at: datetime = NOW) -> Desk:
        return Desk(self.database, self.people[name], lambda: at)


def a_world(database: Database) -> World:
    """Write the small world; the provider has one unit U1 for women of four places, open for ten nights."""
    with database.write() as session:
        session.add(Zone(code="midlands", name="Midlands", nation=Nation.ENGLAND))
        session.flush()
        session.add(Region(code="wm", name="West Midlands", nation=Nation.ENGLAND, zone="midlands"))
        session.add(
            WarrantRule(
                nation=Nation.ENGLAND,
                months=3,
                rule="PACE 1984 s.16(3)",
                confidence="verified",
                source="PACE 1984",
                source_date="1984",
            )
        )
        session.flush()
        agencies = _agencies(session)
        operation = _operation(session, agencies["cell"])
        people = _people(session, operation, agencies)
        _catalogue(session)
        a_unit(session, agencies["provider"], operation, code="U1", places=4)
    return World(
        database,
        operation,
        agencies["force"],
        agencies["ngo"],
        agencies["children"],
        agencies["provider"],
        people,
    )


def _agencies(session: Session) -> dict[str, int]:
    kinds = {
        "cell": (AgencyKind.NATIONAL_CELL, False),
        "force": (AgencyKind.POLICE_FORCE, True),
        "other_force": (AgencyKind.POLICE_FORCE, True),
        "ngo": (AgencyKind.NGO, True),
        "health": (AgencyKind.HEALTH, False),
        "children": (AgencyKind.CHILDRENS_SERVICE, True),
        "provider": (AgencyKind.CARE_PROVIDER, False),
    }
    ids: dict[str, int] = {}
    for code, (kind, first_responder) in kinds.items():
        agency = Agency(
            code=code,
            name=code.replace("_", " ").capitalize(),
            kind=kind,
            nation=Nation.ENGLAND,
            region="wm",
            first_responder=first_responder,
            fictional=True,
        )
        session.add(agency)
        session.flush()
        ids[code] = agency.id or 0
    session.add(Provider(agency_id=ids["provider"], unasked_hold_hours=48, fictional=True))
    session.flush()
    return ids


def _operation(session: Session, cell: int) -> int:
    operation = Operation(
        code="OP1",
        name="Operation One",
        lead_agency_id=cell,
        starts_on=date(2026, 10, 1),
        ends_on=date(2027, 3, 31),
    )
    session.add(operation)
    session.flush()
    session.add(Policy(operation_id=operation.id or 0, blocks=BLOCKS, reason="the first policy", set_at=NOW))
    return operation.id or 0


def _people(session: Session, operation: int, agencies: dict[str, int]) -> dict[str, int]:
    posts: dict[str, tuple[str, Post | None]] = {
        "national": ("cell", Post.NATIONAL_GOLD),
        "cell": ("cell", Post.CELL),
        "care_lead": ("cell", Post.CARE_LEAD),
        "gold": ("force", Post.GOLD),
        "silver": ("force", Post.SILVER),
        "other_silver": ("other_force", Post.SILVER),
        "partner": ("ngo", Post.PARTNER_LEAD),
        "health": ("health", Post.PARTNER_LEAD),
        "children": ("children", Post.PARTNER_LEAD),
        "officer": ("force", Post.PARTNER_LEAD),
        "provider": ("provider", Post.PROVIDER_LEAD),
        "stranger": ("other_force", None),
    }
    ids: dict[str, int] = {}
    for name, (agency, post) in posts.items():
        person = Person(title=f"{name.capitalize()}, West Midlands", agency_id=agencies[agency])
        session.add(person)
        session.flush()
        ids[name] = person.id or 0
        if post is not None:
            own = None if agency == "cell" else agencies[agency]
            session.add(Appointment(person_id=ids[name], post=post, operation_id=operation, agency_id=own))
    session.add(Training(person_id=ids["officer"], course="Recognising a victim", completed_on=date(2026, 9, 1)))
    return ids


def _catalogue(session: Session) -> None:
    for code, kinds, training in (
        ("first_responder", "ngo|police_force|childrens_service", False),
        ("trained_officer", "police_force", True),
        ("medical_lead", "health", False),
    ):
        session.add(
            CatalogueRole(
                code=code,
                title=code.replace("_", " ").capitalize(),
                responsibilities="Is there.",
                agency_kinds=kinds,
                required=True,
                needs_training=training,
            )
        )


def a_unit(
    session: Session,
    provider: int,
    operation: int,
    *,
    code: str,
    places: int,
    profiles: tuple[Profile, ...] = (Profile.WOMAN,),
    first_night: date = FIRST_NIGHT,
    nights: int = 10,
) -> int:
    """A unit with open nights; it serves the Midlands and accepts sexual and unknown exploitation."""
    unit = Unit(provider_id=provider, code=code, name=f"Unit {code}", site=SiteKind.SAFE_HOUSE)
    session.add(unit)
    session.flush()
    unit_id = unit.id or 0
    session.add_all(UnitProfile(unit_id=unit_id, profile=profile) for profile in profiles)
    session.add(UnitNeed(unit_id=unit_id, need=Need.NONE))
    session.add(UnitZone(unit_id=unit_id, zone="midlands"))
    session.add_all(
        UnitExploitation(unit_id=unit_id, exploitation=kind) for kind in (Exploitation.SEXUAL, Exploitation.UNKNOWN)
    )
    session.add_all(Place(unit_id=unit_id, number=number) for number in range(1, places + 1))
    session.flush()
    session.add_all(
        OpenNight(unit_id=unit_id, number=number, night=first_night + timedelta(days=day), operation_id=operation)
        for number in range(1, places + 1)
        for day in range(nights)
    )
    session.flush()
    return unit_id


def an_action(world: World, reference: str = "WM-0001", **changes: Any) -> int:
    """An action at dawn on 26 November of the force's own; any column may be given."""
    values: dict[str, Any] = {
        "operation_id": world.operation,
        "reference": reference,
        "kind": ActionKind.WARRANT,
        "premises_kind": PremisesKind.RESIDENTIAL,
        "force_id": world.force,
        "region": "wm",
        "starts_at": DAWN,
        "ends_at": DAWN + timedelta(hours=3),
        "exploitation": Exploitation.SEXUAL,
        "calendar_uid": f"uid-{reference}",
        "changed_at": NOW,
    }
    with world.database.write() as session:
        action = Action(**(values | changes))
        session.add(action)
        session.flush()
        return action.id or 0
