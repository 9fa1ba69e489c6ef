"""« Signaler une erreur » (MC-080): what is wrong, sealed; a task with its deadline; the answer, read by the person."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from limpide.dossiers import taches
from limpide.dossiers.demandes import numero_de_recepisse
from limpide.dossiers.models import Dossier, Fait, GenreScelle, GenreTache, TacheAgent
from limpide.identite.erreurs import ErreurSaisie
from limpide.usagers import scellement
from limpide.usagers.dossier import donnee, faits_montres

TITRE = "Erreur signalée"
VALEUR, RAISON, QUOI = 200, 600, 100
"""Lengths of what is written: together they fit in a task."""


def fait_signalable(dossier: int, fait: int, jour: dt.date) -> Fait | None:
    """One of the facts that the situation shows; None for any other number."""
    trouve: Fait | None = faits_montres(dossier, jour).filter(pk=fait).first()
    return trouve


def deja_signalee(dossier: int, fait: int) -> bool:
    """Whether a report about this fact waits for its answer."""
    siennes = TacheAgent.objects.filter(dossier_id=dossier, genre=GenreTache.ERREUR, etat="ouverte")
    return bool(siennes.filter(cle__startswith=f"fait-{fait}-").exists())


def signalees(dossier: int) -> list[TacheAgent]:
    """Every report of this file, the latest first."""
    return list(TacheAgent.objects.filter(dossier_id=dossier, genre=GenreTache.ERREUR).order_by("-creee_le", "-pk"))


@transaction.atomic
def signaler(dossier: Dossier, declarant: str, fait: Fait | None, dit: dict[str, Any], auteur: str) -> TacheAgent:
    """Seal the report and open its task, or nothing. `dit`: quoi, valeur, raison, cle (a random key of the form).

    The same key again gives the same task. Raises ErreurSaisie when a report on that datum waits already.
    """
    quand = timezone.now()
    cle = f"autre-{dit['cle']}" if fait is None else f"fait-{fait.pk}-{dit['cle']}"
    siennes = TacheAgent.objects.filter(dossier_id=dossier.pk, genre=GenreTache.ERREUR, cle=cle)
    if (meme := siennes.first()) is not None:
        return meme
    if fait is not None and deja_signalee(dossier.pk, fait.pk):
        raise ErreurSaisie({"": "Vous avez déjà signalé cette information : un agent vous répondra."})
    connue = None if fait is None else donnee(fait)
    quoi = dit["quoi"] if connue is None else f"{connue.libelle}, {connue.periode}"
    questions = [("Information", quoi), *([] if connue is None else [("Ce que la Caf connaît", connue.valeur)])]
    questions += [("Ce qui est exact", dit["valeur"]), ("Pourquoi", dit["raison"])]
    texte = scellement.texte_en_vigueur(timezone.localdate(quand))
    numero = numero_de_recepisse(quand)
    contenu = scellement.composer(
        GenreScelle.ERREUR, numero, TITRE, declarant, [(TITRE, questions)], texte, [], quand
    )  # fmt: skip
    scellement.sceller(dossier, dossier.allocataire_id, contenu, texte, auteur, quand)
    objet = quoi if len(quoi) <= 120 else f"{quoi[:119]}…"
    detail = "\n".join(f"{question} : {reponse}" for question, reponse in questions[1:])
    return taches.ouvrir(dossier, GenreTache.ERREUR, cle, objet, detail, auteur, quand)
