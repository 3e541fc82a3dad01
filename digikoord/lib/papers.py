"""Papers that people hand in: what they are is told by their content, never by their name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import TextChoices

from .active_content import refuse_in_pdf
from .examined import ExaminedField

MOST_BYTES = 10 * 1024 * 1024
TAIL = 1024  # a PDF may have a little after its own last line


class Type(TextChoices):
    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"


ENDINGS = {Type.PDF: (".pdf",), Type.PNG: (".png",), Type.JPEG: (".jpg", ".jpeg")}


@dataclass(frozen=True)
class Paper:
    name: str
    content_type: str
    content: bytes


def named(name: str, kind: Type) -> str:
    """The file's name with an ending that tells what the content is."""
    ends = ENDINGS[kind]
    return name if name.lower().endswith(ends) else f"{name}{ends[0]}"


def type_of(content: bytes) -> Type | None:
    """The Type that the bytes are, or None."""
    if content[:TAIL].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") and b"%%EOF" in content[-TAIL:]:
        return Type.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Type.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return Type.JPEG
    return None


class PaperField(ExaminedField):
    """An uploaded file as a Paper, at most 10 MB, of one of `types`, examined."""

    def __init__(
        self,
        *,
        types: Sequence[Type] = tuple(Type),
        **kwargs: Any,  # what ExaminedField takes
    ) -> None:
        self.types = types
        accept = ",".join(types)
        super().__init__(
            most=MOST_BYTES, widget=forms.FileInput(attrs={"accept": accept}), max_length=120, **kwargs
        )

    def clean(self, data: object, initial: object = None) -> Paper | None:
        file = super().clean(data, initial)
        if not file:
            return None
        content = file.read()
        found = cast(Type, type_of(content))  # it has been examined
        return Paper(named(file.name, found), found, content)

    def examine(self, content: bytes) -> None:
        """Its type first: the rest is asked of what it says it is."""
        found = type_of(content)
        if found not in self.types:
            wanted = " eller ".join(kind.label for kind in self.types)
            raise forms.ValidationError(f"Filen är inte {wanted}. Det är innehållet som avgör, inte namnet.")
        self.refuse = refuse_in_pdf if found == Type.PDF else None
        super().examine(content)
