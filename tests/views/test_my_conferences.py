"""A partner finds its own invitations and undertakings, and none of another agency's."""

from datetime import timedelta

from planner.db import Database
from planner.services.conferences import ConveneRequest, UndertakingRequest, add_undertaking, convene
from planner.views.my_conferences import my_invitations, my_undertakings
from tests.builders import NOW, a_world, an_action


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
