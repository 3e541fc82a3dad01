from .stage import on_stage


class RehearsalMiddleware:
    """Each request is handled on the stage's day, and knows whether it is a rehearsal."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with on_stage() as stage:
            request.stage = stage
            return self.get_response(request)
