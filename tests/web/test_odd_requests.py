"""Odd and hostile requests at the door get a plain sentence or the sign-in page, and never a trace of what broke."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from planner.db import Database
from planner.migrations import upgrade
from planner.models.records import RecordLine
from planner.rules.words import Outcome
from planner.services import invitations
from planner.services.sessions import ABSOLUTE
from planner.web.gate import CLAIMED, UNKNOWN
from planner.work import Desk, utc_now
from tests.builders import World, a_world
from tests.web.site import PASSWORD, app_for, client_of, client_on, enter, give_account, session_of

BROWSER = {"accept": "text/html"}
NAME = "partner"
CLAIMS = {
    "x-planner-user": "gold",
    "x-planner-session": "f" * 64,
    "x-forwarded-user": "gold",
    "x-remote-user": "gold",
    "remote-user": "gold",
    "x-auth-request-user": "gold",
    "authorization": "Basic Z29sZDpleGVyY2lzZQ==",
}


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    give_account(world, NAME)
    return world


def refused(database: Database) -> list[str]:
    with database.read() as session:
        lines = select(RecordLine.sentence).where(RecordLine.outcome == Outcome.REFUSED).order_by(RecordLine.number)  # type: ignore[arg-type]
        return list(session.exec(lines))


@pytest.fixture
def elsewhere(tmp_path: Path) -> World:
    """Another installation, with the same people."""
    database = Database(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    upgrade(database)
    world = a_world(database)
    give_account(world, NAME)
    return world


def test_a_session_of_another_installation_opens_nothing_and_is_noted_once(world: World, elsewhere: World) -> None:
    app, _ = app_for(world.database)
    theirs, ours = client_on(app), client_on(app)
    theirs.cookies.set("planner", session_of(elsewhere.database, NAME))
    ours.cookies.set("planner", session_of(world.database, NAME))

    answers = [theirs.get("/my_part", headers=BROWSER) for _ in range(3)]

    assert {answer.headers["location"] for answer in answers} == {"/login?next=%2Fmy_part"}
    assert theirs.get("/my_part").status_code == 404
    assert refused(world.database) == [UNKNOWN]
    assert ours.get("/my_part").status_code == 200


def test_a_session_that_ended_is_led_to_the_sign_in_page_and_is_nothing_to_note(world: World) -> None:
    client = client_of(world.database)
    client.cookies.set("planner", session_of(world.database, NAME, utc_now() - ABSOLUTE - timedelta(minutes=1)))

    assert client.get("/my_part", headers=BROWSER).headers["location"].startswith("/login?next=")
    assert refused(world.database) == []


@pytest.mark.parametrize(("header", "value"), CLAIMS.items(), ids=CLAIMS)
def test_a_header_that_claims_to_be_somebody_is_believed_by_nobody(world: World, header: str, value: str) -> None:
    client = client_of(world.database)

    outside = client.get("/actions", headers={header: value})
    enter(client, NAME)
    inside = client.get("/actions", headers={header: value})

    assert (outside.status_code, inside.json()["x-planner-user"]) == (404, NAME)
    assert refused(world.database) == ([CLAIMED] if header.startswith("x-planner") else [])


@pytest.mark.parametrize(
    "cookie",
    [
        "planner=",
        "planner=" + "A" * 4000,
        'planner="',
        "planner=a\xe9b",
        "planner=a;planner=b",
        "planner=%00",
        "=;=",
        "[]",
    ],
)
def test_an_odd_cookie_is_nobodys(world: World, cookie: str) -> None:
    client = client_of(world.database)

    answer = client.get("/my_part", headers={**BROWSER, "cookie": cookie.encode("latin-1")})  # type: ignore[dict-item]

    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fmy_part")


def test_a_link_that_is_used_expired_or_made_up_is_a_sentence_and_a_line_of_the_record(world: World) -> None:
    with world.desk("provider").reading() as look:
        title = look.actor.name

    def link(at: timedelta) -> str:
        desk = Desk(world.database, world.people["cell"], clock=lambda: utc_now() + at)
        with desk.writing() as work:
            return invitations.invite(work, title, None)

    expired = link(-timedelta(days=4))
    used = link(timedelta())
    form = {"user": "helen", "password": PASSWORD}
    first = client_of(world.database).post(f"/welcome/{used}", data=form)
    answers = [
        client_of(world.database).post(f"/welcome/{token}", data=form | {"user": "other"})
        for token in (used, expired, "A" * 43)
    ]

    assert first.status_code == 303
    assert {answer.status_code for answer in answers} == {410}
    assert all(invitations.NO_LONGER in answer.text for answer in answers)
    assert refused(world.database) == [invitations.NO_LONGER] * 3


FIELDS = {
    "a NUL": b"user=par%00tner&password=x%00y&answer=%00&code=%00&label=%00&next=%00",
    "bytes that are no UTF-8": b"user=%ff%fe&password=%c3%28&answer=%ff&code=%ff&label=%ff&next=%ff",
    "raw bytes": b"user=\xff\xfe\x00&password=\x80&answer=\x80&code=\x80",
    "half a surrogate": b"user=%ed%a0%80&password=%ed%a0%80&answer=%ed%a0%80&code=%ed%a0%80",
    "ten thousand letters": b"&".join(
        name + b"=" + b"A" * 10_000 for name in (b"user", b"password", b"answer", b"code")
    ),
    "a thousand fields": b"&".join(b"f%d=1" % number for number in range(1001)),
    "nothing": b"",
    "the same field twice": b"user=a&user=b&password=a&password=b&answer=a&answer=b&code=a&code=b",
}
PROOFS = (
    *("/login", "/login/second/code", "/login/second/key", "/login/second/recovery"),
    *("/login/set-up/code", "/login/set-up/key", "/welcome/" + "x" * 43, "/setup/account", "/login/remember"),
    *("/login/prove", "/login/password", "/login/codes", "/login/remove/app"),
)
KINDS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "text/plain",
    "",
)
SPOKEN = frozenset({303, 400, 401, 404, 409, 410})


@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS.keys())
def test_odd_fields_are_answered_and_break_nothing(world: World, fields: bytes) -> None:
    app, _ = app_for(world.database)

    answers = [
        client_on(app, f"192.0.2.{number}").post(path, content=fields, headers={"content-type": kind})
        for number, path in enumerate(PROOFS)
        for kind in KINDS
    ]

    assert {answer.status_code for answer in answers} <= SPOKEN
    assert not any("Traceback" in answer.text for answer in answers)
    assert enter(client_on(app), NAME) == 303


@pytest.mark.parametrize("value", ["%00", "%ff", "%ed%a0%80", "A" * 5000, "%0d%0aSet-Cookie:x"])
@pytest.mark.parametrize(
    "path", ["/login?next={}", "/login?ended={}", "/login/with/{}", "/login/back/x?state={}&code={}"]
)
def test_odd_queries_are_answered_and_break_nothing(world: World, path: str, value: str) -> None:
    answer = client_of(world.database).get(path.replace("{}", value))

    assert answer.status_code in {200, 401, 404}
    assert "set-cookie" not in answer.headers


ROUTES = (
    *("/login", "/logout", "/setup", "/setup/account", "/healthz", "/security_key.js", "/watch.js"),
    *("/login/second", "/login/second/code", "/login/set-up", "/login/set-up/key", "/login/add"),
    *("/login/remember", "/login/device", "/login/with/x", "/login/back/x", "/login/ended/x"),
    *("/login/prove", "/login/password", "/login/codes", "/login/remove/app"),
    *("/welcome/" + "x" * 43, "/files/calendar/operation/OP1/usual/why"),
)


@pytest.mark.parametrize("method", ["HEAD", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_other_methods_change_nothing_and_are_answered(world: World, method: str) -> None:
    app, _ = app_for(world.database)
    outside, inside = client_on(app), client_on(app)
    inside.cookies.set("planner", session_of(world.database, NAME))

    answers = [client.request(method, route) for client in (outside, inside) for route in ROUTES]

    asked_by_head = {200, 303, 401, 410} if method == "HEAD" else set()
    assert {answer.status_code for answer in answers} <= {404, 405} | asked_by_head
    assert not any("set-cookie" in answer.headers for answer in answers if answer.status_code in (404, 405))
    assert inside.get("/my_part").status_code == 200
