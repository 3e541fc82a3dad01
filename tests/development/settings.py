"""`make dev`: the embedded installation with the debugger's page, Django's toolbar, and everything read anew when it changes.

It lies among the tests so that no image can have it.
"""

from digikoord.settings import *  # noqa: F403
from digikoord.settings import INSTALLED_APPS, MIDDLEWARE, PRODUCTION

if PRODUCTION:
    raise RuntimeError("The developer's settings are never production's.")

DEBUG = True
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*INSTALLED_APPS, "debug_toolbar"]
# The toolbar's own scripts and styles are not ours: the policy that forbids them is left out here, and only here.
MIDDLEWARE = [
    "debug_toolbar.middleware.DebugToolbarMiddleware",
    *(name for name in MIDDLEWARE if not name.endswith("HeadersMiddleware")),
]
ROOT_URLCONF = "tests.development.urls"
INTERNAL_IPS = ["127.0.0.1"]
