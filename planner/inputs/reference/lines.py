"""Public information lines: whom anybody may ring, at which hours, in which nation."""

from dataclasses import dataclass
from pathlib import Path

from planner.inputs.records import Origin, read_records, refuse_repeats
from planner.rules.words import Nation

LINE_COLUMNS = ("name", "number", "hours", "nations", "purpose")


@dataclass(frozen=True)
class InformationLine:
    """A telephone number that its own organisation publishes."""

    name: str
    number: str
    hours: str
    nations: tuple[Nation, ...]
    purpose: str
    origin: Origin


def load_information_lines(data: Path) -> tuple[InformationLine, ...]:
    records = read_records(data / "information_lines.csv", LINE_COLUMNS)
    refuse_repeats(records, "name")
    return tuple(
        InformationLine(
            name=r.text("name"),
            number=r.text("number"),
            hours=r.text("hours"),
            nations=r.words("nations", Nation),
            purpose=r.text("purpose"),
            origin=r.origin(),
        )
        for r in records
    )
