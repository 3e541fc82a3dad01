# temporary
from django.http import HttpResponse


def approve(request, **kwargs):
    return HttpResponse("reports.approve")


def approve_many(request, **kwargs):
    return HttpResponse("reports.approve_many")


def detail(request, **kwargs):
    return HttpResponse("reports.detail")


def list_(request, **kwargs):
    return HttpResponse("reports.list_")


def reopen(request, **kwargs):
    return HttpResponse("reports.reopen")


def return_(request, **kwargs):
    return HttpResponse("reports.return_")


def review(request, **kwargs):
    return HttpResponse("reports.review")


def start(request, **kwargs):
    return HttpResponse("reports.start")


def submit(request, **kwargs):
    return HttpResponse("reports.submit")


def write(request, **kwargs):
    return HttpResponse("reports.write")
