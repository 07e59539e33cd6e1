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


HEALTH = SeatFact("Health", AgencyKind.HEALTH, AttendanceState.ATTENDED, True, False, True)


@pytest.mark.parametrize(
    ("seats", "changed", "lacking"),
    [
        (
            (POLICE, ADVOCATE, HEALTH),
            {"state": AttendanceState.APOLOGIES},
            "1 more of 3 agencies that may commit resources",
        ),
        (
            (POLICE, ADVOCATE, HEALTH),
            {"state": AttendanceState.INVITED},
            "1 more of 3 agencies that may commit resources",
        ),
        ((POLICE, ADVOCATE, HEALTH), {"may_commit": False}, "1 more of 3 agencies that may commit resources"),
        (
            (POLICE, ADVOCATE, HEALTH),
            {"confidentiality_accepted": False},
            "1 more of 3 agencies that may commit resources",
        ),
        ((POLICE, HEALTH, ADVOCATE), {"victims_advocate": False}, "a victim's advocate"),
        ((HEALTH, ADVOCATE, POLICE), {"agency_kind": AgencyKind.LOCAL_AUTHORITY}, "the police"),
    ],
)
def test_each_rule_of_the_quorum_is_met_and_with_one_seat_otherwise_it_is_not(
    seats: tuple[SeatFact, ...], changed: dict[str, object], lacking: str
) -> None:
    otherwise = (*seats[:-1], seats[-1]._replace(**changed))

    assert missing_for_quorum(seats, 3) == ()
    assert missing_for_quorum(otherwise, 3) == (lacking,)


def test_the_police_alone_are_no_quorum_however_many() -> None:
    forces = [POLICE, POLICE._replace(agency="Second"), POLICE._replace(agency="Third", victims_advocate=True)]

    assert missing_for_quorum([*forces, HEALTH], 3) == ()
    assert missing_for_quorum(forces, 3) == ("a partner who is not the police",)


def test_a_kind_of_agency_that_a_conference_requires_is_there_and_may_commit() -> None:
    seats = (POLICE, ADVOCATE, HEALTH)

    assert missing_for_quorum(seats, 2, [AgencyKind.HEALTH]) == ()
    assert missing_for_quorum(seats, 2, [AgencyKind.CHILDRENS_SERVICE]) == ("a children's service",)
    assert missing_for_quorum((*seats[:2], HEALTH._replace(may_commit=False)), 2, [AgencyKind.HEALTH]) == (
        "a health agency",
    )


def test_an_advocate_counts_without_committing_anything() -> None:
    speaks = ADVOCATE._replace(may_commit=False)

    assert missing_for_quorum([POLICE, HEALTH, speaks], 2) == ()
    assert missing_for_quorum([POLICE, HEALTH], 2) == ("a victim's advocate",)
