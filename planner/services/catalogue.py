"""The role catalogue: a post is never changed, the next version of it is made, with a reason; offers keep theirs."""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from planner.access import Verb, require
from planner.db import pick
from planner.errors import InputError, Refused, Stale
from planner.facts_people import current_roles
from planner.models.directory import Agency, Region
from planner.models.go_ahead import GoAhead
from planner.models.operations import Action
from planner.models.reference import CatalogueRole
from planner.rules.catalogue import RoleShape, serves, what_is_wrong
from planner.rules.counts import count_words
from planner.rules.role_words import Concern
from planner.rules.words import ActionKind, ActionState, AgencyKind, GoAheadState, Nation
from planner.services.current_posts import latest_role
from planner.services.gate import reconsider
from planner.services.texts import needed_text
from planner.work import Work

MOST_RESPONSIBILITIES = 12
LONGEST_CODE = 60
TO_COME = (ActionState.PLANNED, ActionState.REQUESTED)


@dataclass(frozen=True)
class CatalogueRequest:
    """A post as it shall be from now on; without a code it is a new one. Empty kinds and nations mean all of them."""

    title: str
    responsibilities: tuple[str, ...]
    agency_kinds: tuple[AgencyKind, ...]
    code: str = ""
    action_kinds: tuple[ActionKind, ...] = ()
    nations: tuple[Nation, ...] = ()
    required: bool = False
    on_entry: bool = False
    needed: int = 1
    needs_training: bool = False
    answer_hours: int = 24
    concerns: tuple[Concern, ...] = ()

    def __post_init__(self) -> None:
        if len(self.responsibilities) > MOST_RESPONSIBILITIES:
            raise InputError(
                f"A post has {MOST_RESPONSIBILITIES} responsibilities at most; this has {len(self.responsibilities)}. "
                "Nobody reads more before they accept."
            )
        shape = RoleShape(
            self.responsibilities, self.agency_kinds, self.required, needed=self.needed, answer_hours=self.answer_hours
        )
        wrong = what_is_wrong(shape)
        if wrong:
            raise InputError(wrong)


class Revised(NamedTuple):
    """The version that was made, and how many standing go-aheads it suspended."""

    role: CatalogueRole
    suspended: int

    @property
    def sentence(self) -> str:
        told = count_words(self.suspended, "go-ahead is", "go-aheads are") + " suspended." if self.suspended else ""
        what = "is retired" if self.role.retired_at else f"stands in version {self.role.version}"
        return f"{self.role.title} {what}. {told}".rstrip()


def revise_role(work: Work, request: CatalogueRequest, reason: str, *, version: int | None = None) -> Revised:
    """The next version of a post, or a new post; standing go-aheads whose gate it shuts are suspended.

    `version` is the one that the form was drawn from.
    """
    require(work, Verb.REVISE_ROLES, ref=request.code or request.title.strip()[:LONGEST_CODE])
    made = _made(work, request, reason)
    if request.required:
        _refuse_without_agency(work, request.agency_kinds)
    return _keep(work, made, request.code, version)


def retire_role(work: Work, code: str, reason: str, *, version: int | None = None) -> Revised:
    """A post that is neither asked for nor required any more; a later version brings it back."""
    require(work, Verb.REVISE_ROLES, ref=code)
    before = latest_role(work, code)
    if before.retired_at is not None:
        raise Refused(f"{before.title} is retired already.")
    kept = before.model_dump(exclude={"id", "version", "required", "reason", "made_by", "made_at", "retired_at"})
    made = CatalogueRole(**kept, required=False, **_signed(work, reason), retired_at=work.now)
    return _keep(work, made, code, version)


def _made(work: Work, request: CatalogueRequest, reason: str) -> CatalogueRole:
    duties = (needed_text(text, "A responsibility") for text in request.responsibilities)
    return CatalogueRole(
        code=request.code,
        title=needed_text(request.title, "The post's title", most=80),
        responsibilities="\n".join(duties),
        agency_kinds="|".join(request.agency_kinds),
        action_kinds="|".join(request.action_kinds),
        nations="|".join(request.nations),
        required=request.required,
        on_entry=request.on_entry,
        needed=request.needed,
        needs_training=request.needs_training,
        answer_hours=request.answer_hours,
        concerns="|".join(request.concerns),
        source="Changed here",
        source_date=f"{work.now:%Y-%m-%d}",
        **_signed(work, reason),
    )


def _signed(work: Work, reason: str) -> dict[str, Any]:
    why = needed_text(reason, "Why the post is changed")
    return {"reason": why, "made_by": work.actor.person_id, "made_at": work.now}


def _refuse_without_agency(work: Work, kinds: tuple[AgencyKind, ...]) -> None:
    if work.session.exec(select(Agency.id).where(col(Agency.kind).in_(kinds))).first() is None:
        words = " or ".join(kind.replace("_", " ") for kind in kinds)
        raise Refused(
            f"No agency in the directory is a {words}: nobody could take a required post, and its gates would stay "
            "shut. Add the agency first, or choose another kind."
        )


def _keep(work: Work, made: CatalogueRole, code: str, version: int | None) -> Revised:
    """Lock the actions whose go-ahead may fall, then the post; write the version, and ask those gates again."""
    actions = _actions_with_go_ahead(work, made) if made.required else []
    for number in actions:
        work.lock(Action, number)
    if code:
        made.code, made.version = code, _lock_latest(work, code, version) + 1
    else:
        made.code = _new_code(work, made.title)
    _refuse_same_title(work, made)
    try:
        with work.session.begin_nested():
            work.session.add(made)
    except IntegrityError:
        raise Stale(f"Somebody else has just kept {made.title}. Look at what they kept, then try again.") from None
    told = "retired" if made.retired_at else f"version {made.version}"
    sentence = f"The post {made.title} was changed ({told}): {made.reason}"
    work.record("retire_role" if made.retired_at else "revise_role", sentence, kind="role", ref=made.code)
    return Revised(made, reconsider(work, actions, because=sentence))


def _actions_with_go_ahead(work: Work, role: CatalogueRole) -> list[int]:
    """Actions to come that this post serves and whose go-ahead was given: those alone can fall by it, ascending."""
    given = select(GoAhead.action_id).where(GoAhead.state == GoAheadState.GIVEN)
    query = (
        pick(Action.id, Action.kind, Region.nation)
        .join(Region, col(Region.code) == col(Action.region))
        .where(col(Action.id).in_(given), col(Action.state).in_(TO_COME))
        .order_by(col(Action.id))
    )
    found = work.session.execute(query)
    return [number for number, kind, nation in found if serves(role.action_kinds, role.nations, kind, nation)]


def _lock_latest(work: Work, code: str, version: int | None) -> int:
    """The number of the latest version, which nobody else can follow now; Stale when the page shows an earlier one."""
    work.lock(CatalogueRole, latest_role(work, code).id)
    latest = latest_role(work, code)
    if version not in (None, latest.version):
        raise Stale(f"{latest.title} is now in version {latest.version}: {latest.reason} Look again, then keep yours.")
    return latest.version


def _new_code(work: Work, title: str) -> str:
    code = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:LONGEST_CODE]
    if not code:
        raise InputError("The post's title needs a letter or a digit.")
    if work.session.exec(select(CatalogueRole.id).where(CatalogueRole.code == code)).first() is not None:
        raise Refused(f"There is a post {title} already. Choose it in the list and change it there.")
    return code


def _refuse_same_title(work: Work, made: CatalogueRole) -> None:
    """Posts are told apart by their titles wherever they are shown."""
    same = select(CatalogueRole.id).where(
        col(CatalogueRole.id).in_(current_roles()), CatalogueRole.title == made.title, CatalogueRole.code != made.code
    )
    if made.retired_at is None and work.session.exec(same).first() is not None:
        raise Refused(f"Another post is called {made.title}. Give this one a title of its own.")
