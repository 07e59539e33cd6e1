"""No log holds what opens a door: one-time links, queries, cookies, files' names; neither do the traces of errors."""

import logging
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from planner.db import Database
from planner.web.access_log import said_path, write_to_console
from planner.web.app import _middleware
from tests.builders import a_world
from tests.web.site import client_of, client_on, enter, give_account, settings_for

SECRET = "S3cret-" + "k" * 40
NAME = "partner"


class Kept(logging.Handler):
    """Every line of every logger, with its trace."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def kept() -> Iterator[Kept]:
    """All that is logged, at the finest level, by whatever logger there is."""
    write_to_console()
    handler = Kept()
    named = [logging.getLogger(name) for name in ("", *logging.root.manager.loggerDict)]
    loggers = [logger for logger in named if logger.parent is None or not logger.propagate]
    levels = {logger: logger.level for logger in loggers}
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield handler
    for logger, level in levels.items():
        logger.removeHandler(handler)
        logger.setLevel(level)


ADDRESSES = [
    f"/welcome/{SECRET}",
    f"/login?next=/action%3Fref%3D{SECRET}",
    f"/login/with/agency?next=/&link={SECRET}",
    f"/login/back/agency?state={SECRET}&code={SECRET}",
    f"/login/{SECRET}",
    f"/files/calendar/operation/{SECRET}",
    f"/files/disclosures/2026-11-01_2026-11-30/{SECRET}",
    f"/media/{SECRET}.csv",
    f"/feeds/{SECRET}.ics",
    f"/feeds/{SECRET}",
    f"/_stcore/upload_file/{SECRET}/{SECRET}",
    f"/{SECRET}",
    f"/action?ref={SECRET}",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_an_address_holds_reaches_no_log(database: Database, kept: Kept, address: str) -> None:
    give_account(a_world(database), NAME)
    outside, inside = client_of(database), client_of(database)
    enter(inside, NAME)
    kept.lines.clear()

    for client in (outside, inside):
        for method in ("GET", "POST"):
            client.request(method, address, headers={"cookie": f"planner_device={SECRET}"})

    ours = [line for line in kept.lines if line.startswith("planner.access ")]
    assert len(ours) == 4
    # The client of a test logs its own requests, as a browser has a history.
    assert [line for line in kept.lines if SECRET in line and not line.startswith(("httpx", "httpcore"))] == []


def test_a_line_says_who_what_how_it_ended_and_how_long_it_took(database: Database, kept: Kept) -> None:
    give_account(a_world(database), NAME)
    client = client_of(database)
    enter(client, NAME)
    kept.lines.clear()

    client.get("/actions?ref=WM-0001")
    client_of(database).get("/actions")

    first, second = [line.split() for line in kept.lines if line.startswith("planner.access ")]
    assert first[:5] == ["planner.access", "INFO", "GET", "/actions", "200"]
    assert (first[5].isdigit(), first[6:]) == (True, ["ms", "partner"])
    assert (second[3:5], second[7]) == (["/actions", "404"], "-")


PATHS = ("/welcome/{token}", "/login", "/login/back/{name}", "/feeds/{rest:path}")


def broken_site(database: Database) -> Starlette:
    """The site's own middleware round a route whose error repeats all that it was sent."""

    async def broken(request: Request) -> Response:
        try:
            raise ValueError(f"no such link: {request.url} {dict(request.cookies)} {request.query_params!r}")
        except ValueError as error:
            raise RuntimeError(f"at {request.url.path}") from error

    routes = [Route(path, broken, methods=["GET"]) for path in PATHS]
    return Starlette(routes=routes, middleware=_middleware(database, settings_for(database)))


@pytest.mark.parametrize(
    "address",
    [
        f"/welcome/{SECRET}",
        f"/login?next=%2Faction%3Fref%3D{SECRET}",
        f"/login?next={SECRET}&ended={SECRET[:20]}",
        f"/login/back/agency?state={SECRET}",
        f"/feeds/{SECRET}.ics",
    ],
)
def test_an_error_is_a_number_for_the_person_and_a_trace_without_secrets_in_the_log(
    database: Database, kept: Kept, address: str
) -> None:
    client = client_on(broken_site(database))

    answer = client.get(address, headers={"cookie": f"planner={SECRET}; planner_step={SECRET[::-1]}"})

    number = answer.text.partition("Tell the cell this number: ")[2].partition(".")[0]
    trace = next(line for line in kept.lines if f"unexpected error {number} at GET /" in line)
    assert (answer.status_code, len(number)) == (500, 8)
    assert "Traceback" not in answer.text
    assert "RuntimeError" in trace
    assert "in broken" in trace
    ours = "\n".join(line for line in kept.lines if not line.startswith(("httpx", "httpcore")))
    for secret in (SECRET, SECRET[:20], SECRET[::-1]):
        assert secret not in ours


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", "/"),
        ("/action", "/action"),
        ("/login", "/login"),
        ("/login/second/code", "/login/second/code"),
        ("/login/second/other", "/login/second/…"),
        ("/login/back/agency", "/login/back/…"),
        ("/login/other", "/login/…"),
        ("/loginother", "/…"),
        ("/welcome/token", "/welcome/…"),
        ("/files/disclosures/2026/why", "/files/disclosures/…"),
        ("/files/other/x", "/…"),
        ("/media/0.csv", "/media/…"),
        ("/feeds/token.ics", "/feeds/…"),
        ("/_stcore/stream", "/_stcore/stream"),
        ("/_stcore/upload_file/a/b", "/_stcore/upload_file/…"),
        ("/_stcore/other", "/…"),
        ("/actionable", "/…"),
        ("/action/below", "/…"),
        ("/a\nb", "/…"),
        ("", "/…"),
    ],
)
def test_of_a_path_only_what_is_the_same_for_everybody_is_written(path: str, said: str) -> None:
    assert said_path(path) == said
