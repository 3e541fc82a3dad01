# temporary
from django.http import HttpResponse


def detail(request, **kwargs):
    return HttpResponse("renderings.detail")


def pdf(request, **kwargs):
    return HttpResponse("renderings.pdf")
