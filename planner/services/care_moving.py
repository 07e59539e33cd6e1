"""Places follow an action that moves: what still lasts long enough stays, the rest goes back and is asked for again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner.errors import Refused
from planner.models.care import Hold, HoldLine, PlaceRequest, Provider, Reserve
from planner.models.operations import Action
from planner.rules.counts import count_words
from planner.rules.windows import first_night, nights_of
from planner.rules.words import HoldState
from planner.services.care import asked_of
from planner.services.care_claims import LIVE, claim, delete_expired, end_all, lock_reserves, operation_of
from planner.services.care_eligible import nights_of_each
from planner.services.care_notice import too_soon
from planner.services.names import region_names
from planner.work import Work

MOVED = "The action moved to other nights."


def move_places(
    work: Work, actions: Mapping[int, Action], nights: Mapping[int, date], *, strike: tuple[int, int] | None = None
) -> None:
    """Bookings of locked actions follow from the night each was on to the one it is on now.

    What is kept for a strike day follows it, too: `strike` is which, and by how many days.
    """
    strike_day_id, days = strike or (0, 0)
    kept = select(Reserve.id).where(Reserve.strike_day_id == strike_day_id)
    held = _locked(work, sa.or_(col(Hold.action_id).in_(list(nights)), col(Hold.reserve_id).in_(kept)))
    with_places = {hold.action_id for hold in held if hold.action_id is not None}
    asked = nights_of_each(work, with_places) if with_places else {}
    regions = region_names(work, [actions[number].region for number in with_places])
    moving: list[tuple[Hold, date]] = []
    for hold in held:
        if hold.action_id is None:
            moving += [(hold, hold.first_night + timedelta(days=days))] if days else []
            continue
        action = actions[hold.action_id]
        begins = first_night(action.starts_at)
        shift = (begins - nights[hold.action_id]).days
        if not shift or _lasts(hold, begins, asked[hold.action_id]):
            region = regions[action.region]
            stays = f"An action in {region} that has places with you moved; the nights you gave stay as they are."
            work.notify(stays, agency_id=hold.provider_id, action_id=action.id)
        else:
            moving.append((hold, hold.first_night + timedelta(days=shift)))
    _ask_again(work, moving)


def _locked(work: Work, which: Any) -> Sequence[Hold]:
    """Live bookings with their providers locked; what has expired is ended first."""
    live = select(Hold).where(which, col(Hold.state).in_(LIVE)).order_by(col(Hold.id))
    found = work.session.exec(live).all()
    providers = sorted({hold.provider_id for hold in found})
    work.lock_all(Provider, providers)
    lock_reserves(work, found)
    delete_expired(work, *providers)
    return work.session.exec(live.execution_options(populate_existing=True)).all()


def _lasts(hold: Hold, first: date, nights: int) -> bool:
    wanted = nights_of(first, nights)
    held = nights_of(hold.first_night, hold.nights)
    return held[0] <= wanted[0] and wanted[-1] <= held[-1]


def _ask_again(work: Work, moving: Sequence[tuple[Hold, date]]) -> None:
    """What was only asked for is asked for other nights; what was held or confirmed goes back and is asked for anew.

    All of it goes back before any is asked for: no booking of the day stands in the way of another.
    """
    lines = _lines_of(work, [hold for hold, _ in moving])
    for hold, first in moving:
        if hold.state is HoldState.REQUESTED:
            _ask_for(work, hold, first)
            _tell(work, hold, lines[hold.id or 0])
    going = [(hold, first) for hold, first in moving if hold.state is not HoldState.REQUESTED]
    end_all(work, [hold for hold, _ in going], HoldState.RELEASED, MOVED)
    new = [(_anew(work, hold, first), lines[hold.id or 0]) for hold, first in going]
    wanted = _may_be_asked(work, new)
    work.session.add_all(hold for hold, _ in wanted)
    work.session.flush()
    for hold, old in wanted:
        copied = [line.model_dump(include={"unit_id", "profile", "need", "places"}) for line in old]
        work.session.add_all(HoldLine(hold_id=hold.id or 0, **line) for line in copied)
    work.session.flush()
    for hold, old in wanted:
        if hold.state is HoldState.HELD:
            _claim_or_ask(work, hold)
        _tell(work, hold, old)


def _lines_of(work: Work, holds: Sequence[Hold]) -> Mapping[int, Sequence[HoldLine]]:
    found: defaultdict[int, list[HoldLine]] = defaultdict(list)
    asked = select(HoldLine).where(col(HoldLine.hold_id).in_([hold.id for hold in holds]))
    for line in work.session.exec(asked) if holds else ():
        found[line.hold_id].append(line)
    return found


def _ask_for(work: Work, hold: Hold, first: date) -> None:
    hold.first_night, hold.asked_at, hold.version = first, work.now, hold.version + 1
    work.session.add(hold)
    if hold.request_id is not None:
        asked = sa.update(PlaceRequest).where(col(PlaceRequest.id) == hold.request_id)
        work.session.execute(asked.values(first_night=first))


def _anew(work: Work, hold: Hold, first: date) -> Hold:
    provider = work.session.get_one(Provider, hold.provider_id)
    return Hold(
        action_id=hold.action_id,
        reserve_id=hold.reserve_id,
        first_night=first,
        nights=hold.nights,
        **asked_of(work, provider),
    )


def _may_be_asked(work: Work, new: Sequence[tuple[Hold, Sequence[HoldLine]]]) -> list[tuple[Hold, Sequence[HoldLine]]]:
    """Not of a provider that takes nobody with so little notice; the planners look elsewhere then."""
    soon, tonight = too_soon(work, [hold for hold, _ in new]), first_night(work.now)
    return [one for one, is_short in zip(new, soon, strict=True) if not is_short and one[0].first_night >= tonight]


def _claim_or_ask(work: Work, hold: Hold) -> None:
    """Held as the provider allows; where it has not the places on those nights it is asked, and nothing is claimed."""
    try:
        with work.session.begin_nested():
            claim(work, hold, operation_of(work, hold))
    except Refused:
        hold.state, hold.expires_at = HoldState.REQUESTED, None
        work.session.add(hold)


def _tell(work: Work, hold: Hold, lines: Sequence[HoldLine]) -> None:
    """To the provider: which nights are asked for now; never the action."""
    places = count_words(sum(line.places for line in lines), "place")
    told = f"{places} {_said(hold)} for other nights: from {hold.first_night:%-d %B}, "
    work.notify(f"{told}{count_words(hold.nights, 'night')}. Please answer.", agency_id=hold.provider_id)


def _said(hold: Hold) -> str:
    return "held" if hold.state is HoldState.HELD else "asked for"
