"""The Record page: filters, lists, disclosures for a reason, legal holds, and whether the record can be trusted."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.rules.words import Outcome
from planner.services.actions import stand_down
from planner.services.checkpoints import write_checkpoint
from planner.views.legal_holds import legal_holds
from tests.builders import World, an_action
from tests.ui.pages import opened, press


def with_lines(world: World, number: int = 1) -> None:
    an_action(world)
    with world.desk("silver").writing() as work:
        stand_down(work, "WM-0001", "No longer needed.")
    for at in range(1, number):
        with world.desk("gold").writing() as work:
            work.record("view", f"Page {at} was opened.", kind="page", ref=f"page-{at}", outcome=Outcome.VIEWED)


def rows(page: AppTest) -> str:
    return "\n".join(item.proto.body for item in page.get("html"))


def test_the_page_says_whether_the_record_agrees_with_its_last_checkpoint(world: World, own_var: Path) -> None:
    with_lines(world)

    page = opened(world, "record.py", "cell")
    before = [text.value for text in page.text]
    with world.desk("cell").reading() as look:
        write_checkpoint(look, own_var / "checkpoints.jsonl")
    press(page, "Verify the whole record")

    after = [text.value for text in page.text]
    assert "! No checkpoint has been written yet." in before
    assert any(text.startswith("✓ The last checkpoint was written on") for text in after)
    assert any(text.startswith("✓ The record is whole:") for text in after)


def test_a_file_of_checkpoints_that_cannot_be_read_is_said_and_the_page_goes_on(world: World, own_var: Path) -> None:
    with_lines(world)
    (own_var / "checkpoints.jsonl").mkdir(parents=True)

    page = press(opened(world, "record.py", "cell"), "Verify the whole record")

    texts = [text.value for text in page.text]
    assert "! The file of checkpoints cannot be read or written. Tell who runs this." in texts
    assert "The file of checkpoints cannot be read, so the record cannot be compared with it." in texts
    assert "WM-0001 was stood down" in rows(page)


def test_lines_are_filtered_and_fifty_make_a_page(world: World) -> None:
    with_lines(world, 60)
    page = opened(world, "record.py", "cell")
    first = rows(page)

    page.selectbox[0].set_value(Outcome.DONE).run()
    page.text_input[0].set_value("no longer").run()

    assert first.count("<tr") == 51
    assert "WM-0001 was stood down" not in first
    assert "WM-0001 was stood down" in rows(page)
    assert "Page 1 was opened." not in rows(page)


def test_days_in_the_wrong_order_are_refused_with_a_sentence(world: World) -> None:
    with_lines(world)
    page = opened(world, "record.py", "cell")

    page.date_input[0].set_value(date(2026, 11, 25))
    page.date_input[1].set_value(date(2026, 11, 24)).run()

    assert not page.exception
    assert "The last day is before the first. Choose another of the two." in [text.value for text in page.text]


@pytest.mark.parametrize(
    ("tab", "there", "not_there"),
    [
        ("By person", "Silver, West Midlands", "WM-0001"),
        ("By action", "WM-0001", "Silver, West Midlands"),
        ("Disclosures", "Page 1 was opened.", "stood down"),
    ],
)
def test_each_tab_lists_what_it_is_for(world: World, tab: str, there: str, not_there: str) -> None:
    with_lines(world, 3)

    listed = rows(opened(world, "record.py", "cell", tab=tab))

    assert there in listed
    assert not_there not in listed


def test_disclosures_are_downloaded_for_a_reason_and_two_days(world: World) -> None:
    with_lines(world, 3)
    page = opened(world, "record.py", "cell", tab="Disclosures")

    page.date_input[0].set_value(date(2026, 11, 1))
    page.date_input[1].set_value(date(2026, 11, 30)).run()
    without = [button.proto.url for button in page.get("link_button")]
    page.text_input(key="disclosures-why").set_value("The court asks: who/when?").run()

    assert without == []
    assert [button.proto.url for button in page.get("link_button")] == [
        "/files/disclosures/2026-11-01_2026-11-30/The%20court%20asks%3A%20who%2Fwhen%3F"
    ]


def test_the_cell_sets_and_lifts_a_legal_hold_and_the_national_gold_reads_it(world: World) -> None:
    page = opened(world, "record.py", "cell", tab="Keeping")
    page.text_input[-1].set_value("The coroner asked for everything.")
    press(page, "Set a legal hold")
    seen = opened(world, "record.py", "national", tab="Keeping")

    page.text_input[-1].set_value("The inquest has ended.")
    press(page, "Lift the legal hold")

    assert "The coroner asked for everything." in rows(seen)
    assert "Set a legal hold" not in [button.label for button in seen.button]
    assert any("kept for 6 years at least" in text.value for text in seen.text)
    with world.desk("cell").reading() as look:
        assert [(row.reason, row.lifted_reason) for row in legal_holds(look)] == [
            ("The coroner asked for everything.", "The inquest has ended.")
        ]
