"""An upload too large is read past: what is kept of it is bounded, and its size is what was sent."""

import pytest
from django.core.exceptions import ValidationError
from django.http.multipartparser import MultiPartParser
from django.test import RequestFactory

from digikoord.lib.papers import MOST_BYTES, PaperField
from digikoord.lib.uploads import BoundedUpload

BOUNDARY = "x--x"
CHUNK = 1024 * 1024


class Endless:
    """A body that is never in memory whole: head, `count` chunks of a megabyte, tail."""

    def __init__(self, count):
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="paper"; filename="stor.pdf"\r\n\r\n'
        self.parts = iter([head.encode(), *[b"0" * CHUNK] * count, f"\r\n--{BOUNDARY}--\r\n".encode()])
        self.left = b""

    def read(self, size):
        while len(self.left) < size and (part := next(self.parts, None)) is not None:
            self.left += part
        given, self.left = self.left[:size], self.left[size:]
        return given


def test_two_hundred_megabytes_are_counted_and_not_kept():
    request = RequestFactory().post("/")
    meta = {
        **request.META,
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": 201 * CHUNK,
    }
    handler = BoundedUpload(request)
    _, files = MultiPartParser(meta, Endless(200), [handler]).parse()
    with files["paper"] as file:
        assert file.size == 200 * CHUNK
        assert len(file.read()) == MOST_BYTES + 1
        file.seek(0)
        with pytest.raises(ValidationError, match="större än 10 MB"):
            PaperField(label="Fil").clean(file)
