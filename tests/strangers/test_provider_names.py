"""A care provider's name, its code and its people: known to the care lead and the cell, told to no other planner."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select, update
from streamlit.testing.v1 import AppTest

from planner.access import action_id_of
from planner.db import Database
from planner.errors import Refused
from planner.facts import gates
from planner.models.directory import Agency, Appointment, Person
from planner.models.reference import CatalogueRole
from planner.models.roles import Condition
from planner.rules.sharing import Basis, Category
from planner.rules.words import AttendanceState, Need, Post, Profile
from planner.services import (
    agreements,
    answers,
    attendance,
    care,
    chasing,
    commitments,
    conditions,
    conferences,
    handovers,
    mailboxes,
    offers,
    safeguarding,
    undertakings,
)
from planner.services.reminders import remind
from planner.services.sessions import hash_of
from planner.settings import ROOT
from planner.ui.desk import PAGES
from planner.views.conferences import SeatRow, seats
from planner.views.record import LineFilter, lines
from tests import ready
from tests.builders import DAWN, NOW, World, a_world
from tests.outputs.sheets import taken_by
from tests.partners import a_lead
from tests.strangers.scene import REFERENCE
from tests.web.site import give_account, session_of

NAME, CODE, LEADS = "Lantern House", "lanternhouse", ("Lantern lead", "Lantern second")
CANARIES = (NAME, CODE, *LEADS)
# Planners who may not know which provider is which; at the small size, the pages that each of them alone sees.
NOT_TOLD = {
    "silver": tuple(PAGES),
    "national": ("record", "directory"),
    "administrator": ("accounts",),
    "gold": ("go_ahead",),
    "loggist": ("today",),
}


@dataclass(frozen=True)
class Told:
    """What the provider was asked, and the conference at which it sits."""

    world: World
    offer: int
    conference: int


@pytest.fixture
def told(database: Database) -> Told:
    """An action to which a provider was asked, answered, promised, sat, and was told of, each by its verb."""
    world = _named(a_world(database))
    ready.plan(world)
    hold = _hold(world)
    with world.desk("cell").writing() as work:
        asked = offers.offer_role(work, offers.OfferRequest(REFERENCE, "shelter", CODE, "shelter")).id or 0
    with world.desk("cell", NOW + timedelta(hours=40)).writing() as work:
        remind(work)
    with world.desk("cell").writing() as work:
        chasing.chase(work, asked)
    with world.desk("lead").writing() as work:
        answers.answer_offer(work, asked, accept=True, conditions=["Two hours' notice"])
    _condition(world)
    with world.desk("lead").writing() as work:
        handovers.hand_over(work, asked, LEADS[1], "On leave")
    with world.desk("second").writing() as work:
        handovers.name_deputy(work, asked, LEADS[0])
    with world.desk("second").writing() as work:
        day = NOW.date()
        request = commitments.CommitRequest("shelter", "wm", (2,), 1, day, day + timedelta(days=30))
        commitments.end_commitment(work, commitments.make_commitment(work, request).id or 0)
    conference = _confer(world)
    _directory(world)
    with world.desk("provider").writing() as work:
        care.take_back(work, hold, "The house must close.")
    return Told(world, asked, conference)


def _named(world: World) -> World:
    """The provider under its canaries, with two leads who may commit it, and a post that it may fill."""
    with world.database.write() as session:
        session.exec(update(Agency).where(col(Agency.id) == world.provider).values(name=NAME, code=CODE))
        session.add(
            CatalogueRole(
                code="shelter",
                title="Shelter",
                responsibilities="Is there.",
                agency_kinds="care_provider",
                concerns="numbers",
            )
        )
    for name, title in zip(("lead", "second"), LEADS, strict=True):
        a_lead(world, name, world.provider)
        with world.database.write() as session:
            session.exec(update(Person).where(col(Person.id) == world.people[name]).values(title=title))
    return _with_more_posts(world)


def _with_more_posts(world: World) -> World:
    """A loggist of the force, and an administrator who holds nothing else."""
    with world.database.write() as session:
        for name, post, agency in (("loggist", Post.LOGGIST, world.force), ("administrator", Post.ADMINISTRATOR, None)):
            person = Person(title=f"{name.capitalize()}, West Midlands", agency_id=world.force)
            session.add(person)
            session.flush()
            operation = None if agency is None else world.operation
            session.add(Appointment(person_id=person.id or 0, post=post, operation_id=operation, agency_id=agency))
            world.people[name] = person.id or 0
    return replace(world, people=dict(world.people))


def _hold(world: World) -> int:
    with world.desk("silver").writing() as work:
        request = care.HoldRequest(REFERENCE, "U1", ((Profile.WOMAN, Need.NONE, 2),), "hold")
        number = care.hold_places(work, request).id or 0
    with world.desk("provider").writing() as work:
        care.confirm_hold(work, number)
    return number


def _condition(world: World) -> None:
    with world.desk("cell").reading() as look:
        number = look.session.exec(select(Condition.id)).one() or 0
    with world.desk("silver").writing() as work:
        conditions.answer_condition(work, number, met=True, answer="Agreed.")
    with world.desk("lead").writing() as work:
        conditions.confirm_condition(work, number, agrees=False, why="In writing, please.")
    with world.desk("silver").writing() as work:
        conditions.answer_condition(work, number, met=True, answer="It is written.")
    with world.desk("lead").writing() as work:
        conditions.confirm_condition(work, number, agrees=True)
    with world.desk("lead", DAWN + timedelta(hours=4)).writing() as work:
        conditions.report_broken(work, number, "Nobody rang.")


def _confer(world: World) -> int:
    with world.desk("cell").writing() as work:
        request = conferences.ConveneRequest(
            (REFERENCE,), NOW, NOW + timedelta(hours=1), ("force", "ngo", CODE), "conference"
        )
        number = conferences.convene(work, request).id or 0
    with world.desk("cell").writing() as work:
        request_of = undertakings.UndertakingRequest
        undertakings.add_undertaking(work, request_of(number, CODE, "A room is ready", NOW + timedelta(hours=5)))
    return number


def _directory(world: World) -> None:
    """What the cell keeps of a provider, each line of the record about it alone."""
    with world.desk("cell").writing() as work:
        request = agreements.AgreementRequest(
            CODE, "cell", "ISA 7", "Care", Basis.PUBLIC_TASK, [Category.LOCALITY], NOW.date(), date(2027, 1, 31)
        )
        agreements.add_agreement(work, request)
    with world.desk("cell").writing() as work:
        mailboxes.set_agency_mailbox(work, CODE, "duty@example.org")
    with world.desk("cell").writing() as work:
        mailboxes.set_mailbox(work, LEADS[0], "lead@example.org")
    with world.desk("care_lead").writing() as work:
        what = [Category.LOCALITY]
        request_of = safeguarding.DisclosureRequest
        safeguarding.disclose_urgently(
            work, request_of(REFERENCE, CODE, what, Basis.PUBLIC_TASK, "Somebody must be fetched.")
        )


def drawn_for(world: World, name: str, pages: Iterable[str]) -> dict[str, str]:
    """Everything that pages draw for somebody, by page and tab."""
    give_account(world, name)
    sid, found = hash_of(session_of(world.database, name)), {}
    for page in pages:
        first = _opened(sid, page, None)
        tabs = [tab.label for tab in first.tabs]
        for tab in tabs or [None]:
            drawn = _opened(sid, page, tab)
            assert not drawn.exception, (name, page, tab)
            found[f"{page} {tab}"] = _words(drawn)
    return found


def _opened(sid: str, page: str, tab: str | None) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=30)
    test.user = {"username": "x", "sid": sid}
    test.query_params["ref"] = REFERENCE
    if tab is not None:
        test.query_params["tab"] = test.query_params["show"] = tab
    return test.run()


def _words(page: AppTest) -> str:
    """What is drawn, with the choices and labels of fields."""
    found = []
    for element in page:
        found += [str(getattr(element, name, "")) for name in ("value", "label", "options")]
    return "\n".join(found).replace("\\", "")


def test_no_page_tells_a_planner_which_provider_it_is_and_the_cell_reads_it(
    told: Told, database_url: str, monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)

    for name, pages in NOT_TOLD.items():
        for page, words in drawn_for(told.world, name, PAGES if full else pages).items():
            for canary in CANARIES:
                # Who manages accounts invites people by their titles, and reads no agency of theirs.
                if (name, page.split()[0]) == ("administrator", "accounts") and canary in LEADS:
                    continue
                assert canary.casefold() not in words.casefold(), (name, page, canary)
    everything = "\n".join(drawn_for(told.world, "cell", PAGES if full else ("directory", "record", "action")).values())
    for canary in CANARIES:
        assert canary in everything, canary


def test_the_gate_the_record_and_notices_name_no_provider(told: Told) -> None:
    world = told.world
    with world.desk("second").writing() as work:
        answers.answer_offer(work, told.offer, accept=True, conditions=["A side entrance"])

    for name in ("silver", "gold", "national", "cell"):
        with world.desk(name).reading() as look:
            findings = str(gates(look, [action_id_of(look, REFERENCE)]))
        assert "A care provider" in findings, name
        assert not [canary for canary in CANARIES if canary in findings], name
    with world.desk("national").reading() as look:
        text = str(lines(look, LineFilter()))
    assert text
    assert not [canary for canary in CANARIES if canary in text]


def test_no_sheet_of_any_board_names_a_provider_and_the_cell_s_do(told: Told) -> None:
    found: dict[str, str] = {}
    for name in (*NOT_TOLD, "cell"):
        with told.world.desk(name).reading() as look:
            sheets = taken_by(look)
        if name == "administrator":  # who invites people by their titles, as its page shows them
            invited = sheets.pop("accounts").text
            assert [canary for canary in CANARIES if canary in invited] == [*LEADS]
        found[name] = "\n".join(sheet.text for sheet in sheets.values())

    assert {(name, canary) for name in NOT_TOLD for canary in CANARIES if canary in found[name]} == set()
    assert "A care provider" in found["silver"]
    assert [canary for canary in CANARIES if canary not in found["cell"]] == []


def test_a_hidden_provider_keeps_its_seat_and_silver_records_that_it_came(told: Told) -> None:
    world = told.world
    with world.desk("silver").reading() as look:
        row = next(row for row in seats(look, told.conference) if row.code.startswith("seat "))
    seat = attendance.Seat(row.code, AttendanceState.ATTENDED, True, False, True)

    with world.desk("silver").writing() as work:
        attendance.record_attendance(work, told.conference, [seat])

    assert row.agency == "A care provider"
    assert _came(world, told.conference) == {NAME}


def _came(world: World, conference: int) -> set[str]:
    with world.desk("cell").reading() as look:
        found: tuple[SeatRow, ...] = seats(look, conference)
    return {row.agency for row in found if row.state is AttendanceState.ATTENDED}


def test_a_refusal_names_no_provider_either(told: Told) -> None:
    refused = pytest.raises(Refused, match="Shelter is offered to a care provider already")

    with refused, told.world.desk("cell").writing() as work:
        offers.offer_role(work, offers.OfferRequest(REFERENCE, "shelter", CODE, "again"))
