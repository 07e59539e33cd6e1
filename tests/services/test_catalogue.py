"""The role catalogue: versions with a reason, never a change; gates follow, offers keep the version they had."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from planner import facts
from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.directory import Appointment
from planner.models.go_ahead import GoAhead
from planner.models.reference import CatalogueRole
from planner.models.roles import RoleOffer
from planner.rules.words import ActionKind, AgencyKind, GoAheadState, Nation, Post
from planner.services.catalogue import CatalogueRequest, Revised, retire_role, revise_role
from planner.services.commitments import CommitRequest, make_commitment
from planner.services.offers import OfferRequest, offer_role
from planner.views.catalogue import effect, histories, posts
from planner.views.people import role_choices
from tests import ready
from tests.builders import NOW, World, a_world, an_action
from tests.partners import a_partner, an_offer

WITNESS = CatalogueRequest("Witness support", ("Stays with witnesses.",), (AgencyKind.NGO,), required=True)
RESPONDER = CatalogueRequest(
    "First responder",
    ("Refers possible victims.", "Seeks the consent of adults."),
    (AgencyKind.NGO, AgencyKind.POLICE_FORCE, AgencyKind.CHILDRENS_SERVICE),
    code="first_responder",
    required=True,
)


@pytest.fixture
def world(database: Database) -> World:
    """The cell's duty officer is tied to no operation."""
    world = a_world(database)
    with database.write() as session:
        session.add(Appointment(person_id=world.people["cell"], post=Post.CELL))
    return world


def revised(world: World, request: CatalogueRequest, reason: str = "The review asked for it.", **how: Any) -> Revised:
    with world.desk("cell").writing() as work:
        return revise_role(work, request, reason, **how)


def needed_now(world: World) -> dict[str, int]:
    with world.desk("silver").reading() as look:
        return {role.code: role.needed for role in facts.facts_of(look, 1).roles}


def choices(world: World) -> set[str]:
    with world.desk("silver").reading() as look:
        return {choice.title for choice in role_choices(look)}


def test_a_change_is_a_new_version_with_who_and_why_and_the_earlier_one_stays(world: World) -> None:
    an_action(world)
    offer = an_offer(world)

    revised(world, replace(RESPONDER, needed=2), "Two were needed at the last campaign.", version=1)

    assert needed_now(world)["first_responder"] == 2
    with world.desk("cell").reading() as look:
        versions = select(CatalogueRole).where(CatalogueRole.code == "first_responder").order_by(CatalogueRole.version)
        first, second = look.session.exec(versions).all()
        assert (first.responsibilities, first.needed, first.reason) == ("Is there.", 1, None)
        assert (second.version, second.made_by, second.made_at) == (2, world.people["cell"], NOW)
        assert second.responsibilities == "Refers possible victims.\nSeeks the consent of adults."
        assert look.session.get_one(RoleOffer, offer).role_id == first.id
        newest = histories(look)["first_responder"][0]
        assert (newest.version, newest.by) == (2, "Cell, West Midlands")
        assert newest.reason == "Two were needed at the last campaign."


def test_a_new_post_is_asked_for_by_gates_and_offered(world: World) -> None:
    an_action(world)
    assert "witness_support" not in needed_now(world)

    role = revised(world, WITNESS).role

    assert (role.code, role.version) == ("witness_support", 1)
    assert needed_now(world)["witness_support"] == 1
    assert "Witness support" in choices(world)
    with pytest.raises(Refused, match="already"):
        revised(world, WITNESS)
    with pytest.raises(Refused, match="Another post is called First responder"):
        revised(world, replace(WITNESS, code="medical_lead", title="First responder"))


def test_a_retired_post_is_neither_required_nor_offered_until_it_is_brought_back(world: World) -> None:
    an_action(world)

    with world.desk("cell").writing() as work:
        retire_role(work, "first_responder", "Taken over by the victim-care lead.", version=1)

    assert "first_responder" not in needed_now(world)
    assert "First responder" not in choices(world)
    with pytest.raises(Refused, match="retired from the catalogue: Taken over"):
        an_offer(world)
    with pytest.raises(Refused, match="retired from the catalogue"), world.desk("partner").writing() as work:
        make_commitment(work, CommitRequest("first_responder", "wm", (2,), 1, NOW.date(), NOW.date()))
    with pytest.raises(Refused, match="retired already"), world.desk("cell").writing() as work:
        retire_role(work, "first_responder", "Once more.")
    with world.desk("cell").reading() as look:
        assert [(row.code, row.version) for row in posts(look) if row.retired_at] == [("first_responder", 2)]

    revised(world, RESPONDER, version=2)

    assert needed_now(world)["first_responder"] == 1
    assert an_offer(world)


def test_only_a_cell_of_every_operation_changes_the_catalogue(world: World) -> None:
    for name in ("silver", "partner", "national"):
        with pytest.raises(NotAllowed), world.desk(name).writing() as work:
            revise_role(work, RESPONDER, "We wish it.")
        with pytest.raises(NotAllowed), world.desk(name).writing() as work:
            retire_role(work, "first_responder", "We wish it.")
    with world.database.write() as session:
        tied = Appointment.person_id == world.people["cell"], col(Appointment.operation_id).is_(None)
        session.delete(session.exec(select(Appointment).where(*tied)).one())
    with pytest.raises(NotAllowed):
        revised(world, RESPONDER)


def test_a_page_drawn_before_another_version_is_stale_and_names_its_reason(world: World) -> None:
    revised(world, replace(RESPONDER, needed=2), "Two are needed.", version=1)

    with pytest.raises(Stale, match=r"First responder is now in version 2: Two are needed\."):
        revised(world, RESPONDER, version=1)

    assert revised(world, RESPONDER, version=2).role.version == 3
    with pytest.raises(NotFound, match="no post nowhere"):
        revised(world, replace(RESPONDER, code="nowhere", title="Nowhere"))


def test_what_cannot_be_kept_is_refused_with_what_would_help(world: World) -> None:
    with pytest.raises(InputError, match="at least one responsibility"):
        replace(RESPONDER, responsibilities=())
    with pytest.raises(InputError, match="12 responsibilities at most; this has 13"):
        replace(RESPONDER, responsibilities=("Is there.",) * 13)
    with pytest.raises(InputError, match="1 to 20 of a post; you asked for 21"):
        replace(RESPONDER, needed=21)
    with pytest.raises(InputError, match="1 to 240 hours; you gave 241"):
        replace(RESPONDER, answer_hours=241)
    with pytest.raises(InputError, match="Why the post is changed is missing"):
        revised(world, RESPONDER, " ")
    with pytest.raises(InputError, match="A responsibility has at most 300"):
        revised(world, replace(RESPONDER, responsibilities=("x" * 301,)))
    only_prosecutors = replace(RESPONDER, agency_kinds=(AgencyKind.PROSECUTOR,))
    with pytest.raises(Refused, match="No agency in the directory is a prosecutor"):
        revised(world, only_prosecutors)

    assert revised(world, replace(only_prosecutors, required=False)).role.version == 2


def given(world: World) -> list[GoAheadState]:
    with world.desk("gold").reading() as look:
        return list(look.session.exec(select(GoAhead.state)))


@pytest.mark.parametrize(
    ("change", "suspended"),
    [
        ({}, 0),
        ({"required": False}, 0),
        ({"needed": 2}, 1),
        ({"needs_training": True}, 1),
        ({"on_entry": True}, 1),
        ({"needed": 2, "action_kinds": (ActionKind.PORT,)}, 0),
        ({"needed": 2, "nations": (Nation.SCOTLAND,)}, 0),
        ({"needed": 2, "nations": (Nation.ENGLAND,)}, 1),
    ],
)
def test_a_version_that_shuts_a_gate_suspends_its_go_ahead_and_says_so(
    world: World, change: dict[str, Any], suspended: int
) -> None:
    ready.make_ready(world)
    ready.give(world)
    assert given(world) == [GoAheadState.GIVEN]

    done = revised(world, replace(RESPONDER, **change))

    assert done.suspended == suspended
    assert given(world) == [GoAheadState.SUSPENDED if suspended else GoAheadState.GIVEN]
    assert ("1 go-ahead is suspended." in done.sentence) is bool(suspended)


def test_what_a_version_does_is_counted_before_it_is_kept(world: World) -> None:
    ready.make_ready(world)
    ready.give(world)
    an_action(world, "WM-0002")
    an_action(world, "WM-0003", kind=ActionKind.PORT)

    with world.desk("cell").reading() as look:
        one = effect(look, "first_responder", 1, kinds=(), nations=())
        two = effect(look, "first_responder", 2, kinds=("warrant",), nations=("england",))
        elsewhere = effect(look, "first_responder", 2, kinds=(), nations=("scotland",))

    assert one == (3, 1, 0, False)
    assert two == (2, 0, 1, False)
    assert elsewhere == (0, 0, 0, False)


def test_of_an_action_that_is_closed_to_the_asker_no_more_is_counted_than_that_there_is_one(world: World) -> None:
    an_action(world)
    an_action(world, "WM-0002", compartment=True)

    with world.desk("cell").reading() as look:
        assert effect(look, "first_responder", 1, kinds=(), nations=()) == (1, 0, 0, True)


def test_a_post_is_offered_on_its_kinds_of_action_and_in_its_nations_alone(world: World) -> None:
    an_action(world)
    an_action(world, "WM-0002", kind=ActionKind.PORT)
    revised(world, replace(RESPONDER, action_kinds=(ActionKind.PORT,), nations=(Nation.ENGLAND,)))

    with pytest.raises(Refused, match="a post for port in england alone; WM-0001 is a warrant in England"):
        an_offer(world)

    with world.desk("silver").writing() as work:
        assert offer_role(work, OfferRequest("WM-0002", "first_responder", "ngo", "port")).id


def test_a_new_version_decides_how_long_an_answer_takes_and_who_may_fill_the_post(world: World) -> None:
    an_action(world)
    a_partner(world, "hope", AgencyKind.INTERPRETERS)
    revised(world, replace(RESPONDER, agency_kinds=(AgencyKind.INTERPRETERS,), answer_hours=2))

    with pytest.raises(Refused, match="cannot be First responder: that is for interpreters"):
        an_offer(world)
    number = an_offer(world, agency="hope")

    with world.desk("silver").reading() as look:
        offer = look.session.get_one(RoleOffer, number)
        assert (offer.answer_by - offer.offered_at).total_seconds() == 2 * 3600
