"""An invitation as a file is for its own agency and for planners who see the conference; to others it is missing."""

import contextlib
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlmodel import select

from planner.db import Database
from planner.errors import NotFound
from planner.inputs.replies import read_incoming
from planner.models.conferences import Attendance
from planner.services.compartments import close_to
from planner.services.conference_changes import cancel_conference
from planner.services.conference_replies import take_reply
from planner.services.conferences import ConveneRequest, convene
from planner.services.mailboxes import set_agency_mailbox
from planner.views.conference_mail import answers, findings
from planner.views.invitation_files import invitation_file
from planner.work import Desk
from tests.builders import NOW, World, a_world, an_action
from tests.replies import HEALTH, a_letter

AT = NOW + timedelta(hours=8)


@pytest.fixture
def world(database: Database) -> World:
    """Health, which has a mailbox, and a care provider are invited to a conference; the NGO is not."""
    world = a_world(database)
    an_action(world)
    with world.desk("cell").writing() as work:
        set_agency_mailbox(work, "health", HEALTH)
    with world.desk("cell").writing() as work:
        convene(work, ConveneRequest(("WM-0001",), AT, AT + timedelta(hours=1), ("health", "provider"), "k1"))
    return world


def seat(world: World, agency_id: int | None = None) -> int:
    with world.database.read() as session:
        query = select(Attendance.id)
        query = query.where(Attendance.agency_id == agency_id) if agency_id else query
        return session.exec(query).first() or 0


def opens(world: World, name: str, scope: str, number: int | str) -> bool:
    with world.desk(name).reading() as look, contextlib.suppress(NotFound):
        return bool(invitation_file(look, scope, str(number)))
    return False


def test_an_invitation_opens_to_its_agency_and_to_who_sees_the_conference(world: World) -> None:
    everybody = ("health", "partner", "children", "silver", "cell", "care_lead", "other_silver", "gold", "stranger")

    mine = [name for name in everybody if opens(world, name, "mine", 1)]
    seats = [name for name in everybody if opens(world, name, "seat", seat(world))]

    assert mine == ["health"]
    assert seats == ["silver", "cell", "care_lead", "gold"]


def test_a_providers_invitation_is_for_who_may_know_its_name(world: World) -> None:
    number = seat(world, world.provider)

    assert [name for name in ("silver", "cell", "care_lead", "gold") if opens(world, name, "seat", number)] == [
        "cell",
        "care_lead",
    ]


def test_a_closed_action_hides_the_answers_the_replies_and_the_invitation(world: World) -> None:
    with Desk(world.database, clock=lambda: NOW).writing() as work:
        letter = a_letter("stranger@example.org", uid=_uid(world))
        take_reply(work, read_incoming(letter))
    with world.desk("silver").reading() as look:
        before = (len(answers(look, 1)), len(findings(look, 1)))
    with world.desk("gold").writing() as work:
        close_to(work, "WM-0001", [])

    with world.desk("silver").reading() as look:
        after = (answers(look, 1), findings(look, 1))
    assert before == (2, 1)
    assert after == ((), ())
    assert not opens(world, "silver", "seat", seat(world))


def _uid(world: World) -> str:
    with world.desk("health").reading() as look:
        (event,) = Calendar.from_ical(invitation_file(look, "mine", "1")).walk("VEVENT")
    return str(event["UID"])


def test_the_file_holds_what_the_mail_holds_and_ends_with_the_conference(world: World) -> None:
    with world.desk("health").reading() as look:
        body = invitation_file(look, "mine", "1")
    calendar = Calendar.from_ical(body)
    (event,) = calendar.walk("VEVENT")
    with world.desk("cell").writing() as work:
        cancel_conference(work, 1, 1, reason="No longer needed.")

    assert (str(calendar["METHOD"]), str(event["ATTENDEE"])) == ("REQUEST", f"mailto:{HEALTH}")
    assert (event["SEQUENCE"], event["DTSTART"].dt) == (0, AT)
    assert not [word for word in ("WM-0001", "Operation One", "Provider") if word in body.decode()]
    assert not opens(world, "health", "mine", 1)


@pytest.mark.parametrize(
    ("scope", "name"),
    [("mine", "0"), ("mine", "x"), ("mine", "9" * 30), ("seat", "²"), ("seat", "-1"), ("other", "1"), ("", "")],
)
def test_odd_names_of_invitations_are_missing(world: World, scope: str, name: str) -> None:
    assert not opens(world, "cell", scope, name)
    assert opens(world, "cell", "seat", seat(world))


def test_replies_that_belong_to_no_conference_are_for_who_reads_the_record(world: World) -> None:
    with Desk(world.database, clock=lambda: NOW).writing() as work:
        take_reply(work, read_incoming(b"From: a@example.org\n\nI come.\n"))

    seen = []
    for name in ("silver", "cell", "gold", "health"):
        with world.desk(name).reading() as look:
            seen += [name] if findings(look) else []
    assert seen == ["cell"]
