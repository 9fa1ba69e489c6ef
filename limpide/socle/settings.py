"""Django settings. One file: what differs between places comes from the environment.

LIMPIDE_HOME   data folder (embedded database, keys, files); default: the user's data folder.
DATABASE_URL   an administrative login of a PostgreSQL ≥ 15 server; without it, the embedded server is used.
LIMPIDE_DEBUG  "1" shows Django's error pages; never set it where real people's data live.
"""

import os

from limpide.socle import base_de_donnees, dossier_donnees

DEBUG = os.environ.get("LIMPIDE_DEBUG") == "1"
SECRET_KEY = dossier_donnees.secret("django")
ALLOWED_HOSTS = os.environ.get("LIMPIDE_HOTES", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "widget_tweaks",
    "dsfr",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "limpide.socle",
    "limpide.registre",
    "limpide.identite",
    "limpide.dossiers",
    "limpide.paiements",
    "limpide.usagers",
    "limpide.monde",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "limpide.registre.middleware.AuthentificationMiddleware",  # session, account: a processing of their own
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "limpide.socle.urls"
WSGI_APPLICATION = "limpide.socle.wsgi.application"
AUTH_USER_MODEL = "identite.Compte"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = base_de_donnees.configuration()

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "dsfr.context_processors.site_config",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
