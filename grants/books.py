"""Whether the books of a programme balance. They are checked above this app (`ledger --check`), so the check is named in
settings, as the acts that end a duty are: `grants` asks and knows no other app.
"""

from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from actors.models import User
from digikoord.lib.verdict import Verdict
from programmes.models import Programme


def balance(programme: Programme) -> Verdict:
    """A refusal with the first difference where they do not."""
    return cast(Verdict, import_string(settings.BOOKS_BALANCE)(programme))


def account_taken_back(tranche: object, *, by: User) -> None:
    """A year's accepted account counts no more, or is to be accepted after all: whoever accepts it is asked again."""
    import_string(settings.WHEN_AN_ACCOUNT_IS_TAKEN_BACK)(tranche, by=by)
