"""What people of the exercise did by this morning, each by the verb of whoever may: command, a strike day, a clash.

It is chosen among actions that are not ready, so that what is ready and what goes ahead stay as they were drawn.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from planner.db import pick
from planner.models.care import Claim, OpenNight, Unit, UnitExploitation, UnitNeed, UnitProfile, UnitZone
from planner.models.directory import Region
from planner.models.operations import Action
from planner.rules.clashes import NEAR
from planner.rules.command import CommandPost
from planner.rules.windows import first_night
from planner.rules.words import Exploitation, HoldState, Need, Profile
from planner.services import command, decision_log, delegations, details, reserves, strike_days
from planner.services.care import confirm_hold
from planner.services.exercise.scene import Near, Scene

MOST_MEMBERS = 4
STRIKE_DAY = "Strike day 1"
PLACES, NIGHTS = 2, 3
TURN = timedelta(days=7)
SOURCE = "HOLMES"


def play(session: Session, people: Mapping[str, int], now: datetime) -> None:
    """Everything, where there are actions for it: of a small exercise some of it is left out."""
    scene = Scene(session, people, now)
    _command(scene)
    near = scene.near()
    members = _set_strike_day(scene, near)
    if members:
        _log(scene, members[0].reference)
    taken = {action.id for action in members}
    _clash(scene, [action for action in near if action.id not in taken])


def _command(scene: Scene) -> None:
    """Gold and Silver took command; Gold's nights are delegated, and Silver's next turn waits to be accepted."""
    now, people = scene.now, scene.people
    for name, post in (("gold", CommandPost.GOLD), ("silver", CommandPost.SILVER)):
        with scene.by(people[name]) as work:
            turn = command.take_command(
                work, command.TurnRequest(scene.operation, post, now, now + TURN, f"exercise-{name}")
            )
    with scene.by(people["silver"]) as work:
        at = now + TURN - timedelta(days=2)
        command.propose_handover(work, turn.id or 0, scene.person("deputy").title, at, at + TURN)
    with scene.by(people["gold"]) as work:
        asked = delegations.DelegationRequest(
            *(scene.operation, scene.person("deputy").title, now, now + 2 * TURN),
            *("Gold is away from the telephone at night.", "exercise-delegation"),
        )
        number = delegations.offer_delegation(work, asked).id or 0
    with scene.by(people["deputy"]) as work:
        delegations.accept_delegation(work, number)


def _set_strike_day(scene: Scene, near: Sequence[Near]) -> Sequence[Near]:
    """A day on which the demo force has several actions, if it can be with somebody likely; places are kept for all."""
    force = scene.person("silver").agency_id
    by_day: defaultdict[date, list[Near]] = defaultdict(list)
    for action in near:
        if action.force_id == force and action.lacks != {"care"}:  # a shared reserve would make that one ready
            by_day[action.day].append(action)
    days = sorted(by_day.values(), key=lambda day: (any(each.likely for each in day), len(day)), reverse=True)
    members = next((day for day in days if len(day) > 1), [])[:MOST_MEMBERS]
    if len(members) < 2:
        return ()
    references = tuple(action.reference for action in members)
    region = members[0].region
    with scene.by(scene.people["cell"]) as work:
        strike = strike_days.set_strike_day(
            work, strike_days.StrikeDayRequest(scene.operation, STRIKE_DAY, members[0].day, references, region)
        )
    first = first_night(members[0].starts_at)
    unit = _unit(scene, region, first)
    if unit is not None:
        _reserve(scene, (strike.id or 0, region, unit, first), references)
    return members


def _log(scene: Scene, reference: str) -> None:
    """The loggist writes down what Gold said by telephone of a strike day."""
    with scene.by(scene.people["loggist"]) as work:
        decision_log.log_decision(
            work,
            decision_log.LogRequest(
                reference,
                "The strike day goes all or none; it is looked at again on the eve, at 18:00.",
                "exercise-log",
                information="Places are kept for all of its actions together.",
                options="Each action alone: considered and left, for the same places would be promised twice.",
                whose=scene.person("gold").title,
            ),
        )


def _unit(scene: Scene, region: str, first: date) -> str | None:
    """A unit of the demo provider that takes women of whom nothing is known yet, and has room."""
    provider = scene.person("provider").agency_id
    nights = [first + timedelta(days=day) for day in range(NIGHTS)]
    u, zone = Unit, scene.session.get_one(Region, region).zone
    takes = (
        col(u.id).in_(pick(UnitProfile.unit_id).where(col(UnitProfile.profile) == Profile.WOMAN)),
        col(u.id).in_(pick(UnitNeed.unit_id).where(col(UnitNeed.need) == Need.NONE)),
        col(u.id).in_(pick(UnitZone.unit_id).where(col(UnitZone.zone) == zone)),
        col(u.id).in_(pick(UnitExploitation.unit_id).where(col(UnitExploitation.exploitation) == Exploitation.UNKNOWN)),
    )
    for number, code in scene.session.execute(pick(u.id, u.code).where(u.provider_id == provider, *takes)):
        if all(_free(scene, number, night) >= PLACES for night in nights):
            return str(code)
    return None


def _free(scene: Scene, unit: int, night: date) -> int:
    def count(table: type[OpenNight] | type[Claim]) -> int:
        rows = (
            sa.select(sa.func.count()).select_from(table).where(col(table.unit_id) == unit, col(table.night) == night)
        )
        return int(scene.session.execute(rows).scalar_one())

    return count(OpenNight) - count(Claim)


def _reserve(scene: Scene, where: tuple[int, str, str, date], members: Sequence[str]) -> None:
    """The care lead keeps places for the strike day, the provider confirms them, and every member shares them."""
    strike, region, unit, first = where
    why = "Two of its premises have weak intelligence: somebody may be met where nobody is likely."
    with scene.by(scene.people["care"]) as work:
        kept = reserves.set_reserve(
            work, reserves.ReserveRequest(scene.operation, region, PLACES, why, "exercise-reserve", strike)
        )
    lines = ((Profile.WOMAN, Need.NONE, PLACES),)
    with scene.by(scene.people["care"]) as work:
        asked = reserves.ReserveHold(kept.id or 0, unit, lines, "exercise-reserve-hold", first, NIGHTS)
        hold = reserves.hold_for_reserve(work, asked)
    if hold.state is not HoldState.CONFIRMED:
        with scene.by(scene.people["provider"]) as work:
            confirm_hold(work, hold.id or 0)
    with scene.by(scene.people["care"]) as work:
        reserves.share_reserve(work, kept.id or 0, members)


def _clash(scene: Scene, near: Sequence[Near]) -> None:
    """Another force finds that its source is the one that an action of the demo force rests on, days apart."""
    force = scene.person("silver").agency_id
    pairs = (
        (mine, other)
        for mine in near
        if mine.force_id == force
        for other in near
        if other.force_id != force and abs(other.starts_at - mine.starts_at) < NEAR
    )
    mine, other = next(pairs, (None, None))
    if mine is None or other is None:
        return
    reference = scene.session.get_one(Action, mine.id).intelligence_reference
    action = scene.session.get_one(Action, other.id)
    known = details.DetailsRequest(
        *(action.premises_kind, action.premises_count, action.exploitation, action.languages),
        *(SOURCE, reference, action.marking),
    )
    with scene.by(scene.silver_of(other.force_id)) as work:
        details.set_details(work, other.reference, known)
