"""What is over of signing in goes after thirty days; what still opens or explains something stays, and the record."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from planner.actors import SWEEP
from planner.db import Database
from planner.models.accounts import Account, Device, Invitation, SignInStep, WebSession
from planner.models.records import RecordLine
from planner.rules.sign_in_steps import StepKind
from planner.services.devices import REMEMBERED
from planner.services.sessions import ABSOLUTE
from planner.services.steps import STEP_LASTS
from planner.services.tidying import KEPT_FOR, tidy_accounts
from planner.web.clock import one_round
from planner.work import Desk, utc_now
from tests.builders import NOW, World, a_world
from tests.web.site import give_account, settings_for

MINUTE = timedelta(minutes=1)
LONG_AGO = NOW - KEPT_FOR - MINUTE
LATELY = NOW - KEPT_FOR + MINUTE


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    give_account(world, "partner")
    return world


def tidy(world: World, at: datetime = NOW) -> int:
    with Desk(world.database, clock=lambda: at).writing() as work:
        work.actor = SWEEP
        return tidy_accounts(work)


def session(name: str, created: datetime, *, ended: datetime | None = None, device: int | None = None) -> WebSession:
    return WebSession(
        token_hash=name, account_id=1, created_at=created, seen_at=ended or created, ended_at=ended, device_id=device
    )


def keep(world: World, *rows: WebSession | SignInStep | Invitation | Device) -> None:
    with world.database.write() as writing:
        for row in rows:
            writing.add(row)
            writing.flush()


def left(world: World, table: type[WebSession] | type[SignInStep] | type[Invitation] | type[Device]) -> list[str]:
    with world.database.read() as reading:
        return list(reading.exec(select(table.token_hash).order_by(col(table.token_hash))))


def test_steps_go_once_they_are_used_or_too_old(world: World) -> None:
    def step(name: str, created: datetime, used: datetime | None = None) -> SignInStep:
        return SignInStep(token_hash=name, kind=StepKind.SECOND_FACTOR, account_id=1, created_at=created, used_at=used)

    keep(world, step("open", NOW - STEP_LASTS), step("old", NOW - STEP_LASTS - MINUTE), step("used", NOW, NOW))

    assert tidy(world) == 2
    assert left(world, SignInStep) == ["open"]


def test_sessions_go_thirty_days_after_their_end_and_the_last_one_stays(world: World) -> None:
    keep(
        world,
        session("ended long ago", LONG_AGO - MINUTE, ended=LONG_AGO),
        session("too old", LONG_AGO - ABSOLUTE),
        session("ended lately", LONG_AGO, ended=LATELY),
    )

    assert tidy(world) == 2
    assert left(world, WebSession) == ["ended lately"]
    assert tidy(world, NOW + timedelta(days=90)) == 0
    assert left(world, WebSession) == ["ended lately"]


def test_an_open_session_stays(world: World) -> None:
    keep(world, session("open", NOW - ABSOLUTE + MINUTE), session("newer", NOW))

    assert tidy(world) == 0
    assert left(world, WebSession) == ["newer", "open"]


def test_of_sessions_seen_at_the_same_instant_one_stays_for_each_account(world: World) -> None:
    give_account(world, "silver")
    other = session("c", LONG_AGO, ended=LONG_AGO)
    other.account_id = 2
    keep(world, session("a", LONG_AGO, ended=LONG_AGO), session("b", LONG_AGO, ended=LONG_AGO), other)

    assert tidy(world) == 1
    assert left(world, WebSession) == ["b", "c"]


def test_links_go_thirty_days_after_they_were_used_withdrawn_or_ended(world: World) -> None:
    def link(name: str, expires: datetime, used: datetime | None = None, out: datetime | None = None) -> Invitation:
        person = world.people["partner"]
        return Invitation(
            token_hash=name, person_id=person, created_at=LONG_AGO, expires_at=expires, used_at=used, revoked_at=out
        )

    keep(
        world,
        link("ended", LONG_AGO),
        link("ended lately", LATELY),
        link("good", NOW + MINUTE),
        link("used", NOW, used=LONG_AGO),
        link("used lately", NOW, used=LATELY),
        link("withdrawn", NOW, out=LONG_AGO),
    )

    assert tidy(world) == 3
    assert left(world, Invitation) == ["ended lately", "good", "used lately"]


def test_devices_go_thirty_days_after_they_were_forgotten_unless_a_kept_session_names_them(world: World) -> None:
    def device(name: str, created: datetime, revoked: datetime | None = None) -> Device:
        return Device(token_hash=name, account_id=1, created_at=created, seen_at=created, revoked_at=revoked)

    keep(
        world,
        device("forgotten", LONG_AGO, LONG_AGO),
        device("forgotten lately", LONG_AGO, LATELY),
        device("its days are over", LONG_AGO - REMEMBERED),
        device("good", NOW - REMEMBERED + MINUTE),
        device("opened the last session", LONG_AGO, LONG_AGO),
        session("of a device", LONG_AGO - MINUTE, ended=LONG_AGO - MINUTE, device=1),
        session("the last", LONG_AGO, ended=LONG_AGO, device=5),
    )

    assert tidy(world) == 3
    assert left(world, WebSession) == ["the last"]
    assert left(world, Device) == ["forgotten lately", "good", "opened the last session"]


def test_the_clocks_round_tidies_and_leaves_accounts_and_the_record_alone(world: World) -> None:
    long_ago = utc_now() - KEPT_FOR - timedelta(days=2)
    keep(world, session("old", long_ago, ended=long_ago), session("new", utc_now()))
    with world.database.read() as reading:
        before = reading.exec(select(RecordLine.hash)).all()

    one_round(world.database, settings_for(world.database), note=False)

    assert left(world, WebSession) == ["new"]
    with world.database.read() as reading:
        assert reading.exec(select(RecordLine.hash)).all() == before
        assert reading.exec(select(Account.user_name)).all() == ["partner"]
