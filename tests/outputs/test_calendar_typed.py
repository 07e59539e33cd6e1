"""Ten texts typed into every field there is: what of it reaches a calendar adds no line to any."""

import json
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from planner.errors import InputError, NotFound
from planner.rules.calendar_choice import Scope
from planner.services import feeds, operations
from tests.builders import NOW, World
from tests.outputs.grammar import Said, faults, names, read
from tests.outputs.payloads import TEN, Payload
from tests.outputs.typed import MARK, type_everywhere
from tests.outputs.typed_calendars import MORE, calendars, digest_of
from tests.services.test_operations import AWARENESS
from tests.standing import a_group
from tests.strangers.scene import Scene, allow_feeds, asked, mailed
from tests.web.site import client_of, enter, give_account
from tests.web.wire import Wire

ROOT = Path(__file__).parents[2]
READERS = ("silver", "cell", "partner", "health", "children", "provider")
# What people type stands in these and in no other.
REACHED = {"DESCRIPTION", "X-WR-CALDESC", "X-PLANNER-MARKING", "ATTENDEE"}


@pytest.fixture
def world(staged: tuple[World, Scene]) -> World:
    """Actions, phases, conferences, a group, deadlines, nights; an agency that is invited by mail."""
    world, scene = staged
    mailed(world, asked(world, allow_feeds(world, scene)))
    a_group(world)
    with world.desk("cell").writing() as work:
        operations.set_phases(work, "OP1", [AWARENESS])
    return world


def people_of(world: World) -> dict[str, int]:
    return {name: world.people[name] for name in READERS}


def same(plain: Said, hostile: Said) -> bool:
    """Where nothing was typed, the same; where something was, one value of one property with the same parameters."""
    if MARK in f"{plain.parameters} {plain.value}".lower():
        return plain[:2] == hostile[:2] and [key for key, _ in plain.parameters] == [k for k, _ in hostile.parameters]
    return plain[:1] == hostile[:1] and (plain == hostile or plain[:2] == ("/VCALENDAR", "UID"))


def test_nothing_that_is_typed_adds_a_line_to_any_calendar_with_assertions_or_without(world: World, full: bool) -> None:
    type_everywhere(world.database, MARK, MORE)
    plain = dict(calendars(world.database, people_of(world)))
    reached = {said.name for body in plain.values() for said in read(body) if MARK in str(said).lower()}
    looked_at = []

    assert {what.split()[-1] for what in plain if "invitation" not in what} == {"file", "feed"}
    assert {scope for what in plain for scope in Scope if f" {scope} " in what} == {*Scope}
    assert [what for what in plain if "invitation" in what]
    assert reached == REACHED
    for payload in TEN:
        type_everywhere(world.database, payload.typed, MORE)
        typed = dict(calendars(world.database, people_of(world)))
        assert list(typed) == list(plain)
        for what, body in typed.items():
            assert faults(body) == [], (payload.name, what)
            assert names(body) == names(plain[what]), (payload.name, what)
            pairs = list(zip(read(plain[what]), read(body), strict=True))
            assert [pair for pair in pairs if not same(*pair)] == [], (payload.name, what)
            looked_at.append([payload.name, what, digest_of(body)])
    if full or world.database.is_sqlite:
        assert without_assertions(world) == {"asserts": False, "digests": looked_at}


def without_assertions(world: World) -> object:
    """What a program that runs under `python -O` writes of the same: the library checks by assertions."""
    url = world.database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-O", "-m", "tests.outputs.typed_calendars", url, json.dumps(people_of(world))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_reason_goes_into_the_record_and_into_no_file_and_no_header(world: World) -> None:
    give_account(world, "silver")
    client, counted = client_of(world.database), Counter[int]()
    enter(client, "silver")
    wanted = client.get("/files/calendar/force/force/usual/Why")
    assert wanted.status_code == 200

    for payload in TEN:
        answer = client.get(f"/files/calendar/force/force/usual/{quote(payload.typed, safe='')}")
        counted[answer.status_code] += 1
        assert {*answer.headers} <= {*wanted.headers}, payload.name
        assert not [text for text in (payload.line, payload.typed, "evil") if text in answer.text], payload.name
        if answer.status_code == 200:
            assert names(answer.content) == names(wanted.content), payload.name
            assert answer.headers["content-disposition"] == wanted.headers["content-disposition"], payload.name

    assert set(counted) == {200, 404}  # what nobody can see is no reason, nor is what is very long


def test_what_a_feed_is_called_and_what_for_is_in_no_feed(world: World) -> None:
    give_account(world, "silver")
    client, counted = Wire(world).client(), Counter[str]()

    for payload in TEN:
        for field in ("label", "reason", "name"):
            token = made(world, field, payload)
            counted[f"{field} {'made' if token else 'refused'}"] += 1
            if token:
                body = client.get(f"/feeds/{token}.ics").content
                assert faults(body) == [], payload.name
                assert payload.line[-20:].encode() not in body.replace(b"\r\n ", b""), payload.name

    assert set(counted) == {*(f"{field} {what}" for field in ("label", "reason") for what in ("made", "refused"))} | {
        "name refused"
    }


def made(world: World, field: str, payload: Payload) -> str:
    """The secret of a feed with this text in one field, which is revoked first; nothing where it is refused."""
    typed = payload.typed if world.database.is_sqlite else payload.typed.replace("\0", "")
    request = feeds.FeedRequest(Scope.FORCE, "force", "usual", "Outlook", NOW.date() + timedelta(days=9), "Why")
    with suppress(NotFound), world.desk("silver").writing() as work:
        feeds.revoke_feeds(work)
    with suppress(InputError, NotFound), world.desk("silver").writing() as work:
        return feeds.make_feed(work, replace(request, **{field: typed}))
    return ""
