"""What a browser sends as typed lines: ours are taken, everything else is left out; script and style are ours alone."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from planner.settings import ROOT
from planner.ui.line_field import MOST_AT_ONCE, TypedLine, typed

NAME = "0123456789abcdef" * 2
LINE = {"id": NAME, "text": "Two places.", "item": 1, "about": "", "looked": ["Hope House"]}
REACHES_OUT = ("http:", "https:", "fetch(", "XMLHttp", "innerHTML", "eval(", "localStorage", "document.cookie")


def test_a_line_is_taken_as_it_was_typed() -> None:
    assert typed([LINE]) == (TypedLine(NAME, "Two places.", 1, "", ("Hope House",)),)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "k"},
        {"id": NAME.upper()},
        {"id": 7},
        {"text": None},
        {"item": "1"},
        {"about": None},
        {"looked": "words"},
    ],
)
def test_what_is_no_line_of_ours_is_left_out(change: dict[str, Any]) -> None:
    assert typed([{**LINE, **change}, LINE]) == typed([LINE])


@pytest.mark.parametrize("answer", [None, "text", 7, {}, [None], [[]]])
def test_an_answer_of_another_kind_holds_no_line(answer: object) -> None:
    assert typed(answer) == ()


def test_no_more_than_so_many_are_taken_at_once() -> None:
    assert len(typed([LINE] * (MOST_AT_ONCE + 1))) == MOST_AT_ONCE


def a_page() -> None:
    from planner.errors import Refused
    from planner.ui.line_field import draw_field

    def keep(line: object) -> None:
        raise Refused("No.")

    draw_field("conference-1", item=1, about=[], keep=keep, label="What is said")


def test_script_and_style_are_files_of_ours_so_that_a_strict_policy_lets_them_in() -> None:
    app = AppTest.from_function(a_page).run()

    element = next(node.proto for node in app.main if node.type == "bidi_component")

    assert not app.exception
    assert element.js_source_path.split("?")[0] == "lines.js"
    assert (element.js_content, element.css_content, element.html_content) == ("", "", "")


@pytest.mark.parametrize("file", ["lines.js", "lines.css"])
def test_the_script_reads_no_markup_and_reaches_nothing_outside(file: str) -> None:
    text = (ROOT / "planner" / "ui" / "assets" / file).read_text("utf-8")

    assert [word for word in REACHES_OUT if word in text] == []
