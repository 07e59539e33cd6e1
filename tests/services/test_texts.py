"""What people type: folded or kept as typed, never cut short, never marked SECRET."""

import pytest

from planner.errors import InputError
from planner.services.texts import LONGEST_MINUTE, minute_text, needed_text, said_text, short_text


def test_a_reason_of_several_lines_becomes_one() -> None:
    assert needed_text("  The provider\n\ttook   two back. ", "The reason") == "The provider took two back."


def test_a_minute_keeps_its_lines() -> None:
    assert minute_text("Care first.  \r\n\r\nThen the door.\n", "The reasons") == "Care first.\n\nThen the door."


def test_nothing_is_cut_short_without_a_word() -> None:
    assert said_text("x" * 300, "The reason") == "x" * 300
    with pytest.raises(InputError, match="at most 300 characters; this has 301"):
        said_text("x" * 301, "The reason")
    with pytest.raises(InputError, match="at most 4,000 characters; this has 10,000"):
        minute_text("x" * 10_000, "The reasons")
    assert len(minute_text("x" * LONGEST_MINUTE, "The reasons")) == LONGEST_MINUTE


def test_a_needed_text_is_not_blank() -> None:
    with pytest.raises(InputError, match="The reason is missing"):
        needed_text(" \n ", "The reason")


@pytest.mark.parametrize("text", ["SECRET", "UK SECRET: see file", "top secret", "Top Secret"])
def test_the_marking_secret_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InputError, match="speaks of SECRET"):
        said_text(text, "The reason")


def test_a_secret_door_is_only_a_door_but_never_in_a_reference() -> None:
    assert said_text("There is a secret door.", "The reason") == "There is a secret door."
    with pytest.raises(InputError, match="speaks of SECRET"):
        short_text("secret file 7", "The reference")


@pytest.mark.parametrize("unseen", ["\x00", "\x1b", "\x7f"])
def test_a_character_that_cannot_be_seen_is_refused(unseen: str) -> None:
    with pytest.raises(InputError, match="cannot be seen"):
        minute_text(f"Care{unseen} first.", "The reasons")
