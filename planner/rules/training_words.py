"""Closed vocabulary of skills: what the training register keeps, and which of them a trained officer must have."""

from collections.abc import Mapping
from enum import StrEnum


class Skill(StrEnum):
    RECOGNISING = "recognising_victims"
    FIRST_RESPONDER = "first_responder"
    INTERVIEWING = "interviewing_vulnerable_witnesses"
    CHILD_PROTECTION = "child_protection"
    INTERPRETERS = "working_with_interpreters"


SKILL_WORDS: Mapping[Skill, str] = {
    Skill.RECOGNISING: "Recognising a trafficked victim",
    Skill.FIRST_RESPONDER: "First responder",
    Skill.INTERVIEWING: "Interviewing vulnerable witnesses",
    Skill.CHILD_PROTECTION: "Child protection",
    Skill.INTERPRETERS: "Working with interpreters",
}
# Source: the process review of Operation Pentameter, whose chief lesson it is.
OF_A_TRAINED_OFFICER = Skill.RECOGNISING
