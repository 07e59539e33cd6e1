"""A copy of minutes for one reader: what that reader may know of them, in numbered paragraphs.

Planners read what is about the actions they can see. A partner's agency reads of its own actions alone, without their
references, and what was said of those only under an agreement that covers more than logistics; else when it met, who
came, what became of its own actions, and what it undertook itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from planner.rules.access import told_name
from planner.rules.dates import day_words, instant_words, when_words
from planner.rules.markings import Marked
from planner.rules.minutes_content import Content, Decided, Dissented, Undertaken, Who
from planner.rules.quorum import POLICE
from planner.rules.windows import local
from planner.rules.words import AttendanceState, ConferenceKind

TITLES = {
    ConferenceKind.PLANNED: "Minutes of a case conference",
    ConferenceKind.EMERGENCY: "Minutes of an emergency case conference",
    ConferenceKind.REVIEW: "Minutes of a review conference",
    ConferenceKind.STANDING: "Minutes of a standing case conference",
}
CAME = {
    AttendanceState.ATTENDED: "Came",
    AttendanceState.APOLOGIES: "Sent apologies",
    AttendanceState.INVITED: "Invited, did not come",
}
A_FORCE = "A police force or cell"
ALL_ACTIONS = "All"


@dataclass(frozen=True)
class Reader:
    """Who reads: `names` is what the reader calls each action it may read of, `opened` those of which it reads all.

    `general` opens what was said about no action in particular; a planner has no `agency_id`; `told` may know care
    providers by name; `closing` says what else there is not, and why.
    """

    name: str
    names: Mapping[int, str]
    opened: frozenset[int]
    general: bool
    agency_id: int | None = None
    told: bool = False
    closing: str = ""

    def reads(self, action_id: int | None) -> bool:
        return self.general if action_id is None else action_id in self.opened


class Issued(NamedTuple):
    """Which issue of the minutes it is, of when, and what it corrects."""

    number: int
    at: datetime
    note: str


class Paragraph(NamedTuple):
    """`about` is the action that it is about, in the reader's words for it."""

    number: str
    text: str
    about: str = ""


class Table(NamedTuple):
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Section(NamedTuple):
    number: int
    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    table: Table | None = None


class Copy(NamedTuple):
    """All that a file or a page of it says; whoever draws it adds nothing."""

    title: str
    when: str
    copy_line: str
    marked: Marked
    sections: tuple[Section, ...]
    closing: str
    issued_at: datetime


class Part(NamedTuple):
    """A section before it has a number: what is said, each with the action it is about."""

    title: str
    said: tuple[tuple[str, str], ...] = ()
    table: Table | None = None


def copy_for(content: Content, issued: Issued, reader: Reader) -> Copy:
    """What this reader may know of the minutes; numbered as in this copy, so that no gap tells of what is left out."""
    parts = [_conference(content, issued, reader), _present(content, reader)]
    parts += _items(content, reader)
    parts += [_decisions(content, reader), _undertakings(content, reader)]
    there = [part for part in parts if part.said or (part.table and part.table.rows)]
    at = local(issued.at)
    return Copy(
        TITLES[content.kind],
        when_words(content.starts_at, content.ends_at, year=True),
        f"Copy for {reader.name}, issue {issued.number} of {day_words(at.date(), year=True)}",
        content.marked,
        tuple(_numbered(number, part) for number, part in enumerate(there, 1)),
        reader.closing,
        issued.at,
    )


def _numbered(number: int, part: Part) -> Section:
    said = tuple(Paragraph(f"{number}.{at}", text, about) for at, (about, text) in enumerate(part.said, 1))
    if part.table is None:
        return Section(number, part.title, said)
    rows = tuple((f"{number}.{at}", *row) for at, row in enumerate(part.table.rows, len(said) + 1))
    return Section(number, part.title, said, Table(("No.", *part.table.columns), rows))


def _conference(content: Content, issued: Issued, reader: Reader) -> Part:
    said = [f"The conference met on {when_words(content.starts_at, content.ends_at, year=True)}."]
    if reader.general:
        said += [f"In the chair: {content.chair}.", content.quorum]
    if issued.number > 1:
        corrects = f"This is issue {issued.number}, in place of issue {issued.number - 1}."
        said.append(f"{corrects} Corrected: {issued.note}" if reader.general else corrects)
    said.append(f"Each agency accepts: {content.confidentiality}")
    return Part("The conference", _about_all(said))


def _about_all(said: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple(("", text) for text in said if text)


def _told(who: Who, reader: Reader) -> str:
    """A provider's name is told to who may know it; which force it is says where, and that is no logistics."""
    own = who.agency_id == reader.agency_id
    if who.kind in POLICE and not (own or reader.general):
        return A_FORCE
    return told_name(who.name, who.kind, named=own or reader.told)


def _present(content: Content, reader: Reader) -> Part:
    if not reader.general:
        there = (seat for seat in content.present if seat.state is AttendanceState.ATTENDED)
        names = sorted(_told(seat.who, reader) for seat in there)
        return Part("Who was there", table=Table(("Agency",), tuple((name,) for name in names)))
    rows = []
    for seat in content.present:
        as_what = ["may commit resources"] * seat.may_commit + ["victim's advocate"] * seat.victims_advocate
        came = seat.state is AttendanceState.ATTENDED
        rows.append((_told(seat.who, reader), CAME[seat.state], ", ".join(as_what) if came and as_what else "–"))
    return Part("Who was there", table=Table(("Agency", "Attendance", "Speaks as"), tuple(sorted(rows))))


def _items(content: Content, reader: Reader) -> list[Part]:
    """Each item with what the reader may read under it; the others only to who would read all that was said there."""
    parts, empty = [], []
    for item in content.items:
        said = [line for line in item.lines if reader.reads(line.action_id)]
        parts.append(Part(item.title, tuple((_about(line.action_id, reader), line.text) for line in said)))
        if not item.lines:
            empty.append(item.title)
    whole = reader.general and all(decided.action_id in reader.opened for decided in content.decided)
    if whole and empty:
        parts.append(Part("Also on the agenda", _about_all([f"Nothing was minuted under: {', '.join(empty)}."])))
    return parts


def _about(action_id: int | None, reader: Reader) -> str:
    return "" if action_id is None else reader.names.get(action_id, "")


def _decisions(content: Content, reader: Reader) -> Part:
    said = [pair for row in content.decided if row.action_id in reader.names for pair in _decision(row, reader)]
    return Part("Decisions", tuple(said))


def _decision(row: Decided, reader: Reader) -> list[tuple[str, str]]:
    """That it goes on or not is logistics, for an agency that has a part in it; why is not."""
    name = reader.names[row.action_id]
    decided = row.decision.replace("_", " ").capitalize() if row.decision else "Nothing was decided"
    said = [f"{decided}."]
    if row.action_id in reader.opened:
        said += [f"Reasons: {row.reasons}"] if row.reasons else []
        said += [f"Options rejected: {row.options}"] if row.options else []
        said += [_dissent(each, reader) for each in row.dissents]
    return [(name, text) for text in said]


def _dissent(row: Dissented, reader: Reader) -> str:
    return f"Dissent of {_told(row.who, reader)}: {row.text}" if row.who else f"Dissent: {row.text}"


def _undertakings(content: Content, reader: Reader) -> Part:
    rows = [_undertaking(row, reader) for row in content.undertaken if _reads_undertaking(row, reader)]
    columns = ("Agency", "What is undertaken", "For", "By", "Then")
    return Part("Undertakings", table=Table(columns, tuple(rows)))


def _reads_undertaking(row: Undertaken, reader: Reader) -> bool:
    return row.who.agency_id == reader.agency_id or reader.reads(row.action_id)


def _undertaking(row: Undertaken, reader: Reader) -> tuple[str, ...]:
    by = instant_words(row.due_at) + (", before the action" if row.before_action else "")
    about = ALL_ACTIONS if row.action_id is None else _about(row.action_id, reader) or "–"
    who = f"{_told(row.who, reader)} ({row.owner})" if row.owner else _told(row.who, reader)
    return (who, row.text, about, by, row.state.capitalize())
