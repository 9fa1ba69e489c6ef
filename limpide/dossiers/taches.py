"""Tasks of agents: opened once, answered once; the person may answer too while it is open. No right moves here."""

import datetime as dt
import functools

from django.db import transaction
from django.utils import timezone

from limpide.identite import protecteurs
from limpide.identite.erreurs import ErreurSaisie, refus_en_francais
from limpide.identite.models import ObjetMessage, Personne
from limpide.identite.suivi_contacts import prevenir

from .models import Dossier, EtatTache, GenreTache, TacheAgent

DELAIS: dict[GenreTache, int] = {
    GenreTache.ERREUR: 30,  # RGPD art. 12.3 gives a month to answer a rectification
    GenreTache.CHANGEMENT: 30,
    GenreTache.RESSOURCES: 30,
    GenreTache.RESIDENCE: 60,
    GenreTache.RAPPEL: 15,
}
"""Days to answer, by genre. But for the reported error, they are what the Caf gives itself: ours."""


def ouvrir(
    dossier: Dossier,
    genre: GenreTache,
    cle: str,
    objet: str,
    detail: str,
    auteur: str,
    quand: dt.datetime,
    personne: Personne | None = None,
) -> TacheAgent:
    """Open it, or give back the one already opened with that key (it may be closed). `cle` holds no personal data."""
    tache, _ = TacheAgent.objects.get_or_create(
        dossier_id=dossier.pk,
        genre=genre,
        cle=cle,
        defaults={
            "organisme_id": dossier.organisme_id,
            "personne_id": None if personne is None else personne.pk,
            "objet": objet,
            "detail": detail,
            "creee_le": quand,
            "echeance": timezone.localdate(quand) + dt.timedelta(days=DELAIS[genre]),
            "auteur": auteur,
        },
    )
    return tache


@transaction.atomic
def clore(tache: TacheAgent, agent: str, issue: EtatTache, reponse: str, quand: dt.datetime) -> TacheAgent:
    """The agent's answer, once. Raises `ErreurSaisie` for a second one, or without an answer to the person."""
    prise = TacheAgent.objects.select_for_update(of=("self",)).get(pk=tache.pk)
    if prise.etat != EtatTache.OUVERTE:
        raise ErreurSaisie({"": "Cette tâche est déjà traitée : une seule réponse est enregistrée."})
    if issue == EtatTache.OUVERTE:
        raise ErreurSaisie({"issue": "Dites si la tâche est traitée ou sans suite."})
    if not reponse.strip():
        raise ErreurSaisie({"reponse": "Écrivez ce qui est répondu à la personne."})
    prise.etat, prise.traitee_le, prise.agent, prise.reponse = issue, quand, agent, reponse.strip()
    with refus_en_francais(), transaction.atomic():
        prise.save(update_fields=["etat", "traitee_le", "agent", "reponse"])
    return prise


def prevenir_de_la_reponse(dossier: Dossier) -> None:
    """Once it is committed, the person, and who may open this file for them, are told that an answer is to be read."""
    qui = protecteurs.a_prevenir(dossier.pk, dossier.allocataire_id)
    transaction.on_commit(functools.partial(prevenir, qui, ObjetMessage.VERIFIE, "Prévenir d'une réponse de la Caf"))


@transaction.atomic
def repondre(tache: TacheAgent, texte: str, quand: dt.datetime) -> TacheAgent:
    """What the person answers, once, while the task is open. Raises `ErreurSaisie`."""
    prise = TacheAgent.objects.select_for_update(of=("self",)).get(pk=tache.pk)
    if prise.etat != EtatTache.OUVERTE:
        raise ErreurSaisie({"": "Un agent a déjà traité ce point : lisez sa réponse."})
    if prise.repondue_le is not None:
        raise ErreurSaisie({"": "Vous avez déjà répondu : un agent lira votre réponse."})
    if not texte.strip():
        raise ErreurSaisie({"texte": "Écrivez votre réponse."})
    prise.reponse_personne, prise.repondue_le = texte.strip(), quand
    with refus_en_francais(), transaction.atomic():
        prise.save(update_fields=["reponse_personne", "repondue_le"])
    return prise
