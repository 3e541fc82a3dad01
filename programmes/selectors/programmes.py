"""The programmes that a person reads all of."""

from ..models import Programme
from ..models.scope import reads_programme


def programmes_read_whole(user) -> list[Programme]:
    """Those with one of the person's parties among their authorities, oldest first; read once a request."""
    if not hasattr(user, "programmes_read_whole"):
        user.programmes_read_whole = list(Programme.objects.filter(reads_programme(user)).order_by("pk"))
    return user.programmes_read_whole
