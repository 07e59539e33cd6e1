"""A round of the clock: each thing that time brings about is a transaction of its own, whatever else is due."""

from datetime import timedelta

from planner.db import Database
from planner.models.care import Hold
from planner.rules.words import HoldState, Need, Profile
from planner.services import care
from planner.services.care_arrivals import record_arrivals
from planner.services.verify import troubles
from planner.web.clock import one_round
from planner.work import Desk, utc_now
from tests.builders import DAWN, a_world, an_action
from tests.care import book, confirm
from tests.web.site import settings_for

WOMEN = (Profile.WOMAN, Need.NONE)


def test_a_booking_expires_and_another_comes_back_in_the_same_round(database: Database) -> None:
    world = a_world(database)
    for reference in ("WM-0001", "WM-0002"):
        an_action(world, reference)
    came, held = confirm(world, book(world, places=2)), book(world, "WM-0002")
    with world.desk("provider", DAWN).writing() as work:
        record_arrivals(work, came, {WOMEN: 1})
    with database.write() as session:
        session.get_one(Hold, came).last_arrival_at = utc_now() - timedelta(hours=13)
        session.get_one(Hold, held).expires_at = utc_now() - timedelta(hours=1)

    one_round(database, settings_for(database), note=False)

    with Desk(database).reading() as look:
        assert look.session.get_one(Hold, held).state is HoldState.EXPIRED
        assert care.places_of(look, look.session.get_one(Hold, came)) == {WOMEN: 1}
        assert troubles(look) == ()
