from django.urls import path

from .views import (
    board,
    calendar_feed,
    calendar_page,
    exceptions,
    ledger,
    places,
    registrations,
    results,
    staffing,
    todo,
    trail,
)

app_name = "overview"

P = "program/<slug:programme>"

urlpatterns = [
    path(f"{P}/kalender/", calendar_page.calendar, name="calendar"),
    path("kalender/min-adress/", calendar_feed.detail, name="calendar_address"),
    path("kalender/min-adress/skapa/", calendar_feed.make, name="calendar_address_make"),
    path("kalender/min-adress/aterkalla/", calendar_feed.revoke, name="calendar_address_revoke"),
    path("kalender/<str:token>.ics", calendar_feed.feed, name="calendar_feed"),
    path(f"{P}/handlingar/", registrations.list_, name="registration_list"),
    path("handling/<int:pk>/", registrations.detail, name="registration_detail"),
    path("handling/<int:pk>/fil/", registrations.file, name="registration_file"),
    path("", todo.todo, name="todo"),
    path(f"{P}/laget/", board.board, name="board"),
    path(f"{P}/plats/<slug:code>/", places.detail, name="place_detail"),
    path(f"{P}/bemanning/", staffing.staffing, name="staffing"),
    path(f"{P}/handelser/", trail.list_, name="trail"),
    path(f"{P}/avvikelser/", exceptions.list_, name="exception_list"),
    path(f"{P}/ekonomi/", ledger.ledger, name="ledger"),
    path(f"{P}/ekonomi/<slug:figure>/", ledger.ledger_lines, name="ledger_lines"),
    path(f"{P}/resultat/", results.results, name="results"),
]
