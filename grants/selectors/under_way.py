"""What may still become a payment, or has not ended as one."""

from programmes.models import Programme

from ..lifecycle import requisition as requisitions
from ..lifecycle.payment import UNDER_WAY
from ..models import Payment, Requisition
from .money import FOUR_EYES, FOUR_EYES_OF_REQUISITIONS


def rows_under_way(programme: Programme) -> list[Payment | Requisition]:
    """The payments that have not ended, and the requisitions that are to be payments, with what their four eyes read."""
    payments = Payment.objects.filter(
        requisition__tranche__place__programme=programme, status__in=UNDER_WAY
    ).select_related("requisition__tranche__year", "requisition__tranche__assignment__holder")
    payments = payments.select_related("requisition__tranche__place__programme").prefetch_related(*FOUR_EYES)
    asked = Requisition.objects.filter(
        tranche__place__programme=programme, status=requisitions.Status.SUBMITTED
    ).select_related("tranche__year", "tranche__place__programme", "tranche__assignment__holder")
    return [*payments, *asked.prefetch_related(*FOUR_EYES_OF_REQUISITIONS)]
