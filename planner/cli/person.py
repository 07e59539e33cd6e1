"""`planner person add`: somebody with a post and, where asked for, an account."""

from pathlib import Path
from typing import Annotated

import typer

from planner.access import Verb, require
from planner.cli.edge import LookedAt, answer, desk_of
from planner.errors import InputError
from planner.rules.words import Post
from planner.services.accounts import add_account
from planner.services.directory import PostRequest, add_person

app = typer.Typer(no_args_is_help=True, help="People and their posts.")


@app.callback()
def _person() -> None:
    """People and their posts."""


@app.command()
def add(
    title: Annotated[str, typer.Option(help="A post's title, never a name: “Silver, West Midlands”.")],
    agency: Annotated[str, typer.Option(metavar="CODE")],
    post: Annotated[Post, typer.Option()],
    operation: Annotated[str | None, typer.Option(metavar="CODE")] = None,
    region: Annotated[str | None, typer.Option(metavar="CODE")] = None,
    user_name: Annotated[str | None, typer.Option(help="Make an account of this name.")] = None,
    password_file: Annotated[Path | None, typer.Option(help="Its first line; without it, you are asked.")] = None,
    looked_at: LookedAt = None,
) -> None:
    """Add somebody to the directory with a post."""
    password = _password(password_file) if user_name else ""
    with desk_of().writing(looked_at=looked_at or ()) as work:
        person = add_person(work, title, agency, PostRequest(post, operation, region))
        if user_name:
            require(work, Verb.MANAGE_ACCOUNTS, ref=user_name)
            add_account(work, user_name, person.id or 0, password)
    answer({"person": title, "post": post, "account": user_name}, [f"{title} is in the directory."])


def _password(file: Path | None) -> str:
    """Never an argument: those stand in the list of processes and in the shell's history."""
    if file is None:
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    try:
        return file.read_text("utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The file {file} cannot be read. Check its name.") from error
