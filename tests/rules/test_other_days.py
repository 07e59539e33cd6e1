"""Days nearby for a change that breaks something: the same break is said once, the same days share a line."""

from datetime import date

from planner.rules.other_days import OtherDay, other_days_words

MON, TUE, THU = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 26)
LAW, CARE, CLASH = "Legal basis: The warrant is over.", "Care: 2 places short.", "Clashes: 1 to clear."


def test_no_day_that_can_be_is_no_line() -> None:
    assert other_days_words([], MON) == ()


def test_each_day_says_what_would_break_on_it() -> None:
    assert other_days_words([OtherDay(MON, ()), OtherDay(TUE, (LAW, CARE)), OtherDay(THU, ())], MON) == (
        "Other days:",
        "• Mon 23 November, Thu 26 November: nothing breaks.",
        "• Tue 24 November: 2 things break. Legal basis: The warrant is over.",
    )


def test_what_breaks_on_every_day_is_said_once() -> None:
    assert other_days_words(
        [OtherDay(MON, (CARE, LAW)), OtherDay(TUE, (LAW, CLASH, CLASH)), OtherDay(THU, (LAW,))], MON
    ) == (
        "On every day nearby:",
        "• Legal basis: The warrant is over.",
        "Beside that:",
        "• Mon 23 November: 1 other thing breaks. Care: 2 places short.",
        "• Tue 24 November: 1 other thing breaks. Clashes: 1 to clear.",
        "• Thu 26 November: nothing else breaks.",
    )


def test_of_one_day_alone_nothing_is_said_of_every_day() -> None:
    assert other_days_words([OtherDay(MON, (LAW,))], MON) == (
        "Other days:",
        "• Mon 23 November: 1 thing breaks. Legal basis: The warrant is over.",
    )


def test_where_the_same_breaks_everywhere_and_nothing_else_the_days_share_a_line() -> None:
    assert other_days_words([OtherDay(MON, (LAW,)), OtherDay(TUE, (LAW,))], MON)[2:] == (
        "Beside that:",
        "• Mon 23 November, Tue 24 November: nothing else breaks.",
    )


def test_a_day_of_another_year_than_it_is_read_in_says_so() -> None:
    days = [OtherDay(date(2026, 12, 31), (CARE,)), OtherDay(date(2027, 1, 1), (LAW,))]

    assert other_days_words(days, MON)[1:] == (
        "• Thu 31 December: 1 thing breaks. Care: 2 places short.",
        "• Fri 1 January 2027: 1 thing breaks. Legal basis: The warrant is over.",
    )
