"""The trail has types: one class a verb, and no verb is a string anywhere else."""

import ast
import dataclasses
import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from digikoord.rooms import OURS
from grants.events.budget_decision import BudgetDecisionRegistered
from grants.events.tranche import TrancheGranted, TrancheReopened
from overview.selectors import history
from overview.selectors.proof import prove
from records.actions import audit
from records.happened import KNOWN, known
from records.models import Event

ROOT = Path(__file__).resolve().parents[2]
AUDIT = ROOT / "templates/audit"


def test_every_class_has_its_sentence_and_every_sentence_its_class():
    told = {path.name.removesuffix(".html") for path in AUDIT.glob("*.html")} - {"unknown"}
    assert told == set(KNOWN), "Write templates/audit/<verb>.html, or the class in <app>/events/<noun>.py"


def test_no_verb_is_a_string_anywhere_else():
    found = []
    for app in OURS:
        for path in (ROOT / app).rglob("*.py"):
            if {"migrations", "events"} & set(path.parts):
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and node.value in KNOWN:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.value}")
    assert not found, "\n".join(found)


def test_each_is_frozen_and_told_by_facts_that_json_can_keep():
    assert len(KNOWN) > 140
    for kind in known():
        assert dataclasses.fields(kind) is not None
        assert kind.__dataclass_params__.frozen, kind
    told = TrancheGranted(amount=Decimal("1000.5"), holder="Region Skåne")
    assert audit.facts_of(told) == {"amount": "1000.50", "holder": "Region Skåne"}
    assert audit.facts_of(TrancheReopened(reason="Fel.")) == {"reason": "Fel."}
    with pytest.raises(dataclasses.FrozenInstanceError):
        told.amount = Decimal(1)
    with pytest.raises(TypeError):
        TrancheGranted(amount=Decimal(1))


def test_a_code_is_told_in_words_and_old_words_as_they_were():
    now = BudgetDecisionRegistered(citation="x", kind="appropriation", outcome="as_proposed")
    event = Event(verb=now.verb, facts=audit.facts_of(now))
    assert (event.told["kind"], event.told["outcome"]) == ("anslagsbeslut", "som föreslaget")
    before = Event(
        verb=now.verb, facts={"kind": "anslagsbeslut", "outcome": "som föreslaget", "citation": "x"}
    )
    assert before.told == before.facts


@pytest.fixture
def stranger(cast):
    """An event of a newer version, in a programme that this one has proved."""
    subject = cast.tranche("14", 2018).subject()
    return Event.objects.create(
        verb="tranche.blessed",
        effective_on=datetime.date(2019, 3, 19),
        by_key=cast.official().pk,
        by_name="Kim",
        label=subject.label,
        key=subject.key,
        programme=subject.programme,
        place=subject.place,
        holder=subject.holder,
        year=subject.year,
    )


def test_an_unknown_verb_is_shown_as_such_and_proves_nothing(client, cast, stranger):
    before = history.on_day(cast.programme, datetime.date(2019, 3, 18)).years["14", 2018]
    assert history.on_day(cast.programme, datetime.date(2019, 3, 19)).years["14", 2018] == before
    client.force_login(cast.official())
    page = client.get(reverse("overview:trail", args=[cast.programme.code]) + "?plats=14").content.decode()
    assert "inte känner (tranche.blessed)" in page
    assert any("tranche.blessed" in str(row) for row in prove(cast.programme).differences)
    client.logout()
    assert "händelser: fel: okända händelser (tranche.blessed)" in client.get("/beredskap/").content.decode()
