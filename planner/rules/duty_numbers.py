"""What a number rung at any hour may look like: of a duty desk or a post, so it names nobody's home."""

import re

FEWEST, MOST = 3, 15  # 101 is a number; the longest of ITU-T E.164 has fifteen digits
_SHAPE = re.compile(r"\+?[0-9][0-9 ()-]*(?: ext\.? ?[0-9]{1,6})?", re.IGNORECASE)


def is_duty_number(text: str) -> bool:
    """Whether a text is one telephone number, an extension after it or not, and nothing else."""
    digits = sum(c.isdigit() for c in re.split("ext", text, flags=re.IGNORECASE)[0])
    return FEWEST <= digits <= MOST and len(text) <= 40 and _SHAPE.fullmatch(text) is not None
