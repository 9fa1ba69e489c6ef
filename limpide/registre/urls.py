from django.urls import path

from limpide.registre import views

app_name = "registre"
urlpatterns = [
    path("", views.traitements, name="traitements"),
    path("traitements/<slug:cle>/", views.fiche, name="fiche"),
    path("journal/", views.journal, name="journal"),
]
