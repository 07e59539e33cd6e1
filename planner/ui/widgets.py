"""Small drawings that every page shares: a state, a header, a summary, a task, an empty page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from planner.rules.dates import when_words
from planner.rules.findings import Finding, State
from planner.rules.markings import Marked
from planner.rules.windows import Window
from planner.rules.words import ConferenceState, Marking
from planner.settings import load_settings

MARKING = "marking"  # where the frame keeps what it says, so that a page says the same
Colour = Literal["red", "orange", "green", "violet", "blue", "gray"]


@dataclass(frozen=True)
class Sign:
    """How one state looks: a word, a sign and a colour, so that none of them carries it alone."""

    word: str
    mark: str
    colour: Colour

    @property
    def label(self) -> str:
        return f"{self.mark} {self.word}"


def _signs(mark: str, colour: Colour, *words: str) -> dict[str, Sign]:
    return {word.lower().replace(" ", "_"): Sign(word, mark, colour) for word in words}


SIGNS: dict[str, Sign] = {
    **_signs("✕", "red", "Blocks", "Declined", "Taken back", "Refused", "Withdrawn", "Do not proceed"),
    **_signs("✕", "red", "Not asked", "To clear"),
    **_signs("!", "orange", "Advises", "Held", "Suspended", "Expired", "Accepted with conditions"),
    **_signs("!", "orange", "Raised", "Proceed with conditions", "Held by several", "Overdue", "Partly accepted"),
    **_signs("!", "orange", "Not accounted for", "Not counted", "More needed", "By telephone", "Called"),
    **_signs("✓", "green", "Met", "Confirmed", "Accepted", "Comes", "Standing", "Given", "Done", "Attended"),
    **_signs("✓", "green", "Proceed", "Ready", "Accounted for", "Explained", "Enough", "Clash cleared"),
    **_signs("⟲", "violet", "Overridden", "Spent"),
    **_signs("–", "gray", "Not needed", "None", "Released", "Cancelled", "Stood down", "Dropped", "Apologies"),
    **_signs("…", "gray", "Offered", "Requested", "Planned", "Convened", "Invited", "Open", "Deferred", "Defer"),
    **_signs("!", "orange", "May come", "To decide", "To mend"),
    **_signs("–", "gray", "Cannot come"),
    **_signs("!", "orange", "Pause asked for"),
    **_signs("…", "gray", "Asked for", "Go-ahead asked for"),
    **_signs("▸", "blue", "Begun"),
}
# A held conference is done; a held place is not yet confirmed.
SIGN_OF_A_HELD_CONFERENCE = Sign("Held", "✓", "green")


def sign_of(state: str) -> Sign:
    """How a state looks; a state without a look of its own is shown in grey, in its own word."""
    if state is ConferenceState.HELD:
        return SIGN_OF_A_HELD_CONFERENCE
    return SIGNS.get(state) or Sign(str(state).replace("_", " ").capitalize(), "·", "gray")


def gate_state(finding: Finding) -> str:
    """What a finding is to a reader: what is unmet or not recorded either blocks or advises."""
    if finding.state in (State.UNMET, State.NOT_RECORDED):
        return "blocks" if finding.blocks else "advises"
    return finding.state


def state_words(state: str) -> str:
    """The sign and the word, for a table's cell: ✕ Blocks."""
    return sign_of(state).label


def state_badge(state: str) -> None:
    """Draw a state as a word, a sign and a colour."""
    sign = sign_of(state)
    st.badge(plain(sign.label), color=sign.colour)


def badge_html(state: str) -> str:
    """The same within a piece of HTML."""
    sign = sign_of(state)
    return f'<span class="badge {sign.colour}">{escape(sign.label)}</span>'


def when(window: Window, *, year: bool = False) -> str:
    """Thu 26 November, 06:00 to 09:00, by the clock of the United Kingdom."""
    return when_words(window.starts_at, window.ends_at, year=year)


def marking_line(marking: Marking, handling: str | None = None) -> None:
    """Draw how the page is to be treated."""
    st.badge(plain(Marked(marking, handling).words), color="gray")


def page_header(title: str, marking: Marking | None = None, handling: str | None = None) -> None:
    """The page's only h1, with its marking beside it, or below it on a phone; without one, what the frame says."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(plain(title), anchor=False, width="content")
        marking_line(marking or st.session_state.get(MARKING, load_settings().ceiling), handling)


def summary_list(pairs: Iterable[tuple[str, str]]) -> None:
    """Name and value, one pair a line; a table with row headers, so that a screen reader joins them."""
    rows = {plain(name): plain(value) or "–" for name, value in pairs}
    if rows:
        st.table(rows, border="horizontal")


def task_row(state: str, sentence: str, button: str | None = None, *, key: str) -> bool:
    """One thing that is answered here: its state, a sentence and the one verb that does it; True when clicked."""
    with st.container(border=True, key=f"task-{key}"):
        left, middle, right = st.columns([0.16, 0.6, 0.24], vertical_alignment="center")
    with left:
        state_badge(state)
    middle.text(sentence)
    if button is None:
        return False
    return right.button(plain(button), key=f"{key}-button", width="stretch")


def empty_state(what_appears: str, how: str) -> None:
    """Say what will appear here and how to make it appear."""
    st.text(what_appears)
    st.text(how)


JOIN = "\u2060"  # a word joiner: unseen, and never a place to break a line
# A comma, an apostrophe and words in brackets mean nothing, and a widget reads its label out with what escapes it.
ANY_MARK = re.compile(r"(?<!\])(?P<words>\([A-Za-z ]{4,}\))|[!-&(-+\--/:-@\[-`{-~]")
# Links, e-mail addresses, :shortcodes: and arrows are found in text that is already unescaped.
FOUND_LATER = re.compile(r"(?<=[:@<>~])(?=\S)|(?<=-)(?=[->])|(?<=www)(?=\.)", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Free text where Markdown cannot be avoided: one line, letter by letter, nothing fetched or linked."""
    return ANY_MARK.sub(lambda mark: mark["words"] or f"\\{mark[0]}", FOUND_LATER.sub(JOIN, one_line(text)))


def one_line(text: str) -> str:
    """Without what is not seen and what turns the direction of writing."""
    return " ".join(UNSEEN.sub("", text).split())


def fold_saying(label: str, *, key: str) -> ExpanderContainer:
    """A fold whose label says what is chosen in it; it stays open while a choice changes that label."""
    was_open = bool(st.session_state.get(key, False))
    return st.expander(plain(label), expanded=was_open, key=key, on_change="rerun")
