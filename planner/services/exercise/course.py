"""How far each action of the exercise has come by today: done, ready, or short of roles, conference or care."""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple

from planner.models.care import Reserve, ReserveShare
from planner.models.operations import Action, ClashCheck, DemandLine, LegalBasis
from planner.models.roles import RoleOffer
from planner.rules.warrants import months_later
from planner.rules.windows import first_night, from_local, nights_of
from planner.rules.words import (
    ActionKind,
    ActionState,
    AgencyKind,
    Children,
    Exploitation,
    HoldState,
    Immigration,
    Nation,
    Need,
    OfferState,
    Power,
    Profile,
)
from planner.services.exercise.campaign import Drawn
from planner.services.exercise.day import meet
from planner.services.exercise.meetings import Meetings
from planner.services.exercise.people import Cast, Force, Leads, support_partner
from planner.services.exercise.rows import Rows
from planner.services.exercise.stages import NEAR_DAYS, PLANNED_DAYS, Placed, Stage, stage_of
from planner.services.exercise.supply import Supply
from planner.services.exercise.surroundings import arrange

FIRST_NIGHTS = 3
CALLED_OFF = (ActionState.STOOD_DOWN, ActionState.DEFERRED)
ZERO_REASON = "Weak intelligence: nobody is expected, and the reserve is shared."
RESERVE_REASON = "Half of all victims come from premises where nobody was likely."


class RoleRow(NamedTuple):
    """A required post; `partner` when the support partner fills it rather than the force."""

    id: int
    partner: bool


class Course:
    """Writes the rows of actions and of everything that hangs on them."""

    def __init__(
        self,
        rows: Rows,
        cast: Cast,
        leads: Leads,
        supply: Supply,
        roles: tuple[RoleRow, ...],
        operation_and_now: tuple[int, datetime],
    ) -> None:
        self.rows, self.cast, self.leads, self.supply, self.roles = rows, cast, leads, supply, roles
        self.operation, self.now = operation_and_now
        self.today = self.now.date()
        self.numbers: defaultdict[str, int] = defaultdict(int)
        self.meetings = Meetings(rows, cast, self.operation, self.now)
        self.reserves: dict[str, int] = {}

    def add(self, drawn: Drawn, uid: str) -> Placed:
        """One action with demand, legal basis, roles, conference, arrangements and bookings as far as it has come."""
        force = self.cast.forces[drawn.force]
        stage = stage_of(drawn, self.today)
        starts_at = from_local(drawn.day, time(6))
        placed = Placed(self._action(drawn, force, stage, starts_at, uid), uid, drawn, force, starts_at, stage)
        self._law(placed)
        if self._state(drawn, stage) is ActionState.DONE:
            meet(self.rows, self.cast, placed)
        near = 0 <= (drawn.day - self.today).days <= PLANNED_DAYS
        if stage.roles and near:
            self.accept_roles(placed)
        if stage.conference:
            self.meetings.confer(placed)
        if near:
            arrange(self.rows, self.cast, placed, self.now)
            self.rows.add(ClashCheck, action_id=placed.id, ran_at=self.now)
        if near:
            self.book_care(placed, confirmed=stage.care)
        return placed

    def _action(self, drawn: Drawn, force: Force, stage: Stage, starts_at: datetime, uid: str) -> int:
        code = "".join(word[0] for word in force.region.split("_")).upper()
        self.numbers[code] += 1
        child = any(line.profile is Profile.CHILD and line.likely for line in drawn.lines)
        perhaps = any(line.profile is Profile.CHILD and line.high for line in drawn.lines)
        said = not perhaps and (stage.roles or drawn.roll > 1)
        action = self.rows.add(
            Action,
            operation_id=self.operation,
            reference=f"{code}-{self.numbers[code]:04d}",
            kind=ActionKind.WARRANT,
            premises_kind=drawn.premises,
            force_id=force.id,
            region=force.region,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            **self._state_since(drawn, stage),
            exploitation=drawn.exploitation,
            languages="Romanian, Mandarin",
            immigration=Immigration.ON_CALL if drawn.roll < 0.3 else Immigration.NOT_ATTENDING,
            intelligence_system="HOLMES",
            intelligence_reference=str(drawn.intelligence),
            children=Children.EXPECTED if child else Children.NONE if said else Children.UNKNOWN,
            children_number=sum(line.high for line in drawn.lines if line.profile is Profile.CHILD),
            children_reason="Nothing points to children." if said else None,
            children_agreed_by="Children's service representative" if said else None,
            zero_demand_reason=None if any(line.high for line in drawn.lines) else ZERO_REASON,
            requested_by=force.silver if stage.go_ahead else None,
            requested_at=self.now if stage.go_ahead else None,
            decide_by=starts_at - timedelta(hours=12) if stage.go_ahead else None,
            calendar_uid=uid,
            changed_at=self.now,
        )
        for line in drawn.lines:
            self.rows.add(DemandLine, action_id=action, **line._asdict())
        return action

    def _state_since(self, drawn: Drawn, stage: Stage) -> dict[str, Any]:
        state = self._state(drawn, stage)
        return {"state": state, "called_off_at": self.now if state in CALLED_OFF else None}

    def _state(self, drawn: Drawn, stage: Stage) -> ActionState:
        if drawn.day >= self.today:
            return ActionState.REQUESTED if stage.go_ahead else ActionState.PLANNED
        if drawn.roll > 0.95:
            return ActionState.STOOD_DOWN
        return ActionState.DEFERRED if drawn.roll > 0.9 else ActionState.DONE

    def _law(self, placed: Placed) -> None:
        issued, nation = placed.drawn.issued_on, placed.force.nation
        if issued > self.today:
            heard = from_local(issued, time(10))
            applied = {"power": Power.WARRANT, "statute": "Warrant", "reference": "", "hearing_at": heard}
            self.rows.add(LegalBasis, action_id=placed.id, changed_at=self.now, **applied)
            return
        last = months_later(issued, 3)
        self.rows.add(
            LegalBasis,
            action_id=placed.id,
            power=Power.WARRANT,
            statute="Warrant",
            reference=f"W/{placed.id}",
            issued_on=issued,
            expires_on=last,
            text_until=None if nation in (Nation.ENGLAND, Nation.WALES) else last,
            direction_reference=f"PF/{placed.id}" if nation is Nation.SCOTLAND else None,
            changed_at=self.now,
        )

    def accept_roles(self, placed: Placed) -> None:
        """Every required post accepted, by a lead who has nothing else that day."""
        partners, day = self.cast.partners[placed.force.region], placed.drawn.day
        police = self.leads.free(placed.force.id, placed.force.name, day)
        ngo = self.leads.free(partners.ngo, support_partner(placed.force.region), day)
        for role in self.roles:
            self.rows.add(
                RoleOffer,
                action_id=placed.id,
                role_id=role.id,
                agency_id=partners.ngo if role.partner else placed.force.id,
                lead_id=ngo if role.partner else police,
                state=OfferState.ACCEPTED,
                offered_at=self.now - timedelta(days=3),
                answer_by=self.now - timedelta(days=1),
                answered_at=self.now - timedelta(days=2),
                answered_by=ngo if role.partner else police,
            )

    def book_care(self, placed: Placed, *, confirmed: bool) -> None:
        """Confirmed places for likely; some are only held and lapse tonight; nobody likely shares the reserve."""
        nights = list(nights_of(first_night(placed.starts_at), FIRST_NIGHTS))
        lines = [line for line in placed.drawn.lines if line.likely]
        if not lines and confirmed and placed.force.region in self.reserves:
            self.rows.add(ReserveShare, reserve_id=self.reserves[placed.force.region], action_id=placed.id)
        if not confirmed and not placed.stage.roles:
            return
        for line in lines:
            kind = placed.drawn.exploitation
            stock = self.supply.find(
                placed.force.zone, line.profile, line.need, kind, nights=nights, places=line.likely
            )
            if stock is None:
                continue
            self.supply.book(
                stock,
                (line.profile, line.need, line.likely),
                nights=nights,
                state=HoldState.CONFIRMED if confirmed else HoldState.HELD,
                asked_by=self.cast.care_lead,
                at=self.now - timedelta(days=1),
                expires_at=None if confirmed else datetime.combine(self.today, time(20), UTC),
                action=placed.id,
            )

    def reserve(self, region: str, zone: str) -> None:
        """Two confirmed places for women in each region for three weeks, shared where nobody is likely."""
        nights = list(nights_of(self.today - timedelta(days=1), NEAR_DAYS + 7))
        stock = self.supply.find(zone, Profile.WOMAN, Need.NONE, Exploitation.LABOUR, nights=nights, places=2)
        if stock is None:
            return
        self.reserves[region] = self.rows.add(
            Reserve, operation_id=self.operation, region=region, places=2, reason=RESERVE_REASON
        )
        self.supply.book(
            stock,
            (Profile.WOMAN, Need.NONE, 2),
            nights=nights,
            state=HoldState.CONFIRMED,
            asked_by=self.cast.care_lead,
            at=self.now - timedelta(days=2),
            reserve=self.reserves[region],
        )


def is_partner_role(kinds: tuple[str, ...]) -> bool:
    """Posts that a non-police partner can fill are filled by one."""
    return AgencyKind.NGO in kinds
