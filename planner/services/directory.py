"""People and the posts they hold: kept by the cell."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from planner.access import Verb, agency_named, held_for, may, require
from planner.errors import InputError, NotAllowed, NotFound, Refused
from planner.models.accounts import Account, Invitation
from planner.models.directory import Agency, Appointment, Person, Region
from planner.models.operations import Operation
from planner.rules.access import PARTNERS
from planner.rules.sign_in_steps import StepKind
from planner.rules.words import AgencyKind, Post
from planner.services.sessions import end_sessions
from planner.services.sign_in import next_step
from planner.services.stand_ins import end_with_lead
from planner.services.texts import needed_text
from planner.work import Work

# A post of an agency reaches that agency alone; without its agency it would reach every force.
OF_AN_AGENCY = frozenset({Post.GOLD, Post.SILVER, Post.LOGGIST, Post.PARTNER_LEAD, Post.PROVIDER_LEAD})
SEATS = {
    Post.NATIONAL_GOLD: AgencyKind.NATIONAL_CELL,
    Post.CELL: AgencyKind.NATIONAL_CELL,
    Post.GOLD: AgencyKind.POLICE_FORCE,
    Post.SILVER: AgencyKind.POLICE_FORCE,
    Post.PROVIDER_LEAD: AgencyKind.CARE_PROVIDER,
}


@dataclass(frozen=True)
class PostRequest:
    """What somebody is appointed to; the operation by its code, the region by its."""

    post: Post
    operation: str | None = None
    region: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if self.post is Post.REGIONAL_CELL and self.region is None:
            raise InputError("A regional cell's post needs its region.")
        if self.post in OF_AN_AGENCY and self.operation is None:
            raise InputError(f"The post {self.post.replace('_', ' ')} is held in an operation: name it.")
        if self.post is Post.DELEGATE:
            raise InputError("Nobody is appointed as a delegate: the commander names one on the Go-ahead page.")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise InputError("The post ends before it begins. Check the two days.")


def add_person(work: Work, title: str, agency: str, request: PostRequest) -> Person:
    """Somebody known by a post's title, with the post they hold."""
    said = needed_text(title, "The person's title, such as “Duty officer, East”,", most=120)
    require(work, Verb.MANAGE_DIRECTORY, ref=said)
    if work.session.exec(select(Person.id).where(Person.title == said)).first() is not None:
        raise Refused(f"{said} is in the directory already. Give a title of its own.")
    person = Person(title=said, agency_id=agency_named(work, agency).id or 0)
    work.session.add(person)
    work.session.flush()
    work.record("add_person", f"{said} was added to the directory.", kind="person", ref=said)
    appoint(work, said, request)
    return person


def appoint(work: Work, title: str, request: PostRequest) -> Appointment:
    """Give a post: within one's own operation, never to oneself, and administrators only by an administrator."""
    require(work, Verb.APPOINT, ref=title)
    person = person_titled(work, title)
    operation_id = _operation(work, request.operation)
    if person.id == work.actor.person_id:
        raise NotAllowed("Nobody appoints themselves: ask another duty officer of the cell.")
    if request.post is Post.ADMINISTRATOR:
        require(work, Verb.MANAGE_ACCOUNTS, ref=title)
    _check_invited_by_another(work, person, request.post)
    if not _appoints_in(work, operation_id):
        raise NotAllowed("You appoint within your own operation only: name it, or ask the national cell.")
    agency = work.session.get_one(Agency, person.agency_id)
    _check_seat(work, agency, request)
    made = Appointment(
        person_id=person.id or 0,
        post=request.post,
        operation_id=operation_id,
        region=request.region,
        agency_id=agency.id if request.post in OF_AN_AGENCY else None,
        valid_from=request.valid_from,
        valid_to=request.valid_to,
    )
    work.session.add(made)
    work.session.flush()
    _end_weaker_sessions(work, person)
    words = request.post.replace("_", " ")
    work.record("appoint", f"{title} was appointed {words}.", kind="person", ref=title, operation=request.operation)
    work.notify(f"You were appointed {words}.", person_id=person.id)
    return made


def _check_invited_by_another(work: Work, person: Person, post: Post) -> None:
    """Whom the cell brought in by itself is a partner: making more of them takes somebody else, so always two."""
    if post in PARTNERS or may(work, Verb.MANAGE_ACCOUNTS):
        return
    links = select(Invitation.token_hash).where(
        Invitation.person_id == person.id,
        Invitation.made_by == work.actor.person_id,
        col(Invitation.revoked_at).is_(None),
    )
    if work.session.exec(links).first() is not None:
        words = post.replace("_", " ")
        raise NotAllowed(
            f"You invited {person.title} as a partner: another duty officer of the cell must appoint them {words}."
        )


def _end_weaker_sessions(work: Work, person: Person) -> None:
    """Whose new post asks for a second factor and who has none signs in anew, and sets one up."""
    query = select(Account).where(Account.person_id == person.id, col(Account.closed_at).is_(None))
    account = work.session.exec(query.with_for_update()).first()
    if account is not None and next_step(work.session, account) is StepKind.SET_UP:
        end_sessions(work, account)


def _appoints_in(work: Work, operation_id: int | None) -> bool:
    """A post of no operation reaches all of them: only who is tied to none gives or ends one."""
    if operation_id is None:
        return None in {held.operation_id for held in held_for(work, Verb.APPOINT)}
    return may(work, Verb.APPOINT, operation_id=operation_id)


def _check_seat(work: Work, agency: Agency, request: PostRequest) -> None:
    kind = SEATS.get(request.post)
    if kind is not None and agency.kind is not kind:
        words, seat = request.post.replace("_", " "), kind.replace("_", " ")
        raise InputError(f"The post {words} belongs to a {seat}; {agency.name} is none.")
    if request.region is not None and work.session.get(Region, request.region) is None:
        raise InputError(f"There is no region {request.region}. Choose one of the list.")


def end_posts(work: Work, title: str, last_day: date) -> int:
    """The posts of a person in one's own operations end with this day; returns how many."""
    require(work, Verb.APPOINT, ref=title)
    person = person_titled(work, title)
    rows = work.session.exec(select(Appointment).where(Appointment.person_id == person.id)).all()
    open_ = [row for row in rows if row.valid_to is None or row.valid_to > last_day]
    ending = [row for row in open_ if _appoints_in(work, row.operation_id)]
    if open_ and not ending:
        raise NotAllowed("You end posts within your own operation only: ask the national cell for the others.")
    for row in ending:
        row.valid_to = last_day
        work.session.add(row)
    if any(row.post is Post.PROVIDER_LEAD for row in ending):
        work.session.flush()
        end_with_lead(work, person.id, last_day)
    work.record("end_posts", f"{title}: {len(ending)} posts end on {last_day:%-d %B %Y}.", kind="person", ref=title)
    return len(ending)


def person_titled(work: Work, title: str) -> Person:
    person = work.session.exec(select(Person).where(Person.title == title, col(Person.active))).first()
    if person is None:
        raise NotFound(f"There is nobody called {title} in the directory.")
    return person


def _operation(work: Work, code: str | None) -> int | None:
    if code is None:
        return None
    found = work.session.exec(select(Operation.id).where(Operation.code == code)).first()
    if found is None:
        raise NotFound(f"There is no operation {code}, or none that you can open.")
    return found
