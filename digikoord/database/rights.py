"""Where the application's role may change or delete rows. Everywhere else it reads and adds, and no more.

A lock (`FOR UPDATE`) asks for the right to change, so what acts lock stands here too. The tests work as that role: what an act
needs and does not stand here fails there.
"""

# Nothing is added here by the application: the owner migrates.
READ_ONLY = {"django_migrations", "django_content_type", "auth_permission"}
# What is written once: the trail, the register, the papers, what was submitted, and what money rows are made of.
WRITTEN_ONCE = {
    "actors_event",
    "grants_registration",
    "grants_document",
    "grants_budgetamount",
    "grants_accountline",
    "grants_accountverification",
    "grants_claimentry",
    "grants_claiminterest",
    "grants_claimdeferral",
    "grants_paymentbatchline",
    "grants_paymentreturn",
    "grants_paymentstep",
    "grants_bankfile",
    "reporting_reportversion",
    "reporting_reportattachment",
    "reporting_ledgercheck",
}
UPDATES = {
    "account_emailaddress",
    "actors_actor",
    "actors_calendaraddress",
    "actors_conflictofinterest",
    "actors_county",
    "actors_letter",
    "actors_membership",
    "actors_notice",
    "actors_obligation",
    "actors_succession",
    "actors_user",
    "digikoord_jobrun",
    "digikoord_stage",
    "django_session",
    "grants_accountstop",
    "grants_amendment",
    "grants_assignment",
    "grants_bankdetails",
    "grants_bankfileline",
    "grants_budgetdecision",
    "grants_coordinator",
    "grants_extension",
    "grants_governmentdecision",
    "grants_payment",
    "grants_paymentaccount",
    "grants_paymentbatch",
    "grants_place",
    "grants_programme",
    "grants_programmefile",
    "grants_programmeyear",
    "grants_recovery",
    "grants_repaymentclaim",
    "grants_requisition",
    "grants_signature",
    "grants_tranche",
    "reporting_activityreport",
    "reporting_compilation",
    "reporting_compilationversion",
    "reporting_factcheck",
    "reporting_rendering",
    "reporting_reportcomment",
}
# What has not been received or decided, and what is the machine's own.
DELETES = {
    "account_emailaddress",
    "account_emailconfirmation",
    "actors_apponly",
    "actors_succession",
    "django_session",
    "grants_amendment",
    "grants_assignment",
    "grants_governmentdecision",
    "grants_place",
    "grants_programmeyear",
    "reporting_rendering",
}
