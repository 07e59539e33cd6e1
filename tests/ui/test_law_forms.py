"""The legal basis is typed: only what matters is asked for, and what was typed stays after a refusal."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.operations import Action, LegalBasis
from planner.rules.windows import local
from planner.rules.words import ActionState, Entries, Power
from planner.services.legal_basis import LegalRequest, set_legal_basis
from tests.builders import NOW, World, an_action
from tests.ui.pages import opened, press

TODAY = datetime.now(UTC).date()
NIGHT = datetime.combine(TODAY + timedelta(days=10), datetime.min.time(), UTC)
ALWAYS = ["Name of the power, or type another", "Its reference"]
LIFE = ["Months that its statute gives, where it does", "Issued on"]
LAST = "Last lawful day, where its text says an earlier one than three months"
SOON = ("! Last 14 days", "✕ Last 7 days")
WHO = "Functions of other agencies named as accompanying, by the post's title"


def page_of(world: World, **changes: Any) -> AppTest:
    dawn = NIGHT + timedelta(hours=9)
    an_action(world, **{"starts_at": dawn, "ends_at": dawn + timedelta(hours=3)} | changes)
    return opened(world, "action.py", reference="WM-0001", tab="Plan")


def field(page: AppTest, label: str) -> Any:
    kinds = (page.selectbox, page.text_input, page.date_input, page.time_input, page.number_input, page.checkbox)
    return next(box for kind in kinds for box in kind if box.label == label)


def labels(page: AppTest) -> set[str]:
    kinds = (page.selectbox, page.text_input, page.date_input, page.time_input, page.number_input, page.checkbox)
    return {box.label for kind in kinds for box in kind}


def badges(page: AppTest) -> list[str]:
    return [text.value.replace("\\", "") for text in page.markdown]


def kept(world: World) -> LegalBasis | None:
    with world.desk("cell").reading() as look:
        return look.session.exec(select(LegalBasis)).first()


def test_only_what_matters_for_the_power_is_asked_for(world: World) -> None:
    page = page_of(world)
    assert {*ALWAYS, *LIFE, LAST, WHO, "Entries it allows"} <= labels(page)
    assert not {"Heard on", "Reason for entry between 22:00 and 06:00"} & labels(page)

    field(page, "How far the warrant has come").select("Applied for").run()
    assert {*ALWAYS, "Heard on", "Heard at"} <= labels(page)
    assert not {*LIFE, LAST, WHO, "Entries it allows"} & labels(page)

    field(page, "Power").select(Power.CONSENT).run()
    assert {*ALWAYS, "Last day on which it can be used, where there is one"} <= labels(page)
    assert not {"How far the warrant has come", "Heard on", *LIFE} & labels(page)


def test_an_entry_at_night_asks_for_its_reason(world: World) -> None:
    assert "Reason for entry between 22:00 and 06:00" in labels(page_of(world, starts_at=NIGHT))


def test_what_was_typed_stays_after_a_refusal(world: World) -> None:
    page = page_of(world)

    field(page, "Its reference").set_value("W/4711")
    press(page, "Keep the legal basis")
    assert any("enter the day it was issued" in text.value for text in page.text)
    assert field(page, "Its reference").value == "W/4711"
    field(page, "Issued on").set_value(TODAY)
    press(page, "Keep the legal basis")

    row = kept(world)
    assert row
    assert (row.reference, row.issued_on, row.statute, row.hearing_at) == ("W/4711", TODAY, "PACE 1984 s.8", None)


def test_a_warrant_is_applied_for_and_later_issued_in_the_same_form(world: World) -> None:
    page = page_of(world)

    field(page, "How far the warrant has come").select("Applied for").run()
    field(page, "Its reference").set_value("A/1")
    field(page, "Heard on").set_value(TODAY + timedelta(days=2))
    press(page, "Keep the legal basis")
    assert any("Warrant applied for: heard" in badge for badge in badges(page))
    field(page, "How far the warrant has come").select("Issued").run()
    assert field(page, "Its reference").value == ""
    field(page, "Its reference").set_value("W/1")
    field(page, "Issued on").set_value(TODAY)
    press(page, "Keep the legal basis")

    row = kept(world)
    assert row
    assert (row.reference, row.hearing_at) == ("W/1", None)


@pytest.mark.parametrize(("state", "warned"), [(ActionState.PLANNED, True), (ActionState.BEGUN, False)])
def test_the_entry_that_spends_a_warrant_is_no_warning(world: World, state: ActionState, warned: bool) -> None:
    number = an_action(world, "WM-0001")
    with world.desk("silver").writing() as work:
        set_legal_basis(work, LegalRequest("WM-0001", Power.WARRANT, "PACE 1984 s.8", "W/1", issued_on=NOW.date()))
        row = work.session.exec(select(LegalBasis)).one()
        row.spent_at, work.session.get_one(Action, number).state = NOW, state

    page = opened(world, "action.py", reference="WM-0001")

    assert any("Warrant spent" in badge for badge in badges(page)) is warned


def test_a_spent_warrant_offers_to_be_issued_again(world: World) -> None:
    an_action(world, "WM-0009")
    page = page_of(world)
    with world.desk("silver", NIGHT).writing() as work:
        request = LegalRequest("WM-0001", Power.WARRANT, "PACE 1984 s.8", "W/1", issued_on=TODAY)
        set_legal_basis(work, request)
        row = work.session.exec(select(LegalBasis)).one()
        row.spent_at, row.entries = NIGHT - timedelta(days=11), Entries.ONE
        work.session.add(row)
    page.run()

    assert field(page, "How far the warrant has come").value == "Issued again"
    field(page, "Its reference").set_value("W/2")
    field(page, "Issued on").set_value(TODAY)
    press(page, "Keep the legal basis")
    press(page, "Keep the legal basis")  # the page was drawn before the warrant was recorded

    again = kept(world)
    assert again
    assert (again.reference, again.former_reference, again.spent_at) == ("W/2", "W/1", None)


@pytest.mark.parametrize(
    ("days", "said", "cell"),
    [(20, None, ">Until "), (14, SOON[0], ">! 14 days left<"), (7, SOON[1], ">✕ 7 days left<")],
)
def test_the_action_and_the_list_say_what_is_left(world: World, days: int, said: str | None, cell: str) -> None:
    page = page_of(world)
    until = local(datetime.now(UTC)).date() + timedelta(days=days)  # the page's day, which may have begun since
    with world.desk("silver", datetime.now(UTC)).writing() as work:
        set_legal_basis(
            work,
            LegalRequest("WM-0001", Power.WARRANT, "PACE 1984 s.8", "W/1", issued_on=TODAY, expires_on=until),
        )

    drawn = badges(page.run())
    listed = opened(world, "actions.py", "cell")

    assert ([said] if said else []) == [word for word in SOON if any(word in badge for badge in drawn)]
    (table,) = (str(item.value) for item in listed.get("html") if "rows-actions" in str(item.value))
    assert cell in table
