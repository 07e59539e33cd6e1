"""What the theme in .streamlit/config.toml cannot say: a few rules of style, and its colours for charts."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
LOOK = HERE / "look.css"
LOOK_DARK = HERE / "look_dark.css"
HUES = ("red", "orange", "green", "blue", "violet", "gray")


@dataclass(frozen=True)
class Colours:
    """The scheme's colours as #rrggbb, for charts; words and signs must still tell what they mean."""

    text: str
    ground: str
    border: str
    red: str
    orange: str
    green: str
    blue: str
    violet: str
    gray: str


def is_dark() -> bool:
    """Whether this reader sees the dark scheme; a change of scheme draws the page again."""
    return st.context.theme.type == "dark"


def dress() -> None:
    """Add our rules of style; the frame calls this once in every run."""
    st.html(_rules("dark" if is_dark() else "light"))


def colours() -> Colours:
    """The colours of the scheme that this reader sees."""
    scheme = "dark" if is_dark() else "light"

    def option(name: str) -> str:
        return str(st.get_option(f"theme.{scheme}.{name}"))

    hues = {hue: option(f"{hue}Color") for hue in HUES}
    return Colours(option("textColor"), option("backgroundColor"), option("borderColor"), **hues)


@cache
def _rules(scheme: str) -> str:
    """Our rules, and the scheme's colours under the names that they use."""
    kinds = {"ink": "TextColor", "line": "Color", "paper": "BackgroundColor"}
    tones = {f"{hue}-{kind}": f"{hue}{option}" for hue in HUES for kind, option in kinds.items()}
    named = {**tones, "primary": "primaryColor", "link": "linkColor", "border": "borderColor"}
    named |= {"ground": "backgroundColor", "second-ground": "secondaryBackgroundColor"}
    colours = " ".join(f"--{name}: {st.get_option(f'theme.{scheme}.{option}')};" for name, option in named.items())
    look = LOOK.read_text() + (LOOK_DARK.read_text() if scheme == "dark" else "")
    return f"<style>:root {{ {colours} }}\n{look}</style>"
