"""The second proof: set up, asked for, never good twice; recovery codes; whom it is asked of."""

import re
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlmodel import select

from planner.db import Database
from planner.models.accounts import Account, RecoveryCode
from planner.models.records import RecordLine
from planner.rules.sign_in_steps import StepKind
from planner.rules.words import Outcome
from planner.services import second_factor
from planner.services.second_factor import PERIOD_SECONDS
from planner.services.sessions import check_session, hash_of
from planner.services.sign_in import Entry, sign_in
from planner.services.steps import MOST_MISSES, OVER, STEP_LASTS, Answer
from planner.work import Desk
from tests.builders import NOW, World, a_world
from tests.web.site import PASSWORD, client_of, enter, give_account

SET_UP, SECOND = "/login/set-up", "/login/second"


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    give_account(world, "silver")
    return world


def desk(world: World, at: datetime = NOW) -> Desk:
    return Desk(world.database, clock=lambda: at)


def password(world: World, at: datetime = NOW, name: str = "silver") -> Entry:
    with desk(world, at).writing() as work:
        entry = sign_in(work, name, right=True, loopback=True)
    assert entry is not None
    return entry


def set_up(world: World, at: datetime = NOW) -> tuple[str, Answer]:
    """An authenticator app for silver: its secret, and what its first code brought."""
    token = password(world, at).token
    with desk(world, at).writing() as work:
        offered = second_factor.offer_totp(work, token, loopback=True)
    assert offered is not None
    with desk(world, at).writing() as work:
        return offered.secret, second_factor.confirm_totp(work, token, code(offered.secret, at), loopback=True)


def code(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


def second(world: World, said: str, at: datetime, token: str = "") -> Answer:
    token = token or password(world, at).token
    with desk(world, at).writing() as work:
        return second_factor.answer_totp(work, token, said, loopback=True)


def later(steps: int) -> datetime:
    return NOW + timedelta(seconds=PERIOD_SECONDS * steps)


@pytest.mark.parametrize(
    ("name", "step"),
    [("silver", StepKind.SET_UP), ("gold", StepKind.SET_UP), ("cell", StepKind.SET_UP), ("partner", None)],
)
def test_a_password_alone_opens_no_commanders_account(database: Database, name: str, step: StepKind | None) -> None:
    world = a_world(database)
    give_account(world, name)

    entry = password(world, name=name)

    lives = check_session(database, hash_of(entry.token), NOW, active=False) is not None
    assert (entry.step, lives) == (step, step is None)


def test_the_first_right_code_signs_in_and_brings_recovery_codes(world: World) -> None:
    _, answer = set_up(world)

    assert check_session(world.database, hash_of(answer.token or ""), NOW, active=False) is not None
    assert len(set(answer.codes)) == second_factor.CODES
    assert password(world).step is StepKind.SECOND_FACTOR


def test_the_secret_is_sealed_and_codes_are_kept_as_hashes(world: World) -> None:
    secret, answer = set_up(world)

    with world.database.read() as session:
        account = session.exec(select(Account)).one()
        hashes = set(session.exec(select(RecoveryCode.code_hash)))

    assert secret not in (account.totp_sealed or "")
    assert not hashes & set(answer.codes)


def test_a_code_is_good_once(world: World) -> None:
    secret, _ = set_up(world)
    said = code(secret, later(2))

    first, again = second(world, said, later(2)), second(world, said, later(2))

    assert first.token is not None
    assert (again.token, again.sentence) == (
        None,
        "This code was used already. Wait until the app shows the next one.",
    )
    assert second(world, code(secret, later(3)), later(3)).token is not None


@pytest.mark.parametrize(("drift", "taken"), [(-1, True), (0, True), (1, True), (-10, False), (10, False)])
def test_a_clock_half_a_minute_off_is_borne_and_one_five_minutes_off_is_told(
    world: World, drift: int, taken: bool
) -> None:
    secret, _ = set_up(world)
    now = later(20)

    answer = second(world, code(secret, now + timedelta(seconds=PERIOD_SECONDS * drift)), now)

    assert (answer.token is not None) is taken
    if not taken:
        assert f"here it is {now:%H:%M:%S} UTC" in answer.sentence


def test_five_misses_end_the_step_and_make_the_account_wait(world: World) -> None:
    secret, _ = set_up(world)
    token = password(world, later(2)).token
    for _ in range(MOST_MISSES):
        second(world, "000000", later(2), token)

    late = second(world, code(secret, later(2)), later(2), token)

    assert (late.token, late.sentence) == (None, OVER)
    with desk(world, later(2)).writing() as work:
        assert sign_in(work, "silver", right=True, loopback=True) is None
    with world.database.read() as session:
        refused = select(RecordLine.verb).where(RecordLine.outcome == Outcome.REFUSED)
        assert session.exec(refused).all().count("second_factor") == MOST_MISSES


def test_a_step_is_over_after_ten_minutes(world: World) -> None:
    secret, _ = set_up(world)
    token = password(world, later(2)).token
    then = later(2) + STEP_LASTS + timedelta(seconds=1)

    assert second(world, code(secret, then), then, token).sentence == OVER
    assert second(world, code(secret, then), then).token is not None


def test_a_recovery_code_signs_in_once(world: World) -> None:
    _, answer = set_up(world)
    answers = []
    for _ in range(2):
        token = password(world).token
        with desk(world).writing() as work:
            said = answer.codes[0].upper().replace("-", " ")
            answers.append(second_factor.answer_recovery(work, token, said, loopback=True))

    assert [given.token is not None for given in answers] == [True, False]
    assert answers[1].sentence == "This is none of the recovery codes that are left."


def test_in_the_browser_each_step_has_its_page_and_no_step_is_skipped(world: World) -> None:
    client = client_of(world.database)
    assert client.get(SET_UP).status_code == 401

    assert client.post("/login", data={"user": "silver", "password": PASSWORD}).headers["location"] == SET_UP
    assert client.get("/actions").status_code == 404
    shown = client.get(SET_UP)
    wrong = client.post(f"{SET_UP}/code", data={"answer": "12"})
    secret = "".join(re.findall(r"<code>([A-Z2-7 ]+)</code>", shown.text)[0].split())
    right = client.post(f"{SET_UP}/code", data={"answer": pyotp.TOTP(secret).now()})

    assert "Set up a second proof" in shown.text
    assert (wrong.status_code, "The code is wrong" in wrong.text) == (401, True)
    assert (right.status_code, right.text.count("<li><code>")) == (200, second_factor.CODES)
    assert client.get("/actions").status_code == 200


def test_who_has_a_factor_is_asked_for_it_and_led_on(world: World) -> None:
    enter(client_of(world.database))
    client = client_of(world.database)
    wanted = "/action?ref=WM-0001"

    asked = client.post("/login", data={"user": "silver", "password": PASSWORD, "next": wanted})
    page = client.get(SECOND).text

    assert asked.headers["location"] == SECOND
    assert "Code from your authenticator app" in page
    assert "One of your recovery codes" in page
    assert client.post(f"{SECOND}/code", data={"answer": "000000"}).status_code == 401
    elsewhere = client.post(f"{SECOND}/code", data={"answer": "0"}, headers={"origin": "https://evil.example"})
    assert elsewhere.status_code == 404


def test_a_code_for_somebody_elses_step_opens_nothing(world: World) -> None:
    give_account(world, "gold")
    secret, _ = set_up(world)
    gold = password(world, later(2), "gold").token

    answer = second(world, code(secret, later(2)), later(2), gold)

    assert (answer.token, answer.sentence) == (None, OVER)
