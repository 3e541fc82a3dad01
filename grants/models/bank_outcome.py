"""How a line of the bank's files may end, and how one that waited was settled."""

from django.db.models import Q, TextChoices


class Outcome(TextChoices):
    """What a line did here. The first four are what the bank says of a payment; a line of money that moved is one of
    the next five, or has been taken in before.
    """

    ACCEPTED = "accepted", "Mottagen av banken"
    PAID = "paid", "Betald"
    FAILED = "failed", "Avvisad"
    UNCHANGED = "unchanged", "Inget nytt"
    MATCHED = "matched", "Matchad"
    PROPOSED = "proposed", "Att reda ut"
    RETURNED = "returned", "Retur"
    SURPLUS = "surplus", "Överskott"
    FOREIGN = "foreign", "Inte vår"
    KNOWN = "known", "Redan inläst"


class Handled(TextChoices):
    """How a person, or a later line of the bank's, settled a line that waited."""

    BOOKED = "booked", "Bokförd på ett krav"
    SENT_BACK = "sent_back", "Återsänd"
    CREDITED = "credited", "Tillgodoförd"
    BY_HAND = "by_hand", "Registrerad för hand"
    REVERSED = "reversed", "Återtagen av banken"
    SAME = "same", "Samma som en inläst"
    RETURNED = "returned", "Retur av en utbetalning"
    NOT_OURS = "not_ours", "Inte vår"


BOOKED = (Outcome.MATCHED, Outcome.SURPLUS, Outcome.RETURNED)
EVIDENT = (Handled.SENT_BACK, Handled.CREDITED, Handled.BY_HAND)
WAITS = Q(outcome__in=[Outcome.PROPOSED, Outcome.SURPLUS], handled_by__isnull=True)
