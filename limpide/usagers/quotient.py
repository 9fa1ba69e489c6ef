"""The quotient familial of a file, for its certificate: within `mes_attestations`, from what was decided and known.

The benefits of the month are those in force, and those that facts say are received. Nothing is computed twice: no right
is worked out again here.
"""

import datetime as dt
from typing import Any

from limpide.dossiers import connaissance, explications
from limpide.dossiers.models import Dossier
from limpide.dossiers.mois import ecrire
from limpide.dossiers.situations import SituationAbsente, situation_du
from limpide.dossiers.templatetags.affichage import mois_en_lettres
from limpide.droits.calcul import catalogue_droits
from limpide.droits.derives.figures import HORS_DU_QUOTIENT, Quotient, prestations_recues, quotient_de
from limpide.droits.francais import enumerer
from limpide.identite.erreurs import ErreurSaisie


def quotient_du(dossier: Dossier) -> tuple[dt.date, Quotient]:
    """The quotient of the last month computed. Raises ErreurSaisie, with the reason, if it cannot be told."""
    vigueur = explications.en_vigueur(explications.toutes_les_lignes(dossier.pk))
    mois = max(vigueur, default=None)
    if mois is None or dossier.clos_le is not None:
        raise _refus("Aucun mois n'est calculé en ce moment : votre Caf vous donne le quotient familial.")
    try:
        situation = situation_du(dossier.pk, mois, connaissance.maintenant())
    except SituationAbsente as absente:
        raise _refus("Votre foyer n'est pas connu pour ce mois : demandez à votre Caf.") from absente
    mensuels = {d.code for d in catalogue_droits() if not (d.annuel or d.unique)} - HORS_DU_QUOTIENT
    lignes = [ligne for ligne in vigueur[mois] if ligne.droit in mensuels]
    if any(ligne.inconnu for ligne in lignes):
        raise _refus("Un droit de ce mois n'a pas encore de réponse : le quotient familial l'attend.")
    recues, manques = prestations_recues(situation, {ligne.droit for ligne in lignes})
    centimes = sum(ligne.net for ligne in lignes if ligne.ouvert) + recues
    quotient = quotient_de(situation, (centimes, manques))
    if quotient.euros is None:
        liste = enumerer(f"« {libelle} »" for libelle in quotient.manques)
        raise _refus(quotient.raison or f"Il manque à votre dossier : {liste}. Votre Caf peut l'ajouter.")
    return mois, quotient


def contenu_du_quotient(dossier: Dossier) -> dict[str, Any]:
    """What the certificate states: the month, the parts, the figure; the income and the benefits stay off the paper."""
    mois, quotient = quotient_du(dossier)
    parts = f"{quotient.parts:g}".replace(".", ",")
    return {
        "debut": ecrire(mois), "fin": ecrire(mois), "total_nom": "Quotient familial", "total": f"{quotient.euros} €",
        "lignes": [[mois_en_lettres(mois), "Nombre de parts", parts]],
    }  # fmt: skip


def detail_du_quotient(dossier: Dossier) -> list[str]:
    """The steps of the figure, for its holder only."""
    _, quotient = quotient_du(dossier)
    return [texte for phrase in quotient.phrases for texte in (phrase.texte, *(d.texte for d in phrase.details))]


def _refus(message: str) -> ErreurSaisie:
    return ErreurSaisie({"genre": message})
