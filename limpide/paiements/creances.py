"""Overpayments: proposed by the calculation, then confirmed or abandoned by a person. Nothing is ever withheld here.

The notice gives twenty days to have the information rectified, then the appeal of the right (CSS R133-9-2, R847-1-1;
CASF L262-46 and L262-47). Recovery itself (plans, withholding, remission) belongs to the recovery system.
"""

from django.utils import timezone

from limpide.dossiers import exclusion
from limpide.dossiers.lots import executer
from limpide.registre.contexte import traitement_courant

from .models import ABANDONS, INDUS_CONFIRMES, INDUS_PROPOSES, Creance, Ecriture, LigneEcriture

TRANSITIONS = {
    "proposee": ("confirmee", "abandonnee", "remplacee"),
    "confirmee": ("abandonnee", "remplacee"),
    "abandonnee": (),
    "remplacee": (),
}

_PROPOSER = """
INSERT INTO paiements_creance (organisme_id, dossier_id, liquidation_id, droit, mois, montant_centimes, etat, cause,
                               proposee_le, prescrite_le, reponse, decidee_par)
SELECT l.organisme_id, l.dossier_id, %(liquidation)s, l.droit, l.mois, l.montant_centimes, 'proposee', %(cause)s,
       %(le)s, (l.mois + interval '2 years 1 month 4 days')::date, '', ''
  FROM paiements_ligneecriture l
 WHERE l.ecriture_id = %(ecriture)s AND l.compte = 'indus:proposes' AND l.montant_centimes > 0"""


class TransitionRefusee(ValueError):
    """The overpayment cannot go from its state to that one."""


def proposer(ecriture: Ecriture, cause: str) -> int:
    """One proposal per right and month that this entry found overpaid."""
    parametres = {
        "ecriture": ecriture.pk, "liquidation": ecriture.liquidation_id, "cause": cause, "le": timezone.now(),
    }  # fmt: skip
    return executer(_PROPOSER, parametres)


def reduire(ligne: LigneEcriture) -> None:
    """A new calculation found less overpaid: the proposals give way to what remains, in the same state.

    In favour of the household, so without a new procedure; the latest proposal gives way first.
    """
    etat = Creance.Etat.PROPOSEE if ligne.compte == INDUS_PROPOSES else Creance.Etat.CONFIRMEE
    reste = -ligne.montant_centimes
    actives = Creance.objects.select_for_update().filter(
        dossier_id=ligne.dossier_id, droit=ligne.droit, mois=ligne.mois, etat=etat
    )
    for creance in actives.order_by("-pk"):
        if not reste:
            break
        retire = min(reste, creance.montant_centimes)
        reste -= retire
        _changer(creance, Creance.Etat.REMPLACEE)
        if creance.montant_centimes > retire:
            _remplacer(creance, etat, creance.montant_centimes - retire, ligne.ecriture.liquidation_id)


def _remplacer(creance: Creance, etat: str, montant: int, liquidation: int | None) -> None:
    Creance.objects.create(
        organisme_id=creance.organisme_id, dossier_id=creance.dossier_id, liquidation_id=liquidation,
        droit=creance.droit, mois=creance.mois, montant_centimes=montant, etat=etat, cause=creance.cause,
        proposee_le=creance.proposee_le, prescrite_le=creance.prescrite_le, reponse=creance.reponse,
        decidee_par=creance.decidee_par, decidee_le=creance.decidee_le,
    )  # fmt: skip


def _changer(creance: Creance, etat: str) -> None:
    if etat not in TRANSITIONS[creance.etat]:
        raise TransitionRefusee(
            f"Un indu « {creance.get_etat_display()} » ne peut pas devenir « {Creance.Etat(etat).label} »."
        )
    creance.etat = etat
    creance.save(update_fields=["etat"])


def confirmer(creance: Creance, reponse: str = "") -> Ecriture:
    """A person confirms the overpayment, with the household's answer if it gave one."""
    return _decider(creance, Creance.Etat.CONFIRMEE, INDUS_CONFIRMES, reponse)


def abandonner(creance: Creance, reponse: str) -> Ecriture:
    """A person gives the debt up: the household keeps what it received."""
    return _decider(creance, Creance.Etat.ABANDONNEE, ABANDONS, reponse)


def _decider(creance: Creance, etat: str, vers: str, reponse: str) -> Ecriture:
    """State and entry together. The actor of the current processing is who decided."""
    cours = traitement_courant()
    if cours is None or cours.acteur.identifiant is None:
        raise TransitionRefusee("Un indu est confirmé ou abandonné par une personne, jamais par le traitement.")
    exclusion.partage(creance.organisme_id)
    creance = Creance.objects.select_for_update().get(pk=creance.pk)
    depuis = INDUS_PROPOSES if creance.etat == Creance.Etat.PROPOSEE else INDUS_CONFIRMES
    if etat not in TRANSITIONS[creance.etat]:
        _changer(creance, etat)
    creance.etat, creance.reponse = etat, reponse
    creance.decidee_par, creance.decidee_le = f"compte {cours.acteur.identifiant}", timezone.now()
    creance.save(update_fields=["etat", "reponse", "decidee_par", "decidee_le"])
    ecriture = Ecriture.objects.create(
        organisme_id=creance.organisme_id, cle=f"creance:{creance.pk}:{etat}",
        libelle=f"Indu {Creance.Etat(etat).label.lower()}", date_comptable=timezone.localdate(),
        creee_le=timezone.now(),
    )  # fmt: skip
    LigneEcriture.objects.bulk_create(
        LigneEcriture(
            ecriture=ecriture, organisme_id=creance.organisme_id, compte=compte, dossier_id=creance.dossier_id,
            droit=creance.droit, mois=creance.mois, montant_centimes=montant,
        )
        for compte, montant in ((vers, creance.montant_centimes), (depuis, -creance.montant_centimes))
    )  # fmt: skip
    return ecriture
