"""What a quorum lacks, in a sentence that reads well for one thing or several."""

import pytest

from planner.rules.conference_values import SeatFact
from planner.rules.quorum import missing_for_quorum, missing_words
from planner.rules.words import AgencyKind, AttendanceState

POLICE = SeatFact("Force", AgencyKind.POLICE_FORCE, AttendanceState.ATTENDED, True, False, True)
ADVOCATE = SeatFact("Ngo", AgencyKind.NGO, AttendanceState.ATTENDED, True, True, True)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (("a victim's advocate",), "a victim's advocate is missing"),
        (("the police",), "the police are missing"),
        (("a victim's advocate", "the police"), "a victim's advocate and the police are missing"),
        (("a", "b", "c"), "a, b and c are missing"),
    ],
)
def test_what_is_missing_reads_as_a_sentence(missing: tuple[str, ...], said: str) -> None:
    assert missing_words(missing) == said


def test_agencies_that_are_missing_are_counted() -> None:
    one, two = missing_for_quorum([POLICE, ADVOCATE], 3), missing_for_quorum([POLICE, ADVOCATE], 4)

    assert missing_words(one) == "1 more of 3 agencies that may commit resources is missing"
    assert missing_words(two) == "2 more of 4 agencies that may commit resources are missing"
    assert missing_for_quorum([POLICE, ADVOCATE], 2) == ()
