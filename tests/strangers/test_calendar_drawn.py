"""The same calendars on the page before they are taken, and on paper: not a word more than their reader may know."""

import io
from collections import Counter
from collections.abc import Iterator

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from planner.outputs.calendar_sheet import MONTH, WEEK, Stretch, calendar_sheet
from planner.rules.calendar_choice import Detail, Scope
from planner.services.sessions import hash_of
from planner.settings import ROOT
from tests.builders import DAWN, World
from tests.strangers.calendar_stage import Stage, set_calendars
from tests.strangers.calendar_told import EVERY, holds, markings
from tests.strangers.planted import Told, heard
from tests.strangers.scene import Scene
from tests.strangers.test_calendar_canaries import Asked, everything, readers_of, sit

WITHOUT_PAGE = ("stranger", "administrator", "administrator (own)")
SHAPES = {Detail.NEUTRAL: MONTH, Detail.BUSY: WEEK}
TITLES = ("Planned action ", "Case conference ", "Phase ", "Due: ")
WHY = "For the briefing"


@pytest.fixture
def stage(staged: tuple[World, Scene]) -> Stage:
    return set_calendars(*staged)


def opening(stage: Stage, *, full: bool) -> Iterator[Asked]:
    """Every calendar that opens; at the small size to one reader of each post, busy to the first of each scope."""
    seen: set[Scope] = set()
    for asked in everything(stage, readers_of(stage, full=full)):
        if asked.holds is None or not (full or "(" not in asked.reader or "(own)" in asked.reader):
            continue
        busy = asked.choice.detail is Detail.BUSY
        if full or not busy or asked.scope not in seen:
            seen |= {asked.scope} if busy else set()
            yield asked


def test_no_sheet_of_paper_tells_more_than_the_file(stage: Stage, full: bool) -> None:
    counted = Counter[str]()

    for asked in opening(stage, full=full):
        stretch = Stretch(SHAPES[asked.choice.detail], DAWN.date())
        with stage.world.desk(asked.reader).reading() as look:
            body = calendar_sheet(look, asked.scope, asked.name, asked.choice, stretch)
        words = printed(body)
        found = heard(words, stage.planted)
        assert found <= markings(stage, asked.holds), asked
        if asked.choice.detail is Detail.BUSY:
            assert not [title for title in TITLES if title in words], asked
        counted[f"{asked.choice.detail} {asked.scope}"] += 1
        counted["with an action"] += "Planned action " in words
        counted["instructions"] += len(found)

    print(dict(counted))
    assert counted["with an action"]
    assert counted["instructions"]
    assert {f"{detail} {scope}" for scope in Scope for detail in Detail} <= set(counted)


def printed(body: bytes) -> str:
    """What stands on the pages, and what the file says of itself."""
    read = PdfReader(io.BytesIO(body))
    return " ".join(" ".join([*(page.extract_text() for page in read.pages), str(read.metadata)]).split())


def test_no_page_before_it_tells_more_than_the_names_that_its_reader_knows(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    monkeypatch.setenv("PLANNER_DATABASE_URL", str(stage.world.database.url))
    counted = Counter[str]()
    tokens = sit(stage, readers_of(stage, full=full))

    for asked in opening(stage, full=full):
        if asked.reader in WITHOUT_PAGE:
            continue
        page = drawn(tokens[asked.reader], asked)
        text = "\n".join(str(getattr(element, "proto", "")) for element in page)
        found = heard(text, stage.planted)
        assert found - names(stage, asked.reader) <= markings(stage, asked.holds), asked
        assert "What it will show" in text, asked
        counted[f"{asked.choice.detail} {asked.scope}"] += 1
        counted["names"] += len(found)
        if asked.choice.detail is Detail.BUSY:
            assert not [title for title in TITLES if title in text], asked

    print(dict(counted))
    assert counted["names"]
    assert {f"{detail} {scope}" for scope in Scope for detail in Detail} <= set(counted)


def drawn(token: str, asked: Asked) -> AppTest:
    """The page where a calendar is taken out, everything chosen and a reason given."""
    test = AppTest.from_file(str(ROOT / "pages" / "calendar.py"), default_timeout=30)
    test.user = {"username": "x", "sid": hash_of(token)}
    test.query_params["of"] = f"{asked.scope}/{asked.name}"
    test.query_params["tab"] = "Take it out"
    test.session_state[f"take-kinds-{asked.scope}"] = sorted(asked.choice.kinds)
    test.session_state[f"take-detail-{asked.scope}"] = asked.choice.detail
    test.session_state["take-why"] = WHY
    page = test.run()
    assert not page.exception, asked
    assert page.selectbox[0].value == f"{asked.scope}/{asked.name}", asked
    return page


def names(stage: Stage, reader: str) -> set[Told]:
    """What the calendars that open to a reader are called, and the codes by which they are asked for."""
    found = set()
    tables = {Scope.OPERATION: "operation", Scope.REGION: "region", Scope.SERIES: "standinggroup"}
    for scope, name in EVERY:
        if scope is not Scope.PERSON and holds(stage, reader, scope, name) is not None:
            table = tables.get(scope, "agency")
            row = stage.rows["group" if scope is Scope.SERIES else table, name]
            found |= {Told(table, column, row) for column in ("name", "code")}
    return found
