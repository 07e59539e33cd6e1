"""Your account and Accounts: what they show and do; a remembered device reaches My part and nothing else."""

from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.db import Database
from planner.models.accounts import Account, WebSession
from planner.models.directory import Appointment
from planner.rules.words import Post
from planner.services.devices import enter_by_device, remember_device
from planner.services.sessions import hash_of
from planner.settings import ROOT
from planner.ui.desk import PAGES
from planner.work import Desk, utc_now
from tests.builders import World, a_world
from tests.ui.pages import opened
from tests.web.site import give_account, session_of


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


def test_the_cell_makes_a_link_for_a_partner_shown_once(world: World) -> None:
    page = opened(world, "accounts.py", "cell")
    with world.desk("partner").reading() as look:
        title = look.actor.name

    page.selectbox[0].set_value(title).run()
    press(page, "Make a link")

    assert "/welcome/" in page.code[0].value
    assert not page.run().code


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
