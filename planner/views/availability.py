"""When agencies can be asked, as they said; how much of a day's capacity is taken; bank holidays by nation."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.directory import Agency, Availability
from planner.models.operations import Action
from planner.models.reference import BankHoliday
from planner.models.roles import RoleOffer
from planner.rules.availability import Availability as Said
from planner.rules.availability import asked_words
from planner.rules.sharing import POLICE
from planner.rules.windows import LONDON
from planner.rules.words import ActionState, AgencyKind, Nation, OfferState
from planner.views.people import names_providers
from planner.work import Look

ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)
OFF = (ActionState.STOOD_DOWN, ActionState.DEFERRED)


class AvailabilityRow(NamedTuple):
    """One agency and what it said; None where it has said nothing."""

    agency_id: int
    code: str
    name: str
    nation: Nation | None
    said: Said | None
    changed_at: datetime | None


def availability_of(look: Look, agency_ids: Collection[int]) -> dict[int, Said]:
    """What these agencies said, by id; those that said nothing are left out."""
    a = Availability
    query = pick(a.agency_id, a.weekdays, a.opens, a.closes, a.bank_holidays, a.actions_a_day)
    rows = look.session.execute(query.where(col(a.agency_id).in_(list(agency_ids))))
    return {row[0]: Said._make(row[1:]) for row in rows}


def holidays_of(look: Look, nation: Nation | None) -> frozenset[date]:
    """The bank holidays of a nation; of an agency of none in particular, those that all share in England."""
    query = pick(BankHoliday.day).where(BankHoliday.nation == (nation or Nation.ENGLAND))
    return frozenset(look.session.execute(query).scalars())


def accepted_on(look: Look, agency_ids: Collection[int], day: date) -> Counter[int]:
    """How many actions of a local day each agency has accepted a post at, in every operation."""
    begins = datetime.combine(day, time(), LONDON)
    ends = datetime.combine(day + timedelta(days=1), time(), LONDON)
    query = (
        pick(RoleOffer.agency_id, sa.func.count(sa.distinct(col(Action.id))))
        .join(Action, col(Action.id) == col(RoleOffer.action_id))
        .where(
            col(RoleOffer.agency_id).in_(list(agency_ids)),
            col(RoleOffer.state).in_(ACCEPTED),
            col(Action.state).not_in(OFF),
            Action.starts_at >= begins,
            Action.starts_at < ends,
        )
        .group_by(col(RoleOffer.agency_id))
    )
    return Counter({agency_id: int(number) for agency_id, number in look.session.execute(query)})


def asked_sentences(look: Look, codes: Collection[str], day: date) -> dict[str, str]:
    """By agency's code: "can be asked Mon–Fri 09:00–17:00, 2 actions a day; 2 accepted that day: full"."""
    query = pick(Agency.id, Agency.code).where(col(Agency.code).in_(list(codes)))
    ids = dict(map(tuple, look.session.execute(query)))
    said, taken = availability_of(look, ids), accepted_on(look, ids, day)
    return {code: asked_words(said.get(number), taken[number]) for number, code in ids.items()}


def availability_rows(look: Look) -> tuple[AvailabilityRow, ...]:
    """The agencies whose hours the actor may say, by name: the cell's partners, a lead's own agency."""
    a, own = Availability, access.own_agencies(look, access.Verb.SET_AVAILABILITY)
    columns = (a.weekdays, a.opens, a.closes, a.bank_holidays, a.actions_a_day)
    query = (
        pick(Agency.id, Agency.code, Agency.name, Agency.nation, a.changed_at, *columns)
        .outerjoin(a, col(a.agency_id) == col(Agency.id))
        .order_by(Agency.name)
    )
    if look.actor.operator or access.may(look, access.Verb.MANAGE_DIRECTORY):
        said_or_partner = sa.or_(
            col(Agency.kind).not_in([*POLICE, AgencyKind.CARE_PROVIDER]), col(a.weekdays).is_not(None)
        )
        query = query.where(said_or_partner)
    else:
        query = query.where(col(Agency.id).in_(own))
    if not names_providers(look):
        query = query.where(sa.or_(col(Agency.kind) != AgencyKind.CARE_PROVIDER, col(Agency.id).in_(own)))
    return tuple(
        AvailabilityRow(number, code, name, nation, Said._make(said) if said[0] is not None else None, at)
        for number, code, name, nation, at, *said in look.session.execute(query)
    )
