"""The five steps under which a decision is logged and read.

Sources: the College of Policing's National Decision Model; JESIP's Joint Decision Model, whose headings an operation
may choose. Both have the same five steps, so that one entry is read under either.
"""

from enum import StrEnum


class Part(StrEnum):
    """The five steps, in their order."""

    INFORMATION = "information"
    STRATEGY = "strategy"
    POWERS = "powers"
    OPTIONS = "options"
    ACTION = "action"


class Headings(StrEnum):
    NDM = "ndm"
    JESIP = "jesip"


HEADINGS: dict[Headings, dict[Part, str]] = {
    Headings.NDM: {
        Part.INFORMATION: "Information",
        Part.STRATEGY: "Risk and working strategy",
        Part.POWERS: "Powers and policy",
        Part.OPTIONS: "Options considered and why rejected",
        Part.ACTION: "Action and review",
    },
    Headings.JESIP: {
        Part.INFORMATION: "Gather information and intelligence",
        Part.STRATEGY: "Assess risks and develop a working strategy",
        Part.POWERS: "Consider powers, policies and procedures",
        Part.OPTIONS: "Identify options and contingencies",
        Part.ACTION: "Take action and review what happened",
    },
}
HEADINGS_WORDS = {Headings.NDM: "National Decision Model", Headings.JESIP: "JESIP's Joint Decision Model"}
