"""The two-page sheet: always two pages, marked on each, without a provider's name, premises or a safe house."""

import io
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from planner.db import Database
from planner.errors import NotFound
from planner.models.care import Unit
from planner.models.directory import Agency
from planner.outputs.sheet_file import lines_of, sheet_pdf
from planner.rules.findings import State
from planner.rules.pauses import PauseFact
from planner.rules.words import ConditionState, Nation
from planner.services import arrangements, go_ahead
from planner.views.sheet import Overridden, Sheet, sheet_of
from tests import ready
from tests.builders import DAWN, NOW, World, a_world
from tests.rules.facts import an_offer

REFERENCE = ready.REFERENCE
REASON = "Vans of the force will do tonight."
PROVIDER = "Larkspur Trust"
HOUSE = "Harbour House"


@pytest.fixture
def world(database: Database) -> World:
    made = a_world(database)
    with made.database.write() as session:
        provider, unit = session.get_one(Agency, made.provider), session.exec(select(Unit)).one()
        provider.name, unit.name = PROVIDER, HOUSE
        session.add_all([provider, unit])
    ready.make_ready(made)
    with made.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, REFERENCE, why_now="The warrant ends on Friday.")
    with made.desk("silver").writing() as work:
        row = next(each for each in sheet(made).one.facts.arrangements if each.kind == "transport")
        arrangements.withdraw_arrangement(work, row.id, "The driver is ill.")
    with made.desk("gold").writing() as work:
        go_ahead.override_check(work, go_ahead.OverrideRequest(REFERENCE, "transport", REASON))
    with made.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE, condition="An interpreter of the same sex.")
    return made


def sheet(world: World, who: str = "gold") -> Sheet:
    with world.desk(who).reading() as look:
        return sheet_of(look, REFERENCE)


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_all_of_it_stands_on_two_marked_pages(world: World) -> None:
    first, second = pages_of(sheet_pdf(sheet(world)))

    stands = "The go-ahead stands. Ready, 1 check overridden."
    for said in (stands, "Why now: The warrant ends on Friday.", REASON, "overridden Transport"):
        assert said in first
    for said in ("An interpreter of the same sex.", "proceed", "Ngo First responder", "Women 2 4 0 2", "Gold, West"):
        assert said in second
    assert "08000 121 700" in second
    assert all(page.count("OFFICIAL-SENSITIVE") == 2 for page in (first, second))
    assert all("Printed Tue 24 November, 09:00 by Gold, West Midlands" in page for page in (first, second))


@pytest.mark.parametrize("who", ["gold", "silver", "national", "cell"])
def test_no_provider_no_safe_house_and_no_premises_whoever_prints_it(world: World, who: str) -> None:
    pdf = sheet_pdf(sheet(world, who))

    page = " ".join(pages_of(pdf))
    assert [word for word in (PROVIDER, HOUSE, "U1", "residential", "premises") if word in page] == []
    assert PROVIDER.encode() not in pdf


@pytest.mark.parametrize("who", ["care_lead", "partner", "provider", "stranger", "other_silver"])
def test_who_sees_nothing_of_golds_decision_prints_no_sheet(world: World, who: str) -> None:
    with pytest.raises(NotFound, match="There is no action WM-0001, or none that you can open"):
        sheet(world, who)


def crowded(found: Sheet) -> Sheet:
    """Every check overridden at length, sixty posts of thirty agencies, twenty long conditions."""
    long = "What was agreed is written out in full here. " * 11
    one = found.one
    facts: Any = one.facts
    offers = tuple(an_offer(f"post_{n}", agency=f"Agency {n // 2}", role_title=f"Post {n}") for n in range(60))
    condition = facts.conditions[0] if facts.conditions else None
    conditions = tuple((condition or _a_condition())._replace(text=f"{n}: {long}"[:300]) for n in range(20))
    findings = tuple(
        each._replace(state=State.OVERRIDDEN, template="{} Overridden: {}", values=(long[:240], long))
        for each in one.gate.findings
    )
    overrides = tuple(Overridden(each.check, long[:240], long, "Gold", NOW, DAWN) for each in one.gate.findings)
    full = one._replace(
        facts=facts._replace(offers=offers, conditions=conditions), gate=one.gate._replace(findings=findings)
    )
    return found._replace(one=full, overrides=overrides, contacts=found.contacts * 3)


def _a_condition() -> Any:
    from planner.rules.values import ConditionFact

    return ConditionFact(1, "", ConditionState.RAISED)


def test_it_is_two_pages_with_very_many_posts_and_reasons_too(world: World) -> None:
    pages = pages_of(sheet_pdf(crowded(sheet(world))))

    assert len(pages) == 2
    assert "And 14 more conditions: see the page." in pages[1]
    assert "And more 12 agencies: see the page" in pages[1]


def test_it_is_two_pages_with_next_to_nothing(world: World) -> None:
    found = sheet(world)
    bare = found.one.facts._replace(offers=(), conditions=(), demand=(), holds=())

    pages = pages_of(sheet_pdf(found._replace(one=found.one._replace(facts=bare), contacts=(), overrides=())))

    assert len(pages) == 2
    assert "Nobody has accepted yet." in pages[1]


def test_it_is_tagged_and_says_its_language(world: World) -> None:
    root: Any = PdfReader(io.BytesIO(sheet_pdf(sheet(world)))).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root


@pytest.mark.parametrize("nation", [nation for nation in Nation if nation is not Nation.OTHER])
def test_every_nation_has_a_line_for_danger_and_one_for_advice(nation: Nation) -> None:
    assert {"Police emergency", "Modern Slavery and Exploitation Helpline"} <= {line.name for line in lines_of(nation)}


def test_a_pause_that_is_asked_for_stands_before_who_gave_the_go_ahead(world: World) -> None:
    with world.desk("gold").reading() as look:
        one = sheet_of(look, REFERENCE)
    asked = PauseFact(1, None, NOW, NOW + timedelta(hours=6), "A leak at the port.")
    facts = one.one.facts._replace(pauses=(asked,))

    first, _ = pages_of(sheet_pdf(one._replace(one=one.one._replace(facts=facts))))

    assert asked.asked_words in first
    assert "The force has not answered." in first
    assert first.index("A leak at the port.") < first.index("Asked for by")
