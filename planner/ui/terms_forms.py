"""A provider's terms, in words and as forms: its own, or typed by the care lead or the cell as it said by telephone."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import streamlit as st

from planner.rules.care_terms import LONGEST_HOLD, LONGEST_NOTICE
from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words
from planner.rules.supply import age_words, is_stale
from planner.rules.words import Exploitation, Need, Profile
from planner.services.care_terms import TermsRequest, UnitTermsRequest, keep_terms, keep_unit_terms
from planner.ui.care_words import profile_names
from planner.ui.choices import which, which_ones
from planner.ui.desk import attempt
from planner.ui.forms import drawn_version, words
from planner.ui.rows import draw_rows
from planner.ui.widgets import plain, summary_list
from planner.views import care_terms as view
from planner.views.care_terms import NearTerms, TermsRow, UnitTermsRow
from planner.work import Desk

SPECIAL = [need for need in Need if need is not Need.NONE]
NEVER = datetime.min.replace(tzinfo=UTC)
NO_NAME = "Planners read this: no address, no name of your service or of a person."
TELEPHONE = (
    "Typed here as the provider said it by telephone: it is marked so, and the provider is told and corrects it."
)


def draw_own_terms(desk: Desk) -> None:
    """A provider's own, folded away: read in a moment, changed in a minute."""
    with desk.reading() as look:
        rows, units, zones = view.provider_terms(look), view.unit_terms(look), view.zone_names(look)
    if rows:
        st.header("On what terms you take people")
    for row in rows:
        summary_list(terms_pairs(row))
        with st.expander("Change these terms…"):
            _draw_terms(desk, row)
        mine = [unit for unit in units if unit.provider == row.code]
        if mine:
            with st.expander("Whom each unit takes…"):
                _draw_units(desk, mine, zones)


def draw_terms_by_telephone(desk: Desk) -> None:
    """For who may know a provider's name: what it said, and a form for what it says by telephone."""
    with desk.reading() as look:
        rows = {row.code: row for row in view.provider_terms(look)}
        units, zones, now = view.unit_terms(look), view.zone_names(look), look.now
    if not rows:
        return
    st.subheader("Terms of a care provider")
    code = which("Terms of", {code: row.name for code, row in rows.items()})
    if code.shown is None:
        code.say()
        return
    row = rows[code.shown]
    summary_list([*terms_pairs(row), ("Last confirmed", _confirmed(row.confirmed_at, now))])
    with st.expander("What it said by telephone…"):
        st.text(TELEPHONE)
        _draw_terms(desk, row)
    mine = [unit for unit in units if unit.provider == row.code]
    if mine:
        with st.expander("Whom each of its units takes…"):
            st.text(TELEPHONE)
            _draw_units(desk, mine, zones)


def draw_near_terms(desk: Desk, zone: str) -> None:
    """For planners, before they choose a unit: whom each takes and what it asks, and how old its word is."""
    with desk.reading() as look:
        rows, now = view.near_terms(look, zone), look.now
    if not rows:
        return
    with st.expander("On what terms these units take people"):
        draw_rows(
            "Terms of units that serve this zone",
            ("Unit", "Takes", "Asks", "Notice", "Without asking", "Languages", "Standard", "Last confirmed"),
            [_near_cells(row, now) for row in rows],
        )


def _near_cells(row: NearTerms, now: datetime) -> tuple[str, ...]:
    asks = "Co-operation with the police. " if row.cooperation_required else ""
    return (
        row.code,
        words(_takes(row.profiles, row.needs)),
        f"{asks}{row.criteria}".strip() or "–",
        _notice(row.notice_hours, refused=row.notice_refused),
        _unasked(row.unasked_hold_hours),
        row.languages or "–",
        _standard(row),
        _confirmed(row.confirmed_at, now),
    )


def _takes(profiles: Sequence[Profile], needs: Sequence[Need]) -> str:
    met = [words(need).lower() for need in needs if need is not Need.NONE]
    return profile_names(profiles) + (f"; needs met: {', '.join(met)}" if met else "")


def _confirmed(at: datetime | None, now: datetime) -> str:
    return f"{'! ' if is_stale(at, now) else '✓ '}{age_words(at, now)}"


def _notice(hours: int, *, refused: bool) -> str:
    if not hours:
        return "None needed"
    return f"{count_words(hours, 'hour')}; {'less is refused' if refused else 'less is asked all the same'}"


def _unasked(hours: int | None) -> str:
    return "Asked first" if hours is None else f"Held for {count_words(hours, 'hour')}"


def _standard(row: TermsRow | NearTerms) -> str:
    if not row.standard:
        return "Not said"
    checked = f", checked {day_words(row.checked_on, year=True)}" if row.checked_on else ", not checked"
    return f"{row.standard}{checked}"


def terms_pairs(row: TermsRow) -> list[tuple[str, str]]:
    """What a provider said for all its units, a line each."""
    contact = f"{row.post}, {row.number}" if row.number else "Not said"
    return [
        ("Notice before the first night", _notice(row.notice_hours, refused=row.notice_refused)),
        ("Places without asking", _unasked(row.unasked_hold_hours)),
        ("Out of hours", contact),
        ("Standard met", _standard(row)),
        ("Said", _said(row)),
    ]


def _said(row: TermsRow | UnitTermsRow) -> str:
    if row.said_at is None:
        return "Not yet in Threshold"
    how = "by telephone, typed by " if row.by_telephone else "by "
    return f"{instant_words(row.said_at)}, {how}{row.said_by or 'somebody'}"


def _draw_terms(desk: Desk, row: TermsRow) -> None:
    drawn = drawn_version(f"terms-{row.code}", row.said_at or NEVER)
    with st.form(f"terms-{row.code}", border=False):
        request = _fields(row, f"{row.code}-{row.said_at}")
        if st.form_submit_button("Keep these terms", width="stretch"):
            attempt(
                desk,
                lambda work: keep_terms(work, row.code, request(drawn)),
                done="These terms are kept; planners read them before they ask.",
            )


def _fields(row: TermsRow, key: str) -> Callable[[datetime], TermsRequest]:
    """The request is made once the form is sent, so that it can be refused."""
    notice = st.number_input(
        "Hours of notice before a first night", 0, LONGEST_NOTICE, row.notice_hours, key=f"notice-{key}"
    )
    refused = st.checkbox("Less notice is refused, not only warned of", row.notice_refused, key=f"refused-{key}")
    hours = st.number_input(
        "Hours that planners may hold places without asking",
        1,
        LONGEST_HOLD,
        row.unasked_hold_hours,
        placeholder="Not without asking",
        key=f"unasked-{key}",
    )
    standard = st.text_input("Standard met", row.standard, key=f"standard-{key}")
    checked = st.date_input("Checked on", row.checked_on, format="DD/MM/YYYY", key=f"checked-{key}")
    post = st.text_input("Post that answers out of hours", row.post, placeholder="Duty manager", key=f"post-{key}")
    number = st.text_input(
        "Telephone number of its office", row.number, placeholder="0121 496 0000", key=f"number-{key}"
    )
    st.text("A post and its office, never a person. The care lead and the cell read it, no other planner.")
    unasked = None if hours is None else int(hours)
    return lambda drawn: TermsRequest(int(notice), refused, unasked, standard, checked, post, number, drawn)


def _draw_units(desk: Desk, units: Sequence[UnitTermsRow], zones: dict[str, str]) -> None:
    named = {unit.code: unit for unit in units}
    code = next(iter(named))
    if len(named) > 1:
        said = {code: plain(code) for code in named}
        chosen = which("Terms of unit", said, key=units[0].provider, draw=st.pills, required=True)
        if chosen.shown is None:
            chosen.say()
            return
        code = chosen.shown
    unit = named[code]
    drawn = drawn_version(f"unit-terms-{code}", unit.said_at or NEVER)
    st.text(f"{unit.code}: {unit.name}. Said: {_said(unit)}.")
    with st.form(f"unit-terms-{code}", border=False):
        request = _unit_fields(unit, zones)
        if st.form_submit_button("Keep whom it takes", width="stretch"):
            attempt(
                desk,
                lambda work: keep_unit_terms(work, code, request(drawn)),
                done=f"Whom {code} takes is kept; planners read it before they ask.",
            )


def _unit_fields(unit: UnitTermsRow, zones: dict[str, str]) -> Callable[[datetime], UnitTermsRequest]:
    """The request is made once the form is sent, so that it can be refused."""
    key = f"{unit.code}-{unit.said_at}"
    profiles = st.pills(
        "Takes",
        list(Profile),
        selection_mode="multi",
        default=unit.profiles,
        format_func=lambda item: words(profile_names([item])),
        key=f"takes-{key}",
    )
    needs = st.pills(
        "Needs met",
        SPECIAL,
        selection_mode="multi",
        default=[need for need in unit.needs if need in SPECIAL],
        format_func=words,
        key=f"needs-{key}",
    )
    kinds = st.pills(
        "After which exploitation",
        list(Exploitation),
        selection_mode="multi",
        default=unit.exploitations,
        format_func=words,
        key=f"kinds-{key}",
    )
    served = which_ones("Zones served", zones, now=unit.zones, key=key)
    languages = st.text_input("Languages spoken there, with commas between", unit.languages, key=f"spoken-{key}")
    asks = st.checkbox("Asks for co-operation with the police", unit.cooperation_required, key=f"asks-{key}")
    criteria = st.text_input("Other access criteria, in words", unit.criteria, help=NO_NAME, key=f"criteria-{key}")
    return lambda drawn: UnitTermsRequest(
        tuple(profiles), tuple(needs), tuple(kinds), served(), criteria, asks, languages, drawn
    )
