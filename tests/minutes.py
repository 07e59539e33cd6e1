"""A conference about two actions, held and minuted by the verbs that people use; a word of its own in each text."""

from datetime import timedelta

from planner.rules.words import AttendanceState, Decision
from planner.services import answers, attendance, conferences, decisions, minutes, minutes_issue, offers, undertakings
from planner.services.attendance import Seat
from planner.services.undertakings import UndertakingRequest
from tests.builders import DAWN, NOW, World, an_action

FIRST, SECOND = "WM-0001", "WM-0002"
OF_ALL, OF_FIRST, OF_SECOND = "Everybody brings water.", "The back door sticks.", "Two vans are needed."
REASONS = {FIRST: "Care stands for the first.", SECOND: "Care stands for the second."}
OPTIONS, DISSENT = "To wait a week was rejected.", "We would rather wait."
PLEDGES = {FIRST: "Screening room is ready", SECOND: "A second driver is found"}
VENUE, LINK = "The blue room", "https://meet.example.org/blue"
AGENDA = "Victim care\nTactical options\nMedia"
EVERYTHING = (OF_ALL, OF_FIRST, OF_SECOND, *REASONS.values(), OPTIONS, DISSENT, *PLEDGES.values())
CAME = ("force", "ngo", "health")


def convened(world: World) -> int:
    """Health has a post at the first action, the NGO at the second, and children's services at none."""
    for reference, day in ((FIRST, 0), (SECOND, 1)):
        at = DAWN + timedelta(days=day)
        an_action(world, reference, starts_at=at, ends_at=at + timedelta(hours=3))
    _accepted(world, FIRST, "medical_lead", "health", "health")
    _accepted(world, SECOND, "first_responder", "ngo", "partner")
    with world.desk("cell").writing() as work:
        terms = conferences.Terms(agenda=AGENDA, join_link=LINK)
        request = conferences.ConveneRequest(
            (FIRST, SECOND), NOW, NOW + timedelta(hours=1), (*CAME, "children"), "minuted", venue=VENUE, terms=terms
        )
        return conferences.convene(work, request).id or 0


def _accepted(world: World, reference: str, role: str, agency: str, lead: str) -> None:
    with world.desk("silver").writing() as work:
        number = offers.offer_role(work, offers.OfferRequest(reference, role, agency, role)).id or 0
    with world.desk(lead).writing() as work:
        answers.answer_offer(work, number, accept=True)


def meet(world: World, number: int) -> None:
    """Three come and accept confidentiality; children's services send apologies."""
    came = [Seat(code, AttendanceState.ATTENDED, True, code == "ngo", True) for code in CAME]
    away = Seat("children", AttendanceState.APOLOGIES, False, False, False)
    with world.desk("cell").writing() as work:
        attendance.record_attendance(work, number, [*came, away])


def say(world: World, number: int, text: str, *, about: str | None = None, instead_of: int | None = None) -> int:
    with world.desk("cell").writing() as work:
        request = minutes.LineRequest(number, 1, text, f"{text} {instead_of}", about, instead_of)
        return minutes.type_line(work, request).id or 0


def talk(world: World, number: int) -> None:
    """The agenda is opened, and everything said and decided that can be."""
    with world.desk("cell").writing() as work:
        minutes.open_agenda(work, number)
    for text, about in ((OF_ALL, None), (OF_FIRST, FIRST), (OF_SECOND, SECOND)):
        say(world, number, text, about=about)
    for reference, reasons in REASONS.items():
        with world.desk("cell").writing() as work:
            decisions.decide(work, number, reference, Decision.PROCEED, reasons=reasons, options=OPTIONS)
    with world.desk("cell").writing() as work:
        decisions.dissent(work, number, SECOND, "health", DISSENT)
    for agency, reference in (("health", FIRST), ("ngo", SECOND)):
        with world.desk("cell").writing() as work:
            due = NOW + timedelta(hours=30)
            request = UndertakingRequest(number, agency, PLEDGES[reference], due, action=reference)
            undertakings.add_undertaking(work, request)


def issue(world: World, number: int, note: str = "") -> int:
    with world.desk("cell").writing() as work:
        return minutes_issue.issue_minutes(work, number, note=note).id or 0


def minuted(world: World) -> tuple[int, int]:
    """The conference and its first issue."""
    number = convened(world)
    meet(world, number)
    talk(world, number)
    return number, issue(world, number)
