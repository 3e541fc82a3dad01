"""What the acts of accounts and payments make people owe. Part of the table in duties.py."""

from django.urls import reverse

from actors.roles import Role
from duties.duty import Duty, disburser, ministry, own, programme_page

PAYMENT_DUTIES = {
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
        own("grants:payment_account_verify"),
        service="payment_account",
        first="entered_by",
    ),
    "release_payment": Duty(
        "Utanordna utbetalning {year}",
        Role.PAYER,
        disburser,
        programme_page("grants:payment_release_many"),
        service="payment",
        first="prepared_by",
    ),
    "export_payment": Duty(
        "Skapa betalningslista {year}",
        Role.PAYER,
        disburser,
        programme_page("grants:payment_export"),
        service="payment",
    ),
    "hand_over_file": Duty(
        "Lämna betalningsfilen till banken",
        Role.PAYER,
        disburser,
        lambda row: row.get_absolute_url(),
        service="payment",
    ),
    "confirm_payment": Duty(
        "Bekräfta betalning {year}",
        Role.PAYER,
        disburser,
        programme_page("grants:payment_confirm_many"),
        service="payment",
        first="released_by",
    ),
    "enter_bank_details": Duty(
        "Ange myndighetens bankuppgifter",
        Role.PAYER,
        disburser,
        programme_page("grants:bank_details_enter"),
        service="payment",
    ),
    "confirm_bank_details": Duty(
        "Bekräfta myndighetens bankuppgifter",
        Role.PAYER,
        disburser,
        programme_page("grants:bank_details_detail"),
        service="payment",
        first="entered_by",
    ),
    "settle_bank_lines": Duty(
        "Red ut rader i bankens fil",
        Role.PAYER,
        disburser,
        programme_page("grants:bank_line_list"),
        service="payment",
    ),
    "correct_payment": Duty(
        "Rätta misslyckad utbetalning {year}",
        Role.OFFICIAL,
        ministry,
        own("grants:payment_correct"),
        service="payment",
    ),
    "handle_return": Duty(
        "Ta hand om returen av en utbetalning {year}",
        Role.OFFICIAL,
        ministry,
        own("grants:payment_detail"),
        service="payment",
    ),
    "replace_account": Duty(
        "Ange ny betalningsuppgift: banken har skickat tillbaka pengar",
        Role.SIGNATORY,
        lambda row: row.actor,
        lambda row: reverse("grants:payment_account_enter", args=[row.actor.code]),
        service="payment_account",
    ),
    "verify_stopped_account": Duty(
        "Kontrollera spärrat konto på nytt",
        Role.PAYER,
        disburser,
        own("grants:payment_account_verify_anew"),
        service="payment_account",
        first="vouched_by",
    ),
    "find_person": Duty(
        "Utse den person som saknas för att betalningen ska bli klar {year}",
        Role.DECISION_MAKER,
        disburser,
        lambda row: row.get_absolute_url(),
        service="payment",
    ),
}
