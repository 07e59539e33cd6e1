"""What a case conference goes through, and what each of its people accepts before its agenda opens.

Source: the Scottish briefing to TARA names victim care, safety and evidence as its matters; the rest is usual practice.
Both are the template of an operation, which its cell changes; a conference keeps what it was convened with.
"""

AGENDA = (
    "Victim care",
    "Safety and long-term security",
    "Evidence and interviews",
    "Tactical options",
    "Roles",
    "Information sharing",
    "Media",
    "Contingency",
)
CONFIDENTIALITY = (
    "What is said here is shared to keep people safe and to plan this campaign, and for nothing else. Nobody names a "
    "victim or a suspect. I take no recording, and pass nothing on outside my agency's part in it."
)
MOST_ITEMS, LONGEST_ITEM = 20, 80


def items_of(agenda: str) -> tuple[str, ...]:
    """An agenda's items in their order; the usual ones where none were kept."""
    return tuple(line.strip() for line in agenda.splitlines() if line.strip()) or AGENDA


def checked_items(agenda: str) -> tuple[str, ...]:
    """The same of what was typed; ValueError when there are too many, or one is long or stands twice."""
    items = items_of(agenda)
    if len(items) > MOST_ITEMS:
        raise ValueError(f"An agenda has at most {MOST_ITEMS} items, one a line; this has {len(items)}.")
    long = next((item for item in items if len(item) > LONGEST_ITEM), None)
    if long:
        raise ValueError(f"An item of the agenda has at most {LONGEST_ITEM} characters; {long[:20]}… has {len(long)}.")
    twice = next((item for item in items if items.count(item) > 1), None)
    if twice:
        raise ValueError(f"{twice} stands on the agenda twice.")
    return items
