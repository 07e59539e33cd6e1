"""What a lead or its agency has answered, in words."""

from planner.rules.dates import instant_words
from planner.rules.words import OfferState
from planner.views.my_part import MyOffer

ANSWERS = {
    OfferState.ACCEPTED: "accepted",
    OfferState.ACCEPTED_WITH_CONDITIONS: "accepted, on conditions,",
    OfferState.DECLINED: "declined",
}


def answer_words(offer: MyOffer) -> str:
    """What was answered, by whom of those who may, and when."""
    at = f" on {instant_words(offer.answered_at)}" if offer.answered_at else ""
    said = f"{ANSWERS[offer.state]} this post{at}"
    if offer.by_commitment:
        return f"Your standing commitment {said}."
    if offer.by_telephone:
        return f"The cell typed that you {said}. If it is not so, change it here."
    return f"{'You' if offer.answered_by_me else 'Your agency'} {said}."
