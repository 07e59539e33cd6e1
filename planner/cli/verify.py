"""`planner verify`: do claims and hold lines agree?"""

import typer

from planner.cli.edge import REFUSED, answer, desk_of
from planner.services.verify import troubles


def verify() -> None:
    """Prove that bookings agree with each other; exit 1 and a sentence for each that does not."""
    with desk_of().reading() as look:
        found = troubles(look)
    answer({"agrees": not found, "troubles": found}, found or ["Every booking agrees with its claims."])
    if found:
        raise typer.Exit(REFUSED)
