"""The forms of one action's page: roles, conference, care, arrangements; each calls one verb."""

from datetime import timedelta

import streamlit as st

from planner.rules.dates import instant_words, when_words
from planner.rules.windows import local
from planner.rules.words import (
    ArrangementKind,
    AttendanceState,
    ConditionState,
    Decision,
    Need,
    Profile,
    SiteKind,
    UndertakingState,
)
from planner.services import arrangements, care, conferences, roles
from planner.ui.desk import attempt
from planner.ui.forms import choose, instant, kept, request_key, words
from planner.ui.widgets import empty_state, plain, state_badge
from planner.views import people
from planner.views.actions import OneAction
from planner.work import Desk

SITES = (SiteKind.COMMUNITY, SiteKind.HEALTH_SITE, SiteKind.CHILDRENS_HOME, SiteKind.REFUGE)


def draw_roles(desk: Desk, one: OneAction) -> None:
    """Who is asked and what they answered; conditions to answer; offer a post."""
    reference = one.row.reference
    with desk.reading() as look:
        offers = people.role_board(look, reference)
        asked = people.conditions(look, reference)
        choices = people.role_choices(look)
        agencies = people.agencies_near(look, one.facts.action.region, one.facts.action.force_id)
    if not offers:
        empty_state("No post is offered yet.", "Offer the posts below; each partner's lead answers in a minute.")
    for offer in offers:
        name, state = st.columns([0.7, 0.3], vertical_alignment="center")
        name.text(f"{offer.role}: {offer.agency}")
        with state:
            state_badge(offer.state)
    for item in asked:
        _condition(desk, item)
    titles = {code: title for code, title, _ in choices}
    kinds = {code: kinds.split("|") for code, _, kinds in choices}
    with st.form("offer", border=True):
        role = st.selectbox("Post", list(titles), format_func=lambda code: titles[code])
        names = {item.code: item.name for item in agencies}
        agency = st.selectbox("Agency", list(names), format_func=lambda code: names[code])
        if st.form_submit_button("Offer this post"):
            request = roles.OfferRequest(reference, role, agency, request_key("offer"))
            kept("offer")
            attempt(desk, lambda work: roles.offer_role(work, request), done="The post is offered.")
    if st.button("Offer every required post to who can fill it"):
        _offer_all(desk, one, {item.code: item.kind for item in agencies}, kinds)


def _offer_all(desk: Desk, one: OneAction, agencies: dict[str, str], kinds: dict[str, list[str]]) -> None:
    """Each post still missing goes to a partner where one may fill it, otherwise to the force."""
    have = {offer.role for offer in one.facts.offers}
    requests = []
    for role in one.facts.roles:
        fitting = [code for code, kind in agencies.items() if kind in kinds[role.code]]
        partners = [code for code in fitting if agencies[code] == "ngo"]
        chosen = next(iter(partners or fitting), None)
        if role.code not in have and chosen:
            key = request_key(f"all-{role.code}")
            kept(f"all-{role.code}")
            requests.append(roles.OfferRequest(one.row.reference, role.code, chosen, key))
    done = f"{len(requests)} posts are offered."
    attempt(desk, lambda work: [roles.offer_role(work, request) for request in requests], done=done)


def _condition(desk: Desk, item: people.ConditionRow) -> None:
    with st.container(border=True, key=f"condition-{item.id}"):
        st.text(f"Condition of {item.agency}, {item.role}: {item.text}")
        if item.state is not ConditionState.RAISED:
            state_badge(item.state)
            st.text(item.answer or "")
            return
        answer = st.text_input("What is done about it", key=f"answer-{item.id}", max_chars=300)
        met, refused = st.columns(2)
        if met.button("It is met", key=f"met-{item.id}", width="stretch"):
            attempt(
                desk,
                lambda work: roles.answer_condition(work, item.id, met=True, answer=answer),
                done="The partner is told that the condition is met.",
            )
        if refused.button("It cannot be met", key=f"refused-{item.id}", width="stretch"):
            attempt(
                desk,
                lambda work: roles.answer_condition(work, item.id, met=False, answer=answer),
                done="The partner is told that the condition cannot be met.",
            )


def draw_conference(desk: Desk, one: OneAction) -> None:
    """The conferences about this action: convene, record who came, decide, undertakings."""
    reference = one.row.reference
    with desk.reading() as look:
        held = people.conferences(look, reference)
        agencies = people.agencies_near(look, one.facts.action.region, one.facts.action.force_id)
    names = {item.code: item.name for item in agencies}
    if not held:
        empty_state("No case conference is convened.", "Convene one: who is invited is told the time at once.")
    for row in held:
        _conference(desk, reference, row, names)
    with st.expander("Convene a conference", expanded=not held), st.form("convene", border=False):
        start = local(one.row.starts_at) - timedelta(days=1)
        day = st.date_input("Day", start.date(), format="DD/MM/YYYY")
        at = st.time_input("Starts at", start.replace(hour=14, minute=0).time())
        invited = st.multiselect("Agencies", list(names), default=list(names), format_func=lambda code: names[code])
        if st.form_submit_button("Convene"):
            begins = instant(day, at)
            request = conferences.ConveneRequest(
                (reference,), begins, begins + timedelta(hours=1), tuple(invited), request_key("convene")
            )
            kept("convene")
            attempt(desk, lambda work: conferences.convene(work, request), done="The conference is convened.")


def _conference(desk: Desk, reference: str, row: people.ConferenceRow, names: dict[str, str]) -> None:
    with desk.reading() as look:
        seats = people.seats(look, row.id)
        undertaken = people.undertakings(look, row.id)
    with st.container(border=True, key=f"conference-{row.id}"):
        st.text(when_words(row.starts_at, row.ends_at))
        state_badge(row.state)
        if row.decision:
            st.text(f"Decided: {words(row.decision)}")
        _who_came(desk, row, seats, names)
        _decision(desk, reference, row)
        for item in undertaken:
            _undertaking(desk, item)


def _who_came(desk: Desk, row: people.ConferenceRow, seats: tuple[people.SeatRow, ...], names: dict[str, str]) -> None:
    with st.form(f"seats-{row.id}", border=False):
        st.markdown("**Who came**")
        came = [
            st.checkbox(plain(seat.agency), seat.state is AttendanceState.ATTENDED, key=f"seat-{row.id}-{seat.code}")
            for seat in seats
        ]
        advocate = st.selectbox(
            "Victim's advocate",
            [seat.code for seat in seats],
            index=next((number for number, seat in enumerate(seats) if seat.victims_advocate), 0),
            format_func=lambda code: names.get(code, code),
        )
        st.text("Each who came may commit their agency and accepts confidentiality.")
        if st.form_submit_button("Record who came"):
            recorded = [
                conferences.Seat(
                    seat.code,
                    AttendanceState.ATTENDED if there else AttendanceState.APOLOGIES,
                    there,
                    there and seat.code == advocate,
                    there,
                )
                for seat, there in zip(seats, came, strict=True)
            ]
            attempt(
                desk,
                lambda work: conferences.record_attendance(work, row.id, recorded),
                done="Attendance is recorded.",
            )


def _decision(desk: Desk, reference: str, row: people.ConferenceRow) -> None:
    with st.form(f"decide-{row.id}", border=False):
        decision = choose("Decision for this action", list(Decision), show=words)
        reasons = st.text_area("Reasons", max_chars=1000)
        dissent = st.text_area("Dissent, in the agency's own words", max_chars=1000)
        if st.form_submit_button("Record the decision"):
            attempt(
                desk,
                lambda work: conferences.decide(work, row.id, reference, decision, reasons=reasons, dissent=dissent),
                done="The decision is recorded.",
            )


def _undertaking(desk: Desk, item: people.UndertakingRow) -> None:
    st.text(f"{item.agency}, by {instant_words(item.due_at)}: {item.text}")
    if item.state is not UndertakingState.OPEN:
        state_badge(item.state)
    elif st.button("Done", key=f"undertaking-{item.id}"):
        attempt(desk, lambda work: conferences.close_undertaking(work, item.id), done="The undertaking is closed.")


def draw_care_form(desk: Desk, one: OneAction, units: dict[str, str]) -> None:
    """Ask for places of one unit for the nights that policy asks."""
    with st.form("hold", border=True):
        unit = st.selectbox("Unit", list(units), format_func=lambda code: units[code])
        profile = choose("For", list(Profile), show=words)
        places = st.number_input("Places", 1, 50, 1)
        if st.form_submit_button("Hold places"):
            request = care.HoldRequest(
                one.row.reference, unit, ((profile, Need.NONE, int(places)),), request_key("hold")
            )
            kept("hold")
            attempt(desk, lambda work: care.hold_places(work, request), done="The places are held or asked for.")


def draw_arrangement_form(desk: Desk, one: OneAction) -> None:
    """Record what was confirmed: by which post, under which reference."""
    with st.form("arrangement", border=True):
        kind = choose("What is confirmed", list(ArrangementKind), show=words)
        post = st.text_input("Confirmed by which post", placeholder="Duty manager", max_chars=100)
        reference = st.text_input("Their reference", max_chars=60)
        number = st.number_input("For how many people, where that matters", 0, 100, 0)
        languages = st.text_input("Languages, for interpreters", max_chars=200)
        telephone = st.checkbox("By telephone too, for interpreters")
        site = st.selectbox("Kind of site, for reception", list(SITES), format_func=words)
        in_hours = st.text_input("Duty manager in hours, for the children's service", max_chars=100)
        out_of_hours = st.text_input("Duty manager out of hours, for the children's service", max_chars=100)
        if st.form_submit_button("Record as confirmed"):
            attempt(
                desk,
                lambda work: arrangements.confirm_arrangement(
                    work,
                    arrangements.ArrangementRequest(
                        one.row.reference,
                        kind,
                        post,
                        request_key("arrangement"),
                        reference=reference or None,
                        number=int(number),
                        languages=languages,
                        telephone=telephone,
                        site=site if kind is ArrangementKind.RECEPTION else None,
                        in_hours_post=in_hours or None,
                        out_of_hours_post=out_of_hours or None,
                    ),
                ),
                done=f"{words(kind)}: recorded as confirmed.",
            )
