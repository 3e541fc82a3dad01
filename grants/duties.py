"""What the acts of this app make people owe: of whom, in which role, by when, and where it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from actors.actions import obligations
from actors.roles import Role
from digikoord.lib import calendar, clock, locks


def holder(row):
    return row.holder


def ministry(row):
    return row.programme.ministry


def disburser(row):
    return row.programme.disburser


def by_official(row):
    return row.programme.ministry, Role.OFFICIAL


def by_decision_maker(row):
    return row.programme.ministry, Role.DECISION_MAKER


@dataclass(frozen=True)
class Duty:
    """`label` may name the row's {year}. `ladder` and `service` name the reminder steps and handling days in the programme
    file; what has a ladder of its own is a legal duty, the rest is handling.

    `extender` gives (party, role) of whoever may allow a later day, where the decision lets anybody; `limit` the day of
    what waits for it. The compilation's own day binds the authority itself: nobody extends it.

    `first` names the row's person who took the first of two steps. It is never theirs to take the second, nor to hear of.
    """

    label: str
    role: Role
    debtor: Callable
    url: Callable
    ladder: str = ""
    service: str = ""
    extender: Callable | None = None
    limit: Callable = lambda row: None
    first: str = ""


def _own(route):
    return lambda row: reverse(route, args=[row.pk])


def _year_page(route):
    return lambda row: reverse(route, args=[row.year.programme.code, row.year.year])


def _programme_page(route):
    return lambda row: reverse(route, args=[row.programme.code])


DUTIES = {
    "dispatch": Duty(
        "Expediera regeringsbeslut",
        Role.DECISION_MAKER,
        ministry,
        _own("grants:decision_dispatch"),
        service="approval",
    ),
    "answer": Duty(
        "Svara på erbjudandet",
        Role.SIGNATORY,
        holder,
        _own("grants:assignment_letter"),
        ladder="answer",
        extender=by_official,
    ),
    "appoint": Duty(
        "Utse koordinator",
        Role.SIGNATORY,
        holder,
        _own("grants:coordinator_appoint"),
        ladder="coordinator",
        service="coordinator",
        extender=by_official,
    ),
    "conclude": Duty(
        "Avsluta uppdraget",
        Role.DECISION_MAKER,
        ministry,
        _own("grants:assignment_conclude"),
        service="approval",
    ),
    "register_budget": Duty(
        "Registrera riksdagens beslut för {year}",
        Role.OFFICIAL,
        ministry,
        lambda row: reverse("grants:budget_decision_register", args=[row.programme.code, row.year]),
    ),
    "confirm_budget": Duty(
        "Bekräfta riksdagens beslut för {year}",
        Role.DECISION_MAKER,
        lambda row: row.year.programme.ministry,
        _own("grants:budget_decision_confirm"),
        service="approval",
        first="registered_by",
    ),
    "prepare": Duty(
        "Bered årsbelopp {year}",
        Role.OFFICIAL,
        ministry,
        _year_page("grants:tranche_prepare_many"),
        service="approval",
    ),
    "grant": Duty(
        "Bevilja årsbelopp {year}",
        Role.DECISION_MAKER,
        ministry,
        _year_page("grants:tranche_grant_many"),
        service="approval",
        first="prepared_by",
    ),
    "requisition": Duty(
        "Rekvirera beviljade medel {year}",
        Role.SIGNATORY,
        holder,
        _own("grants:requisition_write"),
        ladder="requisition",
        extender=by_official,
    ),
    "submit_requisition": Duty(
        "Skicka in rekvisition {year}",
        Role.SIGNATORY,
        lambda row: row.tranche.holder,
        _own("grants:requisition_submit"),
        service="requisition",
    ),
    "correct_requisition": Duty(
        "Rätta den återsända rekvisitionen {year}",
        Role.SIGNATORY,
        lambda row: row.tranche.holder,
        _own("grants:requisition_submit"),
        service="requisition",
    ),
    "approve_requisition": Duty(
        "Attestera rekvisition {year}",
        Role.OFFICIAL,
        ministry,
        _programme_page("grants:requisition_approve_many"),
        service="requisition",
        first="submitted_by",
    ),
    "enter_account": Duty(
        "Ange betalningsuppgift",
        Role.SIGNATORY,
        lambda row: row.tranche.holder,
        lambda row: reverse("grants:payment_account_enter", args=[row.tranche.holder.code]),
        service="payment_account",
    ),
    "verify_account": Duty(
        "Kontrollera betalningsuppgift",
        Role.PAYER,
        disburser,
        _own("grants:payment_account_verify"),
        service="payment_account",
        first="entered_by",
    ),
    "release_payment": Duty(
        "Utanordna utbetalning {year}",
        Role.PAYER,
        disburser,
        _programme_page("grants:payment_release_many"),
        service="payment",
        first="prepared_by",
    ),
    "export_payment": Duty(
        "Skapa betalningslista {year}",
        Role.PAYER,
        disburser,
        _programme_page("grants:payment_export"),
        service="payment",
    ),
    "confirm_payment": Duty(
        "Bekräfta betalning {year}",
        Role.PAYER,
        disburser,
        _programme_page("grants:payment_confirm_many"),
        service="payment",
        first="released_by",
    ),
    "confirm_bank_details": Duty(
        "Bekräfta myndighetens bankuppgifter",
        Role.PAYER,
        disburser,
        _programme_page("grants:bank_details_detail"),
        service="payment",
        first="entered_by",
    ),
    "settle_bank_lines": Duty(
        "Red ut rader i bankens fil",
        Role.PAYER,
        disburser,
        _programme_page("grants:bank_line_list"),
        service="payment",
    ),
    "correct_payment": Duty(
        "Rätta misslyckad utbetalning {year}",
        Role.OFFICIAL,
        ministry,
        _own("grants:payment_correct"),
        service="payment",
    ),
    "repay": Duty(
        "Betala tillbaka medel för {year}",
        Role.SIGNATORY,
        lambda row: row.tranche.holder,
        _own("grants:repayment_claim_detail"),
        ladder="repayment",
        extender=by_decision_maker,
    ),
    "answer_recovery": Duty(
        "Yttra er om återkrav {year}",
        Role.SIGNATORY,
        lambda row: row.tranche.holder,
        _own("grants:recovery_answer"),
        ladder="repayment",
        extender=by_official,
    ),
    "follow_recovery": Duty(
        "Följ upp hörandet om återkrav {year}", Role.OFFICIAL, ministry, _own("grants:recovery_detail")
    ),
    "decide_recovery": Duty(
        "Besluta om återkrav {year}",
        Role.DECISION_MAKER,
        ministry,
        _own("grants:recovery_decide"),
        service="approval",
        first="opened_by",
    ),
    "decide_extension": Duty(
        "Avgör begäran om anstånd",
        Role.OFFICIAL,
        lambda row: row.obligation.extender,
        lambda row: row.get_absolute_url(),
        service="extension",
        first="asked_by",
    ),
}


@locks.part_of_act
def owe(kind, row, *, due=None, since=None, duties=DUTIES, role=None, parent=None):
    """Open the duty for the row. Without `due`, its handling days are counted from today, or from `since` if that is later."""
    duty = duties[kind]
    definition = row.programme.definition
    if due is None and duty.service:
        days = definition.handling_days.get(duty.service, 5)
        due = calendar.after_working_days(max(clock.today(), since or clock.today()), days)
    extender, extender_role = duty.extender(row) if duty.extender else (None, "")
    return obligations.open(
        kind,
        row,
        label=duty.label.format(year=getattr(row, "year", "")),
        url=duty.url(row),
        debtor=duty.debtor(row),
        role=role or duty.role,
        due=due,
        extender=extender,
        extender_role=extender_role,
        limit=duty.limit(row),
        parent=parent,
        barred_id=getattr(row, f"{duty.first}_id") if duty.first else None,
        **reminders(duty, row.programme),
    )


def reminders(duty, programme):
    """How the duty is reminded of: its own ladder in the programme file, else that of handling, else not at all."""
    ladders = programme.definition.ladders
    ladder = ladders.get(duty.ladder) or (None if duty.ladder else ladders.get("handling"))
    if ladder is None:
        return {"ladder": [], "escalations": [], "consequence": "", "legal": bool(duty.ladder)}
    to = {
        "secretariat": (programme.secretariat_id, Role.CASE_OFFICER),
        "ministry": (programme.ministry_id, Role.OFFICIAL),
    }
    heard = [(row.at, *to[row.to]) for row in ladder.climbs]
    return {
        "ladder": list(ladder.steps),
        "escalations": [{"at": at, "actor": actor, "role": role.value} for at, actor, role in heard],
        "consequence": ladder.consequence,
        "legal": bool(duty.ladder),
    }
