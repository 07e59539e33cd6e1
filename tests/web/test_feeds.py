"""Feeds over the wire: what a program is given, when it has it already, and that every failure looks the same."""

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from sqlmodel import Session, select

from planner.db import Database
from planner.errors import InputError
from planner.models.accounts import Account
from planner.models.directory import Agency, Appointment, Person
from planner.models.feeds import Feed, FeedUse
from planner.models.operations import Action
from planner.models.records import Notice, RecordLine
from planner.rules.calendar_choice import Scope
from planner.services import answers, conduct, feed_use, feeds, moving, offers
from planner.web.attempts import MOST_FAILURES
from tests.builders import DAWN, NOW, World
from tests.web.wire import Wire, a_wire, make


@pytest.fixture
def wire(database: Database) -> Wire:
    return a_wire(database)


def move(world: World, hours: int) -> datetime:
    """The action begins so many hours after dawn."""
    starts = DAWN + timedelta(hours=hours)
    with world.desk("silver").writing() as work:
        version = work.session.exec(select(Action.version)).one()
        moving.move_action(work, "WM-0001", starts, starts + timedelta(hours=3), version=version)
    return starts


def the_feed(session: Session) -> Feed:
    return session.exec(select(Feed)).one()


def test_a_program_is_given_the_calendar_once_and_then_told_that_it_has_it(wire: Wire) -> None:
    token = make(wire.world)

    first = wire.client().get(f"/feeds/{token}.ics")
    tag = first.headers["etag"]
    again = wire.client().get(f"/feeds/{token}.ics", headers={"if-none-match": tag})
    head = wire.client().head(f"/feeds/{token}.ics")
    anew = wire.client().get(f"/feeds/{token}.ics")

    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert anew.content == first.content
    for answer in (first, again, head):
        assert answer.headers["cache-control"] == "private, no-cache"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-robots-tag"] == "noindex"
        assert "set-cookie" not in answer.headers
    assert b"ATTENDEE" not in first.content
    assert token.encode() not in first.content


def test_what_changes_is_given_anew_and_a_tag_is_never_wrong(wire: Wire) -> None:
    token = make(wire.world)
    client = wire.client()
    tag = client.get(f"/feeds/{token}.ics").headers["etag"]
    move(wire.world, 1)

    moved = client.get(f"/feeds/{token}.ics", headers={"if-none-match": tag})

    assert moved.status_code == 200
    assert moved.headers["etag"] != tag


def test_ten_changes_are_one_entry_that_moved_then_one_cancelled_then_none(wire: Wire) -> None:
    token = make(wire.world)
    [(uid, status, before, _)] = wire.events(token)
    for hour in range(1, 11):
        starts = move(wire.world, hour)
        [(same, _, after, at)] = wire.events(token)
        assert (same, at) == (uid, starts)
        assert after > before
        before = after
    with wire.world.desk("silver").writing() as work:
        conduct.defer_action(work, "WM-0001", "The premises are empty.")
    [(same, cancelled, last, _)] = wire.events(token)
    tag = wire.client().get(f"/feeds/{token}.ics").headers["etag"]
    wire.at = NOW + timedelta(days=14)

    gone = wire.client().get(f"/feeds/{token}.ics", headers={"if-none-match": tag})

    assert (status, same, cancelled) == ("CONFIRMED", uid, "CANCELLED")
    assert last > before
    assert gone.status_code == 200  # nothing was recorded meanwhile: time alone took it out
    assert Calendar.from_ical(gone.content).events == []


def test_who_loses_a_post_loses_its_entries_at_the_next_fetch(wire: Wire) -> None:
    token = make(wire.world)
    assert len(wire.events(token)) == 1
    with wire.world.database.write() as session:
        post = select(Appointment).where(Appointment.person_id == wire.world.people["silver"])
        for row in session.exec(post):
            row.valid_to = NOW.date() - timedelta(days=1)
            session.add(row)

    assert wire.events(token) == []


def test_a_closed_action_leaves_the_feed_of_who_is_not_on_its_list(wire: Wire) -> None:
    token = make(wire.world)
    with wire.world.database.write() as session:
        action = session.exec(select(Action)).one()
        action.compartment = True
        session.add(action)
    wire.feeds._known.clear()

    assert wire.events(token) == []


def test_an_operation_that_stops_feeds_is_in_none(wire: Wire) -> None:
    token, own = make(wire.world), make(wire.world, scope=Scope.PERSON, name="me")
    assert len(wire.events(token)) == 1
    with wire.world.desk("cell").writing() as work:
        feeds.stop_feeds(work, "OP1", "The assessment is over.")

    assert wire.events(token) == wire.events(own) == []


def _revoked(wire: Wire, token: str) -> str:
    with wire.world.database.read() as session:
        number = the_feed(session).id or 0
    with wire.world.desk("silver").writing() as work:
        feeds.revoke_feed(work, number)
    return token


def _expired(wire: Wire, token: str) -> str:
    wire.at = NOW + timedelta(days=31)
    return token


def _closed(wire: Wire, token: str) -> str:
    with wire.world.database.write() as session:
        account = session.exec(select(Account).where(Account.user_name == "silver")).one()
        account.closed_at = NOW
        session.add(account)
    return token


def _left(wire: Wire, token: str) -> str:
    with wire.world.database.write() as session:
        person = session.get_one(Person, wire.world.people["silver"])
        person.active = False
        session.add(person)
    return token


ENDED = {"revoked": _revoked, "expired": _expired, "closed": _closed, "left": _left}


@pytest.mark.parametrize("how", ENDED)
def test_an_ended_feed_is_dead_at_once_and_answers_like_one_that_never_was(wire: Wire, how: str) -> None:
    token = make(wire.world)
    assert wire.client().get(f"/feeds/{token}.ics").status_code == 200
    never = wire.client().get(f"/feeds/{'x' * 43}.ics")

    ended = wire.client().get(f"/feeds/{ENDED[how](wire, token)}.ics")

    assert (ended.status_code, ended.content, ended.headers) == (404, never.content, never.headers)


@pytest.mark.parametrize(
    "rest",
    ["", ".ics", "x" * 43, "x" * 5000, "..%2f..%2fetc%2fpasswd", "a%00b", "%F0%9F%92%A3", "a/b/c.ics", "=1+1", "'--"],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_guess_is_answered_like_every_other(wire: Wire, rest: str, method: str) -> None:
    usual = wire.client().request(method, f"/feeds/{'y' * 43}.ics")

    answer = wire.client().request(method, f"/feeds/{rest}")

    assert (answer.status_code, answer.content, answer.headers) == (404, usual.content, usual.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"])
def test_no_other_method_tells_a_live_address_from_a_dead_one(wire: Wire, method: str) -> None:
    token = make(wire.world)

    live, dead = (wire.client().request(method, f"/feeds/{each}.ics") for each in (token, "z" * 43))

    assert (live.status_code, live.content, live.headers) == (dead.status_code, dead.content, dead.headers)
    assert live.status_code in (403, 404)


def test_whoever_guesses_too_often_is_told_nothing_even_when_right(wire: Wire) -> None:
    token, guesser = make(wire.world), wire.client("203.0.113.9")
    for number in range(MOST_FAILURES):
        assert guesser.get(f"/feeds/guess-{number}.ics").status_code == 404

    assert guesser.get(f"/feeds/{token}.ics").status_code == 404
    assert wire.client("198.51.100.4").get(f"/feeds/{token}.ics").status_code == 200


def test_a_program_that_goes_on_asking_for_an_ended_feed_stops_no_other_behind_its_address(wire: Wire) -> None:
    ended = make(wire.world)
    with wire.world.desk("silver").writing() as work:
        feeds.revoke_feeds(work)
    live, office = make(wire.world), wire.client("203.0.113.9")
    for _ in range(MOST_FAILURES + 1):
        assert office.get(f"/feeds/{ended}.ics").status_code == 404

    assert office.get(f"/feeds/{live}.ics").status_code == 200


@pytest.mark.parametrize("kinds", ["deadlines", "deadlines+expiries"])
def test_no_feed_is_made_that_could_never_show_anything(wire: Wire, kinds: str) -> None:
    with pytest.raises(InputError, match=r"they take no hours\. Nothing is left"):
        make(wire.world, choice=f"{kinds},busy,")

    assert make(wire.world, choice=f"actions+{kinds},busy,")


def test_every_fetch_is_counted_by_place_and_many_places_are_told_once_a_day(wire: Wire) -> None:
    token = make(wire.world)
    for number in range(feed_use.MOST_PLACES + 3):
        assert wire.client(f"198.51.{number}.7").get(f"/feeds/{token}.ics").status_code == 200

    with wire.world.database.read() as session:
        used = session.exec(select(FeedUse)).all()
        lines = session.exec(select(RecordLine.sentence).where(RecordLine.verb == "feed_watch")).all()
        told = session.exec(select(Notice.sentence).where(Notice.person_id == wire.world.people["silver"])).all()
        last = the_feed(session).last_used_at
    assert len(used) == sum(row.fetches for row in used) == feed_use.MOST_PLACES + 3
    assert "198.51" not in "".join(row.place for row in used)
    assert lines == [f"A feed was fetched from {feed_use.MOST_PLACES + 1} networks within a day: force force."]
    assert [sentence for sentence in told if "revoke it" in sentence] != []
    assert last == NOW


def test_a_fetch_after_its_end_stands_in_the_record_once_a_day(wire: Wire) -> None:
    token = _revoked(wire, make(wire.world))
    for _ in range(3):
        assert wire.client().get(f"/feeds/{token}.ics").status_code == 404

    with wire.world.database.read() as session:
        lines = session.exec(select(RecordLine.sentence).where(RecordLine.verb == "feed_watch")).all()
        [use] = session.exec(select(FeedUse)).all()
    assert lines == ["A feed that is over was asked for: force force."]
    assert (use.fetches, use.refused) == (0, 3)


def test_it_stands_there_on_the_day_too_on_which_many_places_were_told(wire: Wire) -> None:
    token = make(wire.world)
    for number in range(feed_use.MOST_PLACES + 1):
        wire.client(f"198.51.{number}.7").get(f"/feeds/{token}.ics")
    _revoked(wire, token)

    assert wire.client().get(f"/feeds/{token}.ics").status_code == 404

    with wire.world.database.read() as session:
        lines = session.exec(select(RecordLine.sentence).where(RecordLine.verb == "feed_watch")).all()
    assert [line.partition(":")[0] for line in lines] == [
        "A feed was fetched from 9 networks within a day",
        "A feed that is over was asked for",
    ]


def test_a_partners_feed_names_no_action_and_no_operation(wire: Wire) -> None:
    world = wire.world
    with world.desk("silver").writing() as work:
        offer = offers.offer_role(work, offers.OfferRequest("WM-0001", "first_responder", "ngo", "k")).id or 0
    with world.desk("partner").writing() as work:
        answers.answer_offer(work, offer, accept=True)
    token = make(world, "partner", Scope.PERSON, "me", choice="actions+conferences+deadlines,busy")

    body = wire.client().get(f"/feeds/{token}.ics").text

    assert "SUMMARY:Busy" in body
    for word in ("WM-0001", "OP1", "Operation", "DPIA", "ngo"):
        assert word not in body


def test_the_secret_is_kept_as_a_digest_and_stands_in_no_record(wire: Wire) -> None:
    token = make(wire.world)

    with wire.world.database.read() as session:
        row = the_feed(session)
        said = " ".join(f"{line.sentence} {line.detail}" for line in session.exec(select(RecordLine)))
        kept = " ".join(str(value) for value in row.model_dump().values())
    assert token not in said + kept
    assert len(token) >= 43  # 256 bits


def test_the_record_never_says_which_care_provider_takes_its_calendar(wire: Wire) -> None:
    with wire.world.database.read() as session:
        code = session.get_one(Agency, wire.world.provider).code
    make(wire.world, "provider", Scope.PROVIDER, code)

    with wire.world.database.read() as session:
        line = session.exec(select(RecordLine).where(RecordLine.verb == "make_feed")).one()
    assert line.object_ref == "provider"
    assert "feed of provider was made" in line.sentence
    assert f"provider {code}" not in line.sentence
