# temporary
from django.http import HttpResponse


def acknowledge(request, **kwargs):
    return HttpResponse("compilations.acknowledge")


def begin(request, **kwargs):
    return HttpResponse("compilations.begin")


def deliver(request, **kwargs):
    return HttpResponse("compilations.deliver")


def detail(request, **kwargs):
    return HttpResponse("compilations.detail")


def draft(request, **kwargs):
    return HttpResponse("compilations.draft")


def establish(request, **kwargs):
    return HttpResponse("compilations.establish")


def freeze(request, **kwargs):
    return HttpResponse("compilations.freeze")


def list_(request, **kwargs):
    return HttpResponse("compilations.list_")


def pdf(request, **kwargs):
    return HttpResponse("compilations.pdf")


def thaw(request, **kwargs):
    return HttpResponse("compilations.thaw")


def write(request, **kwargs):
    return HttpResponse("compilations.write")
