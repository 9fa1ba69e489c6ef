"""The door for a web server (`limpide.socle.wsgi:application`). It doesn't open if the register disagrees."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limpide.socle.settings")

application = get_wsgi_application()


def verifier() -> None:
    """Run what the settings name: views, commands, rights and login must agree with the register."""
    from django.conf import settings

    import_string(settings.VERIFIER_AVANT_DE_SERVIR)()


verifier()
