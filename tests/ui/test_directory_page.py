"""The directory: the cell adds people, agreements and courses; who plans reads; a provider's lead stays unseen."""

from datetime import date, timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.care import Provider, Unit
from planner.models.directory import Agreement, Person, Training
from planner.rules.words import Post
from planner.views.directory import PersonFilter, count_people, people
from planner.views.provider_units import provider_units
from planner.work import Desk
from tests.builders import World
from tests.ui.pages import opened, press

TITLE = "Duty officer, East"


def fill(page: AppTest, **said: object) -> None:
    """Give fields their values by label, an underscore for a space."""
    fields = {field.label: field for field in [*page.text_input, *page.selectbox, *page.date_input]}
    for label, value in said.items():
        fields[label.replace("_", " ")].set_value(value)


def test_the_cell_adds_somebody_with_a_post(world: World) -> None:
    page = opened(world, "directory.py", "cell")

    fill(page, **{"Title of the post, never a name: “Silver, Northern region”": TITLE, "Appointed as": Post.CARE_LEAD})
    press(page, "Add and appoint")

    assert not page.exception
    with world.desk("cell").reading() as look:
        assert [row.post for row in people(look, PersonFilter(text="Duty officer"))] == [Post.CARE_LEAD]


def test_the_cell_keeps_courses_and_agreements(world: World) -> None:
    page = opened(world, "directory.py", "cell")

    fill(page, **{"Who, by their title": "Nobody", "Course": "Recognising a victim"})
    press(page, "Record this course")
    refused = [text.value for text in page.text if "nobody called Nobody" in text.value]
    fill(page, **{"Who, by their title": "Partner, West Midlands", "Completed on": date(2026, 9, 1)})
    press(page, "Record this course")
    terms = {"Reference of the agreement": "ISA/1", "What it is for": "Care.", "In force until": date(2027, 12, 31)}
    fill(page, **terms)
    press(page, "Record this agreement")

    assert not page.exception
    assert len(refused) == 1
    with world.desk("cell").reading() as look:
        titles = select(Person.title).join(Training).where(Training.course == "Recognising a victim")
        assert "Partner, West Midlands" in set(look.session.exec(titles))
        assert list(look.session.exec(select(Agreement.reference))) == ["ISA/1"]


@pytest.mark.parametrize(("name", "sees"), [("cell", True), ("care_lead", True), ("silver", False), ("gold", False)])
def test_a_providers_units_are_listed_for_who_may_see_its_name_and_for_nobody_else(
    world: World, name: str, sees: bool
) -> None:
    with world.database.write() as session:
        unit = session.exec(select(Unit).where(Unit.code == "U1")).one()
        unit.criteria, unit.cooperation_required = "Exploited in <b>this</b> country.", True
        session.get_one(Provider, world.provider).last_confirmed_at = Desk(world.database).clock() - timedelta(hours=3)

    page = opened(world, "directory.py", name)

    assert not page.exception
    drawn = "".join(element.proto.body for element in page.get("html"))
    row = [
        ">U1<",
        ">Provider<",
        '"Places" class="figure">4<',
        ">Women; sexual or unknown exploitation<",
        ">Exploited in &lt;b&gt;this&lt;/b&gt; country. Co-operation with the police is required.<",
        ">Midlands<",
        ">3 hours ago<",
    ]
    assert [words in drawn for words in row] == [sees] * len(row)
    assert ("Care providers' units" in [header.value for header in page.header]) is sees
    with world.desk(name).reading() as look:
        assert [unit.code for unit in provider_units(look)] == (["U1"] if sees else [])


def test_agencies_are_found_by_a_word_of_their_name(world: World) -> None:
    page = opened(world, "directory.py")

    fill(page, Name_or_region="childr")
    page.run()

    assert not page.exception
    assert "1 agency; showing 1." in [text.value for text in page.text]


def test_silver_reads_who_holds_a_post_and_never_a_providers_lead(world: World) -> None:
    page = opened(world, "directory.py", "silver")

    assert not page.exception
    assert "Add and appoint" not in [button.label for button in page.button]
    with world.desk("silver").reading() as seen, world.desk("cell").reading() as all_:
        mine, whole = (people(look, PersonFilter()) for look in (seen, all_))
        assert count_people(seen, PersonFilter()) == len(mine)
    assert "Provider, West Midlands" in {row.title for row in whole}
    assert "Provider, West Midlands" not in {row.title for row in mine}
    assert "Partner, West Midlands" in {row.title for row in mine}
