"""Addresses of the back office. A file stands there by its internal number, never by a NIR nor a name."""

from django.urls import path

from limpide.dossiers.views import (
    acces_compte,
    adresse,
    campagnes_rncps,
    correction,
    details,
    documents,
    etat_civil,
    fiche,
    identites,
    proches,
    protecteurs,
    protection,
    recherche,
    revues,
    rncps,
)

app_name = "dossiers"

urlpatterns = [
    path("", recherche.accueil, name="accueil"),
    path("a-verifier/", revues.liste, name="a_verifier"),
    path("dossier/<int:numero>/decisions/<int:decision>/verifier/", revues.verifier, name="verifier"),
    path("details/", details.liste, name="details"),
    path("dossier/<int:numero>/decisions/<int:decision>/detail/", details.repondre, name="repondre_detail"),
    path("documents/", documents.liste, name="documents_a_examiner"),
    path("dossier/<int:numero>/documents/", documents.documents, name="documents"),
    path("dossier/<int:numero>/documents/<uuid:document>/contenu.bin", documents.contenu, name="contenu_document"),
    path("dossier/<int:numero>/motif/", recherche.motif, name="motif"),
    path("dossier/<int:numero>/", fiche.fiche, name="fiche"),
    path("dossier/<int:numero>/faits/", fiche.faits, name="faits"),
    path("dossier/<int:numero>/droits/<str:mois>/", fiche.droits, name="droits"),
    path("dossier/<int:numero>/journal/", fiche.journal, name="journal"),
    path("dossier/<int:numero>/faits/<int:fait>/corriger/", correction.corriger, name="corriger"),
    path("acces/", acces_compte.liste, name="acces_a_suivre"),
    path("dossier/<int:numero>/acces/", acces_compte.acces, name="acces_compte"),
    path("dossier/<int:numero>/acces/preuves/", acces_compte.preuves, name="preuves_acces"),
    path("dossier/<int:numero>/protection/", protection.protection, name="protection"),
    path("dossier/<int:numero>/protection/<int:mesure>/", protection.terminer, name="protection_fin"),
    path("protecteurs/", protecteurs.liste, name="protecteurs_a_traiter"),
    path("protecteurs/refuser/", protecteurs.refuser, name="refuser_protecteur"),
    path("dossier/<int:numero>/protecteurs/", protecteurs.du_dossier, name="protecteurs"),
    path("dossier/<int:numero>/adresse/", adresse.adresse, name="adresse"),
    path("dossier/<int:numero>/rncps/", rncps.consulter, name="rncps"),
    path("rncps/", rncps.reponses, name="rncps_reponses"),
    path("rncps/campagnes/", campagnes_rncps.campagnes, name="rncps_campagnes"),
    path("coordonnees/", adresse.revenus, name="coordonnees_a_revoir"),
    path("proches/", proches.proches, name="proches"),
    path("identites/", identites.liste, name="identites_a_traiter"),
    path("dossier/<int:numero>/identites/", identites.du_dossier, name="identites"),
    path("dossier/<int:numero>/identites/<int:personne>/", identites.personne, name="identite"),
    path("dossier/<int:numero>/identites/<int:personne>/etat-civil/", etat_civil.changer, name="etat_civil"),
    path("dossier/<int:numero>/corrige/", correction.corrige, name="corrige"),
]
