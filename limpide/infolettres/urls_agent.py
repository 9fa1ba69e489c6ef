"""Addresses of the back office: letters of the Caf and national ones."""

from django.urls import path

from limpide.infolettres import views

app_name = "redaction"

urlpatterns = [
    path("", views.liste, name="liste"),
    path("ecrire/", views.ecrire, name="ecrire"),
    path("<int:numero>/", views.lettre, name="lettre"),
    path("<int:numero>/modifier/", views.modifier, name="modifier"),
]
