"""A file that somebody hands in is examined before anybody else may open it: its size, what is in it, and by the scanner."""

from collections.abc import Callable
from typing import Any

from django import forms

from . import scanner
from .active_content import Active

TOO_LARGE = "Filen är större än 10 MB. Spara den mindre och försök igen."


class ExaminedField(forms.FileField):
    """Every file field of ours. `most` bytes, else `too_large`; `refuse` raises Active for what must not be opened."""

    def __init__(
        self,
        *,
        most: int,
        too_large: str = TOO_LARGE,
        refuse: Callable[[bytes], None] | None = None,
        **kwargs: Any,  # what forms.FileField takes
    ) -> None:
        self.most, self.too_large, self.refuse = most, too_large, refuse
        super().__init__(**kwargs)

    def clean(
        self, data: object, initial: object = None
    ) -> Any:  # the file; a field built on this makes something of it
        file = super().clean(data, initial)
        if not file:
            return file
        if file.size > self.most:
            raise forms.ValidationError(self.too_large)
        content = file.read()
        file.seek(0)
        self.examine(content)
        return file

    def examine(self, content: bytes) -> None:
        try:
            if self.refuse:
                self.refuse(content)
        except Active as found:
            raise forms.ValidationError(str(found), code="active") from found
        scanner.examine(content)
