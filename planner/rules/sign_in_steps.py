"""The steps of signing in that stand between a first proof and a session."""

from enum import StrEnum


class StepKind(StrEnum):
    """What stands between a right password, an invitation or another provider's word, and a session."""

    SECOND_FACTOR = "second_factor"
    SET_UP = "set_up"
    PROVIDER = "provider"
