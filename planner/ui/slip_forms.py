"""A change of plan in two presses: what follows is listed first, and one more press does exactly that."""

from collections.abc import Callable

import streamlit as st

from planner.errors import Stale
from planner.rules.dates import instant_words
from planner.rules.windows import local
from planner.services.slip_changes import Change
from planner.services.slip_undo import undo_slip
from planner.services.slips import Listed, SlipRequest, list_consequences, slip
from planner.ui.desk import attempt, tell_refusal
from planner.ui.forms import kept, kept_here, request_key
from planner.ui.looks import looked_at
from planner.ui.other_days import other_days
from planner.ui.widgets import state_badge
from planner.views import slips as view
from planner.views.one_action import OneAction
from planner.work import Desk, Work

PENDING = "slips"
AT_A_GLANCE = 8


def slip_of(one: OneAction, about: str, change: Change, version: int) -> SlipRequest:
    """One action's change, as its form asks for it."""
    reference = one.row.reference
    return SlipRequest((reference,), change, request_key(about_of(one, about)), {reference: version})


def about_of(one: OneAction, form: str) -> str:
    """The name of a form of one action: a list that waits is never shown, nor applied, on another action's page."""
    return f"{form}-{one.row.reference}"


def ask_first(desk: Desk, about: str, ask: Callable[[], SlipRequest], *, done: str) -> None:
    """List what follows from what was just typed; where it concerns nobody and breaks nothing, it is done at once."""
    pending = kept_here(PENDING)
    pending.pop(about, None)
    try:
        request = ask()
        listed = _listed(desk, request)
    except Exception as error:
        tell_refusal(error)
        return
    if listed.concerns_nobody and not listed.breaks:
        _apply(desk, about, request, listed, done)
        return
    pending[about] = (request, listed, done, other_days(desk, request, listed))


def draw_listed(desk: Desk, about: str) -> None:
    """The list that waits for its second press, under the form it came from."""
    pending = kept_here(PENDING)
    if about not in pending:
        return
    request, listed, done, others = pending[about]
    with st.container(border=True, key=f"slip-{about}"):
        st.subheader("What follows")
        draw_consequences(listed, several=len(request.actions) > 1)
        if others:
            st.text("\n".join(others))
        with st.container(horizontal=True):
            if st.button("Do exactly this", type="primary", key=f"slip-do-{about}"):
                _apply(desk, about, request, listed, done)
            if st.button("Leave it as it is", key=f"slip-leave-{about}"):
                pending.pop(about)
                st.rerun()


def _listed(desk: Desk, request: SlipRequest) -> Listed:
    with desk.writing(looked_at=looked_at(), rehearsed=True) as work:
        return list_consequences(work, request)


def _apply(desk: Desk, about: str, request: SlipRequest, listed: Listed, done: str) -> None:
    def verb(work: Work) -> str:
        try:
            slip(work, request, seen=listed.mark)
        except Stale:
            kept_here(PENDING).pop(about, None)
            raise
        return done

    def said(words: str) -> str:
        kept_here(PENDING).pop(about, None)
        kept(about)
        return words

    attempt(desk, verb, done=said)


def draw_consequences(listed: Listed, *, several: bool) -> None:
    """What breaks first, the rest action by action; of very many actions the rest is folded."""
    breaks = [item for item in listed.consequences if item.breaks]
    for item in breaks:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            state_badge("blocks")
            st.text(f"{item.action}: {item.sentence}" if several else item.sentence)
    rest = [item for item in listed.consequences if not item.breaks]
    actions = list(dict.fromkeys(item.action for item in rest))
    told = (
        st.container() if len(actions) <= AT_A_GLANCE else st.expander(f"What else follows, of {len(actions)} actions")
    )
    for action in actions:
        lines = "\n".join(f"• {item.sentence}" for item in rest if item.action == action)
        told.text(f"{action}\n{lines}" if several else lines)
    st.text(listed.told)


def draw_changes(desk: Desk, reference: str) -> None:
    """What was changed so far, with its list; the last one can be undone for some minutes."""
    with desk.reading() as look:
        rows = view.slips(look, reference)
    for row in rows:
        with st.container(border=True, key=f"slip-row-{row.id}"):
            undone = f" Undone {instant_words(row.undone_at)}." if row.undone_at else ""
            st.text(f"{instant_words(row.at)}, {row.by}: {row.sentence}{undone}")
            if row.undo_until and st.button(f"Undo, until {local(row.undo_until):%H:%M}", key=f"undo-{row.id}"):
                _undo(desk, row.id)
            with st.expander("What followed"):
                st.text("\n".join(f"• {line}" for line in row.listed))


def _undo(desk: Desk, number: int) -> None:
    done = "The change is undone; who was told of it is told so. A go-ahead that it spent is given anew."
    attempt(desk, lambda work: undo_slip(work, number), done=done)
