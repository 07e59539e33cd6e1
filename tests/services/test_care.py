"""Places held, confirmed, released, taken back and lapsed; each refusal beside its success."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, PlannerError, Refused, Stale
from planner.models.care import Claim, Hold, Provider
from planner.models.operations import ActionCompartment, Operation
from planner.models.records import Notice, RecordLine
from planner.rules.words import HoldState, Need, Outcome, Profile
from planner.services import care
from planner.services.care import HoldRequest
from planner.services.care_eligible import Line
from tests.builders import FIRST_NIGHT, NOW, World, a_unit, a_world, an_action

LATER = NOW + timedelta(hours=48)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def hold(world: World, places: int = 2, *, by: str = "silver", key: str = "k1", **changes: Any) -> int:
    """Women's places in U1 for WM-0001."""
    values: dict[str, Any] = {"action": "WM-0001", "unit": "U1", "lines": ((Profile.WOMAN, Need.NONE, places),)}
    at = changes.pop("at", NOW)
    with world.desk(by, at).writing() as work:
        return care.hold_places(work, HoldRequest(**(values | changes), request_key=key)).id or 0


def answer(world: World, verb: Any, *arguments: Any, by: str = "provider") -> None:
    with world.desk(by).writing() as work:
        verb(work, *arguments)


def only_on_request(world: World) -> None:
    """The provider no longer allows holds unasked."""
    with world.database.write() as session:
        session.get_one(Provider, world.provider).unasked_hold_hours = None


def claims(world: World) -> int:
    with world.database.read() as session:
        return int(session.execute(sa.select(sa.func.count()).select_from(Claim)).scalar_one())


def state(world: World, number: int) -> HoldState:
    with world.database.read() as session:
        return session.get_one(Hold, number).state


def test_a_hold_claims_each_place_on_each_night(world: World) -> None:
    number = hold(world, 2)

    with world.database.read() as session:
        row = session.get_one(Hold, number)
        assert (row.state, row.first_night, row.nights) == (HoldState.HELD, FIRST_NIGHT, 3)
        assert row.expires_at == LATER
    assert claims(world) == 2 * 3


def test_the_last_places_are_held_and_one_more_is_refused(world: World) -> None:
    hold(world, 3)

    with pytest.raises(Refused, match=r"1 place left on Wed 25 November, and 2 are asked for\."):
        hold(world, 2, key="k2")
    hold(world, 1, key="k3")

    assert claims(world) == 4 * 3


def test_a_night_that_is_not_open_is_no_free_night(world: World) -> None:
    with pytest.raises(Refused, match="0 places left on Sat 5 December"):
        hold(world, 1, nights=11)
    hold(world, 1, nights=10)

    assert claims(world) == 10


def test_places_open_to_another_operation_are_not_for_this_one(world: World) -> None:
    with world.database.write() as session:
        first = session.get_one(Operation, world.operation)
        other = Operation(**first.model_dump(exclude={"id", "code"}), code="OP2")
        session.add(other)
        session.flush()
        a_unit(session, world.provider, other.id or 0, code="U9", places=4)
        a_unit(session, world.provider, world.operation, code="U8", places=4)

    with pytest.raises(Refused, match="0 places left"):
        hold(world, 1, unit="U9")
    hold(world, 1, unit="U8", key="k2")


def test_an_adult_place_never_covers_a_child(world: World) -> None:
    with world.database.write() as session:
        a_unit(session, world.provider, world.operation, code="C1", places=2, profiles=(Profile.CHILD,))
    child = ((Profile.CHILD, Need.NONE, 1),)

    with pytest.raises(Refused, match="Unit U1 does not take children or people of uncertain age"):
        hold(world, lines=child)
    hold(world, lines=child, unit="C1", key="k2")


@pytest.mark.parametrize("lines", [(), ((Profile.WOMAN, Need.NONE, 0),), ((Profile.WOMAN, Need.NONE, 1),) * 2])
def test_a_request_without_whole_places_is_not_taken(lines: tuple[Line, ...]) -> None:
    with pytest.raises(InputError):
        HoldRequest("WM-0001", "U1", lines, "k")


def test_the_same_key_gives_the_same_booking_and_another_body_is_refused(world: World) -> None:
    number = hold(world, 2)

    assert hold(world, 2) == number
    with pytest.raises(Refused, match="sent before with other contents"):
        hold(world, 1)
    assert claims(world) == 2 * 3


def test_a_request_claims_nothing_until_the_provider_confirms(world: World) -> None:
    only_on_request(world)

    number = hold(world, 4)
    asked = claims(world)
    answer(world, care.confirm_hold, number)

    assert (asked, claims(world)) == (0, 4 * 3)
    assert state(world, number) is HoldState.CONFIRMED


def test_a_request_is_not_confirmed_when_no_place_is_left(world: World) -> None:
    only_on_request(world)
    first, second = hold(world, 3), hold(world, 2, key="k2")
    answer(world, care.confirm_hold, first)

    with pytest.raises(Refused, match="1 place left"):
        answer(world, care.confirm_hold, second)
    answer(world, care.take_back, first, "Burst pipe on the upper floor.")
    answer(world, care.confirm_hold, second)

    assert claims(world) == 2 * 3


def test_confirming_a_held_place_changes_only_its_state(world: World) -> None:
    number = hold(world, 2)

    answer(world, care.confirm_hold, number)
    answer(world, care.confirm_hold, number)

    with world.database.read() as session:
        row = session.get_one(Hold, number)
        assert (row.state, row.expires_at, row.version) == (HoldState.CONFIRMED, None, 2)
    assert claims(world) == 2 * 3


def test_a_page_drawn_before_a_change_confirms_nothing(world: World) -> None:
    number = hold(world)
    answer(world, care.extend_hold, number, 12)

    with pytest.raises(Stale, match="it is held now"), world.desk("provider").writing() as work:
        care.confirm_hold(work, number, version=1)
    with world.desk("provider").writing() as work:
        care.confirm_hold(work, number, version=2)


@pytest.mark.parametrize("verb", ["decline_hold", "take_back", "release_hold"])
def test_what_is_given_back_is_free_and_the_booking_is_kept(world: World, verb: str) -> None:
    number = hold(world, 4)
    by = "silver" if verb == "release_hold" else "provider"
    why = () if verb == "release_hold" else ("The boiler failed.",)

    answer(world, getattr(care, verb), number, *why, by=by)

    assert claims(world) == 0
    assert state(world, number) in (HoldState.DECLINED, HoldState.TAKEN_BACK, HoldState.RELEASED)
    with pytest.raises(Refused, match="already"):
        answer(world, getattr(care, verb), number, *why, by=by)
    assert hold(world, 4, key="k2") != number


def test_what_is_confirmed_is_taken_back_with_a_reason_and_not_declined(world: World) -> None:
    number = hold(world)
    answer(world, care.confirm_hold, number)

    with pytest.raises(Refused, match="Take them back instead"):
        answer(world, care.decline_hold, number, "The boiler failed.")
    with pytest.raises(InputError, match="Say why"):
        answer(world, care.take_back, number, "  ")
    answer(world, care.take_back, number, "The boiler failed.")

    assert state(world, number) is HoldState.TAKEN_BACK


def test_an_expired_hold_is_free_from_its_instant(world: World) -> None:
    first = hold(world, 4)

    with pytest.raises(Refused, match="0 places left"):
        hold(world, 4, key="k2", at=LATER - timedelta(seconds=1))
    hold(world, 4, key="k3", at=LATER)

    assert state(world, first) is HoldState.EXPIRED
    assert claims(world) == 4 * 3


def test_an_expired_hold_cannot_be_confirmed(world: World) -> None:
    number = hold(world)

    with pytest.raises(Refused, match="expired already"), world.desk("provider", LATER).writing() as work:
        care.confirm_hold(work, number)
    with world.desk("provider", LATER - timedelta(seconds=1)).writing() as work:
        care.confirm_hold(work, number)


def test_an_extended_hold_lapses_later(world: World) -> None:
    number = hold(world)

    answer(world, care.extend_hold, number, 12)
    with world.desk("silver", LATER).writing() as work:
        early = care.sweep(work)
    with world.desk("silver", LATER + timedelta(hours=12)).writing() as work:
        late = care.sweep(work)

    assert (early, late) == (0, 1)
    assert claims(world) == 0


def test_a_lapse_is_recorded_and_both_sides_are_told_without_the_reference(world: World) -> None:
    hold(world)

    with world.desk("silver", LATER).writing() as work:
        care.sweep(work)

    with world.database.read() as session:
        verbs = [line.verb for line in session.exec(select(RecordLine))]
        notices = session.exec(select(Notice).where(Notice.at == LATER)).all()
    assert verbs == ["hold_places", "expired_hold"]
    assert {notice.person_id for notice in notices} == {world.people["silver"], None}
    assert [n.sentence for n in notices if n.agency_id] == [
        "A booking in West Midlands from 25 November is expired; its places are yours again."
    ]


@pytest.mark.parametrize("who", ["other_silver", "partner", "stranger"])
def test_a_stranger_learns_of_no_booking(world: World, who: str) -> None:
    number = hold(world)
    sentences = []
    for booking in (number, number + 1000):
        for verb, why in ((care.confirm_hold, ()), (care.take_back, ("The boiler failed.",)), (care.release_hold, ())):
            with pytest.raises(PlannerError) as denied:
                answer(world, verb, booking, *why, by=who)
            sentences.append((type(denied.value), str(denied.value)))

    assert set(sentences) == {(NotFound, "There is no such booking, or none that you can open.")}
    assert state(world, number) is HoldState.HELD
    answer(world, care.release_hold, number, by="silver")


def test_a_planner_outside_the_compartment_cannot_release(world: World) -> None:
    number = hold(world)
    with world.database.write() as session:
        session.execute(sa.text("UPDATE action SET compartment = true"))
        session.add(ActionCompartment(action_id=1, person_id=world.people["cell"]))

    with pytest.raises(NotFound):
        answer(world, care.release_hold, number, by="silver")
    answer(world, care.release_hold, number, by="cell")


def test_police_request_and_only_the_provider_commits(world: World) -> None:
    number = hold(world)

    with pytest.raises(NotAllowed, match="provider lead"):
        answer(world, care.confirm_hold, number, by="silver")
    with pytest.raises(NotFound):
        answer(world, care.release_hold, number, by="provider")
    answer(world, care.confirm_hold, number)

    with world.database.read() as session:
        refused = [line.verb for line in session.exec(select(RecordLine)) if line.outcome is Outcome.REFUSED]
    assert refused == ["answer_hold", "hold_places"]
