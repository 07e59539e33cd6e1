"""What follows from a change of plan: the facts before and after it compared, in plain sentences, what breaks first.

The same function makes the list that is shown before and the one that is kept with the change, so that they can be
compared word by word.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from planner.rules.check_words import met_then_words
from planner.rules.checks_law import still_clashing
from planner.rules.counts import count_words
from planner.rules.dates import day_words, when_words
from planner.rules.demand import asked_for, booked
from planner.rules.findings import Finding, State
from planner.rules.readiness import Gate
from planner.rules.strike_words import strike_day_words
from planner.rules.values import Facts, HoldFact
from planner.rules.windows import local
from planner.rules.words import ArrangementState, HoldState, OfferState, Standing

ACCEPTED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)
# What waits for an answer has a line of its own, and is no reason to plan otherwise.
WAITS = frozenset({"roles", "interpreters", "medical", "reception", "transport", "child_pathway"})
STANDINGS = {
    Standing.SPENT: "The go-ahead is spent: Gold must give a new one.",
    Standing.SUSPENDED: "The go-ahead is suspended until Gold reaffirms it.",
}


class Side(NamedTuple):
    """One action before a change, or after it; `sequence` is the number of its calendar entry."""

    facts: Facts
    gate: Gate
    sequence: int
    strike_day: str = ""

    @property
    def read_on(self) -> date:
        """The day on which it is read: days of another year are said with their year."""
        return local(self.facts.now).date()


class Consequence(NamedTuple):
    """`breaks`: the plan cannot go ahead like this unless somebody mends it; all else only has to be answered."""

    action: str
    sentence: str
    breaks: bool = False


def consequences(before: Sequence[Side], after: Sequence[Side]) -> tuple[Consequence, ...]:
    """Everything that a change does to these actions, action by action; those that break something come first."""
    found = [
        Consequence(now.facts.action.reference, sentence, breaks)
        for then, now in zip(before, after, strict=True)
        for sentence, breaks in _of_one(then, now)
    ]
    return tuple(sorted(found, key=lambda item: not item.breaks))


def told_words(people: int, agencies: int) -> str:
    """ "5 people and 2 providers are told, one message each." """
    who = [count_words(people, "person", "people")] * bool(people) + [
        count_words(agencies, "agency", "agencies")
    ] * bool(agencies)
    are = "is" if people + agencies == 1 else "are"
    return f"{' and '.join(who)} {are} told, one message each." if who else "Nobody else has to be told."


def _of_one(then: Side, now: Side) -> Iterator[tuple[str, bool]]:
    for sentence in (*_plan(then, now), *_go_ahead(then, now)):
        yield sentence, False
    posts, arranged = _posts_again(then, now), _arranged_again(then, now)
    yield from _checks(then, now, covered={*(["roles"] if posts else []), *arranged})
    for sentence in (*_posts(posts), *_places(then, now), *_arrangements(arranged), *_overrides(then, now)):
        yield sentence, False
    if now.sequence != then.sequence:
        yield f"The calendar entry is sent again, as its change number {now.sequence}.", False


def _plan(then: Side, now: Side) -> Iterator[str]:
    was, is_ = then.facts.action, now.facts.action
    if (was.starts_at, was.ends_at) != (is_.starts_at, is_.ends_at):
        then_words = when_words(was.starts_at, was.ends_at, read=now.read_on)
        yield f"{then_words} becomes {when_words(is_.starts_at, is_.ends_at, read=now.read_on)}."
    if then.strike_day and now.strike_day != then.strike_day:
        yield f"It leaves {strike_day_words(then.strike_day)}."
    if (was.premises_kind, was.premises_count, was.premises_cell) != (
        is_.premises_kind,
        is_.premises_count,
        is_.premises_cell,
    ):
        yield "The premises are others than before."
    if was.immigration is not is_.immigration:
        yield f"Immigration enforcement becomes: {is_.immigration.replace('_', ' ')}."
    if then.facts.demand != now.facts.demand:
        yield f"Expected: {_expected(now.facts)} instead of {_expected(then.facts)}."


def _expected(facts: Facts) -> str:
    likely, high = sum(line.likely for line in facts.demand), sum(line.high for line in facts.demand)
    return f"{likely} likely, {high} at most" if facts.demand else "nobody said yet"


def _go_ahead(then: Side, now: Side) -> Iterator[str]:
    if now.gate.standing is not then.gate.standing and now.gate.standing in STANDINGS:
        yield STANDINGS[now.gate.standing]


def _checks(then: Side, now: Side, covered: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Checks that turn: what was met and is not says why, unless another line does; what is met now says so."""
    for was, is_ in zip(then.gate.findings, now.gate.findings, strict=True):
        if _open(is_) and not _open(was) and is_.check not in covered:
            yield f"{_name(is_)}: {is_.read_on(now.read_on)}", is_.stops and not _only_waits(now.facts, is_)
        elif _open(was) and _open(is_) and _breaks_anew(then, now, (was, is_)):
            yield f"{_name(is_)}: {is_.read_on(now.read_on)}", is_.stops
        elif _open(was) and not _open(is_):
            yield met_then_words(is_, now.read_on), False


def _breaks_anew(then: Side, now: Side, turned: tuple[Finding, Finding]) -> bool:
    """What was unmet already and is so for another reason: another clash to clear, something else that the law asks."""
    was, is_ = turned
    if is_.check == "clashes":
        return bool(_to_clear(now) - _to_clear(then))
    return is_.check == "legal_basis" and is_.template != was.template


def _to_clear(side: Side) -> set[str]:
    return {clash.fingerprint for clash in still_clashing(side.facts) if clash.open}


def _open(finding: Finding) -> bool:
    return finding.state in (State.UNMET, State.NOT_RECORDED)


def _name(finding: Finding) -> str:
    return finding.check.replace("_", " ").capitalize()


def _only_waits(facts: Facts, finding: Finding) -> bool:
    """Whether an answer mends it: enough places are held or asked for, a post or an arrangement is asked for again."""
    if finding.check != "care":
        return finding.check in WAITS
    coming: dict[object, int] = {}
    for found in (booked(facts, HoldState.CONFIRMED), booked(facts, HoldState.HELD), asked_for(facts)):
        for key, places in found.items():
            coming[key] = coming.get(key, 0) + places
    return all(coming.get((line.profile, line.need), 0) >= line.likely for line in facts.demand)


def _posts_again(then: Side, now: Side) -> list[str]:
    accepted = {offer.id for offer in then.facts.offers if offer.state in ACCEPTED}
    return [
        f"{offer.role_title} ({offer.agency})"
        for offer in now.facts.offers
        if offer.id in accepted and offer.state is OfferState.OFFERED
    ]


def _posts(again: Sequence[str]) -> Iterator[str]:
    if again:
        yield f"{count_words(len(again), 'post is', 'posts are')} asked again: {', '.join(again)}."


def _places(then: Side, now: Side) -> Iterator[str]:
    was, is_ = _bookings(then.facts.holds), _bookings(now.facts.holds)
    new = [lines for number, lines in is_.items() if number not in was]
    for number, lines in was.items():
        if number not in is_:
            back = "goes" if _places_of(lines) == 1 else "go"
            yield f"{_booked(lines, now.read_on)} {back} back{_instead(lines, new, now.read_on)}."
        elif is_[number][0].first_night != lines[0].first_night:
            be = "is" if _places_of(lines) == 1 else "are"
            night = day_words(is_[number][0].first_night, read=now.read_on)
            yield f"{_booked(lines, now.read_on)} {be} asked for from {night} instead."


def _bookings(holds: Sequence[HoldFact]) -> Mapping[int, list[HoldFact]]:
    found: dict[int, list[HoldFact]] = {}
    for hold in holds:
        found.setdefault(hold.hold_id, []).append(hold)
    return found


def _places_of(lines: Sequence[HoldFact]) -> int:
    return sum(line.places for line in lines)


def _booked(lines: Sequence[HoldFact], read: date) -> str:
    places = count_words(_places_of(lines), "place")
    state = "asked for" if lines[0].state is HoldState.REQUESTED else lines[0].state
    return f"{places} {state} from {day_words(lines[0].first_night, read=read)}"


def _instead(lines: Sequence[HoldFact], new: list[list[HoldFact]], read: date) -> str:
    """The booking that takes its place, which is then spoken for."""
    shape = [line[5:9] for line in lines]  # unit, profile, need, places
    found = next((one for one in new if [line[5:9] for line in one] == shape), None)
    if found is None:
        return "; nothing is asked for again, its provider takes nobody with so little notice"
    new.remove(found)
    be = "is" if _places_of(found) == 1 else "are"
    how = "held" if found[0].state is HoldState.HELD else "asked for"
    return f", and {be} {how} from {day_words(found[0].first_night, read=read)}"


def _arranged_again(then: Side, now: Side) -> list[str]:
    confirmed = {item.id for item in then.facts.arrangements if item.state is ArrangementState.CONFIRMED}
    return [
        item.kind
        for item in now.facts.arrangements
        if item.id in confirmed and item.state is ArrangementState.REQUESTED
    ]


def _arrangements(again: Sequence[str]) -> Iterator[str]:
    if again:
        yield f"To be confirmed again: {', '.join(kind.replace('_', ' ') for kind in again)}."


def _overrides(then: Side, now: Side) -> Iterator[str]:
    still = {(item.check, item.fingerprint) for item in now.facts.overrides}
    ended = [
        item.check.replace("_", " ")
        for item in then.facts.overrides
        if (item.check, item.fingerprint) not in still and item.expires_at > now.facts.now
    ]
    if ended:
        yield f"{count_words(len(ended), 'override ends', 'overrides end')}: {', '.join(ended)}."
