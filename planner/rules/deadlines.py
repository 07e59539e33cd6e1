"""Who mends an unmet check, and by when: before Gold decides, and early enough for what the check itself asks."""

from collections.abc import Collection, Sequence
from datetime import datetime

from planner.rules.dates import instant_words
from planner.rules.findings import Finding, State
from planner.rules.lead_time import Held, latest_end
from planner.rules.values import Facts
from planner.rules.windows import local
from planner.rules.words import ConferenceKind, Post

# Who sees to a check where its sentence names nobody.
MENDS = {
    "legal_basis": "Silver",
    "clashes": "Silver",
    "region_informed": "Cell",
    "conference": "Cell",
    "roles": "Silver",
    "care": "Care lead",
    "child_pathway": "Silver",
}
SILVER = "Silver"
# Who is meant by each of these words.
POSTS = {
    SILVER: frozenset({Post.SILVER}),
    "Cell": frozenset({Post.CELL, Post.REGIONAL_CELL}),
    "Care lead": frozenset({Post.CARE_LEAD}),
}


def first_of_theirs(findings: Sequence[Finding], posts: Collection[Post]) -> Finding | None:
    """The first finding that is for one of these posts to mend."""
    mine = (finding for finding in findings if POSTS[MENDS.get(finding.check, SILVER)] & set(posts))
    return next(mine, None)


def who_mends(finding: Finding) -> str:
    """ "Care lead: find and confirm places": the finding's own words, or a post's name."""
    return finding.remedy.rstrip(".") or MENDS.get(finding.check, SILVER)


def mend_by(finding: Finding, facts: Facts, decide_by: datetime | None) -> datetime:
    """The latest instant at which mending it still helps: a conference must also be over early enough."""
    action = facts.action
    latest = min(decide_by or action.starts_at, action.starts_at)
    if finding.check != "conference":
        return latest
    kind = facts.conference.kind if facts.conference else ConferenceKind.PLANNED
    lead = Held(action.reference, action.starts_at, action.nation, facts.policy.lead, facts.holidays)
    return min(latest, latest_end(lead, kind).ends_at)


def mend_words(finding: Finding, facts: Facts, decide_by: datetime | None) -> str:
    """ "Care lead: find and confirm places, by Thu 26 November, 18:00."; nothing of what is met."""
    if finding.state not in (State.UNMET, State.NOT_RECORDED):
        return ""
    by = mend_by(finding, facts, decide_by)
    said = instant_words(by, read=local(facts.now).date())
    when = f"by {said}" if by > facts.now else f"at once: it was due {said}"
    return f"{who_mends(finding)}, {when}." + (" Nobody can override it." if finding.final else "")
