from allauth.account import views as account
from django.urls import include, path, re_path

from access.views.entrance import ChoosePassword

from .health import health, readiness
from .views import about, jobs, rehearsal, rehearsal_bank

handler500 = "digikoord.errors.server_error"

# Signing up is closed (access/adapter.py); allauth's pages ask for its address all the same.
urlpatterns = [
    path("", include("access.urls")),
    path("", include("duties.urls")),
    path("", include("grants.urls")),
    path("", include("reporting.urls")),
    path("", include("overview.urls")),
    path("halsa/", health, name="health"),
    path("beredskap/", readiness, name="readiness"),
    path("jobb/", jobs.list_, name="jobs"),
    path("jobb/<slug:job>/kor-igen/", jobs.run_again, name="job_run_again"),
    path("tillganglighet/", about.accessibility, name="accessibility"),
    path("personuppgifter/", about.personal_data, name="personal_data"),
    path("kontakt/", about.contact, name="contact"),
    path("ovning/", rehearsal.stage, name="rehearsal"),
    path("ovning/logga-in/", rehearsal.become, name="rehearsal_login"),
    path("ovning/brev/", rehearsal.letters, name="rehearsal_letters"),
    path("ovning/bankens-svar/<int:pk>.xml", rehearsal_bank.answer, name="rehearsal_bank_answer"),
    path(
        "ovning/inbetalningar/<slug:programme>.xml",
        rehearsal_bank.deposits,
        name="rehearsal_bank_deposits",
    ),
    path("logga-in/", account.login, name="account_login"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("registrera/", account.signup, name="account_signup"),
    path("inaktiverad/", account.account_inactive, name="account_inactive"),
    path("bekrafta-losenord/", account.reauthenticate, name="account_reauthenticate"),
    path("losenord/byt/", account.password_change, name="account_change_password"),
    path("losenord/valj/", account.password_set, name="account_set_password"),
    path("losenord/glomt/", account.password_reset, name="account_reset_password"),
    path("losenord/glomt/skickat/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        "^losenord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        ChoosePassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "losenord/nytt/klart/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
