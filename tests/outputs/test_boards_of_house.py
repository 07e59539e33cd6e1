"""Accounts and the record leave as their pages show them and no further; of an account nothing that opens it."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from planner.errors import InputError, NotFound
from planner.models.accounts import Account, Device, Identity, Invitation, Passkey, RecoveryCode, WebSession
from planner.models.feeds import Feed
from planner.outputs.boards import record
from planner.outputs.boards.registry import BOARDS, boards_of
from planner.outputs.table_file import table_file, table_named
from planner.rules.asked import Asked
from planner.rules.windows import local
from planner.rules.words import Outcome
from planner.views.accounts import AccountRow, Wanted, accounts
from planner.views.record import LineFilter, LineRow, count_lines, lines
from planner.work import Desk
from tests.builders import NOW, World
from tests.outputs.sheets import Read, read_csv, read_xlsx
from tests.strangers.scene import Scene
from tests.web.site import give_account

OF_THE_HOUSE = ("accounts", "record", "record-people", "record-actions")
SECRET = "opens-a-door-"
WHOLE = Asked()


@pytest.fixture
def world(staged: tuple[World, Scene]) -> World:
    """A partner can sign in, beside whoever does in the scene; the day before, Gold looked at a page."""
    world = staged[0]
    give_account(world, "partner")
    with world.desk("gold", NOW - timedelta(days=1)).writing() as work:
        work.record("view", "Today was opened.", kind="page", ref="today", outcome=Outcome.VIEWED)
    return world


def taken(world: World, who: str, name: str, asked: Asked = WHOLE) -> Read:
    with world.desk(who).reading() as look:
        return read_csv(table_file(look, name, "csv", "To look", asked).body)


def page_of_accounts(world: World, who: str, wanted: Wanted = Wanted()) -> list[AccountRow]:  # noqa: B008
    with world.desk(who).reading() as look:
        return [*accounts(look, wanted, per_page=None)]


def page_of_record(world: World, who: str, wanted: LineFilter) -> list[LineRow]:
    with world.desk(who).reading() as look:
        return [*lines(look, wanted, per_page=10_000)]


@pytest.mark.parametrize("who", ["cell", "administrator"])
def test_accounts_leave_as_their_page_shows_them(world: World, who: str) -> None:
    sheet, shown = taken(world, who, "accounts"), page_of_accounts(world, who)

    assert sheet.columns == ["Post", "Agency", "User name", "State", "Link good until", "Opened by", "Seen last"]
    assert [(row["Post"], row["Agency"], row["User name"], row["State"]) for row in sheet.rows] == [
        (row.title, row.agency, row.user_name or "", row.state) for row in shown
    ]
    assert {row.state for row in shown} >= {"No account", "Open"}
    assert {row["Link good until"] for row in sheet.rows} == {
        f"{local(row.link_stands):%Y-%m-%d %H:%M}" if row.link_stands else "" for row in shown
    }


def test_the_cell_takes_partners_accounts_alone_and_the_filter_narrows_them(world: World) -> None:
    partners, everybody = taken(world, "cell", "accounts"), taken(world, "administrator", "accounts")
    without = taken(world, "administrator", "accounts", Asked(without=True))
    named = taken(world, "administrator", "accounts", Asked(text="gold"))

    assert {*partners.column("Post")} < {*everybody.column("Post")}
    assert "Silver, West Midlands" not in partners.column("Post")
    assert {*without.column("State")} <= {"No account", "Closed"}
    assert named.column("Post") == ["Gold, West Midlands"]


def test_nothing_that_opens_an_account_leaves_in_any_table(world: World) -> None:
    _write_secrets(world)

    for desk in (world.desk("cell"), world.desk("administrator"), Desk(world.database)):
        with desk.reading() as look:
            bodies = {name: table_file(look, name, "csv", "To look").body for name in boards_of(look)}
        assert {"accounts"} <= set(bodies)
        assert [name for name, body in bodies.items() if SECRET.encode() in body] == []


def _write_secrets(world: World) -> None:
    """In every column that opens something, of one account and of every other that has one."""

    def secret() -> str:
        return f"{SECRET}{next(numbers)}"

    numbers = iter(range(1000))
    with world.database.write() as session:
        number = session.exec(select(Account.id)).first() or 0
        session.execute(sa.update(Account).values(password_hash=secret(), totp_sealed=secret()))
        person = session.exec(select(Account.person_id)).first() or 0
        rows: list[Any] = [
            RecoveryCode(code_hash=secret(), account_id=number, created_at=NOW),
            Passkey(account_id=number, credential=secret(), public_key=secret(), label="Key", created_at=NOW),
            Invitation(token_hash=secret(), person_id=person, created_at=NOW, expires_at=NOW + timedelta(days=1)),
            Device(token_hash=secret(), account_id=number, created_at=NOW, seen_at=NOW),
            Identity(account_id=number, issuer=secret(), subject=secret(), created_at=NOW),
            WebSession(token_hash=secret(), account_id=number, created_at=NOW, seen_at=NOW),
        ]
        session.add_all(rows)
        session.execute(sa.update(Feed).where(col(Feed.id) == 1).values(token_hash=secret(), calendar_uid=secret()))


@pytest.mark.parametrize("who", ["cell", "national"])
def test_lines_of_the_record_leave_as_their_page_shows_them(world: World, who: str) -> None:
    sheet, shown = taken(world, who, "record"), page_of_record(world, who, LineFilter())

    assert len(shown) > 20
    assert [(int(row["No."]), row["Who"], row["About"]) for row in sheet.rows] == [
        (row.number, row.actor, row.about) for row in shown
    ]
    assert sheet.marking == "OFFICIAL-SENSITIVE"
    assert taken(world, who, "record-people").column("Who")
    assert taken(world, who, "record-actions").column("Action") == ["WM-0001"]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (Asked(text="offer"), LineFilter("offer")),
        (Asked(outcome="done"), LineFilter(outcome=Outcome.DONE)),
        (Asked(who="Silver, West Midlands"), LineFilter(actor="Silver, West Midlands")),
        (Asked(action="WM-0001"), LineFilter(action="WM-0001")),
        (Asked(first_day=NOW.date()), LineFilter(first_day=NOW.date())),
        (Asked(last_day=NOW.date() - timedelta(days=1)), LineFilter(last_day=NOW.date() - timedelta(days=1))),
    ],
)
def test_the_record_s_filter_goes_with_it_in_its_address_too(world: World, asked: Asked, wanted: LineFilter) -> None:
    with world.desk("cell").reading() as look:
        by_address = read_csv(table_named(look, f"record.csv;{asked.words}", "To look").body)

    shown = page_of_record(world, "cell", wanted)
    assert [int(number) for number in by_address.column("No.")] == [row.number for row in shown]
    assert len(shown) < len(page_of_record(world, "cell", LineFilter()))


def test_a_record_that_is_longer_than_a_sheet_may_be_is_cut_and_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "MOST", 3)
    with world.desk("cell").reading() as look:
        total = count_lines(look, LineFilter())
        files = [table_file(look, "record", ending, "To look") for ending in ("csv", "xlsx")]
        short = table_file(look, "record", "csv", "To look", Asked(text="nothing says this")).body

    said = f"Times are London time. The newest 3 of {total} lines: for older ones, choose the days."
    assert [len(read(file.body).rows) for file, read in zip(files, (read_csv, read_xlsx), strict=True)] == [3, 3]
    assert said in files[0].body.decode("utf-8-sig")
    assert (b"The newest" in short, b"Times are London time" in short) == (False, True)
    assert "At most the newest 10,000 lines" in BOARDS["record"].limit


@pytest.mark.parametrize("name", OF_THE_HOUSE)
def test_none_of_them_is_of_one_operation(world: World, name: str) -> None:
    with world.desk("cell").reading() as look, pytest.raises(InputError, match="not narrowed by operation"):
        table_file(look, name, "csv", "To look", Asked(operation="OP1"))


@pytest.mark.parametrize("asked", [Asked(text="x"), Asked(force="Force"), Asked(without=True), Asked(who="x")])
def test_what_a_table_is_not_narrowed_by_is_refused_instead_of_left_out(world: World, asked: Asked) -> None:
    with world.desk("cell").reading() as look, pytest.raises(InputError, match="not narrowed by"):
        table_file(look, "bookings", "csv", "To look", asked)


def test_an_outcome_that_there_is_not_is_refused(world: World) -> None:
    with world.desk("cell").reading() as look, pytest.raises(InputError, match="An outcome is one of"):
        table_file(look, "record", "csv", "To look", Asked(outcome="undone"))


@pytest.mark.parametrize("who", ["silver", "gold", "care_lead", "partner", "provider", "stranger"])
@pytest.mark.parametrize("name", OF_THE_HOUSE)
def test_to_everybody_else_there_is_no_such_table(world: World, who: str, name: str) -> None:
    with world.desk(who).reading() as look, pytest.raises(NotFound, match="There is no table"):
        table_file(look, name, "csv", "To look")
