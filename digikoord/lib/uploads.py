"""An upload that is larger than any paper may be is read past, never kept: the form says so at its field."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from .papers import MOST_BYTES


class BoundedUpload(TemporaryFileUploadHandler):
    """Keeps at most MOST_BYTES of a file and one more; its `size` is what was sent."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # Django's own, passed on
        super().new_file(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.kept <= MOST_BYTES:
            wanted = raw_data[: MOST_BYTES + 1 - self.kept]
            self.kept += len(wanted)
            self.file.write(wanted)
