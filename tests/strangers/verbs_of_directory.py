"""The verbs of operations, people and agencies."""

from datetime import date, time
from typing import Any

from planner.inputs.agencies import AgencyRow
from planner.inputs.availability import AvailabilityRow
from planner.inputs.readings import Reading
from planner.rules.sharing import Category
from planner.rules.training_words import Skill
from planner.rules.words import (
    AgencyKind,
    Marking,
    Nation,
    PhaseKind,
    Post,
)
from planner.services import (
    accounts,
    agreements,
    availability,
    catalogue,
    directory,
    duty_numbers,
    feeds,
    importing_agencies,
    importing_availability,
    invitations,
    legal_holds,
    mailboxes,
    operations,
    sessions,
    training,
)
from planner.work import Work
from tests.builders import World
from tests.sharing import an_agreement
from tests.strangers import scene
from tests.strangers.scene import Scene
from tests.strangers.verbs import MEMBERS, Verb

NINE, FIVE = time(9), time(17)


def _person(work: Work, agency: Any) -> object:
    post = directory.PostRequest(Post.PARTNER_LEAD, "OP1")
    return directory.add_person(work, "A new lead", agency, post)


def _operation(work: Work, agency: Any) -> object:
    request = operations.OperationRequest("OP2", "Operation Two", agency, date(2026, 12, 1), date(2027, 6, 1))
    return operations.create_operation(work, request)


def _phases(work: Work, code: Any) -> object:
    line = operations.PhaseLine(PhaseKind.PREPARATION, date(2026, 10, 1), date(2026, 11, 1))
    return operations.set_phases(work, code, [line])


def _remark(work: Work, code: Any) -> object:
    return operations.remark_operation(work, code, Marking.OFFICIAL_SENSITIVE, "RECIPIENTS ONLY")


def _import_agencies(work: Work, code: Any) -> object:
    row = AgencyRow(2, code, "Some partner", AgencyKind.NGO, (Nation.ENGLAND,))
    return importing_agencies.import_agencies(work, Reading((row,), ()))


def _revise(work: Work, code: Any) -> object:
    request = catalogue.CatalogueRequest("Medical lead", ("Is there.",), (AgencyKind.HEALTH,), code=code)
    return catalogue.revise_role(work, request, "The review asked for it.")


def _held(world: World, now: Scene) -> Scene:
    with world.desk("cell").writing() as work:
        legal_holds.set_legal_hold(work, "OP1", "The coroner asked.")
    return now


def _agreed(world: World, now: Scene) -> Scene:
    """An agreement with the partner, by its number."""
    with world.desk("cell").writing() as work:
        row = agreements.add_agreement(work, an_agreement("ngo"))
        work.session.flush()
        return {**now, "agreement": row.id or 0}


def _change_agreement(work: Work, number: Any) -> object:
    return agreements.change_agreement(work, number, an_agreement("ngo", Category.DEMAND), version=1)


def _set_hours(work: Work, agency: Any) -> object:
    return availability.set_availability(work, agency, availability.AvailabilityRequest("12345", NINE, FIVE))


def _set_many_hours(work: Work, agency: Any) -> object:
    return availability.set_availabilities(work, [availability.TypedHours(agency, "12345", NINE, FIVE)])


def _import_hours(work: Work, agency: Any) -> object:
    row = AvailabilityRow(2, agency, "12345", NINE, FIVE)
    return importing_availability.import_availability(work, Reading((row,), ()))


DIRECTORY = (
    Verb(
        "close_account",
        "administrator",
        "account",
        lambda w, x: accounts.close_account(w, x, None),
    ),
    Verb("reset_factors", "administrator", "account", lambda w, x: accounts.reset_factors(w, x, None)),
    Verb("end_session", "administrator", "session", lambda w, x: sessions.end_session(w, str(x))),
    Verb("invite", "administrator", "person", lambda w, x: invitations.invite(w, str(x), None)),
    Verb(
        "withdraw_invitation",
        "administrator",
        "person",
        lambda w, x: invitations.withdraw_invitation(w, str(x)),
        scene.invite,
    ),
    Verb("create_operation", "cell", "agency", _operation),
    Verb("set_phases", "cell", "operation", _phases, knows=MEMBERS),
    Verb("remark_operation", "cell", "operation", _remark, knows=MEMBERS),
    Verb("allow_feeds", "cell", "operation", lambda w, x: feeds.allow_feeds(w, x, "DPIA 1"), knows=MEMBERS),
    Verb(
        "stop_feeds",
        "cell",
        "operation",
        lambda w, x: feeds.stop_feeds(w, x, "It is over."),
        scene.allow_feeds,
        knows=MEMBERS,
    ),
    Verb(
        "set_legal_hold",
        "cell",
        "operation",
        lambda w, x: legal_holds.set_legal_hold(w, x, "The coroner asked."),
        knows=MEMBERS,
    ),
    Verb(
        "lift_legal_hold",
        "cell",
        "operation",
        lambda w, x: legal_holds.lift_legal_hold(w, x, "The inquest has ended."),
        _held,
        knows=MEMBERS,
    ),
    Verb("add_person", "cell", "agency", _person),
    Verb("appoint", "cell", "person", lambda w, x: directory.appoint(w, x, directory.PostRequest(Post.LOGGIST, "OP1"))),
    Verb("end_posts", "cell", "person", lambda w, x: directory.end_posts(w, x, date(2026, 12, 1))),
    Verb(
        "add_agreement",
        "cell",
        "agency",
        lambda w, x: agreements.add_agreement(w, an_agreement(x)),
    ),
    Verb("change_agreement", "cell", "agreement", _change_agreement, _agreed),
    Verb(
        "end_agreement",
        "cell",
        "agreement",
        lambda w, x: agreements.end_agreement(w, x, date(2026, 11, 30), "The partner has closed."),
        _agreed,
    ),
    Verb(
        "add_training",
        "cell",
        "person",
        lambda w, x: training.add_training(w, x, "Recognising a victim", date(2026, 9, 1)),
    ),
    Verb(
        "set_training_count",
        "cell",
        "force",
        lambda w, x: training.set_training_count(
            w, x, Skill.RECOGNISING, 12, as_of=date(2026, 11, 1), source="The force's return"
        ),
    ),
    Verb("set_dedicated_team", "cell", "force", lambda w, x: training.set_dedicated_team(w, x, has=True)),
    Verb("set_availability", "health", "own_agency", _set_hours),
    Verb("set_availabilities", "health", "own_agency", _set_many_hours),
    Verb("clear_availability", "health", "own_agency", lambda w, x: availability.clear_availability(w, x)),
    Verb("import_availability", "cell", "agency", _import_hours),
    Verb("set_mailbox", "cell", "person", lambda w, x: mailboxes.set_mailbox(w, x, "desk@example.org")),
    Verb("set_agency_mailbox", "cell", "agency", lambda w, x: mailboxes.set_agency_mailbox(w, x, "desk@example.org")),
    Verb("set_agency_number", "cell", "agency", lambda w, x: duty_numbers.set_agency_number(w, x, "01632 960 001")),
    Verb("revise_role", "cell", "role", _revise),
    Verb("retire_role", "cell", "role", lambda w, x: catalogue.retire_role(w, x, "Another post does it.")),
    Verb("import_agencies", "cell", "agency", _import_agencies),
)
