"""What production cannot start without."""

from django.core.exceptions import ImproperlyConfigured

REQUIRED = {
    "DATABASE_URL": "PostgreSQL",
    "REDIS_URL": "Celerys kö, och räkningen av inloggningsförsök",
    "SECRET_KEY": "en egen hemlig nyckel, minst 50 tecken",
    "ALLOWED_HOSTS": "värdnamnen, åtskilda med komma",
    "EMAIL_URL": "e-postservern",
    "DEFAULT_FROM_EMAIL": "avsändarens adress",
}


def require(environ):
    """Name everything that is missing at once, so that it is mended in one go."""
    missing = [
        f"{name} ({purpose})" for name, purpose in REQUIRED.items() if not environ.get(name, "").strip()
    ]
    if missing:
        raise ImproperlyConfigured(f"DIGIKOORD_MODE=production kräver också {', '.join(missing)}.")
    if not environ["DATABASE_URL"].startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured("DIGIKOORD_MODE=production kräver att DATABASE_URL pekar på PostgreSQL.")
