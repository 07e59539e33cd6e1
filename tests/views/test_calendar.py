"""Calendars by scope: each reader's own, a partner's without a word of which action, a stranger's like none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from sqlmodel import select

from planner.db import Database
from planner.errors import NotFound
from planner.models.conferences import Conference
from planner.models.operations import Action
from planner.outputs.disclosures import disclosures_csv
from planner.rules.calendar_choice import Choice, EntryKind
from planner.rules.words import Exploitation, Marking, PremisesKind
from planner.services import answers, conferences, offers, operations
from planner.services.actions import stand_down
from planner.services.conduct import defer_action
from planner.services.conference_changes import cancel_conference
from planner.services.details import DetailsRequest, set_details
from planner.services.moving import move_action
from planner.services.standing_groups import end_group
from planner.services.strike_days import StrikeDayRequest, leave_strike_day, set_strike_day
from planner.views.calendar import calendar_bytes
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.services.test_operations import AWARENESS
from tests.standing import a_group

TITLES = {"Planned action 1/1", "Case conference"}


@pytest.fixture
def world(database: Database) -> World:
    """One action with a post accepted, another post still asked, and a conference."""
    world = a_world(database)
    an_action(world, calendar_uid="uid-1")
    for role, agency, lead in (("first_responder", "ngo", "partner"), ("medical_lead", "health", "")):
        with world.desk("silver").writing() as work:
            offer = offers.offer_role(work, offers.OfferRequest("WM-0001", role, agency, role)).id or 0
        if lead:
            with world.desk(lead).writing() as work:
                answers.answer_offer(work, offer, accept=True)
    with world.desk("cell").writing() as work:
        until = NOW + timedelta(hours=1)
        conferences.convene(work, conferences.ConveneRequest(("WM-0001",), NOW, until, ("ngo",), "k1"))
    return world


def read(world: World, name: str, scope: str, what: str) -> Calendar:
    with world.desk(name).reading() as look:
        return Calendar.from_ical(calendar_bytes(look, scope, what))


def titles(calendar: Calendar) -> set[str]:
    return {str(item.get("summary")) for item in calendar.walk() if item.name in ("VEVENT", "VTODO")}


@pytest.mark.parametrize(("scope", "what"), [("operation", "OP1"), ("force", "force")])
def test_a_planner_takes_the_operation_and_the_force(world: World, scope: str, what: str) -> None:
    calendar = read(world, "silver", scope, what)

    assert titles(calendar) == TITLES
    assert {str(event.get("url")).rpartition("/")[2] for event in calendar.events} >= {"action?entry=uid-1"}
    assert b"WM-0001" not in calendar.to_ical()


@pytest.mark.parametrize(("scope", "what"), [("person", "me"), ("agency", "ngo")])
def test_a_partner_takes_its_own_and_it_names_no_action(world: World, scope: str, what: str) -> None:
    calendar = read(world, "partner", scope, what)

    assert titles(calendar) == TITLES
    assert "WM-0001" not in calendar.to_ical().decode()
    assert {str(event.get("location", "")) for event in calendar.events} == {""}


@pytest.mark.parametrize(
    ("name", "scope", "what", "page"),
    [("silver", "force", "force", "conferences"), ("partner", "person", "me", "my_part")],
)
def test_a_conference_leads_to_where_its_reader_may_answer(
    world: World, name: str, scope: str, what: str, page: str
) -> None:
    [meeting] = [each for each in read(world, name, scope, what).events if "conference" in str(each["summary"])]

    assert str(meeting["url"]).rpartition("/")[2] == page


def test_what_a_lead_has_yet_to_answer_is_due_in_its_calendar(world: World) -> None:
    assert titles(read(world, "health", "person", "me")) == {"Due: answer an offer"}


@pytest.mark.parametrize(
    ("name", "scope", "what"),
    [
        ("partner", "operation", "OP1"),
        ("partner", "force", "force"),
        ("partner", "agency", "health"),
        ("partner", "person", "silver"),
        ("other_silver", "force", "force"),
        ("stranger", "operation", "OP1"),
    ],
)
def test_what_is_not_ones_own_answers_like_what_does_not_exist(world: World, name: str, scope: str, what: str) -> None:
    with pytest.raises(NotFound) as denied:
        read(world, name, scope, what)
    with pytest.raises(NotFound) as missing:
        read(world, name, scope, "NOWHERE")

    assert str(denied.value) == str(missing.value).replace("NOWHERE", what)


def test_a_deferred_action_is_cancelled_in_the_next_file(world: World) -> None:
    before = read(world, "silver", "force", "force").events
    with world.desk("silver").writing() as work:
        defer_action(work, "WM-0001", "The team is elsewhere.")

    after = read(world, "silver", "force", "force").events

    [old], [new] = (
        [event for event in events if event.get("url", "").endswith("entry=uid-1")] for events in (before, after)
    )
    assert (str(new.get("status")), new.get("uid")) == ("CANCELLED", old.get("uid"))
    assert new.get("sequence") > old.get("sequence")


def own_titles(world: World, at: datetime) -> dict[str, str]:
    """What each action is called in the force's file, by the end of its uid."""
    with world.desk("silver", at).reading() as look:
        found = Calendar.from_ical(calendar_bytes(look, "force", "force", Choice(frozenset({EntryKind.ACTIONS}))))
    return {str(event["uid"])[-1]: str(event["summary"]) for event in found.events}


@pytest.mark.parametrize("call_off", [defer_action, stand_down])
def test_what_is_called_off_is_counted_no_more_and_its_leaving_changes_no_title(
    world: World, call_off: Callable[..., None]
) -> None:
    for number in (2, 3):
        an_action(world, f"WM-000{number}", calendar_uid=f"uid-{number}")
    before = own_titles(world, NOW)
    with world.desk("silver").writing() as work:
        call_off(work, "WM-0002", "The team is elsewhere.")

    kept, gone = (own_titles(world, NOW + timedelta(days=days)) for days in (13, 14))

    assert before == {"1": "Planned action 1/3", "2": "Planned action 2/3", "3": "Planned action 3/3"}
    assert kept == {"1": "Planned action 1/2", "2": "Planned action", "3": "Planned action 2/2"}
    assert gone == {"1": "Planned action 1/2", "3": "Planned action 2/2"}


LATER = NOW + timedelta(days=3)
DETAILS = DetailsRequest(PremisesKind.RESIDENTIAL, 2, Exploitation.UNKNOWN, "Thai", None, None, Marking.OFFICIAL)


def test_what_is_changed_of_a_deferred_action_does_not_keep_it_in_the_calendar(world: World) -> None:
    with world.desk("silver").writing() as work:
        defer_action(work, "WM-0001", "The team is elsewhere.")
    with world.desk("silver", LATER).writing() as work:
        set_details(work, "WM-0001", DETAILS)
    assert own_titles(world, NOW + timedelta(days=13)) == {"1": "Planned action"}
    with world.desk("silver", LATER).writing() as work:
        stand_down(work, "WM-0001", "It will not happen.")

    assert own_titles(world, NOW + timedelta(days=14)) == {}


def test_a_stood_down_action_that_leaves_its_strike_day_goes_when_it_would_have_gone(world: World) -> None:
    with world.desk("cell").writing() as work:
        set_strike_day(work, StrikeDayRequest("OP1", "Strike one", DAWN.date(), ("WM-0001",)))
    with world.desk("silver").writing() as work:
        stand_down(work, "WM-0001", "It will not happen.")
    with world.desk("silver", LATER).writing() as work:
        leave_strike_day(work, "WM-0001")

    assert [own_titles(world, NOW + timedelta(days=days)) for days in (13, 14)] == [{"1": "Planned action"}, {}]


def test_what_is_planned_again_stands_and_what_is_deferred_again_is_kept_anew(world: World) -> None:
    moved = DAWN + timedelta(days=30)
    with world.desk("silver").writing() as work:
        defer_action(work, "WM-0001", "The team is elsewhere.")
    with world.desk("silver", LATER).writing() as work:
        version = work.session.exec(select(Action.version).where(Action.reference == "WM-0001")).one()
        move_action(work, "WM-0001", moved, moved + timedelta(hours=3), version=version)
    assert own_titles(world, NOW + timedelta(days=14)) == {"1": "Planned action 1/1"}
    with world.desk("silver", LATER).writing() as work:
        defer_action(work, "WM-0001", "The team is elsewhere again.")

    found = [own_titles(world, LATER + timedelta(days=days)) for days in (13, 14)]
    assert found == [{"1": "Planned action"}, {}]


def test_a_cancelled_conference_that_is_marked_otherwise_later_goes_when_it_would_have_gone(world: World) -> None:
    with world.desk("cell").writing() as work:
        cancel_conference(work, 1, 1, reason="Nobody can come.")
    with world.desk("silver", LATER).writing() as work:
        set_details(work, "WM-0001", replace(DETAILS, handling="LEGAL"))

    with world.database.read() as session:
        assert session.exec(select(Conference)).one().handling == "LEGAL"
    for days, there in ((13, 1), (14, 0)):
        with world.desk("silver", NOW + timedelta(days=days)).reading() as look:
            meetings = Choice(frozenset({EntryKind.CONFERENCES}))
            found = Calendar.from_ical(calendar_bytes(look, "force", "force", meetings)).events
        assert [str(event["status"]) for event in found] == ["CANCELLED"] * there


def test_a_group_that_ends_before_it_met_is_cancelled_as_a_whole_and_goes_after_14_days(world: World) -> None:
    group = a_group(world)
    [before] = read(world, "cell", "series", str(group.id)).events
    with world.desk("cell").writing() as work:
        end_group(work, group.id, group.version, reason="The campaign is over.")

    found = {}
    for days in (0, 13, 14):
        with world.desk("cell", NOW + timedelta(days=days)).reading() as look:
            found[days] = Calendar.from_ical(calendar_bytes(look, "series", str(group.id))).events
    [gone], later, last = found.values()
    assert (str(gone["status"]), str(gone["transp"]), gone["uid"]) == ("CANCELLED", "TRANSPARENT", before["uid"])
    assert (gone["sequence"], gone["rrule"]) == (before["sequence"] + 1, before["rrule"])
    assert (len(later), last) == (1, [])


def marked(calendar: Calendar) -> set[str]:
    return {str(calendar.get(name)) for name in ("description", "x-wr-caldesc", "x-planner-marking")}


def test_a_file_is_marked_as_high_as_its_highest_entry_with_every_instruction(database: Database) -> None:
    world = a_world(database)
    for reference, marking, handling in (
        ("WM-0001", Marking.OFFICIAL, "PERSONAL DATA"),
        ("WM-0002", Marking.OFFICIAL_SENSITIVE, "RECIPIENTS ONLY"),
    ):
        an_action(world, reference, calendar_uid=reference, marking=marking, handling=handling)
    with world.desk("silver").writing() as work:
        offers.offer_role(work, offers.OfferRequest("WM-0001", "medical_lead", "health", "k"))

    assert marked(read(world, "silver", "force", "force")) == {"OFFICIAL-SENSITIVE - RECIPIENTS ONLY - PERSONAL DATA"}
    assert marked(read(world, "health", "person", "me")) == {"OFFICIAL - PERSONAL DATA"}
    assert marked(read(world, "partner", "person", "me")) == {"OFFICIAL"}


def test_a_conference_is_marked_in_the_calendar_as_its_minutes_are(world: World) -> None:
    with world.database.write() as session:
        conference = session.exec(select(Conference)).one()
        conference.handling = "LEGAL"
        session.add(conference)

    assert marked(read(world, "partner", "agency", "ngo")) == {"OFFICIAL-SENSITIVE - LEGAL"}


def test_a_series_is_marked_as_its_highest_meeting_with_every_instruction(database: Database) -> None:
    world = a_world(database)
    group = a_group(world)
    with world.database.write() as session:
        for row in session.exec(select(Conference)).all():
            row.marking = Marking.OFFICIAL
            session.add(row)
        last = session.get_one(Conference, group.meetings[-1].id)
        last.marking, last.handling = Marking.OFFICIAL_SENSITIVE, "LEGAL"
        session.add(last)

    assert marked(read(world, "cell", "series", str(group.id))) == {"OFFICIAL-SENSITIVE - LEGAL"}


def test_phases_are_marked_as_their_operation(database: Database) -> None:
    world = a_world(database)
    with world.desk("cell").writing() as work:
        operations.set_phases(work, "OP1", [AWARENESS])
        operations.remark_operation(work, "OP1", Marking.OFFICIAL, "EMBARGOED")

    assert marked(read(world, "silver", "operation", "OP1")) == {"OFFICIAL - EMBARGOED"}


def test_with_a_ceiling_of_official_no_file_claims_more(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANNER_CEILING", "OFFICIAL")
    world = a_world(database)
    an_action(world)
    with world.desk("cell").writing() as work:
        until = NOW + timedelta(hours=1)
        conferences.convene(work, conferences.ConveneRequest(("WM-0001",), NOW, until, ("ngo",), "k1"))

    with world.desk("cell").reading() as look:
        files = [calendar_bytes(look, "operation", "OP1"), disclosures_csv(look, "2026-11-01_2026-11-30", "The court")]
    assert [b"SENSITIVE" in body for body in files] == [False, False]
    assert files[1].decode("utf-8-sig").splitlines()[0] == '"OFFICIAL"'
