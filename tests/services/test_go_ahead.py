"""Asking for the go-ahead, taking the request back, and Gold's "not yet"."""

from contextlib import nullcontext

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotAllowed, Refused
from planner.models.arrangements import Arrangement
from planner.models.directory import Appointment
from planner.rules.words import ActionState, Post, Standing
from planner.services import go_ahead
from planner.services.arrangements import withdraw_arrangement
from planner.services.override_ends import take_back_override
from planner.views.history import history
from planner.views.one_action import OneAction, one_action
from planner.views.today import notices
from tests import ready
from tests.builders import World, a_world, an_action
from tests.strangers.scene import suspend

REFERENCE = ready.REFERENCE


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def seen(world: World, user: str = "silver") -> OneAction:
    with world.desk(user).reading() as look:
        return one_action(look, REFERENCE)


def ask(world: World) -> None:
    with world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, REFERENCE)


def not_yet(world: World, reason: str, user: str = "gold") -> None:
    with world.desk(user).writing() as work:
        go_ahead.answer_not_yet(work, REFERENCE, reason)


def take_back(world: World) -> None:
    with world.desk("silver").writing() as work:
        go_ahead.take_back_request(work, REFERENCE)


def test_not_yet_sends_the_request_back_with_what_is_missing(world: World) -> None:
    an_action(world, REFERENCE)
    ask(world)

    not_yet(world, "The conference.")

    after = seen(world)
    assert (after.row.state, after.asked, after.may_be_asked) == (ActionState.PLANNED, None, True)
    assert after.sent_back is not None
    assert after.sent_back.startswith(f"Not yet, for {REFERENCE}: The conference. (Gold, West Midlands")
    with world.desk("silver").reading() as look:
        assert [sentence for _, sentence in notices(look)] == [f"Not yet, for {REFERENCE}: The conference."]


def test_asked_again_the_last_answer_no_longer_speaks(world: World) -> None:
    an_action(world, REFERENCE)
    ask(world)
    not_yet(world, "The conference.")

    ask(world)

    again = seen(world)
    assert (again.row.state, again.sent_back, again.may_be_taken_back) == (ActionState.REQUESTED, None, True)


def test_not_yet_says_why_or_is_refused(world: World) -> None:
    an_action(world, REFERENCE)
    ask(world)

    with pytest.raises(InputError, match="The reason is missing"):
        not_yet(world, "  ")

    assert seen(world).row.state is ActionState.REQUESTED


def test_only_gold_says_not_yet(world: World) -> None:
    an_action(world, REFERENCE)
    ask(world)

    with pytest.raises(NotAllowed):
        not_yet(world, "The conference.", user="silver")

    assert seen(world).row.state is ActionState.REQUESTED


def test_a_request_is_taken_back_and_gold_can_no_longer_give(world: World) -> None:
    ready.make_ready(world)
    ask(world)

    take_back(world)

    assert (seen(world).row.state, seen(world).asked) == (ActionState.PLANNED, None)
    with pytest.raises(Refused, match="Nobody has requested"), world.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE)


def test_what_was_never_asked_is_neither_taken_back_nor_answered(world: World) -> None:
    an_action(world, REFERENCE)

    with pytest.raises(Refused, match="No request waits"):
        take_back(world)
    with pytest.raises(Refused, match="No request waits"):
        not_yet(world, "The conference.")


def test_a_go_ahead_that_stands_is_withdrawn_by_gold_alone(world: World) -> None:
    ready.make_ready(world)
    ready.give(world)

    with pytest.raises(Refused, match="Gold withdraws it"):
        take_back(world)
    with pytest.raises(Refused, match="Gold withdraws it"):
        not_yet(world, "Something else.")

    assert seen(world).gate.standing is Standing.STANDING


def test_who_asked_neither_gives_nor_reaffirms_whatever_posts_they_hold(world: World) -> None:
    _, hold = ready.make_ready(world)
    with world.database.write() as session:
        session.add(
            Appointment(
                person_id=world.people["silver"],
                post=Post.GOLD,
                operation_id=world.operation,
                agency_id=world.force,
            )
        )
    ask(world)

    with pytest.raises(NotAllowed, match="another commander must give it"), world.desk("silver").writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE)
    suspend(world, {"hold": hold})
    with pytest.raises(NotAllowed, match="another commander must give it"), world.desk("silver").writing() as work:
        go_ahead.reaffirm_go_ahead(work, REFERENCE)

    assert seen(world).gate.standing is Standing.SUSPENDED
    with world.desk("gold").writing() as work:
        go_ahead.reaffirm_go_ahead(work, REFERENCE)
    assert seen(world).gate.standing is Standing.STANDING


@pytest.mark.parametrize(
    "condition", ["SECRET: see the file", "un\x00seen", "x" * 301], ids=["secret", "unseen", "long"]
)
def test_a_condition_is_one_short_line(world: World, condition: str) -> None:
    ready.make_ready(world)
    ask(world)

    with pytest.raises(InputError), world.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE, condition=condition)

    assert seen(world).given is None


def test_an_override_is_told_to_who_asked_in_full_and_to_partners_without_the_reason(world: World) -> None:
    ready.make_ready(world)
    with world.desk("silver").writing() as work:
        row = next(item for item in work.session.exec(select(Arrangement)) if item.kind == "medical")
        withdraw_arrangement(work, row.id or 0, "It fell through.")

    with world.desk("gold").writing() as work:
        go_ahead.override_check(work, go_ahead.OverrideRequest(REFERENCE, "medical", "An ambulance stands by."))

    with world.desk("partner").reading() as look:
        told = notices(look)[0][1]
    assert told == (
        "Thu 26 November, 06:00 to 09:00: the commander overrode medical for this action. Your post stays as it is."
    )
    with world.desk("gold").reading() as look:
        said = history(look, REFERENCE)[0].sentence
    assert said.startswith(f"Medical is overridden for {REFERENCE}: An ambulance stands by. (was: ")


def test_an_override_taken_back_counts_again_and_suspends_what_rested_on_it(world: World) -> None:
    ready.make_ready(world)
    with world.desk("silver").writing() as work:
        row = next(item for item in work.session.exec(select(Arrangement)) if item.kind == "medical")
        withdraw_arrangement(work, row.id or 0, "It fell through.")
    ask(world)
    with world.desk("gold").writing() as work:
        go_ahead.override_check(work, go_ahead.OverrideRequest(REFERENCE, "medical", "An ambulance stands by."))
    with world.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE)

    for reason, kind in ((" ", InputError), ("The ambulance is gone.", None)):
        with pytest.raises(kind) if kind else nullcontext(), world.desk("gold").writing() as work:
            take_back_override(work, REFERENCE, "medical", reason)

    gate = seen(world).gate
    assert gate.standing is Standing.SUSPENDED
    assert [finding.check for finding in gate.blocking] == ["medical"]
    with world.desk("partner").reading() as look:
        assert "override of medical for an action of yours is taken back" in notices(look)[0][1]
    with pytest.raises(Refused, match="nothing to take back"), world.desk("gold").writing() as work:
        take_back_override(work, REFERENCE, "medical", "Once more.")
