"""A feed's address, right, wrong, revoked, broken, and however it is asked for: no log, no record, no page has it."""

import logging
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import select

from planner.db import Database, Table
from planner.models.feeds import Feed
from planner.models.records import Notice, RecordLine
from planner.rules.calendar_choice import Scope
from planner.services import feeds
from planner.services.feed_use import MOST_PLACES
from tests.web.test_log import Kept, kept  # noqa: F401  (a fixture)
from tests.web.wire import Wire, a_wire, make


class Way(NamedTuple):
    """How a feed is asked for; the last part of its address is its secret, which may stand elsewhere too."""

    method: str
    rest: str = ".ics"
    headers: tuple[str, ...] = ()


WAYS = (
    Way("GET"),
    Way("HEAD"),
    Way("POST"),
    Way("PROPFIND"),
    Way("GET", ""),
    Way("GET", ".ics?again={token}"),
    Way("GET", ".ics/{token}"),
    Way("GET", ".ics", ("if-none-match", "referer", "user-agent", "cookie")),
)


def ask(wire: Wire, token: str, caller: str) -> list[str]:
    """What is answered to each way, pages and headers alike; a caller who failed often is not listened to."""
    client, said = wire.client(caller), []
    tag = client.get(f"/feeds/{token}.ics").headers.get("etag", "none")
    for way in WAYS:
        headers = {name: tag if name == "if-none-match" else f"planner={token}" for name in way.headers}
        address = f"/feeds/{token}{way.rest.format(token=token)}"
        answer = client.request(way.method, address, headers=headers)
        said.append(f"{answer.status_code} {answer.headers} {answer.text}")
    return said


def recorded(database: Database) -> list[str]:
    """Every line of the record, and all that people are told."""
    with database.read() as session:
        rows: list[Table] = [*session.exec(select(RecordLine)), *session.exec(select(Notice))]
        return [str(row.model_dump()) for row in rows]


def put(database: Database, **changes: str) -> None:
    """Write into every feed what no verb would."""
    with database.write() as session:
        session.execute(sa.update(Feed).values(**changes))


def test_a_feeds_address_reaches_no_log_no_record_and_no_page(database: Database, kept: Kept) -> None:  # noqa: F811
    wire = a_wire(database)
    token = make(wire.world)
    wrong = token[::-1]
    kept.lines.clear()

    said = [*ask(wire, token, "127.0.0.1"), *ask(wire, wrong, "192.0.2.1")]
    put(database, scope="of another version")
    said += ask(wire, token, "192.0.2.2")
    put(database, scope=Scope.FORCE)
    for number in range(MOST_PLACES + 2):  # which is told to the record and to its owner
        wire.client(f"198.51.{number}.7").get(f"/feeds/{token}.ics")
    with wire.world.desk("silver").writing() as work:
        feeds.revoke_feeds(work)
    said += ask(wire, token, "192.0.2.3")

    lines = [line.split() for line in kept.lines if line.startswith("planner.access ")]
    assert len(lines) == 4 * (1 + len(WAYS)) + MOST_PLACES + 2
    assert {line[3] for line in lines} == {"/feeds/…"}
    assert {line[4] for line in lines} == {"200", "304", "404", "500"}
    written = recorded(database)
    assert [len([line for line in written if word in line]) for word in ("networks within", "is over")] == [2, 1]
    assert len([line for line in kept.lines if "Traceback" in line]) > 3
    ours = [line for line in kept.lines if not line.startswith(("httpx", "httpcore"))]
    for secret in (token, wrong, token[:12]):
        assert [text for text in (*ours, *said, *written) if secret in text] == []


def test_what_a_test_keeps_of_the_logs_is_all_of_them(database: Database, kept: Kept) -> None:  # noqa: F811
    token = make(a_wire(database).world)

    for name in ("planner", "planner.access", "uvicorn.access", "uvicorn.error", "asyncio", "streamlit"):
        logging.getLogger(name).warning("fetched %s", f"/feeds/{token}.ics")

    assert len([line for line in kept.lines if token in line]) == 6
