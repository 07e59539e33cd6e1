"""A copy of minutes as a tagged PDF (PDF/UA-1), set by Typst without a network and with the fonts that it brings.

What people typed goes in as data, so that nothing of it is ever read as markup. What none of these fonts can show is
printed as an empty box, and the copy says so: a page on which it lacks without a word would be worse.
"""

import json
import re
from pathlib import Path
from typing import Any

import typst

from planner.outputs.minutes_words import as_values
from planner.rules.minutes_copy import Copy

TEMPLATE = Path(__file__).with_name("minutes.typ")
BOX = "□"
SAID_OF_BOXES = f"Where {BOX} stands, this file's fonts lack a character; it is there on the page and in the Word file."
# Typst names one character at a time; past that many, whatever is neither Latin, Greek nor Cyrillic is a box at once.
MOST_LACKING = 40
_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_UNUSUAL = re.compile(r"[^\n\u0020-\u052f\u1e00-\u1eff\u2010-\u2027\u20ac□]")


def minutes_pdf(copy: Copy) -> bytes:
    """The same copy is the same file, wherever it is made."""
    values, lacking = as_values(copy), ""
    for _ in range(MOST_LACKING):
        try:
            return _set(values, lacking)
        except typst.TypstError as error:
            named = _LACKING.search(error.message)
            if named is None:
                raise
            lacking += _ESCAPED.sub(lambda found: chr(int(found[1], 16)), named[1])
    return _set(values, "".join(_UNUSUAL.findall(json.dumps(values, ensure_ascii=False))))


def _set(values: dict[str, Any], lacking: str) -> bytes:
    if lacking:
        closing = " ".join(part for part in (values["closing"], SAID_OF_BOXES) if part)
        values = {**values, "closing": closing}
    text = json.dumps(values, ensure_ascii=False).translate(dict.fromkeys(map(ord, lacking), BOX))
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        sys_inputs={"copy": text},
        ignore_system_fonts=True,
        timestamp=int(values["issued_at"]),
        pdf_standards=["ua-1"],
    )
