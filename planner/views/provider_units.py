"""Units of care providers as the directory lists them, for who may see a provider's name and for nobody else."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.facts_care import units
from planner.models.care import Place, Provider, Unit, UnitZone
from planner.models.directory import Agency, Zone
from planner.rules.words import Exploitation, Need, Profile
from planner.work import Look


class ProviderUnit(NamedTuple):
    """How many places, for whom, where it serves, how old its provider's word is; never where it lies."""

    provider: str
    code: str
    places: int
    profiles: tuple[Profile, ...]
    needs: tuple[Need, ...]
    exploitations: tuple[Exploitation, ...]
    criteria: str
    cooperation_required: bool
    zones: tuple[str, ...]
    confirmed_at: datetime | None


def provider_units(look: Look) -> tuple[ProviderUnit, ...]:
    """Every unit with its provider; nothing for who may not see a provider's name."""
    if not access.may(look, access.Verb.SEE_PROVIDERS):
        return ()
    places = pick(Place.unit_id, sa.func.count().label("number")).group_by(Place.unit_id).subquery()
    query = (
        pick(
            *(Unit.id, Agency.name, Unit.code, sa.func.coalesce(places.c.number, 0)),
            *(Unit.criteria, Unit.cooperation_required, Provider.last_confirmed_at),
        )
        .join(Provider, col(Provider.agency_id) == col(Unit.provider_id))
        .join(Agency, col(Agency.id) == col(Unit.provider_id))
        .outerjoin(places, places.c.unit_id == Unit.id)
        .order_by(Agency.name, Unit.code)
    )
    accepted, zones = units(look), _zones(look)
    return tuple(
        ProviderUnit(
            provider,
            code,
            number,
            tuple(item for item in Profile if item in accepted[unit].profiles),
            tuple(item for item in Need if item in accepted[unit].needs),
            tuple(item for item in Exploitation if item in accepted[unit].exploitations),
            criteria,
            cooperation,
            tuple(zones[unit]),
            confirmed_at,
        )
        for unit, provider, code, number, criteria, cooperation, confirmed_at in look.session.execute(query)
    )


def _zones(look: Look) -> defaultdict[int, list[str]]:
    query = pick(UnitZone.unit_id, Zone.name).join(Zone, col(Zone.code) == col(UnitZone.zone)).order_by(Zone.name)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for unit, zone in look.session.execute(query):
        found[unit].append(zone)
    return found
