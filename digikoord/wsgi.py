import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digikoord.settings")
application = get_wsgi_application()
# Every view is imported here, before gunicorn forks: else each process does it while the first person waits.
views = get_resolver().url_patterns
