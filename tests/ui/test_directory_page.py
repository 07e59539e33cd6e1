"""The directory: the cell adds people, agreements and courses; who plans reads; a provider's lead stays unseen."""

from datetime import date, timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.care import Provider, Unit
from planner.models.directory import Agreement, Person, Training
from planner.models.reference import Figure
from planner.rules.words import Post
from planner.services import duty_numbers, mailboxes
from planner.ui import mailbox_forms
from planner.ui.directory_tabs import TABS
from planner.views.directory import PersonFilter, count_people, people
from planner.views.mail import agency_reached
from planner.views.provider_units import provider_units
from planner.views.today import agreement_tasks
from planner.work import Desk
from tests.builders import NOW, World
from tests.sharing import agree
from tests.ui.pages import opened, press

TITLE = "Duty officer, East"


def fill(page: AppTest, **said: object) -> None:
    """Give fields their values by label, an underscore for a space."""
    fields = {field.label: field for field in [*page.text_input, *page.selectbox, *page.date_input]}
    for label, value in said.items():
        fields[label.replace("_", " ")].set_value(value)


def tabs(page: AppTest) -> list[str]:
    return [tab.label for tab in page.tabs]


OPEN_TO_ALL = ["People", "Agencies", "Roles", "Figures"]


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("cell", {"Care providers", "Availability", "Agreements", "Training", "Import a spreadsheet"}),
        ("care_lead", {"Care providers"}),
        ("silver", set()),
        ("national", set()),
    ],
)
def test_each_has_the_tabs_that_it_may_use_and_one_of_them_is_drawn(world: World, name: str, more: set[str]) -> None:
    page = opened(world, "directory.py", name)

    assert not page.exception
    assert tabs(page) == [tab for tab in TABS if tab in more or tab in OPEN_TO_ALL]
    assert [header.value for header in page.header] == ["People and posts"]


@pytest.mark.parametrize(
    ("tab", "header"),
    [
        ("People", "People and posts"),
        ("Agencies", "Agencies"),
        ("Care providers", "Care providers' units"),
        ("Availability", "When agencies can be asked"),
        ("Agreements", "Information-sharing agreements"),
        ("Training", "Training and dedicated teams"),
        ("Roles", "Roles and responsibilities"),
        ("Figures", "Published figures of Pentameter 1 and 2"),
        ("Import a spreadsheet", "Import a spreadsheet"),
    ],
)
def test_a_link_opens_its_tab_and_for_who_may_not_use_it_the_first(world: World, tab: str, header: str) -> None:
    cell, silver = (opened(world, "directory.py", name, tab=tab) for name in ("cell", "silver"))

    assert not cell.exception
    assert not silver.exception
    assert [item.value for item in cell.header] == [header]
    assert [item.value for item in silver.header] == [header if tab in OPEN_TO_ALL else "People and posts"]


def test_an_agreement_that_is_due_leads_from_today_to_its_tab(world: World) -> None:
    agree(world, "ngo", valid_to=NOW.date())

    with world.desk("cell").reading() as look:
        (task,) = agreement_tasks(look)

    assert (task.page, task.tab) == ("directory", "Agreements")
    assert task.tab in TABS


def test_the_cell_adds_somebody_with_a_post(world: World) -> None:
    page = opened(world, "directory.py", "cell")

    fill(page, **{"Title of the post, never a name: “Silver, Northern region”": TITLE, "Appointed as": Post.CARE_LEAD})
    press(page, "Add and appoint")

    assert not page.exception
    with world.desk("cell").reading() as look:
        assert [row.post for row in people(look, PersonFilter(text="Duty officer"))] == [Post.CARE_LEAD]


def test_the_cell_keeps_courses(world: World) -> None:
    page = opened(world, "directory.py", "cell", tab="Training")

    fill(page, **{"Who, by their title": "Nobody", "Course": "Recognising a victim"})
    press(page, "Record this course")
    refused = [text.value for text in page.text if "nobody called Nobody" in text.value]
    fill(page, **{"Who, by their title": "Partner, West Midlands", "Completed on": date(2026, 9, 1)})
    press(page, "Record this course")

    assert len(refused) == 1
    with world.desk("cell").reading() as look:
        titles = select(Person.title).join(Training).where(Training.course == "Recognising a victim")
        assert "Partner, West Midlands" in set(look.session.exec(titles))


def test_the_cell_keeps_agreements(world: World) -> None:
    page = opened(world, "directory.py", "cell", tab="Agreements")

    terms = {"Reference of the agreement": "ISA/1", "What it is for": "Care.", "In force until": date(2027, 12, 31)}
    fill(page, **terms)
    press(page, "Record this agreement")

    with world.desk("cell").reading() as look:
        assert list(look.session.exec(select(Agreement.reference))) == ["ISA/1"]


@pytest.mark.parametrize(("name", "sees"), [("cell", True), ("care_lead", True), ("silver", False), ("gold", False)])
def test_a_providers_units_are_listed_for_who_may_see_its_name_and_for_nobody_else(
    world: World, name: str, sees: bool
) -> None:
    with world.database.write() as session:
        unit = session.exec(select(Unit).where(Unit.code == "U1")).one()
        unit.criteria, unit.cooperation_required = "Exploited in <b>this</b> country.", True
        session.get_one(Provider, world.provider).last_confirmed_at = Desk(world.database).clock() - timedelta(hours=3)

    page = opened(world, "directory.py", name, tab="Care providers")

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
    assert ("Care providers" in tabs(page)) is sees
    assert [header.value for header in page.header] == ["Care providers' units" if sees else "People and posts"]
    with world.desk(name).reading() as look:
        assert [unit.code for unit in provider_units(look)] == (["U1"] if sees else [])


def test_published_figures_are_in_plain_words_with_their_day_where_one_is_known(world: World) -> None:
    with world.database.write() as session:
        for on in ("2008-07-02", "undated"):
            session.add(
                Figure(operation="pentameter_1", measure="victims_rescued", value=88, source="Home", source_date=on)
            )

    page = opened(world, "directory.py", tab="Figures")

    assert not page.exception
    drawn = "".join(element.proto.body for element in page.get("html"))
    wanted = [">Pentameter 1<", ">Victims rescued<", ">88<", ">Wed 2 July 2008<", ">Undated<"]
    assert [words for words in wanted if words not in drawn] == []


def test_agencies_are_found_by_a_word_of_their_name(world: World) -> None:
    page = opened(world, "directory.py", tab="Agencies")

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


def test_the_cell_sees_what_is_kept_of_an_agency_before_it_is_changed(world: World) -> None:
    with world.desk("cell").writing() as work:
        mailboxes.set_agency_mailbox(work, "ngo", "duty.desk@example.org")
    with world.desk("cell").writing() as work:
        duty_numbers.set_agency_number(work, "ngo", "01632 960 001")

    page = opened(world, "directory.py", "cell")
    fill(page, Agency="ngo")
    page.run()
    kept = [box.value for box in page.text_input if box.key and box.key.endswith("-ngo")]
    assert kept == ["duty.desk@example.org", "01632 960 001"]
    fill(page, **{mailbox_forms.NUMBER.replace(" ", "_"): ""})
    press(page, "Keep the agency's number")

    with world.desk("cell").reading() as look:
        assert agency_reached(look, "ngo") == ("duty.desk@example.org", "")
    with world.desk("silver").reading() as look:
        assert agency_reached(look, "ngo") == ("", "")
