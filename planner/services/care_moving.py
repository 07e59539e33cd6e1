"""Places follow an action that moves: what still lasts long enough stays, the rest goes back and is asked for again."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from planner.errors import Refused
from planner.models.care import Hold, HoldLine, PlaceRequest, Provider, Reserve, Unit
from planner.models.directory import Region
from planner.models.operations import Action
from planner.rules.counts import count_words
from planner.rules.windows import first_night, nights_of
from planner.rules.words import HoldState
from planner.services.care import asked_of, requested_of
from planner.services.care_claims import LIVE, claim, delete_expired, end, lock_reserves, operation_of
from planner.services.care_eligible import nights_asked
from planner.services.care_notice import refuse_short_notice
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
    for hold in _locked(work, sa.or_(col(Hold.action_id).in_(list(nights)), col(Hold.reserve_id).in_(kept))):
        if hold.action_id is None:
            if days:
                _ask_again(work, hold, hold.first_night + timedelta(days=days))
            continue
        action = actions[hold.action_id]
        begins = first_night(action.starts_at)
        shift = (begins - nights[action.id or 0]).days
        if not shift or _lasts(hold, begins, nights_asked(work, action)):
            region = work.session.get_one(Region, action.region).name
            stays = f"An action in {region} that has places with you moved; the nights you gave stay as they are."
            work.notify(stays, agency_id=hold.provider_id, action_id=action.id)
        else:
            _ask_again(work, hold, hold.first_night + timedelta(days=shift))


def _locked(work: Work, which: Any) -> Sequence[Hold]:
    """Live bookings with their providers locked; what has expired is ended first."""
    live = select(Hold).where(which, col(Hold.state).in_(LIVE)).order_by(col(Hold.id))
    found = work.session.exec(live).all()
    providers = sorted({hold.provider_id for hold in found})
    for provider_id in providers:
        work.lock(Provider, provider_id)
    lock_reserves(work, found)
    delete_expired(work, *providers)
    return work.session.exec(live.execution_options(populate_existing=True)).all()


def _lasts(hold: Hold, first: date, nights: int) -> bool:
    wanted = nights_of(first, nights)
    held = nights_of(hold.first_night, hold.nights)
    return held[0] <= wanted[0] and wanted[-1] <= held[-1]


def _ask_again(work: Work, hold: Hold, first: date) -> None:
    """What was only asked for is asked for other nights; what was held or confirmed goes back and is asked for anew."""
    provider = work.session.get_one(Provider, hold.provider_id)
    if hold.state is HoldState.REQUESTED:
        hold.first_night, hold.asked_at, hold.version = first, work.now, hold.version + 1
        work.session.add(hold)
        if hold.request_id is not None:
            asked = sa.update(PlaceRequest).where(col(PlaceRequest.id) == hold.request_id)
            work.session.execute(asked.values(first_night=first))
        _tell(work, hold)
        return
    lines = work.session.exec(select(HoldLine).where(HoldLine.hold_id == hold.id)).all()
    end(work, hold, HoldState.RELEASED, MOVED)
    new = Hold(
        action_id=hold.action_id,
        reserve_id=hold.reserve_id,
        first_night=first,
        nights=hold.nights,
        **asked_of(work, provider),
    )
    if not _may_be_asked(work, new, lines):
        return
    work.session.add(new)
    work.session.flush()
    copied = [line.model_dump(include={"unit_id", "profile", "need", "places"}) for line in lines]
    work.session.add_all(HoldLine(hold_id=new.id or 0, **line) for line in copied)
    work.session.flush()
    if new.state is HoldState.HELD:
        _claim_or_ask(work, new, provider)
    _tell(work, new)


def _may_be_asked(work: Work, hold: Hold, lines: Sequence[HoldLine]) -> bool:
    """Not of a provider that takes nobody with so little notice; the planners look elsewhere then."""
    units = [work.session.get_one(Unit, number) for number in sorted({line.unit_id for line in lines})]
    try:
        refuse_short_notice(work, [(unit, hold) for unit in units])
    except Refused:
        return False
    return hold.first_night >= first_night(work.now)


def _claim_or_ask(work: Work, hold: Hold, provider: Provider) -> None:
    """Held as the provider allows; where it has not the places on those nights it is asked, and nothing is claimed."""
    try:
        with work.session.begin_nested():
            claim(work, hold, operation_of(work, hold))
    except Refused:
        hold.state, hold.expires_at = requested_of(work, provider)["state"], None
        work.session.add(hold)


def _tell(work: Work, hold: Hold) -> None:
    """To the provider: which nights are asked for now; never the action."""
    lines = work.session.exec(select(HoldLine.places).where(HoldLine.hold_id == hold.id)).all()
    places = count_words(sum(lines), "place")
    told = f"{places} {_said(hold)} for other nights: from {hold.first_night:%-d %B}, "
    work.notify(f"{told}{count_words(hold.nights, 'night')}. Please answer.", agency_id=hold.provider_id)


def _said(hold: Hold) -> str:
    return "held" if hold.state is HoldState.HELD else "asked for"
