"""The role board agency by agency: how many posts of a kind each was asked for, and how that stands."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from planner.rules.board import Seat, short
from planner.rules.counts import count_words
from planner.rules.words import OfferState
from planner.ui.rows import Row, draw_rows, page_of
from planner.ui.widgets import empty_state, state_words
from planner.views.board import ActionPosts, Board

ORDER = tuple(OfferState)


def draw_agencies(board: Board, actions: Sequence[ActionPosts], agency: str) -> None:
    """One row an agency, of the one that is filtered by or of all; fifty a page."""
    found: defaultdict[str, list[Seat]] = defaultdict(list)
    for seat in (seat for item in actions for seat in item.seats):
        found[board.names.agencies[seat.agency_id]].append(seat)
    names = sorted(name for name in found if agency in ("", name))
    if not names:
        empty_state("No agency is asked for a post of these actions.", "Offer posts on an action's page, under Roles.")
        return
    st.text(f"{count_words(len(names), 'agency is', 'agencies are')} asked for posts of these actions.")
    page = page_of(names, key="agencies-page")
    posts = {seat.role: short(board.names.posts[seat.role]) for name in page for seat in found[name]}
    twice = _booked_twice(board, actions)
    rows = [(name, *_cells(found[name], posts), len(twice[name])) for name in page]
    draw_rows("Posts by agency", ("Agency", *posts.values(), "Overdue", "Leads booked twice"), rows)


def _booked_twice(board: Board, actions: Iterable[ActionPosts]) -> defaultdict[str, set[int]]:
    """The leads of each agency who are expected in two places at once."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for item in actions:
        for seat in item.seats:
            if seat.lead_id in item.booked:
                found[board.names.agencies[seat.agency_id]].add(seat.lead_id)
    return found


def _cells(seats: Sequence[Seat], posts: Mapping[str, str]) -> Row:
    counts = Counter((seat.role, seat.state) for seat in seats)
    cells = (
        tuple(f"{state_words(state)} {counts[role, state]}" for state in ORDER if counts[role, state]) or "–"
        for role in posts
    )
    return (*cells, sum(seat.overdue for seat in seats))
