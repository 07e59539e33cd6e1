"""The exercise's partnership charter, version 1: who leads what, agreed to by most agencies."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from planner.models.charter import Charter, CharterAcknowledgement, CharterLine
from planner.rules.role_words import Workstream
from planner.rules.words import PhaseKind
from planner.services.exercise.people import Cast, Leads
from planner.services.exercise.rows import Rows

SILENT_FORCE = 9  # each so-many-th force has not answered yet
OF_CELL = (
    (Workstream.INTELLIGENCE, "Receives every force's return, by reference only.\nClears clashes across borders."),
    (
        Workstream.AWARENESS,
        "Holds the media lines under embargo.\nRuns the telephone information line.",
    ),
    (Workstream.PORTS, "Brings immigration intelligence teams to the ports.\nCalls victim care before any decision."),
)
LEADS_FORCE = "Sets the order of strike days with the cell.\nSees that no door is opened before care is ready."
FORCE = "Plans its actions within Gold's parameters.\nBrings each action to a case conference first."
LEADS_CARE = "Speaks for all who give care.\nAgrees with the cell what every provider must offer."
CARE = "Names a lead for each action in its region.\nStays with people until a provider has received them."
HEALTH = "Arranges first medical care at reception.\nKeeps health details with health."
CHILDREN = "Accepts children in and out of hours.\nNames the emergency placement route."


class Part(NamedTuple):
    """What one agency does in a workstream."""

    stream: Workstream
    phase: PhaseKind | None
    agency: int
    leads: bool
    text: str


def write_charter(rows: Rows, operation: int, people: Cast, leads: Leads, *, agency: int, start: date) -> None:
    """The demo force and two partners of its region are still to agree, so that each page has something to answer."""
    issued_at = datetime.combine(start - timedelta(days=10), time(9), UTC)
    charter = rows.add(
        Charter,
        operation_id=operation,
        number=1,
        drafted_by=people.cell,
        drafted_at=issued_at - timedelta(days=5),
        issued_by=people.cell,
        issued_at=issued_at,
    )
    said = {agency: people.cell}
    for part in (*_commanding(people, agency, said), *_caring(people, leads, said)):
        rows.add(
            CharterLine,
            charter_id=charter,
            workstream=part.stream,
            phase=part.phase,
            agency_id=part.agency,
            leads=part.leads,
            responsibilities=part.text,
        )
    for days, (who, person) in enumerate(said.items()):
        at = issued_at + timedelta(days=days % 9)
        rows.add(CharterAcknowledgement, charter_id=charter, agency_id=who, person_id=person, at=at)


def _commanding(people: Cast, agency: int, said: dict[int, int]) -> Iterator[Part]:
    """The national cell's workstreams, and every force's part in enforcement; notes who of them has agreed."""
    for stream, text in OF_CELL:
        yield Part(stream, None, agency, True, text)
    for number, force in enumerate(people.forces):
        yield Part(Workstream.ENFORCEMENT, None, force.id, number == 0, FORCE if number else LEADS_FORCE)
        if number % SILENT_FORCE:
            said[force.id] = force.silver


def _caring(people: Cast, leads: Leads, said: dict[int, int]) -> Iterator[Part]:
    """Support partners that have a lead, with the demo region's health and children's services."""
    stream, home = Workstream.VICTIM_CARE, people.partners[people.forces[0].region]
    for partners in people.partners.values():
        if leads.people.get(partners.ngo):
            own = partners is home
            yield Part(stream, None, partners.ngo, own, LEADS_CARE if own else CARE)
            if not own:
                said[partners.ngo] = leads.people[partners.ngo][0]
    yield Part(stream, PhaseKind.ENFORCEMENT, home.health, False, HEALTH)
    yield Part(stream, PhaseKind.ENFORCEMENT, home.children, False, CHILDREN)
    said[home.health] = leads.people[home.health][0]
