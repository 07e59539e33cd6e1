"""An address that failed too often waits before every route that takes a proof; few are served at once."""

import asyncio
import ipaddress

import httpx
import pytest
from sqlmodel import select
from starlette.types import Receive, Scope, Send

from planner.db import Database
from planner.models.records import RecordLine
from planner.rules.words import Outcome
from planner.web.attempts import AT_ONCE, MOST_FAILURES, WAITING
from planner.web.door import BUSY, Door
from planner.work import Desk
from tests.builders import a_world
from tests.web.site import HERE, apart, app_for, client_on, enter, give_account, settings_for

NAME = "partner"
CODE = "/login/second/code"  # refused without a slow hash where no step is under way
PROOFS = [
    ("POST", "/login"),
    ("POST", "/login/prove"),
    ("POST", "/login/password"),
    ("POST", "/login/second/code"),
    ("POST", "/login/second/key"),
    ("POST", "/login/second/recovery"),
    ("POST", "/login/set-up/code"),
    ("POST", "/login/set-up/key"),
    ("POST", "/login/prove"),
    ("POST", "/login/password"),
    ("POST", "/welcome/" + "x" * 43),
    ("POST", "/setup/account"),
    ("GET", "/login/with/agency"),
    ("GET", "/login/back/agency"),
    ("POST", "/login/ended/agency"),
]


def paused_lines(database: Database) -> list[RecordLine]:
    with database.read() as session:
        lines = session.exec(select(RecordLine).where(RecordLine.object_kind == "address")).all()
        return list(lines)


def test_after_thirty_wrong_passwords_an_address_waits_and_is_told_how_long(database: Database) -> None:
    give_account(a_world(database), NAME)
    app, _ = app_for(database)
    here, there = client_on(app), client_on(app, "192.0.2.7")
    inside = client_on(app)
    assert enter(inside, NAME) == 303

    wrong = [here.post("/login", data={"user": f"nobody {number}", "password": "wrong"}) for number in range(30)]
    paused = here.post("/login", data={"user": NAME, "password": "a long enough password"})

    assert {answer.status_code for answer in wrong} == {401}
    assert (paused.status_code, paused.headers["retry-after"].isdigit()) == (429, True)
    assert "failed 30 times from your address within 10 minutes. Try again in 10 minutes." in paused.text
    assert (here.get("/login").status_code, inside.get("/actions").status_code) == (200, 200)
    assert enter(there, NAME) == 303


@pytest.mark.parametrize(("method", "path"), PROOFS)
def test_a_paused_address_reaches_no_route_that_takes_a_proof(database: Database, method: str, path: str) -> None:
    client = client_on(app_for(database)[0])
    before = client.request(method, path).status_code
    for _ in range(MOST_FAILURES):
        client.post(CODE, data={"answer": "000000"})

    answer = client.request(method, path)

    assert (before != 429, answer.status_code) == (True, 429)
    assert "Threshold</p><h1>Signing in is paused</h1>" in answer.text


def test_an_office_behind_one_address_gets_in_however_many_they_are(database: Database) -> None:
    give_account(a_world(database), NAME)
    client = client_on(app_for(database)[0])

    answers = [enter(client, NAME) for _ in range(MOST_FAILURES + 10)]

    assert set(answers) == {303}


def test_a_pause_is_one_line_of_the_record_without_the_address(database: Database) -> None:
    a_world(database)
    app, _ = app_for(database)
    for caller in ("192.0.2.7", "192.0.2.8"):
        client = client_on(app, caller)
        for _ in range(MOST_FAILURES + 5):
            client.post(CODE, data={"answer": "000000"})

    lines = paused_lines(database)

    assert [(line.verb, line.outcome) for line in lines] == [("sign_in", Outcome.REFUSED)] * 2
    assert len({line.object_ref for line in lines}) == 2
    assert {line.sentence for line in lines} == {
        "Signing in from an address is paused: it failed 30 times in ten minutes."
    }
    assert "192.0.2" not in "".join(f"{line.object_ref}{line.detail}" for line in lines)


def test_the_address_is_the_one_that_a_named_proxy_says_and_a_forged_one_is_not_believed(database: Database) -> None:
    a_world(database)
    proxied = client_on(app_for(database, proxies=(ipaddress.ip_network("127.0.0.1"),))[0])
    direct = client_on(app_for(database)[0])

    def last(client: httpx.Client, forwarded: str) -> int:
        headers = [{"x-forwarded-for": forwarded.format(number)} for number in range(MOST_FAILURES + 1)]
        return [client.post(CODE, data={"answer": "0"}, headers=said).status_code for said in headers][-1]

    assert last(direct, "198.51.100.{}") == 429
    assert last(proxied, "198.51.100.{}") == 401
    assert last(proxied, "203.0.113.{}, 192.0.2.7") == 429


def test_a_few_are_served_at_once_some_wait_and_the_rest_are_told(database: Database) -> None:
    served: list[int] = []
    now = 0

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal now
        now += 1
        served.append(now)
        await asyncio.sleep(0.05)
        now -= 1
        await send({"type": "http.response.start", "status": 303, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def all_at_once() -> list[httpx.Response]:
        transport = httpx.ASGITransport(Door(slow, database=database, settings=settings_for(database)))
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            return await asyncio.gather(*(client.post("/login") for _ in range(AT_ONCE + WAITING + 3)))

    answers = apart(all_at_once())

    told = [answer for answer in answers if answer.status_code == 503]
    assert (len(served), max(served), len(told)) == (AT_ONCE + WAITING, AT_ONCE, 3)
    assert all(BUSY in answer.text and answer.headers["retry-after"] == "5" for answer in told)


def test_who_waits_in_line_is_paused_by_the_failures_of_those_before(database: Database) -> None:
    a_world(database)

    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0)
        await send({"type": "http.response.start", "status": 401, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def all_at_once() -> list[httpx.Response]:
        transport = httpx.ASGITransport(Door(refuse, database=database, settings=settings_for(database)))
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            return await asyncio.gather(*(client.post("/login") for _ in range(AT_ONCE + WAITING)))

    statuses = [answer.status_code for answer in apart(all_at_once())]

    assert MOST_FAILURES <= statuses.count(401) <= MOST_FAILURES + AT_ONCE - 1
    assert statuses.count(429) == len(statuses) - statuses.count(401) > 0


def test_a_sign_in_that_storage_could_not_answer_is_not_held_against_anybody(database: Database) -> None:
    async def unready(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    door = Door(unready, database=database, settings=settings_for(database))

    async def many() -> set[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url=HERE) as client:
            return {(await client.post("/login")).status_code for _ in range(MOST_FAILURES + 1)}

    assert apart(many()) == {503}
    with Desk(database).reading():
        assert paused_lines(database) == []
