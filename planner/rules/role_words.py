"""Closed vocabularies of roles and offers: workstreams, what a change is about, how an offer passes on, reminders."""

from enum import StrEnum


class Concern(StrEnum):
    """What of an action a post is answered on: a change of it is a new question to who holds the post."""

    TIME = "time"
    PREMISES = "premises"
    NUMBERS = "numbers"
    CHILDREN = "children"
    IMMIGRATION = "immigration"
    LANGUAGES = "languages"


class Workstream(StrEnum):
    """The parts of a campaign that agencies lead beside its phases."""

    INTELLIGENCE = "intelligence"
    ENFORCEMENT = "enforcement"
    AWARENESS = "awareness"
    VICTIM_CARE = "victim_care"
    PORTS = "ports"


class HandoverKind(StrEnum):
    """A deputy may answer beside the lead; a handover puts another lead of the same agency in their place."""

    DEPUTY = "deputy"
    HANDOVER = "handover"


class Turn(StrEnum):
    """Whose word a condition waits for, or what became of it."""

    PLANNERS = "waits for the planners"
    PARTNER = "waits for the partner"
    AGREED = "agreed"
    REFUSED = "refused"
    BROKEN = "reported as not kept"


class Reminder(StrEnum):
    """How far an unanswered offer has been recalled, in this order."""

    HALF_TIME = "half_time"
    DUE = "due"
    DEPUTY = "deputy"
    CELL = "cell"
