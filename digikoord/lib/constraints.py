"""Row rules as named constraints, with the sentence a person gets when one is broken."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, F, Model, Q, TextChoices

M = TypeVar("M", bound=Model)


def _check(name: str, condition: Q, sentence: str) -> CheckConstraint:
    return CheckConstraint(name=name, condition=condition, violation_error_message=sentence)


def rule(name: str, condition: Q, sentence: str) -> CheckConstraint:
    """Any row rule of one's own."""
    return _check(name, condition, sentence)


def at_most(name: str, field: str, limit: str, sentence: str) -> CheckConstraint:
    """`field` is empty or no more than `limit` (another field's name)."""
    return _check(name, Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lte": F(limit)}), sentence)


def positive(name: str, field: str, sentence: str = "Beloppet måste vara större än noll.") -> CheckConstraint:
    return _check(name, Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": 0}), sentence)


def not_negative(
    name: str, field: str, sentence: str = "Beloppet får inte vara negativt."
) -> CheckConstraint:
    return _check(name, Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}), sentence)


def together(name: str, *fields: str, sentence: str = "Vem och när hör ihop.") -> CheckConstraint:
    """All of the fields are set, or none of them is."""
    return _check(
        name,
        Q(**{f"{f}__isnull": False for f in fields}) | Q(**{f"{f}__isnull": True for f in fields}),
        sentence,
    )


def different_people(
    name: str, one: str, other: str, sentence: str = "Två olika personer krävs."
) -> CheckConstraint:
    """Four eyes: both are set to the same person never."""
    return _check(
        name,
        Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True}) | ~Q(**{one: F(other)}),
        sentence,
    )


def in_order(
    name: str, first: str, last: str, sentence: str = "Slutdagen kan inte ligga före startdagen."
) -> CheckConstraint:
    return _check(name, Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}), sentence)


def known_status(name: str, statuses: type[TextChoices]) -> CheckConstraint:
    return _check(name, Q(status__in=statuses.values), "Okänd status.")


def needs(name: str, statuses: Iterable[str], *fields: str, sentence: str) -> CheckConstraint:
    """In these statuses the fields are set."""
    held = Q(**{f"{f}__isnull": False for f in fields})
    return _check(name, ~Q(status__in=statuses) | held, sentence)


def save(row: M) -> M:
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
