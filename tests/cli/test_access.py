"""`planner access --matrix` prints the table that decides, cell by cell."""

import json

import pytest

from planner.cli import main
from planner.rules.access import PAGES, TABLE, Verb
from planner.rules.words import Post


def test_the_matrix_is_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["access", "--matrix", "--json"]) == 0

    printed = {(item["verb"], item["post"]): item["relation"] for item in json.loads(capsys.readouterr().out)}
    assert len(printed) == len(Verb) * len(Post)
    for verb in Verb:
        for post in Post:
            assert printed[verb.value, post.value] == TABLE[verb].get(post, "–")
    assert printed["give the go-ahead", "gold"] == "force"
    assert printed["give the go-ahead", "silver"] == "–"


def test_a_person_reads_a_row_a_verb_and_a_line_of_pages_a_post(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["access", "--matrix"]) == 0

    head, *rows = capsys.readouterr().out.splitlines()
    verbs, pages = rows[: len(Verb)], rows[len(Verb) + 1 :]
    assert head.split()[:3] == ["verb", "national", "gold"]
    assert [row[: head.index("national gold")].strip() for row in verbs] == [verb.value for verb in Verb]
    at, end = head.index("silver"), head.index("cell")
    assert [row[at:end].strip() for row in verbs] == [TABLE[verb].get(Post.SILVER, "–") for verb in Verb]
    assert len(pages) == len(Post)
    assert pages[-1].split() == ["administrator", "sees", "the", "pages", "today,", "account,", "accounts"]
    assert {page.replace("_", " ") for page in PAGES} == {
        name for line in pages for name in line.partition("pages ")[2].split(", ")
    }


def test_without_the_option_it_says_what_to_print(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["access"]) == 2

    assert "planner access --matrix" in capsys.readouterr().err
