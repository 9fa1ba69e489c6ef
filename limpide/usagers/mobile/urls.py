"""The addresses of the API: those of its operations, in the order of the document, and the document."""

from django.urls import path

from limpide.usagers.mobile import aides, compte, conditions, demandes, documents, droits, entree  # noqa: F401 -- each declares its operations
from limpide.usagers.mobile.description import openapi
from limpide.usagers.mobile.operations import OPERATIONS

app_name = "mobile"

urlpatterns = [
    *(path(quoi.chemin, vue, name=quoi.nom) for quoi, vue in OPERATIONS.items()),
    path("openapi.json", openapi, name="openapi"),
]
