"""What is mended after an entry for danger to life, and what nobody asks any more."""

import pytest

from planner.rules.danger import BEFORE, Danger, mend_after_words, not_asked, to_mend
from planner.rules.findings import Finding, State
from planner.rules.readiness import NAMES
from tests.builders import DAWN, NOW

ENTRY = Danger(DAWN, "PACE 1984 s.17(1)(e)", "Screams were heard.", "Silver, West Midlands", NOW)


def test_the_entry_says_when_under_what_why_and_who_wrote_it_down() -> None:
    assert ENTRY.words == (
        "Entered Thu 26 November, 06:00, under PACE 1984 s.17(1)(e).",
        "Why: Screams were heard.",
        "Written down by Silver, West Midlands, Tue 24 November, 09:00.",
        "Neither the gate nor a go-ahead was asked first, and neither is asked now.",
    )
    assert ENTRY._replace(reason="").words[1] == "Why: nothing is written down of it yet."


@pytest.mark.parametrize("state", [State.UNMET, State.NOT_RECORDED])
def test_each_unmet_check_is_either_mended_for_the_people_met_or_asked_no_more(state: State) -> None:
    unmet = [Finding(name, state, "Not there.", blocks=True) for name in NAMES]

    mended, past = to_mend(unmet), not_asked(unmet)

    assert {each.check for each in past} == BEFORE
    assert {each.check for each in mended} == set(NAMES) - BEFORE


@pytest.mark.parametrize("state", [State.MET, State.OVERRIDDEN, State.NOT_NEEDED])
def test_what_is_met_is_neither(state: State) -> None:
    met = [Finding(name, state, "There.") for name in NAMES]

    assert to_mend(met) == not_asked(met) == ()
    assert mend_after_words(met[0]) == ""


def test_who_mends_it_does_so_at_once() -> None:
    short = Finding("care", State.UNMET, "2 places short.", remedy="Care lead: find and confirm places.")

    assert mend_after_words(short) == "Care lead: find and confirm places, at once."
    assert mend_after_words(short._replace(remedy="")) == "Care lead, at once."
