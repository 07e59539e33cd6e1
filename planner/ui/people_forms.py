"""People and their posts: found by everyone who plans, kept by the cell."""

import streamlit as st

from planner import access
from planner.rules.counts import count_words
from planner.rules.dates import day_words
from planner.rules.words import Post
from planner.services import directory
from planner.ui.choices import which
from planner.ui.desk import attempt
from planner.ui.forms import choose, words
from planner.ui.mailbox_forms import draw_mailboxes
from planner.ui.rows import draw_rows, page_number
from planner.ui.widgets import empty_state
from planner.views import directory as view
from planner.work import Desk

ANY = ""


def draw_people(desk: Desk) -> None:
    """Who holds which post, filtered and page by page; the cell's forms below."""
    st.header("People and posts")
    text_column, post_column = st.columns(2)
    text = text_column.text_input("Title or agency", placeholder="For example Silver, West Midlands")
    post = post_column.selectbox("Post", [ANY, *Post], format_func=lambda item: words(item) if item else "Every post")
    wanted = view.PersonFilter(text.strip(), Post(post) if post else None)
    with desk.reading() as look:
        total = view.count_people(look, wanted)
        keeps = access.may(look, access.Verb.MANAGE_DIRECTORY)
    number = page_number(total, key="people-page", per_page=view.PER_PAGE)
    with desk.reading() as look:
        rows = view.people(look, wanted._replace(page=number))
    if not rows:
        empty_state("Nobody matches.", "Clear the filter; the cell adds people and their posts below.")
    else:
        st.text(f"{count_words(total, 'post')} held now.")
        draw_rows(
            "People and posts",
            ("Who", "Agency", "Post", "Where", "Until"),
            [
                (
                    row.title,
                    row.agency,
                    words(row.post),
                    row.region or row.operation or "Everywhere",
                    day_words(row.valid_to, year=True) if row.valid_to else "–",
                )
                for row in rows
            ],
        )
    if keeps:
        _draw_keeping(desk)


def _draw_keeping(desk: Desk) -> None:
    with desk.reading() as look:
        choices = view.choices(look)
        today = look.now.date()
    with st.expander("Add somebody with a post"):
        _draw_new(desk, choices)
    with st.expander("End somebody's posts"), st.form("end-posts", border=False):
        title = st.text_input("Whose, by their title")
        last = st.date_input("Last day", today, format="DD/MM/YYYY")
        if st.form_submit_button("End these posts"):
            attempt(
                desk, lambda work: directory.end_posts(work, title.strip(), last), done="The posts end with that day."
            )
    draw_mailboxes(desk, choices.agencies)


def _draw_new(desk: Desk, choices: view.Choices) -> None:
    with st.form("person", border=False):
        title = st.text_input("Title of the post, never a name: “Silver, Northern region”")
        agency = which("Their agency", choices.agencies)
        post = choose("Appointed as", [each for each in Post if each is not Post.DELEGATE], show=words)
        operations = {ANY: "Every operation", **choices.operations}
        operation = which("In the operation", dict(reversed(operations.items())))
        region = which("In the region, for a regional cell", {ANY: "Every region", **choices.regions})
        if st.form_submit_button("Add and appoint"):
            attempt(
                desk,
                lambda work: directory.add_person(
                    work, title, agency(), directory.PostRequest(post, operation() or None, region() or None)
                ),
                done=f"{title.strip()} is in the directory. An account is made with planner person add.",
            )
