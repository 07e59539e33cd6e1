"""Nobody passes the gate without a session, whatever they ask for and whatever they say of themselves."""

from pathlib import Path

import pytest
from starlette.websockets import WebSocketDisconnect

from planner.db import Database
from planner.web import watch
from tests.builders import a_world
from tests.web.site import HERE, client_of, enter, give_account

CLOSED = ["/", "/actions", "/media/a.csv", "/_stcore/upload_file/x", "/component/x", "/login/x"]
CLOSED_TO_ALL = ["/_stcore/metrics", "/_stcore/metrics?families=x", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"]
STREAM = "ws://127.0.0.1:8501/_stcore/stream"
FORGED = {"x-planner-user": "gold", "x-planner-session": "f" * 64}


@pytest.mark.parametrize("path", CLOSED)
def test_every_path_is_closed_to_the_signed_out_and_open_to_the_signed_in(database: Database, path: str) -> None:
    give_account(a_world(database))
    client = client_of(database)

    assert client.get(path, headers=FORGED).status_code == 404
    assert client.get(path, headers={"accept": "text/html"}).headers["location"].startswith("/login?next=")

    assert enter(client) == 303
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", CLOSED_TO_ALL)
def test_what_the_server_says_of_its_sessions_is_closed_to_all(database: Database, path: str) -> None:
    give_account(a_world(database))
    client = client_of(database)

    signed_out = client.get(path)
    enter(client)
    signed_in = client.get(path)

    assert (signed_in.status_code, signed_in.text) == (signed_out.status_code, signed_out.text) == (404, "Not found")
    assert client.get("/actions").status_code == 200


@pytest.mark.parametrize("path", ["/a/b", "/action/x", "/robots.txt", "/%e2%80%ae", "/..%2f..%2fetc", "/a%00b"])
def test_an_address_that_is_no_single_word_is_one_missing_page(database: Database, path: str) -> None:
    give_account(a_world(database))
    client = client_of(database)
    browser = {"accept": "text/html"}
    assert client.get(path, headers=browser).headers["location"].startswith("/login?next=")
    enter(client)

    answer = client.get(path, headers=browser)

    assert (answer.status_code, answer.headers["location"]) == (303, "/not-found")
    assert client.get("/not-found", headers=browser).status_code == 200
    assert client.get("/action", headers=browser).status_code == 200
    assert client.get("/files/calendar/operation/OP1/usual/why", headers=browser).status_code == 200


def test_a_page_watches_for_the_end_of_its_session_by_what_the_gate_answers(database: Database) -> None:
    give_account(a_world(database))
    client = client_of(database)
    enter(client)

    page = client.get("/page", headers={"accept": "text/html", "accept-encoding": "gzip"})
    script, told = client.get("/watch.js"), client.get("/_stcore/host-config").status_code
    client.post("/logout")

    assert page.text == f'<html><head>{watch.TAG.decode()}<body><div id="root"></div></body></html>'
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.text.startswith(Path(watch.__file__).with_name("watch.js").read_text())
    assert script.text.endswith(Path(watch.__file__).with_name("links.js").read_text())
    assert (told, client.get("/_stcore/host-config").status_code) == (200, 404)
    ended = client.get("/login?ended=1&next=/action%3Fref%3DA").text
    assert "Your session has ended. Sign in again to go on." in ended
    assert "Your session has ended" not in client.get("/login").text


def test_what_a_client_says_of_itself_is_replaced(database: Database) -> None:
    give_account(a_world(database))
    client = client_of(database)
    enter(client)

    reached = client.get("/actions", headers=FORGED).json()

    assert reached["x-planner-user"] == "silver"
    assert reached["x-planner-session"] != FORGED["x-planner-session"]


def test_the_websocket_is_closed_to_the_signed_out_and_open_to_the_signed_in(database: Database) -> None:
    give_account(a_world(database))
    client = client_of(database)

    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect(STREAM, headers=FORGED):
        pass
    assert refused.value.code == 4401

    enter(client)
    with client.websocket_connect(STREAM, headers=FORGED) as socket:
        assert socket.receive_json()["x-planner-user"] == "silver"


@pytest.mark.parametrize(
    "origin", ["http://localhost:9999", "http://127.0.0.1:81", "https://elsewhere.example", "null"]
)
def test_the_websocket_is_closed_to_a_page_of_another_site_or_port(database: Database, origin: str) -> None:
    give_account(a_world(database))
    client = client_of(database)
    enter(client)

    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect(STREAM, headers={"origin": origin}),
    ):
        pass
    with client.websocket_connect(STREAM, headers={"origin": HERE}) as socket:
        assert socket.receive_json()["x-planner-user"] == "silver"

    assert refused.value.code == 4401


def test_another_sites_name_for_this_machine_is_refused(database: Database) -> None:
    client = client_of(database)

    assert client.get("/login", headers={"host": "plan.example.net"}).status_code == 400
    assert client.get("/login").status_code == 200


def test_every_answer_carries_the_headers_and_no_inline_script_is_allowed(database: Database) -> None:
    headers = client_of(database).get("/login").headers

    scripts = headers["content-security-policy"].split("script-src")[1].split(";")[0]
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert "img-src 'self' data: blob:;" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_file_that_is_missing_and_one_that_is_forbidden_answer_alike(database: Database) -> None:
    world = a_world(database)
    give_account(world)
    give_account(world, "stranger")
    owner, stranger = client_of(database), client_of(database)
    enter(owner)
    enter(stranger, "stranger")

    assert owner.get("/files/calendar/operation/OP1/usual/why").status_code == 200
    assert owner.get("/files/calendar/operation/OP1/usual").status_code == 404  # for no reason
    forbidden, missing = (stranger.get(f"/files/calendar/operation/{name}/usual/why") for name in ("OP1", "NONE"))
    assert (forbidden.status_code, forbidden.text) == (missing.status_code, missing.text)
    assert forbidden.status_code == 404
