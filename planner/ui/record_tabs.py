"""The tabs of the Record page: its lines, who and what they are about, what was disclosed, how long it is kept."""

import math
from collections.abc import Callable, Sequence
from urllib.parse import quote

import streamlit as st

from planner.rules.checkpoints import dated
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.services.legal_holds import lift_legal_hold, set_legal_hold
from planner.settings import load_settings
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import words
from planner.ui.mailbox_forms import draw_mail_state
from planner.ui.rows import draw_rows, page_number
from planner.ui.why_field import why_field
from planner.ui.widgets import empty_state
from planner.views import disclosures as disclosed
from planner.views import record as view
from planner.views.legal_holds import legal_holds, operations_to_hold
from planner.views.record import LineFilter, Tally
from planner.work import Desk, Look

NONE_MATCHES = ("No line matches.", "Every change, refusal, view of a page and export appears here.")
LINES = ("No.", "When", "Who", "What", "About", "Outcome", "In words")
DISCLOSURES = ("No.", "When", "Who", "What", "About", "Why", "In words")


def draw_lines(desk: Desk, wanted: LineFilter) -> None:
    number = _page_number(desk, view.count_lines, wanted, "line", key="record-page")
    if not number:
        return
    with desk.reading() as look:
        rows = view.lines(look, wanted._replace(page=number))
    told = [(dated(row.at), row.actor, words(row.verb), row.about, words(row.outcome)) for row in rows]
    cells = [(row.number, *said, row.sentence) for row, said in zip(rows, told, strict=True)]
    draw_rows("Lines of the record", LINES, cells)


def draw_people(desk: Desk, wanted: LineFilter) -> None:
    number = _page_number(desk, view.count_actors, wanted, "name", key="people-page")
    if number:
        with desk.reading() as look:
            _draw_tallies("The record by person", "Who", view.by_actor(look, wanted._replace(page=number)))


def draw_actions(desk: Desk, wanted: LineFilter) -> None:
    number = _page_number(desk, view.count_actions, wanted, "action", key="actions-page")
    if number:
        with desk.reading() as look:
            _draw_tallies("The record by action", "Action", view.by_action(look, wanted._replace(page=number)))


def _draw_tallies(caption: str, name: str, rows: Sequence[Tally]) -> None:
    columns = (name, "Done", "Refused", "Viewed", "Exported", "Last")
    draw_rows(caption, columns, [(*row[:5], dated(row.last_at)) for row in rows])


def draw_disclosures(desk: Desk, wanted: LineFilter) -> None:
    """What was looked at and what left; the same list for two days is a CSV, for a reason."""
    st.text(
        "Views of pages, exports, feeds, and what was disclosed urgently to safeguard somebody, with its legal basis. "
        "A view asks for no reason: its ground is the post held."
    )
    _draw_download(wanted)
    number = _page_number(desk, disclosed.count_disclosures, wanted, "disclosure", key="disclosures-page")
    if not number:
        return
    with desk.reading() as look:
        rows = disclosed.disclosures_page(look, wanted._replace(page=number))
    told = [(dated(row.at), row.actor, words(row.verb), row.about, row.why or "–") for row in rows]
    cells = [(row.number, *said, row.sentence) for row, said in zip(rows, told, strict=True)]
    draw_rows("Disclosures", DISCLOSURES, cells)


def _draw_download(wanted: LineFilter) -> None:
    """The reason goes with the request: the file is made, and its line written, only then."""
    if wanted.first_day is None or wanted.last_day is None:
        st.text(
            "For a CSV of every disclosure between two days, choose the days under “Who, which action, which days”."
        )
        return
    between = f"{day_words(wanted.first_day, year=True)} to {day_words(wanted.last_day, year=True)}"
    why = why_field(f"Why you export the disclosures of {between}", key="disclosures-why")
    if not why:
        return
    days = f"{wanted.first_day.isoformat()}_{wanted.last_day.isoformat()}"
    st.link_button("Download these disclosures", f"/files/disclosures/{days}/{quote(why, safe='')}")


def draw_keeping(desk: Desk, _: LineFilter) -> None:
    """How long things are kept, and what a court or a coroner wants kept for longer."""
    years = count_words(load_settings().retention_years, "year")
    st.text(
        f"The record and what it is about are kept for {years} at least. Nothing is deleted by itself, and the "
        "record never is."
    )
    with desk.reading() as look:
        holds, operations = legal_holds(look), operations_to_hold(look)
    st.header("Legal holds")
    if not holds:
        st.text("No legal hold stands. Under one, nothing about the operation may be deleted, however old.")
    else:
        columns = ("Operation", "State", "Why", "Set", "Lifted", "Why lifted")
        draw_rows(
            "Legal holds",
            columns,
            [
                (
                    row.operation,
                    "Lifted" if row.lifted_at else "Stands",
                    row.reason,
                    dated(row.set_at),
                    dated(row.lifted_at) if row.lifted_at else "–",
                    row.lifted_reason or "–",
                )
                for row in holds
            ],
        )
    if operations:
        _draw_hold_form(desk, operations)
    draw_mail_state(desk)


def _draw_hold_form(desk: Desk, operations: dict[str, bool]) -> None:
    code = which("Operation", list(operations))
    if code.shown is None:
        code.say()
        return
    stands = operations[code.shown]
    reason = st.text_input("Why it is lifted" if stands else "Why everything is to be kept")
    if stands and st.button("Lift the legal hold"):
        lifted = f"The legal hold on {code.shown} is lifted."
        attempt(desk, lambda work: lift_legal_hold(work, code(), reason), done=lifted)
    if not stands and st.button("Set a legal hold"):
        stood = f"A legal hold stands on {code.shown}."
        attempt(desk, lambda work: set_legal_hold(work, code(), reason), done=stood)


def _page_number(
    desk: Desk, count: Callable[[Look, LineFilter], int], wanted: LineFilter, what: str, *, key: str
) -> int:
    """Which page of a list to show; 0 when nothing matches, which is then said."""
    with desk.reading() as look:
        total = count(look, wanted)
    if not total:
        empty_state(*NONE_MATCHES)
        return 0
    pages, number = math.ceil(total / view.PER_PAGE), page_number(total, key=key, per_page=view.PER_PAGE)
    said = f"{total:,} {what if total == 1 else what + 's'}."
    st.text(said + (f" Page {number:,} of {pages:,}." if pages > 1 else ""))
    return number


TABS: dict[str, Callable[[Desk, LineFilter], None]] = {
    "Lines": draw_lines,
    "By person": draw_people,
    "By action": draw_actions,
    "Disclosures": draw_disclosures,
    "Keeping": draw_keeping,
}
