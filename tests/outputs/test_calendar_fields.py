"""Ten texts in every field that takes one, one field at a time: each stays the text it is, in files and in feeds."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest

from planner.outputs.calendar import calendar_feed
from planner.outputs.calendar_entries import Entry, Mailbox
from planner.outputs.invitations import Invitation, invitation_calendar
from planner.rules.invitation_words import MailMethod
from planner.rules.markings import Marked
from planner.rules.words import Marking
from tests.outputs.entries import (
    CELL,
    CHANGED,
    DAWN,
    NOW,
    a_care_booking,
    a_conference,
    a_deadline,
    a_file,
    a_phase,
    an_action,
)
from tests.outputs.grammar import Said, faults, names, read
from tests.outputs.payloads import TEN, Payload

PLAIN = "plainly"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Make = Callable[[str], bytes]
AN_INVITATION = Invitation(
    uid="invitation-uid",
    sequence=1,
    method=MailMethod.REQUEST,
    starts_at=DAWN,
    ends_at=DAWN,
    written_at=CHANGED,
    organizer=CELL,
    invited=CELL,
    url="https://plan.example/my_part",
)
ENTRIES: dict[str, Callable[..., Entry]] = {
    "action": lambda **changes: an_action(**({"alarm_minutes": 30} | changes)),
    "conference": a_conference,
    "booking": a_care_booking,
    "phase": a_phase,
    "deadline": a_deadline,
}
# What every entry has, as a text may come into it; then what one kind alone has.
OF_ALL: dict[str, Callable[[str], Any]] = {
    "uid": lambda text: text,
    "organizer": lambda text: Mailbox(name=text, address="east.cell@police.example"),
    "url": lambda text: f"https://plan.example/{text}",
    "marked": lambda text: Marked(Marking.OFFICIAL, text),
}
OF_ONE: dict[tuple[str, str], Callable[[str], Any]] = {
    ("conference", "room"): lambda text: text,
    ("conference", "join_url"): lambda text: f"https://meet.example/{text}",
    ("deadline", "action_uid"): lambda text: text,
}
OF_A_FILE = ("name",)
OF_AN_INVITATION = ("uid", "organizer", "invited", "url")


def a_feed(*entries: Entry, **changes: Any) -> bytes:
    given: dict[str, Any] = {"uid": "feed-uid", "name": "Planner: my entries", "opened_at": CHANGED, "now": NOW}
    return calendar_feed(entries, **(given | changes))


def _places() -> dict[str, Make]:
    """Every field by name, each with what makes a calendar of a text in it."""
    found: dict[str, Make] = {}
    fields = [(kind, name, put) for kind in ENTRIES for name, put in OF_ALL.items()]
    fields += [(kind, name, put) for (kind, name), put in OF_ONE.items()]
    for kind, name, put in fields:
        for way in (a_file, a_feed):
            found[f"{way.__name__}: {kind}: {name}"] = _of_entry(way, kind, name, put)
    for name in OF_A_FILE:
        found[f"a_file: {name}"] = _of_calendar(a_file, name)
    for name in ("name", "uid"):
        found[f"a_feed: {name}"] = _of_calendar(a_feed, name)
    for name in OF_AN_INVITATION:
        found[f"an invitation: {name}"] = _of_invitation(name)
    return found


def _of_entry(way: Callable[..., bytes], kind: str, name: str, put: Callable[[str], Any]) -> Make:
    return lambda text: way(ENTRIES[kind](**{name: put(text)}))


def _of_calendar(way: Callable[..., bytes], name: str) -> Make:
    return lambda text: way(a_conference(), **{name: text})


def _of_invitation(name: str) -> Make:
    put = OF_ALL["organizer" if name == "invited" else name]
    return lambda text: invitation_calendar(replace(AN_INVITATION, **{name: put(text)}))


PLACES = _places()


def expected(said: Said, payload: Payload) -> Said:
    """A property as it is read with the payload in place of the plain word."""
    said = unquoted(said)
    parameters = tuple((key, _put(value, payload.in_name)) for key, value in said.parameters)
    if said.name in ("URL", "CONFERENCE"):
        return said._replace(parameters=parameters, value=_put(said.value, payload.in_address))
    text = payload.lines if said.name == "LOCATION" else payload.line
    return said._replace(parameters=parameters, value=_put(said.value, text))


def _put(value: str, text: str) -> str:
    """A handling instruction is in capitals."""
    return value.replace(PLAIN, text).replace(PLAIN.upper(), re.sub(r"\s+", " ", text).upper())


def unquoted(said: Said) -> Said:
    """A file's own identity is a digest of its name and of who made it."""
    if said[:2] == ("/VCALENDAR", "UID") and UUID.fullmatch(said.value):
        return said._replace(value="")
    return said._replace(value=unquote(said.value)) if said.name in ("URL", "CONFERENCE") else said


def test_every_field_of_a_calendar_is_among_them() -> None:
    typed = {field for entry in (*(make() for make in ENTRIES.values()),) for field in _texts(entry)}

    assert typed == {*OF_ALL, *(name for _, name in OF_ONE)}
    assert len(PLACES) * len(TEN) == 10 * (2 * (5 * 4 + 3) + 1 + 2 + 4)


def _texts(entry: Entry) -> set[str]:
    """The fields of an entry that hold a text, a mailbox or a marking."""
    closed = ("what",)
    held = {name: getattr(entry, name) for name in entry.__dataclass_fields__ if name not in closed}
    return {name for name, value in held.items() if isinstance(value, str | Mailbox | Marked)}


@pytest.mark.parametrize("place", PLACES)
def test_a_text_is_read_again_as_the_text_it_is(place: str) -> None:
    plain = PLACES[place](PLAIN)
    assert any(PLAIN in each.lower() for said in read(plain) for each in (said.value, str(said.parameters))) or (
        "booking: url" in place  # which is not shown
    )

    for payload in TEN:
        hostile = PLACES[place](payload.typed)
        assert faults(hostile) == [], payload.name
        assert names(hostile) == names(plain), payload.name
        there = [expected(said, payload) for said in read(plain)]
        assert [unquoted(said) for said in read(hostile)] == there, payload.name
