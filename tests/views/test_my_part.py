"""A partner finds its own invitations and undertakings, and none of another agency's."""

from datetime import timedelta

from planner.db import Database
from planner.rules.words import AgencyKind, ConditionState, OfferState
from planner.services import answers, conditions, offers
from planner.services.conferences import ConveneRequest, convene
from planner.services.undertakings import UndertakingRequest, add_undertaking
from planner.views.my_conferences import my_invitations, my_undertakings
from planner.views.my_part import MyOffer, my_offers
from tests.builders import NOW, World, a_world, an_action


def test_a_partner_sees_its_own_invitations_and_undertakings_alone(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    request = ConveneRequest(("WM-0001",), NOW, NOW + timedelta(hours=1), ("ngo",), "k1")

    with world.desk("silver").writing() as work:
        conference = convene(work, request).id or 0
        add_undertaking(work, UndertakingRequest(conference, "ngo", "Canary.", NOW + timedelta(hours=5)))

    with world.desk("partner").reading() as look:
        assert [row.conference_id for row in my_invitations(look)] == [conference]
        assert [row.text for row in my_undertakings(look)] == ["Canary."]
    with world.desk("health").reading() as look:
        assert (my_invitations(look), my_undertakings(look)) == ((), ())


def an_offer(world: World, role: str, agency: str) -> int:
    with world.desk("silver").writing() as work:
        return offers.offer_role(work, offers.OfferRequest("WM-0001", role, agency, f"{role}-{agency}")).id or 0


def own(world: World, name: str) -> tuple[MyOffer, ...]:
    with world.desk(name).reading() as look:
        return my_offers(look)


def test_a_lead_sees_which_kinds_of_agency_are_asked_beside_it_and_no_more(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    an_offer(world, "first_responder", "ngo")
    alone = own(world, "partner")[0].others
    an_offer(world, "medical_lead", "health")
    officer = an_offer(world, "trained_officer", "force")

    together = own(world, "partner")[0]
    with world.desk("officer").writing() as work:
        answers.answer_offer(work, officer, accept=False, reason="Nobody is free.")

    assert (alone, together.others) == ((), (AgencyKind.HEALTH, AgencyKind.POLICE_FORCE))
    assert "Health" not in repr(together).replace("AgencyKind.HEALTH", "")
    assert own(world, "partner")[0].others == (AgencyKind.HEALTH,)
    assert own(world, "stranger") == ()


def test_a_lead_reads_what_became_of_its_own_condition(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    offer = an_offer(world, "first_responder", "ngo")
    other = an_offer(world, "medical_lead", "health")
    for name, number in (("partner", offer), ("health", other)):
        with world.desk(name).writing() as work:
            answers.answer_offer(work, number, accept=True, conditions=[f"Canary of {name}."])

    with world.desk("silver").writing() as work:
        conditions.answer_condition(work, 1, met=True, answer="It is arranged.")

    seen = own(world, "partner")[0]
    assert seen.state is OfferState.ACCEPTED_WITH_CONDITIONS
    assert [(item.text, item.state, item.answer, item.settled) for item in seen.conditions] == [
        ("Canary of partner.", ConditionState.MET, "It is arranged.", False)
    ]
