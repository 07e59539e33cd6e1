"""What Gold's one page shows above the decision: what, when, where, why now; the gate; what it rests on."""

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.danger import Danger
from planner.rules.dates import day_words, instant_words, when_words
from planner.rules.deadlines import mend_words
from planner.rules.strike_words import strike_day_words
from planner.rules.windows import local
from planner.rules.words import ConditionState, OfferState
from planner.ui.danger_entry import draw_danger_entry
from planner.ui.forms import words
from planner.ui.gate import draw_coverage, draw_gate, standing_line
from planner.ui.law_forms import draw_power_left
from planner.ui.pause_forms import draw_paused
from planner.ui.since import draw_since
from planner.ui.widgets import marking_line, plain, state_badge
from planner.views.conferences import ConferenceRow
from planner.views.one_action import OneAction
from planner.work import Desk

MOST_SAID = 3


def draw_what(one: OneAction, entry: Danger | None) -> None:
    """What, when, where and why now; then every check, the unmet first, with who mends it and by when.

    Once teams entered for danger to life nobody asks for a go-ahead: the entry stands in the gate's place.
    """
    action, decide_by = one.facts.action, one.asked.decide_by if one.asked else None
    premises = f"{action.premises_count} {words(action.premises_kind).lower()}"
    when, where = when_words(one.row.starts_at, one.row.ends_at), f"{one.row.region} · {one.row.force}"
    st.markdown(f"**{plain(when)}** · {plain(f'{where} · {words(action.kind)}, {premises} premises')}")
    if entry is not None:
        standing_line(one.gate, one.row.state)
        draw_danger_entry(entry, one.gate)
        return
    st.text("\n".join(_asked_lines(one)))
    standing_line(one.gate, one.row.state)
    if one.strike_day:
        whole = strike_day_words(one.strike_day, first=True)
        st.text(f"{whole} goes as a whole: its go-ahead is given for all of it at once, on Actions, Strike days.")
    draw_power_left(one)
    draw_paused(one.facts.pauses)
    draw_gate(one.gate, mend=lambda finding: mend_words(finding, one.facts, decide_by))


def _asked_lines(one: OneAction) -> list[str]:
    """Why now, who asked, and by when it is decided."""
    if one.asked is None:
        return ["Nobody has asked for the go-ahead yet."]
    decide = f" Decide by {instant_words(one.asked.decide_by)}." if one.asked.decide_by else ""
    asked = f"Asked for by {one.asked.by}, {instant_words(one.asked.at)}.{decide}"
    return [f"Why now: {one.asked.why_now}", asked] if one.asked.why_now else [asked]


def draw_ground(desk: Desk, one: OneAction, held: tuple[ConferenceRow, ...]) -> None:
    """What the decision rests on."""
    st.header("Care: needed and confirmed")
    draw_coverage(one.facts)
    st.header("Who attends")
    _draw_attending(one)
    last = next((row for row in reversed(held) if row.decision is not None), None)
    st.header(f"Conference, {day_words(local(last.starts_at).date())}" if last else "Conference")
    _draw_conference(last)
    st.text("\n".join(_condition_lines(one)))
    st.header("Since you last looked")
    draw_since(desk, "go_ahead", one.row.reference, most=MOST_SAID)


def _draw_attending(one: OneAction) -> None:
    """Posts that are accepted, by agency; immigration enforcement's presence."""
    accepted = [item for item in one.facts.offers if item.state is not OfferState.OFFERED]
    by_agency: dict[str, list[str]] = {}
    for item in accepted:
        by_agency.setdefault(item.agency, []).append(item.role_title)
    lines = [f"{agency}: {', '.join(titles)}." for agency, titles in by_agency.items()]
    lines.append(f"Immigration enforcement: {words(one.facts.action.immigration).lower()}.")
    st.text("\n".join(lines if accepted else ["Nobody has accepted yet.", *lines]))


def _draw_conference(last: ConferenceRow | None) -> None:
    """What the last conference decided, why, and who dissented."""
    if last is None:
        st.text("No conference has decided on this action yet.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        state_badge(str(last.decision))
        marking_line(*last.marked)
    st.text(f"{last.reasons}\nDissent: {last.dissent}" if last.dissent else f"{last.reasons}\nNo dissent.")


def _condition_lines(one: OneAction) -> list[str]:
    """Partners' conditions: those that wait in their own words, those answered as a number."""
    found = one.facts.conditions
    if not found:
        return ["No partner set a condition."]
    waiting = [item for item in found if item.state is ConditionState.RAISED]
    done = len(found) - len(waiting)
    lines = [f"Condition still to answer: {item.text}" for item in waiting[:MOST_SAID]]
    return [*lines, f"{count_words(done, 'condition')} answered."] if done else lines
