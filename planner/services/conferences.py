"""Case conferences: convened for one action or several."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlmodel import select

from planner.access import Verb, action_id_of, agency_named, require, sees
from planner.actors import actors_at
from planner.errors import InputError, NotFound, Refused
from planner.models.conferences import Attendance, Conference, ConferenceAction, ConferenceSeries
from planner.models.directory import Agency
from planner.models.operations import Action
from planner.rules.dates import instant_words
from planner.rules.markings import together
from planner.rules.quorum import REQUIRED
from planner.rules.words import ActionState, AgencyKind, ConferenceKind, ConferenceState
from planner.services.conference_mail import mail_invitations
from planner.services.conference_templates import agenda_items, template_of
from planner.services.conference_times import refuse_too_late
from planner.services.markings import marked_as
from planner.services.names import seated
from planner.services.standing_locks import group_named, group_of
from planner.services.texts import minute_text, short_text
from planner.work import Work

MOST_QUORUM = 20
NO_CONFERENCE = "There is no such conference, or none that you can open."


@dataclass(frozen=True)
class Terms:
    """Who chairs, what this conference asks beside policy, what it goes through; what is left out is as usual.

    `required` are kinds of agency that must be there and may commit; `join_link` is shown behind the sign-in alone.
    """

    chair: int | None = None
    required: tuple[AgencyKind, ...] = ()
    quorum: int | None = None
    agenda: str = ""
    confidentiality: str = ""
    join_link: str = ""
    strike_day_id: int | None = None
    review_of: int | None = None

    def __post_init__(self) -> None:
        if self.quorum is not None and not 2 <= self.quorum <= MOST_QUORUM:
            raise InputError(f"A quorum is 2 to {MOST_QUORUM} agencies; you entered {self.quorum}.")
        if self.join_link and not self.join_link.startswith("https://"):
            raise InputError("The link to join begins with https:// and asks for a sign-in. Or leave it empty.")


AS_USUAL = Terms()


@dataclass(frozen=True)
class ConveneRequest:
    """A conference for one action or several, with the agencies to invite."""

    actions: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    agencies: tuple[str, ...]
    request_key: str
    kind: ConferenceKind = ConferenceKind.PLANNED
    venue: str = ""
    terms: Terms = AS_USUAL

    def __post_init__(self) -> None:
        short_text(self.venue, "The venue", most=100)
        short_text(self.terms.join_link, "The link to join", most=300)
        if not self.actions:
            raise InputError("A conference is about at least one action.")
        if self.ends_at <= self.starts_at:
            raise InputError("The conference ends before it starts. Check the two times.")
        if not self.agencies:
            raise InputError("Invite at least one agency.")


def convene(work: Work, request: ConveneRequest, *, seats_of: int | None = None) -> Conference:
    """Convene and invite; the invited agencies are told the time, never the place of an action.

    `seats_of` is a conference by whose seats agencies may be named, where their codes would tell a provider's name.
    """
    work.attempts(Verb.CONVENE.name.lower(), ",".join(request.actions)[:80])
    ids = sorted(action_id_of(work, reference) for reference in set(request.actions))
    actions = [work.lock(Action, action_id) for action_id in ids]
    for action in actions:
        require(work, Verb.CONVENE, ref=action.reference, action=action)
        if action.state is ActionState.STOOD_DOWN:
            raise Refused(f"{action.reference} is stood down: there is nothing to confer on. Leave it out.")
    known = work.session.exec(select(Conference).where(Conference.request_key == request.request_key)).first()
    if known is not None:
        if (known.starts_at, known.ends_at) != (request.starts_at, request.ends_at):
            raise Refused("This form was sent before with other answers. Open it again, then send it.")
        return known
    named = partial(seated, work, seats_of) if seats_of is not None else partial(agency_named, work)
    if request.ends_at <= work.now:
        raise InputError(f"That conference is over since {instant_words(request.ends_at)}. Give a time to come.")
    invited = [named(code) for code in dict.fromkeys(request.agencies)]
    _refuse_uninvited(request.terms.required, invited)
    refuse_too_late(work, actions, request.kind, request.ends_at)
    conference = _written(work, request, actions)
    for agency in invited:
        work.session.add(Attendance(conference_id=conference.id or 0, agency_id=agency.id or 0))
        mail_invitations(work, conference, [agency.id or 0])
        work.notify(f"Case conference on {instant_words(request.starts_at)}: you are invited.", agency_id=agency.id)
    for action in actions:
        work.session.add(ConferenceAction(conference_id=conference.id or 0, action_id=action.id or 0))
        sentence = f"A case conference is convened for {instant_words(request.starts_at)}."
        work.record_action("convene", sentence, action, conference=conference.id)
    return conference


def _refuse_uninvited(required: Sequence[AgencyKind], invited: Sequence[Agency]) -> None:
    lacking = [REQUIRED.get(kind, "the police") for kind in required if kind not in {row.kind for row in invited}]
    if lacking:
        raise InputError(f"The conference requires {lacking[0]}, and invites none. Invite one, or do not require it.")


def _chair(work: Work, terms: Terms, actions: Sequence[Action]) -> int:
    """Who chairs: whoever convenes it, or somebody who may record it for each of its actions."""
    chair = terms.chair or work.actor.person_id or 0
    found = actors_at(work.session, {chair}, work.now)
    if not found or not all(sees(found[0], action, Verb.RECORD_CONFERENCE) for action in actions):
        raise Refused(
            "The chair must plan each of these actions, so as to record what is decided. Choose another chair."
        )
    return chair


def _written(work: Work, request: ConveneRequest, actions: list[Action]) -> Conference:
    chair, terms = _chair(work, request.terms, actions), request.terms
    given = template_of(work, actions[0].operation_id)
    series = ConferenceSeries(calendar_uid=str(uuid.uuid4()))
    work.session.add(series)
    work.session.flush()
    marked = together(map(marked_as, actions))
    conference = Conference(
        series_id=series.id or 0,
        operation_id=actions[0].operation_id,
        kind=request.kind,
        starts_at=request.starts_at,
        ends_at=request.ends_at,
        venue=request.venue,
        join_link=terms.join_link,
        chair_id=chair,
        agenda="\n".join(agenda_items(terms.agenda or given.agenda)),
        confidentiality=minute_text(terms.confidentiality, "The confidentiality statement") or given.confidentiality,
        quorum=terms.quorum,
        required_kinds="|".join(dict.fromkeys(terms.required)),
        strike_day_id=terms.strike_day_id,
        review_of=terms.review_of,
        marking=marked.marking,
        handling=marked.handling,
        changed_at=work.now,
        request_key=request.request_key,
    )
    work.session.add(conference)
    work.session.flush()
    return conference


def lock_conference(work: Work, conference_id: int) -> tuple[Conference, list[Action]]:
    """Lock every action of the conference, then read it again; all of them must be visible.

    A standing group's meeting may be about none: who sets the group records it, under the group's lock.
    """
    work.attempts(Verb.RECORD_CONFERENCE.name.lower(), f"conference {conference_id}")
    links = work.session.exec(
        select(ConferenceAction.action_id).where(ConferenceAction.conference_id == conference_id)
    ).all()
    group = group_of(work, conference_id)
    if not links and group is None:
        raise NotFound(NO_CONFERENCE)
    actions = [work.lock(Action, action_id) for action_id in sorted(links)]
    for action in actions:
        _visible(work, action)
        require(work, Verb.RECORD_CONFERENCE, ref=action.reference, action=action)
    if group is not None:
        group_named(work, group.id or 0)
    conference = work.session.get_one(Conference, conference_id, populate_existing=True)
    if conference.state is ConferenceState.CANCELLED:
        raise Refused("This conference is cancelled. Convene another one.")
    return conference, actions


def _visible(work: Work, action: Action) -> None:
    """Answer as missing without the action's reference, which the asker may not know."""
    try:
        action_id_of(work, action.reference)
    except NotFound:
        raise NotFound(NO_CONFERENCE) from None
