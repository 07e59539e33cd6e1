"""Whom to chase first: unanswered offers by age, each with a button that reminds and a way to its action."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

import streamlit as st

from planner.rules.board import PostState, Waiting, age_band, was_chased
from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words
from planner.rules.supply import age_words
from planner.rules.windows import local
from planner.services.chasing import chase, chase_all
from planner.ui.address import address_of
from planner.ui.board import ask_what, read_board
from planner.ui.desk import attempt
from planner.ui.rows import page_of
from planner.ui.tasks import draw_way
from planner.ui.widgets import empty_state, plain, state_badge
from planner.views import board as view
from planner.views.board_chase import ChaseRow, chaseable, to_chase
from planner.work import Desk

MOST = 10  # as many as one chases before looking again
WAYS = "chase"
BANDS = (
    "Asked under a day ago",
    "Asked one to three days ago",
    "Asked three days to a week ago",
    "Asked a week ago or longer",
)


def draw_chase(desk: Desk) -> None:
    """How long the unanswered wait, then whom to chase first."""
    board = read_board(desk)
    if not any(seat.waits for item in board.actions for seat in item.seats):
        empty_state(
            "Every offer is answered.",
            "Offer posts on an action's page, under Roles; what waits for an answer appears here.",
        )
        return
    with st.container(horizontal=True, gap="small"):
        wanted = ask_what(board)
    with desk.reading() as look:
        waiting = to_chase(look, board, view.shown(board, wanted), wanted.agency)
    if not waiting:
        empty_state("No offer that waits matches.", "Change or clear the filter above.")
        return
    st.header("Unanswered, by age")
    st.text("\n".join(_ages([row.offer for row in waiting], board.now)))
    st.header("Whom to chase first")
    st.text("Posts still missing come first: what is overdue, then the next action, then who was asked longest ago.")
    page = page_of(waiting, key="chase-page", per_page=MOST)
    with desk.reading() as look:
        own = chaseable(look, {row.action.id for row in page})
    _draw_together(desk, [row for row in page if row.action.id in own and not was_chased(row.offer, board.now)])
    for row in page:
        _draw_one(desk, row, board.now, may_chase=row.action.id in own)


def _ages(offers: Sequence[Waiting], now: datetime) -> Iterator[str]:
    ages = Counter(age_band(offer.offered_at, now) for offer in offers)
    overdue = Counter(age_band(offer.offered_at, now) for offer in offers if offer.answer_by <= now)
    for number, band in enumerate(BANDS):
        late = "all" if overdue[number] == ages[number] else overdue[number]
        if ages[number]:
            yield f"{band}: {ages[number]}" + (f", {late} overdue" if late else "")


def _draw_together(desk: Desk, rows: Sequence[ChaseRow]) -> None:
    """For an agency that owes several answers one press and one notice, instead of a row at a time."""
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        waiting[row.agency].append(row.offer.offer_id)
    with st.container(horizontal=True, gap="small"):
        for agency, offers in waiting.items():
            if len(offers) > 1:
                _draw_several(desk, agency, offers)


def _draw_several(desk: Desk, agency: str, offers: list[int]) -> None:
    if st.button(f"Remind {plain(agency)} of all {len(offers)} on this page", key=f"chase-all-{min(offers)}"):
        attempt(
            desk,
            lambda work: chase_all(work, offers),
            done=lambda number: f"{agency} is reminded of {count_words(number, 'post')}.",
        )


def _draw_one(desk: Desk, row: ChaseRow, now: datetime, *, may_chase: bool) -> None:
    offer, reference = row.offer, row.action.reference
    with st.container(border=True, key=f"chase-{offer.offer_id}"):
        said, buttons = st.columns([0.7, 0.3], vertical_alignment="center")
    with said:
        state_badge(PostState.OVERDUE if offer.answer_by <= now else PostState.OFFERED)
        asked, by = age_words(offer.offered_at, now), instant_words(offer.answer_by)
        st.text(
            f"{reference}, {day_words(row.action.day)}: {row.post}. {row.agency}, asked {asked}, to answer by {by}."
        )
        if offer.chased_at and was_chased(offer, now):
            st.text(f"Reminded at {local(offer.chased_at):%H:%M}. Ring them, or wait an hour.")
    with buttons.container(horizontal=True, horizontal_alignment="right"):
        if may_chase and not was_chased(offer, now) and st.button("Remind them", key=f"chase-now-{offer.offer_id}"):
            done = f"{row.agency} is reminded of {row.post}, {reference}."
            attempt(desk, lambda work: chase(work, offer.offer_id), done=done)
        draw_way(f"Open {reference}", address_of("action", {"ref": reference, "tab": "Roles"}), key=WAYS)
