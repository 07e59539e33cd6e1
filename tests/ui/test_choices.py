"""A field in which a thing is chosen: what it stands on when the list changes around it, and what a press is for."""

import pytest
from streamlit.testing.v1 import AppTest

from planner.ui.choices import begin_page, gone_words, which, which_ones
from tests.ui.pages import press

GONE = gone_words("Desk")
UNCHOSEN = "Nothing is chosen under “Which feed”. Choose, then press again."
OFFERED: dict[int, str] = {}
DONE: list[object] = []
OPENING: list[str] = []


def in_a_form() -> None:
    import streamlit as st

    from tests.ui.test_choices import draw, pressed

    with st.form("feeds"):
        chosen = draw()
        if st.form_submit_button("Revoke it"):
            pressed(chosen)


def beside_a_button() -> None:
    import streamlit as st

    from tests.ui.test_choices import draw, pressed

    chosen = draw()
    if st.button("Revoke it"):
        pressed(chosen)


def with_several() -> None:
    import streamlit as st

    from tests.ui.test_choices import draw_several, pressed

    chosen = draw_several()
    if st.button("Revoke them"):
        pressed(chosen)


def draw() -> object:
    if OPENING:
        OPENING.clear()
        begin_page()
    return which("Which feed", OFFERED)


def draw_several() -> object:
    return which_ones("Which feeds", OFFERED)


def pressed(chosen: object) -> None:
    import streamlit as st

    from planner.errors import NothingChosen

    try:
        DONE.append(chosen())  # type: ignore[operator]
    except NothingChosen as refusal:
        st.text(str(refusal))


@pytest.fixture(autouse=True)
def offered() -> None:
    OFFERED.clear()
    DONE.clear()
    OFFERED.update({1: "Desk", 2: "Phone", 3: "Laptop"})


@pytest.fixture(params=[in_a_form, beside_a_button])
def page(request: pytest.FixtureRequest) -> AppTest:
    return AppTest.from_function(request.param).run()


def said(page: AppTest) -> list[str]:
    return [text.value for text in page.text]


def test_the_first_is_chosen_at_first_and_a_press_is_for_it(page: AppTest) -> None:
    press(page, "Revoke it")

    assert (DONE, said(page)) == ([1], [])


@pytest.mark.parametrize("another", [{0: "Another"}, {2: "Phone"}], ids=["added", "moved"])
def test_what_is_chosen_stays_so_when_the_list_changes_around_it(page: AppTest, another: dict[int, str]) -> None:
    before = dict(OFFERED)
    OFFERED.clear()
    OFFERED.update(another | before)

    press(page, "Revoke it")

    assert (DONE, page.selectbox[0].value) == ([1], 1)


def test_what_is_chosen_stays_so_when_it_is_called_otherwise(page: AppTest) -> None:
    OFFERED[1] = "Desk, of three"

    press(page, "Revoke it")

    assert (DONE, page.selectbox[0].value, said(page)) == ([1], 1, [])


def test_where_the_chosen_is_gone_a_press_is_for_nothing_until_somebody_chose_again(page: AppTest) -> None:
    del OFFERED[1]

    press(page, "Revoke it")
    assert (DONE, page.selectbox[0].value, said(page)) == ([], None, [GONE])
    press(page, "Revoke it")
    assert (DONE, said(page)) == ([], [GONE])

    page.selectbox[0].set_value(2)
    press(page, "Revoke it")
    assert (DONE, said(page)) == ([2], [])


def test_what_ones_own_press_took_away_is_no_news_and_no_second_press_is_for_another(page: AppTest) -> None:
    press(page, "Revoke it")
    del OFFERED[1]

    page.run()
    assert (page.selectbox[0].value, said(page)) == (None, [])
    press(page, "Revoke it")
    assert (DONE, said(page)) == ([1], [UNCHOSEN])


def test_another_thing_s_page_begins_with_its_own_first(page: AppTest) -> None:
    del OFFERED[1]
    OPENING.append("another")

    page.run()
    assert (page.selectbox[0].value, said(page)) == (2, [])
    press(page, "Revoke it")
    assert DONE == [2]


def test_two_of_the_same_name_can_be_told_apart(page: AppTest) -> None:
    OFFERED[2] = "Desk"
    page.run()

    assert page.selectbox[0].options == ["Desk (1)", "Desk (2)", "Laptop"]
    press(page, "Revoke it")
    assert DONE == [1]


def test_of_several_what_is_gone_is_said_and_what_is_left_is_for_a_later_press(monkeypatch: pytest.MonkeyPatch) -> None:
    page = AppTest.from_function(with_several).run()
    page.multiselect[0].set_value([1, 2])
    del OFFERED[1]

    press(page, "Revoke them")
    assert (DONE, page.multiselect[0].value, said(page)) == ([], [2], [GONE])
    press(page, "Revoke them")  # at once
    assert (DONE, said(page)) == ([], [GONE])

    monkeypatch.setattr("planner.ui.forms.AGAIN_SECONDS", 0)
    press(page, "Revoke them")
    assert (DONE, said(page)) == ([(2,)], [])
