"""What a care provider takes out stands in the record; which one it was, nowhere where a national Gold reads."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlmodel import col, select, update

from planner.cli import main
from planner.db import Database
from planner.errors import NotFound
from planner.models.directory import Agency, Appointment, Person
from planner.models.operations import Operation
from planner.models.policy import Policy
from planner.models.records import RecordLine
from planner.outputs.disclosures import disclosures_csv
from planner.rules.access import HIDDEN_PROVIDER
from planner.rules.calendar_choice import Scope
from planner.rules.words import Outcome, Post
from planner.services import feeds
from planner.services.compartments import close_to
from planner.views.disclosures import disclosures
from planner.views.record import LineFilter, actors, by_actor, count_lines, lines
from tests import ready
from tests.builders import NOW, World, a_world, an_action
from tests.web.site import client_of, give_account, session_of
from tests.web.wire import Wire

NAME, CODE, LEAD, USER = "Lantern House", "lanternhouse", "Lantern lead", "lanternuser"
CANARIES = (NAME, CODE, LEAD, USER)
WHY = f"For the desk of {NAME}"
CALENDARS = (
    ("calendar", Scope.PROVIDER, f"{CODE}/bookings,busy/{WHY}"),
    ("calendar", Scope.AGENCY, f"{CODE}/usual/{WHY}"),
    ("calendar", Scope.PERSON, f"me/usual/{WHY}"),
    ("calendar", Scope.PERSON, f"{USER}/usual/{WHY}"),
    ("calendar_sheet", Scope.PROVIDER, f"{CODE}/bookings,busy/month-2026-11-26/{WHY}"),
    ("calendar_sheet", Scope.AGENCY, f"{CODE}/usual/week-2026-11-26/{WHY}"),
)
TABLES = (
    ("table", "bookings.xlsx", WHY),
    ("table", "providers.csv", WHY),
    ("table", f"actions.csv;text={CODE}", WHY),
    ("handover", "OP1", WHY),
)
# Planners who may know the provider, and others who only guess: all of them are refused its calendar.
OTHERS = ("cell", "care_lead", "silver", "partner")


@pytest.fixture
def world(database: Database) -> World:
    """A provider under its canaries that has a booking, its lead with an account, and a feed allowed."""
    world = a_world(database)
    ready.plan(world)
    ready.book(world)
    with world.database.write() as session:
        session.exec(update(Agency).where(col(Agency.id) == world.provider).values(name=NAME, code=CODE))
        session.exec(update(Person).where(col(Person.id) == world.people["provider"]).values(title=LEAD))
    world.people[USER] = world.people["provider"]
    for name in (USER, *OTHERS, "national"):
        give_account(world, name)
    with world.desk("cell").writing() as work:
        feeds.allow_feeds(work, "OP1", "DPIA 1")
    return world


def take(world: World, name: str, kind: str, scope: str, rest: str) -> int:
    """A file fetched over the route for files."""
    client = client_of(world.database)
    client.headers["cookie"] = f"planner={session_of(world.database, name)}"
    return client.get(f"/files/{kind}/{quote(scope, safe='')}/{quote(rest, safe='/')}").status_code


def exports(world: World) -> list[RecordLine]:
    with world.database.read() as session:
        found = select(RecordLine).where(RecordLine.verb == "export").order_by(col(RecordLine.number))
        return list(session.exec(found))


def verbs(world: World) -> set[str]:
    with world.database.read() as session:
        return set(session.exec(select(RecordLine.verb)))


def read_by(world: World, name: str) -> str:
    """All that a reader of the record finds: its lines, whoever stands there, what was disclosed, as a file too."""
    with world.desk(name).reading() as look:
        every = LineFilter()
        found: list[Any] = [*actors(look), *by_actor(look, every), *disclosures(look, every)]
        for page in range(1, 2 + count_lines(look, every) // 50):
            found += lines(look, LineFilter(page=page))
        file = disclosures_csv(look, "2026-01-01_2027-12-31", "The court asks.").decode("utf-8-sig")
    return "\n".join([*map(str, found), file])


def names_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary.casefold() in text.casefold()]


def test_a_calendar_that_a_provider_takes_stands_in_the_record_without_its_name(world: World) -> None:
    assert [take(world, USER, *each) for each in CALENDARS] == [200] * len(CALENDARS)

    made = exports(world)
    assert [(line.verb, line.outcome, line.person_id) for line in made] == [
        ("export", Outcome.EXPORTED, world.people[USER])
    ] * len(CALENDARS)
    assert names_in(read_by(world, "national")) == []
    with world.desk("national").reading() as look:
        told = [(row.actor, row.about) for row in lines(look, LineFilter()) if row.verb == "export"]
    assert told == [(HIDDEN_PROVIDER, scope) for _, scope, _ in reversed(CALENDARS)]


def test_a_table_that_a_provider_asks_for_stands_in_the_record_without_its_name(world: World) -> None:
    assert [take(world, USER, *each) for each in TABLES] == [404] * len(TABLES)

    assert [(line.verb, line.outcome) for line in exports(world)] == [("export", Outcome.REFUSED)] * len(TABLES)
    assert names_in(read_by(world, "national")) == []


@pytest.mark.parametrize("name", OTHERS)
def test_who_asks_for_a_providers_calendar_and_may_not_have_it_names_it_to_nobody(world: World, name: str) -> None:
    assert [take(world, name, *each) for each in CALENDARS if CODE in each[2]] == [404] * 4
    assert take(world, name, "calendar", Scope.PERSON, f"{USER}/usual/Why") == 404

    assert [line.outcome for line in exports(world)] == [Outcome.REFUSED] * 5
    assert names_in(read_by(world, "national")) == []


FEEDS = ((Scope.PROVIDER, CODE), (Scope.AGENCY, CODE), (Scope.PERSON, USER), (Scope.PERSON, "me"))


@pytest.mark.parametrize(("scope", "of"), FEEDS)
def test_a_feed_of_a_provider_stands_in_the_record_without_its_name(world: World, scope: Scope, of: str) -> None:
    token = make(world, USER, scope, of)
    with world.desk(USER).writing() as work:
        feeds.revoke_feeds(work)
    assert Wire(world).client().get(f"/feeds/{token}.ics").status_code == 404
    for name, asked in ((USER, f"{of}x"), *((other, of) for other in OTHERS if of != "me")):
        with pytest.raises(NotFound):
            make(world, name, scope, asked)

    assert {"feed_watch", "make_feed", "revoke_feed"} <= verbs(world)
    assert names_in(read_by(world, "national")) == []


def make(world: World, name: str, scope: Scope, of: str) -> str:
    until = NOW.date() + timedelta(days=30)
    with world.desk(name).writing() as work:
        return feeds.make_feed(work, feeds.FeedRequest(scope, of, "usual", NAME, until, WHY))


COMMANDS = (
    ("calendar", CODE, "--scope", "provider", "-o", "{file}.ics"),
    ("calendar", CODE, "--scope", "agency", "-o", "{file}.ics"),
    ("calendar", USER, "--scope", "person", "-o", "{file}.ics"),
    ("export", "bookings", "-o", "{file}.csv"),
)


@pytest.mark.parametrize(("who", "why"), [(USER, WHY), ("cell", "For the desk"), ("", "For the desk")])
def test_the_command_line_keeps_it_as_well(
    world: World, who: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANNER_DATABASE_URL", world.database.url.render_as_string(hide_password=False))

    for words in COMMANDS:
        main([*(word.format(file=tmp_path / "own") for word in words), "--why", why, *(["--as", who] if who else [])])

    assert "export_calendar" in verbs(world) or who == "cell"
    assert names_in(read_by(world, "national")) == []


def test_lines_that_once_named_a_provider_are_left_out(world: World) -> None:
    """The record is never changed: what an earlier version wrote is kept, and not shown to who may not know it."""
    once = (
        ("calendar", f"provider {CODE}/bookings,busy/Why"),
        ("calendar_sheet", f"agency {CODE}/usual/month-2026-11-26/Why"),
        ("calendar", f"person {USER}/usual/Why"),
        ("feed", f"provider {CODE}"),
        ("provider", CODE),
        ("agency", CODE),
    )
    for kind, ref in once:
        with world.desk(USER).writing() as work:
            work.record("export", "planner.ics was downloaded.", kind=kind, ref=ref, outcome=Outcome.EXPORTED)

    assert names_in(read_by(world, "national")) == []
    assert {CODE, USER} <= set(names_in(read_by(world, "cell")))


def test_the_cell_reads_who_took_it_and_why_and_the_whole_address_is_kept(world: World) -> None:
    for each in (*CALENDARS, *TABLES):
        take(world, USER, *each)

    assert names_in(read_by(world, "cell")) == [NAME, LEAD, USER]  # its account is known to the cell as well
    assert [json.loads(line.detail).get("asked", "") for line in exports(world)] == [
        *(f"{CODE} bookings,busy", f"{CODE} usual", "me usual", f"{USER} usual"),
        *(f"{CODE} bookings,busy month-2026-11-26", f"{CODE} usual week-2026-11-26"),
        *("", "", f"actions.csv;text={CODE}", ""),
    ]


def test_what_is_taken_of_a_closed_action_or_another_operation_is_told_to_nobody_else(world: World) -> None:
    _abroad(world)
    an_action(world, "XX-4711")
    with world.desk("gold").writing() as work:
        close_to(work, "XX-4711", ["Silver, West Midlands"])
    taken = [
        take(world, "silver", "sheet", "XX-4711", "For the team"),
        take(world, "silver", "log", "XX-4711", "For the team"),
        take(world, "abroad", "calendar", Scope.OPERATION, "OTHER/usual/For the team"),
        take(world, "abroad", "calendar_sheet", Scope.OPERATION, "OTHER/usual/month-2026-11-26/For the team"),
        take(world, "abroad", "table", "actions.csv;operation=OTHER", "For the team"),
    ]

    told = read_by(world, "national")
    assert taken == [200] * 5
    assert [name for name in ("XX-4711", "OTHER") if name in told] == []
    assert "OTHER" in read_by(world, "abroad")


def _abroad(world: World) -> None:
    """Another operation with a cell officer of its own."""
    with world.database.write() as session:
        ours = session.get_one(Operation, world.operation)
        other = Operation(**(ours.model_dump() | {"id": None, "code": "OTHER", "name": "The other operation"}))
        person = Person(title="Cell, abroad", agency_id=ours.lead_agency_id)
        session.add_all([other, person])
        session.flush()
        session.add(Policy(operation_id=other.id or 0, blocks="", reason="the first policy", set_at=NOW))
        session.add(Appointment(person_id=person.id or 0, post=Post.CELL, operation_id=other.id))
        world.people["abroad"] = person.id or 0
    give_account(world, "abroad")
