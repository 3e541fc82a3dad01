"""The texts and papers of the money: what an offer says, and the payment list."""

import hashlib

from django.template.loader import render_to_string

from .models import Tranche


def offer_text(assignment):
    """The exact text an actor answers: the decision, its conditions and its amounts."""
    tranches = Tranche.objects.filter(place=assignment.place).select_related("year")
    return render_to_string(
        "grants/offer_text.txt",
        {
            "assignment": assignment,
            "decision": assignment.decision,
            "programme": assignment.programme,
            "rule": assignment.programme.definition.budget_rule,
            "tranches": tranches.order_by("year"),
        },
    )


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()
