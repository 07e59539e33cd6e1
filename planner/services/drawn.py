"""A press on what is no longer there is refused, with what changed since the page was drawn."""

from sqlmodel import col, select

from planner import facts
from planner.errors import Stale
from planner.models.operations import Action
from planner.models.records import RecordLine
from planner.rules.drawn import Drawn, gate_fingerprint
from planner.rules.readiness import Gate, judge
from planner.rules.values import Facts
from planner.rules.words import Outcome
from planner.work import Work

MOST_SAID = 4


def as_drawn(work: Work, action: Action, drawn: Drawn | None) -> tuple[Facts, Gate]:
    """The facts and the gate of a locked action; Stale says what changed. Without `drawn` nothing is compared."""
    known = facts.facts_of(work, action.id or 0)
    gate = judge(known)
    compare_drawn(work, action, gate, drawn)
    return known, gate


def compare_drawn(work: Work, action: Action, gate: Gate, drawn: Drawn | None) -> None:
    """Stale, with what changed, where the page showed another gate or another version of the action."""
    if drawn is not None and (action.version, gate_fingerprint(gate)) != (drawn.version, drawn.gate):
        raise Stale(_stale_words(work, action, gate, drawn))


def _stale_words(work: Work, action: Action, gate: Gate, drawn: Drawn) -> str:
    """What was done since, in the record's own sentences; time alone changes a gate without a line."""
    line = RecordLine
    done = (line.action_id == action.id, line.outcome == Outcome.DONE, line.verb != "slip")  # which repeats its verb's
    query = select(line.sentence).where(*done, col(line.number) > drawn.line).order_by(col(line.number))
    said = list(work.session.exec(query))
    if not said:
        said = [gate.blocking[0].sentence] if gate.blocking else ["Its checks are others than they were."]
    more = f" And {len(said) - MOST_SAID} more." if len(said) > MOST_SAID else ""
    since = " ".join(said[-MOST_SAID:])
    return f"{action.reference} changed while your page was open: {since}{more} Look again, then decide."
