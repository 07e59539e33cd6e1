"""The one table of who may see and do what: verb by post, and what the post must have to do with the object."""

from collections.abc import Mapping
from enum import StrEnum

from planner.rules.words import AgencyKind, Post


class Relation(StrEnum):
    """What a post must have to do with the object; all but the first three also ask for its own operation."""

    ANY = "any"  # the object belongs to no operation
    EVERY_OPERATION = "every operation"  # only a post that is not tied to one
    AGENCY_ANYWHERE = "agency, in any operation"  # what an agency says of itself, whichever operation asks
    OPERATION = "own operation"
    REGION = "region"
    FORCE = "force"  # the owning force of the action
    AGENCY = "agency"  # the own agency's booking, undertaking, unit
    NAMED = "named"  # named on it as lead or deputy, and speaking for its agency


class Verb(StrEnum):
    """What can be done, in the words of the record."""

    PLAN = "plan an action"
    SET_DEMAND = "set demand"
    SET_LEGAL_BASIS = "set the legal basis"
    OFFER_ROLE = "offer a role"
    ANSWER_OFFER = "answer an offer"
    ANSWER_CONDITION = "answer a condition"
    ARRANGE = "arrange"
    HOLD_PLACES = "hold places"
    OPEN_PLACES = "open places"
    ANSWER_HOLD = "answer a request for places"
    SET_TERMS = "say on what terms a provider takes people"
    NAME_STAND_IN = "name somebody who stands in for a provider's lead"
    SET_RESERVE = "set a reserve"
    SET_STRIKE_DAY = "set a strike day"
    DECIDE_PLACES = "decide who has places first"
    CONVENE = "convene a conference"
    SET_STANDING_GROUP = "set a standing group"
    RECORD_CONFERENCE = "record a conference"
    ANSWER_INVITATION = "say whether one comes to a conference"
    SET_AGENDA = "change what conferences begin with"
    ACCEPT_CONFIDENTIALITY = "accept a conference's confidentiality statement"
    RECEIVE_MINUTES = "take receipt of an agency's copy of minutes"
    CLOSE_UNDERTAKING = "close an undertaking"
    CLEAR_CLASH = "clear a clash"
    REQUEST_GO_AHEAD = "request the go-ahead"
    GIVE_GO_AHEAD = "give the go-ahead"
    TYPE_GO_AHEAD = "type a go-ahead that was given by telephone"
    DELEGATE = "let somebody give go-aheads on call"
    HOLD_COMMAND = "take and hand over command"
    OVERRIDE = "override a check"
    BEGIN = "begin or close an action"
    HOLD = "hold an action in its last hours"
    ENTER_FOR_DANGER = "write down an entry for immediate danger to life"
    COUNT_PEOPLE = "count people on the day"
    COUNT_OUTCOMES = "count how support went on"
    LIMIT = "close an action to a list of people"
    FOUND_OPERATION = "set up an operation"
    SET_PHASES = "set an operation's phases"
    REMARK_OPERATION = "change an operation's marking"
    HOLD_RECORDS = "set or lift a legal hold"
    WRITE_CHARTER = "write the partnership charter"
    ACKNOWLEDGE_CHARTER = "acknowledge the partnership charter"
    SET_OBJECTIVES = "set an operation's objectives"
    SET_POLICY = "set the gate's policy"
    TIGHTEN_POLICY = "tighten the gate's policy for a force"
    ASK_PAUSE = "ask for a pause"
    ANSWER_PAUSE = "answer for a force when a pause is asked for"
    ALLOW_FEEDS = "allow calendar feeds"
    LOG_DECISION = "write into the decision log"
    APPOINT = "appoint to a post"
    MANAGE_DIRECTORY = "manage the directory"
    REVISE_ROLES = "change the role catalogue"
    SET_AVAILABILITY = "say when an agency can be asked"
    DISCLOSE = "disclose urgently, to safeguard"
    MANAGE_ACCOUNTS = "manage accounts"
    SEE_OPERATION = "see that there is an operation"
    SEE_ACTIONS = "see actions"
    SEE_OFFERS = "see one's own offers and invitations"
    SEE_BOOKINGS = "see one's own bookings"
    SEE_CARE = "see places of care"
    SEE_GO_AHEAD = "see what Gold decides on"
    SEE_PROVIDERS = "see providers' names"
    SEE_RECORD = "see the record"
    SEE_HANDOVER = "take out the handover pack of an operation"


Row = dict[Post, Relation]
PLAN: Row = {
    Post.SILVER: Relation.FORCE,
    Post.CELL: Relation.OPERATION,
    Post.REGIONAL_CELL: Relation.REGION,
}
CARE: Row = {Post.CARE_LEAD: Relation.OPERATION}
CELL: Row = {Post.CELL: Relation.OPERATION}
GOLD: Row = {Post.GOLD: Relation.FORCE}
# Held by nobody for good: a commander's delegation gives it for some hours (planner.actors).
ON_CALL: Row = {Post.DELEGATE: Relation.FORCE}
LOGGIST: Row = {Post.LOGGIST: Relation.FORCE}
NATIONAL: Row = {Post.NATIONAL_GOLD: Relation.OPERATION}
PROVIDER: Row = {Post.PROVIDER_LEAD: Relation.AGENCY}
WHOLE: Row = {**NATIONAL, **GOLD, **ON_CALL, **PLAN, **CARE, **LOGGIST}

TABLE: Mapping[Verb, Row] = {
    Verb.PLAN: PLAN,
    Verb.SET_DEMAND: PLAN | CARE,
    Verb.SET_LEGAL_BASIS: PLAN,
    Verb.OFFER_ROLE: PLAN,
    Verb.ANSWER_OFFER: {Post.PARTNER_LEAD: Relation.NAMED, **CELL},
    Verb.ANSWER_CONDITION: PLAN,
    Verb.ARRANGE: PLAN | CARE,
    Verb.HOLD_PLACES: PLAN | CARE,
    Verb.OPEN_PLACES: PROVIDER,
    Verb.ANSWER_HOLD: PROVIDER,
    Verb.NAME_STAND_IN: PROVIDER,
    # What it says of itself, whichever operation asks; by telephone it is typed by who may know its name.
    Verb.SET_TERMS: {
        Post.PROVIDER_LEAD: Relation.AGENCY_ANYWHERE,
        Post.CARE_LEAD: Relation.ANY,
        Post.CELL: Relation.ANY,
    },
    Verb.SET_RESERVE: CARE | CELL,
    Verb.SET_STRIKE_DAY: CELL | {Post.REGIONAL_CELL: Relation.REGION},
    Verb.DECIDE_PLACES: CELL,
    Verb.CONVENE: PLAN,
    # A regional cell those of its own region (planner.services.standing_locks).
    Verb.SET_STANDING_GROUP: CELL | {Post.REGIONAL_CELL: Relation.OPERATION},
    Verb.RECORD_CONFERENCE: PLAN,
    Verb.ANSWER_INVITATION: {Post.PARTNER_LEAD: Relation.AGENCY},
    Verb.SET_AGENDA: CELL,
    Verb.ACCEPT_CONFIDENTIALITY: {Post.PARTNER_LEAD: Relation.AGENCY},
    Verb.RECEIVE_MINUTES: {Post.PARTNER_LEAD: Relation.AGENCY},
    Verb.CLOSE_UNDERTAKING: PLAN | {Post.PARTNER_LEAD: Relation.AGENCY},
    Verb.CLEAR_CLASH: PLAN,
    Verb.REQUEST_GO_AHEAD: PLAN,
    Verb.GIVE_GO_AHEAD: GOLD | ON_CALL,
    Verb.TYPE_GO_AHEAD: LOGGIST,
    Verb.OVERRIDE: GOLD | ON_CALL,
    # Each for the own force alone.
    Verb.DELEGATE: {Post.GOLD: Relation.AGENCY},
    Verb.HOLD_COMMAND: {Post.GOLD: Relation.AGENCY, Post.SILVER: Relation.AGENCY},
    Verb.BEGIN: GOLD | {Post.SILVER: Relation.FORCE},
    Verb.HOLD: GOLD | ON_CALL | {Post.SILVER: Relation.FORCE},
    Verb.ENTER_FOR_DANGER: PLAN | GOLD | ON_CALL | LOGGIST,
    Verb.COUNT_PEOPLE: PLAN | CARE | {Post.LOGGIST: Relation.FORCE},
    Verb.COUNT_OUTCOMES: CARE | CELL,
    Verb.LIMIT: GOLD | CELL,
    Verb.FOUND_OPERATION: {Post.CELL: Relation.EVERY_OPERATION},
    Verb.SET_PHASES: CELL,
    Verb.REMARK_OPERATION: CELL,
    Verb.HOLD_RECORDS: CELL,
    Verb.ALLOW_FEEDS: CELL | NATIONAL,
    Verb.WRITE_CHARTER: CELL,
    # Each for the own agency alone: a partner's lead, or the command of a police force.
    Verb.ACKNOWLEDGE_CHARTER: dict.fromkeys((Post.PARTNER_LEAD, Post.SILVER, Post.GOLD), Relation.AGENCY),
    Verb.SET_OBJECTIVES: NATIONAL,
    Verb.SET_POLICY: NATIONAL,
    Verb.TIGHTEN_POLICY: {Post.GOLD: Relation.AGENCY},
    Verb.ASK_PAUSE: NATIONAL,
    Verb.ANSWER_PAUSE: {Post.GOLD: Relation.AGENCY},
    # An operation's own log is for the posts that have the whole of it.
    Verb.LOG_DECISION: NATIONAL | GOLD | PLAN | {Post.LOGGIST: Relation.FORCE},
    Verb.APPOINT: CELL,
    Verb.MANAGE_DIRECTORY: {Post.CELL: Relation.ANY},
    # One catalogue for all: a post made optional opens gates of operations that a cell of one could not even see.
    Verb.REVISE_ROLES: {Post.CELL: Relation.EVERY_OPERATION},
    Verb.SET_AVAILABILITY: {Post.CELL: Relation.ANY, Post.PARTNER_LEAD: Relation.AGENCY_ANYWHERE},
    Verb.DISCLOSE: {Post.SILVER: Relation.FORCE, **CELL, **CARE},
    Verb.MANAGE_ACCOUNTS: {Post.ADMINISTRATOR: Relation.ANY},
    # An administrator keeps accounts and thereby sees no operation.
    Verb.SEE_OPERATION: {post: Relation.OPERATION for post in Post if post is not Post.ADMINISTRATOR},
    # Partners and providers see their own offers, requests and bookings instead of actions.
    Verb.SEE_ACTIONS: WHOLE,
    Verb.SEE_OFFERS: {Post.PARTNER_LEAD: Relation.AGENCY},
    Verb.SEE_BOOKINGS: PROVIDER,
    Verb.SEE_CARE: PLAN | CARE,
    Verb.SEE_GO_AHEAD: NATIONAL | GOLD | ON_CALL | PLAN | LOGGIST,
    Verb.SEE_PROVIDERS: {Post.CARE_LEAD: Relation.ANY, Post.CELL: Relation.ANY},
    Verb.SEE_RECORD: {Post.NATIONAL_GOLD: Relation.ANY, Post.CELL: Relation.ANY},
    # All of it in one file: for those who answer for the whole, not for everybody who sees its actions.
    Verb.SEE_HANDOVER: NATIONAL | CELL,
}

# A page opens to whoever may do one of these; Today and their own account open to everybody who is signed in.
PAGES: dict[str, tuple[Verb, ...]] = {
    "today": (),
    "my_part": (Verb.SEE_OFFERS, Verb.SEE_BOOKINGS),
    "operation": (Verb.SEE_ACTIONS,),
    "actions": (Verb.SEE_ACTIONS,),
    "action": (Verb.SEE_ACTIONS,),
    "calendar": (Verb.SEE_OPERATION,),
    "roles": (Verb.SEE_ACTIONS,),
    "conferences": (Verb.SEE_ACTIONS,),
    "care": (Verb.SEE_CARE, Verb.SEE_BOOKINGS),
    "go_ahead": (Verb.SEE_GO_AHEAD,),
    "directory": (Verb.SEE_ACTIONS,),
    "account": (),
    "accounts": (Verb.MANAGE_ACCOUNTS, Verb.MANAGE_DIRECTORY),
    "record": (Verb.SEE_RECORD,),
}
# What a remembered device opens without a password, whatever its owner's posts.
DEVICE_PAGES = frozenset({"my_part"})
# And one's own calendar file and invitation: when, and nothing else.
DEVICE_FILES = frozenset({("calendar", "person"), ("invitation", "mine")})


def posts_of(verb: Verb) -> frozenset[Post]:
    """The posts that may do this, each to what it reaches."""
    return frozenset(TABLE[verb])


def posts_words(verb: Verb) -> str:
    """For whom something is, in words: cell or silver."""
    return " or ".join(sorted(post.replace("_", " ") for post in posts_of(verb)))


def relation_of(verb: Verb, post: Post) -> Relation | None:
    """One cell of the table; None: this post may not."""
    return TABLE[verb].get(post)


def pages_of(post: Post) -> tuple[str, ...]:
    """The pages that open to a post, in the order of the navigation."""
    return tuple(page for page, verbs in PAGES.items() if not verbs or any(post in TABLE[verb] for verb in verbs))


# Who can send people through a door, or open accounts, proves more than a password.
TWO_FACTORS = frozenset().union(
    *map(posts_of, (Verb.PLAN, Verb.GIVE_GO_AHEAD, Verb.SET_OBJECTIVES, Verb.MANAGE_ACCOUNTS))
)
# Whom the cell brings in itself: those who see their own offers and bookings, and nothing else.
PARTNERS = posts_of(Verb.SEE_OFFERS) | posts_of(Verb.SEE_BOOKINGS)
# What stands for a care provider's name before whoever may not know it.
HIDDEN_PROVIDER = "A care provider"
# Before the number of a seat at a conference, where an agency's code would tell a provider's name.
SEAT = "seat "


def told_name(name: str, kind: AgencyKind, *, named: bool = False) -> str:
    """An agency's name, or that of one of its people, for whoever may not know a care provider's; `named`: may."""
    return name if named or kind is not AgencyKind.CARE_PROVIDER else HIDDEN_PROVIDER
