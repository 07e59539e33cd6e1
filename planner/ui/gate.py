"""The gate as a task list: unmet first, each with its state, its sentence and who mends it."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from planner.rules.demand import asked_for, coverage
from planner.rules.findings import Finding, State
from planner.rules.readiness import Gate, unmet_first
from planner.rules.shortage import who_words
from planner.rules.values import Facts
from planner.rules.windows import local
from planner.rules.words import ActionState, Standing
from planner.ui.forms import words
from planner.ui.rows import draw_rows
from planner.ui.widgets import badge_html, gate_state, one_line, plain, state_badge, state_words
from planner.views.remedies import REMEDIES
from planner.work import utc_now

STANDING_WORDS = {
    Standing.NONE: "No go-ahead given",
    Standing.STANDING: "✓ Go-ahead stands",
    Standing.SUSPENDED: "! Go-ahead suspended",
    Standing.SPENT: "✕ Go-ahead spent: the plan changed since it was given",
    Standing.WITHDRAWN: "✕ Go-ahead withdrawn",
}
OVER = (ActionState.BEGUN, ActionState.DONE, ActionState.STOOD_DOWN)
COLUMNS = ("State", "Check", "What it says")
PLACES = ("Who", "Likely", "High", "Requested", "Held", "Confirmed")
UNMET = (State.UNMET, State.NOT_RECORDED)
COLOURS = {Standing.STANDING: "green", Standing.SUSPENDED: "orange", Standing.SPENT: "red", Standing.WITHDRAWN: "red"}


def standing_line(gate: Gate, state: ActionState) -> None:
    """Where the action stands, ready or not, and what the go-ahead is worth, in one line of badges."""
    blocking = len(gate.blocking)
    with st.container(horizontal=True, gap="small"):
        if state is ActionState.REQUESTED and gate.standing is Standing.NONE:
            state_badge("go-ahead_asked_for")
        elif state not in (ActionState.PLANNED, ActionState.REQUESTED):
            state_badge(state)
        if state is ActionState.STOOD_DOWN or (state in OVER and gate.standing is Standing.NONE):
            return
        if state not in OVER:
            _ready_badge(blocking)
        aside = sum(finding.state is State.OVERRIDDEN for finding in gate.findings)
        if aside:
            st.badge(f"⟲ {aside} overridden", color="violet")
        colour = COLOURS.get(gate.standing, "gray")
        st.badge(STANDING_WORDS[gate.standing], color=colour)  # type: ignore[arg-type]


def _ready_badge(blocking: int) -> None:
    if blocking:
        st.badge(f"✕ Not ready: {blocking} blocking", color="red")
    else:
        st.badge("✓ Ready", color="green")


def ready_words(gate: Gate, state: ActionState) -> str:
    """For a table's cell; of what has begun or is over nobody asks any more whether it is ready."""
    if state in OVER:
        return state_words(state)
    return "✓ Ready" if gate.ready else f"✕ {len(gate.blocking)} blocking"


def draw_gate(
    gate: Gate, *, open_tab: Callable[[str], None] | None = None, mend: Callable[[Finding], str] | None = None
) -> None:
    """Every check, one a row; what is unmet has a way to the tab where it is mended, or says who mends it by when."""
    found = unmet_first(gate.findings)
    rows = [(each, gate_state(each), each.remedy if mend is None else mend(each)) for each in found]
    draw_findings(rows, open_tab=open_tab)


def draw_findings(found: Sequence[tuple[Finding, str, str]], *, open_tab: Callable[[str], None] | None = None) -> None:
    """Checks with the state they are shown in and who mends them, one a row."""
    with st.container(border=True, key="gate"):
        if open_tab is None:
            st.html(as_html(found))
            return
        for row in found:
            _row(row, open_tab)


def as_html(found: Sequence[tuple[Finding, str, str]]) -> str:
    """Without buttons the whole gate is one table of our own: as Markdown it would wait for the browser to read it.

    Every word in it is text, whatever it looks like; every role is said, for on a phone its rows are not laid as rows.
    """
    heads = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in COLUMNS)
    body = "".join(f'<tr role="row">{_cells(*row)}</tr>' for row in found)
    return (
        f'<table role="table" aria-label="Checks"><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _cells(finding: Finding, state: str, mend: str) -> str:
    name, sentence = (escape(one_line(said)) for said in (_name(finding), _sentence(finding, mend)))
    return "".join(f'<td role="cell">{said}</td>' for said in (badge_html(state), f"<strong>{name}</strong>", sentence))


def _name(finding: Finding) -> str:
    return finding.check.replace("_", " ").capitalize()


def _sentence(finding: Finding, mend: str) -> str:
    return finding.read_on(local(utc_now()).date()) + (f" → {mend}" if mend else "")


def _row(row: tuple[Finding, str, str], open_tab: Callable[[str], None]) -> None:
    finding, shown, mend = row
    state, name, sentence, way = st.columns([0.13, 0.17, 0.52, 0.18], vertical_alignment="center", gap="small")
    with state:
        state_badge(shown)
    name.markdown(f"**{plain(_name(finding))}**")
    sentence.text(_sentence(finding, mend))
    remedy = REMEDIES.get(finding.check)
    if remedy is not None and finding.state in UNMET:
        way.button(remedy.verb, key=f"mend-{finding.check}", on_click=open_tab, args=(remedy.tab,), width="stretch")


def draw_coverage(facts: Facts) -> None:
    """Places needed, held and confirmed, by profile."""
    rows = coverage(facts)
    if not rows:
        st.text("Nobody has said yet how many people to expect. Set demand on the action's page.")
        return
    asked = asked_for(facts)
    shown = [
        (
            words(who_words(line.profile, line.need)),
            line.likely,
            line.high,
            asked.get((line.profile, line.need), 0),
            line.held,
            line.confirmed,
        )
        for line in rows
    ]
    draw_rows("Places needed, held and confirmed", PLACES, shown, key="coverage")
