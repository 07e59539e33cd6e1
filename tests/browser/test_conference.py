"""A conference for a strike day of five actions, from the form that convenes it to its minutes and what is owed."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader
from sqlmodel import Session, col, select

from planner.db import Database
from planner.models.accounts import Account
from planner.models.conferences import Conference, ConferenceSeries, Undertaking
from planner.models.directory import Agency, Appointment, Person
from planner.models.operations import Action, Operation
from planner.models.roles import RoleOffer
from planner.rules.windows import local
from planner.rules.words import AgencyKind, OfferState, Post
from planner.services import copying, strike_days
from planner.work import Desk, utc_now
from tests.browser.conftest import PHONE, ROOT, settled
from tests.browser.stage import REFERENCE, enter, exercise_at
from tests.browser.walk import PATIENCE_MS, PLANNER, Exercise, Visitor, gate_says, person
from tests.replies import a_letter

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
FIVE = tuple(f"STRIKE-{number}" for number in range(1, 6))
COUNCIL, FORCE, CHILDREN = "council", "WMI", "X-CHILD-west_midlands"
BY_MAIL = {code: f"{code.lower().replace('_', '-')}@example.org" for code in (COUNCIL, FORCE, CHILDREN)}
DEPUTY = "Duty manager, health service"
OF_ONE, OF_ANOTHER, OF_ALL = "The back door sticks at the first.", "Two vans at the second.", "Everybody brings water."


class Told(NamedTuple):
    """What the steps hand on."""

    exercise: Exercise
    cell: Visitor
    number: int


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exercise]:
    with exercise_at(tmp_path_factory.mktemp("conference"), actions=40, prepare=_prepare) as exercise:
        yield exercise


def _prepare(exercise: Exercise) -> None:
    """Five actions on a strike day; a council without any agreement; three agencies with a mailbox."""
    silver, cell = (Desk(exercise.database, person(exercise, who)) for who in ("silver", "cell"))
    start = utc_now().replace(hour=6, minute=0, second=0, microsecond=0) + timedelta(days=9)
    for reference in FIVE:
        with silver.writing() as work:
            asked = copying.CopyRequest(REFERENCE, start, start + timedelta(hours=3), reference)
            number = copying.copy_action(work, asked).id
        with exercise.database.write() as session:  # a name that the test can point at
            session.execute(sa.update(Action).where(col(Action.id) == number).values(reference=reference))
    with exercise.database.write() as session:
        operation = session.exec(select(Operation)).one()
        _council(session, operation)
        health = session.exec(select(Agency.id).where(Agency.code == "X-HEALTH-west_midlands")).one()
        session.add(Person(title=DEPUTY, agency_id=health or 0))
        for code, mailbox in BY_MAIL.items():
            session.execute(sa.update(Agency).where(col(Agency.code) == code).values(mailbox=mailbox))
    with cell.writing() as work:
        request = strike_days.StrikeDayRequest(operation.code, "Dawn", local(start).date(), FIVE)
        strike_days.set_strike_day(work, request)
    _account(exercise.database)


def _council(session: Session, operation: Operation) -> None:
    """Its lead has accepted a post at the first action, and nothing was ever agreed with it."""
    home = session.exec(select(Agency).where(Agency.code == FORCE)).one()
    kind = AgencyKind.LOCAL_AUTHORITY
    council = Agency(code=COUNCIL, name="Council (fictional)", kind=kind, region=home.region, fictional=True)
    session.add(council)
    session.flush()
    lead = Person(title="Lead, Council", agency_id=council.id or 0)
    session.add(lead)
    session.flush()
    session.add(
        Appointment(person_id=lead.id or 0, post=Post.PARTNER_LEAD, operation_id=operation.id, agency_id=council.id)
    )
    offer = session.exec(
        select(RoleOffer).join(Action, col(Action.id) == col(RoleOffer.action_id)).where(Action.reference == REFERENCE)
    ).first()
    first = session.exec(select(Action).where(Action.reference == FIVE[0])).one()
    assert offer is not None
    kept = offer.model_dump(exclude={"id", "request_key", "commitment_id", "telephone_by"})
    own = {"action_id": first.id, "agency_id": council.id, "lead_id": lead.id, "state": OfferState.ACCEPTED}
    session.add(RoleOffer(**(kept | own)))


def _account(database: Database) -> None:
    """With the exercise's own password, which nobody could choose."""
    with database.write() as session:
        lead = session.exec(select(Person.id).where(Person.title == "Lead, Council")).one()
        other = session.exec(select(Account).where(Account.user_name == "partner")).one()
        kept = other.model_dump(exclude={"id", "user_name", "person_id"})
        session.add(Account(**(kept | {"user_name": "council", "person_id": lead})))


@pytest.fixture
def sits(at_width: Callable[..., BrowserContext], exercise: Exercise) -> Callable[[str], Visitor]:
    def sit(who: str, size: tuple[int, int] | None = None) -> Visitor:
        page = enter(at_width(*((size, "light") if size else ())), exercise, who).new_page()
        page.set_default_timeout(PATIENCE_MS)
        return Visitor(page, exercise.address)

    return sit


def test_a_strike_day_is_conferred_on_from_the_invitation_to_what_is_owed(
    sits: Callable[..., Visitor], exercise: Exercise, tmp_path: Path
) -> None:
    cell = sits("cell")
    told = Told(exercise, cell, convene(cell, exercise))
    answer_by_mail(told, tmp_path)
    answer_on_their_pages(sits, told)
    meet(told)
    talk(told)
    owe(told)
    decide(told)
    issue(told)
    read_the_copies(sits, told, tmp_path)


def convene(cell: Visitor, exercise: Exercise) -> int:
    cell.open("conferences", "Convene")
    cell.choose("For what", "Strike day Dawn")
    cell.press("Convene")
    cell.is_told("The conference is convened for 5 actions.")
    with exercise.database.read() as session:
        strike = select(Conference).where(col(Conference.strike_day_id).is_not(None))
        return session.exec(strike).one().id or 0


def answer_by_mail(told: Told, folder: Path) -> None:
    """Three accept, as their mail programs write it; the mailbox is read by the command."""
    with told.exercise.database.read() as session:
        uid = session.exec(select(ConferenceSeries.calendar_uid).join(Conference).where(Conference.id == told.number))
        uid_now = uid.one()
    box = folder / "replies"
    for name in ("cur", "new", "tmp"):
        (box / name).mkdir(parents=True)
    stamp = f"{utc_now():%Y%m%dT%H%M%SZ}"
    for number, mailbox in enumerate(BY_MAIL.values()):
        letter = a_letter(mailbox, uid=uid_now, attendee=mailbox, stamp=stamp)
        (box / "new" / f"{number}.eml").write_bytes(letter)
    ended = subprocess.run(
        [sys.executable, "-c", PLANNER, "replies", "--maildir", str(box)],
        cwd=ROOT,
        env={**os.environ, "PLANNER_VAR": str(told.exercise.var)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def answer_on_their_pages(sits: Callable[..., Visitor], told: Told) -> None:
    """The partner comes and accepts confidentiality; health cannot, and sends a deputy of its own."""
    partner = sits("partner", PHONE)
    partner.open("my_part")
    mine = _invitation(partner.page, told)
    mine.get_by_role("button", name="We come").click()
    partner.is_told("It is kept: you are expected.")
    _unfold(partner.page, _invitation(partner.page, told), "Confidentiality, before the agenda opens")
    _invitation(partner.page, told).get_by_role("button", name="We accept this").click()
    partner.is_told("It is kept: you accepted confidentiality")
    health = sits("health", PHONE)
    health.open("my_part")
    _unfold(health.page, _invitation(health.page, told), "We cannot come…")
    health.fill("Why, or who speaks for you, by post", "On leave.")
    health.choose("A deputy of your own", DEPUTY)
    _invitation(health.page, told).get_by_role("button", name="Send our apologies").click()
    health.is_told("Your apologies are kept, and the chair is told.")


def _invitation(page: Page, told: Told):  # type: ignore[no-untyped-def]
    return page.locator(f".st-key-invited-{told.number}")


def _unfold(page: Page, within, name: str) -> None:  # type: ignore[no-untyped-def]
    within.get_by_text(name).click()
    settled(page)


def meet(told: Told) -> None:
    """The answers stand on the chair's screen; the light turns once enough are there who may commit."""
    cell = told.cell
    cell.open(f"conferences?conference={told.number}")
    cell.is_told("5 agencies invited: 4 come, 1 sends a deputy.")
    expect(cell.page.get_by_text("✕ Not quorate")).to_be_visible()
    cell.tick("It is held now, earlier than convened")
    for agency in ("Support partner", "Council", "West Midlands Police", "Children's service"):
        cell.seat(agency, advocate=agency == "Support partner")
    expect(cell.page.get_by_text("✓ Quorate")).to_be_visible()
    cell.press("Open the agenda")
    cell.is_told("The agenda is open.")


def talk(told: Told) -> None:
    for about, text in ((FIVE[0], OF_ONE), (FIVE[1], OF_ANOTHER), ("", OF_ALL)):
        told.cell.page.get_by_label("About", exact=True).first.select_option(about)
        told.cell.page.get_by_label("What is said").fill(text)
        told.cell.page.get_by_label("What is said").press("Enter")
        told.cell.is_told(text)
    expect(told.cell.page.locator(".lines li")).to_have_count(0)


def owe(told: Told) -> None:
    """Typed in one line, for one action; then its hour passes."""
    cell = told.cell
    cell.choose("For", FIVE[1])
    cell.fill("Undertaking, in one line", "Support: screening room by tomorrow 12:00, before action")
    cell.press("Add the undertaking")
    cell.is_told("kept, and the agency is told.")
    with told.exercise.database.write() as session:
        over = sa.update(Undertaking).where(col(Undertaking.conference_id) == told.number)
        session.execute(over.values(due_at=utc_now() - timedelta(hours=1)))


def decide(told: Told) -> None:
    """Each proceeds; then the gate of exactly one still waits for what is owed."""
    cell = told.cell
    for reference in FIVE:
        cell.open(f"conferences?conference={told.number}")
        matter = cell.page.locator('[data-testid="stExpander"]').filter(has_text=reference).first
        matter.locator("summary").click()
        settled(cell.page)
        cell.fill("Reasons", "Care is there.", within=matter)
        matter.get_by_role("button", name="Record the decision").click()
        cell.is_told("The decision is recorded.")
    checks = {reference: _check(told, reference) for reference in FIVE}
    assert [ref for ref, (state, _) in checks.items() if state != "met"] == [FIVE[1]]
    assert checks[FIVE[1]][1].startswith("1 undertaking overdue: screening room (Support partner")


def _check(told: Told, reference: str) -> tuple[str, str]:
    _, gate = gate_says(told.exercise, reference)
    found = next(item for item in gate["findings"] if item["check"] == "conference")
    return found["state"], found["sentence"]


def issue(told: Told) -> None:
    told.cell.open(f"conferences?conference={told.number}")
    told.cell.press("Issue the minutes")
    told.cell.is_told("The minutes are issued")


def read_the_copies(sits: Callable[..., Visitor], told: Told, folder: Path) -> None:
    """The cell's copy has everything; the council, with which nothing is agreed, has logistics alone."""
    why = "For the briefing"
    whole = _pdf(told.cell, f"minutes/1.pdf/{why}", folder / "cell.pdf")
    council = sits("council", PHONE)
    council.open("my_part")
    own = _pdf(council, "minutes/1.pdf/Our agency's copy", folder / "council.pdf")

    assert [text in whole for text in (OF_ONE, OF_ANOTHER, OF_ALL)] == [True, True, True]
    assert [text in own for text in (OF_ONE, OF_ANOTHER, OF_ALL, "screening room")] == [False] * 4
    assert "Council (fictional)" in own
    council.press("We have it: take receipt")
    council.is_told("receipt")


def _pdf(visitor: Visitor, path: str, file: Path) -> str:
    """The words of a file, as a browser that is signed in fetches it."""
    answer = visitor.page.context.request.get(f"{visitor.address}/files/{path}")
    assert answer.ok, answer.status
    file.write_bytes(answer.body())
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
