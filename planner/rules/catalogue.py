"""The role catalogue: for which actions a post serves, and what a version of it must say."""

from typing import NamedTuple

from planner.rules.counts import count_words
from planner.rules.words import ActionKind, AgencyKind, Nation

MOST_NEEDED = 20
LONGEST_ANSWER_HOURS = 240


class RoleShape(NamedTuple):
    """What decides whether a version of a post can be kept; empty kinds and nations mean all of them."""

    responsibilities: tuple[str, ...]
    agency_kinds: tuple[AgencyKind, ...]
    required: bool
    needed: int
    answer_hours: int


def serves(action_kinds: str, nations: str, kind: ActionKind, nation: Nation) -> bool:
    """Whether a post is one of this kind of action in this nation; both lists are as stored, empty for all."""
    return (not action_kinds or kind in action_kinds.split("|")) and (not nations or nation in nations.split("|"))


def what_is_wrong(shape: RoleShape) -> str | None:
    """The first thing that a version of a post cannot be kept with, as a sentence."""
    if not shape.responsibilities:
        return "A post needs at least one responsibility: one plain sentence a line."
    if not shape.agency_kinds:
        return "Choose at least one kind of agency that may fill the post: otherwise nobody can be asked."
    if not 1 <= shape.needed <= MOST_NEEDED:
        return f"An action needs 1 to {MOST_NEEDED} of a post; you asked for {shape.needed}."
    if not 1 <= shape.answer_hours <= LONGEST_ANSWER_HOURS:
        return f"The time to answer is 1 to {LONGEST_ANSWER_HOURS} hours; you gave {shape.answer_hours}."
    return None


class Effect(NamedTuple):
    """What a version of a post does to the gates of planned actions that the reader sees.

    `filled` have as many accepted as it asks for; of the others `standing` have a go-ahead; `unseen`: there are more.
    """

    planned: int
    filled: int
    standing: int
    unseen: bool


def effect_words(effect: Effect, *, required: bool, before: bool) -> str:
    """What is said before a version is kept; `before` is whether the post is required so far."""
    if not required and not before:
        return "No gate will ask for this post: it is offered where the planners want it."
    more = " Actions that are closed to you are not counted here." if effect.unseen else ""
    actions = count_words(effect.planned, "planned action")
    if not required:
        return f"{actions} will need this post no longer.{more}"
    said = f"{actions} will need this post; {effect.filled} of them {_have(effect.filled)} it accepted."
    if effect.standing:
        others = count_words(effect.standing, "go-ahead")
        said += f" {others} without it will be suspended."
    return said + more


def _have(number: int) -> str:
    return "has" if number == 1 else "have"
