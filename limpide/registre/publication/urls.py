"""Public addresses of the register."""

from django.urls import path

from limpide.registre.publication import views, views_versions

app_name = "registre_public"
urlpatterns = [
    path("", views.page, name="page"),
    path("registre.ods", views.registre_ods, name="ods"),
    path("registre.json", views.registre_json, name="json"),
    path("immatriculation/", views.immatriculation, name="immatriculation"),
    path("versions/", views_versions.liste, name="versions"),
    path("versions/<int:numero>/", views_versions.changements, name="version"),
    path("versions/<int:numero>.json", views_versions.version_json, name="version_json"),
    path("<slug:code>/aipd.json", views.aipd, name="aipd"),
    path("<slug:code>/", views.fiche, name="systeme"),
]
