"""The directory for sheets that an import reads back: agencies and units of care, with all that a template asks."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner.db import pick
from planner.facts_care import units
from planner.models.care import Place, Provider, Unit
from planner.models.directory import Agency, Region
from planner.rules.fingerprints import row_version
from planner.rules.values import UnitFact
from planner.rules.words import AgencyKind, Nation
from planner.views.people import names_providers
from planner.work import Look


class SheetAgency(NamedTuple):
    """An agency; `nations` are those in which it works."""

    code: str
    name: str
    kind: AgencyKind
    nations: tuple[Nation, ...]
    region: str | None
    first_responder: bool
    fictional: bool
    source: str

    @property
    def version(self) -> str:
        """Of all that a file may say of it."""
        return row_version([*self[:-1]])


class SheetUnit(NamedTuple):
    """A unit with its provider, how many places, whom it takes; never where it lies."""

    provider_code: str
    provider: str
    code: str
    name: str
    fictional: bool
    criteria: str
    cooperation_required: bool
    confirmed_at: datetime | None
    places: int
    takes: UnitFact

    @property
    def version(self) -> str:
        """Of all that a file may say of it and its provider."""
        site, *taken = self.takes
        named = (self.provider, self.name, self.fictional, self.places, site)
        return row_version([*named, *(sorted(each) for each in taken)])


def agency_sheet(look: Look) -> tuple[SheetAgency, ...]:
    """The directory by kind and name; care providers only for who may see them."""
    a = Agency
    query: Any = pick(a.code, a.name, a.kind, a.nations, a.nation, Region.name, a.first_responder, a.fictional)
    query = query.add_columns(a.source).outerjoin(Region, col(Region.code) == col(a.region))
    if not names_providers(look):
        query = query.where(col(a.kind) != AgencyKind.CARE_PROVIDER)
    return tuple(
        SheetAgency(code, name, kind, _works_in(nations, nation), *rest)
        for code, name, kind, nations, nation, *rest in look.session.execute(query.order_by(a.kind, a.name))
    )


def _works_in(nations: str, nation: Nation | None) -> tuple[Nation, ...]:
    if nations:
        return tuple(Nation(each) for each in nations.split("|"))
    return tuple(Nation) if nation is None else (nation,)


def unit_sheet(look: Look) -> tuple[SheetUnit, ...]:
    """Every unit with its provider; nothing for who may not see a provider's name."""
    if not names_providers(look):
        return ()
    places = _places(look)
    query = (
        pick(Unit.id, Agency.code, Agency.name, Unit.code, Unit.name, Agency.fictional, Unit.criteria)
        .add_columns(Unit.cooperation_required, Provider.last_confirmed_at)
        .join(Provider, col(Provider.agency_id) == col(Unit.provider_id))
        .join(Agency, col(Agency.id) == col(Unit.provider_id))
        .order_by(Agency.name, Unit.code)
    )
    taken = units(look)
    return tuple(
        SheetUnit._make((*told, places[number], taken[number])) for number, *told in look.session.execute(query)
    )


def _places(look: Look) -> Mapping[int, int]:
    counted = pick(Place.unit_id, sa.func.count()).group_by(Place.unit_id)
    return defaultdict(int, (tuple(row) for row in look.session.execute(counted)))
