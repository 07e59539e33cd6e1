"""A calendar full of text that tries to get out of its line; run as a program it writes the file it makes."""

import sys

from planner.outputs.calendar_entries import Mailbox
from tests.outputs.entries import a_conference, a_file

INJECTION = "Room 4\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Raid at dawn\r\nATTENDEE:mailto:x@evil.example"
HOSTILE = [
    INJECTION,
    INJECTION.replace("\r\n", "\n"),
    INJECTION.replace("\r\n", "\r"),
    INJECTION.replace("\r\n", "\x00\n"),
    INJECTION.replace("\r\n", "\x85"),
    INJECTION.replace("\r\n", "\u2028"),
    INJECTION.replace("\r\n", "\x0b"),
    "semi;colons, commas \\ and \\n; backslashes",
    'quotes " and : colons',
    "nul \x00 bell \x07 escape \x1b delete \x7f",
    "turned \u202eround\u202c",
    "half a pair \ud800",
    "\ufeffmark first",
    "é" * 90,
]


def hostile_file(text: str) -> bytes:
    """The same text in every place that takes one."""
    mailbox = Mailbox(name=text, address="east.cell@police.example")
    meeting = a_conference(
        uid=f"uid {text}", room=text, organizer=mailbox, url=f"https://plan.example/{text}", join_url=text
    )
    return a_file(meeting, name=text, made_by=text)


if __name__ == "__main__":
    for each in HOSTILE:
        sys.stdout.buffer.write(hostile_file(each))
