"""People counted on the day, by as many people at once as there are telephones; never a name."""

from dataclasses import dataclass

from sqlmodel import select

from planner.access import Verb, lock_action
from planner.errors import InputError, Refused, Stale
from planner.facts_day import counted_at
from planner.models.on_the_day import DayExplanation, DayTap
from planner.models.operations import Action
from planner.rules.on_the_day import (
    NOBODY,
    SAID,
    WHEREABOUTS,
    Count,
    Totals,
    difference_words,
    has_begun,
    why_not_begun,
    why_not_counted,
)
from planner.services.texts import needed_text
from planner.work import Work


@dataclass(frozen=True)
class CountRequest:
    """One press: one more or one fewer, or one who moved on from another count to this one."""

    action: str
    count: Count
    request_key: str
    step: int = 1
    moved_from: Count | None = None

    def __post_init__(self) -> None:
        if self.step not in (-1, 1):
            raise InputError(f"People are counted one by one: 1 more or 1 fewer, not {self.step}.")
        if self.moved_from is None:
            return
        ends = {self.count, self.moved_from}
        if len(ends) < 2 or not ends <= set(WHEREABOUTS) or self.step != 1:
            raise InputError("Somebody moves on from one place to another. Choose two different ones.")


def count_people(work: Work, request: CountRequest) -> Totals:
    """Add one press to the list; the same press sent twice is one. Totals never go below zero.

    Presses are added and never overwritten, under the action's lock: of two people who press at once none is lost.
    """
    action = lock_action(work, request.action, Verb.COUNT_PEOPLE)
    if _was_kept(work, action, request):
        return counted_at(work, action.id or 0).totals
    if why := why_not_counted(action.reference, action.state, action.ends_at, work.now):
        raise Refused(why)
    _not_below_zero(counted_at(work, action.id or 0).totals, request)
    work.session.add(
        DayTap(
            action_id=action.id or 0,
            count=request.count,
            step=request.step,
            moved_from=request.moved_from,
            tapped_by=work.actor.person_id,
            tapped_at=work.now,
            request_key=request.request_key,
        )
    )
    work.session.flush()
    found = counted_at(work, action.id or 0).totals
    sentence = f"{_pressed(request, found)} {difference_words(found)}"
    work.record_action("count_people", sentence, action, count=request.count, step=request.step)
    return found


def _was_kept(work: Work, action: Action, request: CountRequest) -> bool:
    known = work.session.exec(select(DayTap).where(DayTap.request_key == request.request_key)).first()
    if known is None:
        return False
    asked = (action.id, request.count, request.step, request.moved_from)
    if (known.action_id, known.count, known.step, known.moved_from) != asked:
        raise Refused("This press was sent before for something else. Reload the page and press again.")
    return True


def _not_below_zero(found: Totals, request: CountRequest) -> None:
    fewer = request.count if request.step < 0 else request.moved_from
    if fewer is not None and found.of(fewer) < 1:
        raise Refused(f"Nobody is counted as {SAID[fewer]}: 0 goes no lower. Look at the other counts.")


def _pressed(request: CountRequest, found: Totals) -> str:
    now = f"{found.of(request.count)} {SAID[request.count]}"
    if request.moved_from is not None:
        return f"One moved on: {found.of(request.moved_from)} {SAID[request.moved_from]}, {now} now."
    return f"One {'more' if request.step > 0 else 'fewer'}: {now}."


def explain_counts(work: Work, reference: str, sentence: str, *, last_tap: int) -> None:
    """Why whereabouts do not sum to those met, or that nobody was met; it falls away once somebody presses again.

    `last_tap` is the press that the page showed last: an explanation is for the numbers that its author saw.
    """
    action = lock_action(work, reference, Verb.COUNT_PEOPLE)
    if not has_begun(action.state):
        raise Refused(why_not_begun(reference, action.state))
    found = counted_at(work, action.id or 0)
    why = needed_text(sentence, "The explanation")
    if found.last_tap != last_tap:
        raise Stale(f"Somebody counted since your page was drawn. {difference_words(found.totals)} Look, then explain.")
    if not found.totals.is_empty and not found.totals.difference:
        raise Refused(f"{difference_words(found.totals)} There is nothing to explain.")
    work.session.add(
        DayExplanation(
            action_id=action.id or 0,
            last_tap=last_tap,
            sentence=why,
            explained_by=work.actor.person_id,
            explained_at=work.now,
        )
    )
    said = f"{NOBODY} {why}" if found.totals.is_empty and why != NOBODY else why
    work.record_action("explain_counts", f"{difference_words(found.totals)} Explained: {said}", action)
