"""Which actions a sheet was made with, as it says at its head: only so can anybody tell that a line was taken out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

HELD = "Its lines: "
NONE = "none"
LONGEST = 30_000  # characters that one cell of a workbook surely holds
MOST = 20_000  # lines of a file that is read
NUMBERED = re.compile(r"([^\s,;.]*?)([0-9]{1,9})")
RUN = re.compile(rf"{NUMBERED.pattern}(?: to ([0-9]{{1,9}}))?")
SAID = re.compile(rf"{HELD}([^.]*)\.")


def held_words(references: Iterable[str]) -> str:
    """Such as "Its lines: NE-0004; WM-0001 to 0117, 0119."; empty where they are too many, or numbered otherwise."""
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for reference in references:
        match = NUMBERED.fullmatch(reference)
        if match is None:
            return ""
        numbers[match[1]].append(match[2])
    told = "; ".join(f"{stem}{', '.join(_runs(sorted(own)))}" for stem, own in sorted(numbers.items()))
    words = f"{HELD}{told or NONE}."
    return words if len(words) <= LONGEST else ""


def _runs(numbers: list[str]) -> Iterator[str]:
    """Numbers of one width that follow each other as one: 0001 to 0117."""
    first = numbers[0]
    for one, other in pairwise([*numbers, ""]):
        if len(one) != len(other) or int(other) != int(one) + 1:
            yield first if first == one else f"{first} to {one}"
            first = other


def held_in(lines: Iterable[str]) -> frozenset[str] | None:
    """The same read from the lines at a file's head; None where they do not say it, whole."""
    told = next((match[1] for line in lines if (match := SAID.search(line))), None)
    if told is None:
        return None
    found: set[str] = set()
    for group in () if told == NONE else told.split("; "):
        stem = ""
        for run in map(RUN.fullmatch, group.split(", ")):
            if run is None or (stem and run[1]) or not _add(found, stem := stem or run[1], run):
                return None
    return frozenset(found)


def _add(found: set[str], stem: str, run: re.Match[str]) -> bool:
    """Whether a run of numbers could be added: no file makes more of them than it can hold."""
    first, last = int(run[2]), int(run[3] or run[2])
    if not 0 <= last - first <= MOST - len(found):
        return False
    found.update(f"{stem}{number:0{len(run[2])}d}" for number in range(first, last + 1))
    return True
