from django.urls import path

from .views import addresses, conflicts, letters, memberships, offers

app_name = "access"

urlpatterns = [
    path("part/<slug:code>/brev/", letters.list_, name="letter_list"),
    path("brev/<int:pk>/", letters.detail, name="letter_detail"),
    path("brev/<int:pk>/skicka-igen/", letters.requeue, name="letter_requeue"),
    path("brev/<int:pk>/studs/", letters.bounce, name="letter_bounce"),
    path("person/<int:pk>/adress/", addresses.correct, name="address_correct"),
    path("adress/<int:pk>/bekrafta/", addresses.confirm, name="address_confirm"),
    path("adress/<int:pk>/avsla/", addresses.reject, name="address_reject"),
    path("mina-roller/", offers.list_, name="offer_list"),
    path("mina-roller/<int:pk>/ja/", offers.accept, name="offer_accept"),
    path("mina-roller/<int:pk>/nej/", offers.decline, name="offer_decline"),
    path("erbjuden-roll/<int:pk>/ta-tillbaka/", offers.withdraw, name="offer_withdraw"),
    path("jav/", conflicts.list_, name="conflict_list"),
    path("jav/anmal/", conflicts.declare, name="conflict_declare"),
    path("jav/<int:pk>/hav/", conflicts.lift, name="conflict_lift"),
    path("jav/<int:pk>/hav-steg/", conflicts.lift_step, name="conflict_lift_step"),
    path("jav/<int:pk>/lat-sta/", conflicts.uphold, name="conflict_uphold"),
    path("part/<slug:code>/personer/", memberships.list_, name="membership_list"),
    path("part/<slug:code>/personer/lagg-upp/", memberships.grant, name="membership_grant"),
    path("part/<slug:code>/underskrifter/", memberships.signing, name="actor_signing"),
    path("behorighet/<int:pk>/avsluta/", memberships.end, name="membership_end"),
]
