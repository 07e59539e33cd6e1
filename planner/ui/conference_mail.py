"""Who comes to a conference, as planners see it: each answer with who set it, invitations, replies to read."""

from html import escape

import streamlit as st

from planner.errors import InputError
from planner.inputs.replies import read_incoming
from planner.rules.counts import count_words
from planner.rules.dates import instant_words
from planner.rules.invitation_words import AnsweredVia, InvitationAnswer
from planner.rules.replies import LARGEST
from planner.rules.words import AttendanceState
from planner.services import conference_people
from planner.services.conference_answers import set_answer
from planner.services.conference_replies import put_aside, upload_reply
from planner.ui.choices import which, which_ones
from planner.ui.desk import attempt
from planner.ui.forms import choose, drawn_version
from planner.ui.invitation_words import ANSWERS
from planner.ui.widgets import empty_state, state_badge, state_words
from planner.views.conference_mail import (
    AnswerRow,
    FindingRow,
    Mailed,
    answers,
    findings,
    said_of,
    takes_replies,
    to_invite,
    unsent,
)
from planner.work import Desk

VIA = {AnsweredVia.MAIL: "By mail", AnsweredVia.PAGE: "On their page", AnsweredVia.HAND: "By hand"}


def draw_answers(desk: Desk, conference_id: int, version: int) -> None:
    """Every seat with its answer; what planners type for others, whom they invite and drop; replies to read."""
    with desk.reading() as look:
        rows, unread = answers(look, conference_id), findings(look, conference_id)
        agencies = to_invite(look, conference_id)
    if not rows:  # one of its actions is not for this reader
        return
    st.header("Who comes")
    st.text(f"{count_words(len(rows), 'agency', 'agencies')} invited: {said_of(rows)}.")
    draw_unsent(desk, conference_id)
    for row in rows:
        if row.substitute:
            _draw_substitute(desk, conference_id, version, row)
    for item in unread:
        draw_finding(desk, item)
    with st.expander("Who answered what, and how"):
        for row in rows:
            _draw_row(row)
    with st.expander("An answer by telephone, or by hand"):
        _draw_by_hand(desk, conference_id, rows)
    with st.expander("Invite or drop an agency…"):
        _draw_people(desk, conference_id, version, rows, agencies)


def _draw_row(row: AnswerRow) -> None:
    with st.container(border=True, key=f"answer-{row.seat_id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(row.agency)
            state_badge(_shown(row))
        st.text("\n".join(_lines(row)))
        if not row.hidden:
            draw_invitation_download(row.seat_id, row.agency)


def _shown(row: AnswerRow) -> str:
    if row.state is AttendanceState.ATTENDED or row.answer is None:
        return row.state
    return ANSWERS[row.answer]


def _lines(row: AnswerRow) -> list[str]:
    said = []
    if row.via is not None and row.answered_at is not None:
        by = f", typed by {row.by}" if row.by and row.via is AnsweredVia.HAND else ""
        by = f", handed in by {row.by}" if row.by and row.via is AnsweredVia.MAIL else by
        said.append(f"{VIA[row.via]}, {instant_words(row.answered_at)}{by}.")
    else:
        said.append("No answer yet.")
    said += [f"Deputy: {row.deputy}"] if row.deputy else []
    said += [f"They say: {row.comment}"] if row.comment else []
    return [*said, _mail_words(row.mailed)]


def _mail_words(mailed: Mailed | None) -> str:
    """How far the invitation came."""
    if mailed is None:
        return "Invited in the app."
    what = "The cancellation" if mailed.cancelled else "The invitation"
    if mailed.sent_at is not None:
        return f"{what} was mailed on {instant_words(mailed.sent_at)}."
    return f"{what} is not mailed yet{f': {mailed.trouble}' if mailed.trouble else ''}. It stands in the app."


def draw_unsent(desk: Desk, conference_id: int) -> None:
    """Cancellations that their agency's calendar does not have yet: ring where it matters."""
    with desk.reading() as look:
        rows = unsent(look, conference_id)
    for row in rows:
        what = "The cancellation" if row.cancelled else "The invitation"
        st.text(f"{what} for {row.agency} is not mailed yet{f': {row.trouble}' if row.trouble else ''}.")


def draw_invitation_download(seat_id: int, agency: str) -> None:
    """The file that the mail holds, to hand on where mail does not go."""
    address, words = f"/files/invitation/seat/{seat_id}", f"The invitation for {escape(agency)} as a file (.ics)"
    st.html(f'<a href="{address}" target="_self" style="color:inherit">{words}</a>')


def _draw_substitute(desk: Desk, conference_id: int, version: int, row: AnswerRow) -> None:
    drawn = drawn_version(f"substitute-{row.seat_id}", version)

    def decide(accept: bool) -> None:
        attempt(
            desk,
            lambda work: conference_people.answer_substitute(work, conference_id, drawn, row.code, accept=accept),
            done=f"{row.substitute} {'is' if accept else 'is not'} invited, and {row.agency} is told.",
        )

    with st.container(border=True, key=f"substitute-{row.seat_id}"):
        st.text(f"{row.agency} cannot come and proposes {row.substitute} in its place.")
        with st.container(horizontal=True):
            if st.button("Invite them", key=f"substitute-yes-{row.seat_id}"):
                decide(True)
            if st.button("Do not invite them", key=f"substitute-no-{row.seat_id}"):
                decide(False)


def _draw_by_hand(desk: Desk, conference_id: int, rows: tuple[AnswerRow, ...]) -> None:
    names = {row.code: row.agency for row in rows}
    with st.form(f"by-hand-{conference_id}", border=False):
        code = which("Who answered", names)
        said = choose("What they say", list(InvitationAnswer), show=lambda said: state_words(ANSWERS[said]))
        comment = st.text_input("How, and in which words", placeholder="Rang: coming")
        if st.form_submit_button("Keep this answer"):
            attempt(
                desk,
                lambda work: set_answer(work, conference_id, code(), said, comment=comment),
                done="The answer is kept, with who typed it.",
            )


def _draw_people(
    desk: Desk, conference_id: int, version: int, rows: tuple[AnswerRow, ...], agencies: dict[str, str]
) -> None:
    drawn, invited = drawn_version(f"invited-{conference_id}", version), {row.code: row.agency for row in rows}
    others = {code: name for code, name in agencies.items() if code not in invited}
    with st.form(f"invite-{conference_id}", border=False):
        codes = which_ones("Agencies to invite as well", others)
        if st.form_submit_button("Invite them too"):
            attempt(
                desk,
                lambda work: conference_people.invite_agencies(work, conference_id, drawn, codes()),
                done="They are invited and told.",
            )
    with st.form(f"drop-{conference_id}", border=False):
        code = which("Who is not asked any more", invited)
        if st.form_submit_button("Do not ask them any more"):
            attempt(
                desk,
                lambda work: conference_people.drop_agency(work, conference_id, drawn, code()),
                done="Their entry is cancelled, and they are told.",
            )


def draw_finding(desk: Desk, item: FindingRow) -> None:
    """A reply that was not kept: from whom and why; its words stay in the mailbox."""
    with st.container(border=True, key=f"finding-{item.id}"):
        st.text(f"A reply of {instant_words(item.came_at)} from {item.sender} was not kept.\n{item.sentence}")
        if st.button("I have seen to it", key=f"aside-{item.id}"):
            attempt(desk, lambda work: put_aside(work, item.id), done="It is put aside.")


def draw_replies(desk: Desk) -> None:
    """A reply as a file, and what came to the mailbox for replies and belongs to no conference."""
    with desk.reading() as look:
        unread, may_take = findings(look), takes_replies(look)
    if may_take:
        draw_upload(desk)
    for item in unread:
        draw_finding(desk, item)
    if not unread:
        empty_state("No reply waits for you here.", "A reply that belongs to a conference waits on its page.")


def draw_upload(desk: Desk) -> None:
    """A reply as a file, from whoever got it: a mail (.eml) or the calendar file in it (.ics)."""
    with st.form("upload-reply", border=True):
        file = st.file_uploader(
            f"A reply, .eml or .ics, at most {LARGEST // 1024} KiB", type=["eml", "ics"], max_upload_size=1
        )
        if st.form_submit_button("Take it in"):
            raw = file.getvalue() if file is not None else b""
            attempt(desk, lambda work: upload_reply(work, read_incoming(_needed(raw))), done=str)


def _needed(raw: bytes) -> bytes:
    if not raw:
        raise InputError("Choose the file of a reply first: a mail or a calendar file.")
    return raw
