"""What reporting makes people owe."""

import datetime

from django.urls import reverse

from actors.roles import Role
from digikoord.lib import calendar, clock, locks
from grants import duties as grants_duties
from grants.duty import Duty, disburser, holder, ministry

from . import permissions

LEFT_TO_REVIEW = 2  # calendar days that the reviewer keeps of those before the compilation's own day


def _reviewer(row):
    return permissions.reviewer(row.place)[0]


def _compiler(row):
    return permissions.compiler(row.programme)[0]


def _by_reviewer(row):
    """(party, role): whoever reviews the report allows it to come later."""
    return permissions.reviewer(row.place)[:2]


def _compiled_on(row):
    return row.year.compilation_due


def _own(route):
    return lambda row: reverse(route, args=[row.pk])


def _room(row):
    return row.get_absolute_url()


DUTIES = {
    "report": Duty(
        "Redovisa verksamheten {year}",
        Role.WRITER,
        holder,
        lambda tranche: reverse("reporting:activity_report_start", args=[tranche.pk]),
        ladder="activity_report",
        extender=_by_reviewer,
        limit=_compiled_on,
    ),
    "supplement": Duty(
        "Komplettera redovisningen för {year}",
        Role.WRITER,
        holder,
        _own("reporting:activity_report_write"),
        ladder="supplement",
        service="supplement",
        extender=_by_reviewer,
        limit=_compiled_on,
    ),
    "review": Duty(
        "Granska redovisning {year}",
        Role.CASE_OFFICER,
        _reviewer,
        _own("reporting:activity_report_detail"),
        service="activity_report",
    ),
    "approve_report": Duty(
        "Godkänn redovisning {year}",
        Role.HEAD,
        _reviewer,
        lambda row: reverse(
            "reporting:activity_report_approve_many", args=[row.programme.code, row.year.year]
        ),
        service="approval",
        first="reviewed_by",
    ),
    "accept_account": Duty(
        "Godta den ekonomiska redovisningen för {year}",
        Role.PAYER,
        disburser,
        _own("reporting:account_accept"),
        service="approval",
    ),
    "compile": Duty("Sammanställ och frys {year}", Role.CASE_OFFICER, _compiler, _room, ladder="compilation"),
    "check_facts": Duty(
        "Faktagranska er sida i sammanställningen {year}",
        Role.WRITER,
        holder,
        _room,
        service="supplement",
    ),
    "handle_objection": Duty(
        "Ta ställning till invändningen mot sammanställningen {year}",
        Role.CASE_OFFICER,
        _compiler,
        _room,
        service="compilation",
    ),
    "establish": Duty(
        "Fastställ sammanställningen för {year}",
        Role.HEAD,
        _compiler,
        _room,
        service="compilation",
        first="frozen_by",
    ),
    "deliver": Duty(
        "Överlämna sammanställningen för {year}", Role.HEAD, _compiler, _room, ladder="compilation"
    ),
    "acknowledge": Duty(
        "Bekräfta mottagandet av sammanställningen för {year}",
        Role.OFFICIAL,
        ministry,
        _room,
        service="compilation",
    ),
}


def supplement_due(report):
    """The last day the programme proposes for a supplement asked for today; shorter when that would pass the day
    by which it can still be reviewed and compiled."""
    return _before_compiling(report, "supplement")


def fact_check_due(version):
    """The last day proposed for a fact check asked for today, shortened in the same way."""
    return _before_compiling(version, "check_facts")


def _before_compiling(row, kind):
    proposed = _handled(row, kind)
    latest = row.year.compilation_due - datetime.timedelta(days=LEFT_TO_REVIEW)
    if clock.today() < latest < proposed:
        return max(calendar.last_working_day(latest), clock.today())
    return proposed


def is_shortened(report):
    """Whether the programme's own days for a supplement would pass the compilation's day."""
    return _handled(report, "supplement") > supplement_due(report)


def establish_due(version):
    """The handling days from now, but never past the day of the compilation itself."""
    return min(_handled(version, "establish"), max(version.year.compilation_due, clock.today()))


def _handled(row, kind):
    days = row.programme.definition.handling_days.get(DUTIES[kind].service, 5)
    return calendar.after_working_days(clock.today(), days)


@locks.part_of_act
def owe(kind, row, *, due=None, role=None):
    """Open the duty; `role` where the party that does it varies with the programme."""
    return grants_duties.owe(kind, row, due=due, duties=DUTIES, role=role)
