"""What a browser is told about every answer: what a page may load and do, and that nothing of ours is kept."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# No page has a script, a style or a frame of its own: all is our own files. Bootstrap's style sheet holds its signs as data.
CONTENT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# What a page of ours never asks a telephone or a computer for
DENIED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in CONTENT.items()),
    "Permissions-Policy": ", ".join(f"{name}=()" for name in DENIED),
}


class HeadersMiddleware:
    """First of all, so that a refusal further in has them too. Static files may be kept: they hold nothing of anybody's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        if not request.path_info.startswith(settings.STATIC_URL):
            answer.headers["Cache-Control"] = "private, no-store"
        return answer
