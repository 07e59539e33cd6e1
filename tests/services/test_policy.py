"""The gate's policy: set by the national Gold, tightened by a force's Gold, each change another version."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from planner import facts
from planner.cli import main
from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.go_ahead import GoAhead
from planner.models.last_hours import LastHoursCall
from planner.models.policy import Policy
from planner.models.records import Notice, RecordLine
from planner.rules.policy_terms import Terms
from planner.rules.words import ArrangementKind, GoAheadState, Immigration, Nation, Outcome, Standing
from planner.services import clashes, conduct, go_ahead
from planner.services.actions import set_immigration
from planner.services.arrangements import withdraw_arrangement
from planner.services.danger_to_life import DangerRequest, enter_for_danger
from planner.services.policy import PolicyRequest, set_policy, tighten_policy
from planner.views.one_action import one_action
from planner.views.policy import policy_board
from planner.views.policy_kept import ruled_decisions
from tests import ready
from tests.builders import BLOCKS, DAWN, NOW, World, a_world, an_action
from tests.ready import Read
from tests.services.test_gate import unmet

FIRST = Terms(blocks=frozenset(BLOCKS.split()))
WHY = "Partners asked for more time."


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def national(world: World, terms: Terms = FIRST, **changes: Any) -> Policy:
    with world.desk("national").writing() as work:
        return set_policy(work, PolicyRequest("OP1", terms, WHY, **changes))


def forces(world: World, terms: Terms, *, who: str = "gold", **changes: Any) -> Policy:
    with world.desk(who).writing() as work:
        return tighten_policy(work, PolicyRequest("OP1", terms, WHY, force="force", **changes))


def in_force(world: World, number: int) -> Any:
    with world.desk("silver").reading() as look:
        return facts.facts_of(look, number).policy


STRICTER = (
    ({"nights": 5}, ("nights", 5)),
    ({"whole_stay": True}, ("whole_stay", True)),
    ({"quorum": 4}, ("quorum", 4)),
    ({"conference_lead_hours": 48}, ("conference_lead_hours", 48)),
    ({"conference_lead_days": 2}, ("conference_lead_days", 2)),
    ({"conference_emergency_hours": 4}, ("conference_emergency_hours", 4)),
    ({"conference_material": frozenset({"time"})}, ("conference_material", frozenset({"time"}))),
    ({"margin_hours": 12}, ("margin_hours", 12)),
    ({"clash_check_hours": 6}, ("clash_check_hours", 6)),
    ({"blocks": FIRST.blocks | {"agreements"}}, ("blocks", FIRST.blocks | {"agreements"})),
)


@pytest.mark.parametrize(("stricter", "now"), STRICTER, ids=lambda item: str(next(iter(item))))
def test_a_force_tightens_each_term_and_never_loosens_it(
    world: World, stricter: dict[str, Any], now: tuple[str, Any]
) -> None:
    number = an_action(world)
    forces(world, FIRST._replace(**stricter))
    assert getattr(in_force(world, number), now[0]) == now[1]

    national(world, FIRST._replace(**stricter))
    with pytest.raises(Refused, match="tightened, never loosened"):
        forces(world, FIRST)

    assert getattr(in_force(world, number), now[0]) == now[1]


def test_a_looser_value_is_named_with_the_minimum(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        forces(world, FIRST._replace(quorum=2, nights=4, blocks=FIRST.blocks - {"care"}))

    assert str(refusal.value) == (
        "A minimum may be tightened, never loosened. Checks that block: care is in the minimum; "
        "Quorum of a conference: 2 agencies, where the minimum is 3 agencies."
    )


def test_a_minimum_that_is_tightened_later_counts_beside_an_older_policy_of_a_force(world: World) -> None:
    number = an_action(world)
    forces(world, FIRST._replace(nights=4))

    national(world, FIRST._replace(nights=7, quorum=5))
    both = in_force(world, number)
    national(world, FIRST._replace(quorum=5))

    assert (both.nights, both.quorum) == (7, 5)
    assert (in_force(world, number).nights, in_force(world, number).quorum) == (4, 5)


def test_a_nation_of_its_own_binds_its_forces_alone(world: World) -> None:
    number = an_action(world)
    national(world, FIRST._replace(nights=5), nation=Nation.SCOTLAND)
    assert in_force(world, number).nights == 3

    national(world, FIRST._replace(nights=6), nation=Nation.ENGLAND)

    assert in_force(world, number).nights == 6
    with pytest.raises(Refused, match="where the minimum is 6 nights"):
        forces(world, FIRST._replace(nights=5, quorum=4))
    with pytest.raises(Refused, match="never loosened"):
        national(world, FIRST._replace(nights=2), nation=Nation.WALES)


@pytest.mark.parametrize("who", ["gold", "silver", "cell", "partner"])
def test_the_minimum_is_the_national_golds_alone(world: World, who: str) -> None:
    with pytest.raises(NotAllowed), world.desk(who).writing() as work:
        set_policy(work, PolicyRequest("OP1", FIRST._replace(quorum=4), WHY))


@pytest.mark.parametrize("who", ["national", "silver", "other_silver"])
def test_a_forces_policy_is_its_own_golds_alone(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        forces(world, FIRST._replace(quorum=4), who=who)
    with pytest.raises(NotAllowed), world.desk("gold").writing() as work:
        tighten_policy(work, PolicyRequest("OP1", FIRST._replace(quorum=4), WHY, force="other_force"))
    with pytest.raises(NotFound), world.desk("stranger").writing() as work:
        tighten_policy(work, PolicyRequest("OP1", FIRST._replace(quorum=4), WHY, force="force"))


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (FIRST._replace(nights=0), "0 nights is not possible, 1 to 90 is"),
        (FIRST._replace(quorum=99), "99 agencies is not possible, 2 to 12 is"),
        (FIRST._replace(blocks=FIRST.blocks - {"legal_basis"}), "legal basis always blocks"),
        (FIRST._replace(blocks=FIRST.blocks | {"luck"}), "nothing called luck"),
    ],
)
def test_what_no_policy_may_say_is_refused_in_words(terms: Terms, said: str) -> None:
    with pytest.raises(InputError, match=said):
        PolicyRequest("OP1", terms, WHY)


def test_a_reason_is_asked_for_and_nothing_new_is_no_version(world: World) -> None:
    with pytest.raises(InputError, match="reason for this policy is missing"):
        PolicyRequest("OP1", FIRST, " ")
    with pytest.raises(Refused, match="Nothing in this policy is different"):
        national(world, FIRST)


def test_of_two_golds_the_second_is_told_of_the_first(world: World) -> None:
    drawn = PolicyRequest("OP1", FIRST._replace(quorum=5), WHY, version=1)
    national(world, FIRST._replace(quorum=4), version=1)

    with pytest.raises(Stale, match="Partners asked for more time"), world.desk("national").writing() as work:
        set_policy(work, drawn)
    with world.desk("national").writing() as work:
        set_policy(work, replace(drawn, version=2))

    with world.desk("cell").reading() as look:
        rows = look.session.exec(select(Policy).order_by(col(Policy.version))).all()
        lines = select(RecordLine.sentence).where(RecordLine.verb == "set_policy", RecordLine.outcome == Outcome.DONE)
        said = look.session.exec(lines.order_by(col(RecordLine.number))).all()
    assert [(row.version, row.quorum) for row in rows] == [(1, 3), (2, 4), (3, 5)]
    assert said[-1] == (
        "Policy of Operation One, version 3: Quorum of a conference: 4 agencies, now 5 agencies. "
        "Reason: Partners asked for more time."
    )


def test_a_policy_makes_advice_block_and_the_gate_says_so(world: World, read: Read) -> None:
    ready.make_ready(world)
    before = read()

    forces(world, FIRST._replace(blocks=FIRST.blocks | {"region_informed"}))

    assert (before["ready"], unmet(read())) == (True, {"region_informed"})


@pytest.mark.parametrize(("term", "kind"), [("onward_route", "ONWARD_ROUTE"), ("plan_to_high", "ON_CALL")])
def test_care_asks_for_what_policy_asks_for(world: World, read: Read, term: str, kind: str) -> None:
    ready.make_ready(world)
    withdraw(world, ArrangementKind[kind])
    asked = read()

    national(world, FIRST._replace(**{term: False}))

    assert (unmet(asked), unmet(read())) == ({"care"}, set())


def test_a_new_policy_spends_the_go_aheads_that_it_binds_and_their_golds_are_told(world: World, read: Read) -> None:
    ready.make_ready(world)
    ready.give(world)

    national(world, FIRST._replace(nights=5), nation=Nation.SCOTLAND)
    elsewhere = read()["go_ahead"]
    national(world, FIRST._replace(margin_hours=7))

    assert (elsewhere, read()["go_ahead"]) == ("standing", "spent")
    with world.desk("cell").reading() as look:
        told = look.session.exec(select(Notice.sentence).where(Notice.person_id == world.people["gold"])).all()
    assert f"The go-ahead for {ready.REFERENCE} is spent: The gate's policy changed." in told
    assert any(sentence.startswith("Policy of Operation One, version 2: Arrangements last") for sentence in told)


def test_what_began_under_a_go_ahead_keeps_it_whatever_the_policy_says_later(world: World) -> None:
    ready.make_ready(world)
    ready.give(world)
    with world.desk("silver", DAWN).writing() as work:
        clashes.run_clash_check(work, ready.REFERENCE)
    with world.desk("silver", DAWN).writing() as work:
        conduct.begin_action(work, ready.REFERENCE)

    national(world, FIRST._replace(nights=5))

    with world.desk("gold", DAWN).reading() as look:
        one = one_action(look, ready.REFERENCE)
    assert (one.gate.standing, one.may_be_decided) == (Standing.STANDING, True)


def test_in_the_last_hours_another_policy_calls_those_in_command_and_takes_nothing_back(world: World) -> None:
    ready.make_ready(world)
    ready.give(world)
    near = DAWN - timedelta(hours=3)
    with world.desk("silver", near).writing() as work:
        clashes.run_clash_check(work, ready.REFERENCE)

    with world.desk("national", near).writing() as work:
        set_policy(work, PolicyRequest("OP1", FIRST._replace(nights=5), WHY))

    with world.desk("gold", near).reading() as look:
        one = one_action(look, ready.REFERENCE)
        calls = look.session.exec(select(LastHoursCall.sentence)).all()
    assert (one.gate.standing, [finding.check for finding in one.gate.blocking]) == (Standing.STANDING, ["care"])
    assert len(calls) == 1
    assert calls[0].startswith("The gate's policy changed.")
    with world.desk("silver", near).writing() as work:  # another plan still spends it
        set_immigration(work, ready.REFERENCE, Immigration.ON_SITE)
    with world.desk("gold", near).reading() as look:
        assert one_action(look, ready.REFERENCE).gate.standing is Standing.SPENT


def test_what_has_begun_is_given_nothing_and_no_check_of_it_is_set_aside(world: World) -> None:
    ready.make_ready(world)
    with world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, ready.REFERENCE)
        enter_for_danger(work, DangerRequest(ready.REFERENCE, "PACE 1984 s.17(1)(e)", NOW, ""))

    override = go_ahead.OverrideRequest(ready.REFERENCE, "medical", "It is over.")
    for press in (
        lambda work: go_ahead.give_go_ahead(work, ready.REFERENCE),
        lambda work: go_ahead.override_check(work, override),
    ):
        with pytest.raises(Refused, match="come before an action begins"), world.desk("gold").writing() as work:
            press(work)


def test_to_what_began_without_a_go_ahead_none_is_offered(world: World) -> None:
    ready.make_ready(world)
    with world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, ready.REFERENCE)
        enter_for_danger(work, DangerRequest(ready.REFERENCE, "PACE 1984 s.17(1)(e)", NOW, ""))

    with world.desk("gold").reading() as look:
        one = one_action(look, ready.REFERENCE)

    assert (one.gate.standing, one.may_be_decided) == (Standing.NONE, False)


def test_however_many_go_aheads_fall_the_queries_are_as_many(world: World) -> None:
    counted = [queries(world, many) for many in (2, 12)]

    assert counted[0] == counted[1]


def queries(world: World, many: int) -> int:
    """The statements of one change of policy, with so many more go-aheads that it spends."""
    numbers = [an_action(world, f"WM-{many}-{each}") for each in range(many)]
    with world.database.write() as session:
        for number in numbers:
            given = {"requested_by": world.people["silver"], "given_by": world.people["gold"], "given_at": NOW}
            state = {"state": GoAheadState.GIVEN, "fingerprint": "of another plan", "changed_at": NOW}
            session.add(GoAhead(action_id=number, policy_id=1, **given, **state))
    statements: list[str] = []
    event.listen(world.database.engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    national(world, FIRST._replace(margin_hours=10 + many))
    with world.database.read() as session:
        states = session.exec(select(GoAhead.state).where(col(GoAhead.action_id).in_(numbers))).all()
    assert set(states) == {GoAheadState.SPENT}
    return sum(not said.startswith(("INSERT", "UPDATE")) for said in statements)


def test_every_decision_keeps_the_policy_it_was_taken_under(world: World) -> None:
    forces(world, FIRST._replace(quorum=3, margin_hours=7))
    ready.make_ready(world)
    withdraw(world, ArrangementKind.MEDICAL)
    with world.desk("gold").writing() as work:
        request = go_ahead.OverrideRequest(ready.REFERENCE, "medical", "An ambulance stands by.")
        go_ahead.override_check(work, request)
    ready.give(world)

    national(world, FIRST._replace(quorum=4))

    with world.desk("gold").reading() as look:
        kept = ruled_decisions(look, ready.REFERENCE)
        gate = facts.gates(look, [1])[1]
    changed = ("Quorum of a conference: 3 agencies, now 4 agencies",)
    assert [(item.what, item.version, item.terms.margin_hours, item.changed) for item in kept] == [
        ("Go-ahead", 2, 7, changed),
        ("Override of medical", 2, 7, changed),
        ("Conference's decision", 2, 7, changed),
    ]
    assert gate.standing is Standing.SPENT


def test_the_board_shows_each_its_own(world: World) -> None:
    forces(world, FIRST._replace(quorum=4))

    boards = {}
    for who in ("national", "gold", "silver"):
        with world.desk(who).reading() as look:
            boards[who] = policy_board(look, world.operation)

    mine = {who: [scope.name for scope in board.scopes if scope.may_change] for who, board in boards.items()}
    assert mine["gold"] == ["Force"]
    assert mine["silver"] == []
    assert mine["national"] == [
        "Everywhere",
        "England",
        "Wales",
        "Scotland",
        "Northern Ireland",
        "Another jurisdiction",
    ]
    assert [(item.scope, item.version, item.said) for item in boards["silver"].versions] == [
        ("Force", 1, ("Quorum of a conference: 3 agencies, now 4 agencies",)),
        ("Everywhere", 1, ()),
    ]


def withdraw(world: World, kind: ArrangementKind) -> None:
    with world.desk("silver").writing() as work:
        row = next(item for item in facts.facts_of(work, 1).arrangements if item.kind is kind)
        withdraw_arrangement(work, row.id, "It fell through.")


def test_the_command_line_shows_what_is_in_force(world: World, read: Read, capsys: pytest.CaptureFixture[str]) -> None:
    forces(world, FIRST._replace(quorum=4))

    assert main(["policy", "show", "OP1", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert main(["policy", "show", "NOP"]) == 1

    assert [(row["for"], row["version"], row["quorum"]) for row in said["in_force"]] == [
        ("Everywhere", 1, 3),
        ("Force", 1, 4),
    ]
    assert [row["reason"] for row in said["versions"]] == [WHY, "the first policy"]


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)  # SQLite lets one write at a time
def test_a_go_ahead_given_while_a_policy_is_being_set_does_not_stand(world: World, read: Read) -> None:
    ready.make_ready(world)
    with world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, ready.REFERENCE)

    with world.desk("gold").writing() as giving:
        go_ahead.give_go_ahead(giving, ready.REFERENCE)
        national(world, FIRST._replace(margin_hours=7))  # is kept first, and has not seen the go-ahead

    assert read()["go_ahead"] == "spent"
