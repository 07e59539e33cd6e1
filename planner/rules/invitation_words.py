"""The closed vocabularies of invitations to a conference: what is asked, what is answered, and how it came."""

from enum import StrEnum


class InvitationAnswer(StrEnum):
    """What an agency says of a conference to come; what happened is the attendance state's to say."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class AnsweredVia(StrEnum):
    MAIL = "mail"
    PAGE = "page"
    HAND = "hand"


class MailMethod(StrEnum):
    """What a calendar mail asks of the calendar that it reaches (RFC 5546)."""

    REQUEST = "request"
    CANCEL = "cancel"


class ReplyOutcome(StrEnum):
    """What became of a reply: kept, nothing new in it, for a person to read, or not taken."""

    KEPT = "kept"
    NOTHING_NEW = "nothing_new"
    FOR_A_PERSON = "for_a_person"
    REFUSED = "refused"
