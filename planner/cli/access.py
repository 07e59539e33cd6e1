"""`planner access --matrix`: who may see and do what, printed from the table that decides it."""

from collections.abc import Iterator
from typing import Annotated

import typer

from planner.cli.edge import answer
from planner.rules.access import Verb, pages_of, relation_of
from planner.rules.words import Post

NONE = "–"


def access(
    matrix: Annotated[
        bool, typer.Option("--matrix", help="What each post needs to have to do with the object.")
    ] = False,
) -> None:
    """Print the table of verbs by post, and the pages each post sees."""
    if not matrix:
        raise typer.BadParameter("Say what to print: planner access --matrix.")
    cells = [
        {"verb": verb.value, "post": post.value, "relation": relation_of(verb, post) or NONE}
        for verb in Verb
        for post in Post
    ]
    answer(cells, [*_table(), "", *_pages()])


def _table() -> Iterator[str]:
    """A row a verb, a column a post, each column as wide as its widest word."""
    rows = [["verb", *(post.replace("_", " ") for post in Post)]]
    rows += [[verb.value, *(relation_of(verb, post) or NONE for post in Post)] for verb in Verb]
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip()


def _pages() -> Iterator[str]:
    width = max(len(post) for post in Post)
    for post in Post:
        yield f"{post.replace('_', ' '):{width}}  sees the pages " + ", ".join(pages_of(post)).replace("_", " ")
