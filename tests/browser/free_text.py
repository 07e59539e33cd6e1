"""Every column that people fill with free text, and the payloads that are put into each of them."""

from typing import Any

import sqlalchemy as sa

from planner import models  # noqa: F401  (every table)
from planner.db import Database, Table
from tests.browser.canaries import TEXTS

# Shown wherever the canaries are looked for, and what else people type; a new column is added here or below.
TYPED = {
    **TEXTS,
    "action": (
        *TEXTS["action"],
        "handling",
        "intelligence_system",
        "languages",
        "team",
        "why_now",
        "zero_demand_reason",
    ),
    "arrangement": (*TEXTS["arrangement"], "languages"),
    "cataloguerole": (*TEXTS["cataloguerole"], "reason"),
    "attendance": ("answer_comment",),
    "charterline": ("responsibilities",),
    "conferencereply": ("sender", "sentence"),
    "conference": (*TEXTS["conference"], "handling", "agenda", "confidentiality", "join_link"),
    "conferencetemplate": ("agenda", "confidentiality"),
    "minutesissue": ("note",),
    "legalbasis": (*TEXTS["legalbasis"], "statute", "former_reference"),
    "legalhold": ("reason", "lifted_reason"),
    "override": ("reason", "sentence"),
    "operation": (*TEXTS["operation"], "handling", "feeds_assessment"),
    "feed": ("label", "reason", "name"),
    "condition": (*TEXTS["condition"], "changed_to", "broken_text"),
    "offerhandover": ("reason",),
    "passkey": ("label",),
    "policy": ("reason",),
    "objectiveset": ("reason",),
    "pause": ("reason", "ended_reason"),
    "pauseanswer": ("text",),
    "roleoffer": (*TEXTS["roleoffer"], "proposal"),
    "strikeday": ("name",),
    "slip": ("sentence",),
    "slipaction": ("listed",),
    "standinggroup": ("name",),
    "dangerentry": ("power", "reason"),
    "delegation": ("reason",),
    "lasthourscall": ("sentence",),
    "zone": ("name",),
    "agreement": (*TEXTS["agreement"], "purpose", "basis_text"),
    "trainingcount": ("given_by",),
    "urgentdisclosure": ("reason",),
    "dayexplanation": ("sentence",),
    "telephoneplaces": ("correction",),
    "placedecision": ("reason",),
}
# Written by the product alone, or codes that nobody types as free text: keys, hashes, fingerprints, addresses, sources.
CLOSED = frozenset(
    {
        *(
            "hash",
            "previous",
            "fingerprint",
            "plan_fingerprint",
            "request_fingerprint",
            "cleared_fingerprint",
            "decided_on",
            "detail",
        ),
        *("calendar_uid", "request_key", "rule", "check", "code", "successor", "zone", "region", "source", "verb"),
        *(
            "source_date",
            "nations",
            "page",
            "mailbox",
            "duty_number",
            "actor",
            "object_kind",
            "object_ref",
            "premises_cell",
            "blocks",
        ),
        *("premises_mark", "grounds"),
        *("scope", "choice", "token_hash", "place"),
        *("covers", "outcome", "confidence", "agency_kinds", "version_num", "nation"),
        *("action_kinds", "credential", "public_key", "outside", "path", "mail_trouble"),
        *(
            "asked_because",
            "role_code",
            "weekdays",
            "concerns",
            "content",
            "required_kinds",
            "conference_material",
            "occurrence",
            "message_key",
            "mailed_to",
            "digest",
            "before",
            "after",
            "value",
        ),
    }
)
# Of sign-in (names and secrets that have a form of their own), and reference data that nobody types here.
CLOSED_TABLES = frozenset(
    {
        *("account", "device", "identity", "invitation", "recoverycode", "signinstep", "websession"),
        *("bankholiday", "figure", "supportperiod", "recordline"),
    }
)
PAYLOADS = (
    "![x](http://evil.example/a.png)",
    "<img src=http://evil.example/b onerror=alert(1)>",
    '<script src="http://evil.example/c.js"></script>',
    '=HYPERLINK("http://evil.example/d")',
)


def text_columns() -> set[tuple[str, str]]:
    """Every column of text in the tables that is no closed vocabulary."""
    return {
        (table.name, column.name)
        for table in Table.metadata.tables.values()
        for column in table.columns
        if table.name not in CLOSED_TABLES
        and (table.name, column.name) != ("action", "reference")
        and type(column.type).__name__ in ("String", "AutoString", "Text")
        and column.name not in CLOSED
    }


def plant_payloads(database: Database) -> None:
    """One payload after the other in every row; a row's number makes it unique."""
    tables: Any = Table.metadata.tables
    with database.write() as session:
        for table, columns in TYPED.items():
            for number, name in enumerate(n for n in columns if n not in CLOSED):
                text = PAYLOADS[number % len(PAYLOADS)]
                word = sa.literal(f"{text} {table} ").concat(sa.text("rowid"))
                session.execute(sa.update(tables[table]).values({name: word}))
