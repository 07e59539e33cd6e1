"""Every decision logs itself with what it was taken on; what is decided beside it is logged by hand, once, for good."""

import io
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.arrangements import Arrangement
from planner.models.directory import Appointment, Person
from planner.models.records import RecordLine
from planner.outputs.decision_log_file import log_file
from planner.rules.log_headings import HEADINGS, Headings, Part
from planner.rules.policy_terms import Terms
from planner.rules.words import Post
from planner.services import actions, compartments, go_ahead
from planner.services.arrangements import withdraw_arrangement
from planner.services.decision_log import LogRequest, log_decision, log_for_operation, set_log_headings
from planner.services.policy import PolicyRequest, set_policy
from planner.services.records import verify_record
from planner.views.decision_log import Log, log_of_action, log_of_operation
from tests import ready
from tests.builders import BLOCKS, World, a_world

WAIT = "We wait a day; reviewed tomorrow at nine."


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    ready.make_ready(world)
    return world


def log(world: World, who: str = "gold") -> Log:
    with world.desk(who).reading() as look:
        return log_of_action(look, ready.REFERENCE)


def write(world: World, who: str = "gold", *, key: str = "entry", **changes: Any) -> None:
    values = {"action": WAIT, "information": "A van is gone.", "options": "Going in tonight: too few of us."} | changes
    with world.desk(who).writing() as work:
        log_decision(work, LogRequest(ready.REFERENCE, request_key=key, **values))


def test_every_decision_logs_itself_in_order_with_what_it_was_taken_on(world: World) -> None:
    with world.desk("silver").writing() as work:
        row = next(item for item in work.session.exec(select(Arrangement)) if item.kind == "medical")
        withdraw_arrangement(work, row.id or 0, "It fell through.")
    with world.desk("gold").writing() as work:
        request = go_ahead.OverrideRequest(ready.REFERENCE, "medical", "An ambulance stands by.")
        go_ahead.override_check(work, request)
    ready.give(world)
    with world.desk("gold").writing() as work:
        go_ahead.withdraw_go_ahead(work, ready.REFERENCE, "New information.")
    with world.desk("silver").writing() as work:
        actions.stand_down(work, ready.REFERENCE, "The premises are empty.")

    entries = log(world).entries
    assert [entry.what for entry in entries] == [
        *("Stood down", "Go-ahead withdrawn", "Go-ahead given", "Go-ahead asked for", "Check overridden"),
        "Conference's decision",
    ]
    given = dict(entries[2].parts)
    assert list(given) == list(HEADINGS[Headings.NDM].values())
    assert given["Information"].startswith("Thu 26 November 2026, 06:00 to 09:00; 2 likely, 4 at most. 12 checks met")
    assert "unmet. Region informed advises: " in given["Information"]
    assert "2 places confirmed for 2 likely" in given["Risk and working strategy"]
    assert given["Powers and policy"].startswith("Warrant stands until Thu 31 December. Policy in force: version 1.")
    assert "Overridden: An ambulance stands by." in given["Options considered and why rejected"]
    assert given["Action and review"] == "The go-ahead for WM-0001 is given."


def test_an_entry_by_hand_stands_once_in_the_chain_and_is_never_changed(world: World) -> None:
    write(world)
    write(world)
    write(world, key="another", action="We go in after all.", whose="Gold, West Midlands")

    entries = log(world).entries[:2]
    assert [entry.parts for entry in entries] == [
        (
            ("Information", "A van is gone."),
            ("Options considered and why rejected", "Going in tonight: too few of us."),
            ("Action and review", "Decision of Gold, West Midlands: We go in after all."),
        ),
        (
            ("Information", "A van is gone."),
            ("Options considered and why rejected", "Going in tonight: too few of us."),
            ("Action and review", f"Decided: {WAIT}"),
        ),
    ]
    with world.desk("cell").reading() as look:
        assert verify_record(look).whole


def test_an_entry_says_what_was_decided_and_names_nobody_secret(world: World) -> None:
    with pytest.raises(InputError, match="Say what was decided"):
        write(world, action=" ")
    with pytest.raises(InputError, match="SECRET"):
        write(world, powers="This is SECRET.")


def test_a_loggist_types_for_gold_and_an_outsider_neither_writes_nor_reads(world: World) -> None:
    with world.database.write() as session:
        person = Person(title="Loggist", agency_id=world.force)
        session.add(person)
        session.flush()
        world.people["loggist"] = person.id or 0
        post = Appointment(person_id=person.id or 0, post=Post.LOGGIST, operation_id=world.operation)
        post.agency_id = world.force
        session.add(post)
    write(world, "loggist", whose="Gold, West Midlands")

    assert log(world, "loggist").entries[0].by == "Loggist"
    for who in ("other_silver", "partner", "provider", "stranger"):
        with pytest.raises(NotFound):
            write(world, who)
        with pytest.raises(NotFound):
            log(world, who)


def test_the_operations_log_holds_its_own_decisions_and_those_of_actions_that_are_seen(world: World) -> None:
    ready.give(world)
    with world.desk("national").writing() as work:
        terms = Terms(blocks=frozenset(BLOCKS.split()), quorum=4)
        set_policy(work, PolicyRequest("OP1", terms, "Partners asked."))
    with world.desk("national").writing() as work:
        log_for_operation(work, LogRequest("OP1", "Phase two begins in March.", "entry"))
    with pytest.raises(NotAllowed), world.desk("silver").writing() as work:
        log_for_operation(work, LogRequest("OP1", "Phase two begins in May.", "other"))

    seen = {who: what(world, who) for who in ("national", "gold", "other_silver")}
    with world.desk("gold").writing() as work:
        compartments.close_to(work, ready.REFERENCE, [])

    own = ["By hand", "The gate's policy"]
    given = ["Go-ahead given", "Go-ahead asked for", "Conference's decision"]
    assert seen == {"national": [*own, *given], "gold": [*own, *given], "other_silver": own}
    assert what(world, "national") == own
    for who in ("partner", "stranger"):
        with pytest.raises(NotFound):
            what(world, who)


def what(world: World, who: str) -> list[str]:
    with world.desk(who).reading() as look:
        return [entry.what for entry in log_of_operation(look, "OP1").entries]


def test_an_operation_may_read_it_under_jesips_headings(world: World) -> None:
    ready.give(world)
    with pytest.raises(NotAllowed), world.desk("gold").writing() as work:
        set_log_headings(work, "OP1", Headings.JESIP)
    with world.desk("national").writing() as work:
        set_log_headings(work, "OP1", Headings.JESIP)
    with pytest.raises(Refused, match="already"), world.desk("national").writing() as work:
        set_log_headings(work, "OP1", Headings.JESIP)

    parts = [heading for heading, _ in log(world).entries[0].parts]
    assert parts == [HEADINGS[Headings.JESIP][part] for part in Part if part is not Part.OPTIONS]


def test_it_prints_the_oldest_first_and_marked_on_every_page(world: World) -> None:
    ready.give(world)
    write(world)

    with world.desk("gold").reading() as look:
        of_action = log_file(look, "For the file", action=ready.REFERENCE)
        of_operation = log_file(look, "For the file", operation="OP1")
        with pytest.raises(InputError, match="reason"):
            log_file(look, "", action=ready.REFERENCE)

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(of_action)).pages]
    text = " ".join(" ".join(pages).split())
    assert all("OFFICIAL-SENSITIVE" in page for page in pages)
    assert text.index("Conference's decision") < text.index("Go-ahead given") < text.index("By hand")
    assert "Risk and working strategy: " in text
    assert len(PdfReader(io.BytesIO(of_operation)).pages) >= 1


def test_nothing_that_follows_from_a_decision_is_one(world: World) -> None:
    before = log(world).total
    with world.desk("gold").writing() as work:
        work.record("suspend_go_ahead", "It is suspended.", kind="action", ref=ready.REFERENCE, action_id=1)

    assert log(world).total == before
    with world.database.read() as session:
        assert session.exec(select(RecordLine).where(RecordLine.verb == "suspend_go_ahead")).first() is not None
