# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from collections.abc import Callable
from functools import partial

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.request import Request
from digikoord.lib import clock, pages
from digikoord.lib.buttons import offered
from digikoord.lib.fields import TrueDayForm

from .. import permissions, selectors
from ..actions import amendments, decisions, effects, effects_on_holders
from ..forms.decisions import CeilingForm, DayForm, DecisionForm, DiscardForm, NumberForm, OfferForm
from ..models import Amendment, GovernmentDecision


def list_(request: Request, programme: str) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    rows = GovernmentDecision.objects.visible_to(request.user).filter(programme=programme)
    chain = rows.select_related("amends", "document").defer("document__content")
    chain = chain.prefetch_related("amendments__place", "amendments__actor", "amendments__year")
    return render(
        request,
        "grants/decision_list.html",
        {
            "programme": programme,
            "decisions": chain.distinct().order_by("decided_on", "pk"),
            "years": programme.years.order_by("year"),
            "may_end": permissions.can_end_programme(request.user, programme),
            "may_register": permissions.can_register_decision(request.user, programme),
            "may_register_successions": selectors.planned_successions(programme)
            and permissions.can_register_successions(request.user, programme),
        },
    )


def _found(request: Request, pk: int) -> GovernmentDecision:
    rows = GovernmentDecision.objects.visible_to(request.user).distinct()
    related = ("programme__ministry", "amends", "dispatched_by", "registered_by", "document")
    return get_object_or_404(rows.select_related(*related).defer("document__content"), pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    decision = _found(request, pk)
    user = request.user
    assignments = decision.assignments.select_related("place__programme", "holder")
    may_correct = permissions.can_register_decision(user, decision) & amendments.is_open(decision)
    return render(
        request,
        "grants/decision_detail.html",
        {
            "decision": decision,
            "programme": decision.programme,
            "assignments": assignments.visible_to(user).order_by("place__part", "place__code"),
            "amendments": decision.amendments.select_related("place", "actor", "year"),
            "amended_by": decision.amended_by.visible_to(user).exclude(status="discarded").distinct(),
            "buttons": offered(
                decision,
                (
                    permissions.can_dispatch(user, decision) & permissions.is_decided(decision),
                    "dispatch",
                    "grants:decision_dispatch",
                ),
                (may_correct, "discard", "grants:decision_discard"),
            ),
            "may_correct": may_correct,
            "may_number": permissions.can_register_decision(user, decision)
            & permissions.is_unnumbered(decision),
            "events": selectors.trail_of(decision),
        },
    )


def _about(decision: GovernmentDecision, **context: object) -> dict[str, object]:
    return {
        "decision": decision,
        "programme": decision.programme,
        "cancel_url": decision.get_absolute_url(),
        **context,
    }


def register(request: Request, programme: str) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    known = programme.decisions.filter(status="dispatched").order_by("decided_on", "pk")
    return pages.act(
        request,
        verdict=permissions.can_register_decision(request.user, programme),
        template="grants/decision_register.html",
        context={"programme": programme, "cancel_url": selectors.decisions_url(programme)},
        form=DecisionForm,
        form_kwargs={
            "decisions": known,
            "initial": {"decided_on": clock.today(), "amends": known.first()},
        },
        do=partial(decisions.register, programme, by=request.user),
        done="Beslutet är registrerat som utkast. Skriv nu in vad det ändrar.",
        to=lambda made: made.get_absolute_url(),
    )


def correct(request: Request, pk: int) -> HttpResponse:
    decision = _found(request, pk)
    others = decision.programme.decisions.filter(status="dispatched").order_by("decided_on", "pk")
    return pages.act(
        request,
        verdict=permissions.can_register_decision(request.user, decision) & amendments.is_open(decision),
        template="grants/decision_correct.html",
        context=_about(decision),
        form=DecisionForm,
        form_kwargs={
            "decisions": others,
            "initial": {name: getattr(decision, name) for name in decisions.FIELDS},
        },
        do=partial(decisions.correct, decision, by=request.user),
        done="Utkastet är rättat.",
        to=decision.get_absolute_url(),
    )


def discard(request: Request, pk: int) -> HttpResponse:
    decision = _found(request, pk)
    return pages.act(
        request,
        verdict=permissions.can_register_decision(request.user, decision) & amendments.is_open(decision),
        template="grants/decision_discard.html",
        context=_about(decision, amendments=decision.amendments.select_related("place", "actor", "year")),
        form=DiscardForm,
        do=partial(decisions.discard, decision, by=request.user),
        done="Utkastet är makulerat. Det finns kvar att läsa, och ändrar ingenting.",
        to=decision.get_absolute_url(),
    )


def number(request: Request, pk: int) -> HttpResponse:
    decision = _found(request, pk)
    return pages.act(
        request,
        verdict=permissions.can_register_decision(request.user, decision)
        & permissions.is_unnumbered(decision),
        template="grants/decision_number.html",
        context=_about(decision),
        form=NumberForm,
        do=partial(decisions.number, decision, by=request.user),
        done="Diarienumret är registrerat.",
        to=decision.get_absolute_url(),
    )


def _amend(
    request: Request,
    pk: int,
    *,
    act: Callable[..., Amendment],
    form: type[forms.BaseForm],
    template: str,
    **initial: object,
) -> HttpResponse:
    """Note one change on a draft, and back to the draft."""
    decision = _found(request, pk)
    return pages.act(
        request,
        verdict=permissions.can_register_decision(request.user, decision) & amendments.is_open(decision),
        template=template,
        context=_about(decision),
        form=form,
        form_kwargs={"programme": decision.programme, "initial": initial},
        do=partial(act, decision, by=request.user),
        done=lambda row: f"Inskrivet i utkastet: {row}.",
        to=decision.get_absolute_url(),
    )


def offer(request: Request, pk: int) -> HttpResponse:
    head = _found(request, pk).programme.definition.programme
    return _amend(
        request,
        pk,
        act=amendments.offer,
        form=OfferForm,
        template="grants/decision_offer.html",
        starts=max(clock.today(), head.starts),
        ends=head.ends,
    )


def ceiling(request: Request, pk: int) -> HttpResponse:
    return _amend(
        request, pk, act=amendments.ceiling, form=CeilingForm, template="grants/decision_ceiling.html"
    )


def day(request: Request, pk: int) -> HttpResponse:
    return _amend(request, pk, act=amendments.day, form=DayForm, template="grants/decision_day.html")


def remove(request: Request, pk: int) -> HttpResponse:
    visible = GovernmentDecision.objects.visible_to(request.user)
    rows = Amendment.objects.filter(decision__in=visible.values("pk"))
    row = get_object_or_404(
        rows.select_related("decision__programme__ministry", "place", "actor", "year"), pk=pk
    )
    decision = row.decision
    return pages.act(
        request,
        verdict=permissions.can_register_decision(request.user, decision) & amendments.is_open(decision),
        template="grants/decision_remove.html",
        context=_about(decision, amendment=row),
        do=partial(amendments.remove, row, by=request.user),
        done="Ändringen är borttagen ur utkastet.",
        to=decision.get_absolute_url(),
    )


def dispatch(request: Request, pk: int) -> HttpResponse:
    decision = _found(request, pk)
    given = decision.assignments.select_related("place", "holder").order_by("place__part", "place__code")
    planned = amendments.effects(decision) if decision.can("dispatch") else []
    return pages.act(
        request,
        verdict=permissions.can_dispatch(request.user, decision)
        & decision.can("dispatch")
        & permissions.is_decided(decision),
        template="grants/decision_dispatch.html",
        context=_about(
            decision,
            assignments=[*given, *effects_on_holders.holders(decision)],
            **effects.on_page(planned),
        ),
        form=TrueDayForm,
        do=partial(decisions.dispatch, decision, by=request.user, seen=request.POST.get("seen")),
        done="Beslutet är expedierat.",
        to=decision.get_absolute_url(),
    )


def document(request: Request, pk: int) -> HttpResponse:
    decision = _found(request, pk)
    if decision.document is None:
        raise Http404
    return pages.download(
        bytes(decision.document.content), decision.document.name, decision.document.content_type
    )
