"""Forces, regions and zones in a cell: by code or name, with the nearest suggestions when neither is known."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Generic, TypeVar

from planner.inputs.cells import CellRefused, a_text, plain_word, shown
from planner.inputs.grid import Cell
from planner.inputs.known import KnownForce, KnownPlace

Place = TypeVar("Place", bound=KnownForce | KnownPlace)
MOST_SUGGESTIONS = 200


class Finder(Generic[Place]):
    """Looks up one kind of place; remembers suggestions, which are slow to find."""

    def __init__(self, what: str, places: Iterable[Place]) -> None:
        self._what = what
        self._by_word: dict[str, Place] = {}
        self._remedies: dict[str, str] = {}
        for place in places:
            for word in (*place.aliases, place.name, place.code):
                self._by_word[plain_word(word)] = place

    def __call__(self, cell: Cell) -> Place:
        text = a_text(cell)
        spelt = plain_word(text)
        found = self._by_word.get(spelt) or self._by_word.get(spelt.zfill(2))
        if found:
            return found
        raise CellRefused(f"{shown(text)} is no {self._what} known here.", self._remedy(spelt))

    def _remedy(self, spelt: str) -> str:
        if spelt not in self._remedies and len(self._remedies) >= MOST_SUGGESTIONS:
            return f"Use a {self._what}'s code or name."
        if spelt not in self._remedies:
            self._remedies[spelt] = self._suggest(spelt)
        return self._remedies[spelt]

    def _suggest(self, spelt: str) -> str:
        near = [self._by_word[word] for word in get_close_matches(spelt, self._by_word, 3, 0.65)]
        named = list(dict.fromkeys(f"{place.code} ({place.name})" for place in near))
        return f"Did you mean {' or '.join(named)}?" if named else f"Use a {self._what}'s code or name."
