"""Every calendar that there is, asked for by everybody: what leaves in a file and in a feed, and not a word beside."""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote
from uuid import uuid4

import pytest
from icalendar import Calendar

from planner.errors import NotFound, Refused
from planner.models.feeds import Feed
from planner.rules.calendar_choice import OFFERED, Choice, Detail, EntryKind, Scope
from planner.services import feeds
from planner.services.sessions import hash_of
from tests.builders import NOW, World
from tests.strangers.calendar_stage import Stage, set_calendars
from tests.strangers.calendar_told import EVERY, SEE_CARE, Holds, holds, markings, seat_of, told
from tests.strangers.planted import Told, heard
from tests.strangers.scene import Scene
from tests.web.site import client_of, give_account, session_of
from tests.web.wire import Wire

WHY = "canaryfeedZreasonZ0x"
LABEL = "canaryfeedZlabelZ0x"
MISSING = "canarynothing0x"
UNTIL = NOW.date() + timedelta(days=30)
WITHOUT_OPERATION = ("stranger", "administrator", "administrator (own)")
ENDS = "Due: confirm a hold"


@pytest.fixture
def stage(staged: tuple[World, Scene]) -> Stage:
    return set_calendars(*staged)


def kinds_of(stage: Stage, reader: str, scope: Scope) -> frozenset[EntryKind]:
    """All that a calendar may hold for this reader."""
    seat = seat_of(stage, reader)
    care = scope is Scope.PROVIDER or (seat is not None and seat.post in SEE_CARE)
    return frozenset(kind for kind in OFFERED[scope] if care or kind is not EntryKind.HOLDS)


class Asked(NamedTuple):
    """One calendar as somebody asks for it: whose, by which word, what of it, and what it has for them."""

    reader: str
    scope: Scope
    name: str
    choice: Choice
    holds: Holds | None


def everything(stage: Stage, readers: Iterable[str]) -> Iterator[Asked]:
    """Every calendar asked for by everybody, in both details where it opens."""
    for reader in readers:
        for scope, name in EVERY:
            held, kinds = holds(stage, reader, scope, name), kinds_of(stage, reader, scope)
            for detail in Detail if held is not None else [Detail.NEUTRAL]:
                yield Asked(reader, scope, stage.called(scope, name), Choice(kinds, detail), held)


def readers_of(stage: Stage, *, full: bool) -> tuple[str, ...]:
    """All; at the small size on PostgreSQL one of each post, and of those of another operation one of each kind."""
    if full:
        return stage.readers
    some = tuple(f"{post} (other operation)" for post in ("cell", "partner_lead", "provider_lead"))
    own = [name for name in stage.readers if "(own)" in name or "(" not in name or name in some]
    return (
        tuple(own)
        if not stage.world.database.is_sqlite
        else tuple(name for name in stage.readers if name in own or "other operation" not in name)
    )


def given_away(stage: Stage, body: bytes, asked: Asked) -> set[Told]:
    """The words in a calendar beside its markings, which are those of all its entries; and its numbers are right."""
    text, held = body.decode().replace("\r\n ", ""), asked.holds or Holds()
    titles = Counter(str(event["summary"]) for event in Calendar.from_ical(body).events)
    if asked.choice.detail is Detail.BUSY:
        assert set(titles) <= {"Busy"}, asked
    else:
        assert titles[ENDS] == held.ends, asked
    if held.booked:
        assert titles["Busy"] == len(held.booked), asked
    found = heard(text, stage.planted)
    instructions, due = {each for each in found if each.column == "handling"}, markings(stage, held)
    assert instructions == due or (asked.choice.detail is Detail.BUSY and instructions < due), asked
    return found - instructions


def address(asked: Asked, name: str) -> str:
    return f"/files/calendar/{asked.scope}/{quote(name, safe='')}/{asked.choice.text}/{WHY}"


def sit(stage: Stage, readers: Iterable[str]) -> dict[str, str]:
    """A session's token for each."""
    found = {}
    for number, reader in enumerate(readers):
        stage.world.people[f"seat-{number}"] = stage.world.people[reader]
        give_account(stage.world, f"seat-{number}")
        found[reader] = session_of(stage.world.database, f"seat-{number}")
    return found


def counted_as(asked: Asked) -> str:
    return f"{asked.choice.detail} {asked.scope}" if asked.holds is not None else "closed"


COUNTED = {"closed", *(f"{detail} {scope}" for scope in Scope for detail in Detail)}


def test_no_file_of_any_calendar_tells_a_reader_more_than_is_theirs(stage: Stage, full: bool) -> None:
    readers, counted = readers_of(stage, full=full), Counter[str]()
    client, cookies = client_of(stage.world.database), sit(stage, readers)
    client.headers["cookie"] = f"planner={cookies['partner']}"
    missing = client.get(f"/files/calendar/{Scope.OPERATION}/{MISSING}/usual/{WHY}").content

    for asked in everything(stage, readers):
        client.headers["cookie"] = f"planner={cookies[asked.reader]}"
        answer = client.get(address(asked, asked.name))
        counted[counted_as(asked)] += 1
        if asked.holds is None:
            assert (answer.status_code, answer.content) == (404, missing), asked
            continue
        assert answer.status_code == 200, asked
        due = told(stage, asked.holds, asked.choice.detail)
        assert given_away(stage, answer.content, asked) == due, asked
        assert answer.headers["content-disposition"].endswith("planner.ics"), asked

    print(dict(counted))
    assert set(counted) == COUNTED


def test_no_feed_of_any_calendar_tells_its_owner_more_than_is_theirs(stage: Stage, full: bool) -> None:
    readers, counted = readers_of(stage, full=full), Counter[str]()
    client = Wire(stage.world).client()
    sit(stage, readers)

    for asked, token in chain(opening(stage, readers), closed(stage, readers)):
        answer = client.get(f"/feeds/{token}.ics")
        counted[counted_as(asked)] += 1
        assert answer.status_code == 200, asked
        due = told(stage, asked.holds or Holds(), asked.choice.detail)
        assert given_away(stage, answer.content, asked) == due, asked

    print(dict(counted))
    assert set(counted) == COUNTED


def test_of_a_calendar_that_is_not_theirs_nobody_makes_a_feed(stage: Stage, full: bool) -> None:
    """At the small size of one calendar a scope."""
    tried: set[tuple[str, Scope]] = set()

    for asked in everything(stage, readers_of(stage, full=full)):
        if asked.holds is not None or (not full and (asked.reader, asked.scope) in tried):
            continue
        tried.add((asked.reader, asked.scope))
        assert refusal(stage, asked, asked.name) == refusal(stage, asked, MISSING), asked

    print(len(tried))
    assert {scope for _, scope in tried} == {*Scope} - {Scope.PERSON}


def opening(stage: Stage, readers: Iterable[str]) -> Iterator[tuple[Asked, str]]:
    """A feed of each calendar that opens, by the verb, and revoked when it was looked at."""
    for asked in everything(stage, readers):
        if asked.holds is not None and asked.reader not in WITHOUT_OPERATION:
            yield asked, make(stage, asked, asked.name)
            with stage.world.desk(asked.reader).writing() as work:
                feeds.revoke_feeds(work)


def closed(stage: Stage, readers: Iterable[str]) -> Iterator[tuple[Asked, str]]:
    """A feed of each other calendar, as if it had been made while it was open."""
    made, rows = [], []
    for asked in everything(stage, readers):
        if asked.holds is None or asked.reader in WITHOUT_OPERATION:
            made.append((asked, secrets.token_urlsafe(32)))
            row = Feed(
                person_id=stage.world.people[asked.reader],
                scope=asked.scope,
                name=asked.name,
                choice=asked.choice.text,
                label=LABEL,
                reason=WHY,
                token_hash=hash_of(made[-1][1]),
                calendar_uid=str(uuid4()),
                made_at=NOW,
                expires_on=UNTIL,
            )
            rows.append(row)
    with stage.world.database.write() as session:
        session.add_all(rows)
    yield from made


def make(stage: Stage, asked: Asked, name: str) -> str:
    request = feeds.FeedRequest(asked.scope, name, asked.choice.text, LABEL, UNTIL, WHY)
    with stage.world.desk(asked.reader).writing() as work:
        return feeds.make_feed(work, request)


def refusal(stage: Stage, asked: Asked, name: str) -> str:
    with pytest.raises((NotFound, Refused)) as refused:
        make(stage, asked, name)
    return str(refused.value).replace(f"{asked.scope} {name}", str(asked.scope))
