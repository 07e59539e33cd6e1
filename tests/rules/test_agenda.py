"""An agenda is an item a line; what cannot be one is refused in a sentence."""

import pytest

from planner.rules.agenda import AGENDA, LONGEST_ITEM, MOST_ITEMS, checked_items, items_of


def test_an_agenda_is_its_lines_in_their_order_or_else_the_usual_one() -> None:
    assert items_of(" Care \n\nRoles\n") == ("Care", "Roles")
    assert items_of("") == AGENDA


@pytest.mark.parametrize(
    ("agenda", "sentence"),
    [
        ("\n".join(f"Item {number}" for number in range(MOST_ITEMS + 1)), "at most 20 items, one a line; this has 21"),
        ("x" * (LONGEST_ITEM + 1), "at most 80 characters; .* has 81"),
        ("Care\nRoles\nCare", "Care stands on the agenda twice"),
    ],
)
def test_what_is_no_agenda_is_refused(agenda: str, sentence: str) -> None:
    assert checked_items("\n".join(f"Item {number}" for number in range(MOST_ITEMS))) != ()
    with pytest.raises(ValueError, match=sentence):
        checked_items(agenda)
