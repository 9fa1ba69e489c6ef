"""Session and account of the request, loaded and saved under the processing `authentification`.

They are read once, before the view: inside the view's own processing the account is plain data. A visitor
without a session cookie costs no query. Replaces Django's session, authentication and OTP middlewares.
"""

import functools
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device

from limpide.registre.contexte import EN_REQUETE, SYSTEME, HorsRegistre, traitement
from limpide.registre.sessions import TRAITEMENT

OUVERTE_LE = "ouverte_le"
"""In a session: when the account logged in, seconds since 1970."""
Suite = Callable[[HttpRequest], HttpResponseBase]


class AuthentificationMiddleware:
    """`request.session`, `request.user` (with `is_verified()`), then the cookie of the answer."""

    def __init__(self, get_response: Suite) -> None:
        self.get_response = get_response
        self.magasin: Any = import_module(settings.SESSION_ENGINE).SessionStore

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        jeton = EN_REQUETE.set(True)
        try:
            self._ouvrir(request)
            reponse = self.get_response(request)
            return self._fermer(request, reponse)
        finally:
            EN_REQUETE.reset(jeton)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A view that opens its own processings (`ouvre`) is refused like any other: 403, already journalled."""
        if isinstance(exception, HorsRegistre):
            return response_for_exception(request, PermissionDenied(str(exception)))
        return None

    def _ouvrir(self, request: Any) -> None:
        cle = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        request.session = self.magasin(cle)
        request.user = AnonymousUser()
        if cle:
            with traitement(TRAITEMENT, acteur=SYSTEME, motif="Ouverture de la page demandée") as cours:
                request.user = get_user(request)
                if request.user.is_authenticated and not _encore_valable(request):
                    request.session.flush()  # closed from elsewhere or by the person, or opened too long ago
                    request.user = AnonymousUser()
                appareil = _second_facteur(request)
                # An account that reads itself consults nobody's file: no line for each page seen.
                cours.releve.vider()
        else:
            request.session._session_cache = {}  # noqa: SLF001 — nothing to load: no query
            appareil = None
        request.user.otp_device = appareil
        request.user.is_verified = functools.partial(_est_verifie, request.user)
        request.auser = functools.partial(_compte_asynchrone, request)

    def _fermer(self, request: Any, reponse: HttpResponseBase) -> HttpResponseBase:
        session = request.session
        samesite: Any = settings.SESSION_COOKIE_SAMESITE
        vide = session.is_empty()
        if settings.SESSION_COOKIE_NAME in request.COOKIES and vide:
            reponse.delete_cookie(
                settings.SESSION_COOKIE_NAME,
                path=settings.SESSION_COOKIE_PATH,
                domain=settings.SESSION_COOKIE_DOMAIN,
                samesite=samesite,
            )
            patch_vary_headers(reponse, ("Cookie",))
            return reponse
        if session.accessed:
            patch_vary_headers(reponse, ("Cookie",))
        if (session.modified or settings.SESSION_SAVE_EVERY_REQUEST) and not vide and reponse.status_code < 500:
            self._enregistrer(request, reponse)
        return reponse

    def _enregistrer(self, request: Any, reponse: HttpResponseBase) -> None:
        duree = expire = None
        samesite: Any = settings.SESSION_COOKIE_SAMESITE
        if not request.session.get_expire_at_browser_close():
            duree = request.session.get_expiry_age()
            expire = http_date(time.time() + duree)
        try:
            request.session.save()
        except UpdateError:
            raise SessionInterrupted("La session a été fermée pendant la requête.") from None
        reponse.set_cookie(
            settings.SESSION_COOKIE_NAME,
            request.session.session_key,
            max_age=duree,
            expires=expire,
            domain=settings.SESSION_COOKIE_DOMAIN,
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=settings.SESSION_COOKIE_HTTPONLY,
            samesite=samesite,
        )


def _encore_valable(request: Any) -> bool:
    """Opened less than a working day ago, however much it served since, and still one that the account has open."""
    ouverte_le = request.session.get(OUVERTE_LE)
    if ouverte_le is None or time.time() - ouverte_le > settings.SESSION_DUREE_ABSOLUE:
        return False
    return bool(request.user.session_admise(request.session))


def _second_facteur(request: Any) -> Any | None:
    """The confirmed device of this session, if it belongs to this account."""
    numero = request.session.get(DEVICE_ID_SESSION_KEY)
    if not numero or not request.user.is_authenticated:
        return None
    appareil = Device.from_persistent_id(numero)
    if appareil is None or appareil.user_id != request.user.pk:
        request.session.pop(DEVICE_ID_SESSION_KEY)
        return None
    return appareil


def _est_verifie(compte: Any) -> bool:
    return compte.otp_device is not None


async def _compte_asynchrone(request: Any) -> Any:
    return request.user
