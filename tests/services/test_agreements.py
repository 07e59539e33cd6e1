"""Agreements: recorded, changed, ended by the cell; what they cover reaches the gate; reviews warn in time."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from planner import facts
from planner.cli import main
from planner.db import Database
from planner.errors import InputError, NotAllowed, NotFound, Refused, Stale
from planner.models.directory import Agency, Agreement
from planner.models.policy import Policy
from planner.rules.readiness import Gate
from planner.rules.sharing import Basis, Category
from planner.rules.words import AgencyKind, Standing
from planner.services.agreements import add_agreement, change_agreement, end_agreement
from planner.views.agreements import agreements, to_review
from planner.views.today import agreement_tasks
from tests import ready
from tests.builders import BLOCKS, NOW, World, a_world
from tests.sharing import agree, an_agreement, concern

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


Told = tuple[str, str]


@pytest.fixture
def gate(database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[], Told]:
    """What `planner gate --json` says of the agreements, in state and sentence, on the world's clock."""
    monkeypatch.setenv("PLANNER_DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setattr("planner.cli.edge.utc_now", lambda: NOW)

    def now() -> Told:
        capsys.readouterr()
        main(["gate", "WM-0001", "--json"])
        findings = json.loads(capsys.readouterr().out)[0]["findings"]
        found = next(item for item in findings if item["check"] == "agreements")
        return found["state"], found["sentence"]

    return now


def asked_with_numbers(world: World, concerns: str = "numbers") -> None:
    """A partner that has accepted a post which needs to know."""
    concern(world, "first_responder", concerns)
    ready.plan(world)
    ready.fill_posts(world)


def test_the_gate_asks_for_an_agreement_that_covers_what_the_post_needs(world: World, gate: Callable[[], Told]) -> None:
    asked_with_numbers(world, "numbers|children")

    alone = gate()
    number = agree(world, "ngo", Category.DEMAND)
    less = gate()
    with world.desk("cell").writing() as work:
        change_agreement(work, number, an_agreement("ngo", Category.DEMAND, Category.CHILDREN), version=1)

    assert alone[0] == less[0] == "unmet"
    assert "Ngo (numbers by profile, children)" in alone[1]
    assert "Ngo (children)" in less[1]
    assert gate() == ("met", "What each partner's post needs to know is covered by an agreement.")


@pytest.mark.parametrize(
    ("window", "state"),
    [((-9, -1), "unmet"), ((-9, 0), "met"), ((0, 9), "met"), ((1, 9), "unmet")],
)
def test_an_agreement_counts_from_its_first_day_to_its_last(
    world: World, gate: Callable[[], Told], window: tuple[int, int], state: str
) -> None:
    asked_with_numbers(world)

    first, last = (TODAY + timedelta(days=days) for days in window)
    agree(world, "ngo", Category.DEMAND, valid_from=first, valid_to=last)

    assert gate()[0] == state


@pytest.mark.parametrize(("signed_by", "state"), [("force", "met"), ("other_force", "unmet"), ("cell", "met")])
def test_what_a_force_signed_counts_for_its_own_actions(
    world: World, gate: Callable[[], Told], signed_by: str, state: str
) -> None:
    asked_with_numbers(world)

    agree(world, "ngo", Category.DEMAND, police=signed_by)

    assert gate()[0] == state


def test_a_post_that_needs_logistics_alone_needs_no_agreement(world: World, gate: Callable[[], Told]) -> None:
    ready.plan(world)
    ready.fill_posts(world)

    assert gate()[0] == "not_needed"


def test_an_agreement_that_ends_suspends_the_go_ahead_where_it_blocks(world: World) -> None:
    concern(world, "first_responder", "numbers")
    number = agree(world, "ngo", Category.DEMAND)
    with world.database.write() as session:
        session.get_one(Policy, 1).blocks = f"{BLOCKS} agreements"
    ready.make_ready(world)
    ready.give(world)
    standing = gate_now(world)

    with world.desk("cell").writing() as work:
        end_agreement(work, number, YESTERDAY, "The partner has closed.")

    assert (standing.standing, standing.ready) == (Standing.STANDING, True)
    assert (gate_now(world).standing, gate_now(world).ready) == (Standing.SUSPENDED, False)


def gate_now(world: World) -> Gate:
    with world.desk("gold").reading() as look:
        return facts.gates(look, [1])[1]


def row(world: World, number: int) -> Agreement:
    with world.desk("cell").reading() as look:
        return look.session.get_one(Agreement, number)


def test_an_agreement_keeps_its_parties_purpose_basis_and_days(world: World) -> None:
    review = date(2026, 12, 20)

    kept = row(world, agree(world, "ngo", Category.DEMAND, Category.CHILDREN, review_on=review, basis_text="Sch. 1."))

    assert (kept.agency_id, kept.police_id) == (world.ngo, 1)
    assert (kept.purpose, kept.basis, kept.basis_text) == ("Care for the people met.", Basis.SAFEGUARDING, "Sch. 1.")
    assert (kept.covers, kept.reference, kept.review_on) == ("demand|children", "ISA/1", review)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"valid_to": date(2025, 1, 1)}, "ends before it begins"),
        ({"review_on": date(2027, 6, 1)}, "review falls outside"),
        ({"reference": "  "}, "reference is missing"),
        ({"purpose": ""}, "purpose is missing"),
        ({"police": "health"}, "Health cannot sign for police"),
        ({"police": "region"}, "Region cannot sign for police"),
        ({"agency": "force"}, "Force is of the police"),
    ],
    ids=lambda item: "_".join(item) if isinstance(item, dict) else "",
)
def test_terms_that_cannot_be_kept_are_refused_and_nothing_is_written(
    world: World, changes: dict[str, Any], sentence: str
) -> None:
    with world.database.write() as session:
        session.add(Agency(code="region", name="Region", kind=AgencyKind.REGIONAL_CELL, region="wm"))
    with pytest.raises(InputError, match=sentence):
        agree(world, **({"agency": "ngo"} | changes))

    with world.desk("cell").reading() as look:
        assert agreements(look) == ()


def test_a_change_from_an_old_page_is_refused(world: World) -> None:
    number = agree(world, "ngo")
    with world.desk("cell").writing() as work:
        change_agreement(work, number, an_agreement("ngo", Category.DEMAND), version=1)

    with pytest.raises(Stale, match="changed this agreement"), world.desk("cell").writing() as work:
        change_agreement(work, number, an_agreement("ngo", Category.CHILDREN), version=1)

    assert (row(world, number).covers, row(world, number).version) == ("demand", 2)


def test_an_agreement_stays_with_its_partner(world: World) -> None:
    number = agree(world, "ngo")

    with pytest.raises(Refused, match="stays with its partner"), world.desk("cell").writing() as work:
        change_agreement(work, number, an_agreement("health"), version=1)


def test_an_agreement_ends_once_from_yesterday_on_with_a_reason(world: World) -> None:
    number = agree(world, "ngo", review_on=date(2026, 12, 20))

    def end(last_day: date, reason: str = "The partner has closed.") -> None:
        with world.desk("cell").writing() as work:
            end_agreement(work, number, last_day, reason)

    with pytest.raises(InputError, match="Why the agreement ends is missing"):
        end(TODAY, "")
    with pytest.raises(InputError, match="days gone by"):
        end(TODAY - timedelta(days=2))
    with pytest.raises(Refused, match="in any case"):
        end(date(2027, 1, 1))
    end(YESTERDAY)

    assert (row(world, number).valid_to, row(world, number).review_on) == (YESTERDAY, None)
    with world.desk("cell").reading() as look:
        assert [item.state for item in agreements(look)] == ["ended"]


@pytest.mark.parametrize("who", ["silver", "partner", "provider", "care_lead", "stranger"])
def test_only_the_cell_keeps_agreements(world: World, who: str) -> None:
    number = agree(world, "ngo")

    with pytest.raises(NotAllowed), world.desk(who).writing() as work:
        add_agreement(work, an_agreement("ngo"))
    with pytest.raises(NotAllowed), world.desk(who).writing() as work:
        end_agreement(work, number, TODAY, "It is not wanted.")
    with world.desk(who).reading() as look:
        assert agreements(look) == ()


def test_a_number_that_leads_nowhere_is_refused(world: World) -> None:
    with pytest.raises(NotFound), world.desk("cell").writing() as work:
        end_agreement(work, 4711, TODAY, "It is not wanted.")


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({"review_on": TODAY + timedelta(days=30)}, "is to be reviewed by Thu 24 December 2026."),
        ({"review_on": TODAY + timedelta(days=31)}, ""),
        ({"valid_to": TODAY + timedelta(days=30)}, "ends on Thu 24 December 2026."),
        ({"valid_to": TODAY + timedelta(days=31)}, ""),
        ({"review_on": TODAY - timedelta(days=9)}, "is to be reviewed by Sun 15 November 2026."),
        ({"valid_to": YESTERDAY}, ""),
    ],
)
def test_a_review_or_an_end_warns_the_cell_thirty_days_ahead(
    world: World, changes: dict[str, date], warned: str
) -> None:
    agree(world, "ngo", **changes)

    with world.desk("cell").reading() as look:
        told = [task.sentence for task in agreement_tasks(look)]
    with world.desk("silver").reading() as look:
        assert agreement_tasks(look) == ()

    assert told == ([f"The agreement ISA/1 with Ngo {warned}"] if warned else [])


def test_an_agreement_that_another_follows_does_not_warn_of_its_end(world: World) -> None:
    agree(world, "ngo", Category.DEMAND, valid_to=TODAY + timedelta(days=5))
    with world.desk("cell").reading() as look:
        alone = len(to_review(agreements(look), TODAY))

    agree(world, "ngo", Category.CHILDREN, valid_from=TODAY, valid_to=TODAY + timedelta(days=365))
    with world.desk("cell").reading() as look:
        with_less = len(to_review(agreements(look), TODAY))
    agree(world, "ngo", Category.DEMAND, valid_from=TODAY, valid_to=TODAY + timedelta(days=365))
    with world.desk("cell").reading() as look:
        followed = len(to_review(agreements(look), TODAY))

    assert (alone, with_less, followed) == (1, 1, 0)
