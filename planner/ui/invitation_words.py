"""How answers to invitations are named on pages."""

from planner.rules.invitation_words import AnsweredVia, InvitationAnswer

ANSWERS = {
    InvitationAnswer.ACCEPTED: "comes",
    InvitationAnswer.TENTATIVE: "may_come",
    InvitationAnswer.DECLINED: "cannot_come",
}
VIA = {AnsweredVia.MAIL: "by mail", AnsweredVia.PAGE: "on this page", AnsweredVia.HAND: "typed by the planners"}
