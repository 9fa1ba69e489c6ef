"""Addresses of the room's screens, in the back office. A file stands there by its internal number."""

from django.urls import path

from limpide.paiements import views, views_conservation

app_name = "paiements"

urlpatterns = [
    path("archives/", views_conservation.archives, name="archives"),
    path("dossier/<int:numero>/conservation/", views_conservation.conservation, name="conservation"),
    path("dossier/<int:numero>/recours/", views.recours, name="recours"),
    path("dossier/<int:numero>/recours/<int:recours>/", views.etape, name="etape"),
]
