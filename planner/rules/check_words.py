"""What is said of a check that a change of plan turns to the good, in plain words."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from planner.rules.findings import Finding, State


class CheckWords(NamedTuple):
    """ "Clashes" "are" "out of the way"."""

    subject: str
    be: str
    met: str


WORDS: Mapping[str, CheckWords] = {
    "legal_basis": CheckWords("The legal basis", "is", "good"),
    "clashes": CheckWords("Clashes", "are", "out of the way"),
    "region_informed": CheckWords("The regional cell", "is", "informed"),
    "conference": CheckWords("The conference", "is", "enough"),
    "roles": CheckWords("The required posts", "are", "filled"),
    "care": CheckWords("Care", "is", "enough"),
    "interpreters": CheckWords("Interpreters", "are", "confirmed"),
    "medical": CheckWords("Medical help", "is", "confirmed"),
    "reception": CheckWords("The reception site", "is", "confirmed"),
    "transport": CheckWords("Transport", "is", "confirmed"),
    "child_pathway": CheckWords("What children need", "is", "settled"),
    "holds_outlast": CheckWords("The time for which all of it is arranged", "is", "long enough"),
    "agreements": CheckWords("Agreements", "are", "enough"),
    "parameters": CheckWords("Gold's parameters", "are", "kept"),
}


def met_then_words(finding: Finding, read: date) -> str:
    """ "Clashes are out of the way then: No clash among actions held here." """
    said = WORDS[finding.check]
    state = {State.NOT_NEEDED: "not asked for", State.OVERRIDDEN: "overridden"}.get(finding.state, said.met)
    return f"{said.subject} {said.be} {state} then: {finding.read_on(read)}"
