"""The verbs of places and arrangements."""

from datetime import timedelta
from typing import Any

from planner.inputs.providers import ProviderRow
from planner.inputs.readings import Reading
from planner.rules.words import (
    ArrangementKind,
    Exploitation,
    Need,
    Profile,
)
from planner.services import (
    arrangements,
    care,
    care_arrivals,
    care_closing,
    care_deciding,
    care_requests,
    care_supply,
    care_terms,
    care_together,
    importing_providers,
    reserves,
    stand_ins,
    strike_days,
    telephone,
)
from planner.work import Work
from tests.builders import DAWN, FIRST_NIGHT, NOW
from tests.strangers import scene
from tests.strangers.scene import REFERENCE
from tests.strangers.verbs import HOUR, ONE_WOMAN, Verb


def _arrange(work: Work, reference: Any) -> object:
    kind = ArrangementKind.MEDICAL
    return arrangements.confirm_arrangement(
        work, arrangements.ArrangementRequest(reference, kind, "Duty manager", "new")
    )


def _hold(work: Work, reference: Any) -> object:
    return care.hold_places(work, care.HoldRequest(reference, "U1", ONE_WOMAN, "new"))


def _hold_together(work: Work, reference: Any) -> object:
    return care_together.hold_together(work, [care.HoldRequest(reference, "U1", ONE_WOMAN, "new")])


def _ask(work: Work, reference: Any) -> object:
    return care_requests.ask_places(work, care_requests.PlacesAsked(reference, ("U1",), ONE_WOMAN, "new"))


def _instead(work: Work, number: Any) -> object:
    other = care_requests.OtherPlaces("U1", ONE_WOMAN, FIRST_NIGHT, 3, "One place alone.")
    return care_requests.offer_instead(work, number, other)


def _close(work: Work, unit: Any) -> object:
    late = FIRST_NIGHT + timedelta(days=8)
    return care_closing.close_nights(work, care_closing.ClosingRequest(unit, 1, late, late, "The boiler is mended."))


def _arrivals(work: Work, number: Any) -> object:
    return care_arrivals.record_arrivals(work, number, {(Profile.WOMAN, Need.NONE): 1})


def _reserve_hold(work: Work, number: Any) -> object:
    return reserves.hold_for_reserve(work, reserves.ReserveHold(number, "U1", ONE_WOMAN, "new", FIRST_NIGHT, 3))


def _nights(work: Work, unit: Any) -> object:
    return care_supply.keep_nights(work, care_supply.NightsRequest(unit, 1, {FIRST_NIGHT: 4}))


def _open(work: Work, unit: Any) -> object:
    return care_supply.open_places(work, care_supply.OpenRequest(unit, 1, FIRST_NIGHT, FIRST_NIGHT, 4))


def _import_providers(work: Work, code: Any) -> object:
    row = ProviderRow(2, "provider", "Provider", code, (Profile.WOMAN,), ("midlands",), 4)
    return importing_providers.import_providers(work, Reading((row,), ()))


def _strike_day(work: Work, reference: Any) -> object:
    asked = strike_days.StrikeDayRequest("OP1", "Strike day one", DAWN.date(), (reference,))
    return strike_days.set_strike_day(work, asked)


def _decide(work: Work, number: Any) -> object:
    return care_deciding.decide_places(work, number, "Its people were seen there this week.")


def _telephone(work: Work, reference: Any) -> object:
    return telephone.note_places(work, telephone.TelephoneRequest(reference, "U1", 2, "telephone"))


def _stand_in(work: Work, title: Any) -> object:
    return stand_ins.name_stand_in(work, title, 1, NOW.date() + timedelta(days=3))


def _terms(work: Work, code: Any) -> object:
    return care_terms.keep_terms(work, code, care_terms.TermsRequest(24, post="Duty manager", number="0121 496 0000"))


def _unit_terms(work: Work, code: Any) -> object:
    takes, kinds = (Profile.WOMAN,), tuple(Exploitation)
    return care_terms.keep_unit_terms(work, code, care_terms.UnitTermsRequest(takes, (), kinds, ("midlands",)))


CARE = (
    Verb("hold_places", "silver", "action", _hold),
    Verb("confirm_hold", "provider", "held", lambda w, x: care.confirm_hold(w, x)),
    Verb("hold_together", "silver", "action", _hold_together),
    Verb("ask_places", "silver", "action", _ask),
    Verb("offer_instead", "provider", "held", _instead),
    Verb("accept_offer", "silver", "offered", lambda w, x: care_requests.accept_offer(w, x), scene.offered),
    Verb("close_nights", "provider", "unit", _close),
    Verb("record_arrivals", "provider", "hold", _arrivals, at=DAWN),
    Verb("extend_hold", "provider", "held", lambda w, x: care.extend_hold(w, x, 4)),
    Verb("decline_hold", "provider", "held", lambda w, x: care.decline_hold(w, x, "The house is full.")),
    Verb("take_back", "provider", "hold", lambda w, x: care.take_back(w, x, "The house must close.")),
    Verb("release_hold", "silver", "hold", lambda w, x: care.release_hold(w, x)),
    Verb("open_places", "provider", "unit", _open),
    Verb("keep_nights", "provider", "unit", _nights),
    Verb(
        "set_reserve",
        "care_lead",
        "region",
        lambda w, x: reserves.set_reserve(w, reserves.ReserveRequest("OP1", x, 1, "A few more.", "new")),
    ),
    Verb("share_reserve", "care_lead", "reserve", lambda w, x: reserves.share_reserve(w, x, [REFERENCE])),
    Verb("hold_for_reserve", "care_lead", "reserve", _reserve_hold),
    Verb("set_strike_day", "cell", "action", _strike_day),
    Verb(
        "join_strike_day",
        "silver",
        "strike_day",
        lambda w, x: strike_days.join_strike_day(w, x, [scene.BESIDE]),
        scene.struck,
    ),
    Verb(
        "leave_strike_day",
        "silver",
        "action",
        lambda w, x: strike_days.leave_strike_day(w, x, "The van is gone."),
        scene.struck,
    ),
    Verb("decide_places", "cell", "waiting", _decide, scene.contested),
    Verb("confirm_arrangement", "silver", "action", _arrange),
    Verb(
        "confirm_again",
        "silver",
        "arrangement",
        lambda w, x: arrangements.confirm_again(w, x, answered_post="Duty manager"),
        scene.moved,
    ),
    Verb(
        "withdraw_arrangement",
        "silver",
        "arrangement",
        lambda w, x: arrangements.withdraw_arrangement(w, x, "The driver is ill."),
    ),
    Verb("note_places", "silver", "action", _telephone, scene.begin, DAWN + HOUR),
    Verb(
        "correct_places",
        "provider",
        "telephone",
        lambda w, x: telephone.correct_places(w, x, 1, "One is taken."),
        scene.telephoned,
        DAWN + HOUR,
    ),
    Verb("keep_terms", "provider", "care_provider", _terms),
    Verb("keep_unit_terms", "provider", "unit", _unit_terms),
    Verb("name_stand_in", "provider", "colleague_of_provider", _stand_in, scene.provider_colleague),
    Verb(
        "take_back_stand_in",
        "provider",
        "stand_in",
        lambda w, x: stand_ins.take_back_stand_in(w, x),
        scene.stood_in,
    ),
    Verb("import_providers", "cell", "unit", _import_providers),
)
