"""The exercise's agencies and people: every one a post, none a person; accounts with one known password."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from planner.models.accounts import Account
from planner.models.directory import Agency, Appointment, Person, Region, Training
from planner.rules.words import AgencyKind, Nation, Post
from planner.services.exercise.rows import Rows
from planner.services.passwords import hash_password

PASSWORD = "exercise"
DEMO_FORCE = "WMI"
NATIONAL_CELL = "NATIONAL"
LAUNCH = date(2007, 10, 3)
DRAMA = "01632 960{:03d}"  # numbers that Ofcom keeps for drama: they ring nowhere


class Force(NamedTuple):
    id: int
    name: str
    region: str
    nation: Nation
    zone: str
    silver: int
    gold: int


class Partners(NamedTuple):
    """A region's partner agencies by kind."""

    ngo: int
    health: int
    children: int


class Cast(NamedTuple):
    """Everybody the exercise needs; leads by agency grow as actions need more of them at once."""

    forces: tuple[Force, ...]
    partners: dict[str, Partners]
    cell: int
    care_lead: int
    national: int
    regional: int
    stranger: int


def forces_of_2007(session: Session) -> list[tuple[Agency, Region]]:
    """The forces that took part, the demo force first: the model draws the first as the largest."""
    rows = session.exec(
        select(Agency, Region)
        .join(Region, col(Region.code) == col(Agency.region))
        .where(Agency.kind == AgencyKind.POLICE_FORCE)
        .order_by(col(Agency.code))
    ).all()
    took_part = [
        (agency, region)
        for agency, region in rows
        if (agency.active_from is None or agency.active_from <= LAUNCH)
        and (agency.active_to is None or agency.active_to >= LAUNCH)
    ]
    return sorted(took_part, key=lambda pair: (pair[0].code != DEMO_FORCE, pair[0].code))


def cast(session: Session, rows: Rows, operation: int) -> Cast:
    """Write agencies, people and posts."""
    regions = {region.code: region for _, region in forces_of_2007(session)}
    partners = {code: _partners(rows, region) for code, region in sorted(regions.items())}
    forces = tuple(_force(rows, agency, region, operation) for agency, region in forces_of_2007(session))
    cell_agency = session.exec(select(Agency.id).where(Agency.code == NATIONAL_CELL)).one() or 0
    for code, region in sorted(regions.items()):
        if code != forces[0].region:
            appoint(rows, f"Regional cell, {region.name}", cell_agency, Post.REGIONAL_CELL, operation, region=code)
    home = regions[forces[0].region]
    return Cast(
        forces,
        partners,
        cell=appoint(rows, "National cell duty officer", cell_agency, Post.CELL, None),  # of every operation
        care_lead=appoint(rows, "Victim-care lead, national cell", cell_agency, Post.CARE_LEAD, operation),
        national=appoint(rows, "National Gold", cell_agency, Post.NATIONAL_GOLD, operation),
        regional=appoint(
            rows, f"Regional cell, {home.name}", cell_agency, Post.REGIONAL_CELL, operation, region=home.code
        ),
        stranger=rows.add(Person, title="Somebody without a post", agency_id=forces[-1].id),
    )


def named_people(people: Cast, leads: "Leads", supply_leads: dict[str, int]) -> dict[str, int]:
    """The exercise's user names, for the demo force and its region's partners."""
    force = people.forces[0]
    partners = people.partners[force.region]
    return {
        "gold": force.gold,
        "silver": force.silver,
        "cell": people.cell,
        "care": people.care_lead,
        "national": people.national,
        "regional": people.regional,
        "partner": leads.first(partners.ngo, support_partner(force.region)),
        "health": leads.first(partners.health, f"health service, {region_words(force.region)}"),
        "children": leads.first(partners.children, f"children's service, {region_words(force.region)}"),
        "officer": leads.first(force.id, force.name),
        "provider": supply_leads[force.zone],
        "stranger": people.stranger,
    }


def beside_command(rows: Rows, force: Force, operation: int) -> dict[str, int]:
    """Who stands beside the demo force's Gold and Silver: a second Silver, who is on call, and a loggist."""
    posts = {"deputy": ("Silver on call", Post.SILVER), "loggist": ("Loggist", Post.LOGGIST)}
    return {
        name: appoint(rows, f"{title}, {force.name}", force.id, post, operation, own=True)
        for name, (title, post) in posts.items()
    }


def support_partner(region: str) -> str:
    """What a region's support partner is called in its leads' titles."""
    return f"support partner, {region_words(region)}"


def region_words(region: str) -> str:
    return region.replace("_", " ").title().replace(" And ", " and ").replace(" Of ", " of ")


def appoint(
    rows: Rows,
    title: str,
    agency: int,
    post: Post,
    operation: int | None,
    *,
    region: str | None = None,
    own: bool = False,
) -> int:
    """A person with one post; `own` ties the post to the person's agency; command and cells have a number."""
    rung = post not in (Post.PARTNER_LEAD, Post.PROVIDER_LEAD)
    number = DRAMA.format(len(rows.by_table[Person]) % 500) if rung else None
    person = rows.add(Person, title=title, agency_id=agency, duty_number=number)
    rows.add(
        Appointment,
        person_id=person,
        post=post,
        operation_id=operation,
        region=region,
        agency_id=agency if own else None,
    )
    return person


def _force(rows: Rows, agency: Agency, region: Region, operation: int) -> Force:
    number = agency.id or 0
    silver = appoint(rows, f"Silver, {agency.name}", number, Post.SILVER, operation, own=True)
    gold = appoint(rows, f"Gold, {agency.name}", number, Post.GOLD, operation, own=True)
    return Force(number, agency.name, region.code, region.nation, region.zone, silver, gold)


def _partners(rows: Rows, region: Region) -> Partners:
    kinds = (
        ("NGO", "Support partner", AgencyKind.NGO, True),
        ("HEALTH", "Health service", AgencyKind.HEALTH, False),
        ("CHILD", "Children's service", AgencyKind.CHILDRENS_SERVICE, True),
    )
    ids = []
    for code, name, kind, refers in kinds:
        agency = rows.add(
            Agency,
            code=f"X-{code}-{region.code}"[:40],
            name=f"{name}, {region.name} (fictional)",
            kind=kind,
            region=region.code,
            nation=region.nation,
            first_responder=refers,
            fictional=True,
            duty_number=DRAMA.format(500 + len(rows.by_table[Agency]) % 500),
        )
        ids.append(agency)
    return Partners(*ids)


class Leads:
    """Partner leads by agency: one who is free that day, or one more. Nobody is in two places."""

    def __init__(self, rows: Rows, operation: int, trained_on: date) -> None:
        self.rows, self.operation, self.trained_on = rows, operation, trained_on
        self.people: dict[int, list[int]] = {}
        self.busy: set[tuple[int, date]] = set()

    def free(self, agency: int, name: str, day: date) -> int:
        """A lead of this agency who has nothing else that day; each has completed the course."""
        for person in self.people.setdefault(agency, []):
            if (person, day) not in self.busy:
                break
        else:
            person = self._one_more(agency, name)
        self.busy.add((person, day))
        return person

    def keep_free(self, people: Iterable[int], day: date) -> None:
        """These have nothing that day: whoever is offered a post then is who has an account."""
        self.busy.update((person, day) for person in people)

    def first(self, agency: int, name: str) -> int:
        return self.people[agency][0] if self.people.get(agency) else self._one_more(agency, name)

    def _one_more(self, agency: int, name: str) -> int:
        people = self.people.setdefault(agency, [])
        title = f"Partner lead {len(people) + 1}, {name}"
        person = appoint(self.rows, title, agency, Post.PARTNER_LEAD, self.operation, own=True)
        self.rows.add(
            Training, person_id=person, course="Recognising a trafficked victim", completed_on=self.trained_on
        )
        people.append(person)
        return person


def accounts(session: Session, people: dict[str, int], now: datetime) -> None:
    """One account a person; they work only while the database holds the exercise alone, on loopback."""
    password_hash = hash_password(PASSWORD)
    session.add_all(
        Account(user_name=name, person_id=person, password_hash=password_hash, exercise=True, created_at=now)
        for name, person in people.items()
    )
