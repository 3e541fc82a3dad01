# temporary
from django.http import HttpResponse


def list_(request, **kwargs):
    return HttpResponse("trail.list_")
