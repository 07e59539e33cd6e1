"""`planner serve`: start the app with the shipped settings."""

from typing import Annotated

import typer

from planner.web.serve import serve as start


def serve(port: Annotated[int, typer.Option(min=1024, max=65535)] = 8501) -> None:
    """Start the app on this machine; an empty database is prepared first."""
    start(port)
