"""The columns of a file of actions and the words it may use beside the field's own."""

from planner.inputs.columns import VERSION, Column, Layout
from planner.rules.words import ActionKind, PremisesKind, Profile

PEOPLE = ((Profile.WOMAN, "Women"), (Profile.MAN, "Men"), (Profile.FAMILY, "Families"), (Profile.CHILD, "Children"))
STEPS = ("low", "likely", "high")
EXPECTED = {"low": "at least", "likely": "likely", "high": "at most"}


def _needed(name: str, title: str, synonyms: tuple[str, ...], holds: str) -> Column:
    return Column(name, title, synonyms, required=True, holds=holds)


def _also(name: str, title: str, synonyms: tuple[str, ...], holds: str) -> Column:
    return Column(name, title, synonyms, holds=holds)


def _people() -> tuple[Column, ...]:
    return tuple(
        _also(
            f"{profile}_{step}",
            f"{title} {step}",
            (f"{profile} {step}", f"adult {profile} {step}"),
            f"How many {title.lower()} {EXPECTED[step]}; low, likely and high stand together.",
        )
        for profile, title in PEOPLE
        for step in STEPS
    )


ACTIONS = Layout(
    "actions",
    (
        _needed(
            "reference",
            "Reference",
            ("ref", "action reference", "action", "our reference", "id"),
            "Your own reference, once in the file; a line that has it again changes that action.",
        ),
        _needed(
            "force",
            "Force",
            ("police force", "force code", "force name", "owning force"),
            "The force's code or name, as on the Directory page.",
        ),
        _needed("date", "Date", ("day", "start date", "planned date", "action date"), "14/03/2027 or 2027-03-14."),
        _needed(
            "start",
            "Start",
            ("start time", "time", "from", "starts", "entry time"),
            "London time, as 05:30.",
        ),
        _needed("end", "End", ("end time", "until", "finish", "ends"), "London time, as 08:00."),
        _needed("kind", "Kind", ("type", "action type", "kind of action", "action kind"), "Warrant, visit or port."),
        _needed(
            "premises",
            "Premises",
            ("premises type", "premises kind", "type of premises"),
            "Parlour or sauna, residential, not typed, workplace or port.",
        ),
        _also("end_date", "End date", ("last date", "finish date"), "Only where the action ends on another day."),
        _also("region", "Region", ("region code", "region name"), "A region's code or name; blank: the force's own."),
        _also(
            "premises_count", "Number of premises", ("premises count", "no of premises", "count"), "1 to 200; blank: 1."
        ),
        _also(
            "exploitation",
            "Exploitation",
            ("exploitation type", "type of exploitation"),
            "Sexual, labour, domestic or unknown.",
        ),
        *_people(),
        _also(
            "intelligence_system",
            "Intelligence system",
            ("system", "intel system"),
            "The system's name, such as HOLMES.",
        ),
        _also(
            "intelligence_reference",
            "Intelligence reference",
            ("intel reference", "intel ref", "log number"),
            "The reference there; never content.",
        ),
        _also("languages", "Languages", ("language", "interpreter languages"), "Names, separated by semicolons."),
        _also(
            "marking",
            "Marking",
            ("protective marking", "classification", "gsc"),
            "OFFICIAL or OFFICIAL-SENSITIVE; blank: the highest that may be kept here.",
        ),
        Column(
            "operation", "Operation", holds="As exported: whose line it is, by the operation's code.", exported=True
        ),
        Column("planner_reference", "Planner reference", holds="As exported: which action the line is.", exported=True),
        VERSION,
    ),
)

KINDS = (
    ("search warrant", ActionKind.WARRANT),
    ("search", ActionKind.WARRANT),
    ("welfare visit", ActionKind.VISIT),
    ("port action", ActionKind.PORT),
)
PREMISES = (
    ("parlour", PremisesKind.PARLOUR_OR_SAUNA),
    ("massage parlour", PremisesKind.PARLOUR_OR_SAUNA),
    ("sauna", PremisesKind.PARLOUR_OR_SAUNA),
    ("house", PremisesKind.RESIDENTIAL),
    ("flat", PremisesKind.RESIDENTIAL),
    ("unknown", PremisesKind.NOT_TYPED),
    ("other", PremisesKind.NOT_TYPED),
    ("factory", PremisesKind.WORKPLACE),
    ("farm", PremisesKind.WORKPLACE),
)


def exported_text(said: str | tuple[str, ...]) -> str:
    """A text or a list as the one cell that an export writes."""
    return "; ".join(said) if isinstance(said, tuple) else said


def languages_of(kept: str) -> tuple[str, ...]:
    """The languages of an action, which are kept as one text with commas."""
    return tuple(part.strip() for part in kept.split(",") if part.strip())
