"""One's own password is changed with the present one; who guesses is paused; nothing else stays open."""

from datetime import timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import NotFound, Refused, Stale
from planner.models.accounts import Account, Device, WebSession
from planner.models.records import Notice, RecordLine
from planner.rules.words import Outcome
from planner.services import own_password
from planner.services.devices import enter_by_device, remember_device
from planner.services.proofs import PROVE_FIRST
from planner.services.second_factor import CODES
from planner.services.sessions import check_session, hash_of
from planner.services.sign_in import FREE_FAILURES
from planner.work import Desk, utc_now
from tests.builders import NOW, World, a_world
from tests.web.site import KEPT, PASSWORD, TestClient, client_of, enter, give_account, session_of

NEW = "another one of four words"
HERE = "/login/password"


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    give_account(world, "partner")
    return world


def signed_in(world: World, name: str = "partner") -> TestClient:
    client = client_of(world.database)
    enter(client, name)
    return client


def form(new: str = NEW, again: str = "", present: str = PASSWORD) -> dict[str, str]:
    return {"present": present, "new": new, "again": again or new}


def lives(world: World, token: str) -> bool:
    return check_session(world.database, hash_of(token), utc_now(), active=False) is not None


def test_the_new_password_signs_in_and_the_old_one_no_longer(world: World) -> None:
    client = signed_in(world)

    shown, done = client.get(HERE), client.post(HERE, data=form())

    assert (shown.status_code, shown.text.count('type="password"')) == (200, 3)
    assert (done.status_code, "Your password is changed" in done.text) == (200, True)
    assert enter(client_of(world.database), "partner") == 401
    assert enter(client_of(world.database), "partner", NEW) == 303


def test_this_session_stays_under_a_new_token_and_everything_else_ends(world: World) -> None:
    client, elsewhere = signed_in(world), session_of(world.database, "partner")
    with Desk(world.database, world.people["partner"]).writing() as work:
        device = remember_device(work)
    before = client.cookies["planner"]
    assert lives(world, elsewhere)

    client.post(HERE, data=form())

    assert [lives(world, token) for token in (client.cookies["planner"], before, elsewhere)] == [True, False, False]
    with Desk(world.database).writing() as work:
        assert enter_by_device(work, device, loopback=True) is None
    with world.database.read() as session:
        assert session.exec(select(Device.revoked_at)).one() is not None
        line = session.exec(select(RecordLine).where(RecordLine.verb == "change_password")).one()
        told = session.exec(select(Notice.sentence)).all()
    assert (line.actor, line.sentence) == ("Partner, West Midlands", "The password was changed.")
    assert told == ["Your password was changed. If this was not you, tell the cell."]


def test_what_is_wrong_with_the_new_password_is_said_and_changes_nothing(world: World) -> None:
    client = signed_in(world)

    answers = [
        client.post(HERE, data=form("short")),
        client.post(HERE, data=form("Password123456!")),
        client.post(HERE, data=form("of partner and others")),
        client.post(HERE, data=form(again="another one of five words")),
        client.post(HERE, data=form(PASSWORD)),
    ]

    assert [answer.status_code for answer in answers] == [409] * 5
    for answer, words in zip(
        answers, ("this one has 5", "tried first", "holds the user name", "differ", "is the present one"), strict=True
    ):
        assert words in answer.text
    assert enter(client_of(world.database), "partner") == 303


def test_wrong_present_passwords_pause_the_account_as_at_the_door(world: World) -> None:
    client = signed_in(world)

    wrong = [client.post(HERE, data=form(present="not this one")) for _ in range(FREE_FAILURES + 3)]
    paused = client.post(HERE, data=form())

    assert {answer.status_code for answer in [*wrong, paused]} == {401}
    assert {"The present password is wrong, or sign-in is paused" in answer.text for answer in [*wrong, paused]} == {
        True
    }
    assert enter(client_of(world.database), "partner") == 401
    with world.database.write() as session:
        account = session.exec(select(Account)).one()
        assert account.failures == FREE_FAILURES + 3
        account.locked_until = None
        session.add(account)
        refused = select(RecordLine.verb).where(RecordLine.outcome == Outcome.REFUSED)
        assert session.exec(refused).all().count("change_password") == FREE_FAILURES + 4
    assert client.post(HERE, data=form()).status_code == 200


def test_the_exercises_accounts_keep_their_password(world: World) -> None:
    client = signed_in(world)
    with world.database.write() as session:
        account = session.exec(select(Account)).one()
        account.exercise = True
        session.add(account)

    shown, tried = client.get(HERE), client.post(HERE, data=form())

    assert [answer.status_code for answer in (shown, tried)] == [409, 409]
    assert all("everybody who tries it signs in with them" in answer.text for answer in (shown, tried))


def test_an_account_of_an_agencys_own_sign_in_has_no_password_to_change_and_none_to_prove(world: World) -> None:
    client = signed_in(world)
    with world.database.write() as session:
        account = session.exec(select(Account)).one()
        account.password_hash = ""
        session.add(account)

    answers = [client.get(HERE), client.post(HERE, data=form(present="")), client.get("/login/prove")]
    answers.append(client.post("/login/prove", data={"password": ""}))

    assert [answer.status_code for answer in answers] == [409] * 4
    assert all("own sign-in opens this account" in answer.text for answer in answers)
    with world.database.read() as session:
        account = session.exec(select(Account)).one()
    assert (account.password_hash, account.failures) == ("", 0)


def test_with_a_second_factor_it_is_proved_afresh_first(world: World) -> None:
    give_account(world, "silver")
    client = signed_in(world, "silver")
    assert client.get(HERE).status_code == 200
    _long_ago(world)

    led = client.get(HERE)
    late = client.post(HERE, data=form())
    client.post("/login/prove", data={"next": HERE, "password": PASSWORD})
    half = client.post(HERE, data=form())
    back = client.post("/login/second/recovery", data={"answer": KEPT["silver"].pop()})
    done = client.post(HERE, data=form())

    proving = "/login/prove?next=%2Flogin%2Fpassword"
    assert [answer.headers["location"] for answer in (led, late, half)] == [proving] * 3
    assert (back.status_code, back.headers["location"]) == (303, HERE)
    assert done.status_code == 200
    assert len(KEPT["silver"]) == CODES - 1


def _long_ago(world: World) -> None:
    with world.database.write() as session:
        for row in session.exec(select(WebSession)):
            row.proved_at = utc_now() - timedelta(minutes=11)
            session.add(row)


def test_nobody_changes_it_without_a_session_of_their_own_or_from_another_site(world: World) -> None:
    browser = {"accept": "text/html"}
    stranger = client_of(world.database)
    client = signed_in(world)

    assert stranger.get(HERE, headers=browser).headers["location"].startswith("/login?next=")
    assert stranger.post(HERE, data=form()).status_code == 404
    assert client.post(HERE, data=form(), headers={"origin": "https://evil.example"}).status_code == 404
    with Desk(world.database, world.people["partner"]).writing() as work:
        token = remember_device(work)
    device = client_of(world.database)
    device.cookies.set("planner_device", token)
    device.get("/login/device?next=/my_part")
    answers = [device.get(HERE), device.post(HERE, data=form())]
    assert [answer.headers["location"] for answer in answers] == ["/login?next=/account"] * 2
    assert enter(client_of(world.database), "partner") == 303


def change(world: World, token: str, name: str = "partner", *, kept: own_password.Kept | None = None) -> str | None:
    with world.database.read() as session:
        kept = kept or own_password.kept_password(session, world.people[name])
    with world.desk(name).writing() as work:
        return own_password.change_password(work, hash_of(token), "a hash", kept=kept, right=True, loopback=True)


def test_the_verb_asks_for_ones_own_session_and_for_a_fresh_proof_where_there_is_a_factor(world: World) -> None:
    give_account(world, "silver")
    with world.database.write() as session:
        account = session.exec(select(Account).where(Account.user_name == "silver")).one()
        account.totp_sealed = "sealed"
        session.add(account)
    own, other = session_of(world.database, "partner", NOW), session_of(world.database, "silver", NOW)
    old = session_of(world.database, "silver", NOW - timedelta(minutes=11))

    with pytest.raises(NotFound):
        change(world, other)
    with pytest.raises(Refused, match="proof of the last ten minutes") as late:
        change(world, old, "silver")

    assert str(late.value) == PROVE_FIRST
    assert change(world, other, "silver") is not None
    assert change(world, own) is not None


def test_of_two_changes_at_once_the_second_is_told(world: World) -> None:
    first, second = session_of(world.database, "partner", NOW), session_of(world.database, "partner", NOW)
    with world.database.read() as session:
        kept = own_password.kept_password(session, world.people["partner"])
    token = change(world, first)

    with pytest.raises(NotFound):
        change(world, second, kept=kept)
    with pytest.raises(Stale, match="changed since this page was opened"):
        change(world, token or "", kept=kept)
