"""Replies are read as mail programs write them; whatever else comes in, a sentence comes out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.inputs.replies import read_incoming
from planner.rules.invitation_words import InvitationAnswer, ReplyOutcome
from planner.rules.replies import LARGEST, Reply
from tests.replies import HEALTH, a_letter, a_reply

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WHOLE = Reply("uid-1", "", 0, AT, HEALTH, InvitationAnswer.ACCEPTED)


def test_a_reply_is_read_from_a_mail_and_from_a_file() -> None:
    letter, file = read_incoming(a_letter(more="COMMENT:We bring two\\, as asked.")), read_incoming(a_reply())

    assert (letter.sender, letter.reply, letter.vouched) == (
        HEALTH,
        WHOLE._replace(comment="We bring two, as asked."),
        False,
    )
    assert (file.sender, file.reply, file.vouched) == ("", WHOLE, True)


def test_outlook_leaves_the_organizer_out_and_writes_addresses_in_capitals() -> None:
    letter = a_letter("Duty desk <DUTY@health.example.org>", organizer="", attendee="Duty@Health.Example.org")

    read = read_incoming(letter)

    assert (read.sender, read.reply) == (HEALTH, WHOLE)


def test_one_of_a_series_is_named_in_utc() -> None:
    read = read_incoming(a_reply(more="RECURRENCE-ID;TZID=Europe/London:20260706T140000"))

    assert read.reply is not None
    assert read.reply.occurrence == "20260706T130000Z"


@pytest.mark.parametrize(
    ("raw", "outcome", "sentence"),
    [
        (a_letter(method="REQUEST"), ReplyOutcome.REFUSED, "It is no reply: its method is REQUEST."),
        (a_letter(method="COUNTER"), ReplyOutcome.FOR_A_PERSON, "It proposes another time."),
        (a_letter(said="NEEDS-ACTION"), ReplyOutcome.REFUSED, "It says neither yes nor no."),
        (a_letter(said="DELEGATED"), ReplyOutcome.FOR_A_PERSON, "somebody else comes"),
        (a_letter(more="ATTENDEE:mailto:b@example.org"), ReplyOutcome.FOR_A_PERSON, "It names 2 who answer"),
        (a_letter(attendee="a b"), ReplyOutcome.FOR_A_PERSON, "has no mailbox"),
        (a_letter(stamp="20261124T100000"), ReplyOutcome.REFUSED, "when it was written"),
        (a_letter(sequence="many"), ReplyOutcome.REFUSED, "Its calendar cannot be read."),
        (a_letter(calendar=b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"), ReplyOutcome.REFUSED, "cannot be read"),
        (b"From: a@example.org\n\nI come.\n", ReplyOutcome.FOR_A_PERSON, "no answer to an invitation"),
        (b"", ReplyOutcome.FOR_A_PERSON, "no answer to an invitation"),
        (a_letter(more="COMMENT:" + "x" * LARGEST), ReplyOutcome.REFUSED, "a reply has at most 256. It was not read."),
    ],
    ids=lambda value: str(value)[:20] if not isinstance(value, bytes) else "raw",
)
def test_what_is_no_answer_has_a_sentence(raw: bytes, outcome: ReplyOutcome, sentence: str) -> None:
    read = read_incoming(raw)

    assert read.reply is None
    assert read.outcome is outcome
    assert sentence in read.sentence


def test_a_reply_of_the_largest_size_is_read_and_one_more_byte_is_not() -> None:
    base = a_reply(more="COMMENT:")
    room = LARGEST - len(base)
    largest = base.replace(b"COMMENT:", b"COMMENT:" + b"x" * room)

    assert len(largest) == LARGEST
    assert read_incoming(largest).reply is not None
    assert read_incoming(largest + b"\n").reply is None


def test_a_report_of_a_mail_server_that_carries_our_own_invitation_is_no_reply() -> None:
    inner = a_letter("threshold@example.org").decode()
    report = f"From: mailer@example.org\nContent-Type: multipart/report; boundary=b\n\n--b\n\nSorry.\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n"  # noqa: E501

    read = read_incoming(report.encode())

    assert (read.reply, read.outcome) == (None, ReplyOutcome.FOR_A_PERSON)


@pytest.mark.parametrize("senders", ["a@example.org, duty@health.example.org", "nobody", "a@b@c", ""])
def test_a_from_line_with_no_single_mailbox_names_no_sender(senders: str) -> None:
    letter = a_letter().replace(b"From: duty@health.example.org", b"From: " + senders.encode())

    assert read_incoming(letter).sender == ""


@given(st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda noise: b"BEGIN:VCALENDAR\r\n" + noise)))
def test_arbitrary_bytes_come_out_as_a_sentence(data: bytes) -> None:
    read = read_incoming(data)

    assert read.reply is not None or read.sentence.endswith(".")


@given(st.data())
def test_a_reply_with_bytes_changed_comes_out_as_a_reply_or_a_sentence(data: st.DataObject) -> None:
    raw = bytearray(a_letter(more="RRULE:FREQ=SECONDLY") if data.draw(st.booleans()) else a_reply())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))

    read = read_incoming(bytes(raw))

    assert read.reply is not None or read.sentence.endswith(".")


def test_parts_within_parts_without_end_are_no_mail_that_can_be_read() -> None:
    nested = "From: a@example.org\n" + "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(4000)
    )

    read = read_incoming(nested.encode())

    assert read.reply is None
    assert read.sentence.endswith(".")
