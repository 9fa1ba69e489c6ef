"""Public addresses of the accreditations."""

from django.urls import path

from limpide.registre import views_homologations as views

app_name = "homologations"
urlpatterns = [
    path("", views.liste, name="liste"),
    path("<int:numero>/decision.pdf", views.decision, name="decision"),
]
