"""The decision log on its two pages: read entry by entry, written to by who decides, its headings chosen by Gold."""

import pytest

from planner.rules.log_headings import HEADINGS, Headings, Part
from planner.views.decision_log import log_of_action, log_of_operation
from tests import ready
from tests.builders import World
from tests.ui.pages import opened, press

NDM, JESIP = HEADINGS[Headings.NDM], HEADINGS[Headings.JESIP]


def test_gold_logs_a_decision_under_the_five_steps_and_a_second_press_is_no_second_entry(world: World) -> None:
    ready.make_ready(world)
    page = opened(world, "action.py", "gold", ready.REFERENCE, tab="Decisions")

    fields = {field.label: field for field in page.text_area if field.label in NDM.values()}
    fields[NDM[Part.OPTIONS]].set_value("Going in tonight: too few of us.")
    press(page, "Keep this entry")
    refused = [text.value for text in page.text if "Say what was decided" in text.value]
    next(field for field in page.text_area if field.label == NDM[Part.ACTION]).set_value("We wait a day.")
    press(page, "Keep this entry")

    assert list(fields) == list(NDM.values())
    assert len(refused) == 1
    with world.desk("gold").reading() as look:
        entry = log_of_action(look, ready.REFERENCE).entries[0]
    assert entry.parts == (
        (NDM[Part.OPTIONS], "Going in tonight: too few of us."),
        (NDM[Part.ACTION], "Decided: We wait a day."),
    )
    said = [text.value for text in page.text]
    assert f"{NDM[Part.ACTION]}: Decided: We wait a day." in said
    assert any(text.startswith(f"{NDM[Part.INFORMATION]}: Thu 26 November 2026") for text in said)  # the conference's


def test_the_national_gold_chooses_the_headings_and_logs_for_the_operation(world: World) -> None:
    page = opened(world, "operation.py", "national", tab="Decision log")

    next(box for box in page.selectbox if box.label == "Headings of").select(Headings.JESIP).run()
    press(page, "Use these headings")
    next(field for field in page.text_area if field.label == JESIP[Part.ACTION]).set_value("Phase two begins in March.")
    press(page, "Keep this entry")

    with world.desk("national").reading() as look:
        log = log_of_operation(look, "OP1")
    assert (log.headings, log.total) == (Headings.JESIP, 1)
    assert f"{JESIP[Part.ACTION]}: Decided: Phase two begins in March." in [text.value for text in page.text]


@pytest.mark.parametrize("who", ["silver", "gold", "cell"])
def test_the_headings_are_the_national_golds(world: World, who: str) -> None:
    page = opened(world, "operation.py", who, tab="Decision log")

    labels = {button.label for button in page.button}
    assert "Use these headings" not in labels
    assert ("Keep this entry" in labels) is (who == "cell")
