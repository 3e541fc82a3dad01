from django.urls import path

from .views import memberships, notices

app_name = "actors"

urlpatterns = [
    path("meddelanden/", notices.list_, name="notices"),
    path("meddelanden/lasta/", notices.read, name="read_notices"),
    path("part/<slug:code>/personer/", memberships.list_, name="membership_list"),
    path("part/<slug:code>/personer/lagg-upp/", memberships.grant, name="membership_grant"),
    path("part/<slug:code>/underskrifter/", memberships.signing, name="actor_signing"),
    path("behorighet/<int:pk>/avsluta/", memberships.end, name="membership_end"),
]
