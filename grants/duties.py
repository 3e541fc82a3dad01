"""What the acts of this app make people owe: of whom, in which role, by when, and where it is done."""

from django.urls import reverse

from actors.roles import Role
from duties.duty import Duty, by_decision_maker, by_official, holder, ministry, own, programme_page, year_page
from duties.kinds import hand_down

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
}

hand_down(DUTIES)
