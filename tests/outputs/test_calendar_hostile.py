"""Text stays text: nothing typed into a field becomes a line of the file."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import vobject
from icalendar import Calendar

from planner.outputs.calendar_entries import Mailbox
from planner.outputs.calendar_text import link
from tests.outputs.conftest import Read
from tests.outputs.entries import a_conference, a_file, an_action
from tests.outputs.grammar import names
from tests.outputs.hostile import HOSTILE, INJECTION, hostile_file

ROOT = Path(__file__).parents[2]
KINDS = ["VTIMEZONE", "VEVENT"]
PLAIN = "Room 4 END:VEVENT BEGIN:VEVENT SUMMARY:Raid at dawn ATTENDEE:mailto:x@evil.example"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_adds_or_hides_a_line(text: str) -> None:
    plain = names(hostile_file("plain"))

    hostile = names(hostile_file(text))

    assert hostile == plain


@pytest.mark.parametrize("text", HOSTILE)
def test_no_control_character_reaches_the_file(text: str) -> None:
    body = hostile_file(text).decode()

    left = {c for c in body.replace("\r\n", "") if not c.isprintable()}
    assert left == set()
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))


@pytest.mark.parametrize("text", HOSTILE)
def test_icalendar_and_vobject_still_read_one_event_with_our_title(text: str) -> None:
    body = hostile_file(text)

    read = Calendar.from_ical(body)
    assert [part.name for part in read.subcomponents] == KINDS
    assert [str(event["SUMMARY"]) for event in read.walk("VEVENT")] == ["Case conference"]
    assert [event.summary.value for event in vobject.readOne(body.decode()).vevent_list] == ["Case conference"]


@pytest.mark.node
@pytest.mark.parametrize("text", HOSTILE)
def test_ical_js_still_reads_one_event_with_our_title(ical_js: Read, text: str) -> None:
    read = ical_js(hostile_file(text))

    assert [kind.upper() for kind in read["kinds"]] == KINDS
    assert [event["title"] for event in read["events"]] == ["Case conference"]


@pytest.mark.node
def test_an_injection_comes_through_as_the_text_that_was_typed(ical_js: Read) -> None:
    read = ical_js(hostile_file(INJECTION))

    assert read["name"] == PLAIN
    assert read["events"][0]["location"] == INJECTION.replace("\r\n", "\n")


def test_without_assertions_the_same_bytes_are_written() -> None:
    command = [sys.executable, "-O", "-m", "tests.outputs.hostile"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)

    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b"".join(hostile_file(text) for text in HOSTILE)


def test_a_name_keeps_no_quotes_of_its_own() -> None:
    body = a_file(an_action(organizer=Mailbox(name='The "East" cell; duty', address="east@police.example")))

    assert 'ORGANIZER;CN="The East cell duty":mailto:east@police.example' in body.decode()


@pytest.mark.parametrize("address", ["", "east", "east@police.example\r\nATTENDEE:x", "a b@c", "a@b@c", "a@b\x00"])
def test_what_is_no_mail_address_is_refused(address: str) -> None:
    assert Mailbox(name="East cell", address="east@police.example").address == "east@police.example"
    with pytest.raises(ValueError, match="is not a mail address"):
        Mailbox(name="East cell", address=address)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x", "room 4"])
def test_only_a_web_address_becomes_a_link(url: str) -> None:
    assert link("https://meet.example/a b") == "https://meet.example/a%20b"
    assert link(url) == ""
    assert b"CONFERENCE;" not in a_file(a_conference(join_url=url))


@pytest.mark.parametrize("url", ["https://plan.example/?token=1", "https://me:pw@plan.example/", "https://x/?KEY="])
def test_a_link_that_lets_its_holder_in_is_refused(url: str) -> None:
    assert an_action(url="https://plan.example/?action=1").url == "https://plan.example/?action=1"
    with pytest.raises(ValueError, match="may not let its holder in"):
        an_action(url=url)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="starts_at needs a timezone"):
        an_action(starts_at=datetime(2026, 11, 26, 6))  # noqa: DTZ001


def test_an_entry_without_a_uid_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a uid"):
        an_action(uid=" ")
