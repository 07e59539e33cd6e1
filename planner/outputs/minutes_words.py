"""A copy of minutes as plain values and as plain text: what the copy holds, without what cannot be seen."""

import re
from typing import Any

from planner.rules.minutes_copy import Copy, Section

# Control characters, halves of characters, and what turns the direction of writing.
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
WIDTH = 6


def clean(text: str) -> str:
    """Text that every kind of file can hold; line breaks stay."""
    return _UNSEEN.sub("", text)


def as_values(copy: Copy) -> dict[str, Any]:
    """For a file that is made from data; `issued_at` is in seconds since 1970."""
    return {
        **{name: clean(getattr(copy, name)) for name in ("title", "when", "copy_line", "closing")},
        "marking": clean(copy.marked.words),
        "issued_at": int(copy.issued_at.timestamp()),
        "sections": [_section(section) for section in copy.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    table = section.table
    return {
        "number": section.number,
        "title": clean(section.title),
        "paragraphs": [{name: clean(text) for name, text in each._asdict().items()} for each in section.paragraphs],
        "table": table and {"columns": table.columns, "rows": [list(map(clean, row)) for row in table.rows]},
    }


def minutes_text(copy: Copy) -> str:
    """The copy as lines of text, its marking at both ends."""
    values = as_values(copy)
    lines = [values["marking"], "", values["title"], values["when"], values["copy_line"]]
    for section in values["sections"]:
        lines += ["", f"{section['number']} {section['title']}"]
        for each in section["paragraphs"]:
            about = f"{each['about']}: " if each["about"] else ""
            lines.append(_hung(each["number"], about + each["text"]))
        if section["table"]:
            lines += [_row(section["table"]["columns"], row) for row in section["table"]["rows"]]
    return "\n".join([*lines, *(["", values["closing"]] if values["closing"] else []), "", values["marking"], ""])


def _row(columns: tuple[str, ...], row: list[str]) -> str:
    """A row in words: what the columns are called is said where there are several."""
    number, first, *rest = row
    said = [f"{name}: {text}" for name, text in zip(columns[2:], rest, strict=True) if text != "–"]
    return _hung(number, "\n".join([first, *said]))


def _hung(number: str, text: str) -> str:
    return f"{number:<{WIDTH}}" + text.replace("\n", "\n" + " " * WIDTH)
