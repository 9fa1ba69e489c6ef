"""Addresses of the citizen's room. No identifier of anybody ever stands in one of them."""

from django.urls import path

from limpide.usagers.views import (
    compte,
    connexion,
    conservation,
    consultations,
    cookies,
    decisions,
    donnees,
    openfisca,
    simulateur,
)

app_name = "usagers"

urlpatterns = [
    path("", simulateur.accueil, name="accueil"),
    path("simulateur/", simulateur.simulateur, name="simulateur"),
    path("openfisca/", openfisca.accueil, name="openfisca"),
    path("openfisca/calculate", openfisca.calculate, name="openfisca_calculate"),
    path("openfisca/trace", openfisca.trace, name="openfisca_trace"),
    path("openfisca/variables", openfisca.variables, name="openfisca_variables"),
    path("openfisca/variable/<str:nom>", openfisca.variable, name="openfisca_variable"),
    path("openfisca/parameters", openfisca.parameters, name="openfisca_parameters"),
    path("openfisca/parameter/<path:nom>", openfisca.parameter, name="openfisca_parameter"),
    path("openfisca/entities", openfisca.entities, name="openfisca_entities"),
    path("openfisca/spec", openfisca.spec, name="openfisca_spec"),
    path("cookies/", cookies.cookies, name="cookies"),
    path("connexion/", connexion.connexion, name="connexion"),
    path("deconnexion/", connexion.deconnexion, name="deconnexion"),
    path("mot-de-passe/", connexion.mot_de_passe, name="mot_de_passe"),
    path("pas-moi/", connexion.pas_moi, name="pas_moi"),
    path("agent/connexion/", connexion.connexion_agent, name="connexion_agent"),
    path("agent/second-facteur/", connexion.second_facteur, name="second_facteur"),
    path("mon-compte/", compte.compte, name="compte"),
    path("mon-compte/paiements/", compte.paiements, name="paiements"),
    path("mon-compte/pourquoi/<str:mois>/", compte.pourquoi, name="pourquoi"),
    path("mon-compte/changements/<str:mois>/", compte.changements, name="changements"),
    path("mon-compte/situation/", compte.situation, name="situation"),
    path("mon-compte/decisions/", decisions.decisions, name="decisions"),
    path("mon-compte/decisions/<int:numero>/", decisions.lettre, name="lettre"),
    path("mon-compte/decisions/<int:numero>/lettre.pdf", decisions.lettre_pdf, name="lettre_pdf"),
    path("mon-compte/decisions/<int:numero>/detail/", decisions.detail_du_calcul, name="detail"),
    path("mon-compte/decisions/<int:numero>/detail/demander/", decisions.demander_detail, name="demander_detail"),
    path("mon-compte/decisions/<int:numero>/detail.pdf", decisions.detail_pdf, name="detail_pdf"),
    path("mon-compte/decisions/<int:numero>/recu/<str:mois>.json", decisions.recu, name="recu"),
    path("mon-compte/mes-donnees/", donnees.mes_donnees, name="mes_donnees"),
    path("mon-compte/mes-donnees/<int:demande>/donnees.pdf", donnees.en_pdf, name="mes_donnees_pdf"),
    path("mon-compte/mes-donnees/<int:demande>/donnees.json", donnees.en_json, name="mes_donnees_json"),
    path("mon-compte/mes-donnees/<int:demande>/retirer/", donnees.retirer, name="demande_retirer"),
    path("mon-compte/conservation/", conservation.conservation, name="conservation"),
    path("mon-compte/consultations/", consultations.consultations, name="consultations"),
    path("mon-compte/consultations/acces.csv", consultations.export_csv, name="consultations_csv"),
    path("mon-compte/consultations/acces.json", consultations.export_json, name="consultations_json"),
]
