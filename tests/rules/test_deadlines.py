"""By when an unmet check is mended."""

from datetime import timedelta

import pytest

from planner.rules.deadlines import mend_by, mend_words
from planner.rules.findings import Finding, State
from tests.builders import DAWN, NOW
from tests.rules.facts import some_facts

UNMET = Finding("care", State.UNMET, "2 places short.", remedy="Care lead: find and confirm places.", blocks=True)


def test_a_check_is_mended_before_gold_decides() -> None:
    facts = some_facts(now=NOW)

    assert mend_by(UNMET, facts, None) == DAWN
    assert mend_by(UNMET, facts, DAWN - timedelta(hours=12)) == DAWN - timedelta(hours=12)
    assert mend_words(UNMET, facts, DAWN - timedelta(hours=12)) == (
        "Care lead: find and confirm places, by Wed 25 November, 18:00."
    )


def test_a_conference_is_over_as_early_as_the_policy_asks() -> None:
    finding = Finding("conference", State.NOT_RECORDED, "No case conference is convened.", blocks=True)

    words = mend_words(finding, some_facts(now=NOW, conference=None), None)

    assert words == "Cell, by Wed 25 November, 06:00."


def test_what_is_late_is_mended_at_once_and_what_is_final_says_so() -> None:
    facts = some_facts(now=DAWN)

    words = mend_words(UNMET._replace(final=True), facts, DAWN - timedelta(hours=12))

    assert words.endswith("at once: it was due Wed 25 November, 18:00. Nobody can override it.")


@pytest.mark.parametrize("state", [State.MET, State.OVERRIDDEN, State.NOT_NEEDED])
def test_what_is_met_has_nobody_to_mend_it(state: State) -> None:
    assert mend_words(UNMET._replace(state=state), some_facts(), None) == ""
