"""What is minuted under each item of the agenda: typed below it by several at once, shown as it stands, corrected."""

from collections import Counter
from html import escape

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.services import minutes
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import drawn_version, request_key
from planner.ui.line_field import TypedLine, draw_field
from planner.ui.widgets import empty_state, plain
from planner.views import meeting as view
from planner.work import Desk

LIVE_SECONDS = 4
ALL = "All actions"
ITEM = "agenda-item"


@st.fragment(run_every=LIVE_SECONDS)
def draw_minutes_live(desk: Desk, found: view.Meeting) -> None:
    """The item that is talked about, a field for its next line, and its lines, the newest first: everybody's."""
    st.header("Agenda")
    with desk.reading() as look:
        lines = view.lines(look, found.id)
    counts = Counter(line.item for line in lines)
    names = {number: _item_words(number, item, counts[number]) for number, item in enumerate(found.agenda, 1)}
    st.pills("Item", list(names), format_func=lambda number: names[number], default=1, key=ITEM, required=True)
    item = int(st.session_state.get(ITEM) or 1)
    if found.records:
        about = [("", ALL), *((matter.reference, matter.reference) for matter in found.matters)]
        draw_field(
            f"conference-{found.id}",
            item=item,
            about=about if len(found.matters) > 1 else [],
            keep=lambda line: _keep(desk, found, line),
            label="What is said",
        )
    here = tuple(line for line in lines if line.item == item)
    if not here:
        empty_state(f"Nothing is minuted under {found.agenda[item - 1]} yet.", "What anybody types appears here.")
    with st.container(key="minuted"):  # one place, so that what stands below keeps its own and what is typed in it
        for line in reversed(here):
            _draw_line(line, about=len(found.matters) > 1)
    if here and found.records:
        _draw_correction(desk, found, here, item)


def _draw_line(line: view.Line, *, about: bool) -> None:
    about_words = f"{line.reference}: " if line.reference and about else ""
    with st.container(key=f"minute-{line.id}", gap=None):
        st.text(f"{about_words}{line.text}")
        again = ", corrected" if line.corrects else ""
        st.html(f"<small>{escape(line.typed_by)}, {instant_words(line.typed_at)}{again}</small>")


def _item_words(number: int, item: str, lines: int) -> str:
    return plain(f"{number} {item}" + (f", {count_words(lines, 'line')}" if lines else ""))


def _keep(desk: Desk, found: view.Meeting, line: TypedLine) -> None:
    """One line in a transaction of its own: one that is refused holds up no other."""
    only = found.matters[0].reference if len(found.matters) == 1 and not found.hidden else None
    request = minutes.LineRequest(found.id, line.item, line.text, line.name, only or line.about or None)
    with desk.writing(looked_at=line.looked_at) as work:
        minutes.type_line(work, request)


def _draw_correction(desk: Desk, found: view.Meeting, lines: tuple[view.Line, ...], item: int) -> None:
    """Another line takes its place; the first stays in the record of what was typed."""
    with st.popover("Correct a line", key=f"correct-{found.id}"):
        texts = {line.first: line for line in lines}
        said = {line.first: f"{at}. {line.text[:80]}" for at, line in enumerate(lines, 1)}  # the same may be said twice
        chosen = which("Which line", dict(reversed(said.items())), key=str(item))
        if chosen.shown is None:
            chosen.say()
            return
        old, form = texts[chosen.shown], f"correct-{chosen.shown}"
        looked_at = drawn_version(form, old.id)
        text = st.text_area("As it should stand; empty strikes it out", old.text, key=form)
        if st.button("Keep the correction", key=f"keep-{chosen.shown}"):
            request = minutes.LineRequest(found.id, old.item, text, request_key(form), old.reference, looked_at)
            attempt(desk, lambda work: minutes.type_line(work, request), done="Corrected.", form=form)
