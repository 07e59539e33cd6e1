"""The role board as a grid: actions or agencies down, posts across, a state in each cell; filtered by the address."""

from collections.abc import Iterator, Sequence

import streamlit as st

from planner.rules.board import PostState, Seat, Trouble, post_state, short
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.ui.board_agencies import draw_agencies
from planner.ui.rows import Cell, Row, draw_action_rows, page_of
from planner.ui.widgets import empty_state, state_words
from planner.views import board as view
from planner.views.board import ActionPosts, Board, BoardFilter, Names
from planner.work import Desk

ROWS = ACTIONS, AGENCIES = "Actions", "Agencies"
KEPT = "role_board"
NARROW = 170  # two beside each other on a phone
TROUBLES = {
    "Posts missing": Trouble.MISSING,
    "Held by several agencies": Trouble.HELD_BY_SEVERAL,
    "Leads booked twice": Trouble.BOOKED_TWICE,
    "Beyond stated capacity": Trouble.BEYOND_CAPACITY,
}


def read_board(desk: Desk) -> Board:
    """The board as it stands; a filter's click finds it kept, as long as nothing was recorded since it was read."""
    with desk.reading() as look:
        mark = view.mark(look)
        kept: tuple[view.Mark, Board] | None = st.session_state.get(KEPT)
        if kept is None or kept[0] != mark:
            kept = (mark, view.board(look))
            st.session_state[KEPT] = kept
    return kept[1]


def ask_what(board: Board) -> BoardFilter:
    """Draw the fields of the filter, side by side in the open container; what is chosen stands in the address."""
    there = view.choices(board)
    weeks = {day_words(week): week for week in there.weeks}
    wrong = [name for name, trouble in TROUBLES.items() if any(item.has(trouble) for item in board.actions)]
    return BoardFilter(
        force=_chosen("Force", there.forces, "All forces", fewest=2),
        region=_chosen("Region", there.regions, "All regions", fewest=2),
        agency=_chosen("Agency", there.agencies, "All agencies"),
        week=weeks.get(_chosen("Week", tuple(weeks), "All weeks")),
        trouble=TROUBLES.get(_what_is_wrong(wrong)),
    )


def _what_is_wrong(names: Sequence[str]) -> str:
    """One click each; nothing to choose from where nothing is wrong."""
    if not names:
        return ""
    return st.pills("What is wrong", names, key="wrong", bind="query-params", wrap=True) or ""


def _chosen(label: str, names: Sequence[str], every: str, *, fewest: int = 1) -> str:
    """What is chosen, nothing for all; a force's own people have one force, and nothing to choose from."""
    if len(names) < fewest:
        return ""
    key = label.lower().replace(" ", "_")
    found = st.selectbox(label, names, index=None, placeholder=every, key=key, bind="query-params", width=NARROW)
    return found or ""


def draw_board(desk: Desk) -> None:
    """The grid, fifty rows a page, with what is wrong counted above it."""
    board = read_board(desk)
    if not board.actions:
        empty_state("No action is to come.", "Plan one on the Actions page; its posts then stand here.")
        return
    with st.container(horizontal=True, gap="small"):
        wanted = ask_what(board)
        down = st.segmented_control("Rows", ROWS, default=ACTIONS, required=True, key="rows", bind="query-params")
    actions = view.shown(board, wanted)
    if not actions:
        empty_state("No action matches.", "Change or clear the filter above.")
    elif down == AGENCIES:
        draw_agencies(board, actions, wanted.agency)
    else:
        st.text(_said(actions))
        _draw_actions(board, page_of(actions, key="board-page"), several=len({item.force for item in actions}) > 1)


def _draw_actions(board: Board, page: Sequence[ActionPosts], *, several: bool) -> None:
    """One row an action; its force is said where there are several, other posts where there are any."""
    required = {role.code: short(role.title) for item in page for role in item.required}
    names = board.names
    other = any(seat.role not in required for item in page for seat in item.seats)
    columns = ["Action", "Day", *(["Force"] if several else []), *required.values()]
    columns += [*(["Other posts"] if other else []), "To mend"]
    rows: list[Row] = []
    for item in page:
        states = _states(board, item)
        row: list[Cell] = [item.reference, day_words(item.day), *([names.agencies[item.force]] if several else [])]
        row += [states.pop(code, state_words(PostState.NOT_NEEDED)) for code in required]
        row += [tuple(f"{short(names.posts[code])}: {state}" for code, state in states.items()) or "–"] if other else []
        rows.append([*row, tuple(_to_mend(item, board.names)) or "–"])
    draw_action_rows("Posts by action", columns, rows, key="board", tab="Roles")


def _said(actions: Sequence[ActionPosts]) -> str:
    missing = sum(gap.short for item in actions for gap in item.gaps)
    twice = sum(len(item.overlaps) for item in actions)
    booked = len({lead for item in actions for lead in item.booked})
    beyond = len({agency for item in actions for agency in item.beyond})
    counts = [
        count_words(missing, "post missing", "posts missing"),
        count_words(twice, "post held by several agencies", "posts held by several agencies"),
        count_words(booked, "lead booked twice", "leads booked twice"),
    ]
    over = [count_words(beyond, "agency beyond its stated capacity", "agencies beyond their stated capacity")]
    return f"{count_words(len(actions), 'action')} to come: {', '.join(counts + (over if beyond else []))}."


def _states(board: Board, item: ActionPosts) -> dict[str, str]:
    """How each post stands that an action requires or that somebody was asked for, by its code."""
    posts: dict[str, list[Seat]] = {role.code: [] for role in item.required}
    for seat in item.seats:
        posts.setdefault(seat.role, []).append(seat)
    needed = {role.code: role.needed for role in item.required}
    return {
        code: state_words(post_state(seats, needed.get(code) or board.needed[code], required=code in needed))
        for code, seats in posts.items()
    }


def _to_mend(item: ActionPosts, names: Names) -> Iterator[str]:
    missing = sum(gap.short for gap in item.gaps)
    if missing:
        yield f"{missing} missing"
    for overlap in item.overlaps:
        agencies = " and ".join(names.agencies[agency] for agency in overlap.agencies)
        yield f"{short(names.posts[overlap.role])} is held by {agencies}"
    for lead, others in item.booked.items():
        seen = sorted(names.actions[other] for other in others if other in names.actions)
        where = f"at {', '.join(seen)}" if seen else "at another action"
        yield f"{names.leads[lead]} is expected {where} then too"
    for agency in item.beyond:
        yield f"{names.agencies[agency]} has accepted more that day than it says it can do"
