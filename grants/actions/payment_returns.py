"""A payment that was paid and came back. Placeholder: the whole act stands in its own branch."""

from digikoord.lib.verdict import Refused


def bring_back(payment, *, by, on, reason, code="", file=None):
    """The payment came back `on` a day, and its chain is open again."""
    raise Refused("Utbetalningen kan inte registreras som retur än.")
