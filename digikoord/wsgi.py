import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from .database.roles import require_weak
from .readable import ReadableRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digikoord.settings")
application = get_wsgi_application()
application.request_class = ReadableRequest
require_weak()
# Every view is imported here, before gunicorn forks: else each process does it while the first person waits.
views = get_resolver().url_patterns
