"""A change of plan undone, within five minutes and while nobody has answered: the rows go back to what they were.

A go-ahead that the change spent stays spent, and an override that it ended stays ended: Gold gives them anew.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from planner.access import Verb
from planner.db import Table
from planner.errors import NotFound, Refused
from planner.models.arrangements import Arrangement
from planner.models.care import Hold, Provider
from planner.models.directory import Region
from planner.models.operations import Action, StrikeDay
from planner.models.roles import RoleOffer
from planner.models.slips import Slip, SlipAction
from planner.rules.slip_times import UNDO_MINUTES
from planner.rules.strike_words import strike_day_words
from planner.rules.words import HoldState
from planner.services.actions import lock_open_action
from planner.services.answers import tell_lead
from planner.services.care_claims import claim, delete_expired, end, operation_of
from planner.services.clashes import check_clashes
from planner.services.gate import reconsider
from planner.services.slip_rows import read_rows, rows_of, strike_days_in
from planner.services.strike_days import tell_planners
from planner.services.strike_members import others_of
from planner.services.telling import told_once
from planner.work import Look, Work

UNDONE = "The change was undone."
NO_SLIP = "There is no such change, or none that you can open."
# These count upwards whatever happens: a calendar takes no older number, a page no older version.
UPWARDS = ("version", "calendar_sequence")
Rows = Mapping[str, Mapping[tuple[Any, ...], Table]]
WORDS = {"roleoffer": "a post", "arrangement": "an arrangement", "hold": "a booking of places", "action": "the plan"}


def undo_slip(work: Work, slip_id: int) -> None:
    """Put back what one change changed; refused once somebody answered, or once its minutes are over."""
    work.attempts("undo_slip", f"change {slip_id}")
    slip = work.session.get(Slip, slip_id)
    actions = [] if slip is None else _locked(work, slip_id)
    if slip is None or not actions:
        raise NotFound(NO_SLIP)
    if slip.undone_at is not None:
        raise Refused("This change was undone already.")
    before, after = read_rows(slip.before), read_rows(slip.after)
    for provider_id in sorted({hold.provider_id for hold in _holds(before) + _holds(after)}):
        work.lock(Provider, provider_id)
        delete_expired(work, provider_id)
    if why := refusal(work, slip, [action.id or 0 for action in actions]):
        raise Refused(why)
    _give_back(work, before, after)
    _put_back(work, before, after)
    check_clashes(work, actions)
    for action in actions:
        work.record_action("undo_slip", f"Undone: {slip.sentence}", action, slip=slip.id)
    slip.undone_by, slip.undone_at = work.actor.person_id, work.now
    work.session.add(slip)
    reconsider(work, [action.id or 0 for action in actions], because=UNDONE)
    told_once(work)


def refusal(look: Look, slip: Slip, numbers: list[int]) -> str:
    """Why a change can no longer be undone, as a sentence; empty while it can."""
    if look.now > slip.made_at + timedelta(minutes=UNDO_MINUTES):
        return f"A change can be undone for {UNDO_MINUTES} minutes; this one is older. Plan the next change instead."
    now = rows_of(look, numbers, slip.strike_day_id, strike_days_in(slip.before))
    if now == slip.after:
        return ""
    then, is_ = read_rows(slip.after), read_rows(now)
    changed = next((name for name in WORDS if then[name] != is_[name]), None)
    what = WORDS.get(changed or "", "the plan")
    return (
        f"Since this change {what} was answered or changed: it can no longer be undone. Plan the next change instead."
    )


def _locked(work: Work, slip_id: int) -> list[Action]:
    ordered = (
        select(Action.reference).join(SlipAction, col(SlipAction.action_id) == col(Action.id)).order_by(col(Action.id))
    )
    references = work.session.exec(ordered.where(SlipAction.slip_id == slip_id)).all()
    try:
        return [lock_open_action(work, reference, Verb.PLAN) for reference in references]
    except NotFound as missing:
        raise NotFound(NO_SLIP) from missing


def _holds(rows: Rows) -> list[Hold]:
    return [row for row in rows["hold"].values() if isinstance(row, Hold)]


def _give_back(work: Work, before: Rows, after: Rows) -> None:
    """What was asked for because of the change ends; what ended because of it is booked again, or nothing is undone."""
    for key in sorted(after["hold"].keys() - before["hold"].keys()):
        end(work, work.session.get_one(Hold, key[0]), HoldState.RELEASED, UNDONE)
    for key, old in sorted(before["hold"].items()):
        if old == after["hold"].get(key) or not isinstance(old, Hold):
            continue
        hold = work.session.get_one(Hold, key[0])
        claimed = hold.state is HoldState.RELEASED
        _restore(work, hold, old)
        work.session.flush()
        if claimed and hold.state is not HoldState.REQUESTED:
            claim(work, hold, operation_of(work, hold))
        told = f"{UNDONE} Your booking from {hold.first_night:%-d %B} is {hold.state} as before."
        work.notify(told, agency_id=hold.provider_id, action_id=hold.action_id)


def _put_back(work: Work, before: Rows, after: Rows) -> None:
    """Every other row as it was; rows that came go, rows that went come back."""
    for name in before:
        if name == "hold":
            continue
        for key in after[name].keys() - before[name].keys():
            work.session.delete(_kept(work, after[name][key], key))
        for key, old in before[name].items():
            if key not in after[name]:
                work.session.add(type(old)(**old.model_dump()))
            elif old != after[name][key]:
                row = _kept(work, old, key)
                was = after[name][key]
                _restore(work, row, old)
                _tell(work, row, was)
    work.session.flush()


def _kept(work: Work, like: Table, key: tuple[Any, ...]) -> Table:
    return work.session.get_one(type(like), key)


def _restore(work: Work, row: Table, old: Table) -> None:
    for name in type(old).model_fields:
        if name in UPWARDS and hasattr(row, name):
            setattr(row, name, getattr(row, name) + 1)
        elif name == "changed_at":
            setattr(row, name, work.now)
        else:
            setattr(row, name, getattr(old, name))
    work.session.add(row)


def _tell(work: Work, row: Table, was: Any) -> None:
    """Who was asked again is asked no more; who was only told of it is told of this."""
    if isinstance(row, RoleOffer):
        action = work.session.get_one(Action, row.action_id)
        region = work.session.get_one(Region, action.region).name
        told = f"{UNDONE} What you said for your post in {region} stands as before: you need not answer again."
        tell_lead(work, row, told, outside=f"{UNDONE} You need not answer again.")
    elif isinstance(row, Action) and row.strike_day_id not in (None, was.strike_day_id):
        strike = work.session.get_one(StrikeDay, row.strike_day_id)
        told = f"{UNDONE} {row.reference} belongs to {strike_day_words(strike.name)} as before."
        tell_planners(work, strike, told, row, others_of(work, row))
    elif isinstance(row, Arrangement) and row.agency_id is not None:
        told = f"{UNDONE} What you arranged stands as before."
        work.notify(told, agency_id=row.agency_id, action_id=row.action_id)
