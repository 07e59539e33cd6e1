"""A strike day is called so once, whatever its name says."""

from planner.rules.strike_words import strike_day_words


def test_a_strike_day_is_called_one_once() -> None:
    assert strike_day_words("Ash") == "strike day Ash"
    assert strike_day_words("Ash", first=True) == "Strike day Ash"
    assert strike_day_words("Strike day 3") == "Strike day 3"
