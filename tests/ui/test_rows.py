"""Rows as HTML: links that work at once, and words that stay words."""

import pytest
from streamlit.testing.v1 import AppTest

from planner.ui.rows import PER_PAGE, Link, as_html

SHOWN = [("WM-0001", "Thu 26 November"), ("WM-0002", "Fri 27 November")]


def test_each_row_begins_with_a_link_to_what_it_is_about() -> None:
    drawn = as_html("Actions", ["Action", "When"], SHOWN, link=Link("action"), key="actions")

    assert drawn.count("<tr ") == 3
    assert (
        '<td role="cell" data-label="Action"><a href="action?ref=WM-0001" target="_self">WM-0001</a></td>'
        '<td role="cell" data-label="When">Thu 26 November</td>'
    ) in drawn
    assert '<div class="rows rows-actions"><table role="table" aria-label="Actions">' in drawn


def test_a_link_may_lead_to_one_tab() -> None:
    drawn = as_html("Offers", ["Action", "When"], SHOWN, link=Link("action", "Move and begin"), key="offers")

    assert '<a href="action?ref=WM-0001&amp;tab=Move+and+begin" target="_self">WM-0001</a>' in drawn


def test_rows_that_lead_nowhere_are_reached_by_keyboard_and_their_figures_stand_to_the_right() -> None:
    drawn = as_html("Figures", ["Measure", "Value"], [("Premises", 1822), ("Share", 0.5), ("Victims", 167.0)])

    assert "<a " not in drawn
    assert '<div class="rows" role="region" aria-label="Figures: table" tabindex="0">' in drawn
    assert '<th scope="col" role="columnheader" class="figure">Value</th>' in drawn
    cells = [f'<td role="cell" data-label="Value" class="figure">{said}</td>' for said in ("1,822", "0.5", "167")]
    assert [drawn.count(cell) for cell in cells] == [1, 1, 1]


def test_several_words_in_a_cell_are_a_line_each_and_still_words() -> None:
    drawn = as_html("Posts", ["Post", "State"], [("Medical lead", ("✓ Accepted 1", "<b>")), ("Loggist", ("One",))])

    assert '<td role="cell" data-label="State"><span>✓ Accepted 1<br>&lt;b&gt;</span></td>' in drawn
    assert '<td role="cell" data-label="State">One</td>' in drawn


def test_every_part_of_a_table_says_its_role_for_a_style_may_take_it_away() -> None:
    drawn = as_html("Figures", ["Measure", "Value"], [("Premises", 822)])

    parts = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    assert all(
        drawn.count(f"<{part} ") + drawn.count(f"<{part}>") == drawn.count(f'<{part} role="{role}"')
        for part, role in parts.items()
    )
    assert drawn.count('role="columnheader"') == 2


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", '" onclick="alert(1)', "</table><script>"])
def test_a_word_is_text_whatever_it_looks_like(hostile: str) -> None:
    plain = as_html("Actions", ["Action", "Force"], [("WM-0001", "Force")], link=Link("action"), key="actions")

    drawn = as_html(hostile, [hostile, hostile], [(hostile, hostile)], link=Link("action"), key="actions")

    assert hostile not in drawn
    assert [drawn.count(sign) for sign in '<>"'] == [plain.count(sign) for sign in '<>"']


def a_page() -> None:
    from planner.ui.rows import draw_action_rows

    draw_action_rows("Actions", ["Action", "When"], [("WM-0001", "Thu 26 November")], key="actions")


def a_long_list() -> None:
    from planner.ui.rows import draw_rows, page_of

    draw_rows("Numbers", ["Number"], [(number,) for number in page_of(range(101), key="numbers")])


def test_no_more_than_fifty_rows_are_drawn_at_once() -> None:
    app = AppTest.from_function(a_long_list).run()
    first = app.get("html")[0].proto.body
    app.session_state["numbers"] = 3

    last = app.run().get("html")[0].proto.body

    assert [body.count("<td ") for body in (first, last)] == [PER_PAGE, 1]
    assert ">100</td>" in last


def test_a_page_draws_its_rows_again_and_again() -> None:
    app = AppTest.from_function(a_page).run()

    app.run()

    assert not app.exception
    assert [element.proto.body.count("<tr ") for element in app.get("html")] == [2]


def test_rows_bring_no_component_along_which_would_come_after_all_else() -> None:
    app = AppTest.from_function(a_page).run()

    assert [node.type for node in app.main if node.type != "main"] == ["html"]


def nights() -> None:
    from datetime import UTC, datetime

    from planner.ui.care_heat import draw_heat

    draw_heat((), (), datetime(2026, 11, 26, tzinfo=UTC), None)


def test_the_nights_script_is_a_file_of_ours_so_that_a_strict_policy_lets_it_in() -> None:
    app = AppTest.from_function(nights).run()

    assert not app.exception
    element = next(node.proto for node in app.main if node.type == "bidi_component")
    assert (element.component_name, element.js_source_path.split("?")[0]) == ("planner.nights", "nights.js")
    assert (element.js_content, element.css_content, element.html_content) == ("", "", "")
