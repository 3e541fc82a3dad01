"""The log: one JSON object a line, one line a request, and nothing of whom or what it was about.

What other packages write may hold addresses, names and secrets, and so may the words of an error: in real operation the log has
an error's kind and where it was raised, and of the packages that are known to write what they were given only who wrote.
"""

import json
import logging
import time
import traceback
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse

requests = logging.getLogger("digikoord.requests")
# They write paths, headers, arguments and the words of errors.
TELLING = ("django.request", "django.security", "celery.app.trace", "celery.worker.strategy", "py.warnings")
MOST_RAISED = 10  # of a chain of errors
EXTRA = ("error", "where", "method", "route", "status", "ms", "task")


class JsonLines(logging.Formatter):
    """`words`: whether the words of errors are written too, as in a rehearsal, where nobody is real."""

    def __init__(self, *, words: bool) -> None:
        super().__init__()
        self.words = words

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "logger": record.name,
            "message": self._message(record),
        }
        line |= {name: vars(record)[name] for name in EXTRA if name in vars(record)}
        if record.name.startswith("celery") and isinstance(vars(record).get("data"), dict):
            line["task"] = vars(record)["data"].get("name")
        if record.exc_info and record.exc_info[1]:
            line["raised"] = list(self._raised(record.exc_info[1]))
        return json.dumps(
            {name: value for name, value in line.items() if value not in ("", None)}, ensure_ascii=False
        )

    def _message(self, record: logging.LogRecord) -> str:
        return "" if record.name.startswith(TELLING) and not self.words else record.getMessage()

    def _raised(self, error: BaseException | None) -> Iterator[dict[str, object]]:
        """Each error of the chain: its kind, the rule of the database it broke, and where."""
        left = MOST_RAISED
        while error is not None and left:
            left -= 1
            told: dict[str, object] = {"kind": type(error).__name__}
            rule = getattr(getattr(error, "diag", None), "constraint_name", None)
            told |= {"rule": rule} if rule else {}
            told |= {"words": str(error)} if self.words else {}
            frames = traceback.extract_tb(error.__traceback__)
            yield told | {"frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]}
            error = error.__cause__ or error.__context__


class RequestLogMiddleware:
    """One line a request: the route and never the address, which may hold a secret or a name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        answer = self.get_response(request)
        told = {
            "method": request.method if request.method in ("GET", "POST", "HEAD") else "other",
            "route": request.resolver_match.view_name if request.resolver_match else None,
            "status": answer.status_code,
            "ms": round(1000 * (time.monotonic() - began)),
            "error": getattr(request, "error_number", None),
        }
        requests.info("", extra=told)
        return answer
