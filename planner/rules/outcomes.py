"""How support went on for those who were met, in numbers alone.

Source of the words: FIELD, "Law that becomes data". Adults are referred to the National Referral Mechanism with their
consent; where an adult does not consent there is a duty to notify (Modern Slavery Act 2015, s. 52); children are
referred regardless. Declining is never shown as failure.
"""

from collections.abc import Mapping
from enum import StrEnum

from planner.rules.counts import count_words


class SupportOutcome(StrEnum):
    """Where people's support stands, each person in one of the first five; then referrals, counted beside them."""

    ENTERED = "entered_support"
    DECLINED = "declined_support"
    CHILDREN = "with_childrens_service"
    RETURNED = "returned_home"
    NOT_KNOWN = "not_known"
    REFERRED = "adults_referred"
    NOTIFIED = "duty_to_notify"
    CHILDREN_REFERRED = "children_referred"


STANDS = tuple(SupportOutcome)[:5]
REFERRALS = tuple(SupportOutcome)[5:]
OUTCOME_WORDS = {
    SupportOutcome.ENTERED: "Entered support",
    SupportOutcome.DECLINED: "Declined support",
    SupportOutcome.CHILDREN: "With the children's service",
    SupportOutcome.RETURNED: "Returned home of their own will",
    SupportOutcome.NOT_KNOWN: "Not known",
    SupportOutcome.REFERRED: "Adults referred to the NRM",
    SupportOutcome.NOTIFIED: "Notified without consent (duty to notify)",
    SupportOutcome.CHILDREN_REFERRED: "Children referred to the NRM",
}


def told_words(numbers: Mapping[SupportOutcome, int], encountered: int) -> str:
    """Whether something is told of everybody who was met: "5 of 7 encountered are told of; of 2 nothing is said."."""
    told = sum(numbers.get(outcome, 0) for outcome in STANDS)
    if told == encountered:
        return f"Something is told of all {encountered} encountered." if encountered else "Nobody was encountered."
    if told > encountered:
        return f"{count_words(told, 'person', 'people')} told of, {encountered} encountered: look at both numbers."
    return f"{told} of {encountered} encountered told of; of {encountered - told} nothing is said yet."
