"""Appointments of the demonstration: slots of the next three weeks at the Caf of Paris, one of them taken by Amina.

Everything goes through the real verbs. Nobody is told by e-mail: it is nobody's surprise.
"""

import datetime as dt
import uuid

from django.utils import timezone

from limpide.dossiers.models import Dossier
from limpide.identite.models import Compte
from limpide.monde import complet, temoin
from limpide.monde.chargement import MOTIF, TRAITEMENT, numero_allocataire
from limpide.registre.contexte import SYSTEME, Acteur, traitement
from limpide.relation import agenda
from limpide.relation.models import Creneau, Motif, RendezVous

ORGANISME, DEPARTEMENT = "751", "75"
LIEU = "50 rue du Docteur-Finlay, 75015 Paris, accueil du rez-de-chaussée"
TELEPHONE = "01 99 00 12 34"
SEMAINES = 3
MATIN = uuid.uuid5(uuid.NAMESPACE_URL, "limpide:demonstration:creneaux-sur-place")
APRES_MIDI = uuid.uuid5(uuid.NAMESPACE_URL, "limpide:demonstration:creneaux-par-telephone")
A_VENIR = uuid.uuid5(uuid.NAMESPACE_URL, "limpide:demonstration:rendez-vous-1")
JOURS_OUVRES = frozenset(range(5))


def installer(jour: dt.date) -> int:
    """Once: the slots, and Amina's appointment. Returns how many slots were opened."""
    with traitement(TRAITEMENT, acteur=SYSTEME, motif=MOTIF, organisme=ORGANISME):
        sien = Dossier.objects.filter(organisme_id=ORGANISME, numero=numero_allocataire(temoin.RANG)).first()
    if sien is None:
        return 0
    ouverts = _ouvrir(jour)
    _prendre(sien)
    return ouverts


def _ouvrir(jour: dt.date) -> int:
    """Mornings at the Caf, afternoons by telephone, some kept for one motive; from tomorrow."""
    agente = complet.agente()
    elle = f"compte {agente.identifiant}"
    du, au = jour + dt.timedelta(days=1), jour + dt.timedelta(weeks=SEMAINES)
    plages = (
        (MATIN, agenda.Plage(du, au, JOURS_OUVRES, dt.time(9), dt.time(11), 30, "place", LIEU, "")),
        (APRES_MIDI, agenda.Plage(du, au, JOURS_OUVRES, dt.time(14), dt.time(15), 30, "telephone", "", "")),
        (
            uuid.uuid5(APRES_MIDI, "dette"),
            agenda.Plage(du, au, frozenset({1}), dt.time(15), dt.time(16), 20, "telephone", "", Motif.DETTE),
        ),
    )
    with traitement(agenda.AGENDA, acteur=agente, motif=MOTIF, organisme=ORGANISME):
        if Creneau.objects.filter(pk=uuid.uuid5(MATIN, "0")).exists():
            return 0
        return sum(agenda.ouvrir(ORGANISME, DEPARTEMENT, elle, cle, plage, timezone.now()) for cle, plage in plages)


def _prendre(sien: Dossier) -> None:
    """The first slot by telephone of the week after."""
    with traitement(TRAITEMENT, acteur=SYSTEME, motif=MOTIF):
        compte = Compte.objects.filter(personne_id=sien.allocataire_id).values_list("pk", flat=True).first()
    if compte is None:
        return
    acteur = Acteur("allocataire", compte, "Vous-même")
    with traitement(agenda.MES_RENDEZ_VOUS, acteur=acteur, motif=MOTIF, personne=sien.allocataire_id):
        dossier = Dossier.objects.get(pk=sien.pk)
        if RendezVous.objects.filter(dossier_id=dossier.pk).exists():
            return
        apres = timezone.now() + dt.timedelta(days=5)
        offerts = [c for c in agenda.libres(ORGANISME, Motif.DECISION, apres, 20) if c.mode == "telephone"]
        if offerts:
            agenda.prendre(
                dossier, Motif.DECISION,
                agenda.Prise(
                    A_VENIR, offerts[0].pk, TELEPHONE, f"compte {compte}", sien.allocataire_id, timezone.now()
                ),
            )  # fmt: skip
