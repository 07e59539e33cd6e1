"""A provider's terms on its own page, by telephone in the directory, and beside the units to choose among."""

from datetime import UTC, date, datetime, time, timedelta

from streamlit.testing.v1 import AppTest

from planner.models.care import Provider, ProviderTerms
from tests import care
from tests.builders import World, an_action
from tests.ui.pages import opened, press
from tests.ui.test_care_page import drawn, number, text, today

__all__ = ["today"]


def test_a_provider_keeps_its_terms_and_reads_them_again(world: World) -> None:
    page = opened(world, "care.py", "provider")

    number(page, "Hours of notice before a first night").set_value(24)
    text(page, "Post that answers out of hours").set_value("Duty manager")
    press(page, "Keep these terms")
    refused = drawn(page)
    text(page, "Telephone number of its office").set_value("0121 496 0000")
    press(page, "Keep these terms")

    assert "Out of hours needs both" in refused
    assert "These terms are kept; planners read them before they ask." in drawn(page)
    assert number(page, "Hours of notice before a first night").value == 24
    with world.database.read() as session:
        assert session.get_one(Provider, world.provider).notice_hours == 24
        assert session.get_one(ProviderTerms, world.provider).by_telephone is False


def test_whom_a_unit_takes_is_kept_from_its_form(world: World) -> None:
    page = opened(world, "care.py", "provider")

    text(page, "Languages spoken there, with commas between").set_value("Romanian")
    next(box for box in page.checkbox if box.label == "Asks for co-operation with the police").check()
    press(page, "Keep whom it takes")

    assert "Whom U1 takes is kept" in drawn(page)
    assert text(page, "Languages spoken there, with commas between").value == "Romanian"


def test_the_care_lead_types_what_was_said_by_telephone(world: World) -> None:
    page = opened(world, "directory.py", "care_lead", tab="Care providers")

    number(page, "Hours of notice before a first night").set_value(48)
    press(page, "Keep these terms")

    with world.database.read() as session:
        assert session.get_one(ProviderTerms, world.provider).by_telephone is True
    own = opened(world, "care.py", "provider")
    assert any("typed by" in table.value.to_csv() for table in own.table)


def test_a_planner_reads_the_terms_and_is_warned_of_little_notice_with_the_number(world: World, today: date) -> None:
    with world.database.write() as session:
        session.get_one(Provider, world.provider).notice_hours = 720
        session.add(
            ProviderTerms(
                provider_id=world.provider,
                out_of_hours_post="Duty manager",
                office_number="0121 496 0000",
                said_at=datetime(2026, 1, 1, tzinfo=UTC),
            )
        )
    starts = datetime.combine(today + timedelta(days=5), time(6), tzinfo=UTC)
    an_action(world, starts_at=starts, ends_at=starts + timedelta(hours=3))
    page = opened(world, "action.py", reference="WM-0001", tab="Care")
    shown = drawn(page)

    press(page, "Hold places")

    assert "720 hours; less is asked all the same" in shown
    assert "U1: women; 720 hours of notice" in next(box for box in page.selectbox if box.label == "Unit").options
    assert "0121 496 0000" not in shown
    assert "is asked to confirm them. Unit U1 asks for 720 hours of notice; the first night" in drawn(page)


def test_a_lead_names_a_stand_in_and_takes_it_back(world: World) -> None:
    care.a_person(world, "night", world.provider)
    page = opened(world, "care.py", "provider")
    assert "night, example (has no account yet: ask the cell to invite them)" in select(page, "Who of your service")

    press(page, "Name this stand-in")
    named = drawn(page)
    theirs = drawn(opened(world, "care.py", "night"))
    press(page, "Take this back")

    assert "night, example stands in until" in named
    assert "night, example answers requests too, until" in named
    assert "You stand in for the lead of your service until" in theirs
    assert "night, example no longer stands in, and is told." in drawn(page)
    assert "Nobody stands in for you." in drawn(page)
    assert "taken back" in drawn(page)


def select(page: AppTest, label: str) -> list[str]:
    return list(next(box for box in page.selectbox if box.label == label).options)
