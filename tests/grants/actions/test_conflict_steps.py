"""A declared conflict of interest is lifted for one step in one matter, on a ground of the law, and for nothing that decides."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from access import selectors
from access.actions import conflicts
from actors import steps
from actors.models import ConflictStep, User
from actors.steps import LIFTABLE, STEPS, Ground, Nature
from digikoord.lib.verdict import Refused
from duties.models import Notice
from grants import permissions
from grants.actions import requisitions, tranches
from grants.models import Requisition, Tranche
from overview.selectors.exceptions import exceptions
from records.happened import KNOWN
from records.models import Event
from tests.grants.actions.test_conflicts import declare, second_decider

pytestmark = pytest.mark.django_db
REASON = "Registreringen är rutin och den ende andre handläggaren är sjuk."
POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own guard")


def matter(actor, code, key):
    return next(row for row in selectors.matters_of(actor) if (row.step.code, row.key) == (code, key))


def lifted(cast, row, code, key, **changes):
    known = {"ground": "17", "reason": REASON, "by": cast.decider()} | changes
    known.setdefault("matter", code and matter(row.actor, code, key))
    return conflicts.lift_step(row, **known)


@pytest.fixture
def opened(cast):
    """An open amount, and a conflict that the official has declared for its holder."""
    row = tranches.reopen(cast.tranche("04", 2019), by=cast.decider(), reason="Fel.")
    return row, declare(cast.official(), row.holder)


def prepare(cast, row):
    return tranches.prepare(row, by=User.objects.get(pk=cast.official().pk), amount=1000)


def test_the_step_is_taken_once_and_marked(cast, opened):
    row, conflict = opened
    lift = lifted(cast, conflict, "prepare", f"tranche:{row.pk}")
    verdict = permissions.can_prepare(User.objects.get(pk=cast.official().pk), row)
    assert verdict
    assert "17 § förvaltningslagen" in verdict.note
    prepare(cast, row)
    event = Event.objects.filter(verb="tranche.prepared", key=f"tranche:{row.pk}").latest("pk")
    assert event.facts["lifted"]["by"] == cast.decider().name
    lift.refresh_from_db()
    assert (lift.used_event, lift.used_on) == (event.pk, event.effective_on)
    tranches.send_back(Tranche.objects.get(pk=row.pk), by=cast.decider(), reason="Annat belopp.")
    with pytest.raises(Refused, match="Jäv är anmält"):
        prepare(cast, Tranche.objects.get(pk=row.pk))


def test_it_is_for_that_step_in_that_matter_and_for_that_person(cast, opened):
    row, conflict = opened
    lifted(cast, conflict, "prepare", f"tranche:{row.pk}")
    official = User.objects.get(pk=cast.official().pk)
    other = row.assignment.tranches.exclude(pk=row.pk).first()
    for refused in (
        permissions.can_prepare(official, other),
        permissions.can_close(official, row),
        permissions.can_register_requisition(official, row),
    ):
        assert "Jäv är anmält" in refused.reason
    stranger = cast.other_payer()
    declare(stranger, row.holder)
    assert not permissions.can_accept_account(stranger, row)


def test_what_a_step_makes_is_known_by_where_it_is_made(cast, opened):
    """A paper requisition is another row than the amount it is lifted for."""
    _row, conflict = opened
    key = f"tranche:{cast.tranche('04', 2020).pk}"
    lift = lifted(cast, conflict, "register_requisition", key)
    subject = Requisition(pk=77, tranche=cast.tranche("04", 2020), amount=1).subject()
    assert lift.is_for(steps.REGISTER_REQUISITION, subject)
    assert not lift.is_for(
        steps.REGISTER_REQUISITION, Requisition(pk=78, tranche=cast.tranche("04", 2019)).subject()
    )
    assert not lift.is_for(steps.PREPARE, cast.tranche("04", 2020).subject())


def test_two_acts_do_not_share_one_lift(cast, opened):
    row, conflict = opened
    lifted(cast, conflict, "prepare", f"tranche:{row.pk}")
    early = User.objects.get(pk=cast.official().pk)
    assert early.steps_lifted, "read before the other act"
    prepare(cast, row)
    tranches.send_back(Tranche.objects.get(pk=row.pk), by=cast.decider(), reason="Annat.")
    with pytest.raises((Refused, IntegrityError)), transaction.atomic():
        tranches.prepare(Tranche.objects.get(pk=row.pk), by=early, amount=900)


@pytest.mark.parametrize("who", ["official", "case_officer", "payer"])
def test_only_another_who_examines_such_things_lifts_it(cast, opened, who):
    row, conflict = opened
    with pytest.raises(Refused):
        lifted(cast, conflict, "prepare", f"tranche:{row.pk}", by=getattr(cast, who)())
    declare(cast.decider(), row.holder)
    with pytest.raises(Refused, match="Jäv är anmält"):
        lifted(cast, conflict, "prepare", f"tranche:{row.pk}", by=User.objects.get(pk=cast.decider().pk))
    assert lifted(cast, conflict, "prepare", f"tranche:{row.pk}", by=second_decider(cast))


def test_a_lift_ends_with_the_conflict_and_is_asked_for_once(cast, opened):
    row, conflict = opened
    lifted(cast, conflict, "prepare", f"tranche:{row.pk}")
    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        lifted(cast, conflict, "prepare", f"tranche:{row.pk}")
    conflicts.lift(conflict, by=cast.decider(), lift_reason="Prövat.")
    with pytest.raises(Refused, match="hävdes redan"):
        lifted(cast, conflict, "set_answer_day", f"assignment:{row.assignment_id}")
    prepare(cast, row)
    event = Event.objects.filter(verb="tranche.prepared", key=f"tranche:{row.pk}").latest("pk")
    assert "lifted" not in event.facts, "nothing is lifted where no conflict stands"


def test_nothing_that_decides_or_pays_is_offered(cast, opened):
    row, _conflict = opened
    offered = {one.step.code for one in selectors.matters_of(row.holder)}
    assert offered <= set(LIFTABLE)
    never = {step.code for step in STEPS.values() if step.nature in (Nature.DECISION, Nature.MONEY)}
    assert {"dispatch", "grant", "approve", "pay", "verify_account", "accept_account", "waive"} <= never
    assert {"decide_recovery", "approve_report", "establish", "confirm_budget", "lapse", "close"} <= never
    assert not never & set(LIFTABLE)
    assert {kind.as_step for kind in KNOWN.values()} >= {step for step in LIFTABLE.values() if step.noun}, (
        "else it could never be marked"
    )


def test_a_deciding_step_is_refused_though_somebody_makes_it_up(cast, opened):
    row, conflict = opened
    made_up = selectors.Matter(steps.GRANT, f"tranche:{row.pk}", "årsbeloppet", "", "04", 2019)
    with pytest.raises(Refused, match="aldrig för beslutet"):
        lifted(cast, conflict, "", "", matter=made_up)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictStep.objects.create(
            conflict=conflict,
            person=conflict.person,
            actor=conflict.actor,
            step="grant",
            key=made_up.key,
            label="x",
            ground="16",
            reason="x",
            decided_by=cast.decider(),
        )


# --- In the browser


def page_of(row):
    return reverse("access:conflict_lift_step", args=[row.pk])


def test_it_is_lifted_and_used_in_the_browser(cast, client, opened):
    row, conflict = opened
    client.force_login(cast.decider())
    page = client.get(page_of(conflict)).content.decode()
    for words in ("16 § andra stycket", "17 §", "saknar betydelse", "avsevärt försenas", "aldrig hävs för"):
        assert words in page
    posted = {"matter": f"prepare tranche:{row.pk}", "ground": "16", "reason": REASON}
    assert client.post(page_of(conflict), posted).status_code == 302
    listed = client.get(conflict.get_absolute_url()).content.decode()
    assert REASON in listed
    assert "Steget är inte taget än" in listed
    assert Notice.objects.filter(recipient=cast.official(), text__contains="hävt för ett steg").exists()
    client.force_login(cast.official())
    address = reverse("grants:tranche_prepare", args=[row.pk])
    assert "16 § andra stycket förvaltningslagen" in client.get(address).content.decode()
    assert client.post(address, {"amount": "1 000"}).status_code == 302
    told = client.get(reverse("grants:tranche_detail", args=[row.pk])).content.decode()
    assert "trots anmält jäv" in told
    assert client.get(address).status_code == 403, "the step is taken"
    assert "Steget togs" in client.get(conflict.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "bad",
    [
        {"matter": ""},
        {"matter": "grant tranche:1"},
        {"matter": "prepare tranche:999999"},
        {"matter": "prepare"},
        {"ground": ""},
        {"ground": "18"},
        {"ground": "16; DROP TABLE"},
        {"reason": ""},
        {"reason": "\u200b\u3164"},
        {"reason": "x" * 2001},
    ],
)
def test_bad_input_lifts_nothing(cast, client, opened, bad):
    row, conflict = opened
    client.force_login(cast.decider())
    posted = {"matter": f"prepare tranche:{row.pk}", "ground": "16", "reason": REASON} | bad
    assert client.post(page_of(conflict), posted).status_code == 422
    assert not ConflictStep.objects.exists()


def test_the_person_and_other_parties_do_not_lift_it(cast, client, opened):
    _row, conflict = opened
    for person, status in ((cast.official(), 403), (cast.head(), 404), (cast.writer(conflict.actor), 404)):
        client.force_login(person)
        assert client.get(page_of(conflict)).status_code == status
        assert client.post(page_of(conflict), {}).status_code == status


def test_the_step_stands_among_the_exceptions(cast, opened):
    row, conflict = opened
    lifted(cast, conflict, "prepare", f"tranche:{row.pk}")
    prepare(cast, row)
    found = exceptions(cast.programme, cast.decider(), kind="havt-jav")
    assert [one.verb for one in found] == ["tranche.prepared"]
    assert "conflict.step_lifted" in [
        one.verb for one in exceptions(cast.programme, cast.decider(), kind="jav")
    ]


def test_an_official_returns_a_requisition_under_a_lift_but_never_approves_it(cast):
    row = Requisition.objects.get(tranche__place__code="03", status="submitted")
    conflict = declare(cast.official(), row.tranche.holder)
    lifted(cast, conflict, "return_requisition", f"requisition:{row.pk}", ground=Ground.IMPORTANCE)
    official = User.objects.get(pk=cast.official().pk)
    with pytest.raises(Refused, match="Jäv är anmält"):
        requisitions.approve(row, by=official)
    assert requisitions.return_(row, by=official, reason="Fel referens.").status == "returned"
    with pytest.raises(Refused, match="Jäv är anmält"):
        requisitions.cancel(row, by=User.objects.get(pk=official.pk), reason="Nej.")


# --- In the database


def test_a_lift_is_never_deleted_nor_changed_but_used_once(cast, opened):
    row, conflict = opened
    lift = lifted(cast, conflict, "prepare", f"tranche:{row.pk}")
    rows = ConflictStep.objects.filter(pk=lift.pk)
    for change in ({"reason": "Annat"}, {"step": "remind"}, {"key": "tranche:1"}, {"ground": "16"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()
    prepare(cast, row)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(used_on=None, used_event=None)


@POSTGRESQL
def test_the_database_lets_exactly_the_lifted_step_through(cast, opened):
    row, conflict = opened
    official, fields = conflict.person, {"status": "prepared", "amount": 1000, "prepared_on": "2019-03-20"}
    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        Tranche.objects.filter(pk=row.pk).update(prepared_by=official, **fields)
    lifted(cast, conflict, "prepare", f"tranche:{row.pk}")
    other = row.assignment.tranches.exclude(pk=row.pk).first()
    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        Tranche.objects.filter(pk=other.pk).update(prepared_by=official, amount=1, prepared_on="2019-03-20")
    Tranche.objects.filter(pk=row.pk).update(prepared_by=official, **fields)


@POSTGRESQL
@pytest.mark.parametrize("change", ["own", "foreign", "biased"])
def test_the_database_refuses_a_lift_that_is_nobodys_to_give(cast, opened, change):
    row, conflict = opened
    fields = {"conflict": conflict, "person": conflict.person, "actor": conflict.actor}
    fields |= {"step": "prepare", "key": f"tranche:{row.pk}", "label": "x", "ground": "16", "reason": "x"}
    fields["decided_by"] = cast.decider()
    if change == "own":
        fields["decided_by"] = conflict.person
    elif change == "foreign":
        fields["actor"] = cast.tranche("14", 2019).holder
    else:
        declare(cast.decider(), row.holder)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictStep.objects.create(**fields)
