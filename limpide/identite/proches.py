"""Verbs of what agents declare of their own files: nothing is rewritten, a declaration is withdrawn."""

import datetime as dt

from django.db import transaction

from .erreurs import refus_en_francais
from .models import Compte, LienAgent

CHAMPS = {
    "lien_agent_une_fois": "numero",
    "lien_agent_un_seul_soi": "qualite",
    "lien_agent_qualite_connue": "qualite",
}


def declarer(compte: Compte, personne: int, qualite: str) -> LienAgent:
    """Say that a person's file is the agent's own, or a relative's. Raises ErreurSaisie by field."""
    lien = LienAgent(compte_id=compte.pk, organisme_id=compte.organisme_id, personne_id=personne, qualite=qualite)
    with refus_en_francais(CHAMPS), transaction.atomic():
        lien.save(force_insert=True)
    return lien


def retirer(lien: LienAgent, le: dt.datetime) -> None:
    """No longer so. What was declared stays, with its dates."""
    lien.retire_le = le
    lien.save()
