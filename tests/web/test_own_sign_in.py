"""An agency's own sign-in, end to end against a provider that plays along, and against providers that do not."""

import threading
import time
import warnings
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlmodel import select

from planner.db import Database
from planner.errors import StorageError
from planner.models.accounts import Account, Identity
from planner.models.directory import Appointment
from planner.models.records import RecordLine
from planner.rules.words import Outcome, Post
from planner.services import invitations
from planner.services.sessions import check_session, hash_of
from planner.web import providers as conversation
from planner.web.providers import LOGOUT_EVENT, OwnSignIn, Provider, load_providers
from planner.work import Desk, utc_now
from tests.builders import World, a_world
from tests.web.site import TestClient, app_for, client_on

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it still signs with a library that says of itself that it is old
    import oidc_provider_mock

# The provider that plays along warns of its own age when it signs; ours does not.
pytestmark = pytest.mark.filterwarnings("ignore:.*(is deprecated|use joserfc).*:DeprecationWarning")
Providers = dict[str, Provider]


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with oidc_provider_mock.run_server_in_thread() as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def agency(issuer: str) -> Providers:
    return {"met": Provider("met", "Metropolitan Police", issuer, "threshold", "a secret")}


def browser(world: World, providers: Providers) -> TestClient:
    return client_on(app_for(world.database, providers=providers)[0])


def link(world: World, name: str = "partner") -> str:
    """A one-time link, made by an administrator."""
    with world.database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.ADMINISTRATOR))
    with world.desk(name).reading() as look:
        title = look.actor.name
    with Desk(world.database, world.people["cell"]).writing() as work:
        return invitations.invite(work, title, None)


def say_yes(address: str, subject: str = "helen") -> str:
    """What the provider's page sends the browser back with, once somebody has proved to it who they are."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
    return answer.headers["location"]


def sign_in(client: TestClient, query: str = "", subject: str = "helen") -> tuple[int, str]:
    """Away to the provider and back; the status, and where it leads or what it says."""
    away = client.get(f"/login/with/met{query}").headers["location"]
    back = urlsplit(say_yes(away, subject))
    answer = client.get(f"{back.path}?{back.query}")
    return answer.status_code, answer.headers.get("location") or answer.text


def refused(world: World) -> list[str]:
    with world.database.read() as session:
        query = select(RecordLine.sentence).where(RecordLine.outcome == Outcome.REFUSED, RecordLine.verb == "sign_in")
        return list(session.exec(query))


def test_an_invited_person_binds_their_agencys_sign_in_and_comes_back_with_it(world: World, agency: Providers) -> None:
    token, client = link(world), browser(world, agency)
    assert "Sign in with Metropolitan Police" in client.get(f"/welcome/{token}").text

    assert sign_in(client, f"?link={token}") == (303, "/")
    assert client.get("/my_part").status_code == 200

    again = browser(world, agency)
    assert "Sign in with Metropolitan Police" in again.get("/login").text
    assert sign_in(again, "?next=/my_part") == (303, "/my_part")
    with world.database.read() as session:
        assert session.exec(select(Identity.subject)).all() == ["helen"]
        assert session.exec(select(Account.password_hash)).all() == [""]


def test_nobody_signs_themselves_up(world: World, agency: Providers) -> None:
    status, said = sign_in(browser(world, agency))

    assert (status, "is not known here yet" in said) == (401, True)
    assert refused(world) == ["Your agency's sign-in is not known here yet. Ask the cell for a link, and use it there."]


def test_a_link_binds_one_identity_once(world: World, agency: Providers) -> None:
    token = link(world)
    sign_in(browser(world, agency), f"?link={token}")

    used = browser(world, agency).get(f"/login/with/met?link={token}")

    assert (used.status_code, "has been used" in used.text) == (401, True)
    assert sign_in(browser(world, agency), subject="another")[0] == 401


def test_a_commander_proves_more_unless_the_agency_asks_for_two_itself(world: World, agency: Providers) -> None:
    token, met = link(world, "gold"), agency["met"]
    assert sign_in(browser(world, agency), f"?link={token}") == (303, "/login/set-up")

    asks_two = {"met": Provider(met.name, met.title, met.issuer, met.client_id, met.client_secret, asks_two=True)}

    assert sign_in(browser(world, asks_two)) == (303, "/")


def test_an_answer_is_good_once_and_only_in_the_browser_that_asked(world: World, agency: Providers) -> None:
    client, stranger = browser(world, agency), browser(world, agency)
    token = link(world)
    back = urlsplit(say_yes(client.get(f"/login/with/met?link={token}").headers["location"]))
    address = f"{back.path}?{back.query}"

    assert stranger.get(address).status_code == 401
    assert client.get(address).status_code == 303
    replayed = client.get(address)
    assert (replayed.status_code, "Sign in again" in replayed.text) == (401, True)


@pytest.mark.parametrize("query", ["state=forged&code=x", "error=access_denied", "state=&code=", ""])
def test_a_forged_or_broken_answer_signs_nobody_in(world: World, agency: Providers, query: str) -> None:
    client = browser(world, agency)
    client.get("/login/with/met")

    answer = client.get(f"/login/back/met?{query}")

    assert (answer.status_code, "was broken off" in answer.text) == (401, True)
    assert refused(world) == ["Your agency's sign-in was broken off. Try again, or sign in with a password."]


def test_signing_out_leads_on_to_the_agencys_own(world: World, agency: Providers) -> None:
    client = browser(world, agency)
    sign_in(client, f"?link={link(world)}")

    own_link = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}
    left = urlsplit(client.get("/logout", headers=own_link).headers["location"])

    assert f"{left.scheme}://{left.netloc}" == agency["met"].issuer
    assert parse_qs(left.query)["client_id"] == ["threshold"]
    assert client.get("/my_part").status_code == 404

    sign_in(client)
    by_button = client.post("/logout")
    assert (by_button.status_code, f'href="{agency["met"].issuer}' in by_button.text) == (200, True)
    assert client.get("/my_part").status_code == 404


def test_a_provider_that_is_slow_or_gone_is_told_in_a_sentence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "PATIENCE_SECONDS", 0.2)
    with answering(Slow) as slow, answering(Broken) as broken:
        for address, words in ((slow, "does not answer"), (broken, "does not answer"), ("http://localhost:1", "does")):
            client = browser(world, {"met": Provider("met", "The agency", address, "threshold", "a secret")})

            answer = client.get("/login/with/met")

            assert (answer.status_code, words in answer.text, "Traceback" in answer.text) == (401, True, False)


class Slow(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        time.sleep(1)

    def log_message(self, *_: object) -> None:
        """Quiet."""


class Broken(Slow):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>not JSON")


class answering:  # noqa: N801
    """A server that answers every request by one handler."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self.server = HTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://localhost:{self.server.server_port}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


OURS, THEIRS = RSAKey.generate_key(2048), RSAKey.generate_key(2048)


def signed_out(world: World, agency: Providers, monkeypatch: pytest.MonkeyPatch, key: RSAKey, **claims: object) -> int:
    """The provider's word that somebody signed out, signed with a key; the status it is answered with."""
    own = agency["met"]
    about = {"issuer": own.issuer, "jwks_uri": "keys"}
    known = {"keys": [OURS.as_dict(private=False)]}
    monkeypatch.setattr(OwnSignIn, "_fetched", lambda _, address: known if address == "keys" else about)
    body = {"iss": own.issuer, "aud": "threshold", "sub": "helen", "iat": int(time.time())} | claims
    token = jwt.encode({"alg": "RS256"}, body, key)
    return browser(world, agency).post("/login/ended/met", data={"logout_token": token}).status_code


EVENT = {LOGOUT_EVENT: {}}


@pytest.mark.parametrize(
    ("key", "claims", "ends"),
    [
        (OURS, {"events": EVENT}, True),
        (THEIRS, {"events": EVENT}, False),
        (OURS, {"events": {}}, False),
        (OURS, {"events": EVENT, "nonce": "n"}, False),
        (OURS, {"events": EVENT, "aud": "somebody else"}, False),
        (OURS, {"events": EVENT, "iss": "https://evil.example"}, False),
    ],
    ids=["good", "another key", "no event", "an id token", "for another", "from another"],
)
def test_the_agencys_word_that_somebody_left_ends_their_sessions_if_it_can_be_trusted(
    world: World, agency: Providers, monkeypatch: pytest.MonkeyPatch, key: RSAKey, claims: dict[str, object], ends: bool
) -> None:
    client = browser(world, agency)
    sign_in(client, f"?link={link(world)}")

    status = signed_out(world, agency, monkeypatch, key, **claims)

    lives = check_session(world.database, hash_of(client.cookies["planner"]), utc_now(), active=False) is not None
    assert (status, lives) == ((200, False) if ends else (400, True))


GOOD = 'name = "met"\ntitle = "Met"\nissuer = "https://id.example"\nclient_id = "x"\nclient_secret = "y"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[provider]]\n" + GOOD.replace('title = "Met"\n', ""), "provider 1 lacks title"),
        ("[[provider]]\n" + GOOD.replace("https://id", "http://id"), "must be an https address"),
        ("[[provider]]\n" + GOOD.replace('"met"', '"../x"'), "letters, digits and underscores"),
        ("[[provider", "cannot be read"),
    ],
    ids=["missing", "without TLS", "a path", "no TOML"],
)
def test_a_file_of_providers_that_cannot_be_taken_stops_the_server_with_a_sentence(
    tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "providers.toml"
    file.write_text(text)
    with pytest.raises(StorageError, match=words):
        load_providers(file)

    file.write_text("[[provider]]\n" + GOOD)
    assert load_providers(file)["met"].title == "Met"
