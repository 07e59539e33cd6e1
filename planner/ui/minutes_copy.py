"""A copy of minutes on the screen: its sections one below the other, as plain text, on a phone as on a desk."""

import streamlit as st

from planner.rules.minutes_copy import Copy, Section, Table
from planner.ui.widgets import marking_line, plain


def draw_copy(copy: Copy) -> None:
    """Its marking at both ends; a row of a table is a paragraph, which no phone has to scroll sideways."""
    marking_line(*copy.marked)
    st.text("\n".join(part for part in (copy.title, copy.when, f"{copy.copy_line}.", copy.closing) if part))
    for section in copy.sections:
        st.subheader(plain(f"{section.number} {section.title}"), anchor=False)
        st.text(_section_words(section))
    marking_line(*copy.marked)


def _section_words(section: Section) -> str:
    said = [
        f"{each.number}  {each.about}: {each.text}" if each.about else f"{each.number}  {each.text}"
        for each in section.paragraphs
    ]
    return "\n\n".join(said + (_rows(section.table) if section.table else []))


def _rows(table: Table) -> list[str]:
    found = []
    for number, first, *rest in table.rows:
        said = (f"{name}: {text}" for name, text in zip(table.columns[2:], rest, strict=True) if text != "–")
        found.append("\n".join([f"{number}  {first}", *said]))
    return found
