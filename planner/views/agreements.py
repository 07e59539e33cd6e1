"""Information-sharing agreements as the cell keeps them, and those whose review or end comes near."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import aliased
from sqlmodel import col

from planner import access
from planner.db import pick
from planner.models.directory import Agency, Agreement
from planner.models.disclosures import UrgentDisclosure
from planner.models.operations import Action
from planner.models.roles import RoleOffer
from planner.rules.access import told_name
from planner.rules.sharing import POLICE, REVIEW_WARNING_DAYS, SIGNS, Basis, Category, categories_in
from planner.rules.words import AgencyKind
from planner.work import Look

SIGNED: Any = aliased(Agency)


class AgreementRow(NamedTuple):
    """One agreement; `state` says where it stands today: in force, to come, to review, ending or ended."""

    id: int
    agency_code: str
    agency: str
    police_code: str | None
    police: str | None
    reference: str
    purpose: str
    basis: Basis | None
    basis_text: str
    categories: frozenset[Category]
    valid_from: date
    valid_to: date
    review_on: date | None
    version: int
    state: str


def agreements(look: Look) -> tuple[AgreementRow, ...]:
    """Every agreement, the first to end first; for who keeps the directory."""
    if not (look.actor.operator or access.may(look, access.Verb.MANAGE_DIRECTORY)):
        return ()
    g = Agreement
    query = (
        pick(
            *(g.id, Agency.code, Agency.name, SIGNED.code, SIGNED.name, g.reference, g.purpose, g.basis),
            *(g.basis_text, g.covers, g.valid_from, g.valid_to, g.review_on, g.version),
        )
        .join(Agency, col(Agency.id) == col(g.agency_id))
        .outerjoin(SIGNED, SIGNED.id == col(g.police_id))
        .order_by(g.valid_to, Agency.name, g.id)
    )
    today = look.now.date()
    return tuple(_row(list(row), today) for row in look.session.execute(query))


def _row(cells: list[Any], today: date) -> AgreementRow:
    cells[9] = categories_in(cells[9])
    first, last, review = cells[10:13]
    return AgreementRow._make([*cells, state_of(first, last, review, today=today)])


def state_of(first: date, last: date, review: date | None, *, today: date) -> str:
    """Where an agreement stands; a review or an end within 30 days is said in time."""
    soon = today + timedelta(days=REVIEW_WARNING_DAYS)
    if last < today:
        return "ended"
    if first > today:
        return "to come"
    if review is not None and review <= soon:
        return "to review"
    return "ending" if last <= soon else "in force"


def to_review(rows: Iterable[AgreementRow], today: date) -> tuple[AgreementRow, ...]:
    """In force, and to be reviewed or ending within 30 days, the first due first; a later one in its place counts."""
    kept = tuple(rows)
    due = [row for row in kept if row.state in ("to review", "ending") and not _followed(row, kept, today)]
    return tuple(sorted(due, key=lambda row: (due_on(row), row.agency)))


def _followed(row: AgreementRow, rows: tuple[AgreementRow, ...], today: date) -> bool:
    """Whether another agreement of the same parties goes on from this one's last day, with as much."""
    return row.state == "ending" and any(
        other.id != row.id
        and (other.agency_code, other.police_code) == (row.agency_code, row.police_code)
        and other.valid_from <= row.valid_to + timedelta(days=1)
        and other.valid_to > today + timedelta(days=REVIEW_WARNING_DAYS)
        and row.categories <= other.categories
        for other in rows
    )


def due_on(row: AgreementRow) -> date:
    """The day by which somebody must look: its review, or else its end."""
    return row.review_on if row.state == "to review" and row.review_on else row.valid_to


class Parties(NamedTuple):
    """Who can sign: partner agencies, and police forces and the national cell; code and name of each."""

    partners: dict[str, str]
    police: dict[str, str]


def parties(look: Look) -> Parties:
    """For the form of who keeps the directory: the national cell first, as most agreements are."""
    rows = look.session.execute(pick(Agency.code, Agency.name, Agency.kind).order_by(Agency.name)).all()
    signs = sorted((row for row in rows if row.kind in SIGNS), key=lambda row: row.kind is AgencyKind.POLICE_FORCE)
    return Parties(
        {row.code: row.name for row in rows if row.kind not in POLICE},
        {row.code: row.name for row in signs},
    )


class DisclosureRow(NamedTuple):
    """One urgent disclosure; a care provider's name only for who may see it."""

    at: Any
    agency: str
    categories: frozenset[Category]
    basis: Basis
    reason: str


def disclosures_of(look: Look, reference: str) -> tuple[DisclosureRow, ...]:
    """What was disclosed urgently about a visible action, newest first."""
    d, action_id = UrgentDisclosure, access.action_id_of(look, reference)
    query = (
        pick(d.made_at, Agency.name, Agency.kind, d.covers, d.basis, d.reason)
        .join(Agency, col(Agency.id) == col(d.agency_id))
        .where(col(d.action_id) == action_id)
        .order_by(col(d.id).desc())
    )
    named = access.may(look, access.Verb.SEE_PROVIDERS)
    return tuple(
        DisclosureRow(
            at,
            told_name(name, kind, named=named),
            categories_in(covers),
            *rest,
        )
        for at, name, kind, covers, *rest in look.session.execute(query)
    )


def partners_to_tell(look: Look, reference: str) -> dict[str, str]:
    """Whom the reader may disclose to urgently about a visible action: partners by code, those asked there first."""
    one = look.session.get_one(Action, access.action_id_of(look, reference))
    if not access.may(look, access.Verb.DISCLOSE, action=one):
        return {}
    asked = pick(RoleOffer.agency_id).where(RoleOffer.action_id == one.id)
    query = pick(Agency.code, Agency.name).where(col(Agency.kind).not_in(POLICE))
    if not access.may(look, access.Verb.SEE_PROVIDERS):
        query = query.where(col(Agency.kind) != AgencyKind.CARE_PROVIDER)
    rows = look.session.execute(query.order_by(col(Agency.id).in_(asked).desc(), Agency.name))
    return dict(map(tuple, rows))
