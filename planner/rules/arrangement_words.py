"""What is asked of an interpreter: of which sex, and whether a conflict of interest is declared."""

from enum import StrEnum


class InterpreterSex(StrEnum):
    """Whom the people met may ask for."""

    WOMEN = "women"
    MEN = "men"
    BOTH = "both"


class Conflict(StrEnum):
    """What an interpreter says of knowing the people, the place or the community."""

    NONE = "none_declared"
    DECLARED = "declared"
