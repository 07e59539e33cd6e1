"""One-time links: one screen, one account, once; who may make them; remembered devices open My part alone."""

from datetime import timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import NotAllowed, Refused
from planner.models.accounts import Account
from planner.models.directory import Appointment
from planner.rules.words import Post
from planner.services import devices, invitations
from planner.services.accounts import close_account, reset_factors
from planner.services.directory import PostRequest, add_person, appoint
from planner.services.sessions import check_session, hash_of
from planner.work import Desk, utc_now
from tests.builders import NOW, World, a_world
from tests.web.site import PASSWORD, client_of, enter, give_account, session_of

BROWSER = {"accept": "text/html"}


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def title_of(world: World, name: str) -> str:
    with world.desk(name).reading() as look:
        return look.actor.name


def link(world: World, name: str = "partner", by: str = "cell") -> str:
    """A link made now, as the server's clock has it."""
    with Desk(world.database, world.people[by]).writing() as work:
        return invitations.invite(work, title_of(world, name), None)


def form(user: str = "helen", password: str = PASSWORD) -> dict[str, str]:
    return {"user": user, "password": password}


def test_an_invited_partner_sets_an_account_up_in_one_screen_and_is_in(world: World) -> None:
    token, client = link(world), client_of(world.database)

    shown = client.get(f"/welcome/{token}")
    done = client.post(f"/welcome/{token}", data=form())

    assert title_of(world, "partner") in shown.text
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert client.get("/my_part").status_code == 200
    assert enter(client_of(world.database), "helen") == 303


def test_a_link_is_good_once(world: World) -> None:
    token = link(world)
    client_of(world.database).post(f"/welcome/{token}", data=form())

    again = client_of(world.database).post(f"/welcome/{token}", data=form("somebody"))

    assert (again.status_code, "has been used" in again.text) == (410, True)
    with world.database.read() as session:
        assert session.exec(select(Account.user_name)).all() == ["helen"]


def test_a_link_ends_after_three_days_when_withdrawn_and_when_another_is_made(world: World) -> None:
    def good(token: str, after: timedelta = timedelta()) -> bool:
        with world.database.read() as session:
            return invitations.find_invitation(session, token, utc_now() + after) is not None

    first = link(world)
    assert (good(first), good(first, timedelta(days=3, minutes=1))) == (True, False)

    second = link(world)
    assert (good(first), good(second)) == (False, True)

    with Desk(world.database, world.people["cell"]).writing() as work:
        invitations.withdraw_invitation(work, title_of(world, "partner"))
    assert not good(second)


def test_a_bad_password_or_name_loses_nothing_and_the_link_stays_good(world: World) -> None:
    give_account(world, "silver")
    token, client = link(world), client_of(world.database)

    short = client.post(f"/welcome/{token}", data=form(password="short"))
    common = client.post(f"/welcome/{token}", data=form(password="Password123456!"))
    taken = client.post(f"/welcome/{token}", data=form("silver"))
    right = client.post(f"/welcome/{token}", data=form())

    assert [answer.status_code for answer in (short, common, taken, right)] == [409, 409, 409, 303]
    assert "this one has 5" in short.text
    assert "tried first" in common.text
    assert 'value="helen"' in short.text
    assert "There is an account silver already" in taken.text


def test_a_link_that_was_never_made_answers_like_one_that_is_used(world: World) -> None:
    used = link(world)
    client_of(world.database).post(f"/welcome/{used}", data=form())

    answers = {client_of(world.database).get(f"/welcome/{token}").text for token in (used, "x" * 43)}

    assert len(answers) == 1
    assert client_of(world.database).get("/welcome/short", headers=BROWSER).headers["location"].startswith("/login")


def test_the_cell_invites_partners_and_only_an_administrator_commanders(world: World) -> None:
    assert link(world, "provider")
    with pytest.raises(NotAllowed):
        link(world, "silver")
    with pytest.raises(NotAllowed):
        link(world, "partner", by="silver")

    with world.database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.ADMINISTRATOR))

    assert link(world, "silver")


def test_a_partner_becomes_more_by_another_than_who_invited_them(world: World) -> None:
    care, title = PostRequest(Post.CARE_LEAD, "OP1"), title_of(world, "partner")
    with Desk(world.database, world.people["cell"]).writing() as work:
        other = add_person(work, "Duty officer, second", "cell", PostRequest(Post.CELL, "OP1")).id
    client_of(world.database).post(f"/welcome/{link(world)}", data=form())

    with (
        pytest.raises(NotAllowed, match=r"You invited .* another duty officer of the cell"),
        Desk(world.database, world.people["cell"]).writing() as work,
    ):
        appoint(work, title, care)

    with Desk(world.database, other).writing() as work:
        appoint(work, title, care)
    with Desk(world.database, world.people["partner"]).reading() as look:
        assert Post.CARE_LEAD in {held.post for held in look.actor.held}


def test_a_post_that_asks_for_two_proofs_ends_the_sessions_that_began_with_one(world: World) -> None:
    client, title = client_of(world.database), title_of(world, "partner")
    with Desk(world.database, world.people["cell"]).writing() as work:
        other = add_person(work, "Duty officer, second", "cell", PostRequest(Post.CELL, "OP1")).id
    client.post(f"/welcome/{link(world)}", data=form())

    with Desk(world.database, other).writing() as work:
        appoint(work, title, PostRequest(Post.LOGGIST, "OP1"))
    still_in = client.get("/my_part").status_code
    with Desk(world.database, other).writing() as work:
        appoint(work, title, PostRequest(Post.REGIONAL_CELL, "OP1", region="wm"))

    assert still_in == 200
    assert client.get("/my_part", headers=BROWSER).headers["location"].startswith("/login")
    again = client.post("/login", data=form())
    assert again.headers["location"] == "/login/set-up"


def test_an_administrator_closes_and_resets_others_accounts_and_never_their_own(world: World) -> None:
    for name in ("cell", "silver"):
        give_account(world, name)
    with world.database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.ADMINISTRATOR))

    for verb, said in ((reset_factors, "under Your account"), (close_account, "another administrator")):
        with pytest.raises(Refused, match=said), world.desk("cell").writing() as work:
            verb(work, "cell", None)
        with world.desk("cell").writing() as work:
            verb(work, "silver", None)

    with world.database.read() as session:
        closed = select(Account.user_name).where(Account.closed_at.is_not(None))  # type: ignore[union-attr]
        assert session.exec(closed).all() == ["silver"]


def test_who_has_an_account_is_not_invited_again(world: World) -> None:
    give_account(world, "partner")

    with pytest.raises(Refused, match="has an account already"):
        link(world)


def test_an_invited_commander_goes_on_to_a_second_proof(world: World) -> None:
    with world.database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.ADMINISTRATOR))
    token = link(world, "gold")

    done = client_of(world.database).post(f"/welcome/{token}", data=form("g"))

    assert done.headers["location"] == "/login/set-up"


def remembered(world: World) -> tuple[str, str]:
    """A partner's session, and the token of a device it remembered."""
    give_account(world, "partner")
    session = session_of(world.database, "partner")
    client = client_of(world.database)
    client.cookies.set("planner", session)
    client.post("/login/remember")
    return session, client.cookies["planner_device"]


def test_a_remembered_device_opens_my_part_from_a_link_and_nothing_else(world: World) -> None:
    _, token = remembered(world)
    client = client_of(world.database)
    client.cookies.set("planner_device", token)

    asked = client.get("/my_part?ref=7", headers=BROWSER).headers["location"]
    opened = client.get(asked)

    assert opened.headers["location"] == "/my_part?ref=7"
    seen = check_session(world.database, hash_of(client.cookies["planner"]), utc_now(), active=False)
    assert seen is not None
    assert seen.device
    assert client.get("/files/calendar/person/x").status_code == 404
    assert client.get("/actions", headers=BROWSER).status_code == 200  # the page itself then shows nothing
    stranger = client_of(world.database)
    assert stranger.get("/my_part?ref=7", headers=BROWSER).headers["location"].startswith("/login?next=")


def test_a_device_ends_after_thirty_days_when_forgotten_and_with_the_account(world: World) -> None:
    def opens(token: str, after: timedelta = timedelta()) -> str | None:
        with Desk(world.database, clock=lambda: utc_now() + after).writing() as work:
            return devices.enter_by_device(work, token, loopback=True)

    _, token = remembered(world)
    inside = opens(token)
    assert inside is not None
    assert opens(token, timedelta(days=30, minutes=1)) is None

    with Desk(world.database, world.people["partner"]).writing() as work:
        devices.forget_device(work, 1)
    assert opens(token) is None
    assert check_session(world.database, hash_of(inside), utc_now(), active=False) is None


def test_a_device_cannot_remember_another_and_commanders_have_none(world: World) -> None:
    _, token = remembered(world)
    client = client_of(world.database)
    client.cookies.set("planner_device", token)
    client.get("/login/device?next=/my_part")

    assert client.post("/login/remember").headers["location"] == "/login?next=/my_part"
    give_account(world, "silver")
    with pytest.raises(Refused, match="for partners and care providers"), world.desk("silver").writing() as work:
        devices.remember_device(work)


def test_a_closed_account_ends_its_devices(world: World) -> None:
    _, token = remembered(world)
    with world.database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.ADMINISTRATOR))
    with world.desk("cell").writing() as work:
        close_account(work, "partner", None)

    with Desk(world.database, clock=lambda: NOW).writing() as work:
        assert devices.enter_by_device(work, token, loopback=True) is None
