"""What a clash shows the other side is whom to ring, and nothing else: canaries in all that the other action is."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from planner import facts
from planner.cli import main
from planner.db import Database
from planner.models.care import Provider, UnitZone
from planner.models.directory import Agency, Region, Zone
from planner.models.operations import Action, Clash
from planner.models.records import Notice, RecordLine
from planner.models.reference import CatalogueRole
from planner.rules.clashes import Ground
from planner.rules.words import Nation, Need, Profile
from planner.services import care
from planner.services.answers import answer_offer
from planner.services.clashes import run_clash_check
from planner.services.offers import OfferRequest, offer_role
from planner.views.history import history
from planner.views.one_action import one_action
from planner.views.today import notices, week_ahead
from tests.builders import DAWN, NOW, World, a_world, an_action
from tests.strangers.test_pages import drawn
from tests.ui.pages import opened

MINE, THEIRS = "WM-0001", "CANARY-4711"
CONTACT = "Canary north"
CANARIES = (
    *(THEIRS, "Canary force", "canarynorth", "cell-canary", "mark-canary", "Canary search lead", "CANARY-INT"),
    *("Canarese", "23:17", "27 November", "CANARY-TEAM"),
)


@pytest.fixture
def world(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> World:
    """Two actions of two forces in two nations that share everything that can be shared but a team."""
    monkeypatch.setenv("PLANNER_DATABASE_URL", database_url)
    monkeypatch.setattr("planner.cli.edge.utc_now", lambda: NOW)
    world = a_world(database)
    with database.write() as session:
        session.add(Zone(code="canary", name="Canary zone", nation=Nation.SCOTLAND))
        session.flush()
        session.add(Region(code="canarynorth", name=CONTACT, nation=Nation.SCOTLAND, zone="canary"))
        session.flush()
        other = session.exec(select(Agency).where(Agency.code == "other_force")).one()
        other.name = "Canary force"
        role = CatalogueRole(code="canary_lead", title="Canary search lead", responsibilities="-", agency_kinds="ngo")
        session.add_all([other, role, UnitZone(unit_id=1, zone="canary")])
        session.get_one(Provider, world.provider).unasked_hold_hours = None
    shared = {"premises_cell": "cell-canary", "premises_mark": "mark-canary"}
    source = {"intelligence_system": "HOLMES", "intelligence_reference": "CANARY-INT"}
    an_action(world, MINE, **shared, **source, starts_at=DAWN, ends_at=DAWN + timedelta(days=2))
    begins = DAWN + timedelta(days=1, hours=17, minutes=17)
    their = {"force_id": other.id, "region": "canarynorth", "team": "CANARY-TEAM", "languages": "Canarese"}
    an_action(world, THEIRS, **shared, **source, **their, starts_at=begins, ends_at=begins + timedelta(hours=2))
    offer(world, MINE, "first_responder", "silver")
    offer(world, THEIRS, "canary_lead", "other_silver")
    ask(world, MINE, "silver")
    ask(world, THEIRS, "other_silver")
    return world


def offer(world: World, reference: str, role: str, by: str) -> None:
    with world.desk(by).writing() as work:
        number = offer_role(work, OfferRequest(reference, role, "ngo", f"offer-{reference}")).id or 0
    with world.desk("partner").writing() as work:
        answer_offer(work, number, accept=True)


def ask(world: World, reference: str, by: str) -> None:
    with world.desk(by).writing() as work:
        line = (Profile.WOMAN, Need.NONE, 3)
        nights = {"first_night": DAWN.date(), "nights": 1}
        care.hold_places(work, care.HoldRequest(reference, "U1", (line,), f"ask-{reference}", **nights))


def test_a_clash_shows_its_contact_alone(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    with world.desk("other_silver").writing() as work:
        run_clash_check(work, THEIRS)
    with world.desk("silver").writing() as work:
        run_clash_check(work, MINE)
    with world.database.read() as session:
        (row,) = session.exec(select(Clash)).all()
    assert set(row.grounds.split(",")) == {*Ground} - {Ground.TEAM}

    with world.desk("silver").reading() as look:
        clash = facts.facts_of(look, 1).clashes
        told = [notices(look), week_ahead(look), history(look, MINE), one_action(look, MINE).gate]
    page = drawn(opened(world, "action.py", reference=MINE, tab="Plan"))
    capsys.readouterr()
    main(["gate", MINE, "--json"])
    gate = capsys.readouterr().out
    with world.database.read() as session:
        mine = session.exec(select(Notice.sentence).where(Notice.person_id == world.people["silver"])).all()
        lines = session.exec(select(RecordLine.sentence, RecordLine.detail).where(RecordLine.action_id == 1)).all()

    sentence = f"Ring the duty officer: {CONTACT} cell."
    assert len(clash) == 1
    assert clash[0].contact == CONTACT
    for what in (clash[0].reason, repr(told), page, json.dumps(json.loads(gate), ensure_ascii=False), repr(mine)):
        assert sentence in what
    seen = "\n".join([repr(clash), repr(told), page, gate, repr(mine), repr(lines)])
    mine_too = {"cell-canary", "mark-canary", "CANARY-INT"}  # on its own page a force reads its own reference
    assert [canary for canary in CANARIES if canary in seen and canary not in mine_too] == []
    assert [canary for canary in CANARIES if canary in repr(clash)] == []


def test_the_other_side_reads_its_own_action_whole_and_this_ones_contact_alone(world: World) -> None:
    with world.desk("silver").writing() as work:
        run_clash_check(work, MINE)

    with world.desk("other_silver").reading() as look:
        theirs = look.session.exec(select(Action).where(Action.reference == THEIRS)).one()
        clash = facts.facts_of(look, theirs.id or 0).clashes
    shown = opened(world, "action.py", "other_silver", reference=THEIRS, tab="Plan")
    page = drawn(shown)

    team = next(box.value for box in shown.text_input if box.label.startswith("Team, by its reference"))
    assert team == "CANARY-TEAM"
    assert "Ring the duty officer: West Midlands cell." in page
    assert [item.contact for item in clash] == ["West Midlands"]
    assert not any(word in page for word in (MINE, "First responder", "06:00"))
