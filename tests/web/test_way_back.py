"""Others' accounts change after a fresh proof alone; a closed account opens again by two people who agree."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from planner.db import Database
from planner.errors import NotAllowed, NotFound, ProofNeeded, Refused
from planner.models.accounts import Account, Device, Identity, Passkey, RecoveryCode
from planner.models.directory import Appointment, Person
from planner.models.records import RecordLine
from planner.rules.words import Outcome, Post
from planner.services.accounts import close_account, reset_factors
from planner.services.identities import enter_by_identity
from planner.services.invitations import find_invitation, invite
from planner.services.proofs import FRESH
from planner.services.sessions import hash_of
from planner.work import Desk, Work, utc_now
from tests.builders import NOW, World, a_world
from tests.web.site import PASSWORD, client_of, enter, give_account, session_of

NEW = "another long password"
Change = Callable[[Work, World, str | None], object]


@pytest.fixture
def world(database: Database) -> World:
    """Two administrators beside the cell's officer; gold and the partner have accounts."""
    world = a_world(database)
    with database.write() as session:
        agency = session.get_one(Person, world.people["cell"]).agency_id
        for name in ("root", "second"):
            person = Person(title=f"Administrator {name}", agency_id=agency)
            session.add(person)
            session.flush()
            session.add(Appointment(person_id=person.id or 0, post=Post.ADMINISTRATOR))
            world.people[name] = person.id or 0
    for name in ("root", "second", "gold", "partner"):
        give_account(world, name)
    return world


def title_of(world: World, name: str) -> str:
    with world.desk(name).reading() as look:
        return look.actor.name


CHANGES: dict[str, Change] = {
    "invite": lambda work, world, proof: invite(work, title_of(world, "silver"), proof),
    "reset_factors": lambda work, _, proof: reset_factors(work, "gold", proof),
    "close_account": lambda work, _, proof: close_account(work, "gold", proof),
}


def changed(world: World, change: str, proof: str | None, after: timedelta = timedelta()) -> object:
    with world.desk("root", NOW + after).writing() as work:
        return CHANGES[change](work, world, proof)


@pytest.mark.parametrize("change", CHANGES)
def test_others_accounts_change_within_ten_minutes_of_a_proof(world: World, change: str) -> None:
    own, others = (hash_of(session_of(world.database, name, NOW)) for name in ("root", "second"))

    with pytest.raises(ProofNeeded, match="Give your password again"):
        changed(world, change, own, FRESH + timedelta(seconds=1))
    for proof in (others, hash_of("none"), ""):
        with pytest.raises(NotFound):
            changed(world, change, proof)
    changed(world, change, own, FRESH)

    with world.database.read() as session:
        lines = session.exec(
            select(RecordLine.outcome).where(RecordLine.verb.in_([change, "manage_accounts", "invite"]))
        )  # type: ignore[attr-defined]
        assert sorted(lines) == [Outcome.DONE, *[Outcome.REFUSED] * 4]


def make_exercise(world: World, name: str) -> None:
    with world.database.write() as session:
        session.exec(select(Account).where(Account.user_name == name)).one().exercise = True


@pytest.mark.parametrize("change", CHANGES)
def test_an_account_of_the_exercise_proves_nothing(world: World, change: str) -> None:
    own = hash_of(session_of(world.database, "root", NOW))
    make_exercise(world, "root")

    changed(world, change, own, FRESH + timedelta(minutes=1))


@pytest.mark.parametrize("change", ["reset_factors", "close_account"])
def test_for_an_account_of_the_exercise_nothing_is_proved(world: World, change: str) -> None:
    own = hash_of(session_of(world.database, "root", NOW))
    make_exercise(world, "gold")

    changed(world, change, own, FRESH + timedelta(minutes=1))


@pytest.mark.parametrize("change", CHANGES)
def test_the_command_line_has_no_session_to_prove(world: World, change: str) -> None:
    changed(world, change, None)


def close(world: World, name: str, by: str = "root") -> None:
    with Desk(world.database, world.people[by]).writing() as work:
        close_account(work, name, None)


def link(world: World, name: str, by: str) -> str:
    with Desk(world.database, world.people[by]).writing() as work:
        return invite(work, title_of(world, name), None)


def test_a_closed_account_is_opened_again_by_another_than_who_closed_it(world: World) -> None:
    with pytest.raises(Refused, match="On the Accounts page an administrator"):
        link(world, "gold", "second")
    close(world, "gold")

    with pytest.raises(Refused, match="You closed the account of Gold, West Midlands yourself"):
        link(world, "gold", "root")
    with pytest.raises(NotAllowed):
        link(world, "gold", "cell")
    token, client = link(world, "gold", "second"), client_of(world.database)
    shown = client.get(f"/welcome/{token}").text
    done = client.post(f"/welcome/{token}", data={"user": "other", "password": NEW})

    assert 'value="gold" autocomplete="username" readonly' in shown
    assert (done.status_code, done.headers["location"]) == (303, "/login/set-up")
    assert client_of(world.database).get(f"/welcome/{token}").status_code == 410
    assert enter(client_of(world.database), "gold", PASSWORD) == 401
    assert enter(client_of(world.database), "gold", NEW) == 303
    with world.database.read() as session:
        said = session.exec(select(RecordLine.sentence).where(RecordLine.verb == "reopen_account")).all()
    assert said == ["The account gold was opened again; what opened it before is good no longer."]


def test_a_partner_who_forgot_their_password_is_invited_again_by_the_cell(world: World) -> None:
    close(world, "partner")

    token = link(world, "partner", "cell")
    done = client_of(world.database).post(f"/welcome/{token}", data={"password": NEW})

    assert (done.status_code, done.headers["location"]) == (303, "/")


def test_what_had_opened_an_account_does_so_no_longer_once_it_is_opened_again(world: World) -> None:
    with world.database.write() as session:
        account = session.exec(select(Account).where(Account.user_name == "gold")).one()
        account.totp_sealed, account.totp_step, account.failures = "sealed", 7, 9
        account.locked_until, account.exercise = utc_now() + timedelta(hours=1), True
        number = account.id or 0
        session.add_all(
            [
                account,
                Passkey(account_id=number, credential="c", public_key="k", label="Blue", created_at=NOW),
                RecoveryCode(code_hash="c" * 64, account_id=number, created_at=NOW),
                Device(token_hash="d" * 64, account_id=number, created_at=NOW, seen_at=NOW),
                Identity(account_id=number, issuer="https://met.example", subject="gold", created_at=NOW),
            ]
        )
    close(world, "gold")
    client_of(world.database).post(f"/welcome/{link(world, 'gold', 'second')}", data={"password": NEW})

    with world.database.read() as session:
        account = session.exec(select(Account).where(Account.user_name == "gold")).one()
        left = [
            session.exec(select(func.count()).select_from(table)).one() for table in (Passkey, RecoveryCode, Identity)
        ]
        open_devices = session.exec(select(Device).where(col(Device.revoked_at).is_(None))).all()
    assert (account.closed_at, account.totp_sealed, account.totp_step, account.exercise) == (None, None, None, False)
    assert (account.failures, account.locked_until) == (0, None)
    assert (left, open_devices) == ([0, 0, 0], [])


def test_a_link_that_was_out_when_the_account_was_closed_opens_nothing(world: World) -> None:
    token = link(world, "silver", "root")
    give_account(world, "silver")

    close(world, "silver")

    with world.database.read() as session:
        assert find_invitation(session, token, utc_now()) is None


def by_identity(world: World, invitation: str = "") -> bool:
    with Desk(world.database).writing() as work:
        entry = enter_by_identity(
            work,
            "https://met.example",
            "helen",
            how="Met",
            wanted="/",
            invitation=invitation,
            asks_two=False,
            loopback=True,
        )
        return entry is not None


def test_an_agencys_own_sign_in_is_bound_again_to_the_account_that_a_link_opens(world: World) -> None:
    assert by_identity(world, link(world, "provider", "cell"))
    close(world, f"person-{world.people['provider']}")
    assert not by_identity(world)
    others = link(world, "silver", "second")

    assert not by_identity(world, others)
    assert by_identity(world, link(world, "provider", "second"))
    assert by_identity(world)
    with world.database.read() as session:
        assert len(session.exec(select(Identity)).all()) == 1
