"""Which reply changes an answer: by SEQUENCE first, then by DTSTAMP; each beside one that does."""

from datetime import timedelta

import pytest

from planner.rules.invitation_words import InvitationAnswer, ReplyOutcome
from planner.rules.replies import Reply, Told, judge
from tests.builders import NOW

MINUTE = timedelta(minutes=1)
YES, NO = InvitationAnswer.ACCEPTED, InvitationAnswer.DECLINED


@pytest.mark.parametrize(
    ("sequence", "stamp", "said", "told", "outcome"),
    [
        (1, NOW, YES, Told(1, None, None), ReplyOutcome.KEPT),
        (0, NOW, YES, Told(1, None, None), ReplyOutcome.NOTHING_NEW),
        (2, NOW, YES, Told(1, None, None), ReplyOutcome.FOR_A_PERSON),
        (1, NOW, YES, Told(1, NOW - MINUTE, NO), ReplyOutcome.KEPT),
        (1, NOW, YES, Told(1, NOW + MINUTE, NO), ReplyOutcome.NOTHING_NEW),
        (1, NOW, YES, Told(1, NOW, YES), ReplyOutcome.NOTHING_NEW),
        (1, NOW, NO, Told(1, NOW, YES), ReplyOutcome.KEPT),
        (0, NOW + MINUTE, YES, Told(1, NOW, NO), ReplyOutcome.NOTHING_NEW),
    ],
)
def test_a_reply_counts_when_it_answers_the_last_invitation_and_is_the_last_answer(
    sequence: int, stamp: object, said: InvitationAnswer, told: Told, outcome: ReplyOutcome
) -> None:
    reply = Reply("uid", "", sequence, NOW, "duty@health.example.org", said)._replace(stamp=stamp)  # type: ignore[arg-type]

    verdict = judge(reply, told)

    assert verdict.outcome is outcome
    assert verdict.sentence.endswith(".")
