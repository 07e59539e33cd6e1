"""What a partner is told of an action beyond logistics, in words; and what waits for an agreement."""

from planner.rules.counts import count_words
from planner.rules.sharing import categories_words
from planner.rules.words import Children, Profile
from planner.ui.forms import words
from planner.views.shared import Numbers, Shared

PEOPLE = {
    Profile.WOMAN: "women",
    Profile.MAN: "men",
    Profile.FAMILY: "families",
    Profile.CHILD: "children or age uncertain",
}
CHILDREN = {
    Children.UNKNOWN: "Whether there are children is not known.",
    Children.EXPECTED: "Children are expected.",
    Children.NONE: "No children are expected.",
}


def shared_lines(region: str, shared: Shared) -> str:
    """The region always, then what an agreement covers, one line each."""
    return "\n".join([f"{region} region.", *more_lines(shared)])


def more_lines(shared: Shared) -> list[str]:
    """What an agreement covers, and what waits for one; nothing where the post needs logistics alone."""
    lines = []
    if shared.locality:
        at = count_words(shared.locality.premises_count, "place", "places")
        lines.append(f"{shared.locality.force}; {at}: {words(shared.locality.premises_kind).lower()}.")
    if shared.numbers is not None:
        lines.append(_numbers(shared.numbers))
    if shared.children:
        number = f" {shared.children.number} at most." if shared.children.number else ""
        lines.append(CHILDREN[shared.children.children] + number)
    if shared.nature:
        spoken = f" Languages: {shared.nature.languages}." if shared.nature.languages else " Languages not known yet."
        lines.append(f"Exploitation: {words(shared.nature.exploitation).lower()}.{spoken}")
    if shared.withheld:
        lines.append(f"Shown once an information-sharing agreement covers it: {categories_words(shared.withheld)}.")
    return lines


def _numbers(numbers: tuple[Numbers, ...]) -> str:
    known = [line for line in numbers if line.high]
    if not known:
        return "How many people is not known yet."
    said = [f"{line.likely} likely, {line.high} at most {PEOPLE[line.profile]}" for line in known]
    return f"Expected: {'; '.join(said)}."
