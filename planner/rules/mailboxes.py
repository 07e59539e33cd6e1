"""What a mailbox may look like: one address, plain; of a post or an office, so it names nobody's home."""

import re

LONGEST = 254  # RFC 5321, section 4.5.3.1.3, less its brackets
_SHAPE = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.)*[A-Za-z0-9-]{1,63}")


def is_mailbox(text: str) -> bool:
    """Whether a text is one mailbox and nothing else."""
    return len(text) <= LONGEST and ".." not in text and _SHAPE.fullmatch(text) is not None
