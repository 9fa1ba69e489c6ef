"""Headers that Django has no setting for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

PERMISSIONS = "geolocation=(), camera=(), microphone=(), payment=()"
"""What no page may ask of the device, even by mistake: first of all where it is (MC-081)."""


class PermissionsDuNavigateur:
    """`Permissions-Policy` on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reponse = self.get_response(request)
        reponse.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return reponse
