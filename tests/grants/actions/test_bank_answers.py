"""The bank's answers: accepted, settled, refused and partly; and every file that is not what it should be."""

import datetime

import pytest

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from digikoord.rehearsal import bank
from grants.actions import bank_answers, bank_files, payments
from grants.lifecycle.payment import Status
from grants.models import BankFile, Payment
from records.models import Event
from tests.factories import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported():
    walk, row = at.payment_at(Status.EXPORTED)
    return walk, row, row.batch


def take_in(walk, batch, content, who=3):
    with standing_at(at.PAYING):
        return bank_answers.take_in(batch, by=walk.payer(who), name="svar.xml", content=content)


def changed(content, old, new):
    assert old.encode() in content
    return content.replace(old.encode(), new.encode())


def test_accepted_is_not_yet_paid_and_settled_is(exported):
    walk, row, batch = exported
    take_in(walk, batch, bank.answer(batch, "ACCP"))
    row.refresh_from_db()
    assert (row.status, row.value_date) == (Status.ACCEPTED, None)
    file = take_in(walk, batch, bank.answer(batch, "ACSC", on=at.PAYING))
    row.refresh_from_db()
    assert (row.status, row.value_date, row.settled_in, row.confirmed_by) == (
        Status.PAID,
        at.PAYING,
        file,
        None,
    )


def test_the_releaser_takes_in_nothing_of_what_the_bank_says(exported):
    """Home-made, it would be money paid by one person alone."""
    walk, row, batch = exported
    with pytest.raises(Refused, match="själv utanordnat"):
        take_in(walk, batch, bank.answer(batch, "ACSC", on=at.PAYING), who=2)
    row.refresh_from_db()
    assert (row.status, BankFile.objects.count()) == (Status.EXPORTED, 0)


def test_a_refused_payment_fails_with_the_banks_reason_and_is_corrected_under_a_new_identity(exported):
    walk, row, batch = exported
    old = row.end_to_end
    take_in(walk, batch, bank.answer(batch, "ACCP", failed={old: ("RJCT", "Kontot är avslutat")}))
    row.refresh_from_db()
    assert (row.status, row.failed_reason) == (Status.FAILED, "AC04 Kontot är avslutat")
    with standing_at(at.PAYING):
        payments.correct(row, by=walk.official(), reason="Nytt konto")
    row.refresh_from_db()
    assert row.end_to_end != old
    with pytest.raises(Refused, match="har gjorts om"):
        take_in(walk, batch, bank.answer(batch, "ACSC", on=at.PAYING))


def test_one_status_for_all(exported):
    walk, row, batch = exported
    content = bank.answer(batch, "ACSC")
    start, stop = content.index(b"<OrgnlPmtInfAndSts>"), content.index(b"</OrgnlPmtInfAndSts>")
    content = content[:start] + content[stop + len(b"</OrgnlPmtInfAndSts>") :]
    take_in(walk, batch, content)
    row.refresh_from_db()
    assert row.status == Status.PAID


def test_the_blocks_own_status_goes_before_the_groups(exported):
    walk, row, batch = exported
    content = bank.answer(batch, "ACCP")
    start, stop = content.index(b"<TxInfAndSts>"), content.index(b"</OrgnlPmtInfAndSts>")
    take_in(walk, batch, content[:start] + b"<PmtInfSts>RJCT</PmtInfSts>" + content[stop:])
    row.refresh_from_db()
    assert row.status == Status.FAILED


def test_the_same_file_twice_changes_nothing_and_says_who_was_first(exported):
    walk, _row, batch = exported
    content = bank.answer(batch, "ACCP")
    take_in(walk, batch, content)
    with pytest.raises(Refused, match="redan inläst 2018-11-01"):
        take_in(walk, batch, content)
    with pytest.raises(Refused, match="annat innehåll"):
        take_in(walk, batch, changed(content, "ACCP", "ACSC"))
    assert BankFile.objects.count() == 1


BAD = {
    "another batch": (
        ("<OrgnlMsgId>OVNING-RDK-2018-B0001", "<OrgnlMsgId>OVNING-RDK-2018-B0002"),
        "inte på den här",
    ),
    "another block": (
        ("<OrgnlPmtInfId>OVNING-RDK-2018-B0001", "<OrgnlPmtInfId>OVNING-RDK-2018-B0007"),
        "betalningsblocket",
    ),
    "unknown payment": (("-14-1-1<", "-99-1-1<"), "finns inte i den här betalningslistan"),
    "another amount": ((">500000.00<", ">500001.00<"), "kan vara ändrad"),
    "another currency": (('Ccy="SEK"', 'Ccy="EUR"'), "EUR"),
    "another message": (("pain.001.001.03<", "pain.008.001.02<"), "annat slags meddelande"),
    "unknown status": (("<TxSts>ACSC<", "<TxSts>ACSX<"), "schemat|inte är känd"),
    "contradiction": (("<GrpSts>ACSC<", "<GrpSts>RJCT<"), "emot sig själv"),
    "the future": (("2018-11-01T12", "2018-11-02T12"), "som betalningsdag"),
    "the past": (("2018-11-01T12", "2018-10-31T12"), "som betalningsdag"),
    "wrong count": (("<GrpSts>", "<OrgnlNbOfTxs>2</OrgnlNbOfTxs><GrpSts>"), "2 betalningar"),
    "wrong sum": (("<GrpSts>", "<OrgnlCtrlSum>1.00</OrgnlCtrlSum><GrpSts>"), "listan är på"),
    "refused block": (("</OrgnlPmtInfId>", "</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts>"), "emot sig själv"),
    "wrong count of the block": (
        ("</OrgnlPmtInfId>", "</OrgnlPmtInfId><OrgnlNbOfTxs>9</OrgnlNbOfTxs>"),
        "9 betalningar",
    ),
    "wrong sum of the block": (
        ("</OrgnlPmtInfId>", "</OrgnlPmtInfId><OrgnlCtrlSum>9</OrgnlCtrlSum>"),
        "listan är på",
    ),
    "another account": (
        ("</OrgnlTxRef>", "<CdtrAcct><Id><IBAN>SE4550000000058398257466</IBAN></Id></CdtrAcct></OrgnlTxRef>"),
        "ett annat konto",
    ),
    "before time": (("2018-11-01T12", "-0001-11-01T12"), "är ingen dag"),
    "after time": (("2018-11-01T12", "20181-11-01T12"), "är ingen dag"),
    "no end of digits": ((">500000.00<", f">{'9' * 4_000}<"), "schemat .{1,260}$"),
    "no identity": (("OrgnlEndToEndId", "OrgnlInstrId"), "saknar betalningens identitet"),
    "no status": (("<TxSts>ACSC</TxSts>", ""), "säger inte hur det gick"),
    "not well formed": (("</GrpHdr>", ""), "inte att läsa"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_written(name, exported):
    walk, row, batch = exported
    (old, new), sentence = BAD[name]
    with pytest.raises(Refused, match=sentence):
        take_in(walk, batch, changed(bank.answer(batch, "ACSC", on=at.PAYING), old, new))
    row.refresh_from_db()
    assert (row.status, BankFile.objects.count()) == (Status.EXPORTED, 0)


def test_a_payment_answered_twice_in_one_file_is_refused(exported):
    walk, _row, batch = exported
    content = bank.answer(batch, "ACSC", on=at.PAYING)
    start, stop = content.index(b"<TxInfAndSts>"), content.index(b"</OrgnlPmtInfAndSts>")
    with pytest.raises(Refused, match="två gånger"):
        take_in(walk, batch, content[:stop] + content[start:stop] + content[stop:])


def test_only_a_payer_takes_in(exported):
    walk, _row, batch = exported
    with standing_at(at.PAYING), pytest.raises(Refused, match="ekonom"):
        bank_answers.take_in(batch, by=walk.official(), name="x", content=bank.answer(batch, "ACSC"))


def test_the_file_is_handed_out_once_and_then_again_the_same(exported):
    walk, _row, batch = exported
    with standing_at(at.PAYING):
        first, second = (bank_files.hand_out(batch, by=walk.payer(which)) for which in (2, 3))
    batch.refresh_from_db()
    assert first == second
    assert (batch.handed_out_by, batch.handed_out_on) == (walk.payer(2), at.PAYING)
    verbs = list(Event.objects.about(batch.subject().key).order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "batch.created",
        "batch.file_handed_out",
        *["batch.file_handed_out_again"] * 2,
    ]


def test_the_identity_at_the_bank_is_made_of_what_it_means():
    _walk, row = at.payment_at(Status.PREPARED)
    assert row.end_to_end == "RDK-2018-2018-14-1-1"
    assert Payment.objects.count() == 1


def test_the_day_it_is_to_be_paid_is_a_working_day(exported):
    _walk, _row, batch = exported
    assert batch.execute_on == datetime.date(2018, 11, 2)
