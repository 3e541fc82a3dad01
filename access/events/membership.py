"""What the trail tells of memberships."""

from dataclasses import dataclass

from actors.roles import Role
from records.happened import Happened, Named

ROLES = dict(Role.choices)


@dataclass(frozen=True, kw_only=True)
class MembershipAccepted(Happened):
    verb = "membership.accepted"
    words = {"role": ROLES}

    role: str


@dataclass(frozen=True, kw_only=True)
class MembershipDeclined(Happened):
    verb = "membership.declined"
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
    words = {"role": ROLES}

    role: str


@dataclass(frozen=True, kw_only=True)
class MembershipOffered(Happened):
    verb = "membership.offered"
    words = {"role": ROLES}

    role: str
