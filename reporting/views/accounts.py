# temporary
from django.http import HttpResponse


def accept(request, **kwargs):
    return HttpResponse("accounts.accept")
