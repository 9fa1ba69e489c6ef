"""What a declaration changes: the month of the examination by the law, and months already computed, again."""

import datetime as dt
from dataclasses import dataclass

from limpide.dossiers import connaissance, exclusion
from limpide.dossiers.models import Dossier, LigneDroit
from limpide.dossiers.mois import decaler
from limpide.dossiers.previsualisation import reliquider
from limpide.dossiers.situations import SituationAbsente, charger_dossier, situation_de
from limpide.dossiers.trimestres import DROITS, ADeclarer
from limpide.droits.calcul import liste_droits
from limpide.droits.ensemble import liquider_foyer
from limpide.droits.faits import NATURES
from limpide.paiements.declarations_trimestres import RECALCUL
from limpide.registre.contexte import SYSTEME, traitement
from limpide.usagers.trimestre.envoi import contredit
from limpide.usagers.trimestre.formulaire import Dit

CAUSE = "Vous avez déclaré vos ressources des trois mois pris en compte."
MOTIF = "Nouveau calcul après votre déclaration trimestrielle"


@dataclass(frozen=True)
class Effet:
    """One right: net cents of the month before (None: never computed), and of the quarter (None: a fact is missing)."""

    libelle: str
    avant: int | None
    apres: int | None
    manque: str


def effets(dossier: Dossier, trimestre: ADeclarer, dits: list[Dit]) -> list[Effet]:
    """RSA and prime d'activité of the quarter with what is declared, were nothing else to change. Writes nothing."""
    connus = charger_dossier(dossier.pk, connaissance.maintenant())
    for d in dits:
        if not contredit(d):
            connus = connus.avec(
                dossier.pk, d.membre.personne.pk, d.nature.nom, d.montant, d.mois, decaler(d.mois, 1)
            )  # fmt: skip
    try:
        resultats = liquider_foyer(situation_de(connus, trimestre.mois))
    except SituationAbsente:
        return []
    avant = _nets(dossier.pk, decaler(trimestre.mois, -1))
    trouves = []
    for droit in liste_droits():
        if droit.code not in DROITS:
            continue
        resultat = resultats[droit.code]
        inconnu = resultat.motif == "INCONNU"
        manque = NATURES[resultat.faits_manquants[0]].libelle if inconnu and resultat.faits_manquants else ""
        net = None if inconnu else resultat.montant_centimes - resultat.crds_centimes
        trouves.append(Effet(droit.libelle, avant.get(droit.code), net, manque))
    return trouves


def _nets(dossier: int, mois: dt.date) -> dict[str, int]:
    lignes = LigneDroit.objects.filter(dossier_id=dossier, mois=mois).order_by("rang")
    return {ligne.droit: ligne.net_centimes for ligne in lignes}


def recalculer(organisme: str, dossier: int, depuis: dt.date) -> bool:
    """Compute again, as an agent's correction does, the months of the quarter already computed.

    False when the Caf's monthly calculation is running: it, or the next one, reads the facts as declared.
    """
    try:
        with traitement(RECALCUL, acteur=SYSTEME, motif=MOTIF, organisme=organisme, dossier=dossier):
            exclusion.partage(organisme)
            fiche = Dossier.objects.only("id", "organisme_id").get(pk=dossier)
            mois = LigneDroit.objects.filter(dossier_id=dossier, mois__gte=depuis).values_list("mois", flat=True)
            connus = charger_dossier(dossier, connaissance.instant(organisme, dossier))
            reliquider(fiche, sorted(set(mois)), connus, CAUSE)
    except exclusion.CaisseOccupee:
        return False
    return True
