from django.urls import path

from .views import (
    accounts,
    board,
    compilation_files,
    compilations,
    exceptions,
    ledger,
    places,
    readiness,
    renderings,
    reports,
    results,
    staffing,
    todo,
    trail,
)

app_name = "reporting"

P = "program/<slug:programme>"
Y = f"{P}/ar/<int:year>"

urlpatterns = [
    path("", todo.todo, name="todo"),
    path(f"{P}/laget/", board.board, name="board"),
    path(f"{P}/plats/<slug:code>/", places.detail, name="place_detail"),
    path(f"{P}/bemanning/", staffing.staffing, name="staffing"),
    path(f"{P}/handelser/", trail.list_, name="trail"),
    path(f"{P}/avvikelser/", exceptions.list_, name="exception_list"),
    path(f"{P}/ekonomi/", ledger.ledger, name="ledger"),
    path(f"{P}/ekonomi/<slug:figure>/", ledger.ledger_lines, name="ledger_lines"),
    path(f"{P}/resultat/", results.results, name="results"),
    path(f"{P}/redovisningar/", reports.list_, name="activity_report_list"),
    path(f"{Y}/redovisningar/godkann/", reports.approve_many, name="activity_report_approve_many"),
    path("arsbelopp/<int:pk>/redovisa/", reports.start, name="activity_report_start"),
    path("redovisning/<int:pk>/", reports.detail, name="activity_report_detail"),
    path("redovisning/<int:pk>/skriv/", reports.write, name="activity_report_write"),
    path("redovisning/<int:pk>/skicka-in/", reports.submit, name="activity_report_submit"),
    path(
        "redovisning/<int:pk>/begar-komplettering/",
        reports.return_,
        name="activity_report_return",
    ),
    path("redovisning/<int:pk>/granskad/", reports.review, name="activity_report_review"),
    path("redovisning/<int:pk>/godkann/", reports.approve, name="activity_report_approve"),
    path("redovisning/<int:pk>/oppna-igen/", reports.reopen, name="activity_report_reopen"),
    path("redovisning/<int:pk>/godta-kostnader/", accounts.accept, name="account_accept"),
    path(f"{P}/sammanstallningar/", compilations.list_, name="compilation_list"),
    path(f"{Y}/sammanstallning/", compilations.detail, name="compilation_detail"),
    path(f"{Y}/beredskap/", readiness.readiness, name="readiness"),
    path(f"{Y}/beredskap/paminn/", readiness.remind_many, name="readiness_remind_many"),
    path(f"{Y}/sammanstallning/paborja/", compilations.begin, name="compilation_begin"),
    path("sammanstallning/<int:pk>/skriv/", compilations.write, name="compilation_write"),
    path("sammanstallning/<int:pk>/utkast/", compilations.draft, name="compilation_draft"),
    path("sammanstallning/<int:pk>/frys/", compilations.freeze, name="compilation_freeze"),
    path("sammanstallning/<int:pk>/tina/", compilations.thaw, name="compilation_thaw"),
    path("sammanstallning/<int:pk>/faststall/", compilations.establish, name="compilation_establish"),
    path("sammanstallning/<int:pk>/overlamna/", compilations.deliver, name="compilation_deliver"),
    path(
        "sammanstallning/<int:pk>/mottagen/",
        compilations.acknowledge,
        name="compilation_acknowledge",
    ),
    path("sammanstallning/<int:pk>/dokument.pdf", compilation_files.pdf, name="compilation_pdf"),
    path("sammanstallning/<int:pk>/uppgifter.json", compilation_files.data, name="compilation_data"),
    path("sammanstallning/<int:pk>/ekonomi.csv", compilation_files.economy, name="compilation_economy"),
    path("schema/sammanstallning.json", compilation_files.schema, name="compilation_schema"),
    path("framstallning/<int:pk>/", renderings.detail, name="rendering_detail"),
    path("framstallning/<int:pk>/utkast.pdf", renderings.pdf, name="rendering_pdf"),
]
