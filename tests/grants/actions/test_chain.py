"""One chain of people: nobody stands on both sides of a payment, and where nobody is left the page says who is missing."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from access.actions import memberships
from actors.models import User
from actors.roles import Role
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from digikoord.rehearsal import bank
from duties.models import Obligation
from grants.actions import bank_answers, bank_files, missing_people, payment_accounts, payments, requisitions
from grants.lifecycle.payment import Status
from grants.lifecycle.requisition import Status as RequisitionStatus
from grants.models import Payment, PaymentBatch, PaymentStep, Requisition
from grants.selectors import finishing
from grants.selectors.people_of_payments import people_of
from tests.factories import at

pytestmark = pytest.mark.django_db
FAILURES = 2
# Why a person may be refused a step of these chains; anything else is a fault of the test
BECAUSE_OF_THE_PERSON = (
    "^(Du har själv|Bara (handläggare|ekonom) hos|Om du utanordnar finns ingen kvar|Den som har)"
)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def person(walk, name, *roles):
    """Somebody with the roles at the authority that decides and pays."""
    actors = {Role.OFFICIAL: walk.programme.ministry, Role.PAYER: walk.programme.disburser}
    for role in roles:
        memberships.invite(actors[role], email=f"{name}@stat.example", name=name, role=role)
    return User.objects.get(email=f"{name}@stat.example")


def only(walk, people):
    """Nobody but these holds a role of a payment's."""
    for row in User.objects.exclude(pk__in=[one.pk for one in people]):
        row.memberships.filter(role__in=[Role.OFFICIAL, Role.PAYER]).update(valid_to="2018-10-31")


def roles(*names):
    return {"official": [Role.OFFICIAL], "payer": [Role.PAYER], "both": [Role.OFFICIAL, Role.PAYER]}[names[0]]


class Chains:
    """Every chain of the people over two failures, walked by the acts; what has been met before is not walked again."""

    def __init__(self, walk, requisition, people):
        self.walk, self.requisition, self.people = walk, requisition, people
        self.ends, self.states = set(), {}

    def payment(self):
        return Payment.objects.filter(requisition=self.requisition).first()

    def key(self, failures):
        row = self.payment()
        taken = sorted(
            PaymentStep.objects.filter(requisition=self.requisition)
            .values_list("person__name", "step")
            .distinct()
        )
        handed = bool(row and row.batch_id and row.batch.handed_out_by_id)
        account = self.requisition.tranche.holder.payment_accounts.get(status__in=("verified", "unverified"))
        return (
            row.status if row else "requisition",
            failures,
            handed,
            bool(account.stop),
            account.vouched_by_id,
            tuple(taken),
        )

    def acts(self, failures):
        """What can be done next: (may fail, act of a person)."""
        row = self.payment()
        if row is None:
            return [lambda by: requisitions.approve(fresh(self.requisition), by=by)]
        account = row.live_account
        if row.status in (Status.FAILED, Status.PREPARED) and account.stop:
            seen = {"disburser": self.walk.programme.disburser, "evidence": f"Registret {failures}"}
            return [lambda by: payment_accounts.verify_anew(account, by=by, **seen)]
        match row.status:
            case Status.PREPARED:
                return [lambda by: payments.release(row, by=by)]
            case Status.RELEASED:
                return [lambda by: payments.export(self.walk.programme, by=by, payments=[row])]
            case Status.EXPORTED if row.batch.handed_out_by_id is None:
                return [lambda by: bank_files.hand_out(row.batch, by=by)]
            case Status.EXPORTED:
                tell = [lambda by: self.answer(row, by, "ACSC")]
                return [*tell, *([lambda by: self.answer(row, by, "RJCT")] if failures < FAILURES else [])]
            case Status.FAILED:
                return [lambda by: payments.correct(row, by=by, reason="Ett nytt försök.")]
        return []

    def answer(self, row, by, status):
        batch = PaymentBatch.objects.get(pk=row.batch_id)
        failed = {row.end_to_end: ("RJCT", "Kontot är avslutat")} if status == "RJCT" else {}
        content = bank.answer(batch, "ACSC", on=at.PAYING, failed=failed)
        return bank_answers.take_in(batch, by=by, name="svar.xml", content=content)

    def walk_on(self, failures=0):
        """Whether the payment can be paid from here, without another failure."""
        key = self.key(failures)
        if key in self.states:
            return self.states[key]
        row = self.payment()
        if row and row.status == Status.PAID:
            self.paid(row)
            self.states[key] = True
            return True
        finished = [self.after(act, by, failures) for act in self.acts(failures) for by in self.people]
        self.states[key] = any(finished)
        lacking = finishing.missing(row or fresh(self.requisition), people_of(self.walk.programme))
        assert (lacking is None) == self.states[key], (key, str(lacking))
        return self.states[key]

    def after(self, act, by, failures):
        with transaction.atomic():
            try:
                with transaction.atomic():
                    act(User.objects.get(pk=by.pk))
            except Refused as refusal:
                transaction.set_rollback(True)
                if not re.search(BECAUSE_OF_THE_PERSON, str(refusal)):
                    pytest.fail(str(refusal))
                return False
            failed = self.payment().status == Status.FAILED and failures < FAILURES
            before = self.failed_before
            self.failed_before = self.payment().status == Status.FAILED
            found = self.walk_on(failures + (failed and not before))
            self.failed_before = before
            transaction.set_rollback(True)
            return found and not (failed and not before)

    failed_before = False

    def paid(self, row):
        taken = list(
            PaymentStep.objects.filter(requisition=self.requisition).values_list("person", "side", "step")
        )
        for one in {person for person, *_ in taken}:
            assert len({side for person, side, _ in taken if person == one}) == 1, "on both sides"
        released = {person for person, _, step in taken if step == "released"}
        assert row.settled_in.imported_by_id not in released
        self.ends.add((self.key(0), row.settled_in.imported_by_id))


@pytest.mark.parametrize(
    ("cast", "always"),
    [
        (["official", "payer", "payer"], True),
        (["official", "official", "payer", "payer"], True),
        (["both", "both", "both"], False),
        (["both", "payer", "payer"], False),
    ],
)
def test_every_chain_of_people_over_two_failures(cast, always):
    """Two payers and one official always finish. Of others: it is said that somebody is missing exactly where nobody is
    left to finish; and in no chain does anybody stand on both sides, or tell of what they released themselves.
    """
    walk, requisition = at.requisition_at(RequisitionStatus.SUBMITTED)
    with standing_at(at.PAYING):
        at.bank_details(walk)
        people = [person(walk, f"{kind}-{number}", *roles(kind)) for number, kind in enumerate(cast)]
        only(walk, people)
        holder = requisition.tranche.holder
        account = payment_accounts.enter(
            holder, by=walk.signatory(holder), giro="bankgiro", number="5052-5781"
        )
        verifier = User.objects.get(pk=people[-1].pk)
        payment_accounts.verify(
            account, by=verifier, disburser=walk.programme.disburser, evidence="Registret"
        )
        chains = Chains(walk, requisition, people)
        assert chains.walk_on()
    assert chains.ends
    assert {failures for _status, failures, *_ in chains.states} == {0, 1, 2}
    assert not always or all(chains.states.values()), [
        key for key, found in chains.states.items() if not found
    ]


def test_who_approved_does_not_release_a_later_attempt():
    """The chain that was accepted: A approves, B releases, it fails, C corrects, and A releases."""
    walk, requisition = at.requisition_at(RequisitionStatus.SUBMITTED)
    with standing_at(at.PAYING):
        a = person(walk, "a", Role.OFFICIAL, Role.PAYER)
        at.verified_account(walk, requisition.tranche.holder)
        at.bank_details(walk)
        requisitions.approve(requisition, by=a)
        row = Payment.objects.get()
        payments.release(row, by=walk.payer(2))
        batch = at.handed_out(walk, payments.export(walk.programme, by=walk.payer(2), payments=[fresh(row)]))
        payments.fail(fresh(row), by=walk.payer(3), reason="Avvisad.")
        payments.correct(fresh(row), by=walk.official(3), reason="Nytt försök.")
        with pytest.raises(Refused, match="själv attesterat"):
            payments.release(fresh(row), by=a)
        with pytest.raises(Refused, match="själv attesterat"):
            payments.release_many([fresh(row)], by=a)
        again = payments.release(fresh(row), by=walk.payer(2))
    assert again.status == Status.RELEASED
    told = PaymentStep.objects.filter(requisition=requisition).values_list("end_to_end", "step")
    assert {step for end_to_end, step in told if end_to_end != again.end_to_end} == {
        "submitted",
        "approved",
        "prepared",
        "entered_account",
        "verified_account",
        "released",
    }
    assert batch.lines.get().end_to_end != again.end_to_end


def test_who_verified_the_account_neither_approves_nor_corrects():
    walk, requisition = at.requisition_at(RequisitionStatus.SUBMITTED)
    holder = requisition.tranche.holder
    with standing_at(at.PAYING):
        both = person(walk, "bada", Role.OFFICIAL, Role.PAYER)
        account = payment_accounts.enter(
            holder, by=walk.signatory(holder), giro="bankgiro", number="5052-5781"
        )
        payment_accounts.verify(account, by=both, disburser=walk.programme.disburser, evidence="Registret")
        with pytest.raises(Refused, match="själv kontrollerat kontot"):
            requisitions.approve(requisition, by=both)


def test_who_approved_does_not_verify_the_account_it_is_paid_to():
    walk, requisition = at.requisition_at(RequisitionStatus.SUBMITTED)
    holder = requisition.tranche.holder
    with standing_at(at.PAYING):
        both = person(walk, "bada", Role.OFFICIAL, Role.PAYER)
        requisitions.approve(requisition, by=both)
        account = payment_accounts.enter(
            holder, by=walk.signatory(holder), giro="bankgiro", number="5052-5781"
        )
        with pytest.raises(Refused, match="själv attesterat"):
            payment_accounts.verify(
                account, by=both, disburser=walk.programme.disburser, evidence="Registret"
            )


def test_whoever_released_tells_nothing_by_hand():
    walk, row = at.payment_at(Status.EXPORTED)
    with standing_at(at.PAYING):
        for act, given in (
            (payments.accept, {}),
            (payments.fail, {"reason": "Avvisad."}),
            (payments.confirm, {"value_date": at.PAYING, "evidence": "Kontoutdrag"}),
        ):
            with pytest.raises(Refused, match="själv utanordnat"):
                act(fresh(row), by=walk.payer(2), **given)
    assert fresh(row).status == Status.EXPORTED


def test_an_answer_is_taken_only_for_a_list_whose_file_was_handed_out():
    walk, row = at.payment_at(Status.RELEASED)
    with standing_at(at.PAYING):
        at.bank_details(walk)
        batch = payments.export(walk.programme, by=walk.payer(2), payments=[fresh(row)])
        content = bank.answer(batch, "ACSC", on=at.PAYING)
        with pytest.raises(Refused, match="inte hämtad än"):
            bank_answers.take_in(batch, by=walk.payer(3), name="svar.xml", content=content)
        bank_files.hand_out(batch, by=walk.payer(2))
        bank_answers.take_in(batch, by=walk.payer(3), name="svar.xml", content=content)
    assert fresh(row).status == Status.PAID


def two_released_apart(walk, first):
    """(one payment released by payer 2, another by payer 3), both failed once and corrected."""
    other = Payment.objects.exclude(pk=first.pk).get()
    for row, releaser, teller in ((first, 2, 3), (other, 3, 2)):
        payments.release(fresh(row), by=walk.payer(releaser))
        at.handed_out(walk, payments.export(walk.programme, by=walk.payer(releaser), payments=[fresh(row)]))
        payments.fail(fresh(row), by=walk.payer(teller), reason="Avvisad.")
        payments.correct(fresh(row), by=walk.official(), reason="Nytt försök.")
        payments.release(fresh(row), by=walk.payer(releaser))
    return fresh(first), fresh(other)


def test_a_list_that_nobody_could_answer_is_made_as_two(client):
    walk, requisition = at.requisition_at(RequisitionStatus.APPROVED)
    with standing_at(at.PAYING):
        at.bank_details(walk)
        only(walk, [walk.official(), walk.official(2), walk.payer(2), walk.payer(3)])
        another = at.requisition_of(walk, "12")
        for row in (requisition, another):
            at.verified_account(walk, row.tranche.holder)
        one, two = two_released_apart(walk, requisition.payments.get())
        with pytest.raises(Refused, match="Gör en egen lista av"):
            payments.export(walk.programme, by=walk.payer(2), payments=[one, two])
        payments.export(walk.programme, by=walk.payer(2), payments=[one])
        payments.export(walk.programme, by=walk.payer(2), payments=[two])
    assert PaymentBatch.objects.count() == 4


def missing_duties():
    return Obligation.objects.open().filter(kind=missing_people.KIND)


def test_a_missing_person_is_the_heads_duty_until_somebody_holds_the_role(client):
    walk, requisition = at.requisition_at(RequisitionStatus.SUBMITTED)
    with standing_at(at.PAYING):
        at.verified_account(walk, requisition.tranche.holder)
        alone = person(walk, "alla", Role.OFFICIAL)
        only(walk, [alone, walk.payer(2)])
        client.force_login(alone)
        page = client.get(reverse("grants:requisition_approve", args=[requisition.pk])).content.decode()
        assert "Det saknas en ekonom hos Regeringskansliet som får lämna in bankens besked" in page
        requisitions.approve(requisition, by=alone)
        row = Payment.objects.get()
        duty = missing_duties().get()
        assert (duty.key, duty.role) == (row.subject().key, Role.DECISION_MAKER)
        assert duty.is_for(walk.decider())
        client.force_login(walk.decider())
        assert "Utse den person som saknas" in client.get(reverse("overview:todo")).content.decode()
        assert "Det saknas en ekonom" in client.get(row.get_absolute_url()).content.decode()
        memberships.invite(walk.programme.disburser, email="ny@stat.example", name="Ny", role=Role.PAYER)
        assert not missing_duties().exists()
        assert "Det saknas en ekonom" not in client.get(row.get_absolute_url()).content.decode()
        gone = User.objects.get(email="ny@stat.example").memberships.get()
        memberships.end(gone, by=walk.person(walk.programme.ministry, Role.ADMINISTRATOR))
    with standing_at(at.PAYING.replace(day=2)):
        assert missing_people.look_at_all() == 1
        assert missing_duties().exists()
        payments.cancel(fresh(row), by=alone, reason="Skulle inte ha gjorts.")
        assert not missing_duties().exists()


def test_the_head_is_who_answers_for_people_there():
    walk, _ = at.requisition_at(RequisitionStatus.SUBMITTED)
    there = walk.programme.disburser
    with standing_at(at.PAYING):
        assert missing_people.head_of(there) == (there, Role.DECISION_MAKER)
        walk.person(there, Role.HEAD)
        assert missing_people.head_of(there) == (there, Role.HEAD)
        empty = Requisition.objects.get().tranche.holder
        assert missing_people.head_of(empty) == (walk.programme.ministry, Role.HEAD)
