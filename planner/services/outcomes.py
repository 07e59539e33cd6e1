"""How support went on for those who were met: numbers as of a day, typed by the care lead or the cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from planner.access import Verb, lock_action
from planner.errors import InputError, Refused, Stale
from planner.facts_day import counted_at
from planner.models.on_the_day import SupportCount
from planner.models.operations import Action
from planner.rules.dates import day_words
from planner.rules.on_the_day import has_begun, why_not_begun
from planner.rules.outcomes import OUTCOME_WORDS, SupportOutcome, told_words
from planner.rules.windows import local
from planner.work import Work

MOST = 999


@dataclass(frozen=True)
class OutcomesRequest:
    """Every number as it stands on a day; what is left out is nil. `version` is that of the page, 0 at first."""

    action: str
    numbers: Mapping[SupportOutcome, int]
    as_of: date
    version: int = 0

    def __post_init__(self) -> None:
        for outcome, number in self.numbers.items():
            if not 0 <= number <= MOST:
                raise InputError(f"{OUTCOME_WORDS[outcome]}: give a number from 0 to {MOST}; you entered {number}.")


def keep_outcomes(work: Work, request: OutcomesRequest) -> None:
    """Keep how support stands; what was kept before stays in the record."""
    action = lock_action(work, request.action, Verb.COUNT_OUTCOMES)
    if not has_begun(action.state):
        raise Refused(why_not_begun(request.action, action.state))
    _on_a_day_since(work, action, request.as_of)
    found = work.session.exec(select(SupportCount).where(SupportCount.action_id == action.id)).all()
    kept = {row.outcome: row for row in found}
    version = max((row.version for row in found), default=0)
    if request.version != version:
        raise Stale("Somebody kept other numbers since your page was drawn. Look at them, then keep yours.")
    for outcome in SupportOutcome:
        row = kept.get(outcome) or SupportCount(
            action_id=action.id or 0, outcome=outcome, number=0, as_of=request.as_of, typed_at=work.now
        )
        row.number, row.as_of = request.numbers.get(outcome, 0), request.as_of
        row.typed_by, row.typed_at, row.version = work.actor.person_id, work.now, version + 1
        work.session.add(row)
    encountered = counted_at(work, action.id or 0).totals.encountered
    numbers = [f"{OUTCOME_WORDS[item]} {number}" for item, number in request.numbers.items() if number]
    said = f"As of {day_words(request.as_of, year=True)}: {', '.join(numbers) or 'nobody in any'}."
    work.record_action("keep_outcomes", f"{said} {told_words(request.numbers, encountered)}", action)


def _on_a_day_since(work: Work, action: Action, as_of: date) -> None:
    first, today = local(action.starts_at).date(), local(work.now).date()
    if not first <= as_of <= today:
        raise InputError(
            f"The numbers are as of a day from {day_words(first)} to today, {day_words(today)}; "
            f"you entered {day_words(as_of, year=True)}."
        )
