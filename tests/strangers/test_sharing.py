"""A partner without an agreement finds logistics alone: on its page, in mail, calendar, files and the command line.

Beside it in the same run stands one with an agreement, who finds what it covers, and a police lead, who finds all.
"""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.cli import main
from planner.db import Database
from planner.errors import PlannerError
from planner.models.records import Notice
from planner.outputs.letters import Line, letter_of_notices
from planner.rules.sharing import Category
from planner.rules.words import AgencyKind, Children, Exploitation, Immigration, Need, PremisesKind, Profile
from planner.services import actions, demand
from planner.services.answers import answer_offer
from planner.services.offers import OfferRequest, offer_role
from planner.views.calendar import calendar_bytes
from planner.views.calendar_scopes import own_scopes
from planner.views.my_part import MyOffer, my_offers
from planner.web.makers import MAKERS
from planner.work import Desk
from tests.builders import World, a_world, an_action
from tests.partners import a_partner
from tests.sharing import agree, concern
from tests.ui.pages import opened
from tests.web.site import give_account

CANARY = "Canarish"
NUMBERS = ("37 likely", "41 at most", "53 likely", "59 at most")
SECRETS = (CANARY, "domestic", "11 at most", "workplace", "Force;", *NUMBERS)
CONCERNS = "premises|numbers|children|languages|immigration"


@pytest.fixture
def world(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> World:
    """An action full of what could leak, asked of a partner without an agreement and of one with all of it."""
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    world = a_world(database)
    concern(world, "first_responder", CONCERNS)
    soon = Desk(world.database).clock() + timedelta(days=3)
    an_action(
        world,
        starts_at=soon,
        ends_at=soon + timedelta(hours=3),
        languages=CANARY,
        exploitation=Exploitation.DOMESTIC,
        premises_kind=PremisesKind.WORKPLACE,
        premises_count=7,
        immigration=Immigration.ON_CALL,
        intelligence_reference="CANARY/1",
    )
    lines = [(Profile.WOMAN, 5, 37, 41), (Profile.CHILD, 0, 53, 59)]
    with now(world, "silver").writing() as work:
        demand.set_demand(work, "WM-0001", [demand.Line(who, Need.NONE, *numbers) for who, *numbers in lines])
        demand.set_children(work, "WM-0001", Children.EXPECTED, number=11)
    a_partner(world, "hope", AgencyKind.NGO)
    for agency in ("ngo", "hope", "force"):
        with now(world, "silver").writing() as work:
            offer_role(work, OfferRequest("WM-0001", "first_responder", agency, agency))
    today = Desk(world.database).clock().date()
    agree(world, "hope", *Category, valid_from=today - timedelta(days=1), valid_to=today + timedelta(days=300))
    return world


def now(world: World, name: str) -> Desk:
    """A desk on the true clock, which pages and commands go by."""
    return Desk(world.database, world.people[name])


def offer_to(world: World, name: str) -> MyOffer:
    with now(world, name).reading() as look:
        return my_offers(look)[0]


def drawn(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(str(getattr(element, "value", "")) for element in page).replace("\\", "")


def found_in(text: str) -> set[str]:
    return {secret for secret in SECRETS if secret in text}


def test_the_page_shows_logistics_to_all_and_the_rest_to_whom_it_is_agreed_with(world: World) -> None:
    without, with_one = (drawn(opened(world, "my_part.py", name)) for name in ("partner", "hope"))

    for page in (without, with_one):
        assert all(word in page for word in ("First responder", "West Midlands region.", "Is there.", "on call"))
    assert found_in(without) == set()
    assert found_in(with_one) == set(SECRETS)
    assert "Shown once an information-sharing agreement covers it: locality finer than the region" in without
    assert "Shown once" not in with_one


def test_what_is_not_shared_never_leaves_the_view(world: World) -> None:
    assert found_in(repr(offer_to(world, "partner"))) == set()
    shared = offer_to(world, "partner").shared
    assert (shared.locality, shared.numbers, shared.nature, shared.children) == (None, None, None, None)
    assert offer_to(world, "hope").shared == offer_to(world, "officer").shared
    assert CANARY in repr(offer_to(world, "hope"))


@pytest.mark.parametrize("category", [item for item in Category if item is not Category.LOGISTICS])
def test_each_category_opens_its_own_and_nothing_else(world: World, category: Category) -> None:
    today = Desk(world.database).clock().date()
    agree(world, "ngo", category, valid_from=today, valid_to=today + timedelta(days=9))

    shared, whole = offer_to(world, "partner").shared, offer_to(world, "hope").shared

    parts = {
        Category.LOCALITY: "locality",
        Category.DEMAND: "numbers",
        Category.EXPLOITATION: "nature",
        Category.CHILDREN: "children",
    }
    for each, name in parts.items():
        assert (getattr(shared, name) is not None) is (each is category)
        assert getattr(whole, name) is not None
    assert shared.withheld == set(parts) - {category}


def test_a_child_is_no_number_where_children_are_not_agreed(world: World) -> None:
    today = Desk(world.database).clock().date()
    agree(world, "ngo", Category.DEMAND, valid_from=today, valid_to=today + timedelta(days=9))

    numbers, whole = offer_to(world, "partner").shared.numbers, offer_to(world, "hope").shared.numbers

    assert [line.profile for line in numbers or ()] == [Profile.WOMAN]
    assert {line.profile for line in whole or ()} == {Profile.WOMAN, Profile.CHILD}


def test_what_the_post_does_not_need_is_not_shown_whatever_is_agreed(world: World) -> None:
    concern(world, "first_responder", "numbers")

    shared = offer_to(world, "hope").shared

    assert shared.numbers is not None
    assert (shared.locality, shared.nature, shared.children, shared.withheld) == (None, None, None, frozenset())


def test_who_declines_keeps_logistics_alone_and_who_accepts_reads_on(world: World) -> None:
    with now(world, "hope").writing() as work:
        answer_offer(work, offer_to(world, "hope").id, accept=True)
    accepted = drawn(opened(world, "my_part.py", "hope"))
    with now(world, "officer").writing() as work:
        answer_offer(work, offer_to(world, "officer").id, accept=False, reason="Nobody is free.")

    assert found_in(accepted) == set(SECRETS)
    assert found_in(repr(offer_to(world, "officer"))) == set()


@pytest.mark.parametrize("days", [(-9, -1), (1, 9)])
def test_an_agreement_opens_nothing_before_its_first_day_or_after_its_last(world: World, days: tuple[int, int]) -> None:
    today = Desk(world.database).clock().date()
    first, last = (today + timedelta(days=number) for number in days)

    agree(world, "ngo", *Category, valid_from=first, valid_to=last)

    assert found_in(repr(offer_to(world, "partner"))) == set()


def test_calendar_mail_and_notices_tell_a_partner_logistics_alone(world: World) -> None:
    for name in ("partner", "hope"):
        with now(world, name).writing() as work:
            answer_offer(work, offer_to(world, name).id, accept=True)
    with now(world, "silver").writing() as work:
        demand.set_demand(work, "WM-0001", [demand.Line(Profile.WOMAN, Need.NONE, 6, 38, 43)])
        actions.set_immigration(work, "WM-0001", Immigration.ON_SITE)

    for name in ("partner", "hope"):
        with now(world, name).reading() as look:
            files = [calendar_bytes(look, row.scope, row.name).decode() for row in own_scopes(look)]
            told = look.session.exec(select(Notice).where(Notice.agency_id == look.actor.agency_id)).all()
            told += look.session.exec(select(Notice).where(Notice.person_id == look.actor.person_id)).all()
            lines = [Line(row.id or 0, row.outside or "", row.path or "") for row in told]
        letter = letter_of_notices("x@example.org", lines, public_url="http://here", at=Desk(world.database).clock())
        assert files
        assert all("BEGIN:VEVENT" in file for file in files)
        assert told
        for text in (*files, *(row.sentence for row in told), letter.body, letter.subject):
            assert found_in(text) | {word for word in ("38", "43") if f" {word} " in text} == set()


def test_no_file_and_no_command_gives_a_partner_more(
    world: World, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("partner", "hope", "silver"):
        give_account(world, name)
    stretch = f"month-{Desk(world.database).clock():%Y-%m-%d}"
    asked = {
        ("calendar", "operation", "OP1/usual/curious"),
        ("calendar", "force", "force/usual/curious"),
        ("calendar", "agency", "ngo/usual/curious"),
        ("calendar", "person", "me"),
        ("calendar_sheet", "operation", "OP1/usual/month-2026-11-26/curious"),
        ("calendar_sheet", "force", "force/usual/week-2026-11-26/curious"),
        ("calendar_sheet", "person", f"me/usual/{stretch}/curious"),
        ("disclosures", "2026-01-01_2030-01-01", "curious"),
        ("invitation", "seat", "1"),
        ("minutes", "1.pdf", "curious"),
        ("sheet", "WM-0001", "curious"),
        ("log", "WM-0001", "curious"),
        ("operation_log", "OP1", "curious"),
        ("table", "actions.csv", "curious"),
        ("handover", "OP1", "curious"),
    }

    given = {}
    for kind, scope, name in sorted(asked):
        with now(world, "partner").reading() as look, suppress(PlannerError):
            given[kind, scope] = MAKERS[kind](look, scope, name).body.decode(errors="replace")
    gates = {name: run(capsys, "gate", "WM-0001", "--json", "--as", name) for name in ("partner", "hope", "silver")}
    file = tmp_path / "own.ics"
    code, _ = run(capsys, "calendar", "--scope", "agency", "ngo", "-o", str(file), "--as", "partner")

    assert {kind for kind, _, _ in asked} == set(MAKERS)
    assert set(given) == {("calendar", "agency"), ("calendar", "person"), ("calendar_sheet", "person")}
    assert code == 0
    assert {found for text in (*given.values(), file.read_text()) for found in found_in(text)} == set()
    assert [found_in(said) for _, said in gates.values()][:2] == [set(), set()]
    assert {name: "findings" in said for name, (_, said) in gates.items()} == {
        "partner": False,
        "hope": False,
        "silver": True,
    }


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """A command's exit code and everything it said."""
    capsys.readouterr()
    code = main(list(words))
    said = capsys.readouterr()
    return code, said.out + said.err
