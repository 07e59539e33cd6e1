"""Role offers: who may be asked, who may answer, and what a stranger never learns."""

from datetime import timedelta

import pytest
from sqlmodel import select

from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.directory import Training
from planner.models.records import Notice
from planner.models.roles import Condition, RoleOffer
from planner.rules.words import ConditionState, OfferState
from planner.services.answers import answer_offer, withdraw_acceptance
from planner.services.conditions import answer_condition
from planner.services.offers import OfferRequest, offer_role
from planner.services.offers import withdraw_offer as take_offer_back
from planner.views.history import history
from planner.views.my_part import my_offers
from planner.views.today import notices
from tests.builders import NOW, World, a_world, an_action


def an_offer(world: World, *, role: str = "first_responder", agency: str = "ngo", key: str = "k1") -> int:
    with world.desk("silver").writing() as work:
        return offer_role(work, OfferRequest("WM-0001", role, agency, key)).id or 0


def offer_now(world: World, offer_id: int) -> RoleOffer:
    with world.desk("cell").reading() as look:
        return look.session.get_one(RoleOffer, offer_id)


@pytest.fixture
def world(database: Database) -> World:
    world = a_world(database)
    an_action(world)
    return world


def test_the_lead_accepts_and_a_stranger_cannot(world: World) -> None:
    offer = an_offer(world)

    with pytest.raises(NotFound) as denied, world.desk("health").writing() as work:
        answer_offer(work, offer, accept=True, version=99)
    with pytest.raises(NotFound) as missing, world.desk("health").writing() as work:
        answer_offer(work, 987654, accept=True, version=99)
    with world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True, version=1)

    assert str(denied.value) == str(missing.value)
    assert offer_now(world, offer).state is OfferState.ACCEPTED


def test_an_answer_to_an_old_page_is_refused(world: World) -> None:
    offer = an_offer(world)

    with world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True, version=1)

    with pytest.raises(Stale), world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=False, reason="No one is free.", version=1)


def test_an_offer_goes_only_to_a_kind_the_catalogue_allows(world: World) -> None:
    assert an_offer(world, role="medical_lead", agency="health")

    with pytest.raises(Refused, match="cannot be Medical lead"):
        an_offer(world, role="medical_lead", agency="ngo", key="k2")


def test_only_the_agencys_own_partner_lead_can_be_asked(world: World) -> None:
    request = OfferRequest("WM-0001", "first_responder", "ngo", "k1", lead_id=world.people["health"])

    with pytest.raises(Refused, match="not a partner lead of Ngo"), world.desk("silver").writing() as work:
        offer_role(work, request)

    assert an_offer(world)


def test_a_key_used_for_another_request_is_refused(world: World) -> None:
    first = an_offer(world)

    assert an_offer(world) == first
    with pytest.raises(Refused, match="other answers"):
        an_offer(world, agency="children")


def test_a_post_that_needs_a_course_is_accepted_with_one(world: World) -> None:
    offer = an_offer(world, role="trained_officer", agency="force")

    with world.desk("officer").writing() as work:
        answer_offer(work, offer, accept=True)

    assert offer_now(world, offer).state is OfferState.ACCEPTED


def test_a_course_that_has_run_out_does_not_count(world: World) -> None:
    offer = an_offer(world, role="trained_officer", agency="force")
    with world.database.write() as session:
        session.exec(select(Training)).one().valid_to = NOW.date() - timedelta(days=1)

    with (
        pytest.raises(Refused, match="current course in the training register"),
        world.desk("officer").writing() as work,
    ):
        answer_offer(work, offer, accept=True)


def test_an_answer_by_telephone_says_so_and_the_lead_is_told(world: World) -> None:
    offer = an_offer(world)

    with world.desk("cell").writing() as work:
        answer_offer(work, offer, accept=True)

    with world.desk("cell").reading() as look:
        told = look.session.exec(select(Notice.sentence).where(Notice.person_id == world.people["partner"])).all()
    assert told == [
        "You are asked to be First responder in West Midlands on Thu 26 November. "
        "Please answer by Wed 25 November, 09:00.",
        "The cell typed your answer: First responder, accepted. Correct it if it is not so.",
    ]


def test_a_refused_condition_is_gone_once_the_partner_accepts_anew(world: World) -> None:
    offer = an_offer(world)
    with world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True, conditions=["No immigration officers at reception."])
    with world.desk("silver").reading() as look:
        raised = look.session.exec(select(Condition)).one()

    with pytest.raises(NotFound) as denied, world.desk("other_silver").writing() as work:
        answer_condition(work, raised.id or 0, met=True, answer="They stay away.")
    with world.desk("silver").writing() as work:
        answer_condition(work, raised.id or 0, met=False, answer="They are needed.")
    with world.desk("silver").reading() as look:
        refused = look.session.exec(select(Condition.state)).all()
    with world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True)

    assert "WM-0001" not in str(denied.value)
    assert refused == [ConditionState.REFUSED]
    with world.desk("silver").reading() as look:
        assert look.session.exec(select(Condition)).all() == []


def test_an_acceptance_is_taken_back_by_its_lead_and_an_offer_by_the_planners(world: World) -> None:
    first, second = an_offer(world), an_offer(world, agency="children", key="k2")
    with world.desk("partner").writing() as work:
        answer_offer(work, first, accept=True)

    with pytest.raises(NotFound), world.desk("children").writing() as work:
        withdraw_acceptance(work, first, reason="No one is free.")
    with world.desk("partner").writing() as work:
        withdraw_acceptance(work, first, reason="No one is free.")
    with pytest.raises(NotFound) as denied, world.desk("other_silver").writing() as work:
        take_offer_back(work, second)
    with world.desk("silver").writing() as work:
        take_offer_back(work, second)

    assert "WM-0001" not in str(denied.value)
    assert {offer_now(world, first).state, offer_now(world, second).state} == {OfferState.WITHDRAWN}


def test_an_accepted_post_is_withdrawn_only_with_a_reason_that_the_partner_and_the_history_keep(world: World) -> None:
    offer = an_offer(world)
    with world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True, conditions=["No immigration officers at reception."])

    for nothing in ("", "  "):
        with pytest.raises(InputError, match="Ngo has accepted this post"), world.desk("silver").writing() as work:
            take_offer_back(work, offer, reason=nothing)
    kept = offer_now(world, offer).state
    with world.desk("silver").writing() as work:
        take_offer_back(work, offer, reason=" The force has its own. ")

    assert (kept, offer_now(world, offer).state) == (OfferState.ACCEPTED_WITH_CONDITIONS, OfferState.WITHDRAWN)
    with world.desk("silver").reading() as look:
        latest = history(look, "WM-0001")[0].sentence
    with world.desk("partner").reading() as look:
        told = notices(look)[0][1]
    assert latest == "Ngo, First responder: accepted post withdrawn by the planners. Reason: The force has its own."
    assert told == "You are no longer asked to be First responder on Thu 26 November. Reason: The force has its own."


def test_an_offer_that_nobody_answered_is_withdrawn_without_a_reason(world: World) -> None:
    offer = an_offer(world)

    with world.desk("silver").writing() as work:
        take_offer_back(work, offer)

    assert offer_now(world, offer).state is OfferState.WITHDRAWN
    with world.desk("silver").reading() as look:
        assert history(look, "WM-0001")[0].sentence == "Ngo, First responder: offer withdrawn by the planners."


def test_a_partner_cannot_offer_a_post(world: World) -> None:
    with pytest.raises((NotAllowed, NotFound)), world.desk("partner").writing() as work:
        offer_role(work, OfferRequest("WM-0001", "first_responder", "ngo", "k1"))

    assert an_offer(world)


def test_a_partner_sees_its_own_offers_and_nobody_elses(world: World) -> None:
    offer = an_offer(world)

    with world.desk("partner").reading() as look:
        own = [row.id for row in my_offers(look)]
    with world.desk("health").reading() as look:
        others = my_offers(look)

    assert own == [offer]
    assert others == ()


def test_a_providers_name_is_not_learned_by_offering_it_a_post(world: World) -> None:
    said = []
    for agency in ("provider", "nowhere"):
        with pytest.raises(NotFound) as refusal, world.desk("silver").writing() as work:
            offer_role(work, OfferRequest("WM-0001", "medical_lead", agency, f"by-{agency}"))
        said.append(str(refusal.value).replace(agency, ""))

    assert said[0] == said[1]
    with pytest.raises(Refused, match="A care provider cannot be Medical lead"), world.desk("cell").writing() as work:
        offer_role(work, OfferRequest("WM-0001", "medical_lead", "provider", "by-the-cell"))


def test_a_yes_on_no_condition_is_not_taken_for_a_plain_yes(world: World) -> None:
    with world.desk("silver").writing() as work:
        offer = offer_role(work, OfferRequest("WM-0001", "first_responder", "ngo", "k-condition")).id or 0

    with pytest.raises(InputError, match="on which condition"), world.desk("partner").writing() as work:
        answer_offer(work, offer, accept=True, conditions=["", "  "])

    with world.database.read() as session:
        assert session.get_one(RoleOffer, offer).state is OfferState.OFFERED
