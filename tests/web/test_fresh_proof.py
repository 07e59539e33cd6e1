"""Keys, the app and recovery codes change only after a proof of the last ten minutes; every other session ends."""

import re
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlmodel import col, select

from planner.db import Database
from planner.errors import NotFound, Refused
from planner.models.accounts import Account, Passkey, RecoveryCode, SignInStep, WebSession
from planner.models.records import Notice, RecordLine
from planner.rules.sign_in_steps import StepKind
from planner.services import accounts, second_factor
from planner.services.proofs import FRESH, is_fresh
from planner.services.sessions import check_session, hash_of
from planner.services.sign_in import FREE_FAILURES, sign_in
from planner.services.steps import OVER
from planner.web.addresses import led_back
from planner.work import Desk, utc_now
from tests.builders import NOW, World, a_world
from tests.web.site import KEPT, PASSWORD, TestClient, client_of, enter, give_account, session_of

PROVE, SECOND, SET_UP = "/login/prove", "/login/second", "/login/set-up"
ASKED = ("/login/add", "/login/remove/app", "/login/codes")


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    give_account(world, "silver")
    return world


def signed_in(world: World, name: str = "silver") -> TestClient:
    client = client_of(world.database)
    enter(client, name)
    return client


def long_ago(world: World) -> None:
    with world.database.write() as session:
        for row in session.exec(select(WebSession)):
            row.proved_at = utc_now() - FRESH - timedelta(seconds=1)
            session.add(row)


def lives(world: World, token: str, at: datetime | None = None) -> bool:
    return check_session(world.database, hash_of(token), at or utc_now(), active=False) is not None


def secret_on(page: str) -> str:
    return "".join(re.findall(r"<code>([A-Z2-7 ]+)</code>", page)[0].split())


@pytest.mark.parametrize("wanted", ASKED)
def test_an_old_proof_is_given_again_and_leads_back(world: World, wanted: str) -> None:
    client = signed_in(world)
    assert client.get(wanted).headers.get("location", "") in ("", SET_UP)
    long_ago(world)

    asked = client.get(wanted).headers["location"]
    shown = client.get(asked)
    second = client.post(PROVE, data={"next": wanted, "password": PASSWORD})
    before = client.cookies["planner"]
    assert client.get(wanted).headers["location"] == asked
    back = client.post(f"{SECOND}/recovery", data={"answer": KEPT["silver"].pop()})

    assert asked == f"{PROVE}?next={wanted.replace('/', '%2F')}"
    assert 'value="silver"' in shown.text
    assert second.headers["location"] == SECOND
    assert back.headers["location"] == wanted
    assert client.get(wanted).headers.get("location", "") in ("", SET_UP)
    assert [lives(world, token) for token in (before, client.cookies["planner"])] == [False, True]
    with world.database.read() as session:
        lines = session.exec(select(RecordLine.sentence).where(RecordLine.verb == "prove")).all()
    assert lines == ["silver proved again who they are, with a password and a recovery code."]


def test_who_has_a_password_alone_proves_with_it(world: World) -> None:
    give_account(world, "partner")
    client = signed_in(world, "partner")
    long_ago(world)

    wrong = client.post(PROVE, data={"next": "/login/add", "password": "not this one"})
    still = client.get("/login/add").headers["location"]
    right = client.post(PROVE, data={"next": "/login/add", "password": PASSWORD})

    assert (wrong.status_code, "The password is wrong" in wrong.text) == (401, True)
    assert still.startswith(PROVE)
    assert right.headers["location"] == "/login/add"
    assert client.get("/login/add").headers["location"] == SET_UP


def test_wrong_proofs_pause_the_account_as_at_the_door(world: World) -> None:
    give_account(world, "partner")
    client = signed_in(world, "partner")

    wrong = [client.post(PROVE, data={"password": "not this one"}) for _ in range(FREE_FAILURES + 3)]
    paused = client.post(PROVE, data={"password": PASSWORD})

    assert {answer.status_code for answer in [*wrong, paused]} == {401}
    assert enter(client_of(world.database), "partner") == 401


def test_a_proof_is_fresh_for_ten_minutes_and_a_device_gives_none(world: World) -> None:
    token = hash_of(session_of(world.database, "silver", NOW))
    with world.database.read() as session:
        fresh = [is_fresh(session, token, NOW + after) for after in (FRESH, FRESH + timedelta(seconds=1))]
        assert fresh == [True, False]
        assert not is_fresh(session, hash_of("no such token"), NOW)
    give_account(world, "partner")
    partner = client_of(world.database)
    enter(partner, "partner")
    partner.post("/login/remember")
    device = client_of(world.database)
    device.cookies.set("planner_device", partner.cookies["planner_device"])
    device.get("/login/device?next=/my_part")

    answers = {device.get(path).headers["location"] for path in (*ASKED, PROVE)}
    answers |= {device.post(path).headers["location"] for path in (*ASKED[1:], PROVE)}

    assert answers == {"/login?next=/account"}


def test_another_factor_ends_the_other_sessions_and_gives_this_one_a_new_token(world: World) -> None:
    give_account(world, "partner")
    client, elsewhere = signed_in(world, "partner"), session_of(world.database, "partner")
    before = client.cookies["planner"]
    client.get("/login/add")
    page = client.get(SET_UP).text

    done = client.post(f"{SET_UP}/code", data={"answer": pyotp.TOTP(secret_on(page)).now()})

    assert done.text.count("<li><code>") == second_factor.CODES
    assert [lives(world, token) for token in (client.cookies["planner"], before, elsewhere)] == [True, False, False]
    with world.database.read() as session:
        told = session.exec(select(Notice.sentence)).all()
    assert told == ["An authenticator app was set up. If this was not you, tell the cell."]


def test_the_first_factor_ends_what_a_password_alone_had_begun(world: World) -> None:
    """Whoever knows the password alone may stand before the set-up page too: theirs is over once it is done."""
    with Desk(world.database).writing() as work:
        thief = sign_in(work, "silver", right=True, loopback=True)
    assert thief is not None
    assert thief.step is StepKind.SET_UP
    with Desk(world.database).writing() as work:
        offered = second_factor.offer_totp(work, thief.token, loopback=True)
    assert offered is not None

    signed_in(world)

    with Desk(world.database).writing() as work:
        code = pyotp.TOTP(offered.secret).now()
        assert second_factor.confirm_totp(work, thief.token, code, loopback=True).sentence == OVER


def test_a_step_of_a_session_that_ended_is_over(world: World) -> None:
    give_account(world, "partner")
    client = signed_in(world, "partner")
    client.get("/login/add")
    assert client.get(SET_UP).status_code == 200

    client.post("/logout")

    assert client.get(SET_UP).status_code == 401


def with_factors(world: World, name: str) -> str:
    """An app and a key for somebody, and the token of their session, all made just now."""
    with world.database.write() as session:
        account = session.exec(select(Account).where(Account.user_name == name)).one()
        account.totp_sealed = "sealed"
        number = account.id or 0
        key = Passkey(account_id=number, credential=name, public_key="k", label="Blue <key>", created_at=NOW)
        session.add_all([account, key, RecoveryCode(code_hash="c" * 64, account_id=number, created_at=NOW)])
    return session_of(world.database, name)


def client_with(world: World, token: str) -> TestClient:
    client = client_of(world.database)
    client.cookies.set("planner", token)
    return client


def test_a_key_is_removed_after_it_was_shown_and_the_last_one_stays_where_a_post_needs_two(world: World) -> None:
    client = client_with(world, with_factors(world, "silver"))
    elsewhere = session_of(world.database, "silver")

    asked, done = client.get("/login/remove/1"), client.post("/login/remove/1")
    last = client.post("/login/remove/app")

    assert "The security key “Blue &lt;key&gt;” opens your account no longer." in asked.text
    assert (done.status_code, lives(world, elsewhere)) == (200, False)
    assert (last.status_code, "Your post needs a second factor and this is the only one" in last.text) == (409, True)
    with world.database.read() as session:
        assert session.exec(select(Passkey)).all() == []
        assert session.exec(select(Account)).one().totp_sealed is not None
        assert session.exec(select(RecoveryCode)).one()


def test_whose_post_needs_none_removes_the_last_one_and_the_codes_go_with_it(world: World) -> None:
    give_account(world, "partner")
    client = client_with(world, with_factors(world, "partner"))

    answers = [client.post("/login/remove/app"), client.post("/login/remove/1")]

    assert [answer.status_code for answer in answers] == [200, 200]
    with world.database.read() as session:
        left = select(RecoveryCode.code_hash)
        assert session.exec(left).all() == []


@pytest.mark.parametrize("what", ["2", "999", "app", "x", "٣"])
def test_what_is_not_ones_own_answers_like_what_is_not_there(world: World, what: str) -> None:
    give_account(world, "partner")
    with_factors(world, "silver")
    client = client_with(world, session_of(world.database, "partner"))

    answers = [client.get(f"/login/remove/{what}"), client.post(f"/login/remove/{what}")]

    assert [answer.status_code for answer in answers] == [404, 404]
    with world.database.read() as session:
        assert session.exec(select(Passkey)).one()


def test_new_recovery_codes_are_shown_once_on_a_plain_page(world: World) -> None:
    client = client_with(world, with_factors(world, "silver"))

    asked, made = client.get("/login/codes"), client.post("/login/codes")

    assert "<li><code>" not in asked.text
    assert made.text.count("<li><code>") == second_factor.CODES
    give_account(world, "partner")
    none = client_with(world, session_of(world.database, "partner")).post("/login/codes")
    assert (none.status_code, "you have neither" in none.text) == (409, True)


def test_the_verbs_themselves_ask_for_a_fresh_proof_of_ones_own_session(world: World) -> None:
    give_account(world, "gold")
    with_factors(world, "silver")
    old = hash_of(session_of(world.database, "silver", NOW - FRESH - timedelta(seconds=1)))
    others, own = hash_of(session_of(world.database, "gold", NOW)), hash_of(session_of(world.database, "silver", NOW))

    for verb in (
        accounts.remove_totp,
        accounts.new_recovery_codes,
        lambda work, session_hash: accounts.remove_passkey(work, 1, session_hash),
    ):
        for session_hash, refusal in ((old, Refused), (others, NotFound)):
            with pytest.raises(refusal), world.desk("silver").writing() as work:
                verb(work, session_hash)

    with world.desk("silver").writing() as work:
        assert accounts.remove_passkey(work, 1, own)


def test_a_form_of_another_site_changes_nothing(world: World) -> None:
    client = client_with(world, with_factors(world, "silver"))
    evil = {"origin": "https://evil.example"}

    answers = [client.post(path, headers=evil).status_code for path in ("/login/remove/app", "/login/codes", PROVE)]

    assert answers == [404, 404, 404]
    with world.database.read() as session:
        assert session.exec(select(SignInStep).where(col(SignInStep.session_hash).is_not(None))).all() == []


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        *((path, path) for path in (*ASKED, "/login/remove/12", "/login/password", "/account", "/action?ref=WM-0001")),
        *((path, "/") for path in ("", "/login", "/logout", "/login/second", "/login/remove/x", "/login/add?x=1")),
        *((path, "/") for path in ("//evil.example", "https://evil.example/login/add", "/login/add\n", "/login//add")),
    ],
)
def test_a_proof_leads_back_to_a_page_of_ours_alone(wanted: str, there: str) -> None:
    assert led_back(wanted) == there
