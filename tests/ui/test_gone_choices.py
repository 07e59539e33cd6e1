"""What is chosen is taken away by somebody else, or another comes before it: no press is for another thing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from sqlmodel import col, delete, select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Multiselect, Selectbox

from planner.models.accounts import Invitation
from planner.models.care import Hold, HoldLine, Unit, UnitZone
from planner.models.directory import Appointment, Person
from planner.models.operations import Operation, StrikeDay
from planner.models.records import RecordLine
from planner.rules.windows import local
from planner.rules.words import HoldState, Need, Outcome, Post, Profile
from planner.services.care import HoldRequest, confirm_hold, hold_places
from planner.services.demand import Line, set_demand
from planner.services.offers import OfferRequest, offer_role
from planner.services.strike_days import StrikeDayRequest, join_strike_day, set_strike_day
from planner.ui import forms
from planner.ui.choices import gone_words
from tests.builders import World, a_unit, an_action
from tests.care import a_person
from tests.partners import a_lead, a_partner, an_offer
from tests.ui.pages import opened, press

SOON = (datetime.now(UTC) + timedelta(days=3)).replace(hour=11, minute=0, second=0, microsecond=0)
DAY = local(SOON).date()


@dataclass(frozen=True)
class Case:
    """A page's field and button; the thing that is chosen, one beside it, and how each comes and goes.

    Things are named by the words in which the record tells of them.
    """

    page: str
    who: str
    tab: str
    field: str
    button: str
    chosen: str
    beside: str
    begin: Callable[[World], object]
    take: Callable[[World], object]
    put: Callable[[World], object]
    why: str = ""


def units(world: World) -> None:
    an_action(world, starts_at=SOON, ends_at=SOON + timedelta(hours=3))
    a_unit_more(world, "U2")


def a_unit_more(world: World, code: str) -> None:
    with world.database.write() as session:
        a_unit(
            session,
            world.provider,
            world.operation,
            code=code,
            places=4,
            first_night=DAY - timedelta(days=2),
            nights=30,
        )


def take_unit(world: World) -> None:
    with world.database.write() as session:
        number = session.exec(select(Unit.id).where(Unit.code == "U1")).one()
        session.exec(delete(UnitZone).where(col(UnitZone.unit_id) == number))


def links(world: World) -> None:
    a_link(world, "health")
    a_link(world, "partner")


def a_link(world: World, name: str) -> None:
    now = datetime.now(UTC)
    link = Invitation(token_hash=name, person_id=world.people[name], created_at=now, expires_at=now + timedelta(days=2))
    with world.database.write() as session:
        session.add(link)


def take_link(world: World) -> None:
    with world.database.write() as session:
        session.get_one(Invitation, "health").revoked_at = datetime.now(UTC)


def deputies(world: World) -> None:
    an_action(world, starts_at=SOON, ends_at=SOON + timedelta(hours=3))
    a_lead(world, "second", world.ngo)
    a_lead(world, "third", world.ngo)
    an_offer(world)


def leaves(name: str) -> Callable[[World], None]:
    def leave(world: World) -> None:
        with world.database.write() as session:
            session.exec(delete(Appointment).where(col(Appointment.person_id) == world.people[name]))

    return leave


def colleagues(world: World) -> None:
    for name in ("Early", "Night"):
        a_person(world, name, world.provider)


def inactive(name: str) -> Callable[[World], None]:
    def leave(world: World) -> None:
        with world.database.write() as session:
            session.get_one(Person, world.people[name]).active = False

    return leave


def strike_day(world: World, name: str, *more: str) -> None:
    references = (f"WM-{name}", *more)
    for reference in references:
        an_action(world, reference, starts_at=SOON, ends_at=SOON + timedelta(hours=3))
    with world.desk("cell", SOON - timedelta(days=2)).writing() as work:
        set_strike_day(work, StrikeDayRequest("OP1", name, DAY, (references[0],)))


def two_strike_days(world: World) -> None:
    strike_day(world, "Amber", "WM-0001")
    strike_day(world, "Blue")


def move_amber(world: World) -> None:
    with world.database.write() as session:
        session.exec(select(StrikeDay).where(StrikeDay.name == "Amber")).one().day += timedelta(days=1)


def amber_and_two_more(world: World) -> None:
    strike_day(world, "Amber", "WM-0001", "WM-0002")
    strike_day(world, "Blue")


def join_blue(world: World) -> None:
    with world.desk("cell", SOON - timedelta(days=2)).writing() as work:
        join_strike_day(work, 2, ("WM-0001",))


def asked(world: World) -> None:
    an_action(world, starts_at=SOON, ends_at=SOON + timedelta(hours=3))
    a_partner(world, "aid")
    a_partner(world, "bold")


def offer_aid(world: World) -> None:
    with world.desk("cell", SOON - timedelta(days=2)).writing() as work:
        offer_role(work, OfferRequest("WM-0001", "first_responder", "aid", "elsewhere"))


def operation(code: str) -> Callable[[World], None]:
    def begin(world: World) -> None:
        with world.database.write() as session:
            first = session.get_one(Operation, world.operation)
            more = Operation(**first.model_dump(exclude={"id", "code", "name"}), code=code, name=code)
            session.add(more)
            session.flush()
            session.add(Appointment(person_id=world.people["cell"], post=Post.CELL, operation_id=more.id))

    return begin


def take_operation(world: World) -> None:
    with world.database.write() as session:
        number = session.exec(select(Operation.id).where(Operation.code == "NORTH")).one()
        session.exec(delete(Appointment).where(col(Appointment.operation_id) == number))


CASES = {
    "a unit": Case(
        *("action.py", "silver", "Care", "Unit", "Hold places", "U1", "U2"),
        *(units, take_unit, lambda world: a_unit_more(world, "U0")),
    ),
    "a link": Case(
        *("accounts.py", "cell", "", "Whose link", "Withdraw it"),
        *("Health, West Midlands", "Partner, West Midlands", links, take_link, lambda world: a_link(world, "children")),
    ),
    "a deputy": Case(
        *("my_part.py", "partner", "", "Who of your agency", "Name as deputy"),
        *("Second, West Midlands", "Third, West Midlands", deputies, leaves("second")),
        lambda world: a_lead(world, "another", world.ngo),
    ),
    "a stand-in": Case(
        *("care.py", "provider", "", "Who of your service", "Name this stand-in"),
        *("Early, example", "Night, example", colleagues, inactive("Early")),
        lambda world: a_person(world, "Another", world.provider),
    ),
    "a strike day": Case(
        *("action.py", "silver", "Plan", "Strike day of that day", "Join this strike day"),
        *("Amber", "Blue", two_strike_days, move_amber, lambda world: strike_day(world, "Aaa")),
    ),
    "a member": Case(
        *("actions.py", "silver", "Strike days", "Actions of that day that belong to none", "Let them join"),
        *("WM-0001", "WM-0002", amber_and_two_more, join_blue),
        lambda world: an_action(world, "WM-0000", starts_at=SOON, ends_at=SOON + timedelta(hours=3)),
    ),
    "an agency": Case(
        *("action.py", "silver", "Roles", "Agencies, one or several", "Offer this post"),
        *("aid", "bold", asked, offer_aid, lambda world: a_partner(world, "aaa")),
    ),
    "an operation": Case(
        *("record.py", "cell", "Keeping", "Operation", "Set a legal hold", "NORTH", "OP1"),
        *(operation("NORTH"), take_operation, operation("AAA")),
        why="The coroner asked for everything.",
    ),
}


@pytest.fixture(params=CASES.values(), ids=CASES)
def case(request: pytest.FixtureRequest, world: World) -> Case:
    found: Case = request.param
    found.begin(world)
    return found


def open_page(world: World, case: Case) -> AppTest:
    """Opened, with one thing chosen."""
    page = opened(world, case.page, case.who, "WM-0001" if case.page == "action.py" else "", case.tab)
    choose(page, case, case.chosen)
    return page


def field(page: AppTest, label: str) -> Selectbox | Multiselect:
    return next(found for found in chain(page.selectbox, page.multiselect) if found.label == label)


def done(world: World, case: Case) -> list[str]:
    """The things that the reader did something with, by the record."""
    query = select(RecordLine).where(RecordLine.person_id == world.people[case.who], RecordLine.outcome == Outcome.DONE)
    with world.database.read() as session:
        lines = session.exec(query.where(RecordLine.verb != "sign_in")).all()
        titles = {f'"person": {row.id}}}': row.title for row in session.exec(select(Person))}
        whom = [next((title for said, title in titles.items() if said in row.detail), "") for row in lines]
        return [f"{row.object_ref} {row.sentence} {row.detail} {title}" for row, title in zip(lines, whom, strict=True)]


def press_twice(page: AppTest, label: str) -> None:
    """The second press is on what stands there by then, if anything does."""
    press(page, label)
    if label in [button.label for button in page.button]:
        press(page, label)


def texts(page: AppTest) -> str:
    return "\n".join(text.value for text in page.text)


def choose(page: AppTest, case: Case, words: str) -> None:
    """By its words, and the reason is typed."""
    found = field(page, case.field)
    names: dict[object, str] = found.format_func.__self__
    value = next(value for value, said in names.items() if words.casefold() in said.casefold())
    found.set_value([value] if isinstance(found, Multiselect) else value)
    if not found.form_id:  # what is chosen in a form is sent with its button
        page.run()
    if case.why:
        page.text_input[-1].set_value(case.why)


def test_a_press_for_what_is_gone_is_for_nothing_else_and_another_choice_is_done(world: World, case: Case) -> None:
    page = open_page(world, case)
    shown = field(page, case.field)
    (words,) = [said for said in shown.options if case.chosen.casefold() in said.casefold()]

    case.take(world)
    press(page, case.button)
    assert (done(world, case), gone_words(words) in texts(page)) == ([], True)

    choose(page, case, case.beside)
    press(page, case.button)
    (line,) = done(world, case)
    assert case.beside.casefold() in line.casefold()


def test_what_is_chosen_stays_so_when_another_comes_before_it(world: World, case: Case) -> None:
    page = open_page(world, case)

    case.put(world)
    press(page, case.button)

    (line,) = done(world, case)
    assert case.chosen.casefold() in line.casefold()


def test_a_double_click_acts_once(world: World, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "AGAIN_SECONDS", 60.0)  # however long the page takes to be drawn in between
    page = open_page(world, case)

    press_twice(page, case.button)

    (line,) = done(world, case)
    assert case.chosen.casefold() in line.casefold()
    assert "✕ Refused" not in "".join(badge.value for badge in page.markdown)


def test_a_double_click_on_what_is_gone_is_for_nothing_else(world: World, case: Case) -> None:
    page = open_page(world, case)

    case.take(world)
    press_twice(page, case.button)

    assert done(world, case) == []


def test_the_places_that_the_form_began_with_are_asked_for_whatever_others_booked_meanwhile(world: World) -> None:
    units(world)
    with world.desk("silver", datetime.now(UTC)).writing() as work:
        set_demand(work, "WM-0001", [Line(Profile.WOMAN, Need.NONE, 0, 3, 3)])
    page = opened(world, "action.py", "silver", "WM-0001", "Care")
    next(box for box in page.multiselect if box.label == "Units").set_value(["U1", "U2"])

    with world.desk("cell", datetime.now(UTC)).writing() as work:
        line = ((Profile.WOMAN, Need.NONE, 2),)
        made = hold_places(work, HoldRequest("WM-0001", "U1", line, "elsewhere")).id or 0
    with world.desk("provider", datetime.now(UTC)).writing() as work:
        confirm_hold(work, made)
    press(page, "Ask these units")

    with world.database.read() as session:
        asked = session.exec(select(Hold.id).where(Hold.state == HoldState.REQUESTED)).all()
        places = session.exec(select(HoldLine.places).where(col(HoldLine.hold_id).in_(asked))).all()
    assert list(places) == [3, 3]
