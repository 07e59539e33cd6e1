"""A post is asked of one agency or of several at once: the first to accept fill it, or all are wanted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import time, timedelta

import streamlit as st

from planner.rules.availability import NOT_SAID
from planner.rules.counts import count_words
from planner.rules.windows import local
from planner.rules.words import OfferState
from planner.services import offers as asking
from planner.ui.choices import which, which_ones
from planner.ui.desk import attempt
from planner.ui.forms import instant, request_key
from planner.views import people
from planner.views.availability import asked_sentences
from planner.views.one_action import OneAction
from planner.work import Desk

LIVE = (OfferState.OFFERED, OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)
FIRST = "The first to accept fill it"
ALL = "All of them are wanted"
NOON = time(12)


def draw_asking(
    desk: Desk, one: OneAction, offers: Sequence[people.OfferRow], choices: Sequence[people.RoleChoice]
) -> None:
    """Ask for one post, or for every required one that nobody is asked for."""
    with desk.reading() as look:
        agencies = people.agencies_near(look, one.facts.action)
    st.header("Offer a post")
    by_code = {role.code: role for role in choices}
    missing = people.whom_to_ask([by_code[role.code] for role in one.facts.roles], offers, agencies)
    if missing:
        _draw_all(desk, one, by_code, missing, {item.code: item.name for item in agencies})
    needed = {role.code: role.needed for role in one.facts.roles}
    first = people.first_open(needed, choices, offers)
    code = which(
        "Post",
        {key: f"{role.title}{' (required here)' if key in needed else ''}" for key, role in by_code.items()},
        now=None if first is None else list(by_code)[first],
        empty="Every required post is offered",
        key=request_key("offer") + request_key("all"),  # once one offers a post, the next open one is chosen
    )
    code.say()
    if code.shown is not None:
        _draw_whom(desk, one, by_code[code.shown], offers, agencies)


def _draw_whom(
    desk: Desk,
    one: OneAction,
    role: people.RoleChoice,
    offers: Sequence[people.OfferRow],
    agencies: Sequence[people.AgencyChoice],
) -> None:
    """Agencies that may fill the post and are not asked for it already."""
    st.text(role.responsibilities)
    fitting = [item for item in agencies if item.kind in role.kinds]
    if not fitting:
        st.text("No agency of this region that may fill the post has a lead in this operation. Ask the cell.")
        return
    asked = {offer.agency for offer in offers if offer.role_code == role.code and offer.state in LIVE}
    names = {item.code: item.name for item in fitting if item.name not in asked}
    if not names:
        st.text("Every agency that may fill the post is asked for it already.")
        return
    known = [f"{names[code]}: {sentence}" for code, sentence in _said(desk, one, names).items()]
    if known:
        st.text("\n".join(known))
    _draw_form(desk, one, role, names)


def _said(desk: Desk, one: OneAction, codes: Collection[str]) -> dict[str, str]:
    """What these agencies said of when they can be asked, and how full the action's day is; those that said it."""
    with desk.reading() as look:
        said = asked_sentences(look, codes, local(one.row.starts_at).date())
    return {code: sentence for code, sentence in said.items() if sentence != NOT_SAID}


def _draw_form(desk: Desk, one: OneAction, role: people.RoleChoice, names: dict[str, str]) -> None:
    with st.form("offer", border=True):
        key = request_key("offer")  # not within the write: a waiting click would break it off there
        agencies = which_ones(
            "Agencies, one or several",
            names,
            now=list(names)[:1],
            key=f"{role.code}-{key}",
            max_selections=asking.MOST_AT_ONCE,
        )
        how = st.radio("Where several are asked", [FIRST, ALL], horizontal=True)
        with st.expander("Another time to answer…"):
            st.text("Without one, the time is the post's own in the catalogue.")
            before = local(one.row.starts_at).date() - timedelta(days=1)
            own_time = st.checkbox("Answer by the day and time below")
            day, at = st.date_input("Answer by", before, format="DD/MM/YYYY"), st.time_input("At", NOON)
        if st.form_submit_button("Offer this post"):
            attempt(
                desk,
                lambda work: asking.ask_agencies(
                    work,
                    asking.AskRequest(
                        one.row.reference,
                        role.code,
                        agencies(),
                        key,
                        first=how == FIRST,
                        answer_by=instant(day, at) if own_time else None,
                    ),
                ),
                done=lambda made: f"The post is offered to {count_words(len(made), 'agency', 'agencies')}.",
                form="offer",
            )


def _draw_all(
    desk: Desk, one: OneAction, posts: Mapping[str, people.RoleChoice], missing: dict[str, str], names: dict[str, str]
) -> None:
    """Who would be asked for which post, and what each said of its hours and the day, before the one press."""
    said = _said(desk, one, set(missing.values()))
    hours = {code: f" ({sentence})" for code, sentence in said.items()}
    st.text("\n".join(f"{posts[role].title}: {names[code]}{hours.get(code, '')}" for role, code in missing.items()))
    if st.button("Offer every required post to who can fill it"):
        _offer_all(desk, one.row.reference, missing)


def _offer_all(desk: Desk, reference: str, missing: dict[str, str]) -> None:
    key = request_key("all")
    requests = [asking.OfferRequest(reference, role, agency, f"{key}-{role}") for role, agency in missing.items()]
    done = f"{count_words(len(requests), 'post is', 'posts are')} offered."
    attempt(desk, lambda work: [asking.offer_role(work, request) for request in requests], done=done, form="all")
