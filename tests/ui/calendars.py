"""What a calendar shows, read off the HTML that is drawn."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element, fromstring

from streamlit.testing.v1 import AppTest


def read(drawn: str) -> Element:
    """As a tree, which it only is where nothing that was typed became markup."""
    return fromstring(drawn)


def calendar_of(page: AppTest) -> Element:
    return drawn_of(page, '<div class="calendar ')


def ways_of(page: AppTest) -> dict[str, Element]:
    """The links above the days, by their words."""
    nav = drawn_of(page, '<nav class="calendar-ways"')
    return {said(link): link for link in nav.iter("a")}


def drawn_of(page: AppTest, begins: str) -> Element:
    assert not page.exception
    (drawn,) = (item.proto.body for item in page.get("html") if item.proto.body.startswith(begins))
    return read(drawn)


def follow(page: AppTest, words: str) -> AppTest:
    """Press a link above the days: the page is drawn for the address that it leads to."""
    (link,) = (link for name, link in ways_of(page).items() if name.startswith(words))
    page.query_params.clear()
    for name, values in parse_qs(urlsplit(link.get("href", "")).query).items():
        page.query_params[name] = values
    return page.run()


def said(element: Element | None) -> str:
    assert element is not None
    return "".join(element.itertext())


def heard(link: Element) -> str:
    """What a screen reader says of a link."""
    return link.get("aria-label", "")


def named(element: Element, tag: str, name: str) -> list[Element]:
    """The elements of this class, or of all these classes."""
    return [each for each in element.iter(tag) if set(name.split()) <= set((each.get("class") or "").split())]


def listed(page: AppTest) -> Iterator[Element]:
    """The entries of the list, each with the links that it leads to."""
    (there,) = named(calendar_of(page), "div", "listed")
    return (item for item in there.iter("li") if item.find("a") is not None)


def titles(page: AppTest) -> list[tuple[str, str]]:
    """Of the entries of days, each with its state in a word."""
    return [
        (title(item), said(state).split("\u00a0")[1]) for item in listed(page) for state in named(item, "span", "state")
    ]


def title(item: Element) -> str:
    return said(named(item, "span", "title")[0])


def addresses(page: AppTest) -> dict[str, str]:
    """Where each thing leads, by its title."""
    return {title(item): item.findall("a")[0].get("href", "") for item in listed(page)}


def caption_of(page: AppTest) -> str:
    return said(named(calendar_of(page), "p", "caption")[0])
