"""Whether what was exchanged with the bank is still what it was: the bytes against their fingerprint, and the lines
of a payment list against its bytes."""

import hashlib

from digikoord.lib.verdict import Refused
from grants.bank import pain001
from grants.models import BankFile, PaymentBatch

from .proof_difference import Difference


def altered(programme):
    """(how many files were compared, the differences found)"""
    batches = list(PaymentBatch.objects.filter(programme=programme).exclude(message_id=""))
    files = [*batches, *BankFile.objects.filter(programme=programme).iterator()]
    found = [
        Difference(str(row), row.get_absolute_url(), "filens innehåll är inte det som dess SHA-256 säger.")
        for row in files
        if hashlib.sha256(bytes(row.content or b"")).hexdigest() != row.sha256
    ]
    whole = [row for row in batches if hashlib.sha256(bytes(row.content)).hexdigest() == row.sha256]
    found += [
        Difference(str(row), row.get_absolute_url(), "raderna är inte de som står i betalningsfilen.")
        for row in whole
        if not _agree(row)
    ]
    return len(files), found


def _agree(batch):
    try:
        return pain001.read(bytes(batch.content)) == _lines(batch)
    except Refused:  # no such file at all
        return False


def _lines(batch):
    rows = batch.lines.all()
    return {
        row.end_to_end: (row.amount, "".join(filter(str.isdecimal, row.account)), row.reference)
        for row in rows
    }
