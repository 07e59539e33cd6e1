"""What is taken in a calendar, read from texts: nothing unknown passes, and a text says the same choice again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import InputError
from planner.inputs.calendar_choices import choice_from, choice_of, scope_of
from planner.rules.calendar_choice import OFFERED, Choice, Detail, EntryKind, Scope, usual


@given(st.data())
def test_a_choice_is_read_back_from_its_own_text(data: st.DataObject) -> None:
    scope = data.draw(st.sampled_from(Scope))
    kinds = data.draw(st.frozensets(st.sampled_from(OFFERED[scope]), min_size=1))
    choice = Choice(kinds, data.draw(st.sampled_from(Detail)), data.draw(st.none() | st.integers(0, 10_080)))

    assert choice_from(scope, choice.text) == choice


@pytest.mark.parametrize("scope", Scope)
def test_what_is_usual_holds_no_care_booking_and_nobody_elses_deadlines(scope: Scope) -> None:
    begun = usual(scope)

    assert begun.kinds
    assert EntryKind.BOOKINGS not in begun.kinds
    assert (EntryKind.DEADLINES in begun.kinds) == (scope in (Scope.PERSON, Scope.AGENCY))
    assert choice_from(scope, "usual") == choice_of(scope) == begun


@pytest.mark.parametrize(
    "text",
    ["bookings", "actions+secrets", "actions,loud", "actions,busy,-5", "actions,busy,999999", "actions,busy,5,6", "+"],
)
def test_what_says_no_choice_is_refused_with_what_would_help(text: str) -> None:
    with pytest.raises(InputError, match="Choose"):
        choice_from(Scope.FORCE, text)


def test_an_unknown_scope_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        InputError, match=r"no scope world\. .*operation, region, force, agency, provider, person, series"
    ):
        scope_of("world")
