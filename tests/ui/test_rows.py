"""Rows as HTML: links that work at once, words that stay words, and belief in nothing that was not shown."""

import pytest
from streamlit.testing.v1 import AppTest

from planner.ui.rows import as_html, picked

SHOWN = [("WM-0001", "Thu 26 November"), ("WM-0002", "Fri 27 November")]


def test_each_row_begins_with_a_link_to_what_it_is_about() -> None:
    drawn = as_html("Actions", ["Action", "When"], SHOWN, page="action", key="actions")

    assert drawn.count("<tr>") == 3
    assert '<td><a href="action?ref=WM-0001" target="_self">WM-0001</a></td><td>Thu 26 November</td>' in drawn
    assert '<div class="rows rows-actions"><table aria-label="Actions">' in drawn


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", '" onclick="alert(1)', "</table><script>"])
def test_a_word_is_text_whatever_it_looks_like(hostile: str) -> None:
    plain = as_html("Actions", ["Action", "Force"], [("WM-0001", "Force")], page="action", key="actions")

    drawn = as_html(hostile, [hostile, hostile], [(hostile, hostile)], page="action", key="actions")

    assert hostile not in drawn
    assert [drawn.count(sign) for sign in '<>"'] == [plain.count(sign) for sign in '<>"']


def test_only_what_was_shown_can_be_picked() -> None:
    assert picked("WM-0002", SHOWN) == "WM-0002"
    assert [picked(answer, SHOWN) for answer in (None, "WM-0003", "Thu 26 November", {"ref": "WM-0001"}, 1)] == [
        None
    ] * 5


def a_page() -> None:
    from planner.ui.rows import linked_rows

    linked_rows("Actions", ["Action", "When"], [("WM-0001", "Thu 26 November")], page="action", key="actions")


def test_a_page_draws_its_rows_again_and_again() -> None:
    app = AppTest.from_function(a_page).run()

    app.run()

    assert not app.exception
    assert [element.proto.body.count("<tr>") for element in app.get("html")] == [2]


def test_the_script_is_a_file_of_ours_so_that_a_strict_policy_lets_it_in() -> None:
    app = AppTest.from_function(a_page).run()

    element = next(node.proto for node in app.main if node.type == "bidi_component")

    assert element.js_source_path.split("?")[0] == "rows.js"
    assert (element.js_content, element.css_content, element.html_content) == ("", "", "")
