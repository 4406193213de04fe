"""Settings of Shelf, as far as its roster needs any."""

import os

SECRET_KEY = os.environ.get("SHELF_SECRET", "for development only")
INSTALLED_APPS = ["library"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("PGDATABASE", "shelf"),
        "USER": os.environ.get("PGUSER", "shelf"),
        "PASSWORD": os.environ.get("PGPASSWORD", ""),
        "HOST": os.environ.get("PGHOST", ""),
        "PORT": os.environ.get("PGPORT", ""),
    }
}

CLEVER_API_URL = os.environ.get("CLEVER_API_URL", "https://api.clever.com")
CLEVER_OAUTH_URL = os.environ.get("CLEVER_OAUTH_URL", "https://clever.com")
CLEVER_CLIENT_ID = os.environ.get("CLEVER_CLIENT_ID", "")
CLEVER_CLIENT_SECRET = os.environ.get("CLEVER_CLIENT_SECRET", "")
