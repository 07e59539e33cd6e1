"""A person for each post who holds that post alone: with its own relation to the scene, and with each wrong one."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from planner.models.directory import Agency, Appointment, Person, Region
from planner.models.operations import Operation
from planner.rules.access import Relation
from planner.rules.words import Nation, Post
from tests.builders import World

OF_FORCES = (Post.GOLD, Post.SILVER, Post.LOGGIST, Post.DELEGATE)
ASKS_FOR_OPERATION = (Relation.OPERATION, Relation.REGION, Relation.FORCE)


@dataclass(frozen=True)
class Seat:
    """Who sits there, and what is right or wrong about it."""

    name: str
    post: Post
    how: str

    def meets(self, relation: Relation | None) -> bool:
        """Whether this seat has what a cell of the table asks for, read from the words alone."""
        wrong = {
            None: {"own", "unbound", "other operation", "other region", "other force", "other agency", "not named"},
            Relation.ANY: set(),
            Relation.EVERY_OPERATION: {"own", "other operation"},
            Relation.AGENCY_ANYWHERE: {"other agency"},
            Relation.OPERATION: {"other operation"},
            Relation.REGION: {"other operation", "other region"},
            Relation.FORCE: {"other operation", "other force"},
            Relation.AGENCY: {"other agency", "other force", "other operation"},
            Relation.NAMED: {"other agency", "not named", "other operation"},
        }
        return self.how not in wrong[relation]


def take_seats(world: World) -> tuple[Seat, ...]:
    """Write the people; the own partner and provider leads are those of the scene, who are named in it."""
    with world.database.write() as session:
        session.add(Region(code="ee", name="East", nation=Nation.ENGLAND, zone="midlands"))
        other = Operation(
            code="OTHER",
            name="The other operation",
            lead_agency_id=_agency(session, "cell"),
            starts_on=session.get_one(Operation, world.operation).starts_on,
            ends_on=session.get_one(Operation, world.operation).ends_on,
        )
        session.add(other)
        session.flush()
        seats = [_seat(session, world, post, how, _limits(post, how, world, other.id or 0)) for post, how in _all()]
    return tuple(seats)


def _all() -> list[tuple[Post, str]]:
    found = [(post, "own") for post in Post]
    found += [(post, "other operation") for post in Post if post is not Post.ADMINISTRATOR]
    found += [(post, "other force") for post in OF_FORCES]
    found += [(Post.REGIONAL_CELL, "other region"), (Post.CELL, "unbound")]
    found += [
        (Post.PARTNER_LEAD, "other agency"),
        (Post.PARTNER_LEAD, "not named"),
        (Post.PROVIDER_LEAD, "other agency"),
    ]
    return found


def _limits(post: Post, how: str, world: World, other: int) -> dict[str, Any]:
    """The operation, the region and the agency's code of a seat."""
    own = {**dict.fromkeys(OF_FORCES, "force"), Post.PARTNER_LEAD: "health", Post.PROVIDER_LEAD: "provider"}
    wrong = {**dict.fromkeys(OF_FORCES, "other_force"), Post.PARTNER_LEAD: "ngo", Post.PROVIDER_LEAD: "other_provider"}
    tied = None if how == "unbound" or post is Post.ADMINISTRATOR else world.operation
    region = {"other region": "ee"}.get(how, "wm") if post is Post.REGIONAL_CELL else None
    agencies = wrong if how in ("other force", "other agency") else own
    return {
        "operation_id": other if how == "other operation" else tied,
        "region": region,
        "agency": agencies.get(post, "cell"),
    }


def _seat(session: Session, world: World, post: Post, how: str, limits: dict[str, Any]) -> Seat:
    seat = Seat(f"{post} ({how})", post, how)
    named = {Post.PARTNER_LEAD: "health", Post.PROVIDER_LEAD: "provider"}
    if how == "own" and post in named:
        world.people[seat.name] = world.people[named[post]]
        return seat
    agency = _agency(session, limits.pop("agency"))
    person = Person(title=seat.name, agency_id=agency)
    session.add(person)
    session.flush()
    bound = agency if post in (*OF_FORCES, *named) else None
    session.add(Appointment(person_id=person.id or 0, post=post, agency_id=bound, **limits))
    world.people[seat.name] = person.id or 0
    return seat


def _agency(session: Session, code: str) -> int:
    return session.exec(select(Agency.id).where(Agency.code == code)).one() or 0
