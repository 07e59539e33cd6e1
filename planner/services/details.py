"""What is known of an action beside its time and its people: premises, exploitation, languages, references, marking."""

from dataclasses import dataclass, field

from planner.access import Verb
from planner.errors import InputError
from planner.models.operations import Action
from planner.rules.words import Exploitation, Marking, PremisesKind
from planner.services.actions import check_intelligence, lock_open_action
from planner.services.cells import cell_of, mark_of
from planner.services.clashes import check_clashes
from planner.services.followers import ask_concerned, asked_on
from planner.services.gate import reconsider
from planner.services.markings import carry_to_conferences, check_marking, marked_as
from planner.services.texts import short_text
from planner.work import Work

MOST_PREMISES = 200


@dataclass(frozen=True)
class DetailsRequest:
    """All that is kept; what is not given of the place and the team stays as it was.

    A postcode and a premises reference are read for the clash check and not kept.
    """

    premises_kind: PremisesKind
    premises_count: int
    exploitation: Exploitation
    languages: str
    intelligence_system: str | None
    intelligence_reference: str | None
    marking: Marking
    postcode: str | None = field(default=None, repr=False)  # what is shown of a request is kept of it, too
    handling: str | None = None
    team: str | None = None
    premises_reference: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not 1 <= self.premises_count <= MOST_PREMISES:
            most = f"An action is at 1 to {MOST_PREMISES} premises"
            raise InputError(f"{most}; you entered {self.premises_count}.")
        check_intelligence(self.intelligence_system, self.intelligence_reference)
        short_text(self.languages, "The list of languages")
        short_text(self.team, "The team's reference", most=40)
        short_text(self.premises_reference, "The premises reference", most=60)
        check_marking(self.marking, self.handling)


def set_details(work: Work, reference: str, request: DetailsRequest, *, version: int | None = None) -> None:
    """Keep what is known now; another place or reference is checked for clashes at once."""
    action = lock_open_action(work, reference, Verb.PLAN, version=version)
    before, asked_before, marked = _where(action), asked_on(work, [action]), marked_as(action)
    action.premises_kind, action.premises_count = request.premises_kind, request.premises_count
    action.exploitation, action.marking = request.exploitation, request.marking
    action.handling = check_marking(request.marking, request.handling)
    action.languages = ", ".join(word.strip() for word in request.languages.split(",") if word.strip())
    action.intelligence_system = (request.intelligence_system or "").strip() or None
    action.intelligence_reference = (request.intelligence_reference or "").strip() or None
    if request.postcode:
        action.premises_cell = cell_of(request.postcode)
    if (request.premises_reference or "").strip():
        action.premises_mark = mark_of(request.premises_reference or "")
    if request.team is not None:
        action.team = " ".join(request.team.upper().split()) or None  # written alike, it is the same team
    action.version, action.changed_at = action.version + 1, work.now
    work.session.add(action)
    sentence = f"What is known of {reference} was changed."
    work.record_action("set_details", sentence, action)
    if _where(action) != before:
        check_clashes(work, [action])
    ask_concerned(work, [action], asked_before)
    reconsider(work, [action.id or 0], because=sentence)
    if marked_as(action) != marked:
        carry_to_conferences(work, [action.id or 0])


def _where(action: Action) -> tuple[str | None, ...]:
    """What the clash check looks at, beside the time."""
    return (
        *(action.premises_cell, action.premises_mark, action.team),
        *(action.intelligence_system, action.intelligence_reference),
    )
