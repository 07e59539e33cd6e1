"""Ten texts that try to get out of their line in a calendar, and what is left of each as text; formulas for sheets."""

import unicodedata
from typing import NamedTuple

DISGUISES = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


class Payload(NamedTuple):
    """What is typed, and what a calendar says of it where it is one line, and where it may be several."""

    name: str
    typed: str
    line: str
    lines: str

    @property
    def in_address(self) -> str:
        """What is left of it in a link, once its percent signs are undone."""
        return "".join(c for c in self.typed.strip() if unicodedata.category(c) != "Cc" and c not in DISGUISES)

    @property
    def in_name(self) -> str:
        """What is left of it as the name beside a mailbox, which needs no quotes."""
        return " ".join("".join(" " if c in '",;:’' else c for c in self.line).split())


def _same(name: str, text: str) -> Payload:
    return Payload(name, text, text, text)


TEN = (
    Payload(
        "crlf and a property",
        "Room 4\r\nATTENDEE:mailto:x@evil.example",
        "Room 4 ATTENDEE:mailto:x@evil.example",
        "Room 4\nATTENDEE:mailto:x@evil.example",
    ),
    Payload("bare lf", "Room 4\nSUMMARY:Raid at dawn", "Room 4 SUMMARY:Raid at dawn", "Room 4\nSUMMARY:Raid at dawn"),
    Payload(
        "nul",
        "Room\x00 4\x00\r\x00\nDESCRIPTION:Raid\x00",
        "Room 4 DESCRIPTION:Raid",
        "Room 4\n\nDESCRIPTION:Raid",
    ),
    Payload(
        "line separators",
        "Room 4\u2028BEGIN:VEVENT\u2029UID:evil\x85END:VEVENT",
        "Room 4 BEGIN:VEVENT UID:evil END:VEVENT",
        "Room 4\nBEGIN:VEVENT\nUID:evil\nEND:VEVENT",
    ),
    Payload(
        "a folded line",
        "Room 4\r\n \r\n\tSUMMARY:Raid\r\n  at dawn",
        "Room 4 SUMMARY:Raid at dawn",
        "Room 4\n \nSUMMARY:Raid\n  at dawn",
    ),
    _same("parameters", 'Room "4";CN=evil:mailto:x,y\\;ALTREP="cid:x"^n^\'\\n C:\\New'),
    _same("emoji at every fold", "R" + f"\U0001f469\u200d\U0001f692{FLAG}" * 40),
    _same("ten thousand", ("A room that goes on and on. " * 400)[:9_999] + "A"),
    Payload(
        "an alarm",
        "Room 4\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nTRIGGER:-PT1M\r\nACTION:AUDIO\r\nEND:VALARM",
        "Room 4 END:VEVENT BEGIN:VALARM TRIGGER:-PT1M ACTION:AUDIO END:VALARM",
        "Room 4\nEND:VEVENT\nBEGIN:VALARM\nTRIGGER:-PT1M\nACTION:AUDIO\nEND:VALARM",
    ),
    Payload(
        "turned",
        "Room \u202e4 mooR\u202c \u2066END:VCALENDAR\u2069\ufeff",
        "Room 4 mooR END:VCALENDAR",
        "Room 4 mooR END:VCALENDAR",
    ),
)
FORMULAS = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "a\nb\r\nc", "\x07\x1b=1", "\u202e=1\u2066", "👩\u200d🚒=1"),
    *("＝1", "\ufeff=1", '","=1"', "'=1", "\x85=1\u2028=2"),
)
