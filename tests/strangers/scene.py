"""One action that is ready and asked for, with one of everything that a verb can be about; each by the verb itself."""

from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import col, delete, select

from planner.inputs.replies import read_incoming
from planner.models.arrangements import Arrangement
from planner.models.care import Provider
from planner.models.conference_mail import ConferenceMail, ConferenceReply
from planner.models.conferences import Conference
from planner.models.directory import Agency, Appointment, Person
from planner.models.operations import Action, Clash
from planner.models.roles import Condition
from planner.rules.words import AgencyKind, ArrangementKind, Nation, Need, Post, Profile
from planner.services import (
    answers,
    arrangements,
    care,
    care_requests,
    care_together,
    clashes,
    commitments,
    compartments,
    conditions,
    conduct,
    conference_answers,
    conference_replies,
    conferences,
    feeds,
    go_ahead,
    invitations,
    mailboxes,
    moving,
    offers,
    reserves,
    stand_ins,
    strike_days,
    telephone,
    undertakings,
)
from planner.services.accounts import add_account
from planner.services.sessions import hash_of
from planner.work import Desk
from tests import ready
from tests.builders import DAWN, FIRST_NIGHT, NOW, World, an_action
from tests.partners import a_lead
from tests.replies import HEALTH, a_letter
from tests.web.site import session_of

REFERENCE = ready.REFERENCE
BESIDE = "WM-0002"
PASSWORD = "a long enough password"
Scene = Mapping[str, str | int]
# What stands for each of these in an answer about something that is not there.
MISSING: Scene = {
    "action": "WM-9999",
    "account": "nobody",
    "agency": "no_such_agency",
    "care_provider": "no_such_agency",
    "own_agency": "no_such_agency",
    "force": "no_such_force",
    "operation": "NOP",
    "person": "Nobody, Nowhere",
    "region": "nowhere",
    "role": "no_such_role",
    "session": "f" * 64,
    "unit": "U999",
    "colleague_of_provider": "Nobody, Nowhere",
    "invitation_uid": "no-such-uid",
}
NO_SUCH_NUMBER = 999_999


def set_scene(world: World) -> Scene:
    """The names and numbers of everything, by kind."""
    _others(world)
    answered, hold = ready.make_ready(world)
    with world.desk("silver").writing() as work:
        go_ahead.request_go_ahead(work, REFERENCE)
    return {
        "action": REFERENCE,
        "session": hash_of(session_of(world.database, "gold", NOW)),
        "account": "gold",
        "agency": "ngo",
        "own_agency": "health",
        "care_provider": "provider",
        "force": "force",
        "operation": "OP1",
        "person": "Silver, West Midlands",
        "region": "wm",
        "role": "medical_lead",
        "unit": "U1",
        "offer": answered["medical_lead"],
        "hold": hold,
        "held": _held(world),
        "arrangement": _arrangement(world),
        "conference": _conference(world, "later"),
        "sitting": _sitting(world),
        "undertaking": _undertaking(world),
        "reserve": _reserve(world),
    }


def _others(world: World) -> None:
    """A cell officer tied to no operation, another provider with its lead, and an account to close."""
    with world.database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.CELL))
        kind = AgencyKind.CARE_PROVIDER
        agency = Agency(code="other_provider", name="Other provider", kind=kind, nation=Nation.ENGLAND, region="wm")
        session.add(agency)
        session.flush()
        person = Person(title="Other provider's lead", agency_id=agency.id or 0)
        session.add_all([Provider(agency_id=agency.id or 0), person])
        session.flush()
        post = Post.PROVIDER_LEAD
        session.add(Appointment(person_id=person.id or 0, post=post, operation_id=world.operation, agency_id=agency.id))
        world.people["other_provider"] = person.id or 0
        administrator = Person(title="Administrator", agency_id=agency.id or 0)
        session.add(administrator)
        session.flush()
        session.add(Appointment(person_id=administrator.id or 0, post=Post.ADMINISTRATOR))
        world.people["administrator"] = administrator.id or 0
    with Desk(world.database, clock=lambda: NOW).writing() as work:
        add_account(work, "gold", world.people["gold"], PASSWORD)


def _held(world: World) -> int:
    """A booking that its provider has still to confirm."""
    with world.desk("silver").writing() as work:
        request = care.HoldRequest(REFERENCE, "U1", ((Profile.WOMAN, Need.NONE, 1),), "held")
        return care.hold_places(work, request).id or 0


def _arrangement(world: World) -> int:
    with world.desk("silver").reading() as look:
        kind = Arrangement.kind == ArrangementKind.TRANSPORT
        return look.session.exec(select(Arrangement.id).where(kind)).one() or 0


def invited(world: World, scene: Scene) -> Scene:
    """A conference to which one partner is invited and the other is not."""
    return {**scene, "invitation": _conference(world, "invited", "health")}


def mailed(world: World, scene: Scene) -> Scene:
    """The invited partner has a mailbox, and its calendar knows the conference by its UID."""
    now = invited(world, scene)
    with world.desk("cell").writing() as work:
        mailboxes.set_agency_mailbox(work, "health", HEALTH)
        m = ConferenceMail
        uid = work.session.exec(select(m.calendar_uid).where(m.conference_id == now["invitation"])).first()
    return {**now, "invitation_uid": uid or ""}


def finding(world: World, scene: Scene) -> Scene:
    """A stranger answered for the partner."""
    now = mailed(world, scene)
    letter = a_letter("stranger@example.org", uid=now["invitation_uid"])
    with Desk(world.database, clock=lambda: NOW).writing() as work:
        conference_replies.take_reply(work, read_incoming(letter))
        return {**now, "finding": work.session.exec(select(ConferenceReply.id)).one() or 0}


def substituted(world: World, scene: Scene) -> Scene:
    """The invited partner cannot come, and proposes another agency in its place."""
    now = invited(world, scene)
    with world.desk("health").writing() as work:
        number = int(now["invitation"])
        conference_answers.answer_invitation(work, number, coming=False, why="Ill.", substitute="ngo")
    return now


def _conference(world: World, key: str, partner: str = "ngo") -> int:
    """A conference that is convened and not held."""
    with world.desk("cell").writing() as work:
        at = NOW + timedelta(hours=4)
        request = conferences.ConveneRequest((REFERENCE,), at, at + timedelta(hours=1), ("force", partner), key)
        return conferences.convene(work, request).id or 0


def _sitting(world: World) -> int:
    """The conference at which everybody was there."""
    with world.desk("cell").reading() as look:
        return look.session.exec(select(Conference.id).order_by(col(Conference.id))).first() or 0


def _undertaking(world: World) -> int:
    with world.desk("cell").writing() as work:
        request = undertakings.UndertakingRequest(
            _sitting(world), "health", "Screening room ready", NOW + timedelta(hours=9), before_action=False
        )
        return undertakings.add_undertaking(work, request).id or 0


def _reserve(world: World) -> int:
    with world.desk("care_lead").writing() as work:
        request = reserves.ReserveRequest("OP1", "wm", 2, "Thirty weak premises.", "reserve")
        return reserves.set_reserve(work, request).id or 0


def give(world: World, scene: Scene) -> Scene:
    """The go-ahead stands."""
    with world.desk("gold").writing() as work:
        go_ahead.give_go_ahead(work, REFERENCE)
    return scene


def invite(world: World, scene: Scene) -> Scene:
    """A link is out."""
    with world.desk("administrator").writing() as work:
        invitations.invite(work, str(scene["person"]), None)
    return scene


def begin(world: World, scene: Scene) -> Scene:
    """The teams move at dawn."""
    check(world, give(world, scene))
    with world.desk("silver", DAWN).writing() as work:
        conduct.begin_action(work, REFERENCE)
    return scene


def allow_feeds(world: World, scene: Scene) -> Scene:
    """Its assessment is noted."""
    with world.desk("cell").writing() as work:
        feeds.allow_feeds(work, str(scene["operation"]), "DPIA 1")
    return scene


def telephoned(world: World, scene: Scene) -> Scene:
    """The provider gave places by telephone."""
    begin(world, scene)
    with world.desk("silver", DAWN).writing() as work:
        row = telephone.note_places(work, telephone.TelephoneRequest(REFERENCE, str(scene["unit"]), 2, "said"))
        return {**scene, "telephone": row.id or 0}


def check(world: World, scene: Scene) -> Scene:
    """The go-ahead stands, and clashes were looked for within the day."""
    with world.desk("silver", DAWN - timedelta(hours=12)).writing() as work:
        clashes.run_clash_check(work, REFERENCE)
    return scene


def clashing(world: World, scene: Scene) -> Scene:
    """Another action is near."""
    other = an_action(world, "WM-0911")
    with world.database.write() as session:
        mine = session.exec(select(Action.id).where(Action.reference == REFERENCE)).one() or 0
        session.add(Clash(first_id=min(mine, other), second_id=max(mine, other), fingerprint="mark"))
    return scene


def given_and_checked(world: World, scene: Scene) -> Scene:
    """Nothing stands between the teams and the door."""
    return check(world, give(world, scene))


def suspend(world: World, scene: Scene) -> Scene:
    """The go-ahead is suspended, and what suspended it is mended."""
    give(world, scene)
    with world.desk("provider").writing() as work:
        care.take_back(work, int(scene["hold"]), "The house must close.")
    with world.desk("silver").writing() as work:
        request = care.HoldRequest(REFERENCE, "U1", ((Profile.WOMAN, Need.NONE, 2),), "again")
        number = care.hold_places(work, request).id or 0
    with world.desk("provider").writing() as work:
        care.confirm_hold(work, number)
    return scene


def closed(world: World, scene: Scene) -> Scene:
    """The action is closed to its Gold alone."""
    with world.desk("gold").writing() as work:
        compartments.close_to(work, REFERENCE, [])
    return scene


def orphaned(world: World, scene: Scene) -> Scene:
    """The action is closed to its Gold alone, who holds no post any more."""
    closed(world, scene)
    with world.database.write() as session:
        session.exec(delete(Appointment).where(col(Appointment.person_id) == world.people["gold"]))
    return scene


def unmet(world: World, scene: Scene) -> Scene:
    """A check that can be overridden is unmet."""
    with world.desk("silver").writing() as work:
        arrangements.withdraw_arrangement(work, int(scene["arrangement"]), "The driver is ill.")
    return scene


def overridden(world: World, scene: Scene) -> Scene:
    """Gold set a check aside."""
    unmet(world, scene)
    with world.desk("gold").writing() as work:
        request = go_ahead.OverrideRequest(REFERENCE, "transport", "Vans of the force will do.")
        go_ahead.override_check(work, request)
    return scene


def moved(world: World, scene: Scene) -> Scene:
    """The action moved by a day: what was arranged is to be confirmed again."""
    with world.desk("silver").writing() as work:
        at = DAWN + timedelta(days=1)
        moving.move_action(work, REFERENCE, at, at + timedelta(hours=3), version=ready.version(world))
    return scene


def conditional(world: World, scene: Scene) -> Scene:
    """A partner accepts with a condition."""
    with world.desk("health").writing() as work:
        answers.answer_offer(work, int(scene["offer"]), accept=True, conditions=["Travel paid for"])
    with world.desk("silver").reading() as look:
        return {**scene, "condition": look.session.exec(select(Condition.id)).one() or 0}


def condition_met(world: World, scene: Scene) -> Scene:
    """Silver says that the condition is met; the partner has not agreed yet."""
    scene = conditional(world, scene)
    with world.desk("silver").writing() as work:
        conditions.answer_condition(work, int(scene["condition"]), met=True, answer="It is paid.")
    return scene


def asked(world: World, scene: Scene) -> Scene:
    """An agency is asked for a post and has not answered."""
    with world.desk("silver").writing() as work:
        request = offers.OfferRequest(REFERENCE, "first_responder", "children", "asked")
        return {**scene, "asked": offers.offer_role(work, request).id or 0}


def committed(world: World, scene: Scene) -> Scene:
    """A partner accepts in advance."""
    first = NOW.date()
    request = commitments.CommitRequest("first_responder", "wm", (2,), 1, first, first + timedelta(days=30))
    with world.desk("partner").writing() as work:
        return {**scene, "commitment": commitments.make_commitment(work, request).id or 0}


def offered(world: World, scene: Scene) -> Scene:
    """The provider offers other places in place of what it was asked."""
    other = care_requests.OtherPlaces("U1", ((Profile.WOMAN, Need.NONE, 1),), FIRST_NIGHT, 3, "Another room.")
    with world.desk("provider").writing() as work:
        return {**scene, "offered": care_requests.offer_instead(work, int(scene["held"]), other).id or 0}


def struck(world: World, scene: Scene) -> Scene:
    """The action belongs to a strike day, and another of that day belongs to none."""
    an_action(world, BESIDE)
    with world.desk("cell").writing() as work:
        request = strike_days.StrikeDayRequest("OP1", "Strike day one", DAWN.date(), (REFERENCE,))
        return {**scene, "strike_day": strike_days.set_strike_day(work, request).id or 0}


def contested(world: World, scene: Scene) -> Scene:
    """Two bookings wait for places of the same unit on the same nights."""
    one = ((Profile.WOMAN, Need.NONE, 1),)
    asked = [care.HoldRequest(REFERENCE, "U1", one, key, wait=True) for key in ("first", "second")]
    with world.desk("silver").writing() as work:
        return {**scene, "waiting": care_together.hold_together(work, asked)[1].id or 0}


def colleague(world: World, scene: Scene) -> Scene:
    """A second lead of the agency that holds the offer."""
    with world.desk("cell").reading() as look:
        agency = look.session.get_one(Person, world.people["health"]).agency_id
    a_lead(world, "colleague", agency)
    return scene


COLLEAGUE = "Colleague, West Midlands"


def provider_colleague(world: World, scene: Scene) -> Scene:
    """Somebody else of the provider, who holds no post."""
    title = "Night manager, Provider"
    with world.database.write() as session:
        session.add(Person(title=title, agency_id=world.provider))
    return {**scene, "colleague_of_provider": title}


def stood_in(world: World, scene: Scene) -> Scene:
    """The colleague stands in for the provider's lead."""
    now = provider_colleague(world, scene)
    with world.desk("provider").writing() as work:
        title, until = str(now["colleague_of_provider"]), NOW.date() + timedelta(days=3)
        return {**now, "stand_in": stand_ins.name_stand_in(work, title, world.operation, until).id or 0}
