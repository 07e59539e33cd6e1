"""Every board leaves as its reader sees it and no further: who has which, whose names, whose actions, what is typed."""

import io
import re
import zipfile
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from planner.access import visible_actions
from planner.db import Database
from planner.inputs.columns import suggest_mapping
from planner.inputs.spreadsheets import read_grid
from planner.models.directory import Agency, Appointment, Person
from planner.models.operations import Action, Operation
from planner.models.policy import Policy
from planner.outputs.boards.registry import BOARDS, boards_of
from planner.outputs.table_file import table_file
from planner.rules.asked import Asked
from planner.rules.words import AgencyKind, Post
from planner.services.exercise import load_pentameter2
from planner.services.importing import Fate, read_file
from planner.services.importing_files import AGENCY_FILE, AVAILABILITY_FILE, PROVIDER_FILE
from planner.work import Desk
from tests.browser.canaries import Canary, heard, plant, references
from tests.builders import NOW, World, an_action
from tests.outputs.payloads import FORMULAS, TEN
from tests.outputs.sheets import read_csv, read_xlsx, taken_by
from tests.outputs.typed import type_everywhere
from tests.strangers.scene import Scene
from tests.strangers.seats import take_seats

OF_PLANNERS = {
    *("actions", "by-force", "strike-days", "clashes", "posts", "offers", "chase", "conditions", "conferences"),
    *("undertakings", "people", "agencies", "catalogue", "figures", "overrides", "log", "pauses", "outcomes"),
    "standing-groups",
}
OF_THE_DIRECTORY = {"availability", "agreements", "trained", "training"}
OF_CARE = {"bookings", "nights", "free-places"}
OF_THE_RECORD = {"record", "record-people", "record-actions"}
OPENS = {
    "silver": OF_PLANNERS | OF_CARE,
    "gold": OF_PLANNERS,
    "national": OF_PLANNERS | OF_THE_RECORD,
    "care_lead": OF_PLANNERS | OF_CARE | {"reserves", "providers"},
    "cell": {*BOARDS},
    "administrator": {"accounts"},
    **{who: set[str]() for who in ("partner", "provider", "health", "officer", "stranger")},
}
PAYLOADS = (*FORMULAS, *(payload.typed for payload in TEN))
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FORMULA = re.compile(rb"<f[ >/]|<hyperlink")
RUNS = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠\t\r\n]")


@pytest.fixture
def world(staged: tuple[World, Scene]) -> World:
    return staged[0]


@pytest.fixture
def exercise(database: Database) -> Database:
    load_pentameter2(database, seed=7, actions=60)
    return database


def desk_of(database: Database, post: Post, agency: str = "") -> Desk:
    """Of the first who holds a post."""
    with database.read() as session:
        query = select(Appointment.person_id).join(Person, col(Person.id) == col(Appointment.person_id))
        query = query.join(Agency, col(Agency.id) == col(Person.agency_id)).where(Appointment.post == post)
        return Desk(database, session.exec(query.where(Agency.code == agency) if agency else query).first())


@pytest.mark.parametrize("who", OPENS)
def test_a_board_opens_to_whom_its_page_and_tab_open(world: World, who: str) -> None:
    with world.desk(who).reading() as look:
        assert set(boards_of(look)) == OPENS[who]


@pytest.mark.parametrize("who", [name for name, boards in OPENS.items() if boards >= OF_PLANNERS])
def test_every_board_leaves_as_both_kinds_of_file(world: World, who: str) -> None:
    with world.desk(who).reading() as look:
        everything, narrowed = taken_by(look), taken_by(look, Asked(operation="OP1"))

    assert set(everything) == OPENS[who]
    assert set(narrowed) == OPENS[who] - OF_THE_RECORD - {"accounts"}
    assert [row["Planner reference"] for row in everything["actions"].rows] == ["WM-0001"]
    assert {name for name in ("posts", "offers", "conferences", "log") if not everything[name].rows} == set()
    assert all(sheet.marking in ("OFFICIAL", "OFFICIAL-SENSITIVE") for sheet in everything.values())


def test_the_operator_of_the_command_line_takes_every_board(world: World) -> None:
    with Desk(world.database).reading() as look:
        found = taken_by(look)

    assert set(found) == set(BOARDS)
    assert found["providers"].rows
    assert found["training"].rows


def test_another_operation_s_rows_are_left_out(world: World) -> None:
    take_seats(world)  # they come with an operation of their own
    with world.database.write() as session:
        other = session.exec(select(Operation.id).where(Operation.code == "OTHER")).one()
        session.add(Policy(operation_id=other or 0, blocks="", reason="the first policy", set_at=NOW))
    an_action(world, "XX-0009", operation_id=other)

    with Desk(world.database, clock=lambda: NOW).reading() as look:
        found = {code: taken_by(look, Asked(operation=code)) for code in ("", "OP1", "OTHER")}

    refs = {code: sheets["actions"].column("Planner reference") for code, sheets in found.items()}
    assert refs == {"": ["WM-0001", "XX-0009"], "OP1": ["WM-0001"], "OTHER": ["XX-0009"]}
    assert [name for name, sheet in found["OTHER"].items() if "WM-0001" in sheet.text] == []
    assert [name for name, sheet in found["OP1"].items() if "XX-0009" in sheet.text] == []
    assert {name for name, sheet in found["OP1"].items() if "WM-0001" in sheet.text} > {"posts", "bookings", "log"}


@pytest.mark.parametrize("who", ["silver", "gold", "national"])
def test_no_provider_is_named_to_who_may_not_know_it(exercise: Database, who: str) -> None:
    if not exercise.is_sqlite:
        pytest.skip("canaries are planted by the number that SQLite gives a row")
    plant(exercise)
    posts = {"silver": Post.SILVER, "gold": Post.GOLD, "national": Post.NATIONAL_GOLD}

    told, known = (_heard(exercise, desk_of(exercise, post)) for post in (posts[who], Post.CELL))

    hidden = _providers(exercise)
    assert told & hidden == set()
    assert {each.what for each in known & hidden} >= {"agency.name", "agency.code", "person.title", "unit.name"}


def _heard(database: Database, desk: Desk) -> set[Canary]:
    with desk.reading() as look:
        bodies = [table_file(look, name, "csv", "To listen").body for name in boards_of(look)]
    return heard(bodies, references(database))


def _providers(database: Database) -> set[Canary]:
    with database.read() as session:
        agencies = session.exec(select(Agency.id).where(Agency.kind == AgencyKind.CARE_PROVIDER)).all()
        people = session.exec(select(Person.id).where(col(Person.agency_id).in_(agencies))).all()
        units = session.execute(sa.text("SELECT id FROM unit")).scalars().all()
    found = {Canary(f"agency.{name}", number or 0) for number in agencies for name in ("name", "code")}
    found |= {Canary("person.title", number or 0) for number in people}
    return found | {Canary(f"unit.{name}", number) for number in units for name in ("name", "criteria")}


@pytest.mark.parametrize("post", [Post.SILVER, Post.GOLD, Post.REGIONAL_CELL])
def test_no_action_stands_in_any_sheet_that_its_reader_does_not_see(exercise: Database, post: Post) -> None:
    desk = desk_of(exercise, post)
    with desk.reading() as look:
        seen = set(look.session.exec(select(Action.reference).where(col(Action.id).in_(visible_actions(look)))))
        text = "\n".join(sheet.text for sheet in taken_by(look).values())

    named = set(re.findall(r"\b[A-Z]{1,4}-\d{4}\b", text))
    everything = {ref.decode() for ref in references(exercise)}
    assert named & everything == seen
    assert seen < everything


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: ascii(payload)[:40])
def test_what_is_typed_anywhere_runs_nowhere_and_stays_in_its_cell(world: World, payload: str) -> None:
    type_everywhere(world.database, payload)

    with world.desk("cell").reading() as look:
        found = {name: table_file(look, name, "xlsx", "Why").body for name in boards_of(look)}
        texts = {name: table_file(look, name, "csv", "Why").body for name in boards_of(look)}

    typed = 0
    for name in found:
        book, text = read_xlsx(found[name]), read_csv(texts[name])
        assert not FORMULA.search(parts_of(found[name])), name
        assert len(book.rows) == len(text.rows), name
        for cell in (cell for sheet in (book, text) for row in sheet.rows for cell in row.values()):
            if isinstance(cell, str):
                assert not UNSEEN.search(cell), (name, cell)
                assert not RUNS.match(cell) or _is_number(cell), (name, cell)
                typed += "1" in cell
    assert typed > 30


def parts_of(book: bytes) -> bytes:
    """Everything that a workbook is written in, its links to other files and what it calculates among them."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert not [name for name in archive.namelist() if "external" in name.lower() or "vba" in name.lower()]
        return b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", cell))


@pytest.mark.parametrize(
    ("board", "kind"), [("agencies", AGENCY_FILE), ("providers", PROVIDER_FILE), ("availability", AVAILABILITY_FILE)]
)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_sheet_of_the_directory_is_read_back_and_changes_nothing(
    exercise: Database, board: str, kind: Any, ending: str
) -> None:
    with desk_of(exercise, Post.CELL).reading() as look:
        grid = read_grid(table_file(look, board, ending, "Why").body)
        reading = read_file(look, kind, grid, suggest_mapping(grid.headings, kind.layout))
        fates = kind.fates(look, reading.rows)

    assert [finding.sentence for finding in reading.findings] == []
    assert set(fates) == {Fate.UNCHANGED}
    assert len(fates) == len(grid.rows) > 20
