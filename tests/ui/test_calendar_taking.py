"""The sentences before a calendar is taken: how many entries, under which titles, with which tasks beside them."""

import pytest
from streamlit.testing.v1 import AppTest


def a_page() -> None:
    import streamlit as st

    from planner.ui.calendar_taking import draw_preview
    from planner.views.calendar_preview import Preview, Shown

    tasks = st.session_state["tasks"]
    titles = (("Planned action", 1234), ("Due: answer an offer", tasks))
    entries = (Shown("Planned action 1/1", "Thu 26 November, 06:00 to 09:00", "Confirmed"),)
    draw_preview(Preview("Planner: all entries", entries, 1234 + tasks, tasks, titles, "OFFICIAL", ()))


@pytest.mark.parametrize(("tasks", "said"), [(1, "1 task"), (1500, "1,500 tasks")])
def test_tasks_are_named_with_where_there_are_none_and_thousands_are_set_apart(tasks: int, said: str) -> None:
    page = AppTest.from_function(a_page)
    page.session_state["tasks"] = tasks

    texts = [text.value for text in page.run().text]

    times = f" {tasks:,} times" if tasks > 1 else ""
    assert f"{1234 + tasks:,} entries: “Planned action” 1,234 times, “Due: answer an offer”{times}." in texts[0]
    assert texts[-2] == (
        f"Beside the deadlines the download has {said}, called the same, for programs that keep a list of tasks. "
        "A feed and paper have none."
    )


def test_without_a_deadline_no_task_is_named() -> None:
    page = AppTest.from_function(a_page)
    page.session_state["tasks"] = 0

    assert not [text.value for text in page.run().text if "task" in text.value]
