"""Small drawings: a state is a word, a sign and a colour; free text is shown and never obeyed."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from planner.rules.findings import Finding, State
from planner.rules.windows import Window
from planner.rules.words import (
    ArrangementState,
    ConferenceState,
    GoAheadState,
    HoldState,
    OfferState,
    Standing,
    UndertakingState,
)
from planner.ui.widgets import SIGNS, gate_state, plain, sign_of, state_words, when
from tests.browser.hostile import HOSTILE

SHOWN = [
    *HoldState,
    *OfferState,
    *ArrangementState,
    *ConferenceState,
    *GoAheadState,
    *Standing,
    *UndertakingState,
]


@pytest.mark.parametrize(
    ("state", "words", "colour"),
    [
        ("blocks", "✕ Blocks", "red"),
        ("advises", "! Advises", "orange"),
        ("met", "✓ Met", "green"),
        ("overridden", "⟲ Overridden", "violet"),
        ("not_needed", "– Not needed", "gray"),
        (OfferState.OFFERED, "… Offered", "gray"),
        (HoldState.HELD, "! Held", "orange"),
        (HoldState.CONFIRMED, "✓ Confirmed", "green"),
        (ConferenceState.HELD, "✓ Held", "green"),
    ],
)
def test_a_state_looks_the_same_everywhere(state: str, words: str, colour: str) -> None:
    assert (state_words(state), sign_of(state).colour) == (words, colour)


@pytest.mark.parametrize("state", SHOWN, ids=lambda state: f"{type(state).__name__}-{state}")
def test_every_stored_state_has_a_look_of_its_own(state: str) -> None:
    assert state in SIGNS


@pytest.mark.parametrize("colour", ["red", "orange", "green", "violet"])
def test_no_two_colours_share_a_sign(colour: str) -> None:
    marks = {sign.mark for sign in SIGNS.values() if sign.colour == colour}
    others = {sign.mark for sign in SIGNS.values() if sign.colour != colour}

    assert len(marks) == 1
    assert not marks & others


@pytest.mark.parametrize(
    ("state", "blocks", "shown"),
    [
        (State.UNMET, True, "blocks"),
        (State.UNMET, False, "advises"),
        (State.NOT_RECORDED, True, "blocks"),
        (State.NOT_RECORDED, False, "advises"),
        (State.MET, True, "met"),
        (State.OVERRIDDEN, True, "overridden"),
        (State.NOT_NEEDED, False, "not_needed"),
    ],
)
def test_what_is_unmet_or_unrecorded_blocks_or_advises(state: State, blocks: bool, shown: str) -> None:
    assert gate_state(Finding("care", state, "", blocks=blocks)) == shown


def test_a_window_is_told_on_the_british_clock() -> None:
    window = Window(datetime(2026, 6, 25, 5, tzinfo=UTC), datetime(2026, 6, 25, 8, tzinfo=UTC))

    assert when(window) == "Thu 25 June, 06:00 to 09:00"


@pytest.mark.parametrize("text", HOSTILE)
def test_every_mark_of_markdown_is_escaped(text: str) -> None:
    bare = plain(text).replace("\\\\", "")

    assert all(bare[i - 1] == "\\" for i, mark in enumerate(bare) if mark in "!#$&()*+-.:<>[]_`{|}~")


@pytest.mark.parametrize("trap", ["https://x.example", "a@x.example", "www.x.example", ":x:", "->", "--", "~="])
def test_what_is_found_after_unescaping_is_broken_by_an_unseen_mark(trap: str) -> None:
    assert trap not in plain(trap).replace("\\", "")


def test_plain_words_stay_as_they_are() -> None:
    assert plain("Hope House (fictional), Bristol's") == "Hope House (fictional), Bristol's"
    assert plain("[x](fictional)") == r"\[x\]\(fictional\)"


def _page() -> None:
    from planner.rules.words import Marking
    from planner.ui import theme, widgets

    theme.dress()
    widgets.page_header("Action *7*", Marking.OFFICIAL_SENSITIVE)
    widgets.summary_list([("Asked by", "![x](http://x.example/x.png)"), ("Until", "")])
    if widgets.task_row("blocks", "Two places short.", "Find places", key="care"):
        widgets.empty_state("Holds appear here.", "Ask a provider for places.")


def test_a_page_is_drawn_from_them_and_its_verb_answers() -> None:
    page = AppTest.from_function(_page).run()
    assert not page.exception
    assert page.title[0].value == r"Action \*7\*"
    assert page.markdown[0].value.endswith(r"OFFICIAL\-SENSITIVE]")
    assert [text.value for text in page.text] == ["Two places short."]

    page.button(key="care-button").click().run()

    assert [text.value for text in page.text][-2:] == ["Holds appear here.", "Ask a provider for places."]
