"""Row rules as named constraints, with the sentence a person gets when one is broken."""

from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, F, Q


def _check(name, condition, sentence):
    return CheckConstraint(name=name, condition=condition, violation_error_message=sentence)


def rule(name, condition, sentence):
    """Any row rule of one's own."""
    return _check(name, condition, sentence)


def at_most(name, field, limit, sentence):
    """`field` is empty or no more than `limit` (another field's name)."""
    return _check(name, Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lte": F(limit)}), sentence)


def positive(name, field, sentence="Beloppet måste vara större än noll."):
    return _check(name, Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": 0}), sentence)


def not_negative(name, field, sentence="Beloppet får inte vara negativt."):
    return _check(name, Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}), sentence)


def together(name, *fields, sentence="Vem och när hör ihop."):
    """All of the fields are set, or none of them is."""
    return _check(
        name,
        Q(**{f"{f}__isnull": False for f in fields}) | Q(**{f"{f}__isnull": True for f in fields}),
        sentence,
    )


def different_people(name, one, other, sentence="Två olika personer krävs."):
    """Four eyes: both are set to the same person never."""
    return _check(
        name,
        Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True}) | ~Q(**{one: F(other)}),
        sentence,
    )


def in_order(name, first, last, sentence="Slutdagen kan inte ligga före startdagen."):
    return _check(name, Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}), sentence)


def known_status(name, statuses):
    return _check(name, Q(status__in=statuses.values), "Okänd status.")


def needs(name, statuses, *fields, sentence):
    """In these statuses the fields are set."""
    held = Q(**{f"{f}__isnull": False for f in fields})
    return _check(name, ~Q(status__in=statuses) | held, sentence)


def save(row):
    """Save the row; where the database refuses it, raise ValidationError with the rule's sentence.

    The database is asked first and the rules are read only after a refusal: each costs a query.
    """
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.validate_constraints()
        raise
    return row
