"""The doors of duties: a duty's own page, and a later day asked for."""

from actors.actions import calendar_addresses
from actors.models import Obligation
from grants.models import Extension

from .claim_doors import DOORS, door, of
from .doors import Door, year

__all__ = ["DOORS"]


@door("grants:duty_detail", "grants:extension_ask")
def returned(cast):
    duty = Obligation.objects.open().select_related("debtor").get(kind="supplement")
    return of(duty, duty.debtor)


@door("reporting:readiness", "reporting:readiness_remind_many")
def reported(cast):
    return year(cast)


@door("grants:calendar_address", "grants:calendar_address_make", "grants:calendar_address_revoke")
def own_address(cast):
    return Door()


@door("grants:calendar")
def month(cast):
    return Door({"programme": cast.programme.code})


@door("grants:calendar_feed")
def calendar(cast):
    return Door({"token": calendar_addresses.make(by=cast.official())})


@door("grants:extension_grant", "grants:extension_refuse", "grants:extension_withdraw")
def asked(cast):
    row = Extension.objects.asked().select_related("obligation__debtor").get()
    return of(row, row.obligation.debtor)
