"""Every scope and kind of a calendar: whose it is, what is in it, and that it is nobody else's."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar
from sqlmodel import col, select

from planner.db import Database
from planner.errors import InputError, NotFound
from planner.models.care import Hold
from planner.models.directory import Agency, Appointment
from planner.models.operations import LegalBasis, Operation
from planner.rules.calendar_choice import Choice, Detail, EntryKind, Scope
from planner.rules.words import Post
from planner.services import care, conduct
from planner.views.calendar import calendar_bytes
from planner.views.calendar_preview import preview
from planner.views.calendar_scopes import own_scopes
from tests import ready
from tests.builders import NOW, World, a_world
from tests.standing import a_group


@pytest.fixture
def world(database: Database) -> World:
    made = a_world(database)
    ready.make_ready(made)
    return made


def read(world: World, name: str, scope: Scope, what: str, *kinds: EntryKind, at: timedelta = timedelta()) -> Calendar:
    choice = Choice(frozenset(kinds)) if kinds else None
    with world.desk(name, NOW + at).reading() as look:
        return Calendar.from_ical(calendar_bytes(look, scope, what, choice))


def titles(calendar: Calendar) -> list[str]:
    return sorted(str(item.get("summary")) for item in calendar.events)


def code_of(world: World, agency: int) -> str:
    with world.database.read() as session:
        return session.get_one(Agency, agency).code


def test_each_reader_is_offered_their_own_and_can_take_every_kind_offered(world: World) -> None:
    group = a_group(world)
    offered = {}
    for name in ("silver", "cell", "partner", "provider", "stranger"):
        with world.desk(name).reading() as look:
            rows = own_scopes(look)
            offered[name] = {row.scope for row in rows}
            for row in rows:
                choice = Choice(frozenset(row.kinds))
                assert preview(look, row.scope, row.name, choice).may_go
                assert calendar_bytes(look, row.scope, row.name, choice).startswith(b"BEGIN:VCALENDAR")

    planners = {Scope.PERSON, Scope.OPERATION, Scope.REGION, Scope.FORCE, Scope.SERIES}
    assert offered == {
        "silver": planners,
        "cell": planners,
        "partner": {Scope.PERSON, Scope.AGENCY},
        "provider": {Scope.PERSON, Scope.AGENCY, Scope.PROVIDER},
        "stranger": {Scope.PERSON},
    }
    assert group.id


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope is not Scope.PERSON])
def test_what_is_anothers_answers_like_what_does_not_exist(world: World, scope: Scope) -> None:
    group = a_group(world)
    names = {
        Scope.OPERATION: "OP1",
        Scope.REGION: "wm",
        Scope.FORCE: "force",
        Scope.AGENCY: "ngo",
        Scope.PROVIDER: code_of(world, world.provider),
        Scope.SERIES: str(group.id),
    }
    said = []
    for what in (names[scope], "NOWHERE"):
        with pytest.raises(NotFound) as refused:
            read(world, "stranger", scope, what)
        said.append(str(refused.value).replace(f"{scope} {what}", str(scope)))

    assert len(set(said)) == 1


def test_a_providers_nights_are_busy_and_nothing_else_and_go_when_the_booking_ends(world: World) -> None:
    what = code_of(world, world.provider)
    with world.database.read() as session:
        hold = session.exec(select(Hold)).one()

    [night] = read(world, "provider", Scope.PROVIDER, what, EntryKind.BOOKINGS).events
    with world.desk("silver").writing() as work:
        care.release_hold(work, hold.id or 0, reason="The plan changed.")
    [gone] = read(world, "provider", Scope.PROVIDER, what, EntryKind.BOOKINGS).events
    later, last = (
        read(world, "provider", Scope.PROVIDER, what, EntryKind.BOOKINGS, at=timedelta(days=days)) for days in (14, 20)
    )

    assert (str(night["summary"]), str(night["class"]), night.get("url"), night.get("categories")) == (
        *("Busy", "CONFIDENTIAL"),
        *(None, None),
    )
    assert {night.start.date(), night.start.hour, night.end.hour} == {hold.first_night, 12}
    assert night.end.date() - night.start.date() == timedelta(days=hold.nights)
    assert (str(gone["status"]), gone["uid"], gone["sequence"]) == ("CANCELLED", night["uid"], night["sequence"] + 1)
    assert later.events == []
    assert last["last-modified"].dt == NOW + timedelta(days=14)
    with pytest.raises(NotFound):
        read(world, "silver", Scope.PROVIDER, what, EntryKind.BOOKINGS)


@pytest.mark.parametrize(("scope", "what"), [(Scope.PERSON, "me"), (Scope.AGENCY, "ngo")])
def test_what_came_with_a_post_leaves_with_it_whatever_other_post_its_holder_has(
    world: World, scope: Scope, what: str
) -> None:
    assert titles(read(world, "partner", scope, what))
    with world.database.write() as session:
        lead = session.exec(select(Appointment).where(Appointment.person_id == world.people["partner"])).one()
        lead.valid_to = (NOW - timedelta(days=1)).date()
        session.add(lead)
        others = ({"post": Post.PARTNER_LEAD, "agency_id": world.children}, {"post": Post.CELL, "region": "wm"})
        for post in others:
            session.add(Appointment(person_id=world.people["partner"], operation_id=world.operation, **post))

    if scope is Scope.PERSON:
        assert titles(read(world, "partner", scope, what)) == []
    else:
        with pytest.raises(NotFound):
            read(world, "partner", scope, what)


def test_a_post_of_another_operation_shows_nothing_of_this_one(world: World) -> None:
    """The lead's post here ended; the same post in a second operation, and another post here, do not bring it back."""
    with world.database.write() as session:
        first = session.get_one(Operation, world.operation)
        dates = {"starts_on": first.starts_on, "ends_on": first.ends_on}
        second = Operation(code="P9", name="Second", lead_agency_id=first.lead_agency_id, **dates)
        session.add(second)
        session.flush()
        lead = session.exec(select(Appointment).where(Appointment.person_id == world.people["partner"])).one()
        lead.operation_id = second.id
        session.add(lead)
        session.add(Appointment(person_id=lead.person_id, post=Post.LOGGIST, operation_id=world.operation))

    assert titles(read(world, "partner", Scope.PERSON, "me")) == []
    assert titles(read(world, "partner", Scope.AGENCY, "ngo")) == []


def test_the_last_day_of_a_power_moves_with_it_and_the_word_warrant_stands_nowhere(world: World) -> None:
    [before] = read(world, "silver", Scope.FORCE, "force", EntryKind.EXPIRIES).events
    with world.database.write() as session:
        power = session.exec(select(LegalBasis)).one()
        power.expires_on, power.changed_at = date(2026, 12, 24), NOW + timedelta(hours=1)
        session.add(power)

    [after] = read(world, "silver", Scope.FORCE, "force", EntryKind.EXPIRIES).events

    assert (str(after["summary"]), after.start) == ("Due: a last day", date(2026, 12, 24))
    assert (after["uid"], after["sequence"] > before["sequence"]) == (before["uid"], True)
    assert b"arrant" not in after.to_ical()
    with world.desk("silver").writing() as work:
        conduct.defer_action(work, ready.REFERENCE, "The team is elsewhere.")
    assert read(world, "silver", Scope.FORCE, "force", EntryKind.EXPIRIES).events == []


def test_when_a_hold_ends_is_for_who_sees_places_and_for_its_own_provider(world: World) -> None:
    with world.database.write() as session:
        hold = session.exec(select(Hold)).one()
        hold.state, hold.expires_at = "held", NOW + timedelta(hours=30)
        session.add(hold)

    planners = read(world, "silver", Scope.REGION, "wm", EntryKind.HOLDS)
    own = read(world, "provider", Scope.PROVIDER, code_of(world, world.provider), EntryKind.HOLDS)

    assert titles(planners) == titles(own) == ["Due: confirm a hold"]
    assert planners.events[0].start == date(2026, 11, 25)
    with pytest.raises(InputError, match="hold"), world.desk("gold").reading() as look:
        calendar_bytes(look, Scope.FORCE, "force", Choice(frozenset({EntryKind.HOLDS})))


def test_a_busy_calendar_says_when_and_not_a_word_more(world: World) -> None:
    kinds = frozenset({EntryKind.ACTIONS, EntryKind.CONFERENCES, EntryKind.PHASES})
    with world.desk("silver").reading() as look:
        body = calendar_bytes(look, Scope.OPERATION, "OP1", Choice(kinds, Detail.BUSY, alarm=30))
        shown = preview(look, Scope.OPERATION, "OP1", Choice(kinds, Detail.BUSY, alarm=30))

    calendar = Calendar.from_ical(body)
    assert set(titles(calendar)) == {"Busy"}
    assert {each.title for each in shown.entries} == {"Busy"}
    for word in (b"ref=", b"URL", b"CATEGORIES", b"VALARM", b"onference", b"OP1"):
        assert word not in body


def test_an_alarm_stands_before_actions_alone_and_by_ones_own_wish(world: World) -> None:
    kinds = frozenset({EntryKind.ACTIONS})
    with world.desk("silver").reading() as look:
        bodies = [calendar_bytes(look, Scope.FORCE, "force", Choice(kinds, alarm=alarm)) for alarm in (None, 60)]

    assert [body.count(b"BEGIN:VALARM") for body in bodies] == [0, 1]
    assert b"TRIGGER:-PT1H" in bodies[1]


def test_the_preview_shows_the_very_entries_of_the_file_and_to_whom_it_may_go(world: World) -> None:
    with world.desk("silver").reading() as look:
        shown = preview(look, Scope.OPERATION, "OP1", Choice(frozenset({EntryKind.ACTIONS, EntryKind.CONFERENCES})))
    file = read(world, "silver", Scope.OPERATION, "OP1", EntryKind.ACTIONS, EntryKind.CONFERENCES)

    assert sorted(each.title for each in shown.entries) == titles(file)
    assert shown.number == len(file.events)
    assert shown.name == str(file["x-wr-calname"])
    assert shown.marking == str(file["x-planner-marking"]) == "OFFICIAL-SENSITIVE"
    assert "send it to nobody who does not need it" in " ".join(shown.may_go)


def test_series_and_region_hold_what_their_words_say(world: World) -> None:
    group = a_group(world)

    met = read(world, "cell", Scope.SERIES, str(group.id))
    region = read(world, "cell", Scope.REGION, "wm")

    assert set(titles(met)) == {"Case conference"}
    assert "Planned action 1/1" in titles(region)
    with world.database.read() as session:
        assert session.exec(select(Agency).where(col(Agency.code) == "ngo")).one().name not in met.to_ical().decode()
