"""The field's closed vocabularies: one enumeration per idea, stored by value and used in every layer."""

from enum import StrEnum


class Nation(StrEnum):
    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"
    OTHER = "other_jurisdiction"


class AgencyKind(StrEnum):
    POLICE_FORCE = "police_force"
    NATIONAL_CELL = "national_cell"
    REGIONAL_CELL = "regional_cell"
    LAW_ENFORCEMENT = "law_enforcement"
    IMMIGRATION = "immigration"
    PROSECUTOR = "prosecutor"
    LOCAL_AUTHORITY = "local_authority"
    CHILDRENS_SERVICE = "childrens_service"
    HEALTH = "health"
    CARE_PROVIDER = "care_provider"
    NGO = "ngo"
    INTERPRETERS = "interpreters"
    GOVERNMENT = "government"


class Post(StrEnum):
    """What a person is appointed to; command posts are functions, not ranks."""

    NATIONAL_GOLD = "national_gold"
    GOLD = "gold"
    SILVER = "silver"
    CELL = "cell"
    REGIONAL_CELL = "regional_cell"
    CARE_LEAD = "care_lead"
    PARTNER_LEAD = "partner_lead"
    PROVIDER_LEAD = "provider_lead"
    LOGGIST = "loggist"
    DELEGATE = "delegate"
    ADMINISTRATOR = "administrator"


class Marking(StrEnum):
    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"


class PhaseKind(StrEnum):
    PREPARATION = "preparation"
    AWARENESS = "awareness"
    INTELLIGENCE = "intelligence"
    ENFORCEMENT = "enforcement"
    CARE = "care"
    REVIEW = "review"


class ActionKind(StrEnum):
    WARRANT = "warrant"
    VISIT = "visit"
    PORT = "port"


class PremisesKind(StrEnum):
    PARLOUR_OR_SAUNA = "parlour_or_sauna"
    RESIDENTIAL = "residential"
    NOT_TYPED = "not_typed"
    WORKPLACE = "workplace"
    PORT = "port"


class ActionState(StrEnum):
    """The stored states; conferenced, ready and authorised are derived."""

    PLANNED = "planned"
    REQUESTED = "requested"
    BEGUN = "begun"
    DONE = "done"
    STOOD_DOWN = "stood_down"
    DEFERRED = "deferred"


class Exploitation(StrEnum):
    SEXUAL = "sexual"
    LABOUR = "labour"
    DOMESTIC = "domestic"
    UNKNOWN = "unknown"


class Profile(StrEnum):
    """A child, or anyone whose age is uncertain, is one profile: treated as a child until known."""

    WOMAN = "woman"
    MAN = "man"
    FAMILY = "family"
    CHILD = "child"


class Need(StrEnum):
    NONE = "none"
    WHEELCHAIR = "wheelchair"
    MEDICAL = "medical"


class Children(StrEnum):
    UNKNOWN = "unknown"
    EXPECTED = "expected"
    NONE = "none"


class Immigration(StrEnum):
    """Immigration enforcement's presence, always visible before a partner accepts."""

    NOT_ATTENDING = "not_attending"
    ON_CALL = "on_call"
    ON_SITE = "on_site"


class OfferState(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_CONDITIONS = "accepted_with_conditions"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


ANSWERED = (OfferState.ACCEPTED, OfferState.ACCEPTED_WITH_CONDITIONS)  # with a yes


class ConditionState(StrEnum):
    RAISED = "raised"
    MET = "met"
    REFUSED = "refused"


class ArrangementKind(StrEnum):
    INTERPRETERS = "interpreters"
    MEDICAL = "medical"
    TRANSPORT = "transport"
    RECEPTION = "reception"
    ONWARD_ROUTE = "onward_route"
    CHILDREN_SERVICE = "children_service"
    ON_CALL = "on_call"
    REGION_INFORMED = "region_informed"
    DECONFLICTION = "deconfliction"
    LEGAL_ADVICE = "legal_advice"


class ArrangementState(StrEnum):
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class SiteKind(StrEnum):
    """Where people are received or stay; custody and detention are nameable only so that they can be refused."""

    COMMUNITY = "community"
    SAFE_HOUSE = "safe_house"
    REFUGE = "refuge"
    FOSTER = "foster"
    CHILDRENS_HOME = "childrens_home"
    HEALTH_SITE = "health_site"
    CUSTODY = "custody"
    DETENTION = "immigration_detention"


class HoldState(StrEnum):
    """Requested claims nothing; held claims until it expires; confirmed counts for the gate."""

    REQUESTED = "requested"
    HELD = "held"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    RELEASED = "released"
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"


class ConferenceKind(StrEnum):
    PLANNED = "planned"
    EMERGENCY = "emergency"
    REVIEW = "review"
    STANDING = "standing"


class ConferenceState(StrEnum):
    CONVENED = "convened"
    HELD = "held"
    CANCELLED = "cancelled"


class Decision(StrEnum):
    PROCEED = "proceed"
    PROCEED_WITH_CONDITIONS = "proceed_with_conditions"
    DEFER = "defer"
    DO_NOT_PROCEED = "do_not_proceed"


class AttendanceState(StrEnum):
    INVITED = "invited"
    ATTENDED = "attended"
    APOLOGIES = "apologies"


class UndertakingState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Power(StrEnum):
    WARRANT = "warrant"
    OTHER = "other_power"
    CONSENT = "consent"


class Entries(StrEnum):
    ONE = "one"
    SEVERAL = "several"


class GoAheadState(StrEnum):
    """One whose fingerprint no longer fits is spent at once; the verb that changed the plan keeps it so for good."""

    GIVEN = "given"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    SPENT = "spent"


class Standing(StrEnum):
    """What a go-ahead is worth now, as the command line reports it."""

    NONE = "none"
    STANDING = "standing"
    SUSPENDED = "suspended"
    SPENT = "spent"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What a line of the record says happened."""

    DONE = "done"
    REFUSED = "refused"
    VIEWED = "viewed"
    EXPORTED = "exported"
