"""My part on the page: what is pressed answers what was shown, and nothing else."""

from datetime import timedelta

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from planner.models.operations import Action
from planner.models.roles import Condition, RoleOffer
from planner.rules.words import ConditionState, ConferenceKind, OfferState
from planner.services.answers import answer_offer
from planner.services.conditions import change_condition
from planner.services.conferences import ConveneRequest, convene
from planner.services.offers import AskRequest, OfferRequest, ask_agencies, offer_role, withdraw_offer
from planner.ui.my_answers import latest_first
from planner.views.my_part import my_offers
from planner.views.today import partner_tasks
from planner.work import Desk
from tests.builders import World, an_action
from tests.partners import a_lead, a_partner
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


def said(page: AppTest) -> str:
    return "\n".join(text.value for text in page.text)


def test_after_an_answer_its_link_says_what_is_kept_and_how_to_change_it(world: World) -> None:
    first, second = offers(world)
    page = press(opened(world, "my_part.py", "partner", reference=str(first)), "Yes, we will")

    assert "Your answer is kept" in [header.value for header in page.header]
    assert "You accepted this post on " in said(page)
    assert "no longer waits" not in said(page)
    page.text_input(key=f"why-{first}").set_value("Nobody is free.")
    page.button(key=f"back-{first}").click().run()

    assert states(world, first, second) == [OfferState.WITHDRAWN, OfferState.OFFERED]
    assert "Your answer is kept" not in [header.value for header in page.header]


def test_a_link_to_an_answer_on_conditions_or_to_a_no_says_which_it_was(world: World) -> None:
    first, second = offers(world)
    with Desk(world.database, world.people["partner"]).writing() as work:
        answer_offer(work, first, accept=True, conditions=["Travel paid for"])
        answer_offer(work, second, accept=False, reason="Nobody is free.")

    page = opened(world, "my_part.py", "partner", reference=str(second))

    assert "You declined this post on " in said(page)
    assert "We can after all" in [button.label for button in page.button]
    page.query_params["ref"] = str(first)
    assert "You accepted, on conditions, this post on " in said(page.run())


def test_a_link_to_what_is_no_offer_to_this_lead_says_the_same_whatever_it_is(world: World) -> None:
    first, _ = offers(world)
    with Desk(world.database, world.people["silver"]).writing() as work:
        foreign = offer_role(work, OfferRequest("WM-0001", "medical_lead", "health", "k")).id or 0
    with Desk(world.database, world.people["health"]).writing() as work:
        answer_offer(work, foreign, accept=True)

    page = opened(world, "my_part.py", "partner", reference=str(foreign))
    answer = said(page)

    assert "What this link asks no longer waits for your answer." in answer
    for reference, same in ((4711, True), (first, False)):
        del page.session_state["shown_offer"]  # as in a browser that opens the link afresh
        page.query_params["ref"] = str(reference)
        assert (said(page.run()) == answer) is same


def test_an_invitation_says_what_kind_when_and_which_own_post_hangs_on_it(world: World) -> None:
    offers(world)
    soon = Desk(world.database).clock() + timedelta(days=1)
    for key, references in (("both", ("WM-0001", "WM-0002")), ("one", ("WM-0003",))):
        if key == "one":
            an_action(world, "WM-0003", starts_at=soon + timedelta(days=9), ends_at=soon + timedelta(days=9, hours=3))
        request = ConveneRequest(
            references, soon, soon + timedelta(hours=1), ("ngo",), key, kind=ConferenceKind.EMERGENCY
        )
        with Desk(world.database, world.people["silver"]).writing() as work:
            convene(work, request)

    page = opened(world, "my_part.py", "partner")

    assert "Emergency case conference\n" in said(page)
    assert "It decides for 2 actions. Your part:\nFirst responder, " in said(page)
    assert "It decides for 1 action. You are not asked for a post there." in said(page)
    assert "WM-000" not in said(page)
    assert [markdown.value for markdown in page.markdown if "Invited" in markdown.value] != []


def test_a_no_becomes_a_yes_on_the_page(world: World) -> None:
    first, _ = offers(world)
    with Desk(world.database, world.people["partner"]).writing() as work:
        answer_offer(work, first, accept=False, reason="Nobody is free.")

    press(opened(world, "my_part.py", "partner", reference=str(first)), "We can after all")

    assert states(world, first) == [OfferState.ACCEPTED]


def test_a_condition_is_chosen_from_the_usual_ones(world: World) -> None:
    first, _ = offers(world)
    page = opened(world, "my_part.py", "partner")

    page.button_group(key=f"usual-{first}-1").select("Travel paid for").run()
    press(page, "Yes, on these conditions")

    assert states(world, first) == [OfferState.ACCEPTED_WITH_CONDITIONS]
    with world.database.read() as session:
        assert session.exec(select(Condition.text)).all() == ["Travel paid for"]


def test_all_of_a_day_are_answered_at_once_as_they_stand_in_the_list(world: World) -> None:
    soon = Desk(world.database).clock() + timedelta(days=3)
    for reference in ("WM-0001", "WM-0002", "WM-0003"):
        an_action(world, reference, starts_at=soon, ends_at=soon + timedelta(hours=1))
        with Desk(world.database, world.people["silver"]).writing() as work:
            offer_role(work, OfferRequest(reference, "first_responder", "ngo", reference))
    page = opened(world, "my_part.py", "partner")

    press(page, "Yes to all 3")

    assert states(world, 1, 2, 3) == [OfferState.ACCEPTED] * 3
    assert any(text.value.startswith("✓ Your answers are kept: yes to all 3 of ") for text in page.text)


def test_what_changed_in_the_meantime_stops_the_whole_day(world: World) -> None:
    soon = Desk(world.database).clock() + timedelta(days=3)
    for reference in ("WM-0001", "WM-0002"):
        an_action(world, reference, starts_at=soon, ends_at=soon + timedelta(hours=1))
        with Desk(world.database, world.people["silver"]).writing() as work:
            offer_role(work, OfferRequest(reference, "first_responder", "ngo", reference))
    page = opened(world, "my_part.py", "partner")
    with Desk(world.database, world.people["silver"]).writing() as work:
        withdraw_offer(work, 2)

    press(page, "Yes to all 2")

    assert states(world, 1, 2) == [OfferState.OFFERED, OfferState.WITHDRAWN]


def test_a_deputy_is_named_and_a_post_handed_over_on_the_page(world: World) -> None:
    title = a_lead(world, "second", world.ngo)
    first, _ = offers(world)
    page = opened(world, "my_part.py", "partner")

    page.button(key=f"deputy-{first}").click().run()
    with world.database.read() as session:
        deputy = session.get_one(RoleOffer, first).deputy_id
    page.text_input(key=f"handed-{first}").set_value("On leave.")
    page.button(key=f"hand-{first}").click().run()

    assert title in said(page)
    assert deputy == world.people["second"]
    with world.database.read() as session:
        assert session.get_one(RoleOffer, first).lead_id == world.people["second"]


def test_the_answer_to_a_condition_is_agreed_to_or_sent_back(world: World) -> None:
    first, _ = offers(world)
    with Desk(world.database, world.people["partner"]).writing() as work:
        answer_offer(work, first, accept=True, conditions=["Travel paid for"])
    with Desk(world.database, world.people["silver"]).writing() as work:
        change_condition(work, 1, changed_to="Half of it paid", answer="The fund is small.")
    page = opened(world, "my_part.py", "partner")

    assert "The planners offer instead: Half of it paid" in said(page)
    press(page, "That will do")

    with world.database.read() as session:
        kept = session.get_one(Condition, 1)
        assert (kept.text, kept.state) == ("Half of it paid", ConditionState.MET)


def test_after_the_action_a_condition_that_was_not_kept_is_told_to_gold(world: World) -> None:
    first, _ = offers(world)
    with Desk(world.database, world.people["partner"]).writing() as work:
        answer_offer(work, first, accept=True, conditions=["Travel paid for"])
    with world.database.write() as session:
        action = session.get_one(Action, session.get_one(RoleOffer, first).action_id)
        action.starts_at, action.ends_at = action.starts_at - timedelta(days=5), action.ends_at - timedelta(days=5)
    page = opened(world, "my_part.py", "partner")

    page.text_input(key="happened-1").set_value("Nobody paid.")
    press(page, "Tell Gold")

    assert "You reported that it was not kept. Gold and Silver were told." in said(page)


def test_a_commitment_is_made_and_ended_on_the_page(world: World) -> None:
    first, _ = offers(world)
    page = opened(world, "my_part.py", "partner")

    next(group for group in page.button_group if group.label == "Weekdays").select("Tuesday")
    press(page, "Commit to this")
    made = said(page)
    press(page, "End it")

    assert "Tuesday: 1 action a day" in made
    assert "Tuesday: 1 action a day" not in said(page)
    assert states(world, first) == [OfferState.OFFERED]


def test_a_planners_answer_to_a_condition_waits_first_and_on_today(world: World) -> None:
    first, second = offers(world)
    with Desk(world.database, world.people["partner"]).writing() as work:
        answer_offer(work, first, accept=True, conditions=["Travel paid for"])
    with Desk(world.database, world.people["partner"]).writing() as work:
        answer_offer(work, second, accept=False, reason="Nobody is free.")
    with world.database.read() as session:
        number = session.exec(select(Condition.id)).one() or 0
    with Desk(world.database, world.people["silver"]).writing() as work:
        change_condition(work, number, changed_to="Rail travel paid for", answer="No car is left.")

    page = opened(world, "my_part.py", "partner")
    with Desk(world.database, world.people["partner"]).reading() as look:
        tasks = [task.sentence for task in partner_tasks(look)]

    assert next(header.value for header in page.header) == "Will the planners' answer do?"
    assert "Nothing waits for your answer." not in said(page)
    assert [task for task in tasks if task.startswith("The planners answered your condition for First responder")]
    page.button(key=f"agree-{number}").click().run()
    assert "Will the planners' answer do?" not in [header.value for header in page.header]


def test_naming_a_deputy_of_what_is_asked_is_no_refusal(world: World) -> None:
    first, _ = offers(world)
    title = a_lead(world, "second", world.ngo)
    page = opened(world, "my_part.py", "partner")

    page.button(key=f"deputy-{first}").click().run()

    assert f"{title} may answer as well, and is told." in drawn(page)
    assert "nothing was answered" not in said(page)


def test_a_press_on_what_was_answered_elsewhere_says_what_is_kept(world: World) -> None:
    first, second = offers(world)
    page = opened(world, "my_part.py", "partner")
    with Desk(world.database, world.people["cell"]).writing() as work:
        answer_offer(work, first, accept=True)

    press(page, "Yes, we will")

    assert "nothing was answered now. The cell typed that you accepted this post" in said(page)
    assert states(world, second) == [OfferState.OFFERED]


def drawn(page: AppTest) -> str:
    return "\n".join(str(getattr(element, "value", "")) for element in page).replace("\\", "")


def test_what_several_are_asked_for_says_so_before_the_answer(world: World) -> None:
    offers(world)
    a_partner(world, "aid")
    with Desk(world.database, world.people["silver"]).writing() as work:
        ask_agencies(work, AskRequest("WM-0002", "first_responder", ("aid",), "several"))

    alone, several = (
        [text.value for text in opened(world, "my_part.py", who).text if "Several agencies are asked" in text.value]
        for who in ("partner", "aid")
    )

    assert not alone
    assert several == ["Several agencies are asked for this post: the first to say yes have it."]


def test_what_was_done_stays_to_be_read_when_the_button_is_tapped_twice(world: World) -> None:
    offers(world)
    page = opened(world, "my_part.py", "partner")

    press(page, "Yes, we will")
    again = page.run()

    assert any("Your answer is kept" in text.value for text in again.text)


def test_apologies_are_sent_from_my_part(world: World) -> None:
    offers(world)
    soon = Desk(world.database).clock() + timedelta(days=1)
    with Desk(world.database, world.people["silver"]).writing() as work:
        convene(work, ConveneRequest(("WM-0001",), soon, soon + timedelta(hours=1), ("force", "ngo"), "c"))
    page = opened(world, "my_part.py", "partner")

    press(page, "Send our apologies")
    assert any("Your apologies are kept" in text.value for text in page.text)
    press(page, "We can come after all")

    assert any("you are expected" in text.value for text in page.text)


def test_the_answer_given_last_is_first_and_the_others_follow_by_day(world: World) -> None:
    first, second = offers(world)
    with Desk(world.database, world.people["partner"]).reading() as look:
        one, two = my_offers(look)
    earlier = one._replace(answered_at=one.starts_at - timedelta(days=9))
    later = two._replace(answered_at=two.starts_at - timedelta(days=8))

    latest, rest = latest_first([earlier, later], 1)

    assert ([row.id for row in latest], [row.id for row in rest]) == ([second], [first])
