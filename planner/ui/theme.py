"""What the theme in .streamlit/config.toml cannot say: a few rules of style, and its colours for charts."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
LOOK = HERE / "look.css"
LOOK_DARK = HERE / "look_dark.css"


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
    st.html(LOOK)
    if is_dark():
        st.html(LOOK_DARK)


def colours() -> Colours:
    """The colours of the scheme that this reader sees."""
    scheme = "dark" if is_dark() else "light"

    def option(name: str) -> str:
        return str(st.get_option(f"theme.{scheme}.{name}"))

    hues = {hue: option(f"{hue}Color") for hue in ("red", "orange", "green", "blue", "violet", "gray")}
    return Colours(option("textColor"), option("backgroundColor"), option("borderColor"), **hues)
