"""The server as it runs: its headers on every kind of answer, uploads, downloads, and what its log holds of them."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from planner.rules.calendar_choice import USUAL, Scope
from planner.services import feeds
from planner.web.bodies import MOST_BYTES
from planner.work import utc_now
from tests.web.running import Running, Seat, running, seated
from tests.web.site import client_of
from tests.web.test_odd_requests import ROUTES

MEGABYTE = 1024 * 1024
MOST_UPLOADED = 10 * MEGABYTE  # server.maxUploadSize
SCRIPTS = "script-src "
HEADERS = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
    "strict-transport-security": "max-age=31536000",
}
IMPORT = "tab=Import+a+spreadsheet"
BROWSER = {"accept": "text/html"}
KEPT = {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}
PAUSED = {"x-forwarded-for": "192.0.2.66"}
LINK = "/welcome/" + "k" * 43


class Ask(NamedTuple):
    """What is asked for, by whom, and with which status it is answered."""

    what: str
    status: int
    method: str
    path: str
    by: str = ""
    headers: dict[str, str] = {}  # noqa: RUF012
    body: bytes = b""


ASKS = (
    Ask("a page", 200, "GET", "/actions", "cell", BROWSER),
    Ask("the first page", 200, "GET", "/", "cell", BROWSER),
    Ask("a page, signed out", 303, "GET", "/actions", "", BROWSER),
    Ask("a page that another app has left here", 200, "GET", "/", "cell", BROWSER | KEPT),
    Ask("part of a page", 200, "GET", "/actions", "cell", BROWSER | {"range": "bytes=0-9"}),
    Ask("a deeper address", 303, "GET", "/a/b", "cell", BROWSER),
    Ask("the sign-in page", 200, "GET", "/login"),
    Ask("a wrong password", 401, "POST", "/login", "", {}, b"user=nobody&password=wrong"),
    Ask("a form from another site", 403, "POST", "/login", "", {"origin": "https://evil.example"}),
    Ask("a link that is good no longer", 410, "GET", LINK),
    Ask("a step that is over", 401, "GET", "/login/second"),
    Ask("signing out", 303, "POST", "/logout"),
    Ask("a link that would sign out", 200, "GET", "/logout"),
    Ask("the health of the server", 200, "GET", "/healthz"),
    Ask("our script", 200, "GET", "/watch.js", "cell"),
    Ask("a download", 200, "GET", "/files/calendar/operation/OP1/usual/why", "cell"),
    Ask("a download that is missing", 404, "GET", "/files/calendar/operation/NONE/usual/why", "cell"),
    Ask("a download, signed out", 404, "GET", "/files/calendar/operation/OP1/usual/why"),
    Ask("a file that a page offers", 200, "GET", "{media}", "cell"),
    Ask("part of a file that a page offers", 206, "GET", "{media}", "cell", {"range": "bytes=0-9"}),
    Ask("a file that no page offers", 404, "GET", "/media/none.csv", "cell"),
    Ask("a file that a page offers, signed out", 404, "GET", "{media}"),
    Ask("the framework's settings", 200, "GET", "/_stcore/host-config", "cell"),
    Ask("the framework's health", 200, "GET", "/_stcore/health"),
    Ask("what is closed to all", 404, "GET", "/_stcore/metrics", "cell"),
    Ask("an upload without its proof", 403, "PUT", "/_stcore/upload_file/{seat}/f", "cell"),
    Ask("an upload, signed out", 404, "PUT", "/_stcore/upload_file/{seat}/f"),
    Ask("a path with a way up", 400, "GET", "/media/..%2f..%2fplanner.db", "cell"),
    Ask("nothing, signed out", 404, "GET", "/nothing"),
    Ask("a method that a route has not", 405, "PUT", "/login"),
    Ask("too large a form", 413, "POST", "/login", "", {}, b"a" * (MOST_BYTES + 1)),
    Ask("an address that waits", 429, "POST", "/login", "", PAUSED),
    Ask("another site's name for this one", 400, "GET", "/login", "", {"host": "evil.example"}),
    Ask("what breaks", 500, "GET", LINK + "broken"),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("running"), ("cell", "stranger")) as found:
        yield found


@pytest.fixture(scope="module")
def cookie(server: Running) -> dict[str, str]:
    return server.cookie("cell")


@pytest.fixture(scope="module")
def seat(server: Running, cookie: dict[str, str]) -> Iterator[Seat]:
    """The directory, open where a spreadsheet is imported: its templates are the files that a page offers."""
    with seated(server, cookie) as found:
        yield found.open("directory", IMPORT)


def answered(server: Running, cookie: dict[str, str], seat: Seat, ask: Ask) -> httpx.Response:
    path = ask.path.format(media=seat.media[0], seat=seat.number)
    headers = {**(cookie if ask.by else {}), **ask.headers}
    if ask.body:
        headers["content-type"] = "application/x-www-form-urlencoded"
    if ask.status == 429:
        for _ in range(30):
            server.asks.post("/login/second/code", headers=PAUSED)
    if ask.status != 500:
        return server.asks.request(ask.method, path, headers=headers, content=ask.body)
    with server.without_table("invitation"):
        return server.asks.request(ask.method, path, headers=headers)


def scripts_of(policy: str) -> list[str]:
    """What may run, of a Content-Security-Policy."""
    return next(part.strip()[len(SCRIPTS) :].split() for part in policy.split(";") if part.strip().startswith(SCRIPTS))


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.what)
def test_every_answer_carries_the_six_headers_once(
    server: Running, cookie: dict[str, str], seat: Seat, ask: Ask
) -> None:
    answer = answered(server, cookie, seat, ask)

    policies = answer.headers.get_list("content-security-policy")
    assert answer.status_code == ask.status
    assert {name: answer.headers.get_list(name) for name in HEADERS} == {name: [kept] for name, kept in HEADERS.items()}
    assert len(policies) == 1
    assert [word for word in scripts_of(policies[0]) if word != "'self'" and not word.startswith("'sha256-")] == []
    assert "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'" in policies[0]


def test_the_frameworks_published_files_may_be_kept_by_a_browser_and_carry_the_others(server: Running) -> None:
    page = server.asks.get("/_stcore/health")
    script = server.asks.get("/static/js/" + _a_script())

    assert page.headers["cache-control"] == "no-store"
    assert (script.status_code, "no-store" in script.headers.get("cache-control", "")) == (200, False)
    others = {name: kept for name, kept in HEADERS.items() if name != "cache-control"}
    assert {name: script.headers.get(name) for name in others} == others


def _a_script() -> str:
    import streamlit

    return next((Path(streamlit.__file__).parent / "static" / "static" / "js").glob("index*.js")).name


def test_only_behind_tls_does_a_browser_learn_never_to_come_without_it(server: Running) -> None:
    bare = client_of(server.world.database).get("/login")
    behind = client_of(server.world.database, public_url="https://plan.example.org").get("/login")

    assert "strict-transport-security" not in bare.headers
    assert behind.headers["strict-transport-security"] == HEADERS["strict-transport-security"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_answered_on_every_route_and_change_nothing(
    server: Running, cookie: dict[str, str], method: str
) -> None:
    answers = [server.asks.request(method, path, headers=who) for path in ROUTES for who in ({}, cookie)]

    assert {answer.status_code for answer in answers} <= {404, 405}
    assert not any("set-cookie" in answer.headers for answer in answers)
    assert server.asks.get("/actions", headers=cookie).status_code == 200


def proof(server: Running, cookie: dict[str, str]) -> dict[str, str]:
    """What a browser sends with an upload: its session, and Streamlit's own cookie said twice."""
    xsrf = server.asks.get("/_stcore/health", headers=cookie).cookies["_streamlit_xsrf"]
    return {"cookie": f"{cookie['cookie']}; _streamlit_xsrf={xsrf}", "x-xsrftoken": xsrf}


def in_pieces(megabytes: int) -> Iterator[bytes]:
    yield b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
    for _ in range(megabytes):
        yield b"a" * MEGABYTE
    yield b"\r\n--x--\r\n"


def peak_kilobytes(server: Running) -> int:
    """The most memory that the server's process has held (Linux)."""
    port = server.address.rpartition(":")[2].encode()
    for found in Path("/proc").glob("[0-9]*"):
        words = (found / "cmdline").read_bytes().split(b"\0") if os.access(found / "cmdline", os.R_OK) else []
        if port in words and b"streamlit" in words:
            said = (found / "status").read_text("utf-8").partition("VmHWM:")[2].split()[0]
            return int(said)
    raise AssertionError("the server's process was not found")


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "in chunks"])
def test_an_upload_above_the_limit_is_refused_by_the_server_without_filling_its_memory(
    server: Running, cookie: dict[str, str], seat: Seat, announced: bool
) -> None:
    path, kind = f"/_stcore/upload_file/{seat.number}/f", {"content-type": "multipart/form-data; boundary=x"}
    headers = proof(server, cookie) | kind
    small = server.asks.put(path, headers=headers, content=in_pieces(1))
    before = peak_kilobytes(server)

    size = {"content-length": str(sum(len(piece) for piece in in_pieces(200)))} if announced else {}
    status = 0
    try:
        status = server.asks.put(path, headers=headers | size, content=in_pieces(200)).status_code
    except httpx.WriteError:  # cut off while it was still sending
        status = 413

    assert (small.status_code, status) == (204, 413)
    assert peak_kilobytes(server) - before < 60 * 1024
    assert server.asks.put(path, headers=headers, content=in_pieces(1)).status_code == 204


def test_an_upload_needs_a_session_and_an_open_page(server: Running, cookie: dict[str, str], seat: Seat) -> None:
    kind = {"content-type": "multipart/form-data; boundary=x"}
    path = "/_stcore/upload_file/{}/f"
    sent = proof(server, cookie)
    without_session = sent | {"cookie": sent["cookie"].partition("; ")[2]}

    def upload(headers: dict[str, str], number: str) -> int:
        return server.asks.put(path.format(number), headers=headers | kind, content=in_pieces(0)).status_code

    assert upload(sent, seat.number) == 204
    assert upload(without_session, seat.number) == 404
    assert upload(sent, "no-such-page") == 400


def test_half_a_gigabyte_at_the_sign_in_page_is_cut_off(server: Running) -> None:
    before = peak_kilobytes(server)

    try:
        status = server.asks.post("/login", content=in_pieces(500)).status_code
    except (httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError):
        status = 413

    assert status == 413
    assert peak_kilobytes(server) - before < 20 * 1024
    assert server.asks.get("/login").status_code == 200


def test_a_file_is_for_whoever_may_have_it_while_their_session_lives(server: Running) -> None:
    mine, theirs = server.cookie("cell"), server.cookie("stranger")
    path = "/files/calendar/operation/OP1/usual/why"

    first, again = (server.asks.get(path, headers=mine) for _ in range(2))
    refused = {server.asks.get(path, headers=who).status_code for who in ({}, theirs)}
    server.asks.post("/logout", headers=mine)

    assert (first.status_code, again.status_code, refused) == (200, 200, {404})
    assert server.asks.get(path, headers=mine).status_code == 404


def test_what_a_page_offers_is_gone_with_the_session(server: Running) -> None:
    mine = server.cookie("cell")
    with seated(server, mine) as seat:
        offered = seat.open("directory", IMPORT).media[0]
        there = server.asks.get(offered, headers=mine).status_code
        server.asks.post("/logout", headers=mine)

        assert (there, server.asks.get(offered, headers=mine).status_code) == (200, 404)


def test_the_log_has_a_line_for_each_request_and_no_trace_of_what_opens_a_door(
    server: Running, cookie: dict[str, str]
) -> None:
    link, secret = "/welcome/" + "L" * 43, "Q" * 40
    server.asks.get(link)
    server.asks.get(f"/login?next=/action%3Fref%3D{secret}")
    server.asks.get(f"/action?ref={secret}", headers=cookie)
    with server.without_table("invitation"):
        server.asks.get(link)

    log = server.log.read_text("utf-8")

    said = [line.split(maxsplit=2)[2] for line in log.splitlines() if " GET /" in line and "unexpected" not in line]
    wanted = ["GET /welcome/… 410", "GET /login 200", "GET /action 200", "GET /welcome/… 500"]
    assert [line.rpartition(" ms ")[0].rpartition(" ")[0] for line in said[-4:]] == wanted
    assert "unexpected error" in log
    assert "Traceback" in log
    token = cookie["cookie"].partition("=")[2]
    assert [word for word in ("L" * 43, secret, token, "192.0.2.66") if word in log] == []


def test_a_feed_is_read_from_its_address_and_no_log_of_the_server_has_it(server: Running) -> None:
    world = server.world
    with world.desk("cell", utc_now()).writing() as work:
        feeds.allow_feeds(work, "OP1", "DPIA 1")
    with world.desk("cell", utc_now()).writing() as work:
        until = utc_now().date() + timedelta(days=3)
        request = feeds.FeedRequest(Scope.OPERATION, "OP1", USUAL, "Outlook", until, "For my day.")
        token = feeds.make_feed(work, request)
    path, before = f"/feeds/{token}.ics", len(server.log.read_text("utf-8"))

    right = [server.asks.request(method, path).status_code for method in ("GET", "HEAD", "POST")]
    with world.desk("cell", utc_now()).writing() as work:
        feeds.revoke_feeds(work)
    revoked = [server.asks.request(method, path).status_code for method in ("GET", "HEAD", "POST")]
    wrong = [server.asks.get(f"{path}/{token}").status_code, server.asks.get(f"/feeds/{token[::-1]}").status_code]

    log = server.log.read_text("utf-8")
    assert (right, revoked, wrong) == ([200, 200, 404], [404] * 3, [404] * 2)
    assert len(re.findall("/feeds/… ", log[before:])) == 8
    assert [secret for secret in (token, token[::-1], token[:12]) if secret in log] == []
