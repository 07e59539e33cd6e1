"""Arrangements: confirmed by a post with a reference, asked again after a move, withdrawn with a reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select

from planner.access import Verb, action_id_of, agency_named, lock_action, require
from planner.errors import InputError, NotFound, Refused
from planner.models.arrangements import Arrangement
from planner.models.directory import Agency, Region
from planner.models.operations import Action
from planner.rules.arrangement_words import Conflict, InterpreterSex
from planner.rules.dates import instant_words
from planner.rules.words import (
    AgencyKind,
    ArrangementKind,
    ArrangementState,
    Nation,
    SiteKind,
)
from planner.services.gate import reconsider
from planner.services.texts import needed_text, said_text, short_text
from planner.work import Work

NO_ARRANGEMENT = "There is no such arrangement, or none that you can open."
MOST_MINUTES = 24 * 60
LOCKED = (SiteKind.CUSTODY, SiteKind.DETENTION)


@dataclass(frozen=True)
class ArrangementRequest:
    """What was confirmed, by which post, under which reference, and until when it lasts."""

    action: str
    kind: ArrangementKind
    answered_post: str
    request_key: str
    agency: str | None = None
    reference: str | None = None
    number: int = 0
    languages: str = ""
    telephone: bool = False
    site: SiteKind | None = None
    in_hours_post: str | None = None
    out_of_hours_post: str | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    manager_post: str | None = None
    sex: InterpreterSex | None = None
    conflict_said: Conflict | None = None
    convenes: bool | None = None
    guardian_post: str | None = None
    arrives_minutes: int | None = None

    def __post_init__(self) -> None:
        if self.site in LOCKED:
            raise InputError(
                "Custody and immigration detention never receive possible victims. "
                "Name a community, health or children's site."
            )
        needed_text(self.answered_post, "The post that confirmed, for example a duty manager,", most=100)
        short_text(self.reference, "The reference", most=60)
        short_text(self.languages, "The list of languages")
        for post in (self.in_hours_post, self.out_of_hours_post):
            said_text(post, "The children's service's duty post", most=100)
        for post in (self.manager_post, self.guardian_post):
            said_text(post, "The manager's or guardian's post", most=100)
        if self.from_at and self.until_at and self.until_at <= self.from_at:
            raise InputError("The arrangement ends before it starts. Check the two times.")
        if self.number < 0:
            raise InputError(f"A number of people cannot be negative; you entered {self.number}.")
        if self.kind is ArrangementKind.RECEPTION and self.site is None:
            raise InputError("Say what kind of site receives people: community, health or another.")
        if self.kind is ArrangementKind.CHILDREN_SERVICE and not (self.in_hours_post and self.out_of_hours_post):
            raise InputError("The children's service needs a duty manager in hours and one out of hours.")
        if self.kind is ArrangementKind.CHILDREN_SERVICE and not self.convenes:
            raise InputError("The children's service has to be ready to convene its discussion: ask it, then say so.")
        if self.arrives_minutes is not None and not 0 < self.arrives_minutes <= MOST_MINUTES:
            raise InputError(f"A provider on call arrives within 1 to {MOST_MINUTES} minutes.")


def confirm_arrangement(work: Work, request: ArrangementRequest) -> Arrangement:
    """Record what was confirmed; the same request twice makes one row."""
    action = lock_action(work, request.action, Verb.ARRANGE)
    known = work.session.exec(select(Arrangement).where(Arrangement.request_key == request.request_key)).first()
    if known is not None:
        if (known.action_id, known.kind) != (action.id, request.kind):
            raise Refused("This form was sent before with other answers. Open it again, then send it.")
        return known
    agency = agency_named(work, request.agency) if request.agency else None
    if agency is not None and request.kind is ArrangementKind.CHILDREN_SERVICE:
        _refuse_elsewhere(work, action, agency)
    row = _made(work, request, action, agency)
    work.session.add(row)
    work.session.flush()
    work.record_action(
        "confirm_arrangement", f"{_words(row)} confirmed by {row.answered_post}.", action, kind_=row.kind
    )
    return row


def _refuse_elsewhere(work: Work, action: Action, agency: Agency) -> None:
    """Only the responsible children's service of that nation: in Northern Ireland a Trust, elsewhere the council's."""
    nation = work.session.get_one(Region, action.region).nation
    if agency.kind is not AgencyKind.CHILDRENS_SERVICE or agency.nation not in (None, nation):
        whose = "a Health and Social Care Trust" if nation is Nation.NORTHERN_IRELAND else "the council's own service"
        where = nation.replace("_", " ").title()
        raise Refused(f"{agency.name} is not a children's service of {where}: there it is {whose}. Choose that one.")


def _made(work: Work, request: ArrangementRequest, action: Action, agency: Agency | None) -> Arrangement:
    return Arrangement(
        action_id=action.id or 0,
        kind=request.kind,
        state=ArrangementState.CONFIRMED,
        agency_id=agency.id if agency else None,
        answered_post=request.answered_post.strip(),
        reference=request.reference,
        number=request.number,
        languages=request.languages,
        telephone=request.telephone,
        site=request.site,
        in_hours_post=request.in_hours_post,
        out_of_hours_post=request.out_of_hours_post,
        manager_post=(request.manager_post or "").strip() or None,
        sex=request.sex,
        conflict_said=request.conflict_said,
        convenes=request.convenes,
        guardian_post=(request.guardian_post or "").strip() or None,
        arrives_minutes=request.arrives_minutes,
        from_at=request.from_at,
        until_at=request.until_at,
        confirmed_at=work.now,
        changed_at=work.now,
        request_key=request.request_key,
    )


def confirm_again(work: Work, arrangement_id: int, *, answered_post: str, until_at: datetime | None = None) -> None:
    """After a move: the same arrangement is confirmed for the action's new time, and until when it lasts."""
    post = needed_text(answered_post, "The post that confirmed", most=100)
    action, row = _lock_arrangement(work, arrangement_id)
    if row.state is ArrangementState.CONFIRMED:
        raise Refused("This arrangement is confirmed already. Record another one, or withdraw it first.")
    if until_at is not None and until_at < action.ends_at:
        raise InputError(f"The action ends {instant_words(action.ends_at)}: give a later time, or leave it empty.")
    row.state, row.answered_post, row.confirmed_at = ArrangementState.CONFIRMED, post, work.now
    row.from_at, row.until_at = None, until_at
    row.changed_at, row.version = work.now, row.version + 1
    work.session.add(row)
    work.record_action("confirm_arrangement", f"{_words(row)} confirmed again by {post}.", action, kind_=row.kind)


def withdraw_arrangement(work: Work, arrangement_id: int, reason: str) -> None:
    """What was confirmed no longer holds; the gate may fall."""
    why = needed_text(reason, "The reason why it no longer holds")
    action, row = _lock_arrangement(work, arrangement_id)
    row.state, row.changed_at, row.version = ArrangementState.WITHDRAWN, work.now, row.version + 1
    work.session.add(row)
    sentence = f"{_words(row)} withdrawn: {why}"
    work.record_action("withdraw_arrangement", sentence, action)
    reconsider(work, [action.id or 0], because=sentence)


def _words(row: Arrangement) -> str:
    return row.kind.replace("_", " ").capitalize()


def _lock_arrangement(work: Work, arrangement_id: int) -> tuple[Action, Arrangement]:
    """The action locked, then the row read again; a stranger is told that there is none."""
    work.attempts(Verb.ARRANGE.name.lower(), f"arrangement {arrangement_id}")
    row = work.session.get(Arrangement, arrangement_id)
    if row is None:
        raise NotFound(NO_ARRANGEMENT)
    action = work.lock(Action, row.action_id)
    work.session.refresh(row)
    try:
        action_id_of(work, action.reference)
    except NotFound:  # its sentence would name an action that the asker may not know
        raise NotFound(NO_ARRANGEMENT) from None
    require(work, Verb.ARRANGE, ref=action.reference, action=action)
    if row.state is ArrangementState.WITHDRAWN:
        raise Refused("This arrangement is withdrawn already.")
    return action, row
