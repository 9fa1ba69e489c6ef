"""Addresses of the back office: messages. A thread stands there by a key drawn at random."""

from django.urls import path

from limpide.relation.views import messages

app_name = "relation"

urlpatterns = [
    path("messages/", messages.liste, name="messages"),
    path("dossier/<int:numero>/messages/<uuid:conversation>/", messages.conversation, name="conversation"),
]
