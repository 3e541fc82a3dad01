"""What the acts of this app make people owe: of whom, in which role, by when, and where it is done."""

from django.urls import reverse

from actors.actions import obligations
from actors.roles import Role
from digikoord.lib import calendar, clock, locks

from .duty import Duty, by_decision_maker, by_official, holder, ministry, own, programme_page, year_page
from .payment_duties import PAYMENT_DUTIES

DUTIES = {
    "dispatch": Duty(
        "Expediera regeringsbeslut",
        Role.DECISION_MAKER,
        ministry,
        own("grants:decision_dispatch"),
        service="approval",
    ),
    "answer": Duty(
        "Svara på erbjudandet",
        Role.SIGNATORY,
        holder,
        own("grants:assignment_letter"),
        ladder="answer",
        extender=by_official,
    ),
    "appoint": Duty(
        "Utse {function}",
        Role.SIGNATORY,
        holder,
        own("grants:coordinator_appoint"),
        ladder="coordinator",
        service="coordinator",
        extender=by_official,
    ),
    "conclude": Duty(
        "Avsluta uppdraget",
        Role.DECISION_MAKER,
        ministry,
        own("grants:assignment_conclude"),
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
        own("grants:budget_decision_confirm"),
        service="approval",
        first="registered_by",
    ),
    "prepare": Duty(
        "Bered årsbelopp {year}",
        Role.OFFICIAL,
        ministry,
        year_page("grants:tranche_prepare_many"),
        service="approval",
    ),
    "grant": Duty(
        "Bevilja årsbelopp {year}",
        Role.DECISION_MAKER,
        ministry,
        year_page("grants:tranche_grant_many"),
        service="approval",
        first="prepared_by",
    ),
    "charge": Duty(
        "Besluta vilket anslag som belastas för medel avseende {year}",
        Role.DECISION_MAKER,
        ministry,
        own("grants:tranche_charge"),
        service="approval",
        first="prepared_by",
    ),
    "requisition": Duty(
        "Rekvirera beviljade medel {year}",
        Role.SIGNATORY,
        holder,
        own("grants:requisition_write"),
        ladder="requisition",
        extender=by_official,
    ),
    "submit_requisition": Duty(
        "Skicka in rekvisition {year}",
        Role.SIGNATORY,
        lambda row: row.tranche.holder,
        own("grants:requisition_submit"),
        service="requisition",
    ),
    "correct_requisition": Duty(
        "Rätta den återsända rekvisitionen {year}",
        Role.SIGNATORY,
        lambda row: row.tranche.holder,
        own("grants:requisition_submit"),
        service="requisition",
    ),
    "approve_requisition": Duty(
        "Attestera rekvisition {year}",
        Role.OFFICIAL,
        ministry,
        programme_page("grants:requisition_approve_many"),
        service="requisition",
        first="submitted_by",
    ),
    **PAYMENT_DUTIES,
    "repay": Duty(
        "Betala tillbaka medel för {year}",
        Role.SIGNATORY,
        lambda row: row.tranche.holder,
        own("grants:repayment_claim_detail"),
        ladder="repayment",
        extender=by_decision_maker,
    ),
    "answer_recovery": Duty(
        "Yttra er om återkrav {year}",
        Role.SIGNATORY,
        lambda row: row.tranche.holder,
        own("grants:recovery_answer"),
        ladder="repayment",
        extender=by_official,
    ),
    "follow_recovery": Duty(
        "Följ upp hörandet om återkrav {year}", Role.OFFICIAL, ministry, own("grants:recovery_detail")
    ),
    "decide_recovery": Duty(
        "Besluta om återkrav {year}",
        Role.DECISION_MAKER,
        ministry,
        own("grants:recovery_decide"),
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
def owe(kind, row, *, due=None, since=None, duties=DUTIES, role=None, parent=None, debtor=None, barred=None):
    """Open the duty for the row. Without `due`, its handling days are counted from today, or from `since` if that is later.

    `debtor` and `barred` (a person's id) say what the table's row cannot know.
    """
    duty = duties[kind]
    if row.programme.ended_on:
        return None  # nobody owes anything in it
    definition = row.programme.definition
    if due is None and duty.service:
        days = definition.handling_days.get(duty.service, 5)
        due = calendar.after_working_days(max(clock.today(), since or clock.today()), days)
    extender, extender_role = duty.extender(row) if duty.extender else (None, "")
    return obligations.open(
        kind,
        row,
        label=duty.label.format(year=getattr(row, "year", ""), function=_function(definition)),
        url=duty.url(row),
        debtor=debtor or duty.debtor(row),
        role=role or duty.role,
        due=due,
        ground=definition.ground(duty.ladder),
        extender=extender,
        extender_role=extender_role,
        limit=duty.limit(row),
        parent=parent,
        barred_id=barred or (getattr(row, f"{duty.first}_id") if duty.first else None),
        **reminders(duty, row.programme),
    )


def _function(definition):
    return definition.keeps.one if definition.keeps else ""


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
