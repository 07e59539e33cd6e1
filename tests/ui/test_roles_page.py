"""The role board and an action's roles: what waits, which post to offer next, why an accepted one is withdrawn."""

from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.roles import Condition, RoleOffer
from planner.rules.words import OfferState
from planner.services.answers import answer_offer
from planner.services.handovers import hand_over
from planner.services.offers import OfferRequest, offer_role, withdraw_offer
from planner.ui import forms
from planner.views import people
from planner.views.conditions import conditions
from planner.work import Desk
from tests.builders import World, an_action
from tests.partners import a_lead, a_partner
from tests.ui.pages import opened, press
from tests.ui.tasks import ways_alone

REFERENCE = "WM-0001"
SOON = timedelta(days=3)


@pytest.fixture(autouse=True)
def action(world: World) -> None:
    """One that is still to come by the true clock, which pages go by."""
    at = desk(world).clock() + SOON
    an_action(world, REFERENCE, starts_at=at, ends_at=at + timedelta(hours=3))


def desk(world: World, name: str = "silver") -> Desk:
    return Desk(world.database, world.people[name])


def offered(world: World, role: str = "first_responder", agency: str = "ngo") -> int:
    with desk(world).writing() as work:
        return offer_role(work, OfferRequest(REFERENCE, role, agency, f"{role}-{agency}")).id or 0


def accepted(world: World, offer: int, *conditions: str, by: str = "partner") -> None:
    with desk(world, by).writing() as work:
        answer_offer(work, offer, accept=True, conditions=conditions)


def state(world: World, offer: int) -> OfferState:
    with world.database.read() as session:
        return session.get_one(RoleOffer, offer).state


def tables(page: AppTest) -> str:
    assert not page.exception
    return "".join(element.proto.body for element in page.get("html"))


def post(page: AppTest) -> str | None:
    box = next(box for box in page.selectbox if box.label == "Post")
    return None if box.value is None else str(box.value)


def roles_tab(world: World, name: str = "silver") -> AppTest:
    return opened(world, "action.py", name, REFERENCE, "Roles")


def test_the_board_has_a_row_for_an_action_and_a_state_for_each_post(world: World) -> None:
    accepted(world, offered(world))
    offered(world, "medical_lead", "health")

    page = opened(world, "roles.py")
    drawn = tables(page)

    assert '<a href="action?ref=WM-0001&amp;tab=Roles" target="_self">WM-0001</a>' in drawn
    states = [("First responder", "✓ Accepted"), ("Medical lead", "… Offered"), ("Trained officer", "✕ Not asked")]
    assert [f'data-label="{post}">{state}<' in drawn for post, state in states] == [True] * 3
    assert '<td role="cell" data-label="To mend">2 missing</td>' in drawn
    assert "1 action to come: 2 posts missing, 0 posts held by several agencies, 0 leads booked twice." in said(page)


def test_the_board_is_turned_to_agencies_and_says_how_many_of_each(world: World) -> None:
    accepted(world, offered(world))
    page = opened(world, "roles.py")

    page.segmented_control(key="rows").set_value("Agencies").run()

    assert '<td role="cell" data-label="First responder">✓ Accepted 1</td>' in tables(page)


def test_the_board_is_filtered_by_agency_and_by_what_is_wrong(world: World) -> None:
    at = desk(world).clock() + 2 * SOON
    an_action(world, "WM-0002", starts_at=at, ends_at=at + timedelta(hours=3))
    offered(world)
    page = opened(world, "roles.py", "cell")
    both = tables(page)

    page.selectbox(key="agency").set_value("Ngo").run()
    one = tables(page)

    assert [drawn.count("</a>") for drawn in (both, one)] == [2, 1]
    assert "WM-0001</a>" in one
    assert [pill.options for pill in page.button_group if pill.key == "wrong"] == [["Posts missing"]]


def test_what_another_did_is_on_the_board_at_the_next_click(world: World) -> None:
    offer = offered(world)
    page = opened(world, "roles.py")
    before = tables(page)
    accepted(world, offer)

    after = tables(page.run())

    assert [drawn.count(">… Offered<") for drawn in (before, after)] == [1, 0]
    assert ">✓ Accepted<" in after


def test_two_agencies_that_hold_one_seat_are_named(world: World) -> None:
    accepted(world, offered(world))
    accepted(world, offered(world, agency="children"), by="children")

    drawn = tables(opened(world, "roles.py"))

    assert "! Held by several" in drawn
    assert "First responder is held by Ngo and Children" in drawn


def test_an_unanswered_offer_is_chased_in_one_click_and_then_not_for_an_hour(world: World) -> None:
    offered(world)
    page = opened(world, "roles.py", show="Whom to chase")
    before = [button.label for button in page.button]

    press(page, "Remind them")

    assert (before, [button.label for button in page.button]) == (["Remind them"], [])
    assert any("Ngo is reminded of First responder, WM-0001." in text for text in said(page))
    assert any(text.startswith("Reminded at ") for text in said(page))
    assert any("The planners wait for your answer" in text.value for text in opened(world, "today.py", "partner").text)


def test_gold_sees_who_is_unanswered_and_cannot_chase(world: World) -> None:
    offered(world)

    page = opened(world, "roles.py", "gold", show="Whom to chase")

    assert "Asked under a day ago: 1" in said(page)
    assert [button.label for button in page.button] == []
    assert ways_alone(page) == [("Open WM-0001", "action?ref=WM-0001&tab=Roles")]


def test_a_condition_is_in_its_own_tab(world: World) -> None:
    accepted(world, offered(world), "No immigration officers at reception.")

    assert "No immigration officers at reception." in tables(opened(world, "roles.py", show="Conditions"))


@pytest.mark.parametrize(
    ("tab", "first"),
    [
        ("Whom to chase", "Every offer is answered."),
        ("Conditions", "No condition was made."),
        ("All offers", "No offer matches."),
    ],
)
def test_an_empty_tab_says_what_appears_there(world: World, tab: str, first: str) -> None:
    assert said(opened(world, "roles.py", show=tab))[0] == first


def test_a_partner_does_not_open_the_board(world: World) -> None:
    offered(world)

    assert [title.value for title in opened(world, "roles.py", "partner").title] == ["Not found"]


def said(page: AppTest) -> list[str]:
    assert not page.exception
    return [text.value for text in page.text]


def test_all_offers_are_filtered_by_a_word(world: World) -> None:
    offered(world)
    offered(world, "medical_lead", "health")
    page = opened(world, "roles.py", show="All offers")

    next(box for box in page.text_input if box.label == "Find").set_value("health").run()

    assert "1 offer; showing 1." in said(page)


def test_a_stranger_sees_no_offer(world: World) -> None:
    offered(world)

    with desk(world, "other_silver").reading() as look:
        others = (people.offers(look, people.OfferFilter()), conditions(look))
        counted = people.count_offers(look, people.OfferFilter())
    with desk(world).reading() as look:
        own = people.count_offers(look, people.OfferFilter())

    assert (others, counted, own) == (((), ()), 0, 1)


def test_the_post_to_offer_is_one_that_nobody_is_asked_for_and_stays_chosen_while_others_offer(world: World) -> None:
    with desk(world).reading() as look:
        first, second, *_ = [role.code for role in people.role_choices(look)]
    whom = {"first_responder": "ngo", "medical_lead": "health", "trained_officer": "force"}
    offered(world, first, whom[first])
    page = roles_tab(world)
    before = post(page)

    offered(world, second, whom[second])

    assert (before, post(page.run())) == (second, second)


def test_after_an_offer_the_next_open_post_is_chosen_and_none_once_all_are_offered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "AGAIN_SECONDS", 0)  # nobody has to look before they press again here
    page = roles_tab(world)
    chosen = []
    while post(page) is not None:
        chosen.append(post(page))
        press(page, "Offer this post")

    assert len(chosen) == len(set(chosen)) == 3


def test_an_accepted_post_is_withdrawn_on_the_page_only_with_a_reason(world: World) -> None:
    offer = offered(world)
    accepted(world, offer)
    page = roles_tab(world)

    press(page, "Withdraw")
    refused = state(world, offer)
    next(box for box in page.text_input if box.label == "Reason for withdrawing").set_value("Another force helps.")
    press(page, "Withdraw")

    assert (refused, state(world, offer)) == (OfferState.ACCEPTED, OfferState.WITHDRAWN)
    told = opened(world, "today.py", "partner")
    assert any("Reason: Another force helps." in text.value for text in told.text)


def test_a_condition_of_a_withdrawn_post_waits_for_nobody(world: World) -> None:
    offer = offered(world)
    accepted(world, offer, "Travel paid for.")
    with desk(world).reading() as look:
        before = [item.text for item in conditions(look)]

    with desk(world).writing() as work:
        withdraw_offer(work, offer, reason="Another force helps.")

    with desk(world).reading() as look:
        assert (before, conditions(look)) == (["Travel paid for."], ())


def test_by_telephone_a_condition_and_a_reason_have_a_box_each(world: World) -> None:
    yes, no = offered(world), offered(world, "medical_lead", "health")
    page = roles_tab(world, "cell")

    page.text_input(key=f"condition-said-{yes}").set_value("Travel paid for.")
    page.button(key=f"yes-{yes}").click().run()
    page.text_input(key=f"reason-said-{no}").set_value("We are ill.")
    page.button(key=f"no-{no}").click().run()

    assert not page.exception
    assert (state(world, yes), state(world, no)) == (OfferState.ACCEPTED_WITH_CONDITIONS, OfferState.DECLINED)
    with world.database.read() as session:
        assert session.get_one(RoleOffer, no).reason == "We are ill."
        assert list(session.exec(select(Condition.text))) == ["Travel paid for."]


def test_several_agencies_are_asked_at_once_and_the_first_fills_it(world: World) -> None:
    a_partner(world, "aid")
    page = roles_tab(world)

    next(box for box in page.multiselect if box.label == "Agencies, one or several").set_value(["ngo", "aid"])
    press(page, "Offer this post")

    assert any("The post is offered to 2 agencies." in text.value for text in page.text)
    assert any("the first to accept fill it" in text.value for text in page.text)
    with desk(world, "aid").reading() as look:
        mine = look.session.exec(select(RoleOffer.id).where(RoleOffer.lead_id == world.people["aid"])).one() or 0
    accepted(world, mine, by="aid")
    with world.database.read() as session:
        assert sorted(session.exec(select(RoleOffer.state))) == [OfferState.ACCEPTED, OfferState.WITHDRAWN]


def test_who_has_not_answered_is_reminded_in_one_click_and_once_an_hour(world: World) -> None:
    offered(world)
    page = roles_tab(world)

    press(page, "Remind them")
    reminded = [text.value for text in page.text if "is reminded of First responder" in text.value]
    press(page, "Remind them")

    assert len(reminded) == 1
    assert any("Ring them, or wait an hour." in text.value for text in page.text)


def test_another_wording_is_offered_and_waits_for_the_partner(world: World) -> None:
    accepted(world, offered(world), "No immigration officers")
    page = roles_tab(world)

    page.text_input(key="wording-1").set_value("None inside")
    page.text_input(key="because-1").set_value("The street is public.")
    press(page, "Offer this wording")

    assert any("Offered instead: None inside\nIt waits for Ngo to agree." in text.value for text in page.text)


def test_silver_reads_why_not_and_what_would_do_instead(world: World) -> None:
    offer = offered(world)
    with desk(world, "partner").writing() as work:
        answer_offer(work, offer, accept=False, reason="Nobody is free.", proposal="We can on Friday.")

    shown = [text.value for text in roles_tab(world).text]

    assert "Why not: Nobody is free." in shown
    assert "What would do instead: We can on Friday." in shown


def test_handovers_of_an_action_stand_on_its_page(world: World) -> None:
    a_lead(world, "second", world.ngo)
    offer = offered(world)
    with desk(world, "partner").writing() as work:
        hand_over(work, offer, "Second, West Midlands", "On leave.")

    drawn = tables(roles_tab(world))

    assert "Partner, West Midlands" in drawn
    assert "On leave." in drawn


def test_all_that_wait_for_one_agency_are_reminded_in_one_press(world: World) -> None:
    offered(world)
    later = desk(world).clock() + 2 * SOON
    an_action(world, "WM-0002", starts_at=later, ends_at=later + timedelta(hours=3))
    with desk(world).writing() as work:
        offer_role(work, OfferRequest("WM-0002", "first_responder", "ngo", "second"))
    page = opened(world, "roles.py", show="Whom to chase")

    press(page, "Remind Ngo of all 2 on this page")

    assert any("Ngo is reminded of 2 posts." in text for text in said(page))
