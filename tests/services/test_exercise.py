"""The exercise: its counts, the same rows twice, and facts that agree with each other."""

from collections import Counter
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from planner import access, facts
from planner.db import Database, Table
from planner.errors import Refused
from planner.models.accounts import Account
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.words import PremisesKind
from planner.services.exercise import load_pentameter2
from planner.work import Desk

START = date(2026, 9, 30)
MORNING = datetime(2026, 11, 26, 6, tzinfo=UTC)
APART = {"account", "websession", "recordline", "recordhead", "notice", "alembic_version"}


def domain_rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row but credentials, tokens and the record."""
    with database.read() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(sa.select(table))), key=repr)
            for table in Table.metadata.sorted_tables
            if table.name not in APART
        }


def test_the_campaign_has_the_published_size(database: Database) -> None:
    loaded = load_pentameter2(database, start=START)

    assert (loaded.actions, loaded.forces) == (822, 55)
    with database.read() as session:
        kinds = Counter(session.execute(sa.text("SELECT premises_kind FROM action")).scalars())
    published = {PremisesKind.PARLOUR_OR_SAUNA: 157, PremisesKind.RESIDENTIAL: 582, PremisesKind.NOT_TYPED: 83}
    # The first drawn action is replaced by the one that is walked through, a residence.
    assert sum(abs(kinds[kind] - number) for kind, number in published.items()) <= 2


def test_the_same_seed_and_start_write_the_same_rows(bare_database_url: str, database: Database) -> None:
    load_pentameter2(database, start=START, actions=60)
    again = Database(bare_database_url)
    load_pentameter2(again, start=START, actions=60)

    first, second = domain_rows(database), domain_rows(again)
    again.dispose()

    assert first == second
    assert len(first["action"]) == 60


def test_some_actions_are_ready_and_the_walk_lacks_roles_conference_and_care(database: Database) -> None:
    load_pentameter2(database, start=START)

    with Desk(database, clock=lambda: MORNING).reading() as look:
        gates = facts.gates(look, access.visible_actions(look))
    ready = sum(gate.ready for gate in gates.values())
    walk = next(gate for gate in gates.values() if gate.reference == "WM-0001")

    assert 0 < ready < len(gates)
    assert [finding.check for finding in walk.blocking] == ["conference", "roles", "care"]


def test_whoever_has_an_account_has_nothing_else_on_the_day_of_the_walk(database: Database) -> None:
    load_pentameter2(database, today=date(2026, 11, 28), actions=120)  # a draw in which its morning was a full one

    walk, other = aliased(Action), aliased(Action)
    query = (
        sa.select(col(other.reference), col(Account.user_name))
        .join(RoleOffer, col(RoleOffer.action_id) == col(other.id))
        .join(Account, col(Account.person_id) == col(RoleOffer.lead_id))
        .join(walk, sa.and_(col(walk.starts_at) < col(other.ends_at), col(walk.ends_at) > col(other.starts_at)))
        .where(col(walk.reference) == "WM-0001")
    )
    with database.read() as session:
        assert session.execute(query).all() == []


def test_claims_agree_with_what_is_booked(database: Database) -> None:
    load_pentameter2(database, start=START)

    booked = "SELECT sum(l.places * h.nights) FROM holdline l JOIN hold h ON h.id = l.hold_id"
    with database.read() as session:
        claims = session.execute(sa.text("SELECT count(*) FROM claim")).scalar_one()
        assert claims == session.execute(sa.text(booked)).scalar_one() > 0


def test_no_entry_of_its_calendars_tells_by_its_uid_what_it_is_of(database: Database) -> None:
    load_pentameter2(database, start=START, actions=40)
    with database.read() as session:
        tables = ("action", "phase", "conferenceseries")
        found = [
            uid for each in tables for uid in session.execute(sa.text(f"SELECT calendar_uid FROM {each}")).scalars()
        ]

    assert [uid for uid in found if str(UUID(uid)) != uid] == []
    assert len(set(found)) == len(found)


def test_a_second_exercise_is_refused(database: Database) -> None:
    load_pentameter2(database, start=START, actions=10)

    with pytest.raises(Refused, match="already holds an operation"):
        load_pentameter2(database, start=START, actions=10)
