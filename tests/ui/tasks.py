"""What needs somebody on a page, and the ways that lead from it, read off the HTML that is drawn."""

from typing import NamedTuple

from streamlit.testing.v1 import AppTest

from tests.ui.calendars import named, read, said


class Drawn(NamedTuple):
    """One thing of the list, as it is read; `primary` says how its way looks."""

    state: str
    sentence: str
    verb: str
    address: str
    primary: bool


def tasks_of(page: AppTest) -> list[Drawn]:
    assert not page.exception
    return [one for item in page.get("html") for one in tasks_in(item.proto.body)]


def tasks_in(html: str) -> list[Drawn]:
    """Nothing, where the HTML is no list of tasks."""
    if not html.startswith('<ul class="tasks '):
        return []
    found = []
    for item in read(html).iter("li"):
        ((state,), (sentence,)) = (named(item, "span", name) for name in ("badge", "sentence"))
        (way,) = named(item, "a", "way")
        primary = "primary" in (way.get("class") or "").split()
        found.append(Drawn(said(state), said(sentence), said(way), way.get("href", ""), primary))
    return found


def sentences(page: AppTest) -> list[str]:
    return [task.sentence for task in tasks_of(page)]


def ways_alone(page: AppTest) -> list[tuple[str, str]]:
    """The ways that stand beside buttons: their words, and where they lead."""
    assert not page.exception
    bodies = [item.proto.body for item in page.get("html") if item.proto.body.startswith('<div class="ways-')]
    return [(said(way), way.get("href", "")) for body in bodies for way in named(read(body), "a", "way")]
