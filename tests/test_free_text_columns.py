"""Every column of free text has a payload in the browser test: a new one is added there, or named as closed."""

from tests.browser.free_text import CLOSED, TYPED, text_columns


def test_every_column_that_people_fill_has_a_payload() -> None:
    planted = {(table, name) for table, columns in TYPED.items() for name in columns if name not in CLOSED}

    assert text_columns() - planted == set()
    assert planted - text_columns() == set()
