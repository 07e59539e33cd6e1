"""What a calendar page shows of each thing, and where a click on it leads."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from planner.outputs.calendar_entries import BusyEntry, DeadlineEntry
from planner.rules.lead_time import NATION_WORDS
from planner.rules.pressure import Pressure, Strain
from planner.rules.readiness import Gate
from planner.rules.windows import local
from planner.rules.words import ActionState, ConferenceState, Nation, PhaseKind, Standing
from planner.ui.address import OPERATION, STRIKE_DAY, address_of
from planner.ui.calendar import Mark
from planner.ui.calendar_days import Shown, ShownAt, ShownOn
from planner.ui.widgets import Colour, Sign, sign_of
from planner.views.calendar_page import ActionDay, LastDay, Meeting, PageDays

PHASE, STRIKE, LAST_DAY = Sign("", "▬", "gray"), Sign("Strike day", "◆", "violet"), Sign("Last day", "!", "orange")
DUE, BOOKED, PLANNED = Sign("Due", "…", "gray"), Sign("Booked", "▬", "blue"), Sign("Action", "●", "blue")
READY, NOT_READY = Sign("Ready", "✓", "green"), Sign("Not ready", "✕", "red")
GO_AHEAD, SUSPENDED = Sign("Go-ahead", "✓", "green"), Sign("Suspended", "!", "orange")
MEETING = Sign("Convened", "◇", "violet")
STRAINS: Mapping[Strain, tuple[str, Colour]] = {
    Strain.SHORT: ("✕", "red"),
    Strain.TIGHT: ("!", "orange"),
    Strain.ENOUGH: ("✓", "green"),
    Strain.UNKNOWN: ("?", "orange"),
}
UNITED_KINGDOM = frozenset({Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND})
MOST_NAMED = 12
JUDGED = (ActionState.PLANNED, ActionState.REQUESTED)  # of the others nobody asks any more whether they are ready
MOVE_TAB, STRIKE_TAB, PHASES_TAB = "Move and begin", "Strike days", "Overview"


class Leads(NamedTuple):
    """Where the things of one reader's calendar lead; `meetings`: to a conference by its number, or to `own`."""

    own: str
    operation: str
    meetings: bool
    grouped: bool


def action_at(reference: str, tab: str = "") -> str:
    """The address of an action, open at a tab."""
    return address_of("action", {"ref": reference, **({"tab": tab} if tab else {})})


def shown_of(found: PageDays, leads: Leads) -> tuple[Shown, ...]:
    """Each thing as it stands in the table, with where it leads."""
    return tuple(_each(found, leads))


def _each(found: PageDays, leads: Leads) -> Iterator[Shown]:
    for phase in found.phases:
        title, at = f"Phase {phase.number}: {_words(phase.kind)}", {OPERATION: leads.operation, "tab": PHASES_TAB}
        yield _on(
            *(f"phase {phase.number}", title, PHASE, phase.first_on),
            last_on=phase.last_on,
            address=address_of("operation", at),
        )
    for strike in found.strike_days:
        detail = f"{strike.members} of its actions are here"
        address = address_of("actions", {"tab": STRIKE_TAB, STRIKE_DAY: str(strike.id)})
        yield _on(f"strike {strike.id}", strike.name, STRIKE, strike.day, detail=detail, address=address)
    yield from _last_days(found.last_days, grouped=leads.grouped)
    yield from map(_due, found.due)
    yield from map(_booked, found.nights)
    for meeting in found.meetings:
        yield _meeting(meeting, leads)
    for action in found.actions:
        yield _action(action, leads)


def _on(
    ref: str,
    title: str,
    state: Sign,
    first_on: date,
    *,
    last_on: date | None = None,
    detail: str = "",
    address: str = "",
) -> ShownOn:
    said, last = {"ref": ref, "title": title, "detail": detail, "address": address}, last_on or first_on
    return ShownOn(**said, state=state, first_on=first_on, last_on=last)


def _words(kind: PhaseKind) -> str:
    return str(kind).replace("_", " ")


def action_ref(number: int) -> str:
    return f"action {number}"


def _action(row: ActionDay, leads: Leads) -> ShownAt:
    state = PLANNED if row.state in JUDGED else sign_of(row.state)
    title, ref = row.reference or "Your action", action_ref(row.id)
    address = action_at(row.reference) if row.reference else leads.own
    return ShownAt(ref=ref, title=title, state=state, address=address, starts_at=row.starts_at, ends_at=row.ends_at)


def _meeting(row: Meeting, leads: Leads) -> ShownAt:
    title = {"standing": "Standing group", "emergency": "Emergency"}.get(row.kind, "Conference")
    state = MEETING if row.state is ConferenceState.CONVENED else sign_of(row.state)
    address = address_of("conferences", {"conference": str(row.id)}) if leads.meetings else leads.own
    said = {"ref": f"meeting {row.id}", "title": title, "address": address}
    return ShownAt(**said, state=state, starts_at=row.starts_at, ends_at=row.ends_at)


def _last_days(rows: tuple[LastDay, ...], *, grouped: bool) -> Iterator[Shown]:
    """In a table several powers that end on one day are one entry, which leads to the list of that day."""
    by_day: defaultdict[date, list[str]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row.reference)
    for day, references in by_day.items():
        if grouped and len(references) > 1:
            more = f" and {len(references) - MOST_NAMED} more" if len(references) > MOST_NAMED else ""
            said = f"Powers of {', '.join(references[:MOST_NAMED])}{more}"
            yield _on(f"last {day}", f"{len(references)} powers", LAST_DAY, day, detail=said)
            continue
        for reference in references:
            at = action_at(reference, "Plan")
            yield _on(f"last {reference} {day}", reference, LAST_DAY, day, detail="Its power ends", address=at)


def _due(entry: DeadlineEntry) -> ShownOn:
    title = str(entry.what).capitalize()
    return _on(entry.uid, title, DUE, entry.due_on, address=entry.url.rpartition("/")[2])


def _booked(entry: BusyEntry) -> ShownOn:
    """From the first night to the last: noon to noon is a night."""
    state = sign_of("released") if entry.cancelled_at else BOOKED
    last = local(entry.ends_at).date() - timedelta(days=1)
    return _on(entry.uid, "Places", state, local(entry.starts_at).date(), last_on=last, address="care")


def gate_sign(gate: Gate | None, state: ActionState) -> Sign:
    """Of what has begun, is over or off, its state; else whether Gold has said go, and whether the gate is ready."""
    if gate is None or state not in JUDGED:
        return sign_of(state)
    if gate.standing is Standing.STANDING:
        return GO_AHEAD
    if gate.standing is Standing.SUSPENDED:
        return SUSPENDED
    return READY if gate.ready else NOT_READY


def marks_of(found: PageDays) -> dict[date, tuple[Mark, ...]]:
    """Bank holidays, and how places of care stand that night."""
    marks: defaultdict[date, list[Mark]] = defaultdict(list)
    for day, titles in found.holidays.items():
        for title, nations in titles.items():
            where = "" if set(nations) >= UNITED_KINGDOM else f", {' and '.join(NATION_WORDS[n] for n in nations)}"
            marks[day].append(Mark("⚑", f"{title}{where}", "gray", "Bank holiday"))
    for day, pressure in found.pressure.items():
        marks[day].append(_strain(pressure))
    return {day: tuple(each) for day, each in marks.items()}


def _strain(pressure: Pressure) -> Mark:
    sign, tone = STRAINS[pressure.strain]
    return Mark(sign, pressure.word, tone, pressure.sentence)
