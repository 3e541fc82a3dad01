"""Who may read what: the programme's own authorities read all of it, an actor its own matters."""

from django.db.models import Q

from actors.models import User

AUTHORITIES = ("ministry", "disburser", "secretariat")


def reads_programme(user: User, programme: str = "") -> Q:
    """Q for rows whose programme (at lookup path `programme`) has the user among its authorities."""
    prefix = f"{programme}__" if programme else ""
    parties = list(user.acting_for)
    scope = Q()
    for authority in AUTHORITIES:
        scope |= Q(**{f"{prefix}{authority}__in": parties})
    return scope


def holds(user: User, holder: str) -> Q:
    """Q for rows whose holder (at lookup path `holder`) the user acts for."""
    return Q(**{f"{holder}__in": list(user.acting_for)})
