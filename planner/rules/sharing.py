"""What may be shared with whom: categories, the lawful basis, what an agreement in force covers, what a post needs."""

import functools
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import NamedTuple

from planner.rules.role_words import Concern
from planner.rules.words import AgencyKind


class Category(StrEnum):
    """What of an action can be shared. Logistics always is: post, duties, time, region, who else attends by kind."""

    LOGISTICS = "logistics"
    LOCALITY = "locality"
    DEMAND = "demand"
    EXPLOITATION = "exploitation_and_languages"
    CHILDREN = "children"


class Basis(StrEnum):
    """On what law an agreement or a disclosure rests."""

    LAW_ENFORCEMENT = "law_enforcement"
    PUBLIC_TASK = "public_task"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    SAFEGUARDING = "safeguarding"
    LEGITIMATE_INTERESTS = "legitimate_interests"
    CONSENT = "consent"


CATEGORY_WORDS: Mapping[Category, str] = {
    Category.LOGISTICS: "logistics",
    Category.LOCALITY: "locality finer than the region",
    Category.DEMAND: "numbers by profile",
    Category.EXPLOITATION: "exploitation and languages",
    Category.CHILDREN: "children",
}
# Sources: Data Protection Act 2018, ss. 8 and 35 and Schedule 1, paragraph 18; UK GDPR, Articles 6(1) and 9(2)(g).
BASIS_WORDS: Mapping[Basis, str] = {
    Basis.LAW_ENFORCEMENT: "Law enforcement purpose: DPA 2018, Part 3, s. 35",
    Basis.PUBLIC_TASK: "Public task: UK GDPR, Art. 6(1)(e), and DPA 2018, s. 8",
    Basis.LEGAL_OBLIGATION: "Legal obligation: UK GDPR, Art. 6(1)(c)",
    Basis.VITAL_INTERESTS: "Vital interests: UK GDPR, Art. 6(1)(d)",
    Basis.SAFEGUARDING: "Safeguarding of children and of individuals at risk: DPA 2018, Sch. 1, para. 18",
    Basis.LEGITIMATE_INTERESTS: "Legitimate interests: UK GDPR, Art. 6(1)(f)",
    Basis.CONSENT: "Consent: UK GDPR, Art. 6(1)(a)",
}
# What no agreement is needed for, and what one can open.
ALWAYS = frozenset({Category.LOGISTICS})
TO_AGREE = tuple(category for category in Category if category not in ALWAYS)
EVERYTHING = frozenset(Category)
# They plan and decide here themselves; every other agency is a partner.
POLICE = frozenset({AgencyKind.POLICE_FORCE, AgencyKind.NATIONAL_CELL, AgencyKind.REGIONAL_CELL})
# Who signs for police: a force for its own actions, a national cell for all.
SIGNS = frozenset({AgencyKind.POLICE_FORCE, AgencyKind.NATIONAL_CELL})
NEEDED_FOR: Mapping[Concern, Category] = {
    Concern.TIME: Category.LOGISTICS,
    Concern.IMMIGRATION: Category.LOGISTICS,
    Concern.PREMISES: Category.LOCALITY,
    Concern.NUMBERS: Category.DEMAND,
    Concern.LANGUAGES: Category.EXPLOITATION,
    Concern.CHILDREN: Category.CHILDREN,
}
REVIEW_WARNING_DAYS = 30


@functools.cache
def needed_of(concerns: str | None) -> frozenset[Category]:
    """What a post needs to know, from its concerns; a post with none needs logistics alone."""
    return ALWAYS | {NEEDED_FOR[Concern(word)] for word in (concerns or "").split("|") if word}


class Sharing(NamedTuple):
    """What is agreed with each agency: for every force, or for the actions of the force that signed."""

    everywhere: Mapping[int, frozenset[Category]]
    of_force: Mapping[tuple[int, int], frozenset[Category]]

    def with_agency(self, agency_id: int, force_id: int) -> frozenset[Category]:
        """What an agency may know of an action of this force."""
        found = self.everywhere.get(agency_id, ALWAYS)
        if not self.of_force:
            return found
        return found | self.of_force.get((agency_id, force_id), ALWAYS)


def categories_in(covers: str) -> frozenset[Category]:
    """The categories as an agreement's row keeps them, logistics with them."""
    return ALWAYS | {Category(word) for word in covers.split("|") if word}


def kept_as(categories: Collection[Category]) -> str:
    """Categories as a row keeps them, in one order; logistics goes without saying."""
    return "|".join(category for category in TO_AGREE if category in categories)


def categories_words(categories: Collection[Category]) -> str:
    """ "numbers by profile, children", in one order; logistics alone is said where there is nothing else."""
    named = [CATEGORY_WORDS[category] for category in TO_AGREE if category in categories]
    return ", ".join(named) or CATEGORY_WORDS[Category.LOGISTICS]
