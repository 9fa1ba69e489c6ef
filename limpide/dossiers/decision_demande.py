"""The agent's turn on a complete claim: look at the calculation, then decide. Inside `decision_demande`."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from limpide.droits.calcul import Resultat, liste_droits
from limpide.identite.erreurs import ErreurSaisie

from . import arrieres, connaissance, demandes, exclusion
from .fil import FilDesMois
from .models import Decision, Demande, Dossier, EtatDemande, Liquidation
from .mois import decaler, premier_jour
from .previsualisation import reliquider
from .situations import charger_dossier
from .templatetags.affichage import jour_fr

A_TRAITER = (EtatDemande.DEPOSEE, EtatDemande.ATTENTE_PIECES, EtatDemande.COMPLETE)


AVANT_DE_DECIDER: dict[str, str] = {
    "aeeh": "Comparez avec la décision de la commission : taux, complément, dates. La MDPH la transmet (CSS R541-3).",
    "ajpp": "Notez l'avis du service du contrôle médical pour l'enfant. Sans réponse le dernier jour du deuxième mois "
    "qui suit la demande, il est favorable (CSS R544-3).",
    "ajpa": "L'allocation n'est pas due à qui est employé par la personne aidée (CSS L168-10).",
    "allocation_deces": "Si l'enfant est encore dans le foyer du dossier, terminez d'abord sa présence au jour du "
    "décès : il compterait deux fois dans le plafond. Ne redemandez rien de ce que le dossier dit (CSS D545-8).",
}
"""By right: what an agent looks at first, that the calculation cannot see."""


@dataclass(frozen=True)
class DroitPrevu:
    """One claimed right of a month, that of the claim or one due before it, as the law gives it now."""

    libelle: str
    mois: datetime.date
    resultat: Resultat


def prevoir(dossier: Dossier, demande: Demande) -> list[DroitPrevu]:
    """What would be decided, for the rights that were claimed. Writes nothing."""
    connus = charger_dossier(dossier.pk, connaissance.maintenant())
    fil, depot = FilDesMois(dossier.pk, connus), premier_jour(demande.deposee_le.date())
    demandees = [d for d in liste_droits() if {d.code, arrieres.SUIVENT.get(d.code)} & set(demande.droits)]
    prevus, dits = [], set[str]()
    for mois in [*arrieres.mois_d_avant(connus, demande.droits, depot), depot]:
        resultats = fil.liquider(mois)
        for droit in demandees if resultats else ():
            du = arrieres.est_du(droit, resultats[droit.code], demande.droits)
            if (mois < depot and du) or (mois == depot and droit.code not in dits):
                prevus.append(DroitPrevu(droit.libelle, mois, resultats[droit.code]))
            if du and mois < depot and not arrieres.par_mois(droit):
                dits.add(droit.code)
    return prevus


@transaction.atomic
def decider(dossier: Dossier, demande: Demande) -> Decision | None:
    """Liquidate from the month of the claim to the last one that the Caf did, take the decision, close the claim.

    Family benefits are due before the claim too (`arrieres`): these months come with it.

    Refused (`ErreurSaisie`) unless the claim is complete; `CaisseOccupee` while a batch works. The rights claimed are
    always answered, even when the monthly work already said the same. None if the household has nobody to compute for.
    """
    exclusion.partage(dossier.organisme_id)
    actuelle = Demande.objects.select_for_update(of=("self",)).get(pk=demande.pk)
    if actuelle.etat != EtatDemande.COMPLETE:
        raise ErreurSaisie({"etat": "Cette demande n'est pas complète, ou elle est déjà décidée."})
    connu_au = connaissance.instant(dossier.organisme_id, dossier.pk)
    du = actuelle.deposee_le.date()
    connus = charger_dossier(dossier.pk, connu_au)
    decision = reliquider(
        dossier, _mois_dus(dossier.organisme_id, du), connus, f"Votre demande du {jour_fr(du)}.", actuelle.droits,
        arrieres.mois_d_avant(connus, actuelle.droits, du),
    )  # fmt: skip
    demandes.changer_etat(actuelle, EtatDemande.DECIDEE, connu_au)
    return decision


def _mois_dus(organisme: str, depuis: datetime.date) -> list[datetime.date]:
    """From the month of the claim, which opens the right, to the last month that this Caf liquidated."""
    mois = premier_jour(depuis)
    dernier = Liquidation.objects.filter(organisme_id=organisme).aggregate(n=Max("mois"))["n"] or mois
    dus = [mois]
    while dus[-1] < dernier:
        dus.append(decaler(dus[-1], 1))
    return dus
