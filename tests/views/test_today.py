"""Today: what needs this person now, and nothing of anybody else's."""

from datetime import timedelta

from sqlmodel import select

from planner.db import Database
from planner.models.conferences import Conference
from planner.rules.words import Need, Profile
from planner.services import care, undertakings
from planner.services.offers import OfferRequest, offer_role
from planner.views import today
from tests import ready
from tests.builders import NOW, a_world, an_action

TWO_WOMEN = ((Profile.WOMAN, Need.NONE, 2),)


def test_a_provider_finds_what_waits_for_it_until_it_has_answered(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    with world.desk("silver").writing() as work:
        hold = care.hold_places(work, care.HoldRequest("WM-0001", "U1", TWO_WOMEN, "k1")).id or 0

    with world.desk("provider").reading() as look:
        waiting = today.provider_tasks(look)
    with world.desk("partner").reading() as look:
        others = today.provider_tasks(look)
    with world.desk("provider").writing() as work:
        care.confirm_hold(work, hold)

    assert [task.sentence for task in waiting] == [
        "2 places asked of you in West Midlands, 3 nights from Wed 25 November."
    ]
    assert "WM-0001" not in repr(waiting)
    assert others == ()
    with world.desk("provider").reading() as look:
        assert today.provider_tasks(look) == ()


def test_a_silver_is_led_to_where_the_first_check_is_mended(database: Database) -> None:
    world = a_world(database)
    an_action(world)

    with world.desk("silver").reading() as look:
        week, tasks = today.week_ahead(look)
    with world.desk("other_silver").reading() as look:
        others = today.week_ahead(look)

    assert (week.actions, week.ready) == (1, 0)
    assert [(task.page, task.reference, task.tab, task.verb) for task in tasks] == [
        ("action", "WM-0001", "Plan", "Record the power")
    ]
    assert (others[0].actions, others[1]) == (0, ())


def test_a_partner_finds_its_offer(database: Database) -> None:
    world = a_world(database)
    an_action(world)
    with world.desk("silver").writing() as work:
        offer_role(work, OfferRequest("WM-0001", "first_responder", "ngo", "k1"))

    with world.desk("partner").reading() as look:
        assert [task.page for task in today.partner_tasks(look)] == ["my_part"]
    with world.desk("health").reading() as look:
        assert today.partner_tasks(look) == ()


def test_what_is_to_read_comes_after_what_blocks() -> None:
    def task(state: str) -> today.Task:
        return today.Task(state, "", "", "", "")

    found = today.in_order(map(task, ("asked_for", "advises", "blocks", "suspended", "called")))

    assert [item.state for item in found] == ["called", "suspended", "blocks", "advises", "asked_for"]


def test_each_post_is_told_what_is_theirs_to_mend(database: Database) -> None:
    world = a_world(database)
    an_action(world)

    verbs = {}
    for name in ("silver", "cell", "gold", "national"):
        with world.desk(name).reading() as look:
            verbs[name] = [task.verb for task in today.week_ahead(look)[1]]

    assert verbs == {"silver": ["Record the power"], "cell": ["See the conference"], "gold": [], "national": []}


def test_a_partner_finds_what_it_undertook(database: Database) -> None:
    world = a_world(database)
    ready.make_ready(world)
    with world.desk("cell").writing() as work:
        conference = work.session.exec(select(Conference)).one()
        request = undertakings.UndertakingRequest(
            conference.id or 0, "ngo", "Send two workers.", NOW + timedelta(hours=20), action=ready.REFERENCE
        )
        undertakings.add_undertaking(work, request)

    with world.desk("partner").reading() as look:
        found = today.undertaking_tasks(look)

    assert [(task.state, task.verb, task.page) for task in found] == [("open", "Say that it is done", "my_part")]
    assert "Send two workers." in found[0].sentence
