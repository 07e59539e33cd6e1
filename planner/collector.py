"""How seldom Python looks for garbage: nearly everything that is made here is freed without being looked for."""

import gc

# New objects before it looks: with its own 700 a sixth of starting and a third of 8,220 gates went into it in vain.
NEW_OBJECTS = 50_000


def collect_seldom() -> None:
    """In every process that imports this package: a server, a command, a test."""
    gc.set_threshold(NEW_OBJECTS)


def settle() -> None:
    """In a process that stays, once it has started: what is there by now stays too, and is not walked again."""
    gc.collect()
    gc.freeze()
