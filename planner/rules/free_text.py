"""What in a free text looks like a person, or leads to one: a doubt to be answered before anything is kept.

Shapes and words only: the text is never sent anywhere. What is questioned wrongly has a way through; what is
missed is kept, so a doubt is raised too often rather than too seldom.
"""

import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import NamedTuple

from planner.rules.free_text_words import DAYS, GIVEN_NAMES, KNOWN, ORGANISATIONS, RANKS, TITLES


class Kind(StrEnum):
    NAME = "a person's name"
    ADDRESS = "an address"
    TELEPHONE = "a telephone number"
    MAIL = "an e-mail address"
    BIRTH = "a date of birth"
    INSURANCE = "a National Insurance number"
    PASSPORT = "a passport number"
    HEALTH = "an NHS number"
    VEHICLE = "a vehicle registration"


class Doubt(NamedTuple):
    """What it looks like, and the words it is about."""

    kind: Kind
    words: str


MAIL = re.compile(r"[^\s<>()\[\]:;,“”\"']+@[^\s<>()\[\]:;,“”\"']+\.[a-z]{2,}", re.IGNORECASE)
_GAP = r"[\s().\-/]{0,3}"
# Ten or eleven digits with a leading nought, or anything international; a longer row of digits is no telephone.
TELEPHONE = re.compile(
    rf"(?<![\w+])(?:(?:\+|00){_GAP}[1-9](?:{_GAP}\d){{7,13}}|\(?0{_GAP}[1-9](?:{_GAP}\d){{8,9}})(?![\w-])"
)
POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKMNP-Y]? ?\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
_WAYS = "street road avenue lane close drive terrace crescent gardens grove mews parade square way court row walk rd st"
_WAY = rf"(?:{_WAYS.replace(' ', '|')}|ave)"
_BETWEEN = r"(?:(?!(?:and|or|to|the|in|on|of|at|by|a|no)\b)[a-z][a-z'’-]* ){1,3}"
NUMBERED_ADDRESS = re.compile(
    rf"\b\d{{1,4}}[a-z]?,? {_BETWEEN}{_WAY}\b",
    re.IGNORECASE,
)
NAMED_ADDRESS = re.compile(r"\b(?:[A-Z][a-z'’-]+ ){1,2}(?:Street|Road|Avenue|Lane|Terrace|Crescent|Close|Mews)\b")
FLAT = re.compile(r"\b(?:flat|apartment|apt\.?) (?:no\.? ?)?\d{1,4}[a-z]?\b", re.IGNORECASE)
_DATE = r"\d{1,2}(?:st|nd|rd|th)?[\s/.-]+(?:\d{1,2}|[A-Za-z]{3,9})[\s/.,-]+(?:19|20)?\d{2}"
BIRTH = re.compile(
    rf"\bd\.?o\.?b\b\.?(?:\W{{0,3}}{_DATE})?"
    rf"|\b(?:born|date of birth|birthday)\b[^.\n]{{0,15}}?(?:{_DATE}|\b(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
# No plan of today has days of these years.
LONG_AGO = re.compile(
    r"\b\d{1,2}(?:[/.-]\d{1,2}[/.-]|(?:st|nd|rd|th)? [A-Z][a-z]{2,8} )(?:19\d\d|200\d|201[0-5])\b"
    r"|\b(?:19\d\d|200\d|201[0-5])-\d\d-\d\d\b"
)
INSURANCE = re.compile(r"\b[A-CEGHJ-TW-Z][A-CEGHJ-NP-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b", re.IGNORECASE)
PASSPORT = re.compile(r"\bpassport\b[^\n]{0,20}?\b[A-Z]{0,2} ?\d{6,9}\b", re.IGNORECASE)
HEALTH = re.compile(r"(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])")
LABELLED_HEALTH = re.compile(r"\bNHS (?:(?:no\.?|number)\W{0,3}(?:is )?)?\d[\d -]{5,}\d", re.IGNORECASE)
_PLATES = r"[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} [A-Z]{3}|[A-Z]{3} \d{1,3}[A-Z]|[A-Z]{3}\d{3}[A-Z]|[A-Z]\d{3}[A-Z]{3}"
VEHICLE = re.compile(rf"(?<![\w/-])(?:{_PLATES})(?![\w/-])")
LABELLED_VEHICLE = re.compile(
    r"\b(?:reg|registration|number plate|index)\b\.?:?(?: no\.?| number)? ?[A-Z]{1,3} ?\d{1,4} ?[A-Z]{0,3}\b",
    re.IGNORECASE,
)

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:['’-][^\W\d_]+)*"
TITLED = re.compile(rf"\b(?:(?i:{TITLES.replace(' ', '|')})\b\.?|(?:{RANKS.replace(' ', '|')})\b) +({_CAPITAL})")
LOWER_TITLED = re.compile(r"\b(?:mr|mrs|ms|mx|dr)\b\.? +([a-z]{2,})")
CALLED = re.compile(
    r"\b(?:named|called|known as|aka|name is|name was|name of [\w’' ]{1,20} is|surname|surnamed)"
    rf"\W{{1,3}}({_CAPITAL})"
)
RUN = re.compile(rf"{_CAPITAL}\.?(?: +(?:(?:van|von|de|da|dos|bin|ibn|al|el) +)?{_CAPITAL}\.?)*")
ANY_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
INITIAL = re.compile(rf"(?<![\w.])[A-Z]\. ?({_CAPITAL})")
SHORTEST_IN_SMALL_LETTERS = 4
ENDINGS = ("ed", "ing", "ly", "tion", "tions", "ment", "ments", "ness", "able", "ism")

SHAPES = (
    (Kind.MAIL, MAIL),
    (Kind.BIRTH, BIRTH),
    (Kind.BIRTH, LONG_AGO),
    (Kind.PASSPORT, PASSPORT),
    (Kind.HEALTH, LABELLED_HEALTH),
    (Kind.INSURANCE, INSURANCE),
    (Kind.TELEPHONE, TELEPHONE),
    (Kind.HEALTH, HEALTH),
    (Kind.ADDRESS, POSTCODE),
    (Kind.ADDRESS, NUMBERED_ADDRESS),
    (Kind.ADDRESS, NAMED_ADDRESS),
    (Kind.ADDRESS, FLAT),
    (Kind.VEHICLE, LABELLED_VEHICLE),
    (Kind.VEHICLE, VEHICLE),
)


def doubts(text: str, known: Collection[str] = ()) -> tuple[Doubt, ...]:
    """What looks like a person or leads to one, each once; `known` are agencies, regions, posts and the like."""
    rest, found = text, []
    for kind, shape in SHAPES:
        for match in shape.finditer(rest):
            if shape is not HEALTH or _is_health_number(match[0]):
                found.append(Doubt(kind, match[0].strip()))
                rest = rest.replace(match[0], " ; ")
    found += [Doubt(Kind.NAME, words) for words in _names(_without(rest, known))]
    return tuple(dict.fromkeys(found))


def _is_health_number(digits: str) -> bool:
    """The tenth digit is a check of the nine before it (modulus 11)."""
    numbers = [int(digit) for digit in digits if digit.isdigit()]
    check = 11 - sum(number * weight for number, weight in zip(numbers, range(10, 1, -1), strict=False)) % 11
    return numbers[9] == (0 if check == 11 else check)


def _without(text: str, known: Collection[str]) -> str:
    """The text with every known phrase taken out, the longest first."""
    for phrase in sorted(known, key=len, reverse=True):
        if phrase and phrase.casefold() in text.casefold():
            text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ; ", text, flags=re.IGNORECASE)
    return text


def _names(text: str) -> Iterator[str]:
    for match in TITLED.finditer(text):
        if not _is_known(match[1]):
            yield match[0]
    for match in LOWER_TITLED.finditer(text):
        if match[1] not in KNOWN:
            yield match[0]
    for match in CALLED.finditer(text):
        if not _is_known(match[1]) and not _is_organisation(_run_at(text, match.start(1))):
            yield match[1]
    for match in INITIAL.finditer(text):
        if not _is_known(match[1]):
            yield match[0]
    for match in RUN.finditer(text):
        yield from _people(match[0])
    for match in ANY_WORD.finditer(text):
        if match[0].islower() and len(match[0]) >= SHORTEST_IN_SMALL_LETTERS and match[0] in GIVEN_NAMES:
            yield match[0]


def _run_at(text: str, start: int) -> str:
    match = RUN.match(text, start)
    return match[0] if match else ""


def _people(run: str) -> Iterator[str]:
    """Words in a row that nobody knows, two at least, or one given name; an organisation's own words name nobody."""
    if _is_organisation(run):
        return
    row: list[str] = []
    for word in [*run.split(), "the"]:
        if not _is_known(word):
            row.append(word)
            continue
        whole = [each for each in row if len(each.strip(".")) > 1]
        if (len(row) > 1 and whole) or any(_bare(each) in GIVEN_NAMES for each in whole):
            yield " ".join(row)
        row = []


def _is_organisation(run: str) -> bool:
    return any(_bare(word) in ORGANISATIONS for word in run.split())


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.strip(".,").casefold())


def _is_known(word: str) -> bool:
    """A word of the product, a day or a place; an abbreviation; or what only begins a sentence, by its ending."""
    bare = _bare(word)
    if bare in GIVEN_NAMES and (len(bare) > 3 or not word.isupper()):
        return False
    if bare in KNOWN or word.strip(".,").casefold() in KNOWN or bare in DAYS:
        return True
    if word.strip(".,").isupper() and len(bare) > 1:
        return True
    parts = bare.split("-")
    return bare.endswith(ENDINGS) or (len(parts) > 1 and all(part in KNOWN for part in parts))
