"""What the trail tells of requisitions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actors import steps
from records.happened import Claims, Happened, Unclaims

from ..lifecycle.requisition import Status


@dataclass(frozen=True, kw_only=True)
class RequisitionApproved(Happened):
    verb = "requisition.approved"
    leads_to = Status.APPROVED

    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class RequisitionCancelled(Happened):
    verb = "requisition.cancelled"
    leads_to = Status.CANCELLED
    does = (Unclaims(),)

    reason: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class RequisitionFellAway(Happened):
    verb = "requisition.fell_away"
    leads_to = Status.WITHDRAWN
    is_unsent = True

    amount: Decimal
    reason: str


@dataclass(frozen=True, kw_only=True)
class RequisitionRegistered(Happened):
    verb = "requisition.registered"
    leads_to = Status.SUBMITTED
    does = (Claims(),)
    is_of_the_row = True
    as_step = steps.REGISTER_REQUISITION

    amount: Decimal
    late: bool
    received_on: date
    signed_by: str


@dataclass(frozen=True, kw_only=True)
class RequisitionReturned(Happened):
    verb = "requisition.returned"
    leads_to = Status.RETURNED
    does = (Unclaims(),)
    as_step = steps.RETURN_REQUISITION

    reason: str


@dataclass(frozen=True, kw_only=True)
class RequisitionSubmitted(Happened):
    verb = "requisition.submitted"
    leads_to = Status.SUBMITTED
    does = (Claims(),)
    is_of_the_row = True

    amount: Decimal
    late: bool


@dataclass(frozen=True, kw_only=True)
class RequisitionWithdrawn(Happened):
    verb = "requisition.withdrawn"
    leads_to = Status.WITHDRAWN
    does = (Unclaims(),)

    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class RequisitionWritten(Happened):
    verb = "requisition.written"
    leads_to = Status.DRAFT
    is_of_the_row = True
    is_unsent = True

    amount: Decimal
