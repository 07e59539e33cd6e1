"""For how long a change of plan can be undone, where nobody has answered yet."""

UNDO_MINUTES = 5
