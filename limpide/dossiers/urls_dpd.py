"""The officer's addresses of this room."""

from django.urls import path

from limpide.dossiers.views import etat_civil

app_name = "dossiers_dpd"

urlpatterns = [
    path("etats-civils/", etat_civil.scelles, name="scelles"),
    path("etats-civils/<uuid:cle>/", etat_civil.ouvrir, name="ouvrir_scelle"),
]
