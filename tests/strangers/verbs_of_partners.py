"""The verbs of posts offered and of case conferences."""

from datetime import timedelta
from typing import Any

from planner.inputs.replies import read_incoming
from planner.rules.invitation_words import InvitationAnswer
from planner.rules.words import AttendanceState, Decision
from planner.services import (
    answers,
    attendance,
    chasing,
    commitments,
    conditions,
    conference_answers,
    conference_changes,
    conference_people,
    conference_replies,
    conferences,
    decisions,
    handovers,
    offers,
    undertakings,
)
from planner.work import Work
from tests.builders import DAWN, NOW
from tests.replies import HEALTH, a_reply
from tests.strangers import scene
from tests.strangers.scene import REFERENCE
from tests.strangers.verbs import HOUR, Verb


def _seats(work: Work, number: Any) -> object:
    seat = attendance.Seat("force", AttendanceState.ATTENDED, True, False, True)
    return attendance.record_attendance(work, number, [seat], held_now=True)


def _undertake(work: Work, number: Any) -> object:
    request = undertakings.UndertakingRequest(number, "ngo", "Be there by five", NOW + 9 * HOUR)
    return undertakings.add_undertaking(work, request)


def _convene(work: Work, reference: Any) -> object:
    at = NOW + 5 * HOUR
    return conferences.convene(work, conferences.ConveneRequest((reference,), at, at + HOUR, ("ngo",), "new"))


def _ask(work: Work, reference: Any) -> object:
    return offers.ask_agencies(work, offers.AskRequest(reference, "first_responder", ("children",), "new"))


def _commit(work: Work, region: Any) -> object:
    first = NOW.date()
    request = commitments.CommitRequest("first_responder", region, (2,), 1, first, first + timedelta(days=30))
    return commitments.make_commitment(work, request)


PARTNERS = (
    Verb(
        "offer_role",
        "silver",
        "action",
        lambda w, x: offers.offer_role(w, offers.OfferRequest(x, "first_responder", "children", "new")),
    ),
    Verb("answer_offer", "health", "offer", lambda w, x: answers.answer_offer(w, x, accept=False, reason="Ill.")),
    Verb("withdraw_acceptance", "health", "offer", lambda w, x: answers.withdraw_acceptance(w, x, reason="Ill.")),
    Verb("withdraw_offer", "silver", "offer", lambda w, x: offers.withdraw_offer(w, x, reason="We found another.")),
    Verb(
        "answer_condition",
        "silver",
        "condition",
        lambda w, x: conditions.answer_condition(w, x, met=True, answer="It is paid."),
        scene.conditional,
    ),
    Verb(
        "change_condition",
        "silver",
        "condition",
        lambda w, x: conditions.change_condition(w, x, changed_to="Half of it paid", answer="The fund is small."),
        scene.conditional,
    ),
    Verb(
        "confirm_condition",
        "health",
        "condition",
        lambda w, x: conditions.confirm_condition(w, x, agrees=True),
        scene.condition_met,
    ),
    Verb(
        "report_broken",
        "health",
        "condition",
        lambda w, x: conditions.report_broken(w, x, "It was not paid."),
        scene.conditional,
        at=DAWN + HOUR,
    ),
    Verb("ask_agencies", "silver", "action", _ask),
    Verb("accept_all", "children", "asked", lambda w, x: answers.accept_all(w, [(x, 1)]), scene.asked),
    Verb("chase", "silver", "asked", lambda w, x: chasing.chase(w, x), scene.asked),
    Verb("chase_all", "silver", "asked", lambda w, x: chasing.chase_all(w, [x]), scene.asked),
    Verb("make_commitment", "partner", "region", _commit),
    Verb(
        "end_commitment",
        "partner",
        "commitment",
        lambda w, x: commitments.end_commitment(w, x),
        scene.committed,
    ),
    Verb("name_deputy", "health", "offer", lambda w, x: handovers.name_deputy(w, x, scene.COLLEAGUE), scene.colleague),
    Verb(
        "hand_over",
        "health",
        "offer",
        lambda w, x: handovers.hand_over(w, x, scene.COLLEAGUE, "On leave."),
        scene.colleague,
    ),
    Verb("convene", "cell", "action", _convene),
    Verb("record_attendance", "cell", "conference", _seats),
    Verb(
        "decide",
        "cell",
        "sitting",
        lambda w, x: decisions.decide(w, x, REFERENCE, Decision.DEFER, reasons="Care first."),
    ),
    Verb(
        "answer_invitation",
        "health",
        "invitation",
        lambda w, x: conference_answers.answer_invitation(w, x, coming=False),
        scene.invited,
    ),
    Verb(
        "set_answer",
        "cell",
        "invitation",
        lambda w, x: conference_answers.set_answer(w, x, "health", InvitationAnswer.ACCEPTED),
        scene.invited,
    ),
    Verb(
        "upload_reply",
        "cell",
        "invitation_uid",
        lambda w, x: conference_replies.upload_reply(w, read_incoming(a_reply(uid=x, attendee=HEALTH))),
        scene.mailed,
    ),
    Verb("put_aside", "cell", "finding", lambda w, x: conference_replies.put_aside(w, x), scene.finding),
    Verb(
        "invite_agencies",
        "cell",
        "conference",
        lambda w, x: conference_people.invite_agencies(w, x, 1, ["children"]),
    ),
    Verb("drop_agency", "cell", "conference", lambda w, x: conference_people.drop_agency(w, x, 1, "ngo")),
    Verb(
        "answer_substitute",
        "cell",
        "invitation",
        lambda w, x: conference_people.answer_substitute(w, x, 1, "health", accept=True),
        scene.substituted,
    ),
    Verb("add_undertaking", "cell", "conference", _undertake),
    Verb("close_undertaking", "health", "undertaking", lambda w, x: undertakings.close_undertaking(w, x)),
    Verb(
        "move_conference",
        "cell",
        "conference",
        lambda w, x: conference_changes.move_conference(w, x, 1, starts_at=NOW + 6 * HOUR, ends_at=NOW + 7 * HOUR),
    ),
    Verb(
        "cancel_conference",
        "cell",
        "conference",
        lambda w, x: conference_changes.cancel_conference(w, x, 1, reason="Nobody can come."),
    ),
)
