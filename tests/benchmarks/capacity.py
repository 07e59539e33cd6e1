"""National capacity at the size that its page must show: 35 units, or 140, with places open for 227 nights."""

import sqlalchemy as sa
from sqlmodel import select

from planner.db import Database
from planner.models.care import OpenNight, Place, Provider, Unit, UnitExploitation, UnitNeed, UnitProfile, UnitZone
from planner.models.directory import Zone
from planner.models.operations import Operation
from planner.rules.windows import local, nights_of
from planner.rules.words import Exploitation, Need, Profile, SiteKind
from planner.work import utc_now

UNITS = {1: 35, 10: 140}
NIGHTS, PLACES = 227, 4


def fill(database: Database, scale: int) -> str:
    """Units are added to those of the exercise until there are so many; every unit has every night open."""
    tonight = local(utc_now()).date()
    nights = nights_of(tonight, NIGHTS)
    with database.write() as session:
        operation = session.exec(select(Operation.id)).one()
        provider = session.exec(select(Provider.agency_id)).first()
        zone = session.exec(select(Zone.code)).first()
        known = session.exec(select(Unit.id).order_by(sa.column("id"))).all()
        for number in range(len(known), UNITS[scale]):
            unit = Unit(provider_id=provider or 0, code=f"B{number:03d}", name="Benchmark", site=SiteKind.REFUGE)
            session.add(unit)
            session.flush()
            takes = (
                UnitProfile(unit_id=unit.id or 0, profile=Profile.WOMAN),
                UnitNeed(unit_id=unit.id or 0, need=Need.NONE),
                UnitExploitation(unit_id=unit.id or 0, exploitation=Exploitation.UNKNOWN),
                UnitZone(unit_id=unit.id or 0, zone=zone or ""),
            )
            session.add_all([*takes, *(Place(unit_id=unit.id or 0, number=each) for each in range(1, PLACES + 1))])
        session.flush()
        opened = set(session.execute(sa.select(OpenNight.unit_id, OpenNight.number, OpenNight.night)))  # type: ignore[call-overload]
        rows = [
            {"unit_id": place.unit_id, "number": place.number, "night": night, "operation_id": operation}
            for place in session.exec(select(Place))
            for night in nights
            if (place.unit_id, place.number, night) not in opened
        ]
        session.execute(sa.insert(OpenNight), rows)
    return f"{UNITS[scale]} units, {NIGHTS} nights"
