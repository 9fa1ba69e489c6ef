"""Slots of the Caf of Paris and an appointment of Amina's, as the pages do, for whoever needs one to look at."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from limpide.registre.contexte import Acteur, traitement
from tests.banc import ecrans

LIEU = "50 rue du Docteur-Finlay, 75015 Paris, bureau 4"
TELEPHONE = "01 99 00 12 34"


def dans(jours: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=jours)


def ouvrir_des_creneaux(jours: int = 3, **autres: Any) -> list[Any]:
    """Three slots of an hour that many days from now, at nine, at the Caf of Paris; returns them in order."""
    from limpide.identite.models import Compte
    from limpide.relation import agenda
    from limpide.relation.models import Creneau

    compte = Compte.objects.using("proprietaire").get(identifiant=ecrans.AGENT_PARIS)
    champs = {
        "du": dans(jours), "au": dans(jours), "jours": frozenset(range(7)), "de": dt.time(9), "a": dt.time(12),
        "minutes": 60, "mode": "place", "lieu": LIEU, "motif": "", **autres,
    }  # fmt: skip
    cle = uuid.uuid4()
    with traitement(agenda.AGENDA, acteur=Acteur("agent", compte.pk, "Caf 751"), motif="Essai", organisme="751"):
        faits = agenda.ouvrir("751", "75", f"compte {compte.pk}", cle, agenda.Plage(**champs), timezone.now())
    cles = [uuid.uuid5(cle, str(n)) for n in range(faits)]
    return list(Creneau.objects.using("proprietaire").filter(pk__in=cles).order_by("debut"))


def prendre_un_rendez_vous(motif: str = "droits", jours: int = 3, **autres: Any) -> uuid.UUID:
    """Amina's, to come; one is made when there is none."""
    from limpide.dossiers.models import Dossier
    from limpide.identite.models import Compte
    from limpide.relation import agenda
    from limpide.relation.models import RendezVous

    dossier, personne = ecrans.fiche_d_amina()
    deja = RendezVous.objects.using("proprietaire").filter(dossier_id=dossier, etat="pris", motif=motif).first()
    if deja is not None:
        return uuid.UUID(str(deja.pk))
    creneau = ouvrir_des_creneaux(jours, **autres)[0]
    compte = Compte.objects.using("proprietaire").get(personne_id=personne, genre="allocataire")
    prise = agenda.Prise(uuid.uuid4(), creneau.pk, TELEPHONE, f"compte {compte.pk}", personne, timezone.now())
    acteur = Acteur("allocataire", compte.pk, "Vous-même")
    with traitement(agenda.MES_RENDEZ_VOUS, acteur=acteur, motif="Essai", personne=personne):
        fait = agenda.prendre(Dossier.objects.get(pk=dossier), motif, prise)
    return uuid.UUID(str(fait.pk))


def passer(cle: uuid.UUID) -> None:
    """Its hour was two days ago."""
    from limpide.relation.models import RendezVous

    ligne = RendezVous.objects.using("proprietaire").get(pk=cle)
    recul = ligne.debut - timezone.now() + dt.timedelta(days=2)
    RendezVous.objects.using("proprietaire").filter(pk=cle).update(
        debut=ligne.debut - recul, fin=ligne.fin - recul, pris_le=ligne.pris_le - recul - dt.timedelta(days=1)
    )
