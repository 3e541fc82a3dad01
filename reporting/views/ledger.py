# temporary
from django.http import HttpResponse


def ledger(request, **kwargs):
    return HttpResponse("ledger.ledger")
