"""People in command beside those of the small world: a second Gold, a loggist; delegations and turns by the verbs."""

from datetime import datetime, timedelta

from planner.models.directory import Appointment, Person
from planner.rules.command import CommandPost
from planner.rules.words import Post
from planner.services import command, delegations
from tests.builders import NOW, World

HOUR = timedelta(hours=1)


def a_commander(world: World, name: str, post: Post = Post.GOLD, agency: int | None = None) -> str:
    """Somebody of the force with a post of command; their title."""
    title = f"{name.replace('_', ' ').capitalize()}, West Midlands"
    with world.database.write() as session:
        person = Person(title=title, agency_id=agency or world.force)
        session.add(person)
        session.flush()
        world.people[name] = person.id or 0
        held = Appointment(person_id=person.id or 0, post=post, operation_id=world.operation)
        held.agency_id = agency or world.force
        session.add(held)
    return title


def delegate(
    world: World,
    to: str = "Silver, West Midlands",
    *,
    from_at: datetime = NOW,
    hours: int = 12,
    by: str = "gold",
    region: str | None = None,
    key: str = "delegate",
    at: datetime = NOW,
) -> int:
    with world.desk(by, at).writing() as work:
        request = delegations.DelegationRequest("OP1", to, from_at, from_at + hours * HOUR, "A night off.", key, region)
        return delegations.offer_delegation(work, request).id or 0


def accept(world: World, number: int, who: str = "silver", at: datetime = NOW) -> None:
    with world.desk(who, at).writing() as work:
        delegations.accept_delegation(work, number)


def take(world: World, who: str = "gold", *, from_at: datetime = NOW, to_at: datetime, key: str = "turn") -> int:
    with world.desk(who).writing() as work:
        request = command.TurnRequest("OP1", CommandPost.GOLD, from_at, to_at, key)
        return command.take_command(work, request).id or 0
