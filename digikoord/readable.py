"""What no keyboard writes is taken away or answered before any page reads it: a database refuses it, and a reader is deceived.

An address that holds it does not exist. A cookie that holds it is none. Of what is posted, characters that no database keeps are
taken away; the fields of forms (lib/fields.py) take away the rest of what is never seen.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.utils.http import parse_header_parameters

if TYPE_CHECKING:
    from django.http.request import _ImmutableQueryDict


NEVER_KEPT = re.compile("[\x00\ud800-\udfff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
ENCODINGS = ("utf-8", "utf8")
NOWHERE = "/-"


class ReadableRequest(WSGIRequest):
    """One that reads its address and its form as UTF-8, whatever it says itself: some encodings that it may name break what reads
    it, before any page is there to answer. Such a form is refused by the middleware."""

    written_otherwise = False

    def _set_content_type_params(self, meta: Mapping[str, str]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        said = self.content_params.pop("charset", ENCODINGS[0])
        self.written_otherwise = said.lower() not in ENCODINGS


class ReadableMiddleware:
    """Before whatever reads an address, a cookie or a form: the session, the static files, the pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "written_otherwise", False):
            raise BadRequest("The form is not written in UTF-8.")
        if CONTROL.search(request.path_info) or CONTROL.search(_asked(request)):
            # Nobody further in may read it. No route is called so: the answer is the page of an address that does not exist.
            request.path = request.path_info = NOWHERE
            request.META |= {"PATH_INFO": NOWHERE, "QUERY_STRING": ""}
        for name in [name for name, value in request.COOKIES.items() if CONTROL.search(name + value)]:
            del request.COOKIES[name]
        with contextlib.suppress(UnreadablePostError):  # who has left is met where the form is read
            if request.method == "POST" and any(NEVER_KEPT.search(text) for text in _texts(request.POST)):
                request.POST = cast("_ImmutableQueryDict", _kept(request.POST))
        return self.get_response(request)


def _asked(request: HttpRequest) -> str:
    return unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode(errors="replace")


def _texts(posted: QueryDict) -> Iterator[str]:
    for name, values in posted.lists():
        yield from (name, *values)


def _kept(posted: QueryDict) -> QueryDict:
    """The same form without what no database keeps."""
    form = QueryDict(mutable=True)
    for name, values in posted.lists():
        form.setlist(NEVER_KEPT.sub("", name), [NEVER_KEPT.sub("", value) for value in values])
    form._mutable = False
    return form
