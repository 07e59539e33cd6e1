"""Gaps, overlaps and double bookings counted by hand from plain rows, with nothing of the role board's own code."""

import csv
from collections import Counter, defaultdict
from itertools import combinations

import sqlalchemy as sa

from planner.db import Database
from planner.settings import load_settings
from planner.work import utc_now

HELD = ("accepted", "accepted_with_conditions")
LIVE = ("planned", "requested", "begun")


def required_of(nation: str, kind: str) -> dict[str, int]:
    """The posts that the shipped catalogue requires, read from its file."""
    with (load_settings().data / "role_catalogue.csv").open(newline="") as file:
        return {
            row["code"]: int(row["count"])
            for row in csv.DictReader(file)
            if row["required"] == "yes"
            and (not row["action_kinds"] or kind in row["action_kinds"].split("|"))
            and (not row["nations"] or nation in row["nations"].split("|"))
        }


Counted = tuple[dict[str, dict[str, int]], dict[str, dict[str, set[int]]], dict[str, dict[int, set[str]]]]


def brute_force(database: Database) -> Counted:
    """Gaps, overlaps and double bookings by reference, from plain rows: every offer and every pair of actions."""
    with database.read() as session:
        actions = session.execute(
            sa.text(
                "SELECT a.id, a.reference, a.kind, a.starts_at, a.ends_at, a.state, r.nation"
                " FROM action a JOIN region r ON r.code = a.region"
            )
        ).all()
        offers = session.execute(
            sa.text(
                "SELECT o.id, o.action_id, c.code, c.needed, o.agency_id, o.lead_id, o.state"
                " FROM roleoffer o JOIN cataloguerole c ON c.id = o.role_id"
            )
        ).all()
        refused = set(session.execute(sa.text("SELECT offer_id FROM condition WHERE state = 'refused'")).scalars())
        now = str(utc_now().replace(tzinfo=None)) if database.engine.dialect.name == "sqlite" else utc_now()
    gaps: dict[str, dict[str, int]] = {}
    overlaps: dict[str, dict[str, set[int]]] = {}
    booked: dict[str, dict[int, set[str]]] = {}
    live = [action for action in actions if action.state in LIVE]
    leads = {action.id: {o.lead_id for o in offers if o.action_id == action.id and o.state in HELD} for action in live}
    for action in live:
        if action.ends_at < now:
            continue
        held = [o for o in offers if o.action_id == action.id and o.state in HELD and o.id not in refused]
        number = Counter(offer.code for offer in held)
        short = {c: n - number[c] for c, n in required_of(action.nation, action.kind).items() if number[c] < n}
        holders: dict[str, set[int]] = defaultdict(set)
        for offer in held:
            if offer.needed == 1:
                holders[offer.code].add(offer.agency_id)
        gaps[action.reference] = short
        overlaps[action.reference] = {code: agencies for code, agencies in holders.items() if len(agencies) > 1}
        booked[action.reference] = {}
    for one, other in combinations(live, 2):
        if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
            for lead in leads[one.id] & leads[other.id]:
                booked.get(one.reference, {}).setdefault(lead, set()).add(other.reference)
                booked.get(other.reference, {}).setdefault(lead, set()).add(one.reference)
    return gaps, overlaps, booked
