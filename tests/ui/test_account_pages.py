"""Your account and Accounts: what they show and do; a remembered device reaches My part and nothing else."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.db import Database
from planner.models.accounts import Account, Passkey, WebSession
from planner.models.directory import Appointment, Person
from planner.models.operations import Operation
from planner.rules.words import Post
from planner.services.devices import enter_by_device, remember_device
from planner.services.own_password import ELSEWHERE, EXERCISE
from planner.services.proofs import FRESH, PROVE_FIRST
from planner.services.sessions import hash_of
from planner.settings import ROOT
from planner.ui.accounts_forms import ENDS_EXERCISE
from planner.ui.desk import PAGES
from planner.work import Desk, utc_now
from tests.builders import World, a_world
from tests.ui.pages import opened
from tests.web.site import PASSWORD, client_of, enter, give_account, session_of


@pytest.fixture
def world(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    return a_world(database)


def said(page: AppTest) -> str:
    return "\n".join(str(text.value) for text in page.text)


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    return page


def test_one_sees_where_one_is_signed_in_and_ends_another_session(world: World) -> None:
    page = opened(world, "account.py", "silver")
    session_of(world.database, "silver", utc_now() - timedelta(minutes=5))

    press(page.run(), "End it")

    assert "This one. Since" in said(page)
    assert "That session is ended" in said(page)
    with world.database.read() as session:
        ended = session.exec(select(WebSession.ended_at).order_by(WebSession.created_at)).all()
    assert [at is not None for at in ended] == [True, False]


def links(page: AppTest) -> list[str]:
    drawn = " ".join(str(getattr(element, "body", "")) for element in page.get("html"))
    return re.findall(r'href="(/login/[a-z/0-9]+)"', drawn)


def test_what_opens_the_account_is_changed_on_plain_pages_alone(world: World) -> None:
    page = opened(world, "account.py", "silver")
    with world.database.write() as session:
        session.add(Passkey(account_id=1, credential="c", public_key="k", label="Blue", created_at=utc_now()))

    assert links(page) == ["/login/password", "/login/add"]
    assert links(page.run()) == ["/login/password", "/login/remove/1", "/login/codes", "/login/add"]
    assert not page.text_input or all("assword" not in field.label for field in page.text_input)


@pytest.mark.parametrize(("exercise", "sentence"), [(True, EXERCISE), (False, ELSEWHERE)])
def test_whose_password_is_not_changed_here_reads_why(world: World, exercise: bool, sentence: str) -> None:
    page = opened(world, "account.py", "silver")
    with world.database.write() as session:
        account = session.exec(select(Account)).one()
        account.exercise, account.password_hash = exercise, account.password_hash if exercise else ""
        session.add(account)

    assert sentence in said(page.run())
    assert "/login/password" not in links(page)


def test_the_cell_makes_a_link_for_a_partner_shown_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(world, "accounts.py", "cell")
    with world.desk("partner").reading() as look:
        title = look.actor.name

    page.selectbox[0].set_value(title).run()
    press(page, "Make a link")

    assert "/welcome/" in page.code[0].value
    assert ENDS_EXERCISE not in said(page)
    monkeypatch.setattr("planner.ui.shown_once.LINGERS_SECONDS", 0)
    assert not page.run().code


def an_exercise(world: World) -> None:
    """Everything held is an exercise, and so is every account."""
    with world.database.write() as session:
        for row in [*session.exec(select(Operation)), *session.exec(select(Account))]:
            row.exercise = True
            session.add(row)


def test_in_an_exercise_what_a_link_ends_is_said_before_and_is_true(world: World) -> None:
    page = opened(world, "accounts.py", "cell")
    an_exercise(world)
    with world.desk("partner").reading() as look:
        title = look.actor.name

    assert ENDS_EXERCISE in said(page.run())

    here = client_of(world.database)
    assert (enter(here, "cell"), here.get("/today").status_code) == (303, 200)
    page.selectbox[0].set_value(title).run()
    press(page, "Make a link")
    link = page.code[0].value.rpartition("/")[2]
    assert enter(client_of(world.database), "cell") == 303
    new = client_of(world.database)
    assert new.post(f"/welcome/{link}", data={"user": "helen", "password": PASSWORD}).status_code == 303

    assert (enter(client_of(world.database), "cell"), here.get("/today").status_code) == (401, 200)
    assert ENDS_EXERCISE not in said(page.run())
    with world.database.write() as session:
        account = session.exec(select(Account).where(Account.user_name == "helen")).one()
        account.closed_at = utc_now()
        session.add(account)
    assert enter(client_of(world.database), "cell") == 401


def test_a_link_is_offered_for_everybody_who_matches_and_not_for_one_page_alone(world: World) -> None:
    with world.database.write() as session:
        for number in range(60):
            person = Person(title=f"Partner {number:02}", agency_id=world.ngo)
            session.add(person)
            session.flush()
            session.add(Appointment(person_id=person.id or 0, post=Post.PARTNER_LEAD, operation_id=world.operation))
    page = opened(world, "accounts.py", "cell")

    whole = page.selectbox[0].options
    page.text_input[0].set_value("Partner 5").run()

    assert {"Partner 00", "Partner 59"} <= set(whole)
    assert page.selectbox[0].options == [f"Partner 5{number}" for number in range(10)]


def test_the_filter_stands_first_and_the_invitation_above_the_list(world: World) -> None:
    page = opened(world, "accounts.py", "cell")

    assert [header.value for header in page.header][:2] == ["Invite", "Who can sign in"]


def test_the_cell_sees_partners_alone_and_an_administrator_everybody(world: World) -> None:
    with world.desk("gold").reading() as look:
        gold = look.actor.name
    by_cell = opened(world, "accounts.py", "cell")
    assert gold not in by_cell.selectbox[0].options

    with world.database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.ADMINISTRATOR))

    assert gold in by_cell.run().selectbox[0].options


def test_an_administrator_resets_and_closes(world: World) -> None:
    give_account(world, "partner")
    with world.database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.ADMINISTRATOR))
    page = opened(world, "accounts.py", "cell")

    next(box for box in page.selectbox if box.label == "User name").set_value("partner").run()
    press(page, "Close the account")

    with world.database.read() as session:
        closed = session.exec(select(Account.closed_at).where(Account.user_name == "partner")).one()
    assert closed is not None


@pytest.mark.parametrize("button", ["Reset the second proof", "Close the account", "Make a link"])
def test_an_old_proof_is_led_to_a_new_one_and_back_to_accounts(world: World, button: str) -> None:
    give_account(world, "partner")
    with world.database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.ADMINISTRATOR))
    page = opened(world, "accounts.py", "cell")
    with world.database.write() as session:
        for row in session.exec(select(WebSession)):
            row.proved_at = utc_now() - FRESH - timedelta(seconds=1)
    next(box for box in page.selectbox if box.label == "User name").set_value("partner").run()
    page.selectbox[0].set_value(page.selectbox[0].options[0]).run()

    press(page, button)

    assert PROVE_FIRST in said(page)
    drawn = " ".join(str(getattr(element, "body", "")) for element in page.get("html"))
    assert 'href="/login/prove?next=/accounts"' in drawn
    assert not page.code
    with world.database.read() as session:
        assert session.exec(select(Account.closed_at).where(Account.user_name == "partner")).one() is None


def test_whose_account_is_closed_can_be_invited_again_from_the_page(world: World) -> None:
    give_account(world, "partner")
    with world.desk("partner").reading() as look:
        title = look.actor.name
    page = opened(world, "accounts.py", "cell")
    before = page.selectbox[0].options
    with world.database.write() as session:
        session.exec(select(Account).where(Account.user_name == "partner")).one().closed_at = utc_now()

    page.run()
    page.selectbox[0].set_value(title).run()
    press(page, "Make a link")

    assert title not in before
    assert "/welcome/" in page.code[0].value


@pytest.mark.parametrize("name", PAGES)
def test_a_remembered_device_opens_my_part_alone(world: World, name: str) -> None:
    give_account(world, "partner")
    with Desk(world.database, world.people["partner"]).writing() as work:
        token = remember_device(work)
    with Desk(world.database).writing() as work:
        session = enter_by_device(work, token, loopback=True)
    page = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=30)
    page.user = {"username": "partner", "sid": hash_of(session or "")}

    page.run()

    assert not page.exception
    assert [title.value for title in page.title] == (["My part"] if name == "my_part" else ["Not found"])
