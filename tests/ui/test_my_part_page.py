"""My part on the page: what is pressed answers what was shown, and nothing else."""

from datetime import timedelta

from planner.models.roles import RoleOffer
from planner.rules.words import OfferState
from planner.services.roles import OfferRequest, offer_role, withdraw_offer
from planner.work import Desk
from tests.builders import World, an_action
from tests.ui.pages import opened, press


def offers(world: World) -> tuple[int, int]:
    """Two posts asked of one lead, for an action that is still to come by the true clock."""
    soon = Desk(world.database).clock() + timedelta(days=3)
    an_action(world, starts_at=soon, ends_at=soon + timedelta(hours=3))
    an_action(world, "WM-0002", starts_at=soon + timedelta(days=1), ends_at=soon + timedelta(days=1, hours=3))
    made = []
    for reference in ("WM-0001", "WM-0002"):
        with Desk(world.database, world.people["silver"]).writing() as work:
            made.append(offer_role(work, OfferRequest(reference, "first_responder", "ngo", reference)).id or 0)
    return made[0], made[1]


def states(world: World, *numbers: int) -> list[OfferState]:
    with world.database.read() as session:
        return [session.get_one(RoleOffer, number).state for number in numbers]


def test_a_yes_to_a_withdrawn_offer_answers_no_other(world: World) -> None:
    first, second = offers(world)
    page = opened(world, "my_part.py", "partner")

    with Desk(world.database, world.people["silver"]).writing() as work:
        withdraw_offer(work, first)
    press(page, "Yes, we will")

    assert states(world, first, second) == [OfferState.WITHDRAWN, OfferState.OFFERED]
    assert any("nothing was answered" in text.value for text in page.text)
    press(page, "Yes, we will")
    assert states(world, second) == [OfferState.ACCEPTED]


def test_a_link_opens_on_its_own_offer(world: World) -> None:
    first, second = offers(world)

    press(opened(world, "my_part.py", "partner", reference=str(second)), "Yes, we will")

    assert states(world, first, second) == [OfferState.OFFERED, OfferState.ACCEPTED]
