"""Many partners say yes to one single seat at once: one has it, the others are thanked."""

from collections import Counter

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from planner.db import Database
from planner.models.records import Notice
from planner.models.roles import RoleOffer
from planner.rules.words import OfferState
from planner.services.offers import AskRequest, ask_agencies
from tests.builders import a_world, an_action
from tests.partners import a_partner
from tests.race.processes import START
from tests.race.racer import say_yes


@pytest.mark.heavy
def test_one_of_many_partners_takes_the_single_seat_and_the_others_are_thanked(database: Database, full: bool) -> None:
    world = a_world(database)
    codes = [f"partner{number}" for number in range(50 if full else 8)]
    for code in codes:
        a_partner(world, code)
    an_action(world)
    with world.desk("silver").writing() as work:
        made = ask_agencies(work, AskRequest("WM-0001", "first_responder", tuple(codes), "ask"))
        asked = [(offer.lead_id, offer.id) for offer in made]
    barrier, answers = START.Barrier(len(asked)), START.Queue()
    url = database.url.render_as_string(hide_password=False)
    racers = [START.Process(target=say_yes, args=(url, *each, barrier, answers)) for each in asked]

    for racer in racers:
        racer.start()
    said = Counter(answers.get(timeout=600) for _ in racers)
    for racer in racers:
        racer.join(60)

    print(f"{len(racers)} partners, one seat:", said)
    thanks = "Thank you: First responder, Thu 26 November, 06:00 to 09:00, was filled by another agency first."
    assert said["accepted"] == 1
    assert sum(number for words, number in said.items() if words.startswith(thanks)) == len(racers) - 1
    with database.read() as session:
        states = Counter(session.exec(select(RoleOffer.state)))
        thanked = select(sa.func.count()).where(col(Notice.sentence).startswith("Thank you: "))
        assert states == {OfferState.ACCEPTED: 1, OfferState.WITHDRAWN: len(racers) - 1}
        assert session.exec(thanked).one() == len(racers) - 1
