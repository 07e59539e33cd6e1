"""Two operations with something of every kind that a calendar holds, every text of it planted, and who reads them."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, select

from planner.models.conferences import Conference
from planner.models.directory import Agency, Person, Region
from planner.models.operations import Action, Operation, Phase
from planner.models.policy import Policy
from planner.models.standing import StandingGroup
from planner.rules.calendar_choice import Scope
from planner.rules.sharing import Category
from planner.rules.words import Need, Profile
from planner.services import care, compartments, conferences, feeds, operations
from tests.builders import NOW, World, a_unit, an_action
from tests.services.test_operations import AWARENESS
from tests.sharing import agree
from tests.standing import a_request, set_group
from tests.strangers.planted import Planted, Told, plant
from tests.strangers.scene import BESIDE, REFERENCE, Scene, asked, struck
from tests.strangers.seats import Seat, take_seats

CLOSED, AWAY, EAST, ABROAD = "WM-0007", "OF-0001", "EE-0001", "XX-0009"
# Where each action lies: its operation, its force, its region.
LIES = {
    REFERENCE: ("OP1", "force", "wm"),
    BESIDE: ("OP1", "force", "wm"),
    CLOSED: ("OP1", "force", "wm"),
    AWAY: ("OP1", "other_force", "wm"),
    EAST: ("OP1", "other_force", "ee"),
    ABROAD: ("OTHER", "force", "wm"),
}
# Who is on the list of the closed one, and holds no other post.
LISTED = "silver (own)"
# Beside those who hold one post of the table alone: a partner with a post and an agreement, one that is only asked, ...
OTHERS = ("partner", "children", "officer", "other_provider", "stranger", "administrator")


@dataclass(frozen=True)
class Stage:
    """`rows` are the numbers of things by their table and by what they were called before words were planted.

    `sittings` says of which series each conference is, by their numbers.
    """

    world: World
    seats: tuple[Seat, ...]
    planted: Planted
    rows: dict[tuple[str, str], int]
    sittings: dict[int, int]

    @property
    def readers(self) -> tuple[str, ...]:
        return (*(seat.name for seat in self.seats), *OTHERS)

    def called(self, scope: Scope, name: str) -> str:
        """What the calendar of something is asked for by, now that its code is a word that may not leave."""
        if scope is Scope.SERIES:
            return str(self.rows["group", name])
        table = {Scope.OPERATION: "operation", Scope.FORCE: "agency", Scope.AGENCY: "agency", Scope.PROVIDER: "agency"}
        return Told(table[scope], "code", self.rows[table[scope], name]).word if scope in table else name


def set_calendars(world: World, scene: Scene) -> Stage:
    """Everything by its verb; then the words."""
    struck(world, asked(world, scene))
    seats = take_seats(world)
    with world.database.write() as session:
        other = _other_operation(session)
        force = session.exec(select(Agency.id).where(Agency.code == "other_force")).one() or 0
        provider = session.exec(select(Agency.id).where(Agency.code == "other_provider")).one() or 0
        a_unit(session, provider, world.operation, code="U2", places=2)
    an_action(world, CLOSED)
    an_action(world, AWAY, force_id=force)
    an_action(world, EAST, force_id=force, region="ee")
    an_action(world, ABROAD, operation_id=other)
    _close(world)
    _book(world)
    _meet(world)
    agree(world, "ngo", *Category)
    for who, code in (("cell", "OP1"), ("cell (other operation)", "OTHER")):
        with world.desk(who).writing() as work:
            operations.set_phases(work, code, [AWARENESS])
        with world.desk(who).writing() as work:
            feeds.allow_feeds(work, code, "DPIA 1")
    rows, sittings = _rows(world), _sittings(world)
    return Stage(world, seats, plant(world.database), rows, sittings)


def _other_operation(session: Session) -> int:
    number = session.exec(select(Operation.id).where(Operation.code == "OTHER")).one() or 0
    session.add(Policy(operation_id=number, blocks="", reason="the first policy", set_at=NOW))
    return number


def _close(world: World) -> None:
    with world.desk("gold").writing() as work:
        compartments.close_to(work, CLOSED, [LISTED])


def _book(world: World) -> None:
    """Places at the other provider too, and some for the closed action."""
    held = []
    for who, reference, unit in (("silver", BESIDE, "U2"), (LISTED, CLOSED, "U1")):
        with world.desk(who).writing() as work:
            request = care.HoldRequest(reference, unit, ((Profile.WOMAN, Need.NONE, 1),), f"{unit}-more")
            held.append(care.hold_places(work, request).id or 0)
    with world.desk("other_provider").writing() as work:
        care.confirm_hold(work, held[0])


# Each with who convenes it, the action it is about, and who is invited.
MEETINGS = {
    "away": ("cell", AWAY, ("other_force", "children")),
    "closed": (LISTED, CLOSED, ("force", "ngo")),
    "abroad": ("cell (other operation)", ABROAD, ("force", "health")),
}
# Each with who sets it, its operation and its region.
GROUPS = {
    "group": ("cell", "OP1", None),
    "group of a region": ("cell", "OP1", "ee"),
    "group abroad": ("cell (other operation)", "OTHER", None),
}


def _meet(world: World) -> None:
    for key, (who, reference, invited) in MEETINGS.items():
        at = NOW + timedelta(hours=5)
        request = conferences.ConveneRequest((reference,), at, at + timedelta(hours=1), invited, key)
        with world.desk(who).writing() as work:
            conferences.convene(work, request)
    for name, (who, operation, region) in GROUPS.items():
        until = date(2026, 12, 15)
        with world.desk(who).writing() as work:
            set_group(work, a_request(name, name=name, operation=operation, region=region, until_on=until))


def _rows(world: World) -> dict[tuple[str, str], int]:
    """The numbers of things; a series is called after the key of its conference, or after its group."""
    columns = {
        "action": (Action.reference, Action.id),
        "agency": (Agency.code, Agency.id),
        "operation": (Operation.code, Operation.id),
        "person": (Person.title, Person.id),
        "series": (Conference.request_key, Conference.series_id),
        "group": (StandingGroup.name, StandingGroup.id),
    }
    found: dict[tuple[str, str], int] = {}
    with world.database.read() as session:
        for table, (name, number) in columns.items():
            found |= {(table, said or ""): row or 0 for said, row in session.exec(select(name, number))}
        groups = session.exec(select(StandingGroup.name, StandingGroup.series_id))
        found |= {("series", name): row for name, row in groups}
        codes = session.exec(select(Region.code).order_by(Region.code))
        found |= {("region", code): place for place, code in enumerate(codes, 1)}
        phases = session.exec(select(Operation.code, Phase.id).join(Operation))
        found |= {("phase", code): row or 0 for code, row in phases}
    return found


def _sittings(world: World) -> dict[int, int]:
    with world.database.read() as session:
        return {number or 0: series for number, series in session.exec(select(Conference.id, Conference.series_id))}
