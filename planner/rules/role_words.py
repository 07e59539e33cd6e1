"""Closed vocabularies of posts and offers: what a change is about, how an offer passes on, how often it is recalled."""

from enum import StrEnum


class Concern(StrEnum):
    """What of an action a post is answered on: a change of it is a new question to who holds the post."""

    TIME = "time"
    PREMISES = "premises"
    NUMBERS = "numbers"
    CHILDREN = "children"
    IMMIGRATION = "immigration"
    LANGUAGES = "languages"


class HandoverKind(StrEnum):
    """A deputy may answer beside the lead; a handover puts another lead of the same agency in their place."""

    DEPUTY = "deputy"
    HANDOVER = "handover"


class Reminder(StrEnum):
    """How far an unanswered offer has been recalled, in this order."""

    HALF_TIME = "half_time"
    DUE = "due"
    DEPUTY = "deputy"
    CELL = "cell"
