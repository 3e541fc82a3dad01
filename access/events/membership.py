"""What the trail tells of memberships."""

from dataclasses import dataclass

from actors.roles import Role
from records.happened import Happened, Named

from ..lifecycle.membership_offer import Status

ROLES = dict(Role.choices)


@dataclass(frozen=True, kw_only=True)
class MembershipAccepted(Happened):
    verb = "membership.accepted"
    leads_to = Status.ACCEPTED
    words = {"role": ROLES}

    role: str


@dataclass(frozen=True, kw_only=True)
class MembershipDeclined(Happened):
    verb = "membership.declined"
    leads_to = Status.DECLINED
    words = {"role": ROLES}

    role: str


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(Happened):
    verb = "membership.ended"
    words = {"role": ROLES}

    person: Named
    role: str


@dataclass(frozen=True, kw_only=True)
class MembershipGranted(Happened):
    verb = "membership.granted"
    words = {"role": ROLES}

    person: Named
    role: str


@dataclass(frozen=True, kw_only=True)
class MembershipOfferWithdrawn(Happened):
    verb = "membership.offer_withdrawn"
    leads_to = Status.WITHDRAWN
    words = {"role": ROLES}

    role: str


@dataclass(frozen=True, kw_only=True)
class MembershipOffered(Happened):
    verb = "membership.offered"
    words = {"role": ROLES}

    role: str
