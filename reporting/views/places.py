# temporary
from django.http import HttpResponse


def detail(request, **kwargs):
    return HttpResponse("places.detail")
