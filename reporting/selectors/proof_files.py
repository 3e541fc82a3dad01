"""Whether what was exchanged with the bank is still what it was: the bytes against their fingerprint."""

import hashlib

from grants.models import BankFile, PaymentBatch

from .proof_difference import Difference


def altered(programme):
    """(how many files were compared, the differences found)"""
    batches = PaymentBatch.objects.filter(programme=programme).exclude(message_id="")
    files = [*batches.iterator(), *BankFile.objects.filter(programme=programme).iterator()]
    found = [
        Difference(str(row), row.get_absolute_url(), "filens innehåll är inte det som dess SHA-256 säger.")
        for row in files
        if hashlib.sha256(bytes(row.content or b"")).hexdigest() != row.sha256
    ]
    return len(files), found
