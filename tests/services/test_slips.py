"""A change of plan: what is listed before is what follows, each reader is told once, and it can be undone at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from planner.db import Database, Table
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.care import Claim, Hold
from planner.models.operations import Action, StrikeDay
from planner.models.records import Notice
from planner.models.roles import RoleOffer
from planner.models.slips import Slip, SlipAction
from planner.rules.words import ActionState, HoldState, Immigration, Need, OfferState, Profile
from planner.services import answers, care, conduct, go_ahead
from planner.services.demand import Line
from planner.services.slip_changes import Change, NewAttendance, NewDay, NewNumbers, NewTime
from planner.services.slip_undo import undo_slip
from planner.services.slips import Listed, SlipRequest, list_consequences, slip
from planner.services.strike_days import StrikeDayRequest, set_strike_day
from tests import ready
from tests.builders import DAWN, NOW, World, a_world, an_action

REFERENCE = ready.REFERENCE
A_DAY = timedelta(days=1)
LATER = NewTime(DAWN + A_DAY, DAWN + A_DAY + timedelta(hours=3))


@pytest.fixture
def world(database: Database) -> World:
    """An action that is ready and goes ahead."""
    world = a_world(database)
    ready.make_ready(world)
    ready.give(world)
    return world


def request(world: World, change: Change = LATER, key: str = "slip") -> SlipRequest:
    return SlipRequest((REFERENCE,), change, key, {REFERENCE: ready.version(world)})


def looked_at(world: World, wanted: SlipRequest, by: str = "silver") -> Listed:
    with world.desk(by).writing(rehearsed=True) as work:
        return list_consequences(work, wanted)


def apply(world: World, wanted: SlipRequest, by: str = "silver", seen: str | None = None) -> int:
    mark = looked_at(world, wanted, by).mark if seen is None else seen
    with world.desk(by).writing() as work:
        return slip(work, wanted, seen=mark).id or 0


def rows(world: World, table: type[Table]) -> list[Table]:
    with world.database.read() as session:
        return list(session.exec(select(table)).all())


def kept(session: Session) -> tuple[object, ...]:
    """What a rehearsal must leave alone."""
    return tuple(
        tuple(row.model_dump_json() for row in session.exec(select(table)).all())
        for table in (Action, RoleOffer, Hold, Claim, Notice, Slip)
    )


def test_looking_at_what_follows_changes_nothing(world: World) -> None:
    with world.database.read() as session:
        before = kept(session)

    listed = looked_at(world, request(world))

    with world.database.read() as session:
        assert kept(session) == before
    said = [item.sentence for item in listed.consequences]
    for expected in (
        "Thu 26 November, 06:00 to 09:00 becomes Fri 27 November, 06:00 to 09:00.",
        "The go-ahead is spent: Gold must give a new one.",
        "3 posts are asked again: ",
        "2 places confirmed from Wed 25 November go back, and are held from Thu 26 November.",
        "To be confirmed again: ",
        "The calendar entry is sent again, as its change number 1.",
    ):
        assert any(expected in one for one in said), (expected, said)
    assert "one message each" in listed.told


def test_what_was_listed_is_what_follows(world: World) -> None:
    listed = looked_at(world, request(world))

    number = apply(world, request(world))

    with world.database.read() as session:
        row = session.get_one(SlipAction, (number, 1))
        action = session.get_one(Action, 1)
        offers = session.exec(select(RoleOffer.state)).all()
        holds = session.exec(select(Hold).order_by(col(Hold.id))).all()
        claimed = session.exec(select(Claim)).all()
    assert tuple(row.listed.split("\n")) == listed.of(REFERENCE)
    assert (action.starts_at, action.calendar_sequence) == (LATER.starts_at, 1)
    assert set(offers) == {OfferState.OFFERED}
    assert [(hold.state, hold.first_night) for hold in holds] == [
        (HoldState.RELEASED, DAWN.date() - A_DAY),
        (HoldState.HELD, DAWN.date()),
    ]
    assert {claim.night for claim in claimed} == {DAWN.date() + timedelta(days=day) for day in range(3)}


def test_everybody_is_told_once(world: World) -> None:
    before = len(rows(world, Notice))
    apply(world, request(world))

    told = [(row.person_id, row.agency_id) for row in rows(world, Notice)[before:] if isinstance(row, Notice)]

    assert len(told) == len(set(told)) > 3


def test_the_same_press_twice_is_one_change(world: World) -> None:
    wanted = request(world)
    seen = looked_at(world, wanted).mark

    assert apply(world, wanted, seen=seen) == apply(world, wanted, seen=seen)
    with pytest.raises(Refused, match="with other contents"):
        apply(world, replace(wanted, change=NewDay((DAWN + 3 * A_DAY).date())), seen=seen)


def test_a_list_that_is_no_longer_true_is_not_applied(world: World) -> None:
    wanted = request(world)
    seen = looked_at(world, wanted).mark
    ready.book(world, key="more")  # the action's version stays; what would follow does not

    with pytest.raises(Stale, match="no longer what you looked at"):
        apply(world, wanted, seen=seen)

    with world.database.read() as session:
        assert session.get_one(Action, 1).starts_at == DAWN
    assert not rows(world, Slip)


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        (NewTime(DAWN, DAWN), InputError, "ends before it starts"),
        (
            NewTime(DAWN, DAWN + timedelta(hours=3)),
            InputError,
            "It is planned for Thu 26 November, 06:00 to 09:00 already",
        ),
        (NewDay(DAWN.date()), InputError, "Give another day or time"),
        (NewTime(DAWN + 400 * A_DAY, DAWN + 401 * A_DAY), InputError, "is outside"),
    ],
)
def test_what_cannot_be_is_refused_before_it_is_listed(
    world: World, change: Change, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        looked_at(world, request(world, change))


def test_a_page_that_was_drawn_earlier_is_told_what_changed(world: World) -> None:
    wanted = request(world)
    apply(world, request(world, NewAttendance(Immigration.ON_CALL), key="other"))

    with pytest.raises(Stale, match="was changed while your page was open"):
        looked_at(world, wanted)


@pytest.mark.parametrize("name", ["partner", "provider", "stranger"])
def test_nobody_else_looks_at_what_would_follow(world: World, name: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        looked_at(world, request(world), by=name)


def test_within_five_minutes_it_is_undone_and_the_go_ahead_stays_spent(world: World) -> None:
    number = apply(world, request(world))

    with world.desk("silver").writing() as work:
        undo_slip(work, number)

    with world.database.read() as session:
        action = session.get_one(Action, 1)
        offers = set(session.exec(select(RoleOffer.state)).all())
        holds = session.exec(select(Hold).order_by(col(Hold.id))).all()
        nights = {claim.night for claim in session.exec(select(Claim)).all()}
    assert (action.starts_at, action.calendar_sequence) == (DAWN, 2)
    assert offers == {OfferState.ACCEPTED}
    assert [hold.state for hold in holds] == [HoldState.CONFIRMED, HoldState.RELEASED]
    assert nights == {DAWN.date() + timedelta(days=day) for day in (-1, 0, 1)}
    with world.desk("gold").writing() as work, pytest.raises(Refused, match="is spent"):
        go_ahead.reaffirm_go_ahead(work, REFERENCE)
    with world.desk("silver").writing() as work, pytest.raises(Refused, match="undone already"):
        undo_slip(work, number)


def test_a_move_that_is_undone_leaves_a_deferred_action_called_off_since_it_was(world: World) -> None:
    with world.desk("silver").writing() as work:
        conduct.defer_action(work, REFERENCE, "The team is elsewhere.")
    number = apply(world, request(world), "silver")
    (moved,) = [row for row in rows(world, Action) if isinstance(row, Action)]
    with world.desk("silver", NOW + timedelta(minutes=1)).writing() as work:
        undo_slip(work, number)

    (back,) = [row for row in rows(world, Action) if isinstance(row, Action)]
    assert (moved.state, moved.called_off_at) == (ActionState.PLANNED, None)
    assert (back.state, back.called_off_at) == (ActionState.DEFERRED, NOW)


def test_what_is_deferred_is_planned_again_at_its_own_time(world: World) -> None:
    with world.desk("silver").writing() as work:
        conduct.defer_action(work, REFERENCE, "The team is elsewhere.")
    same = NewTime(DAWN, DAWN + timedelta(hours=3))

    apply(world, request(world, same), "silver")

    (back,) = [row for row in rows(world, Action) if isinstance(row, Action)]
    assert (back.state, back.starts_at, back.called_off_at) == (ActionState.PLANNED, DAWN, None)
    with pytest.raises(InputError, match=r"It is planned for .+ already"):
        apply(world, request(world, same, "again"), "silver")


def test_once_somebody_answered_it_is_not_undone(world: World) -> None:
    number = apply(world, request(world))
    with world.database.read() as session:
        offer = session.exec(select(RoleOffer)).first()
    assert offer is not None
    lead = next(lead for role, _, lead in ready.POSTS if role == "first_responder")
    with world.desk(lead).writing() as work:
        answers.answer_offer(work, offer.id or 0, accept=True)

    with world.desk("silver").writing() as work, pytest.raises(Refused, match="a post was answered or changed"):
        undo_slip(work, number)


def test_after_five_minutes_it_is_not_undone(world: World) -> None:
    number = apply(world, request(world))
    late = world.desk("silver")
    at = late.clock() + timedelta(minutes=6)

    with replace(late, clock=lambda: at).writing() as work, pytest.raises(Refused, match="for 5 minutes"):
        undo_slip(work, number)


def test_places_that_were_taken_meanwhile_keep_it_from_being_undone(world: World) -> None:
    number = apply(world, request(world))
    an_action(world, "WM-0002")
    with world.desk("silver").writing() as work:
        all_of_them = care.HoldRequest("WM-0002", "U1", ((Profile.WOMAN, Need.NONE, 4),), "greedy", nights=1)
        taken = care.hold_places(work, all_of_them).id or 0
    with world.desk("provider").writing() as work:
        care.confirm_hold(work, taken)

    with world.desk("silver").writing() as work, pytest.raises(Refused, match="The unit has"):
        undo_slip(work, number)

    with world.database.read() as session:
        assert session.get_one(Action, 1).starts_at == LATER.starts_at


def test_attendance_and_numbers_list_what_they_do(world: World) -> None:
    attend = looked_at(world, request(world, NewAttendance(Immigration.ON_SITE)))
    more = looked_at(world, request(world, NewNumbers((Line(Profile.WOMAN, Need.NONE, 2, 5, 7),))))

    assert any("Immigration enforcement becomes: on site." in one for one in attend.of(REFERENCE))
    assert any("Expected: 5 likely, 7 at most instead of 2 likely, 4 at most." in one for one in more.of(REFERENCE))
    assert any("3 places short" in one for one in more.of(REFERENCE))
    assert more.breaks


def test_a_strike_day_moves_as_a_whole(world: World) -> None:
    an_action(world, "WM-0002")
    both = (REFERENCE, "WM-0002")
    with world.desk("cell").writing() as work:
        day = set_strike_day(work, StrikeDayRequest("OP1", "Strike one", DAWN.date(), both)).id or 0
    with world.database.read() as session:
        versions = {row.reference: row.version for row in session.exec(select(Action)).all()}
    wanted = SlipRequest(both, NewDay((DAWN + A_DAY).date()), "day", versions, strike_day=day)

    with pytest.raises(Refused, match="Strike one goes as a whole, and 1 action of it changed"):
        looked_at(world, replace(wanted, actions=both[:1]))
    number = apply(world, wanted)

    with world.database.read() as session:
        assert session.get_one(StrikeDay, day).day == (DAWN + A_DAY).date()
        moved = {row.reference: (row.strike_day_id, row.starts_at) for row in session.exec(select(Action)).all()}
    assert moved == dict.fromkeys(both, (day, DAWN + A_DAY))
    with world.desk("silver").writing() as work:
        undo_slip(work, number)
    with world.database.read() as session:
        assert session.get_one(StrikeDay, day).day == DAWN.date()


def test_a_move_into_another_year_says_which(world: World) -> None:
    far = DAWN + 60 * A_DAY
    ready.set_power(world, expires_on=(far + A_DAY).date())

    said = looked_at(world, request(world, NewTime(far, far + timedelta(hours=3)))).of(REFERENCE)

    assert "Thu 26 November, 06:00 to 09:00 becomes Mon 25 January 2027, 06:00 to 09:00." in said
    assert "Legal basis: " not in "".join(said)
