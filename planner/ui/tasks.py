"""What needs somebody, as one list of HTML: each with its state, its sentence and the way to where it is answered.

A way looks like the button that it stands in for and is a link: it leads there in one step of the browser's history,
and a list of eight is one element of the page instead of sixty.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import streamlit as st

from planner.ui.address import address_of
from planner.ui.widgets import badge_html, one_line
from planner.views.today import Task


def draw_tasks(tasks: Sequence[Task], *, key: str, primary: bool = False) -> None:
    """Draw them in their order; the way of the first may be the page's primary one."""
    if tasks:
        st.html(as_html(tasks, key=key, primary=primary))


def draw_way(words: str, address: str, *, key: str) -> None:
    """Draw a way alone, beside buttons."""
    st.html(f'<div class="ways-{key}">{way_html(words, address)}</div>', width="content")


def as_html(tasks: Iterable[Task], *, key: str, primary: bool = False) -> str:
    """The list, whose role is said, for a style takes it away; every word in it is text, whatever it looks like."""
    items = (_item(task, f"{key}-{number}", primary=primary and not number) for number, task in enumerate(tasks))
    return f'<ul class="tasks ways-{key}" role="list">{"".join(items)}</ul>'


def way_html(words: str, address: str, *, look: str = "way", said: Mapping[str, str] | None = None) -> str:
    """A link that looks like a button; without an address it leads nowhere. `said`: attributes, for who hears it."""
    where = f' href="{escape(address)}"' if address else ""
    about = "".join(f' {name}="{escape(value)}"' for name, value in (said or {}).items())
    return f'<a class="{look}"{where}{about}>{escape(one_line(words))}</a>'


def _item(task: Task, name: str, *, primary: bool) -> str:
    told = {"aria-describedby": name}
    return (
        f"<li>{badge_html(task.state)}"
        f'<span class="sentence" id="{escape(name)}">{escape(one_line(task.sentence))}</span>'
        f"{way_html(task.verb, _address(task), look='way primary' if primary else 'way', said=told)}</li>"
    )


def _address(task: Task) -> str:
    about = "conference" if task.page == "conferences" else "ref"
    return address_of(task.page, {name: value for name, value in ((about, task.reference), ("tab", task.tab)) if value})
