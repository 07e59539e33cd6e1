"""What needs this person now, and the week in numbers."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from planner import access, facts
from planner.db import pick
from planner.models.care import Hold
from planner.models.go_ahead import Override
from planner.models.operations import Action
from planner.models.records import Notice
from planner.rules.counts import count_words
from planner.rules.dates import day_words, instant_words, when_words
from planner.rules.deadlines import first_of_theirs
from planner.rules.readiness import Gate, judge
from planner.rules.values import Facts
from planner.rules.words import ActionState, HoldState, Standing
from planner.views.agreements import agreements, due_on, to_review
from planner.views.care_bookings import own_bookings
from planner.views.my_conferences import my_undertakings
from planner.views.my_part import my_offers
from planner.views.remedies import NO_REMEDY, REMEDIES
from planner.work import Look

MOST = 8
WEEK = timedelta(days=7)
TO_COME = (ActionState.PLANNED, ActionState.REQUESTED)


class Task(NamedTuple):
    """One thing that needs somebody: its state, a sentence, the verb and the page that answer it, and what about."""

    state: str
    sentence: str
    verb: str
    page: str
    reference: str
    tab: str = ""


class Week(NamedTuple):
    """The next seven days of what this person may see."""

    actions: int
    ready: int
    waiting: int
    overrides: int


def week_ahead(look: Look) -> tuple[Week, tuple[Task, ...]]:
    """The week's numbers, and the nearest actions that need something."""
    within = col(Action.starts_at).between(look.now, look.now + WEEK)
    mine = (col(Action.id).in_(access.visible_actions(look)), col(Action.state).in_(TO_COME))
    wanted: Any = within
    if access.may(look, access.Verb.GIVE_GO_AHEAD):  # what waits for a decision waits, however far off it is
        wanted = sa.or_(within, sa.and_(col(Action.state) == ActionState.REQUESTED, col(Action.starts_at) > look.now))
    known = facts.load(look, pick(Action.id).where(*mine, wanted).order_by(Action.starts_at))
    gates = {action_id: judge(item) for action_id, item in known.items()}
    this_week = [key for key, item in known.items() if item.action.starts_at <= look.now + WEEK]
    near = [gates[key] for key in this_week]
    overrides = pick(sa.func.count()).select_from(Override).where(col(Override.action_id).in_(this_week))
    week = Week(
        len(near),
        sum(gate.ready for gate in near),
        sum(any(finding.check == "roles" for finding in gate.blocking) for gate in near),
        int(look.session.execute(overrides).scalar_one()),
    )
    tasks = [_decision(look, known[action_id], gate) for action_id, gate in gates.items()]
    return week, in_order((*(task for task in tasks if task), *_to_mend(look, known, gates)))


def _to_mend(look: Look, known: Mapping[int, Facts], gates: Mapping[int, Gate]) -> tuple[Task, ...]:
    """What blocks and is this reader's to mend, action by action; a planner sees the others' after their own."""
    posts = {held.post for held in look.actor.held}
    own: list[Task] = []
    others: list[Task] = []
    plans = access.may(look, access.Verb.PLAN)
    for action_id, gate in gates.items():
        action = known[action_id].action
        if not gate.blocking or gate.standing is Standing.SUSPENDED:
            continue
        mine = first_of_theirs(gate.blocking, posts)
        first = mine or (gate.blocking[0] if plans else None)
        if first is None:
            continue
        remedy = REMEDIES.get(first.check, NO_REMEDY)
        sentence = f"{gate.reference} ({when_words(action.starts_at, action.ends_at)}): {first.sentence}"
        (own if mine else others).append(Task("blocks", sentence, remedy.verb, "action", gate.reference, remedy.tab))
    return (*own, *others)


def _decision(look: Look, known: Facts, gate: Gate) -> Task | None:
    """A go-ahead that fell, and for who decides one that is asked for."""
    when = when_words(known.action.starts_at, known.action.ends_at)
    if gate.standing is Standing.SUSPENDED:
        sentence = f"The go-ahead for {gate.reference} is suspended ({when})."
        return Task("suspended", sentence, "Look at it", "go_ahead", gate.reference)
    gold = access.may(look, access.Verb.GIVE_GO_AHEAD)
    if gold and known.action.state is ActionState.REQUESTED and gate.standing is not Standing.STANDING:
        sentence = f"{gate.reference} waits for your decision ({when})."
        return Task("to_decide", sentence, "Decide", "go_ahead", gate.reference)
    return None


def in_order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """What lapses, was suspended or concerns people met today first, then what blocks, advice, and what is to read."""
    return tuple(sorted(tasks, key=_urgency))


def _urgency(task: Task) -> int:
    first = dict.fromkeys(("suspended", "to_decide", "pause_asked_for", "held", "not_accounted_for", "more_needed"), 0)
    return {"called": -1, **first, "not_counted": 1, "overridden": 1, "advises": 3, "asked_for": 4}.get(task.state, 2)


def lapsing(look: Look) -> tuple[Task, ...]:
    """Holds on visible actions that lapse within a day."""
    query = (
        pick(Action.reference, Hold.expires_at)
        .join(Action, col(Action.id) == col(Hold.action_id))
        .where(
            col(Action.id).in_(access.visible_actions(look)),
            Hold.state == HoldState.HELD,
            col(Hold.expires_at).between(look.now, look.now + timedelta(days=1)),
        )
        .order_by(Hold.expires_at)
        .limit(MOST)
    )
    return tuple(
        Task("held", f"A hold for {ref} lapses {instant_words(at)}.", "Have it confirmed", "action", ref, "Care")
        for ref, at in look.session.execute(query)
    )


def agreement_tasks(look: Look) -> tuple[Task, ...]:
    """Agreements to be reviewed, or ending, within 30 days, for who keeps them."""
    return tuple(
        Task(
            "advises",
            f"The agreement {row.reference} with {row.agency} "
            f"{'is to be reviewed by' if row.state == 'to review' else 'ends on'} {day_words(due_on(row), year=True)}.",
            "Look at it",
            "directory",
            "",
            "Agreements",
        )
        for row in to_review(agreements(look), look.now.date())
    )


def partner_tasks(look: Look) -> tuple[Task, ...]:
    """Offers that wait for this partner's answer."""
    offers = my_offers(look)
    waiting = [offer for offer in offers if offer.state == "offered"]
    return tuple(
        Task(
            "offered",
            f"{offer.role}: {when_words(offer.starts_at, offer.ends_at)}.",
            "Answer",
            "my_part",
            str(offer.id),
        )
        for offer in waiting[:MOST]
    ) + tuple(
        Task(
            "raised",
            f"The planners answered your condition for {offer.role}, {when_words(offer.starts_at, offer.ends_at)}.",
            "Say whether it will do",
            "my_part",
            str(offer.id),
        )
        for offer in offers
        if offer.waits_for_word
    )


def undertaking_tasks(look: Look) -> tuple[Task, ...]:
    """What this partner undertook and has not done yet, the first due first."""
    return tuple(
        Task(
            "overdue" if row.due_at < look.now else "open",
            f"You undertook, by {instant_words(row.due_at)}: {row.text}",
            "Say that it is done",
            "my_part",
            "",
        )
        for row in my_undertakings(look)[:MOST]
    )


def provider_tasks(look: Look) -> tuple[Task, ...]:
    """Bookings that wait for this provider's answer, the first to lapse first."""
    waiting = [booking for booking in own_bookings(look) if booking.state is not HoldState.CONFIRMED]
    return tuple(
        Task(
            booking.state,
            f"{count_words(booking.places, 'place')} asked of you in {booking.region or 'your zone'}, "
            f"{count_words(booking.nights, 'night')} from {day_words(booking.first_night)}.",
            "Answer",
            "care",
            "",
        )
        for booking in waiting
    )


def notices(look: Look) -> tuple[tuple[str, str], ...]:
    """The latest sentences left for this person or their agency: when, and what.

    A planner reads nothing of an action that is closed to a list without them, whatever their post was told.
    """
    mine = sa.or_(col(Notice.person_id) == look.actor.person_id, col(Notice.agency_id) == look.actor.agency_id)
    query = pick(Notice.at, Notice.sentence).where(mine)
    closed = access.closed_to(look) if access.held_for(look, access.Verb.SEE_ACTIONS) else ()
    if closed:
        query = query.where(sa.or_(col(Notice.action_id).is_(None), col(Notice.action_id).not_in(closed)))
    query = query.order_by(col(Notice.at).desc(), col(Notice.id).desc()).limit(MOST)
    return tuple((instant_words(at), sentence) for at, sentence in look.session.execute(query))
