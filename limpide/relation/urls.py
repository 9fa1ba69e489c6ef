"""Addresses of the back office: messages, contacts, telephone. A thread stands there by a key drawn at random."""

from django.urls import path

from limpide.relation.views import appels, contacts, messages

app_name = "relation"

urlpatterns = [
    path("messages/", messages.liste, name="messages"),
    path("dossier/<int:numero>/messages/<uuid:conversation>/", messages.conversation, name="conversation"),
    path("dossier/<int:numero>/contacts/", contacts.du_dossier, name="contacts"),
    path("accueil-telephonique/", appels.accueil, name="accueil_telephonique"),
    path("contacts/chiffres/", contacts.en_chiffres, name="contacts_en_chiffres"),
    path("contacts/relire/", contacts.relire, name="notes_a_relire"),
]
