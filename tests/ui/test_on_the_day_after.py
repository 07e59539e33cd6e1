"""The rest of the tab: two clicks keep what a provider said by telephone; how support went on is kept in numbers."""

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.on_the_day import SupportCount, TelephonePlaces
from planner.rules.on_the_day import Count
from tests.builders import World
from tests.day import begun, press
from tests.ui.pages import press as click
from tests.ui.test_on_the_day import said, seen, the_tab


def told(world: World) -> list[tuple[int, int]]:
    with world.desk("cell").reading() as look:
        return [(row.places_said, row.places) for row in look.session.exec(select(TelephonePlaces))]


def test_two_clicks_keep_what_a_provider_said(world: World) -> None:
    begun(world)
    press(world, *[Count.ENCOUNTERED] * 3)
    page = the_tab(world)
    assert "3 encountered, 0 places confirmed: 3 more needed." in said(page)

    pick(page, "U1")
    click(page, "Keep: given by telephone")

    assert told(world) == [(3, 3)]
    page = the_tab(world)
    assert "3 encountered, 0 places confirmed, 3 by telephone: enough." in said(page)
    assert "Unit U1: 3 places by telephone" in said(page)
    assert "Provider" not in said(page)


def pick(page: AppTest, unit: str) -> None:
    page.pills[0].select(unit).run()
    assert not page.exception


def test_the_provider_finds_it_on_its_page_and_corrects_it(world: World) -> None:
    begun(world)
    press(world, Count.ENCOUNTERED)
    page = the_tab(world)
    pick(page, "U1")
    click(page, "Keep: given by telephone")

    own = seen(world, "care.py", "provider")
    assert "Unit U1: 1 place by telephone" in said(own)
    assert "WM-0001" not in said(own)
    own.number_input(key="right-1-1").set_value(0)
    own.text_input(key="why-said-1").set_value("The house is full.")
    click(own, "Keep the correction")

    assert told(world) == [(1, 0)]
    assert "corrected by its provider" in said(the_tab(world))
    assert "The house is full." in said(the_tab(world))


def test_the_care_lead_keeps_how_support_went_on_and_silver_reads_it(world: World) -> None:
    begun(world)
    press(world, Count.ENCOUNTERED, Count.ENCOUNTERED)
    page = the_tab(world, "care_lead")

    next(box for box in page.number_input if box.label == "Entered support").set_value(2)
    click(page, "Keep these numbers")

    with world.desk("cell").reading() as look:
        kept = {row.outcome: row.number for row in look.session.exec(select(SupportCount)) if row.number}
    assert kept == {"entered_support": 2}
    silver = the_tab(world)
    assert "Something is told of all 2 encountered." in said(silver)
    assert "Keep these numbers" not in [button.label for button in silver.button]
