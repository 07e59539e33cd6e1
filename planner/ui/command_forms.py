"""Who holds command and who is on call: taken, handed over, delegated, accepted."""

from collections.abc import Callable
from datetime import datetime, timedelta

import streamlit as st

from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.windows import local
from planner.services import command as services
from planner.services import delegations
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import instant, request_key, words
from planner.ui.widgets import empty_state, task_row
from planner.views.command import Command, DelegationRow, TurnRow, command
from planner.work import Desk, Work

EVERY_REGION = "Every region"


def draw_command(desk: Desk) -> None:
    """Turns and delegations of one's own force, and what of them waits for an answer."""
    with desk.reading() as look:
        found, now = command(look), look.now
    if not (found.posts or found.delegations):
        return
    st.header("Command")
    if not (found.turns or found.delegations):
        empty_state("Nobody's turn of command is recorded.", "Take command below; from then on no gap is left.")
    for turn in found.turns:
        _draw_turn(desk, turn, found.colleagues)
    for row in found.delegations:
        _draw_delegation(desk, row)
    if found.posts:
        with st.expander("Take command"):
            _draw_take(desk, found, now)
    if found.delegates:
        with st.expander("Name a delegate on call"):
            _draw_delegate(desk, found, now)


def _draw_turn(desk: Desk, turn: TurnRow, colleagues: tuple[str, ...]) -> None:
    span = f"{instant_words(turn.from_at)} to {instant_words(turn.to_at)}"
    if not turn.accepted:
        asked = f"{turn.who}, is asked to take over as {words(turn.post)}: {span}."
        if task_row("asked_for", asked, "Take over" if turn.mine else None, key=f"turn-{turn.id}"):
            attempt(desk, lambda work: services.accept_handover(work, turn.id), done="You took over.")
        return
    task_row("accepted", f"{turn.who}, is in command as {words(turn.post)}: {span}.", key=f"turn-{turn.id}")
    if not turn.mine:
        return
    with st.expander("Hand over, or end it earlier"), st.form(f"handover-{turn.id}", border=False):
        to = which("To whom", colleagues, key=f"to-{turn.id}") if colleagues else None
        at = _when("From", local(turn.to_at) - timedelta(hours=1), f"handover-at-{turn.id}")
        hours = st.number_input("For how many hours", 1, 14 * 24, 12, key=f"handover-hours-{turn.id}")
        left, right = st.columns(2)
        if left.form_submit_button("Propose the handover", width="stretch"):
            attempt(
                desk,
                lambda work: services.propose_handover(
                    work, turn.id, to() if to else "", at(), at() + timedelta(hours=int(hours))
                ),
                done="The handover is proposed; it counts once it is accepted.",
            )
        if right.form_submit_button("End my turn then", width="stretch"):
            attempt(desk, lambda work: services.end_command(work, turn.id, at()), done="Your turn ends then.")


def _draw_delegation(desk: Desk, row: DelegationRow) -> None:
    where = row.region or EVERY_REGION.lower()
    span = f"{instant_words(row.from_at)} to {instant_words(row.to_at)}"
    role = "is on call" if row.accepted else "is asked to be on call"
    said = f"{row.delegate}, {role} for go-aheads in place of {row.giver}: {span}, {where}. {row.reason}"
    button = "Accept" if row.mine and not row.accepted else "End it" if row.ends else None
    state = "accepted" if row.accepted else "asked_for"
    if not task_row(state, said, button, key=f"delegation-{row.id}"):
        return
    if button == "Accept":
        attempt(desk, lambda work: delegations.accept_delegation(work, row.id), done="You are on call.")
    else:
        attempt(desk, lambda work: delegations.end_delegation(work, row.id), done="The delegation is ended.")


def _draw_take(desk: Desk, found: Command, now: datetime) -> None:
    with st.form("take-command", border=False):
        operation = which("Operation", found.operations)
        post = which("Post", {post: words(post) for post in found.posts})
        from_at = _when("From", local(now), "take-from")
        hours = st.number_input("For how many hours", 1, 14 * 24, 12, key="take-hours")
        if st.form_submit_button("Take command"):
            key = request_key("take-command")
            attempt(
                desk,
                lambda work: services.take_command(
                    work,
                    services.TurnRequest(operation(), post(), from_at(), from_at() + timedelta(hours=int(hours)), key),
                ),
                done=lambda _: f"You are {post()} for {count_words(int(hours), 'hour')}.",
                form="take-command",
            )


def _draw_delegate(desk: Desk, found: Command, now: datetime) -> None:
    if not found.colleagues:
        st.text("Nobody else of your force holds command here. The cell appoints, on the Directory page.")
        return
    with st.form("delegate", border=False):
        operation = which("Operation", found.operations)
        to = which("Who is on call", found.colleagues)
        region = which("For actions in", {EVERY_REGION: EVERY_REGION, **found.regions})
        from_at = _when("From", local(now), "delegate-from")
        hours = st.number_input("For how many hours", 1, 31 * 24, 12, key="delegate-hours")
        why = st.text_input("Why")
        if st.form_submit_button("Ask them to be on call"):
            key = request_key("delegate")

            def offer(work: Work) -> None:
                starts, where = from_at(), None if region() == EVERY_REGION else region()
                asked = (operation(), to(), starts, starts + timedelta(hours=int(hours)), why, key, where)
                delegations.offer_delegation(work, delegations.DelegationRequest(*asked))

            attempt(desk, offer, done=lambda _: f"{to()} is asked; it counts once they accept.", form="delegate")


def _when(label: str, usual: datetime, key: str) -> Callable[[], datetime]:
    """A local day and time in a form; what they mean is read when the form is sent, and may be refused then."""
    day = st.date_input(label, usual.date(), format="DD/MM/YYYY", key=f"{key}-day")
    at = st.time_input(f"{label}, at", usual.time().replace(second=0, microsecond=0), key=f"{key}-time")
    return lambda: instant(day, at)
