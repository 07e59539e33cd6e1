"""The notice that a provider needs: less is warned of with the number, and refused only where it says so."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import col, select

from planner.errors import Refused
from planner.models.care import Hold, Provider, ProviderTerms, Unit
from planner.rules.care_terms import hours_before, notice_words
from planner.work import Look


def refuse_short_notice(look: Look, asked: Sequence[tuple[Unit, Hold]]) -> None:
    """Of a provider that takes nobody with less notice; what it offers itself it may offer for tonight."""
    refusing = _refusing(look, {unit.provider_id for unit, _ in asked})
    for unit, hold in asked:
        if unit.provider_id not in refusing or hold.instead_of is not None:
            continue
        if said := _said(look, unit, hold.first_night):
            raise Refused(f"{said} It takes nobody sooner: ask another unit, or for a later night.")


def too_soon(look: Look, holds: Sequence[Hold]) -> list[bool]:
    """Whether each of these bookings would be refused so, in one query for all of them."""
    refusing = _refusing(look, {hold.provider_id for hold in holds})
    return [
        hold.provider_id in refusing
        and hold.instead_of is None
        and hours_before(hold.first_night, look.now) < look.session.get_one(Provider, hold.provider_id).notice_hours
        for hold in holds
    ]


def _refusing(look: Look, provider_ids: Collection[int]) -> frozenset[int]:
    p = ProviderTerms
    strict = select(p.provider_id).where(col(p.provider_id).in_(provider_ids), col(p.notice_refused))
    return frozenset(look.session.exec(strict))


def short_notice(look: Look, codes: Collection[str], first_night: date) -> str:
    """What a planner is warned of once units were asked for a night that is near; empty where there is time."""
    units = look.session.exec(select(Unit).where(col(Unit.code).in_(codes)).order_by(col(Unit.code))).all()
    return " ".join(filter(None, (_said(look, unit, first_night) for unit in units)))


def _said(look: Look, unit: Unit, first_night: date) -> str:
    needed = look.session.get_one(Provider, unit.provider_id).notice_hours
    return notice_words(unit.code, needed, hours_before(first_night, look.now))
