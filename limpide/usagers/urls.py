"""Addresses of the citizen's room. No identifier of anybody ever stands in one of them."""

from django.urls import path

from limpide.usagers.views import simulateur

app_name = "usagers"

urlpatterns = [
    path("", simulateur.accueil, name="accueil"),
    path("simulateur/", simulateur.simulateur, name="simulateur"),
]
