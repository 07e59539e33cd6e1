"""What looks like a person, or leads to one, is questioned; what this product is full of is not."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.free_text import Doubt, Kind, doubts
from tests.rules.free_texts import LET_THROUGH, QUESTIONED

MUST = [(text, Kind(kind)) for kind, texts in QUESTIONED.items() for text in texts]
MOST_FALSE_ALARMS = 0.03


@pytest.mark.parametrize(("text", "kind"), MUST, ids=[text for text, _ in MUST])
def test_what_leads_to_a_person_is_questioned_as_what_it_is(text: str, kind: Kind) -> None:
    assert kind in {doubt.kind for doubt in doubts(text)}


def test_false_alarms_are_rare_and_both_rates_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(MUST) >= 60
    assert len(LET_THROUGH) >= 80

    found = sum(bool(doubts(text)) for text, _ in MUST)
    false = [text for text in LET_THROUGH if doubts(text)]

    with capsys.disabled():
        sys.stdout.write(
            f"\nquestioned {found} of {len(MUST)}; false alarms {len(false)} of {len(LET_THROUGH)}: {false}\n"
        )
    assert len(false) / len(LET_THROUGH) < MOST_FALSE_ALARMS


def test_the_words_in_question_are_named_and_nothing_else() -> None:
    found = doubts("Ask John Smith, 07700 900123, before the door.")

    assert found == (Doubt(Kind.TELEPHONE, "07700 900123"), Doubt(Kind.NAME, "John Smith"))


def test_what_the_directory_holds_is_known() -> None:
    said = "Palm Cove answers by Monday."

    assert doubts(said) == (Doubt(Kind.NAME, "Palm Cove"),)
    assert doubts(said, ["Palm Cove"]) == ()
    assert doubts("Palm Cove and John Smith", ["Palm Cove"]) == (Doubt(Kind.NAME, "John Smith"),)


def test_ten_digits_are_an_nhs_number_only_with_its_check_digit() -> None:
    assert doubts("943 476 5919") == (Doubt(Kind.HEALTH, "943 476 5919"),)
    assert doubts("943 476 5918") == ()


@given(st.sampled_from([text for text, _ in MUST]), st.sampled_from(["We were told. ", "By Monday: ", "(", "– "]))
def test_what_stands_around_it_hides_nothing(text: str, before: str) -> None:
    assert doubts(before + text + ".") != ()


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    assert all(doubt.words for doubt in doubts(text))


@given(st.integers(0, 9_999), st.dates(), st.times())
def test_numbers_of_places_days_of_the_plan_and_times_name_nobody(number: int, day, at) -> None:  # type: ignore[no-untyped-def]
    day = day.replace(year=2026 + day.year % 4, day=min(day.day, 28))

    assert doubts(f"{number} places on {day:%d/%m/%Y} at {at:%H:%M}, WM-{number:04}") == ()
