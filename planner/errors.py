"""One tree of expected refusals; str(error) is a finished sentence for the person who clicked.

PlannerError
├── InputError      what was typed or sent cannot be taken
│   ├── Questioned  it looks like a person's name, number or address: somebody must look first
│   └── NothingChosen  what was chosen is gone by now, or nothing was: somebody must choose again
├── NotFound        no such thing, or none that you may see: the two answer alike
├── NotAllowed      it is there, but your post may not do this
├── Refused         a rule says no: short of places, not quorate, outside its window
│   └── ProofNeeded  who acts has not shown of late that it is they: `/login/prove` leads on
├── Stale           somebody saved it since your page was drawn
├── SignInRefused   the user name or password is wrong, or the account is closed
└── StorageError    the database cannot be reached, is at another migration, or is read-only
"""

from planner.rules.free_text import Doubt


class PlannerError(Exception):
    """An expected refusal."""

    kind = "refused"


class InputError(PlannerError):
    """What was typed or sent cannot be taken; `line` and `column` say where, when it came from a file."""

    kind = "input"

    def __init__(self, sentence: str, *, line: int | None = None, column: str | None = None) -> None:
        super().__init__(sentence)
        self.line = line
        self.column = column


class Questioned(InputError):
    """A free text looks as if it named a person; `doubts` holds the words, which the sentence never repeats."""

    kind = "questioned"

    def __init__(self, sentence: str, doubts: tuple[Doubt, ...]) -> None:
        super().__init__(sentence)
        self.doubts = doubts


class NothingChosen(InputError):
    """A press was for nothing that can be chosen now."""


class NotFound(PlannerError):
    """Missing and forbidden answer alike, so that an answer never betrays what exists."""

    kind = "not_found"


class NotAllowed(PlannerError):
    kind = "not_allowed"


class Refused(PlannerError):
    kind = "refused"


class ProofNeeded(Refused):
    """Who acts gives their password again, and their second factor where they have one; then they try once more."""


class Stale(PlannerError):
    kind = "stale"


class SignInRefused(PlannerError):
    kind = "sign_in"


class StorageError(PlannerError):
    kind = "storage"
