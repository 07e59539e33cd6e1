"""The command line, for cron, scripts and tests: a contract. Every command answers lines or --json."""

import sys
from typing import Annotated

import typer

from planner.cli import (
    access,
    calendar,
    care,
    conference,
    deliver,
    edge,
    export,
    gate,
    importing,
    init,
    log,
    person,
    policy,
    record,
    replies,
    serve,
    sheet,
    verify,
)
from planner.errors import PlannerError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def _planner(
    actor: Annotated[str | None, typer.Option("--as", metavar="PERSON", help="Act as this account.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Threshold: no door is opened before care is ready."""
    edge.LINE = edge.Line(actor, as_json)


app.command()(init.init)
app.command()(serve.serve)
app.command()(gate.gate)
app.command()(sheet.sheet)
app.command()(log.log)
app.command()(access.access)
app.command()(calendar.calendar)
app.command()(export.export)
app.command()(verify.verify)
app.command()(deliver.deliver)
app.command()(replies.replies)
app.add_typer(importing.app, name="import")
app.add_typer(care.app, name="care")
app.add_typer(conference.app, name="conference")
app.add_typer(person.app, name="person")
app.add_typer(policy.app, name="policy")
app.add_typer(record.app, name="record")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused or not ready, 2 wrong usage. --json and --as may stand anywhere."""
    words = sys.argv[1:] if arguments is None else arguments
    edge.LINE = edge.Line(as_json="--json" in words)  # also of what is refused before it is understood
    try:
        app(_options_first(edge.texts(words)))
    except PlannerError as error:
        return edge.refuse(error)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else edge.DONE
    finally:
        edge.close_databases()
    return edge.DONE


def _options_first(words: list[str]) -> list[str]:
    """Let --json and --as PERSON stand after the command too, as scripts write them."""
    front: list[str] = []
    rest: list[str] = []
    remaining = iter(words)
    for word in remaining:
        if word == "--json":
            front.append(word)
        elif word == "--as":
            front += [word, next(remaining, "")]
        else:
            rest.append(word)
    return front + rest
