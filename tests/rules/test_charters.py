"""The partnership charter: one lead a part, what changed for whom, when the cell is told that somebody is missing."""

from datetime import date

import pytest

from planner.rules.charters import (
    CharterFact,
    changed_for,
    conflict,
    in_order,
    is_due,
    missing_words,
    until_words,
    without_a_lead,
)
from planner.rules.role_words import Workstream
from planner.rules.words import PhaseKind

CARE = CharterFact(Workstream.VICTIM_CARE, PhaseKind.ENFORCEMENT, "Hope", True, "Leads care.")
LATER = CARE._replace(phase=PhaseKind.CARE)
ALWAYS = CARE._replace(phase=None)
HELPS = CARE._replace(agency="Health", leads=False, responsibilities="Treats people.")
PORTS = CharterFact(Workstream.PORTS, None, "Border", True, "Leads at ports.")


@pytest.mark.parametrize(
    ("new", "others", "says"),
    [
        (CARE._replace(agency="Mercy"), (CARE,), "Hope leads victim care, enforcement phase already"),
        (CARE._replace(agency="Mercy"), (ALWAYS,), "Hope leads victim care, every phase already"),
        (ALWAYS._replace(agency="Mercy"), (CARE,), "Hope leads victim care, enforcement phase already"),
        (HELPS, (HELPS,), "Health has a line for victim care, enforcement phase already"),
        (CARE._replace(agency="Mercy", leads=False), (CARE,), None),
        (LATER._replace(agency="Mercy"), (CARE,), None),
        (PORTS, (CARE, ALWAYS), None),
        (HELPS._replace(phase=None), (HELPS, CARE), None),
        (CARE, (), None),
    ],
)
def test_one_agency_leads_a_part_and_an_agency_stands_in_it_once(
    new: CharterFact, others: tuple[CharterFact, ...], says: str | None
) -> None:
    found = conflict(new, others)

    assert (found is None) is (says is None)
    assert says is None or says in str(found)


def test_a_workstream_that_nobody_leads_is_named() -> None:
    assert without_a_lead((HELPS, PORTS)) == (Workstream.VICTIM_CARE,)
    assert without_a_lead((HELPS, LATER, PORTS)) == ()
    assert without_a_lead(()) == ()


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ((CARE,), (CARE, PORTS), "Nothing changed for you."),
        ((CARE,), (CARE, LATER), "Changed for you: victim care, care phase is new."),
        ((CARE, LATER), (CARE,), "Changed for you: victim care, care phase is no longer yours."),
        ((CARE,), (CARE._replace(leads=False),), "Changed for you: victim care, enforcement phase: you now take part."),
        ((CARE._replace(leads=False),), (CARE,), "Changed for you: victim care, enforcement phase: you now lead."),
        (
            (CARE,),
            (CARE._replace(responsibilities="Leads care by night too."),),
            "Changed for you: victim care, enforcement phase: the responsibilities are worded anew.",
        ),
        (
            (CARE,),
            (LATER,),
            "Changed for you: victim care, care phase is new; victim care, enforcement phase is no longer yours.",
        ),
    ],
)
def test_what_a_version_changes_for_an_agency_is_said(
    before: tuple[CharterFact, ...], after: tuple[CharterFact, ...], says: str
) -> None:
    assert changed_for("Hope", before, after) == says


def test_lines_stand_by_workstream_and_phase_with_the_lead_first() -> None:
    assert in_order((PORTS, HELPS, LATER, CARE, ALWAYS)) == (ALWAYS, CARE, HELPS, LATER, PORTS)


BEGINS, ENDS = date(2026, 12, 8), date(2027, 3, 1)


@pytest.mark.parametrize(
    ("today", "begins", "due"),
    [
        (date(2026, 11, 23), BEGINS, False),
        (date(2026, 11, 24), BEGINS, True),
        (BEGINS, BEGINS, True),
        (ENDS, BEGINS, True),
        (date(2027, 3, 2), BEGINS, False),
        (date(2026, 11, 24), None, False),
    ],
)
def test_the_cell_is_told_from_two_weeks_before_enforcement_to_its_end(
    today: date, begins: date | None, due: bool
) -> None:
    assert is_due(today, begins, ENDS) is due


@pytest.mark.parametrize(
    ("today", "begins", "says"),
    [
        (date(2026, 12, 7), BEGINS, "The enforcement phase begins on Tue 8 December: 1 day left."),
        (BEGINS, BEGINS, "The enforcement phase begins today."),
        (date(2026, 12, 9), BEGINS, "The enforcement phase began on Tue 8 December."),
        (BEGINS, None, "No enforcement phase is set."),
    ],
)
def test_the_days_left_are_said(today: date, begins: date | None, says: str) -> None:
    assert until_words(today, begins) == says


@pytest.mark.parametrize(
    ("named", "missing", "says"),
    [
        (1, (), "The one agency that it names has agreed."),
        (3, (), "All 3 agencies have agreed."),
        (3, ("Hope",), "2 of 3 agencies have agreed; missing: Hope."),
        (6, ("A", "B", "C", "D", "E"), "1 of 6 agencies have agreed; missing: A, B, C and 2 more."),
    ],
)
def test_who_is_missing_is_said_with_how_many(named: int, missing: tuple[str, ...], says: str) -> None:
    assert missing_words(named, missing) == says
