"""Objectives and tactical parameters: the national Gold's, in versions, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import func, select

from planner.access import Verb, may, require
from planner.errors import InputError, Stale
from planner.models.operations import Objective, ObjectiveSet, Operation
from planner.named import operation_id_of
from planner.rules.counts import count_words
from planner.rules.parameters import ParameterFact, parameter_words, what_is_wrong
from planner.rules.words import Post
from planner.services.gate import lock_given, reconsider
from planner.services.leads import holders
from planner.services.texts import needed_text
from planner.work import Look, Work

FIRST = 1  # what was set before versions were kept


@dataclass(frozen=True)
class ObjectivesRequest:
    """All that Gold sets, as a whole: objectives and parameters in words, and parameters that the gate checks.

    `version` is that of what the form was drawn with.
    """

    operation: str
    objectives: Sequence[str]
    parameters: Sequence[str]
    reason: str
    checked: tuple[ParameterFact, ...] = ()
    version: int | None = None

    def __post_init__(self) -> None:
        needed_text(self.reason, "The reason")
        wrong = [sentence for item in self.checked if (sentence := what_is_wrong(item))]
        if wrong:
            raise InputError(" ".join(wrong))
        if len({item.kind for item in self.checked}) < len(self.checked):
            raise InputError("Each parameter that the gate checks is given once.")


def set_objectives(work: Work, request: ObjectivesRequest) -> ObjectiveSet:
    """Another version of objectives and parameters; a go-ahead outside a parameter that blocks is suspended."""
    said = [(False, needed_text(text, "An objective")) for text in request.objectives]
    said += [(True, needed_text(text, "A tactical parameter")) for text in request.parameters]
    operation, given = _locked(work, request.operation)
    before = current_version(work, operation.id or 0)
    if request.version not in (None, before):
        raise Stale(f"The objectives of {operation.name} were changed while your page was open. Look again.")
    row = ObjectiveSet(
        operation_id=operation.id or 0,
        version=before + 1,
        reason=needed_text(request.reason, "The reason"),
        set_by=work.actor.person_id,
        set_at=work.now,
    )
    work.session.add(row)
    _write(work, row, said, request.checked)
    operation.version += 1
    work.session.add(operation)
    sentence = (
        f"Operation {operation.name} has {count_words(len(request.objectives), 'objective')} and "
        f"{count_words(len(request.parameters) + len(request.checked), 'parameter')}, version {row.version}. "
        f"Reason: {row.reason}"
    )
    texts = [text for _, text in said] + [parameter_words(item) for item in request.checked]
    work.record("set_objectives", sentence, kind="operation", ref=operation.code, texts=texts)
    reconsider(work, given, because="Gold's tactical parameters changed.")
    for person in holders(work, (Post.GOLD, Post.SILVER), operation.id or 0):
        work.notify(sentence, person_id=person, path="/operation?tab=Objectives")
    return row


def current_version(look: Look, operation_id: int) -> int:
    """The last version that was set; what stood there before versions were kept is the first."""
    last = look.session.exec(select(func.max(ObjectiveSet.version)).where(ObjectiveSet.operation_id == operation_id))
    return last.one() or FIRST


def _locked(work: Work, code: str) -> tuple[Operation, list[int]]:
    """The operation, after the actions whose go-aheads may fall."""
    work.attempts(Verb.SET_OBJECTIVES.name.lower(), code)
    number = operation_id_of(work, code)
    given = lock_given(work, number) if may(work, Verb.SET_OBJECTIVES) else []
    operation = work.lock(Operation, number)
    require(work, Verb.SET_OBJECTIVES, ref=code, operation_id=number)
    return operation, given


def _write(work: Work, row: ObjectiveSet, said: Sequence[tuple[bool, str]], checked: Sequence[ParameterFact]) -> None:
    work.session.add_all(
        Objective(operation_id=row.operation_id, number=number, parameter=parameter, text=text, version=row.version)
        for number, (parameter, text) in enumerate(said, 1)
    )
    work.session.add_all(
        Objective(
            operation_id=row.operation_id,
            number=number,
            parameter=True,
            text=parameter_words(item),
            version=row.version,
            kind=item.kind,
            value=item.value,
            blocks=item.blocks,
        )
        for number, item in enumerate(checked, len(said) + 1)
    )
