"""An override taken back: the check counts again at once, and a go-ahead that rested on it is suspended."""

from sqlmodel import col, select

from planner.access import Verb, lock_action
from planner.errors import Refused
from planner.models.go_ahead import Override
from planner.rules.decision_log import ground
from planner.rules.drawn import Drawn
from planner.rules.findings import State
from planner.rules.policy_terms import check_words
from planner.services.drawn import as_drawn
from planner.services.followers import tell_partners
from planner.services.gate import reconsider
from planner.services.texts import needed_text
from planner.work import Work

LONGEST_REASON = 300


def take_back_override(work: Work, reference: str, check: str, reason: str, *, drawn: Drawn | None = None) -> None:
    """Gold no longer sets this check aside; with a reason, recorded and told to who asked and to partners."""
    action = lock_action(work, reference, Verb.OVERRIDE)
    known, gate = as_drawn(work, action, drawn)
    finding = next((item for item in gate.findings if item.check == check), None)
    standing = select(Override).where(
        Override.action_id == action.id, Override.check == check, col(Override.withdrawn_at).is_(None)
    )
    rows = work.session.exec(standing).all()
    if finding is None or finding.state is not State.OVERRIDDEN or not rows:
        raise Refused(f"No override of {check_words(check)} stands for {reference}: there is nothing to take back.")
    why = needed_text(reason, "The reason", most=LONGEST_REASON)
    for row in rows:
        row.withdrawn_at = work.now
        work.session.add(row)
    said = f"The override of {check_words(check)} for {reference} is taken back: {why}"
    work.record_action("take_back_override", said, action, check=check, ground=ground(known, gate))
    if action.requested_by:
        work.notify(said, person_id=action.requested_by, action_id=action.id)
    tell_partners(
        work, action, f"The commander's override of {check_words(check)} for an action of yours is taken back."
    )
    reconsider(work, [action.id or 0], because="An override was taken back.")
