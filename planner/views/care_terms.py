"""On what terms providers take people: whole for themselves, the care lead and the cell; for planners, unit by unit."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.access import Verb
from planner.db import pick
from planner.facts_care import units
from planner.models.care import Provider, ProviderTerms, Unit, UnitTerms, UnitZone
from planner.models.directory import Agency, Person, Zone
from planner.rules.values import UnitFact
from planner.rules.words import Exploitation, Need, Profile
from planner.work import Look


class TermsRow(NamedTuple):
    """One provider's; `said_by` is the title of who typed it last, `by_telephone` where that was a planner."""

    code: str
    name: str
    notice_hours: int
    notice_refused: bool
    unasked_hold_hours: int | None
    standard: str
    checked_on: date | None
    post: str
    number: str
    confirmed_at: datetime | None
    said_at: datetime | None
    said_by: str | None
    by_telephone: bool


class UnitTermsRow(NamedTuple):
    """One unit's: whom it takes, where, and what it asks of them."""

    code: str
    name: str
    provider: str
    criteria: str
    cooperation_required: bool
    languages: str
    said_at: datetime | None
    said_by: str | None
    by_telephone: bool
    profiles: tuple[Profile, ...]
    needs: tuple[Need, ...]
    exploitations: tuple[Exploitation, ...]
    zones: tuple[str, ...]


class NearTerms(NamedTuple):
    """A unit that serves a zone, as every planner may read it: without its provider's name, post or number."""

    code: str
    profiles: tuple[Profile, ...]
    needs: tuple[Need, ...]
    criteria: str
    cooperation_required: bool
    languages: str
    notice_hours: int
    notice_refused: bool
    unasked_hold_hours: int | None
    standard: str
    checked_on: date | None
    confirmed_at: datetime | None


def _own(look: Look, agency: Any) -> Any:
    """One's own provider, or every one for who may know their names."""
    every = look.actor.operator or access.may(look, Verb.SEE_PROVIDERS)
    return sa.true() if every else agency.in_(access.own_agencies(look, Verb.SET_TERMS))


def provider_terms(look: Look) -> tuple[TermsRow, ...]:
    """What each provider said for all of its units."""
    p, t = Provider, ProviderTerms
    query = (
        pick(
            *(Agency.code, Agency.name, p.notice_hours, sa.func.coalesce(t.notice_refused, sa.false())),
            *(p.unasked_hold_hours, sa.func.coalesce(p.standard, ""), p.standard_checked_on),
            *(sa.func.coalesce(t.out_of_hours_post, ""), sa.func.coalesce(t.office_number, ""), p.last_confirmed_at),
            *(t.said_at, Person.title, sa.func.coalesce(t.by_telephone, sa.false())),
        )
        .select_from(Provider)
        .join(Agency, col(Agency.id) == col(p.agency_id))
        .outerjoin(t, col(t.provider_id) == col(p.agency_id))
        .outerjoin(Person, col(Person.id) == col(t.said_by))
        .where(_own(look, col(p.agency_id)))
        .order_by(Agency.name)
    )
    return tuple(TermsRow._make(row) for row in look.session.execute(query))


def unit_terms(look: Look) -> tuple[UnitTermsRow, ...]:
    """What was said of each unit."""
    t = UnitTerms
    query = (
        pick(
            *(Unit.id, Unit.code, Unit.name, Agency.code, Unit.criteria, Unit.cooperation_required),
            *(sa.func.coalesce(t.languages, ""), t.said_at, Person.title, sa.func.coalesce(t.by_telephone, sa.false())),
        )
        .select_from(Unit)
        .join(Agency, col(Agency.id) == col(Unit.provider_id))
        .outerjoin(t, col(t.unit_id) == col(Unit.id))
        .outerjoin(Person, col(Person.id) == col(t.said_by))
        .where(_own(look, col(Unit.provider_id)))
        .order_by(Unit.code)
    )
    known = units(look)
    return tuple(_unit(known[number], *said) for number, *said in look.session.execute(query))


def _unit(takes: UnitFact, *said: Any) -> UnitTermsRow:
    whom = (
        tuple(item for item in Profile if item in takes.profiles),
        tuple(item for item in Need if item in takes.needs),
        tuple(item for item in Exploitation if item in takes.exploitations),
        tuple(sorted(takes.zones)),
    )
    return UnitTermsRow._make((*said, *whom))


def near_terms(look: Look, zone: str) -> tuple[NearTerms, ...]:
    """Of every unit that serves a zone, for whoever plans there."""
    p, pt, ut = Provider, ProviderTerms, UnitTerms
    query = (
        pick(
            *(Unit.id, Unit.code, Unit.criteria, Unit.cooperation_required, sa.func.coalesce(ut.languages, "")),
            *(p.notice_hours, sa.func.coalesce(pt.notice_refused, sa.false()), p.unasked_hold_hours),
            *(sa.func.coalesce(p.standard, ""), p.standard_checked_on, p.last_confirmed_at),
        )
        .select_from(Unit)
        .join(UnitZone, col(UnitZone.unit_id) == col(Unit.id))
        .join(p, col(p.agency_id) == col(Unit.provider_id))
        .outerjoin(pt, col(pt.provider_id) == col(Unit.provider_id))
        .outerjoin(ut, col(ut.unit_id) == col(Unit.id))
        .where(col(UnitZone.zone) == zone)
        .order_by(Unit.code)
    )
    rows: Sequence[Any] = look.session.execute(query).all() if access.may(look, Verb.SEE_CARE) else ()
    known = units(look)
    return tuple(
        NearTerms(
            row[1],
            tuple(item for item in Profile if item in known[row[0]].profiles),
            tuple(item for item in Need if item in known[row[0]].needs),
            *row[2:],
        )
        for row in rows
    )


def zone_names(look: Look) -> dict[str, str]:
    """Zones by code, with their names."""
    return dict(tuple(row) for row in look.session.execute(pick(Zone.code, Zone.name).order_by(Zone.name)))
