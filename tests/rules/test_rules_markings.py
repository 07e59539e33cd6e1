"""A marking line is written as the policy writes it; together, the highest marking and every instruction."""

import pytest

from planner.rules.markings import OFFERED, Marked, highest, in_order, marking_of_line, together
from planner.rules.words import Marking

OFFICIAL, SENSITIVE = Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("personal data - recipients only", "RECIPIENTS ONLY - PERSONAL DATA"),
        ("RECIPIENTS ONLY - recipients  only", "RECIPIENTS ONLY"),
        ("HMG USE ONLY - UKHTC USE ONLY", "UKHTC USE ONLY - HMG USE ONLY"),
        ("LEGAL - EMBARGOED UNTIL 09:00 ON 1 MARCH", "EMBARGOED UNTIL 09:00 ON 1 MARCH - LEGAL"),
        ("OWN WORDS - COMMERCIAL", "COMMERCIAL - OWN WORDS"),
        ("LEGAL - LEGAL PROFESSIONAL PRIVILEGE", "LEGAL PROFESSIONAL PRIVILEGE - LEGAL"),
        ("", ""),
    ],
)
def test_instructions_stand_before_descriptors_each_once(typed: str, kept: str) -> None:
    assert in_order(typed) == kept
    assert in_order(kept) == kept


def test_what_is_offered_stands_in_order_already() -> None:
    assert in_order(" - ".join(OFFERED)) == " - ".join(OFFERED)


def test_of_several_things_the_highest_marking_and_every_instruction() -> None:
    things = [
        Marked(OFFICIAL, "PERSONAL DATA"),
        Marked(SENSITIVE),
        Marked(OFFICIAL, "RECIPIENTS ONLY - PERSONAL DATA"),
    ]

    assert together(things).words == "OFFICIAL-SENSITIVE - RECIPIENTS ONLY - PERSONAL DATA"
    assert together(things[:1]) == things[0]
    assert (together([]), highest([])) == (Marked(OFFICIAL), OFFICIAL)


@pytest.mark.parametrize(
    ("line", "marking"),
    [
        ("OFFICIAL", OFFICIAL),
        ("UK OFFICIAL", OFFICIAL),
        ("OFFICIAL (while empty; whoever fills it in marks it here)", OFFICIAL),
        ("OFFICIAL-SENSITIVE", SENSITIVE),
        ("OFFICIAL SENSITIVE RECIPIENTS ONLY", SENSITIVE),
        ("Official-Sensitive: recipients only", SENSITIVE),
        ("Official name", None),
        ("Officials", None),
        ("Reference", None),
    ],
)
def test_a_marking_at_the_head_of_a_file_is_told_from_a_column(line: str, marking: Marking | None) -> None:
    assert marking_of_line(line) is marking
