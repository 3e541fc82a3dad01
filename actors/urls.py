from django.urls import path

from .views import memberships, todo

app_name = "actors"

urlpatterns = [
    path("", todo.home, name="todo"),
    path("meddelanden/", todo.notices, name="notices"),
    path("meddelanden/lasta/", todo.read_notices, name="read_notices"),
    path("part/<slug:code>/personer/", memberships.list_, name="membership_list"),
    path("part/<slug:code>/personer/lagg-upp/", memberships.grant, name="membership_grant"),
    path("behorighet/<int:pk>/avsluta/", memberships.end, name="membership_end"),
]
