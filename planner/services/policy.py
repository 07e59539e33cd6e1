"""The gate's policy: set by the national Gold, tightened by a force's own Gold; each change is another version."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from planner.access import Verb, may, own_agencies, require
from planner.errors import InputError, Refused, Stale
from planner.facts_policy import terms_in
from planner.models.directory import Agency
from planner.models.operations import Operation
from planner.models.policy import Policy
from planner.named import operation_id_of
from planner.rules.decided import Material
from planner.rules.lead_time import NATION_WORDS
from planner.rules.policy_terms import Terms, changes, looser, out_of_bounds, strictest
from planner.rules.readiness import NAMES
from planner.rules.words import AgencyKind, Nation, Post
from planner.services.gate import lock_given, reconsider
from planner.services.leads import holders
from planner.services.texts import needed_text
from planner.work import Work

Key = tuple[Nation | None, int | None]


@dataclass(frozen=True)
class PolicyRequest:
    """The terms as a whole; `version` is that of the policy the form was drawn with, 0 where there was none yet.

    `force` is an agency's code; neither it nor `nation` means the operation's own minimum.
    """

    operation: str
    terms: Terms
    reason: str
    nation: Nation | None = None
    force: str | None = None
    version: int | None = None

    def __post_init__(self) -> None:
        needed_text(self.reason, "The reason for this policy")
        wrong = out_of_bounds(self.terms)
        unknown = sorted((self.terms.blocks - set(NAMES)) | (self.terms.conference_material - set(Material)))
        if unknown:
            raise InputError(f"There is nothing called {unknown[0]} that a policy speaks of.")
        if wrong:
            raise InputError(" ".join(wrong))


def set_policy(work: Work, request: PolicyRequest) -> Policy:
    """Another version of the operation's minimum, or of what is stricter in one nation."""
    if request.force is not None:
        raise InputError("A force's policy is its own Gold's to tighten. Leave the force out, or the nation.")
    work.attempts(Verb.SET_POLICY.name.lower(), request.operation)
    operation, given = _locked(work, request.operation)
    require(work, Verb.SET_POLICY, ref=operation.code, operation_id=operation.id)
    return _keep(work, operation, request, (request.nation, None), given)


def tighten_policy(work: Work, request: PolicyRequest) -> Policy:
    """Another version of what is stricter in one force."""
    verb = Verb.TIGHTEN_POLICY
    work.attempts(verb.name.lower(), request.operation)
    operation, given = _locked(work, request.operation)
    mine = own_agencies(work, verb)
    ours = select(Agency).where(
        Agency.code == request.force, Agency.kind == AgencyKind.POLICE_FORCE, col(Agency.id).in_(mine)
    )
    force = work.session.exec(ours).first()
    require(work, verb, ref=operation.code, operation_id=operation.id, agency_id=force.id if force else 0)
    return _keep(work, operation, request, (None, force.id if force else None), given)


def _locked(work: Work, code: str) -> tuple[Operation, list[int]]:
    """The operation, after the actions whose go-aheads may fall: in this order everybody locks them."""
    number = operation_id_of(work, code)
    mine = any(may(work, verb) for verb in (Verb.SET_POLICY, Verb.TIGHTEN_POLICY))
    given = lock_given(work, number) if mine else []
    return work.lock(Operation, number), given


def _keep(work: Work, operation: Operation, request: PolicyRequest, key: Key, given: Sequence[int]) -> Policy:
    known = _latest(work, operation.id or 0)
    last, minimum = known.get(key), _minimum(work, known, key)
    if request.version not in (None, last.version if last else 0):
        raise Stale(f"The policy was changed while your page was open: {last.reason if last else ''} Look again.")
    if minimum is not None and (loose := looser(request.terms, minimum)):
        raise Refused(f"A minimum may be tightened, never loosened. {'; '.join(loose)}.")
    before = terms_in(last) if last else minimum
    changed = changes(before, request.terms) if before else ()
    if not changed:
        raise Refused("Nothing in this policy is different from what is in force. Change a value, or leave it.")
    row = _version(work, operation, request, key, last.version + 1 if last else 1)
    said = f"{_whose(work, operation, key)}, version {row.version}: {'; '.join(changed)}. Reason: {row.reason}"
    work.record("set_policy", said, kind="operation", ref=operation.code, policy=row.id)
    reconsider(work, given, because="The gate's policy changed.")
    _tell(work, operation, key, said)
    return row


def _latest(work: Work, operation_id: int) -> dict[Key, Policy]:
    rows = work.session.exec(select(Policy).where(Policy.operation_id == operation_id).order_by(col(Policy.version)))
    return {(row.nation, row.force_id): row for row in rows}


def _minimum(work: Work, known: dict[Key, Policy], key: Key) -> Terms | None:
    """What stands above: of a nation the operation's, of a force also its nation's; the operation has none above."""
    if key == (None, None):
        return None
    above = [known[None, None]]
    if key[1] is not None:
        nation = work.session.get_one(Agency, key[1]).nation
        above += [known[nation, None]] if nation is not None and (nation, None) in known else []
    return strictest(map(terms_in, above))


def _version(work: Work, operation: Operation, request: PolicyRequest, key: Key, version: int) -> Policy:
    kept: dict[str, Any] = request.terms._asdict()
    said: dict[str, Any] = {
        name: " ".join(sorted(value)) if isinstance(value, frozenset) else value for name, value in kept.items()
    }
    row = Policy(
        operation_id=operation.id or 0,
        nation=key[0],
        force_id=key[1],
        version=version,
        reason=needed_text(request.reason, "The reason for this policy"),
        set_by=work.actor.person_id,
        set_at=work.now,
        **said,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _whose(work: Work, operation: Operation, key: Key) -> str:
    nation, force = key
    if force is not None:
        return f"Policy of {work.session.get_one(Agency, force).name} in {operation.name}"
    return f"Policy of {operation.name}" + (f" in {NATION_WORDS[nation]}" if nation is not None else "")


def _tell(work: Work, operation: Operation, key: Key, said: str) -> None:
    """Every Gold whom it binds, and the national Gold; never who changed it."""
    golds = holders(work, (Post.NATIONAL_GOLD,), operation.id or 0)
    golds += holders(work, (Post.GOLD,), operation.id or 0, key[1])
    for person in sorted({*golds} - {work.actor.person_id}):
        work.notify(said, person_id=person, path="/operation?tab=Policy")
