"""Values set by Typst as a tagged PDF (PDF/UA-1), without a network and with the fonts that it brings.

What people typed goes in as data, so that nothing of it is ever read as markup. What none of these fonts can show is
printed as an empty box, and the file says so under `closing`: a page on which it lacks without a word would be worse.
"""

import json
import re
from pathlib import Path
from typing import Any

import typst

BOX = "□"
SAID_OF_BOXES = f"Where {BOX} stands, this file's fonts lack a character; it is there on the page{{}}."
# Typst names one character at a time; past that many, whatever is neither Latin, Greek nor Cyrillic is a box at once.
MOST_LACKING = 40
_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_UNUSUAL = re.compile(r"[^\n\u0020-\u052f\u1e00-\u1eff\u2010-\u2027\u20ac□]")


def pdf_of(template: Path, values: dict[str, Any], *, at: int, also: str = "") -> bytes:
    """The same values at the same second are the same file; `also` says where else a lacking character is."""
    lacking = ""
    for _ in range(MOST_LACKING):
        try:
            return _set(template, values, lacking, at=at, also=also)
        except typst.TypstError as error:
            named = _LACKING.search(error.message)
            if named is None:
                raise
            lacking += _ESCAPED.sub(lambda found: chr(int(found[1], 16)), named[1])
    everything = "".join(_UNUSUAL.findall(json.dumps(values, ensure_ascii=False)))
    return _set(template, values, everything, at=at, also=also)


def _set(template: Path, values: dict[str, Any], lacking: str, *, at: int, also: str) -> bytes:
    if lacking:
        closing = " ".join(part for part in (values["closing"], SAID_OF_BOXES.format(also)) if part)
        values = {**values, "closing": closing}
    text = json.dumps(values, ensure_ascii=False).translate(dict.fromkeys(map(ord, lacking), BOX))
    return typst.compile(
        template,
        root=template.parent,
        format="pdf",
        sys_inputs={"copy": text},
        ignore_system_fonts=True,
        timestamp=at,
        pdf_standards=["ua-1"],
    )
