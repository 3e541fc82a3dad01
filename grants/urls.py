from django.urls import path

from .views import (
    assignments,
    budget_decisions,
    claims,
    coordinators,
    decisions,
    payment_accounts,
    payment_batches,
    payments,
    requisitions,
    successions,
    tranches,
    years,
)

app_name = "grants"

P = "program/<slug:programme>"

urlpatterns = [
    path(f"{P}/beslut/", decisions.list_, name="decision_list"),
    path("beslut/<int:pk>/", decisions.detail, name="decision_detail"),
    path("beslut/<int:pk>/expediera/", decisions.dispatch, name="decision_dispatch"),
    path("uppdrag/<int:pk>/", assignments.detail, name="assignment_detail"),
    path("uppdrag/<int:pk>/tacka-ja/", assignments.accept, name="assignment_accept"),
    path("uppdrag/<int:pk>/tacka-nej/", assignments.decline, name="assignment_decline"),
    path(
        "uppdrag/<int:pk>/svarsdag/", assignments.set_answer_day, name="assignment_set_answer_day"
    ),
    path("uppdrag/<int:pk>/lat-forfalla/", assignments.lapse, name="assignment_lapse"),
    path("uppdrag/<int:pk>/oppna-igen/", assignments.reopen, name="assignment_reopen"),
    path("uppdrag/<int:pk>/utse-koordinator/", coordinators.appoint, name="coordinator_appoint"),
    path("koordinator/<int:pk>/avsluta/", coordinators.end, name="coordinator_end"),
    path(f"{P}/koordinatorer/", coordinators.list_, name="coordinator_list"),
    path(
        f"{P}/overgangar/registrera/",
        successions.register_many,
        name="succession_register_many",
    ),
    path(f"{P}/ar/<int:year>/", years.detail, name="year_detail"),
    path(
        f"{P}/ar/<int:year>/riksdagens-beslut/registrera/",
        budget_decisions.register,
        name="budget_decision_register",
    ),
    path("riksdagsbeslut/<int:pk>/", budget_decisions.detail, name="budget_decision_detail"),
    path(
        "riksdagsbeslut/<int:pk>/bekrafta/",
        budget_decisions.confirm,
        name="budget_decision_confirm",
    ),
    path(
        "riksdagsbeslut/<int:pk>/aterta/",
        budget_decisions.withdraw,
        name="budget_decision_withdraw",
    ),
    path(f"{P}/ar/<int:year>/bered/", tranches.prepare_many, name="tranche_prepare_many"),
    path(f"{P}/ar/<int:year>/bevilja/", tranches.grant_many, name="tranche_grant_many"),
    path("arsbelopp/<int:pk>/", tranches.detail, name="tranche_detail"),
    path("arsbelopp/<int:pk>/bered/", tranches.prepare, name="tranche_prepare"),
    path("arsbelopp/<int:pk>/skicka-tillbaka/", tranches.send_back, name="tranche_send_back"),
    path("arsbelopp/<int:pk>/bevilja/", tranches.grant, name="tranche_grant"),
    path("arsbelopp/<int:pk>/oppna-igen/", tranches.reopen, name="tranche_reopen"),
    path("arsbelopp/<int:pk>/stang/", tranches.close, name="tranche_close"),
    path(f"{P}/rekvisitioner/", requisitions.list_, name="requisition_list"),
    path(
        f"{P}/rekvisitioner/attestera/",
        requisitions.approve_many,
        name="requisition_approve_many",
    ),
    path("arsbelopp/<int:pk>/rekvirera/", requisitions.write, name="requisition_write"),
    path("rekvisition/<int:pk>/", requisitions.detail, name="requisition_detail"),
    path("rekvisition/<int:pk>/skicka-in/", requisitions.submit, name="requisition_submit"),
    path("rekvisition/<int:pk>/skicka-tillbaka/", requisitions.return_, name="requisition_return"),
    path("rekvisition/<int:pk>/aterta/", requisitions.withdraw, name="requisition_withdraw"),
    path("rekvisition/<int:pk>/attestera/", requisitions.approve, name="requisition_approve"),
    path("rekvisition/<int:pk>/makulera/", requisitions.cancel, name="requisition_cancel"),
    path(f"{P}/utbetalningar/", payments.list_, name="payment_list"),
    path(f"{P}/utbetalningar/utanordna/", payments.release_many, name="payment_release_many"),
    path(f"{P}/utbetalningar/betalningslista/", payments.export, name="payment_export"),
    path(f"{P}/utbetalningar/bekrafta/", payments.confirm_many, name="payment_confirm_many"),
    path("utbetalning/<int:pk>/", payments.detail, name="payment_detail"),
    path("utbetalning/<int:pk>/utanordna/", payments.release, name="payment_release"),
    path("utbetalning/<int:pk>/hall-inne/", payments.hold, name="payment_hold"),
    path("utbetalning/<int:pk>/mottagen/", payments.accept, name="payment_accept"),
    path("utbetalning/<int:pk>/bekrafta/", payments.confirm, name="payment_confirm"),
    path("utbetalning/<int:pk>/misslyckad/", payments.fail, name="payment_fail"),
    path("utbetalning/<int:pk>/ratta/", payments.correct, name="payment_correct"),
    path("utbetalning/<int:pk>/makulera/", payments.cancel, name="payment_cancel"),
    path("betalningslista/<int:pk>/", payment_batches.detail, name="payment_batch_detail"),
    path("betalningslista/<int:pk>/lista.csv", payment_batches.csv, name="payment_batch_csv"),
    path("betalningslista/<int:pk>/lista.pdf", payment_batches.pdf, name="payment_batch_pdf"),
    path(
        "aktor/<slug:code>/betalningsuppgift/",
        payment_accounts.enter,
        name="payment_account_enter",
    ),
    path(
        "betalningsuppgift/<int:pk>/", payment_accounts.detail, name="payment_account_detail"
    ),
    path(
        "betalningsuppgift/<int:pk>/kontrollera/",
        payment_accounts.verify,
        name="payment_account_verify",
    ),
    path(f"{P}/aterbetalningar/", claims.list_, name="repayment_claim_list"),
    path("aterbetalning/<int:pk>/", claims.detail, name="repayment_claim_detail"),
    path("aterbetalning/<int:pk>/inbetalt/", claims.receive, name="repayment_claim_receive"),
    path("aterbetalning/<int:pk>/efterge/", claims.waive, name="repayment_claim_waive"),
]
