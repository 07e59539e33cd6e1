"""Tables, one file per subject; the same word names page, service and rule."""

from planner.models import (
    accounts,
    arrangements,
    care,
    charter,
    conference_mail,
    conferences,
    directory,
    disclosures,
    go_ahead,
    minutes,
    on_the_day,
    operations,
    policy,
    records,
    reference,
    roles,
)

__all__ = [
    "accounts",
    "arrangements",
    "care",
    "charter",
    "conference_mail",
    "conferences",
    "directory",
    "disclosures",
    "go_ahead",
    "minutes",
    "on_the_day",
    "operations",
    "policy",
    "records",
    "reference",
    "roles",
]
