"""The columns of a file of actions and the words it may use beside the field's own."""

from planner.inputs.columns import Column, Layout
from planner.rules.words import ActionKind, PremisesKind, Profile

PEOPLE = ((Profile.WOMAN, "Women"), (Profile.MAN, "Men"), (Profile.FAMILY, "Families"), (Profile.CHILD, "Children"))
STEPS = ("low", "likely", "high")

ACTIONS = Layout(
    "actions",
    (
        Column("reference", "Reference", ("ref", "action reference", "action", "our reference", "id"), required=True),
        Column("force", "Force", ("police force", "force code", "force name", "owning force"), required=True),
        Column("date", "Date", ("day", "start date", "planned date", "action date"), required=True),
        Column("start", "Start", ("start time", "time", "from", "starts", "entry time"), required=True),
        Column("end", "End", ("end time", "until", "finish", "ends"), required=True),
        Column("kind", "Kind", ("type", "action type", "kind of action", "action kind"), required=True),
        Column("premises", "Premises", ("premises type", "premises kind", "type of premises"), required=True),
        Column("end_date", "End date", ("last date", "finish date")),
        Column("region", "Region", ("region code", "region name")),
        Column("premises_count", "Number of premises", ("premises count", "no of premises", "count")),
        Column("exploitation", "Exploitation", ("exploitation type", "type of exploitation")),
        *(
            Column(f"{profile}_{step}", f"{title} {step}", (f"{profile} {step}", f"adult {profile} {step}"))
            for profile, title in PEOPLE
            for step in STEPS
        ),
        Column("intelligence_system", "Intelligence system", ("system", "intel system")),
        Column("intelligence_reference", "Intelligence reference", ("intel reference", "intel ref", "log number")),
        Column("languages", "Languages", ("language", "interpreter languages")),
        Column("marking", "Marking", ("protective marking", "classification", "gsc")),
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
