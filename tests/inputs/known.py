"""The operation that these files are read against: all of today's forces, October 2026 to April 2027."""

from datetime import date

from planner.inputs.known import Known, KnownForce, KnownPlace
from planner.inputs.reference import Force, load_forces, load_regions, load_zones
from planner.settings import ROOT

DATA = ROOT / "data"


def a_known_force(force: Force) -> KnownForce:
    aliases = (force.home_office_code,) if force.home_office_code else ()
    return KnownForce(force.code, force.name, None if force.uk_wide else force.region, aliases)


KNOWN = Known(
    forces=tuple(a_known_force(force) for force in load_forces(DATA) if force.active_now),
    regions=tuple(KnownPlace(region.code, region.name) for region in load_regions(DATA) if region.for_actions),
    zones=tuple(KnownPlace(zone.code, zone.name) for zone in load_zones(DATA)),
    first_day=date(2026, 10, 1),
    last_day=date(2027, 4, 30),
)
