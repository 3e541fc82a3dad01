"""The programmes that a person reads all of."""

from actors.models import User

from ..models import Programme
from ..models.scope import reads_programme


def programmes_read_whole(user: User) -> list[Programme]:
    """Those with one of the person's parties among their authorities, oldest first; read once a request."""
    known: list[Programme] | None = getattr(user, "programmes_read_whole", None)
    if known is None:
        known = list(Programme.objects.filter(reads_programme(user)).order_by("pk"))
        user.programmes_read_whole = known  # type: ignore[attr-defined]  # the person's class knows no programme
    return known
