"""The directory: the cell adds people, agreements and courses; who plans reads; a provider's lead stays unseen."""

from datetime import date

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.directory import Agreement, Person, Training
from planner.rules.words import Post
from planner.views.directory import PersonFilter, count_people, people
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
    fill(page, **{"Reference of the agreement": "ISA/1", "In force until": date(2027, 12, 31)})
    press(page, "Record this agreement")

    assert not page.exception
    assert len(refused) == 1
    with world.desk("cell").reading() as look:
        titles = select(Person.title).join(Training).where(Training.course == "Recognising a victim")
        assert "Partner, West Midlands" in set(look.session.exec(titles))
        assert list(look.session.exec(select(Agreement.reference))) == ["ISA/1"]


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
