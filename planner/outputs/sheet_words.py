"""The two-page sheet as plain words, cut to what two pages hold; what is cut says so."""

from collections.abc import Iterable, Sequence
from typing import Any

from planner.inputs.reference import InformationLine
from planner.outputs.minutes_words import clean
from planner.rules.counts import count_words
from planner.rules.danger import BEFORE, UNMET, mend_after_words
from planner.rules.dates import day_words, instant_words, when_words
from planner.rules.deadlines import mend_words
from planner.rules.demand import coverage
from planner.rules.findings import Finding, State
from planner.rules.readiness import unmet_first
from planner.rules.shortage import who_words
from planner.rules.windows import local
from planner.rules.words import ConditionState, OfferState, Standing
from planner.views.sheet import Sheet

MOST_AGENCIES, MOST_CONDITIONS, MOST_CONTACTS, MOST_DISSENTS = 18, 6, 12, 3
LONGEST, LONGEST_REASON = 240, 500
NO_ANSWER = "The force has not answered."
STANDING_WORDS = {
    Standing.NONE: "No go-ahead is given",
    Standing.STANDING: "The go-ahead stands",
    Standing.SUSPENDED: "The go-ahead is suspended",
    Standing.SPENT: "The go-ahead is spent: the plan changed since it was given",
    Standing.WITHDRAWN: "The go-ahead is withdrawn",
}


def as_values(sheet: Sheet, lines: Sequence[InformationLine]) -> dict[str, Any]:
    """For the template; every word of it is text."""
    row, action = sheet.one.row, sheet.one.facts.action
    values = {
        "title": f"Go-ahead: action {row.reference}",
        "marking": sheet.marked.words,
        "when": when_words(row.starts_at, row.ends_at, year=True),
        "where": f"{row.region} · {row.force} · {action.kind.replace('_', ' ').capitalize()}",
        "printed": f"Printed {instant_words(sheet.printed_at)} by {sheet.printed_by}",
        "standing": _standing(sheet),
        "decision": _decision(sheet),
        "gate": [_check(sheet, finding) for finding in unmet_first(sheet.one.gate.findings)],
        "overrides": _overrides(sheet),
        "conditions": _conditions(sheet),
        "conference": _conference(sheet),
        "attends": _attends(sheet),
        "immigration": f"Immigration enforcement: {action.immigration.replace('_', ' ')}.",
        "care": _care(sheet),
        "contacts": [[c.post, c.who, c.reached] for c in sheet.contacts[:MOST_CONTACTS]],
        "lines": [[each.name, each.number, f"{each.purpose}. {each.hours}."] for each in lines],
        "closing": "",
    }
    return {name: _clean(value) for name, value in values.items()}


def _standing(sheet: Sheet) -> str:
    gate = sheet.one.gate
    if sheet.danger:
        return f"{STANDING_WORDS[gate.standing]}. Entered for immediate danger to life."
    ready = "Ready" if gate.ready else f"Not ready: {count_words(len(gate.blocking), 'check')} blocking"
    aside = sum(item.state is State.OVERRIDDEN for item in gate.findings)
    said = f", {count_words(aside, 'check')} overridden" if aside else ""
    return f"{STANDING_WORDS[gate.standing]}. {ready}{said}."


def _decision(sheet: Sheet) -> list[str]:
    """A pause that is asked for, why now, who asked, who gave it, on what condition."""
    asked, given = sheet.one.asked, sheet.one.given
    said = [_cut(line) for line in sheet.danger.words] if sheet.danger else []
    said += [_cut(f"{each.asked_words} {each.answer or NO_ANSWER}") for each in sheet.one.facts.pauses]
    if asked:
        decide = f" Decide by {instant_words(asked.decide_by)}." if asked.decide_by else ""
        said.append(f"Asked for by {asked.by}, {instant_words(asked.at)}.{decide}")
        if asked.why_now:
            said.append(f"Why now: {asked.why_now}")
    if given:
        said.append(f"Given by {given.by}, {instant_words(given.at)}.")
    return said


def _check(sheet: Sheet, finding: Finding) -> list[str]:
    """State, check, what it says and who mends it by when."""
    asked, said = sheet.one.asked, _cut(finding.read_on(local(sheet.printed_at).date()))
    state = finding.state.replace("_", " ")
    if sheet.danger and finding.state in UNMET:
        if finding.check in BEFORE:
            return ["not asked", _name(finding.check), said]
        return ["to mend", _name(finding.check), f"{said} → {_cut(mend_after_words(finding))}"]
    if finding.state in UNMET:
        state = "BLOCKS" if finding.blocks else "advises"
    if finding.state is State.OVERRIDDEN:
        return [state, _name(finding.check), "See below, with the reason."]
    mend = mend_words(finding, sheet.one.facts, asked.decide_by if asked else None)
    return [state, _name(finding.check), said + (f" → {_cut(mend)}" if mend else "")]


def _overrides(sheet: Sheet) -> list[list[str]]:
    """What was set aside and why; of very many, each is cut so that all of them stand on the page."""
    number = max(1, len(sheet.overrides))
    room, room_for_reason = min(LONGEST, 1600 // number), min(LONGEST_REASON, 3500 // number)
    return [
        [
            _name(each.check),
            f"{_cut(each.sentence, room)} Reason: {_cut(each.reason, room_for_reason)}",
            f"{each.by}, {instant_words(each.at)}",
        ]
        for each in sheet.overrides
    ]


def _conditions(sheet: Sheet) -> list[str]:
    """Gold's own, then the partners', the open ones first."""
    given, found = sheet.one.given, sheet.one.facts.conditions
    own = [f"Of the go-ahead: {given.condition}"] if given and given.condition else []
    ordered = sorted(found, key=lambda item: item.state is not ConditionState.RAISED)
    said = [
        f"{_cut(item.text)} ({'to answer' if item.state is ConditionState.RAISED else item.state})" for item in ordered
    ]
    return [*own, *_most(said, MOST_CONDITIONS, "condition")] or ["None."]


def _conference(sheet: Sheet) -> list[str]:
    held = sheet.conferred
    if held is None:
        return ["No conference has decided on this action."]
    day, decided = day_words(local(held.starts_at).date()), held.decision.replace("_", " ")
    dissent = [f"Dissent: {_cut(text)}" for text in held.dissent]
    return [f"{day}: {decided}. {_cut(held.reasons)}", *(_most(dissent, MOST_DISSENTS, "dissent") or ["No dissent."])]


def _attends(sheet: Sheet) -> list[list[str]]:
    """Accepted posts by agency."""
    by_agency: dict[str, list[str]] = {}
    for item in sheet.one.facts.offers:
        if item.state is not OfferState.OFFERED:
            by_agency.setdefault(item.agency, []).append(item.role_title)
    rows = [[agency, ", ".join(titles)] for agency, titles in by_agency.items()]
    left = rows[MOST_AGENCIES:]
    return [
        *rows[:MOST_AGENCIES],
        *([["And more", f"{count_words(len(left), 'agency', 'agencies')}: see the page"]] * bool(left)),
    ]


def _care(sheet: Sheet) -> list[list[str]]:
    return [
        [
            who_words(line.profile, line.need).capitalize(),
            *map(str, (line.likely, line.high, line.held, line.confirmed)),
        ]
        for line in coverage(sheet.one.facts)
    ]


def _name(check: str) -> str:
    return check.replace("_", " ").capitalize()


def _cut(text: str, most: int = LONGEST) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _most(said: Sequence[str], most: int, what: str) -> list[str]:
    left = len(said) - most
    return [*said[:most], *([f"And {count_words(left, 'more ' + what)}: see the page."] if left > 0 else [])]


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    return [_clean(each) for each in value] if isinstance(value, Iterable) else value
