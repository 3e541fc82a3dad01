"""The doors of duties: a duty's own page, and a later day asked for."""

from access.actions import calendar_addresses
from duties.models import Extension, Obligation

from .claim_doors import DOORS, door, of
from .doors import Door, year

__all__ = ["DOORS"]


@door("duties:duty_detail", "duties:extension_ask")
def returned(cast):
    duty = Obligation.objects.open().select_related("debtor").get(kind="supplement")
    return of(duty, duty.debtor)


@door("reporting:readiness", "reporting:readiness_remind_many")
def reported(cast):
    return year(cast)


@door("overview:calendar_address", "overview:calendar_address_make", "overview:calendar_address_revoke")
def own_address(cast):
    return Door()


@door("overview:calendar")
def month(cast):
    return Door({"programme": cast.programme.code})


@door("overview:calendar_feed")
def calendar(cast):
    return Door({"token": calendar_addresses.make(by=cast.official())})


@door("duties:extension_grant", "duties:extension_refuse", "duties:extension_withdraw")
def asked(cast):
    row = Extension.objects.asked().select_related("obligation__debtor").get()
    return of(row, row.obligation.debtor)
