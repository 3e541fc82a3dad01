from django.urls import path

from .views import conflicts, memberships, notices

app_name = "actors"

urlpatterns = [
    path("meddelanden/", notices.list_, name="notices"),
    path("meddelanden/lasta/", notices.read, name="read_notices"),
    path("jav/", conflicts.list_, name="conflict_list"),
    path("jav/anmal/", conflicts.declare, name="conflict_declare"),
    path("jav/<int:pk>/hav/", conflicts.lift, name="conflict_lift"),
    path("part/<slug:code>/personer/", memberships.list_, name="membership_list"),
    path("part/<slug:code>/personer/lagg-upp/", memberships.grant, name="membership_grant"),
    path("part/<slug:code>/underskrifter/", memberships.signing, name="actor_signing"),
    path("behorighet/<int:pk>/avsluta/", memberships.end, name="membership_end"),
]
