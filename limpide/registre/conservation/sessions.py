"""Sessions of a person who is erased: their content is signed, so each live one is opened to see whose it is."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY

from limpide.registre.conservation.graphe import PERSONNE, liens_directs
from limpide.registre.conservation.requetes import executer, interroger, nom


def effacer_les_sessions(personnes: list[int]) -> int:
    """Delete the sessions opened by the accounts of these persons."""
    from django.contrib.auth import get_user_model

    comptes: Any = get_user_model()
    colonne = liens_directs(comptes, PERSONNE)[0]
    table, cle = nom(comptes._meta.db_table), nom(comptes._meta.pk.column)
    requete = f"SELECT {cle} FROM {table} WHERE {nom(colonne)} = ANY (%s)"  # noqa: S608
    leurs = {str(numero) for (numero,) in interroger(requete, [personnes])}
    if not leurs:
        return 0
    ouvrir = import_module(settings.SESSION_ENGINE).SessionStore()
    siennes = [
        session
        for session, contenu in interroger("SELECT session_key, session_data FROM django_session")
        if str(ouvrir.decode(contenu).get(SESSION_KEY, "")) in leurs
    ]
    return executer("DELETE FROM django_session WHERE session_key = ANY (%s)", [siennes]) if siennes else 0
