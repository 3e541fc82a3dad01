"""The reports of the story at 2019-03-20, and what tests do with them again and again."""

from django.urls import reverse

from reporting.actions import report_reviews
from reporting.models import ActivityReport

RETURNED, SUBMITTED, APPROVED = "19", "21", "14"  # the codes of their places


def page(name, *args):
    return reverse(f"reporting:{name}", args=args)


def again(row):
    return ActivityReport.objects.get(pk=row.pk)


def checked(cast, row):
    return report_reviews.check(row, by=cast.case_officer(), done=[one.code for one in cast.checks])
