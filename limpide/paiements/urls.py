"""Addresses of the room's screens, in the back office. A file stands there by its internal number."""

from django.urls import path

from limpide.paiements import views

app_name = "paiements"

urlpatterns = [
    path("dossier/<int:numero>/recours/", views.recours, name="recours"),
    path("dossier/<int:numero>/recours/<int:recours>/", views.etape, name="etape"),
]
