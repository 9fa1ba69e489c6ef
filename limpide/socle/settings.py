"""Django settings. One file: what differs between places comes from the environment.

LIMPIDE_HOME              data folder (embedded database, keys, files); default: the user's data folder.
DATABASE_URL              administrative login of a PostgreSQL ≥ 15 server; otherwise, the embedded server.
LIMPIDE_APP_DATABASE_URL  the application's login; alone, the process can serve but not migrate.
LIMPIDE_HOTES             host names served, separated by commas.
LIMPIDE_HTTPS             "1" behind a proxy that speaks HTTPS: secure cookies, HSTS, redirection.
LIMPIDE_DEPOT             address of the published sources, as "https://…/blob/main": rules link to their lines there.
LIMPIDE_SNGI_URL, _JETON  where the SNGI answers, and our token; in a demonstration, the simulated one.
LIMPIDE_SMTP_URL          where mail leaves (smtp://user:password@host:587), LIMPIDE_EXPEDITEUR who it comes from.
LIMPIDE_SMS_URL, _JETON   where text messages leave; in a demonstration, both are simulated.
LIMPIDE_ADRESSE           the public address of the site, in https: links of the letters of information lead there.
LIMPIDE_PAYS_ENTETE       the header in which the proxy says the country of a connection, and overwrites it; else none.
LIMPIDE_DEBUG             "1" shows Django's error pages; never set it where real people's data live.
"""

import os

from csp.constants import NONE, SELF

from limpide.socle import base_de_donnees, dossier_donnees, journaux

DEBUG = os.environ.get("LIMPIDE_DEBUG") == "1"
HTTPS = os.environ.get("LIMPIDE_HTTPS") == "1"
DEPOT_PUBLIC = os.environ.get("LIMPIDE_DEPOT", "")
DEMONSTRATION = dossier_donnees.demonstration()
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
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "limpide.socle",
    "limpide.registre",
    "limpide.identite",
    "limpide.dossiers",
    "limpide.paiements",
    "limpide.courriers",
    "limpide.infolettres",
    "limpide.relation",
    "limpide.echanges",
    "limpide.partenaires",
    "limpide.accompagnement",
    "limpide.etudes",
    "limpide.controle",
    "limpide.usagers",
    "limpide.monde",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "limpide.socle.journaux.JournalDesAcces",  # after the static files: they say nothing
    "csp.middleware.CSPMiddleware",
    "limpide.usagers.mobile.canal.CanalMobile",  # before the session: the API of the application reads no cookie
    "limpide.registre.middleware.AuthentificationMiddleware",  # session, account: a processing of their own
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "limpide.socle.entetes.PermissionsDuNavigateur",
    "django_htmx.middleware.HtmxMiddleware",
    "limpide.usagers.audience.MesureAudience",  # counts nothing without consent
    "limpide.registre.porte.PorteDesTeleservices",  # an online service without accreditation does not answer
    "limpide.usagers.borne.seuil.SeuilDesBornes",  # a shared terminal opens its own pages, and only they open there
    "limpide.usagers.seuil.SeuilDeMonCompte",  # nor Mon Compte before its terms are accepted
    "limpide.usagers.mobile.canal.SeuilMobile",  # nor the application, by its tokens
]

ROOT_URLCONF = "limpide.socle.urls"
WSGI_APPLICATION = "limpide.socle.wsgi.application"
VERIFIER_AVANT_DE_SERVIR = "limpide.registre.demarrage.verifier_demarrage"
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
                "limpide.socle.pages.site",
                "limpide.usagers.views.cookies.etat_du_choix",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# Static files come straight from the packages, found once at start: nothing to collect nor to forget.
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# Accounts and sessions. A session is one connection: it ends with the browser, or after half an hour idle.
SESSION_ENGINE = "limpide.registre.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 30 * 60
SESSION_DUREE_ABSOLUE = 12 * 3600  # seconds from the login, whatever is done meanwhile
SESSION_SAVE_EVERY_REQUEST = True  # the half hour starts again at each page
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "limpide.socle.pages.formulaire_perime"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "limpide.identite.mots_de_passe.DejaDivulgue"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "usagers:connexion"
SECOND_FACTEUR_URL = "usagers:second_facteur"
CONNEXION_AGENTS_URL = "usagers:connexion_agent"

# What the browser may do: our own files only, no inline script nor style, no frame.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the DSFR draws some icons from its sheets
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-limpide", "__Host-limpide-jeton"

# Uploads and forms are small: what exceeds is refused before being read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = ["limpide.socle.televersement.EnMemoire"]

LOGGING_CONFIG = "limpide.socle.journaux.configurer"
LOGGING = journaux.CONFIGURATION
