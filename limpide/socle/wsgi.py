"""The door for a web server (gunicorn: `limpide.socle.wsgi:application`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limpide.socle.settings")

application = get_wsgi_application()
