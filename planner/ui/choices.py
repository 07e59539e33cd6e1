"""Choosing a thing that others may take away meanwhile: it stays chosen while it is there, and no press is for another.

Streamlit takes a list with other options for another field, which stands on its first option: a press that was for what
the browser showed would be for that one. Here a field is known by its name on its page. What is gone leaves it empty,
and a press is refused until somebody chose again: the second press of a double click finds nothing to be for.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Generic, TypeVar

import streamlit as st
from streamlit.elements.lib.form_utils import current_form_id

from planner.errors import NothingChosen
from planner.ui import forms

T = TypeVar("T")
FIELDS = "fields_chosen_in"
NOTHING = object()


@dataclass
class _Seen:
    """What a field showed last, what a press was for last, and what was lost since; by name, the field is one still."""

    words: Mapping[Any, str] = field(default_factory=dict)
    shown: Any = None
    pressed: Any = NOTHING
    lost: str = ""
    lost_at: float = 0.0


@dataclass(frozen=True)
class Chosen(Generic[T]):
    """What a field shows, None where nothing is chosen; called within a verb, it is what the press is for."""

    shown: T | None
    refusal: str
    seen: _Seen

    def __call__(self) -> T:
        """Raises NothingChosen, so that nothing is done."""
        if self.refusal or self.shown is None:
            raise NothingChosen(self.refusal)
        self.seen.pressed = self.shown
        return self.shown

    def say(self) -> None:
        """For a page that draws what is chosen: why it draws nothing, where somebody else took it away."""
        if self.seen.lost:
            st.text(self.refusal)


def gone_words(words: str) -> str:
    return (
        f"The list changed while your page was open, and what was chosen ({words}) is no longer in it. "
        "Nothing was changed. Choose again, then press again."
    )


def which(
    label: str,
    names: Mapping[T, str] | Sequence[T],
    *,
    now: T | None = None,
    empty: str = "",
    key: str = "",
    draw: Callable[..., Any] = st.selectbox,
    **look: Any,
) -> Chosen[T]:
    """Choose one; at first `now` is chosen, else the first of the list, else, where `empty` says how, none.

    `key` tells fields of one label on one page apart. No option is None.
    """
    words, name = _distinct(names), _name(label, key)
    first = now if now in words else None if empty else next(iter(words), None)
    held, seen = st.session_state.setdefault(name, first), _seen(name)
    gone = held is not None and held not in words
    if gone or (held is not None and words[held] != seen.words.get(held, words[held])):
        st.session_state[name] = None if gone else held  # its words are all that Streamlit knows a choice by
    if gone:  # what one's own press took away is no news
        seen.lost = "" if held == seen.pressed else seen.words.get(held, str(held))
    if draw is st.selectbox:
        look = {"placeholder": empty or "Choose again", **look}
    shown: T | None = draw(label, list(words), format_func=words.__getitem__, key=name, **look)
    seen.words = words
    if shown is not None:
        seen.lost = ""
        return Chosen(shown, "", seen)
    unchosen = f"Nothing is chosen under “{label}”. Choose, then press again."
    return Chosen(None, gone_words(seen.lost) if seen.lost else unchosen, seen)


def which_ones(
    label: str,
    names: Mapping[T, str] | Sequence[T],
    *,
    now: Iterable[T] = (),
    key: str = "",
    **look: Any,
) -> Chosen[tuple[T, ...]]:
    """Choose several, or none. What is still there stays chosen; the second press of a double click is not for it."""
    words, name = _distinct(names), _name(label, key)
    held, seen = st.session_state.setdefault(name, [each for each in now if each in words]), _seen(name)
    gone, left = [each for each in held if each not in words], [each for each in held if each in words]
    if gone or any(words[each] != seen.words.get(each, words[each]) for each in left):
        st.session_state[name] = left
    if gone:
        seen.lost, seen.lost_at = ", ".join(seen.words.get(each, str(each)) for each in gone), monotonic()
    elif tuple(left) != seen.shown or monotonic() - seen.lost_at >= forms.AGAIN_SECONDS:
        seen.lost = ""
    shown = tuple(st.multiselect(label, list(words), format_func=words.__getitem__, key=name, **look))
    seen.words, seen.shown = words, shown
    return Chosen(shown, gone_words(seen.lost) if seen.lost else "", seen)


def stays(name: str, options: Mapping[str, str], first: str) -> str:
    """What a page shows of several without being asked: the same while it stands open, however the list changes."""
    kept = _fields().setdefault(name, first)
    return str(kept if kept in options else first)


def _distinct(names: Mapping[T, str] | Sequence[T]) -> dict[T, str]:
    """Each with words of its own: of two alike Streamlit would always take the last."""
    said = dict(names) if isinstance(names, Mapping) else {each: str(each) for each in names}
    often = Counter(said.values())
    return {each: words if often[words] == 1 else f"{words} ({each})" for each, words in said.items()}


def begin_page() -> None:
    """The page is opened, for whatever it is about: no field of it was drawn before."""
    opened = _fields().get("opened", 0)
    _fields().clear()
    _fields()["opened"] = opened + 1


def _fields() -> dict[Any, Any]:
    """What is known of the fields of this page since it was opened."""
    return forms.kept_here(FIELDS)


def _name(label: str, key: str) -> str:
    return "-".join(["chosen", str(_fields().get("opened", 0)), current_form_id(st._main), key, label])


def _seen(name: str) -> _Seen:
    found: _Seen = _fields().setdefault(name, _Seen())
    return found
