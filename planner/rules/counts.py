"""Numbers with their noun."""


def count_words(number: int, one: str, many: str | None = None) -> str:
    """ "1 place", "3 places", "1,250 places"; an irregular plural is given."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
