"""Addresses of the back office: messages, appointments, contacts, telephone. What has a key has one drawn at random."""

from django.urls import path

from limpide.relation.views import appels, contacts, messages, rendez_vous

app_name = "relation"

urlpatterns = [
    path("messages/", messages.liste, name="messages"),
    path("rendez-vous/", rendez_vous.liste, name="agenda"),
    path("rendez-vous/ouvrir/", rendez_vous.ouvrir, name="ouvrir_creneaux"),
    path("rendez-vous/<uuid:rendez_vous>/", rendez_vous.rendez_vous, name="rendez_vous"),
    path("dossier/<int:numero>/messages/<uuid:conversation>/", messages.conversation, name="conversation"),
    path("dossier/<int:numero>/contacts/", contacts.du_dossier, name="contacts"),
    path("accueil-telephonique/", appels.accueil, name="accueil_telephonique"),
    path("contacts/chiffres/", contacts.en_chiffres, name="contacts_en_chiffres"),
    path("contacts/relire/", contacts.relire, name="notes_a_relire"),
]
