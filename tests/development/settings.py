"""`make dev`: the embedded installation with the debugger's page, Django's toolbar, and everything read anew when it changes.

It lies among the tests so that no image can have it.
"""

from digikoord import settings as embedded

if embedded.PRODUCTION:
    raise RuntimeError("The developer's settings are never production's.")

globals().update({name: value for name, value in vars(embedded).items() if name.isupper()})
DEBUG = True
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*embedded.INSTALLED_APPS, "debug_toolbar"]
# The toolbar's own scripts and styles are not ours: the policy that forbids them is left out here, and only here.
MIDDLEWARE = [
    "debug_toolbar.middleware.DebugToolbarMiddleware",
    *(name for name in embedded.MIDDLEWARE if not name.endswith("HeadersMiddleware")),
]
ROOT_URLCONF = "tests.development.urls"
INTERNAL_IPS = ["127.0.0.1"]
