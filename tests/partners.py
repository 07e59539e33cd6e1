"""More partners for the small world: agencies with a lead of their own, and second leads of an agency."""

from planner.models.directory import Agency, Appointment, Person
from planner.models.roles import Condition, RoleOffer
from planner.rules.words import AgencyKind, Nation, Post
from planner.services.offers import OfferRequest, offer_role
from tests.builders import World


def a_partner(world: World, code: str, kind: AgencyKind = AgencyKind.NGO) -> int:
    """An agency named after its code, its lead known by the code too; returns the agency's id."""
    with world.database.write() as session:
        agency = Agency(
            code=code, name=code.capitalize(), kind=kind, nation=Nation.ENGLAND, region="wm", first_responder=True
        )
        session.add(agency)
        session.flush()
        number = agency.id or 0
    a_lead(world, code, number)
    return number


def a_lead(world: World, name: str, agency: int) -> str:
    """Another partner lead of an agency; returns their title."""
    with world.database.write() as session:
        person = Person(title=f"{name.capitalize()}, West Midlands", agency_id=agency)
        session.add(person)
        session.flush()
        post = Appointment(
            person_id=person.id or 0, post=Post.PARTNER_LEAD, operation_id=world.operation, agency_id=agency
        )
        session.add(post)
        world.people[name] = person.id or 0
        return person.title


def an_offer(world: World, *, role: str = "first_responder", agency: str = "ngo", key: str = "k1") -> int:
    with world.desk("silver").writing() as work:
        return offer_role(work, OfferRequest("WM-0001", role, agency, key)).id or 0


def offer_now(world: World, number: int) -> RoleOffer:
    with world.desk("cell").reading() as look:
        return look.session.get_one(RoleOffer, number)


def condition_now(world: World, number: int) -> Condition:
    with world.desk("cell").reading() as look:
        return look.session.get_one(Condition, number)
