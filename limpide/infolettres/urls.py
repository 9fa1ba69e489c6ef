"""Public addresses: letters online, the way out of a list, the image of who agreed. A token tells of nobody."""

from django.urls import path

from limpide.infolettres import views_publiques as vues

app_name = "infolettres"

urlpatterns = [
    path("", vues.lettres, name="lettres"),
    path("<int:numero>/", vues.lettre, name="lettre"),
    path("desabonnement/<str:jeton>/", vues.desabonnement, name="desabonnement"),
    path("reception/<str:jeton>.gif", vues.reception, name="reception"),
]
