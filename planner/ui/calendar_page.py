"""A calendar on its page: which shape of which days, narrowed to a region or a force; all of it in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from planner import facts
from planner.access import opens
from planner.rules.calendar_choice import Scope
from planner.rules.windows import local
from planner.ui.address import asked_for, choose_asked
from planner.ui.calendar import Known, Laid, Shape, lay
from planner.ui.calendar_grid import DAYS, days_of_month
from planner.ui.calendar_html import draw
from planner.ui.calendar_shown import JUDGED, MOVE_TAB, Leads, action_at, action_ref, gate_sign, marks_of, shown_of
from planner.ui.calendar_tiles import About
from planner.ui.calendar_ways import FILTER, OPEN, Here, draw_ways, may_be_asked
from planner.ui.tasks import draw_way
from planner.views import calendar_page as view
from planner.views.calendar_days import Days
from planner.views.calendar_scopes import ScopeRow
from planner.work import Desk, Look

EVERY: Mapping[str, str] = {"region": "all regions", "force": "all forces"}
NARROW = 260
APART = (
    "No action in this calendar is both of {region} and of {force}, so none is shown. "
    "Choose all regions or all forces under Filter; the other stays as it is."
)
LEGEND = (
    "Beside each day: places of care that its actions likely need that night, against those booked and those free in "
    "reach that take such people; special needs are asked about at the action itself."
)
ELSEWHERE = "Nothing stands on these days. What you accept and are invited to appears here."
NO_NIGHTS = "No places are booked on these days, and no hold ends."
BEGINS = (Scope.OPERATION, Scope.PROVIDER)
OWN = (Scope.PERSON, Scope.AGENCY, Scope.PROVIDER)


def row_asked(scopes: Sequence[ScopeRow]) -> ScopeRow:
    """Whose calendar the address names: where it names none an operation's, else a provider's, else one's own."""
    rows, default = _rows(scopes)
    return rows[asked_for("of", rows, default)]


def choose_scope(scopes: Sequence[ScopeRow]) -> None:
    rows, default = _rows(scopes)
    said = {key: said_of(row) for key, row in rows.items()}
    choose_asked("Whose calendar", said, name="of", default=default, width=NARROW * 2)


def _rows(scopes: Sequence[ScopeRow]) -> tuple[dict[str, ScopeRow], str]:
    rows = {_key(row): row for row in scopes}
    begins = (key for scope in BEGINS for key, row in rows.items() if row.scope is scope)
    return rows, next(begins, next(iter(rows)))


def _key(row: ScopeRow) -> str:
    return f"{row.scope}/{row.name}"


def said_of(row: ScopeRow) -> str:
    """A force's own agency and its force are two calendars."""
    return row.words if row.scope is Scope.PERSON else f"{str(row.scope).capitalize()}: {row.words}"


def draw_calendar(desk: Desk, scopes: Sequence[ScopeRow], row: ScopeRow) -> None:
    """Everything of the days shown, each a link to it."""
    with desk.reading() as look:
        today = local(look.now).date()
        shape, day = _asked_shape(), asked_day(today)
        places = view.places_in(look, row.scope, row.name)
        region, force = (_chosen(name, there) for name, there in _narrowing(places))
        asked = view.Asked(row.scope, row.name, _days(shape, day), region, force)
        found = view.page_days(look, asked)
        shown = shown_of(found, _leads(look, row, shape))
        laid = lay(shape, shown, day)
        known = _known(look, row, found, laid)
    unfolded = asked_for(FILTER, (OPEN,), "") == OPEN
    here = Here(shape, day, today, _narrowed(scopes, places), unfolded)
    draw_ways(here, _filtered(scopes, row, places))
    if unfolded:
        _draw_filter(scopes, places, places.beside(region, force))
    if places.apart(region, force):
        st.text(APART.format(region=places.regions[region], force=places.forces[force]))
    if not laid.refs and not row.names_actions:
        _draw_empty(scopes, row, here)
    draw(laid, About(today, here.shows, marks_of(found), known))
    if found.pressure:
        st.text(LEGEND)


def _draw_empty(scopes: Sequence[ScopeRow], row: ScopeRow, here: Here) -> None:
    """That nothing is there, and the same days of what else is one's own; an empty month would hide it below."""
    st.text(NO_NIGHTS if row.scope is Scope.PROVIDER else ELSEWHERE)
    rows, default = _rows(scopes)
    with st.container(horizontal=True):
        for number, (key, other) in enumerate(rows.items()):
            if other.scope in OWN and other != row:
                there = replace(here, narrowed={} if key == default else {"of": key})
                draw_way(said_of(other), there.shows(here.shape, here.day), key=f"own-{number}")


def _narrowed(scopes: Sequence[ScopeRow], places: view.Places) -> dict[str, str]:
    """Whose calendar and to what it is narrowed, as the address says it, as far as it is offered."""
    rows, default = _rows(scopes)
    said = {"of": asked_for("of", rows, default)} | {name: _chosen(name, there) for name, there in _narrowing(places)}
    return {name: value for name, value in said.items() if value and (name, value) != ("of", default)}


def _narrowing(places: view.Places) -> tuple[tuple[str, dict[str, str]], ...]:
    return (("region", places.regions), ("force", places.forces))


def _to_narrow(places: view.Places) -> list[tuple[str, dict[str, str]]]:
    return [(name, there) for name, there in _narrowing(places) if len(there) > 1]


def _chosen(name: str, there: Mapping[str, str]) -> str:
    return asked_for(name, there, "") if len(there) > 1 else ""


def _asked_shape() -> Shape:
    return Shape(asked_for("show", tuple(Shape), Shape.MONTH))


def _draw_filter(scopes: Sequence[ScopeRow], places: view.Places, offered: view.Places) -> None:
    """Only where it is asked for: fields bring code along that would delay the days."""
    left = dict(_narrowing(offered))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choose_scope(scopes)
        for name, _ in _to_narrow(places):
            options = {"": EVERY[name].capitalize(), **left[name]}
            choose_asked(name.capitalize(), options, name=name, default="", width=NARROW)


def _filtered(scopes: Sequence[ScopeRow], row: ScopeRow, places: view.Places) -> str:
    """To what the calendar is narrowed; empty where nothing else can be chosen."""
    narrowing = _to_narrow(places)
    if len(scopes) < 2 and not narrowing:
        return ""
    chosen = [there.get(_chosen(name, there), EVERY[name]) for name, there in narrowing]
    return f"Filter: {', '.join([said_of(row), *chosen])}"


def asked_day(today: date) -> date:
    """The day that the address names; one that cannot be asked for is none."""
    try:
        day = date.fromisoformat(st.query_params.get("day", ""))
    except ValueError:
        return today
    return day if may_be_asked(day) else today


def _days(shape: Shape, day: date) -> Days:
    if shape is Shape.MONTH:
        return Days(*days_of_month(day))
    first = day - timedelta(days=day.weekday()) if shape is Shape.WEEK else day
    return Days(first, first + timedelta(days=DAYS - 1))


def _leads(look: Look, row: ScopeRow, shape: Shape) -> Leads:
    """A planner's conferences open where they are held, a partner's on its own page."""
    own = next((page for page in ("my_part", "conferences") if opens(look.actor, page)), "calendar")
    meetings = opens(look.actor, "conferences") and (row.names_actions or row.scope is Scope.SERIES)
    operation = row.name if row.scope is Scope.OPERATION else ""
    return Leads(own, operation, meetings=meetings, grouped=shape is not Shape.AGENDA)


def _known(look: Look, row: ScopeRow, found: view.PageDays, laid: Laid) -> dict[str, Known]:
    """How the actions that are shown stand, and which of them may be moved: those alone, however many there are."""
    if not row.names_actions:
        return {}
    refs = laid.refs
    here = {each.id: each for each in found.actions if action_ref(each.id) in refs}
    judged = [number for number, each in here.items() if each.state in JUDGED]
    gates, moves = facts.gates(look, judged), view.movable(look, list(here))
    return {
        action_ref(number): Known(
            gate_sign(gates.get(number), each.state), action_at(each.reference, MOVE_TAB) if number in moves else ""
        )
        for number, each in here.items()
    }
