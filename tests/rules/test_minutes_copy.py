"""What a copy of minutes says to whom: the last words of each line, names and reasons as far as the reader may know."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from planner.rules.markings import Marked
from planner.rules.minutes_content import (
    Content,
    Decided,
    Dissented,
    Item,
    Present,
    Said,
    Typed,
    Undertaken,
    Who,
    effective,
    kept_as_json,
    read_content,
)
from planner.rules.minutes_copy import Copy, Issued, Reader, copy_for
from planner.rules.words import AgencyKind, AttendanceState, ConferenceKind, Decision, Marking, UndertakingState
from tests.builders import DAWN, NOW

FORCE = Who(1, "East Force", AgencyKind.POLICE_FORCE)
NGO = Who(2, "Harbour", AgencyKind.NGO)
HOUSE = Who(3, "Lantern House", AgencyKind.CARE_PROVIDER)
OPEN = UndertakingState.OPEN
CONTENT = Content(
    kind=ConferenceKind.PLANNED,
    starts_at=NOW,
    ends_at=DAWN,
    chair="Silver, East",
    quorum="Quorate: 3 agencies.",
    confidentiality="Nothing leaves this room.",
    present=tuple(Present(who, AttendanceState.ATTENDED, True, who is NGO) for who in (FORCE, NGO, HOUSE)),
    items=(Item("Care", (Said("All of it.", None), Said("The first.", 11))), Item("Media", ())),
    decided=(
        Decided(11, "EF-0001", 1, "East", DAWN, DAWN, Decision.PROCEED, "Why.", "", (Dissented(HOUSE, "Wait."),)),
        Decided(12, "EF-0002", 1, "East", DAWN, DAWN, None, "", "", (Dissented(None, "An old one."),)),
    ),
    undertaken=(
        Undertaken(NGO, "duty manager", 11, "A room", DAWN, True, OPEN),
        Undertaken(HOUSE, "", None, "A van", DAWN, False, OPEN),
    ),
    marked=Marked(Marking.OFFICIAL, "RECIPIENTS ONLY"),
)
ISSUED = Issued(2, NOW, "A name of a road was wrong.")
PLANNER = Reader("Cell", {11: "EF-0001", 12: "EF-0002"}, frozenset({11, 12}), general=True, told=True)
LOGISTICS = Reader("Harbour", {11: "First responder, East"}, frozenset(), general=False, agency_id=2)


def words(copy: Copy) -> str:
    return str(copy)


def test_what_is_kept_is_read_back_and_the_same_is_the_same_text() -> None:
    assert read_content(kept_as_json(CONTENT)) == CONTENT
    assert kept_as_json(read_content(kept_as_json(CONTENT))) == kept_as_json(CONTENT)


def test_each_line_stands_where_it_was_typed_in_its_last_words() -> None:
    lines = [
        Typed(1, 1, None, "One", None),
        Typed(2, 1, None, "Two", None),
        Typed(3, 1, None, "One, better", 1),
        Typed(4, 1, None, "", 2),
        Typed(5, 2, 7, "One, best", 3),
    ]

    assert [(line.item, line.text) for line in effective(reversed(lines))] == [(2, "One, best")]


@given(st.lists(st.tuples(st.text(max_size=3), st.integers(0, 30)), max_size=20))
def test_no_line_is_shown_twice_and_none_that_nobody_corrected_is_lost(typed: list[tuple[str, int]]) -> None:
    """A correction names a line typed before it that nobody corrected yet; zero names none."""
    lines: list[Typed] = []
    for number, (text, wanted) in enumerate(typed, 1):
        taken = {line.instead_of for line in lines}
        free = wanted if 0 < wanted < number and wanted not in taken else None
        lines.append(Typed(number, 1, None, text, free))

    shown = effective(lines)

    replaced = {line.instead_of for line in lines}
    assert {line.id for line in shown} == {line.id for line in lines if line.id not in replaced and line.text}
    assert len({line.id for line in shown}) == len(shown)


def test_a_planner_reads_all_of_it_with_names_and_what_had_no_words() -> None:
    text = words(copy_for(CONTENT, ISSUED, PLANNER))

    for said in ("All of it.", "EF-0001", "EF-0002", "Why.", "Dissent of Lantern House: Wait.", "Dissent: An old one."):
        assert said in text
    assert "Nothing was minuted under: Media." in text
    assert "Harbour (duty manager)" in text
    assert "Corrected: A name of a road was wrong." in text
    assert f"Copy for Cell, issue {ISSUED.number} of Tue 24 November 2026" in text


def test_a_planner_of_one_action_reads_nothing_of_the_other_nor_what_is_empty() -> None:
    one = replace(PLANNER, names={12: "EF-0002"}, opened=frozenset({12}), told=False)

    text = words(copy_for(CONTENT, ISSUED, one))

    for said in ("EF-0001", "The first.", "Why.", "A room", "Lantern House", "Nothing was minuted"):
        assert said not in text
    assert "A care provider" in text


def test_logistics_are_when_who_came_what_became_of_it_and_the_own_undertaking() -> None:
    copy = copy_for(CONTENT, ISSUED, LOGISTICS)

    assert [section.title for section in copy.sections] == [
        "The conference",
        "Who was there",
        "Decisions",
        "Undertakings",
    ]
    text = words(copy)
    for said in ("East Force", "Lantern House", "Silver, East", "Why.", "All of it.", "A van", "road", "Quorate"):
        assert said not in text
    for said in ("Harbour", "A police force or cell", "A care provider", "A room", "Proceed.", "Nothing leaves"):
        assert said in text


def test_a_part_with_nothing_to_read_is_left_out() -> None:
    stranger = replace(LOGISTICS, names={}, agency_id=99)

    titles = [section.title for section in copy_for(CONTENT, ISSUED, stranger).sections]

    assert titles == ["The conference", "Who was there"]
