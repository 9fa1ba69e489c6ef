from django.urls import path

from limpide.registre import (
    views,
    views_alertes,
    views_avis,
    views_conservation,
    views_demandes,
    views_gels,
    views_homologations,
    views_travaux,
)

app_name = "registre"
urlpatterns = [
    path("", views.traitements, name="traitements"),
    path("traitements/<slug:cle>/", views.fiche, name="fiche"),
    path("conservation/", views_conservation.conservation, name="conservation"),
    path("conservation/gels/", views_gels.gels, name="gels"),
    path("conservation/gels/<int:numero>/lever/", views_gels.lever, name="lever_gel"),
    path("travaux/", views_travaux.travaux, name="travaux"),
    path("journal/", views.journal, name="journal"),
    path("alertes/", views_alertes.alertes, name="alertes"),
    path("alertes/<int:numero>/", views_alertes.alerte, name="alerte"),
    path("demandes/", views_demandes.liste, name="demandes"),
    path("demandes/courrier/", views_demandes.courrier, name="demande_courrier"),
    path("demandes/<int:numero>/", views_demandes.demande, name="demande"),
    path("demandes/<int:numero>/reunir/", views_demandes.rassembler, name="demande_reunir"),
    path("demandes/<int:numero>/reponse.pdf", views_demandes.imprimer, name="demande_imprimer"),
    path("demandes/<int:numero>/avis/<int:avis>.pdf", views_avis.imprimer, name="avis_imprimer"),
    path("demandes/<int:numero>/<slug:action>/", views_demandes.agir, name="demande_agir"),
    path("homologations/", views_homologations.suivi, name="homologations"),
    path("homologations/<slug:cle>/", views_homologations.service, name="homologation"),
    path("homologations/<slug:cle>/retirer/<int:numero>/", views_homologations.retirer, name="homologation_retirer"),
]
