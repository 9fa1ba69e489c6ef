"""« Sécurité et conseils »: what the terms recommend, in one public page; nothing about the visitor is read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from limpide.registre.vues import sans_donnees


@require_safe
@sans_donnees("Conseils de sécurité, sans donnée personnelle.")
def securite(request: HttpRequest) -> HttpResponse:
    """Passwords, false messages, browsers, shared machines (MC-028 to MC-034, MC-039, MC-065)."""
    return render(request, "usagers/securite.html")
