"""Hours in: when each agency of the directory can be asked; a line says all of it."""

from dataclasses import dataclass
from datetime import time

from planner.inputs.cells import a_code, a_number, a_time, a_yes
from planner.inputs.columns import VERSION, Column, Layout, Mapping
from planner.inputs.grid import Grid
from planner.inputs.readings import Progress, Reading, Repeats, RowReader, read_rows
from planner.inputs.weekdays import some_weekdays

MOST_A_DAY = 200
AVAILABILITY = Layout(
    "availability",
    (
        Column(
            "agency",
            "Agency code",
            ("agency", "code"),
            required=True,
            holds="The agency's code, as on the Directory page, once in the file.",
        ),
        Column(
            "weekdays",
            "Weekdays",
            ("days", "duty days"),
            required=True,
            holds="Mon-Fri, or several separated by semicolons: Tue; Thu. Every day is all seven.",
        ),
        Column("opens", "From", ("opens", "start"), required=True, holds="London time, as 09:00."),
        Column(
            "closes",
            "Until",
            ("closes", "end", "to"),
            required=True,
            holds="London time, as 17:00; before From it is the next day's, the same time is all day.",
        ),
        Column("bank_holidays", "Bank holidays", ("holidays",), holds="Yes or no; blank: no."),
        Column(
            "actions_a_day",
            "Actions a day",
            ("daily capacity", "per day", "capacity"),
            holds=f"How many actions a day it can stand, 1 to {MOST_A_DAY}; blank: nothing is said of that.",
        ),
        VERSION,
    ),
)


@dataclass(frozen=True)
class AvailabilityRow:
    """One agency's hours as a file gives them; weekdays by number, Monday 1."""

    line: int
    agency: str
    weekdays: str
    opens: time
    closes: time
    bank_holidays: bool = False
    actions_a_day: int | None = None
    version: str | None = None


def read_availability(grid: Grid, mapping: Mapping, progress: Progress | None = None) -> Reading[AvailabilityRow]:
    """Rows and findings of a file of hours; InputError when a required column is missing."""
    agencies = Repeats()
    return read_rows(grid, mapping, lambda row: _hours(row, agencies), progress=progress)


def _hours(row: RowReader, agencies: Repeats) -> AvailabilityRow | None:
    agency, weekdays = row.take("agency", a_code), row.take("weekdays", some_weekdays)
    if agency is not None:
        agencies.check(row, "agency", agency)
    opens, closes = row.take("opens", a_time), row.take("closes", a_time)
    holidays, most = row.take("bank_holidays", a_yes), row.take("actions_a_day", a_number(1, MOST_A_DAY))
    if agency is None or weekdays is None or opens is None or closes is None:
        return None
    return AvailabilityRow(row.line, agency, weekdays, opens, closes, bool(holidays), most, row.made_from)
