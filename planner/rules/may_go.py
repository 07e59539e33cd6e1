"""To whom a file may go, in words: what its marking and its handling instructions ask of whoever takes it.

Source: Government Security Classifications Policy (Cabinet Office, as updated on 5 August 2024), handling instructions.
"""

from planner.rules.markings import Marked, split_handling
from planner.rules.words import Marking

SENSITIVE = "Keep it on a device that your organisation manages, and send it to nobody who does not need it for this."
PLAIN = "It is for those who need it for this work: no public place, no calendar that others can read."
_ASKED = {
    "RECIPIENTS ONLY": "It goes to nobody else: you are its recipient.",
    "POLICE USE ONLY": "It goes to police alone.",
    "HMG USE ONLY": "It goes to nobody outside government.",
}


def may_go_words(marked: Marked) -> tuple[str, ...]:
    """The instruction of the marking first, then those of its handling that say who may have it."""
    first = SENSITIVE if marked.marking is Marking.OFFICIAL_SENSITIVE else PLAIN
    return (first, *(_ASKED[said] for said in split_handling(marked.handling) if said in _ASKED))
