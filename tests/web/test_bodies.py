"""What is sent to our own routes is read to its end or cut off: by its size, announced or not, and by its time."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.types import Message, Receive, Scope, Send

from planner.db import Database
from planner.web.bodies import MOST_BYTES, TOO_MUCH, TOO_SLOW, Bodies
from tests.builders import a_world
from tests.web.site import apart, client_of, enter, give_account

FORM = "application/x-www-form-urlencoded"
BLOCK = b"a" * 16_384


def in_pieces(many: int, sent: list[int]) -> Iterator[bytes]:
    """A body without a length; `sent` counts how many pieces were asked for."""
    yield b"user=partner&password="
    for number in range(many):
        sent.append(number)
        yield BLOCK


@pytest.mark.parametrize("path", ["/login", "/welcome/" + "x" * 43, "/login/second/key", "/setup", "/nonsense"])
def test_too_large_a_form_is_refused_whether_its_length_is_announced_or_not(database: Database, path: str) -> None:
    client = client_of(database)
    kind = {"content-type": FORM}

    announced = client.post(path, content=b"user=" + b"a" * MOST_BYTES, headers=kind)
    in_chunks = client.post(path, content=in_pieces(8, []), headers=kind)

    for answer in (announced, in_chunks):
        assert (answer.status_code, answer.headers["connection"]) == (413, "close")
        assert TOO_MUCH in answer.text


def test_a_form_just_below_the_limit_is_read(database: Database) -> None:
    give_account(a_world(database), "partner")
    client = client_of(database)

    answer = client.post("/login", data={"user": "partner", "password": "x" * (MOST_BYTES - 100)})

    assert answer.status_code == 401
    assert enter(client, "partner") == 303


def served(messages: list[Message], *, length: bytes = b"", patience_seconds: float = 5) -> tuple[list[Message], int]:
    """What is answered, and how many of the sender's messages were taken, before an app that must not be reached."""
    answers: list[Message] = []
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        if taken == len(messages):
            await asyncio.Event().wait()
        taken += 1
        return messages[taken - 1]

    async def send(message: Message) -> None:
        answers.append(message)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("reached")

    headers = [(b"content-length", length)] if length else []
    scope = {"type": "http", "method": "POST", "path": "/login", "query_string": b"", "headers": headers}
    apart(Bodies(app, patience_seconds=patience_seconds)(scope, receive, send))
    return answers, taken


def piece(body: bytes) -> Message:
    return {"type": "http.request", "body": body, "more_body": True}


def test_half_a_gigabyte_is_cut_off_before_it_is_read() -> None:
    announced, read = served([piece(BLOCK)] * 100, length=b"500000000")
    assert (announced[0]["status"], read) == (413, 0)

    in_chunks, read = served([piece(BLOCK)] * 100)
    assert (in_chunks[0]["status"], read) == (413, MOST_BYTES // len(BLOCK) + 1)


def test_who_sends_slowly_is_cut_off_in_a_sentence() -> None:
    answers, _ = served([piece(b"user=")], patience_seconds=0.05)

    assert answers[0]["status"] == 408
    assert TOO_SLOW.encode() in answers[1]["body"]


def test_who_goes_away_in_the_middle_is_not_served() -> None:
    answers, _ = served([piece(b"user="), {"type": "http.disconnect"}])

    assert answers == []


@pytest.mark.parametrize("length", [b"9" * 5000, b"-1", b"many", "²".encode()])
def test_a_length_that_is_none_is_refused(length: bytes) -> None:
    answers, read = served([piece(b"user=")], length=length)

    assert (answers[0]["status"], read) == (413, 0)
