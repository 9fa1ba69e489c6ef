"""Public addresses of the register."""

from django.urls import path

from limpide.registre.publication import views

app_name = "registre_public"
urlpatterns = [
    path("", views.page, name="page"),
    path("<slug:code>/", views.fiche, name="systeme"),
]
