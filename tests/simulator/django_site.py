"""A Django site whose people log in with Clever, by django-allauth and by social-auth.

Nothing in it names a host of ours: it is the site its authors would run against Clever itself.
"""

from __future__ import annotations

import django
from django.conf import settings
from django.core.management import call_command

SITE = "http://testserver"
ALLAUTH_CALLBACK = f"{SITE}/accounts/clever/login/callback/"
SOCIAL_CALLBACK = f"{SITE}/social/complete/clever/"


def set_up(client_id: str, secret: str) -> None:
    """Configures the site, once in a process, with a database in memory."""
    if settings.configured:
        return
    settings.configure(
        SECRET_KEY="not-a-real-secret-" + "x" * 40,
        ALLOWED_HOSTS=["testserver"],
        ROOT_URLCONF="simulator.django_urls",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.messages",
            "django.contrib.sessions",
            "allauth",
            "allauth.account",
            "allauth.socialaccount",
            "allauth.socialaccount.providers.clever",
            "social_django",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        AUTHENTICATION_BACKENDS=[
            "social_core.backends.clever.CleverOAuth2",
            "django.contrib.auth.backends.ModelBackend",
            "allauth.account.auth_backends.AuthenticationBackend",
        ],
        LOGIN_REDIRECT_URL="/",
        ACCOUNT_EMAIL_VERIFICATION="none",
        SOCIALACCOUNT_LOGIN_ON_GET=True,
        SOCIALACCOUNT_PROVIDERS={
            "clever": {"APPS": [{"client_id": client_id, "secret": secret, "key": ""}]}
        },
        SOCIAL_AUTH_CLEVER_KEY=client_id,
        SOCIAL_AUTH_CLEVER_SECRET=secret,
    )
    django.setup()
    call_command("migrate", verbosity=0, run_syncdb=True)
