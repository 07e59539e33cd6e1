"""A field for lines typed fast: each waits in the browser until it is kept, so that none is lost or kept twice."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from planner.errors import PlannerError, Questioned
from planner.ui.components import nothing, own_component
from planner.ui.forms import kept_here
from planner.ui.looks import answer_of

NAMED = re.compile(r"[0-9a-f]{32}")
MOST_AT_ONCE, REMEMBERED = 50, 200


class TypedLine(NamedTuple):
    """What the browser sends: a name of its own for the line, its words, under which item, about what."""

    name: str
    text: str
    item: int
    about: str
    looked_at: tuple[str, ...]


def draw_field(
    name: str, *, item: int, about: Sequence[tuple[str, str]], keep: Callable[[TypedLine], object], label: str
) -> int:
    """Draw the field and keep what has come, line by line; returns how many were kept in this run.

    `about` are values and words to choose from; `keep` raises what is to be told to who typed.
    """
    kept: list[str] = kept_here("lines-kept").setdefault(name, [])
    refused: dict[str, dict[str, Any]] = kept_here("lines-refused").setdefault(name, {})
    data = {
        **{"name": name, "item": item, "label": label, "placeholder": "Type what is said"},
        **{"button": "Minute it", "hint": "Enter keeps the line, Shift and Enter begins another one in it."},
        **{"kept": list(kept), "refused": list(refused.values())},
        "about": [{"value": value, "text": text} for value, text in about],
    }
    result = own_component("lines", css=True)(key=f"lines-{name}", data=data, on_typed_change=nothing)
    lines = [line for line in typed(result.get("typed")) if line.name not in kept]
    before = len(kept), dict(refused)
    for line in lines:
        _keep_one(line, keep, kept, refused)
    del kept[:-REMEMBERED]
    if lines and (len(kept), dict(refused)) != before:
        st.rerun(scope="fragment")
    return len(lines)


def _keep_one(
    line: TypedLine, keep: Callable[[TypedLine], object], kept: list[str], refused: dict[str, dict[str, Any]]
) -> None:
    try:
        keep(line)
    except PlannerError as refusal:
        doubts = refusal.doubts if isinstance(refusal, Questioned) else ()
        answer = answer_of({doubt.kind for doubt in doubts}) if doubts else ""
        words = [doubt.words for doubt in doubts]
        refused[line.name] = {"id": line.name, "sentence": str(refusal), "words": words, "answer": answer}
        return
    refused.pop(line.name, None)
    kept.append(line.name)


def typed(answer: object) -> tuple[TypedLine, ...]:
    """The lines in what a browser sent; what is no line of ours is left out."""
    given = answer if isinstance(answer, Sequence) and not isinstance(answer, str) else ()
    return tuple(line for each in given[:MOST_AT_ONCE] if (line := _line(each)) is not None)


def _line(each: object) -> TypedLine | None:
    if not isinstance(each, Mapping):
        return None
    name, text, item, about = (each.get(key) for key in ("id", "text", "item", "about"))
    looked = each.get("looked")
    if not (isinstance(name, str) and NAMED.fullmatch(name) and isinstance(text, str)):
        return None
    if not (isinstance(item, int) and isinstance(about, str) and isinstance(looked, list)):
        return None
    return TypedLine(name, text, item, about, tuple(word for word in looked if isinstance(word, str)))
