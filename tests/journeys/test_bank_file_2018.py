"""The bank's file of the whole of 2018: valid by the public schema, and the same bytes in every run and database."""

import datetime
import hashlib

import pytest
from lxml import etree

from grants.bank import pain001, xml
from grants.models import PaymentBatch
from tests.factories import walk

# Both engines compare with this; it changes with the programme's own facts or the bank profile, and then on purpose.
SHA256 = "5cfbe90fec453f1b8448860106f9f96fb6c318b6431dac955d1da249f3acba53"
NS = {"p": xml.ISO + pain001.MESSAGE}


@pytest.mark.django_db
def test_the_whole_of_2018_is_one_file_of_22_payments():
    walked = walk.begin()
    walk.pay(walked, 2018, datetime.date(2018, 11, 1))
    batch = PaymentBatch.objects.get()
    content = bytes(batch.content)
    root = etree.fromstring(content)
    assert xml.schema(pain001.MESSAGE).validate(root)
    told = [root.findtext(f".//p:{name}", namespaces=NS) for name in ("NbOfTxs", "CtrlSum")]
    assert told == ["22", "11500000.00"]
    amounts = [node.text for node in root.iterfind(".//p:InstdAmt", NS)]
    assert sorted(amounts) == ["1000000.00", *["500000.00"] * 21]
    identities = [node.text for node in root.iterfind(".//p:EndToEndId", NS)]
    assert len(set(identities)) == 22
    assert hashlib.sha256(content).hexdigest() == batch.sha256
    assert batch.sha256 == SHA256
