"""Every check of the gate that a change turns to the good is said in plain words."""

from datetime import date

from planner.rules.check_words import WORDS, met_then_words
from planner.rules.findings import Finding, State
from planner.rules.readiness import NAMES

READ = date(2026, 11, 24)


def said(name: str, state: State = State.MET) -> str:
    return met_then_words(Finding(name, state, "So it is."), READ)


def test_each_check_reads_well_once_it_is_met() -> None:
    assert [said(name) for name in NAMES] == [
        "The legal basis is good then: So it is.",
        "Clashes are out of the way then: So it is.",
        "The regional cell is informed then: So it is.",
        "The conference is enough then: So it is.",
        "The required posts are filled then: So it is.",
        "Care is enough then: So it is.",
        "Interpreters are confirmed then: So it is.",
        "Medical help is confirmed then: So it is.",
        "The reception site is confirmed then: So it is.",
        "Transport is confirmed then: So it is.",
        "What children need is settled then: So it is.",
        "The time for which all of it is arranged is long enough then: So it is.",
        "Agreements are enough then: So it is.",
        "Gold's parameters are kept then: So it is.",
    ]
    assert set(WORDS) == set(NAMES)


def test_what_nobody_asks_any_more_is_not_said_to_be_met() -> None:
    assert said("agreements", State.NOT_NEEDED) == "Agreements are not asked for then: So it is."
    assert said("care", State.OVERRIDDEN) == "Care is overridden then: So it is."


def test_its_sentence_says_another_year() -> None:
    found = Finding("legal_basis", State.MET, "{} stands until {}.", ("Warrant", date(2027, 1, 7)))

    assert met_then_words(found, READ) == "The legal basis is good then: Warrant stands until Thu 7 January 2027."
