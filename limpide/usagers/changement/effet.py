"""What a change moves in the rights: told before it is sent, then computed by the path of an agent's correction."""

import datetime as dt
from dataclasses import dataclass

from limpide.dossiers import connaissance, exclusion
from limpide.dossiers.fil import FilDesMois
from limpide.dossiers.models import Dossier
from limpide.dossiers.mois import decaler, premier_jour
from limpide.dossiers.previsualisation import MoisPrevu, Sommes, mois_depuis, prevoir_et_suivre, reliquider
from limpide.dossiers.situations import charger_dossier
from limpide.droits.calcul import liste_droits
from limpide.droits.comparaison import comparer
from limpide.registre.contexte import SYSTEME, traitement
from limpide.usagers.changement.etapes import Etapes, supposer
from limpide.usagers.declarations_changement import RECALCUL_CHANGEMENT

MOTIF = "Nouveau calcul après un changement de situation déclaré"


@dataclass(frozen=True)
class Estimation(Sommes):
    """`mois`: what moves, month by month, in those already computed. `prochain`: the month after, by the same law."""

    mois: tuple[MoisPrevu, ...]
    prochain: tuple[MoisPrevu, ...]


def estimer(dossier: Dossier, etapes: Etapes, depuis: dt.date) -> Estimation:
    """What the law says of these steps, were nothing else to change. Writes nothing."""
    lus = charger_dossier(dossier.pk, connaissance.maintenant())
    connus, supposes = FilDesMois(dossier.pk, lus), FilDesMois(dossier.pk, supposer(lus, dossier.pk, etapes))
    liquides = mois_depuis(dossier.pk, dt.date.min)
    if not liquides:
        return Estimation((), ())
    prevus = prevoir_et_suivre(dossier.pk, connus, supposes, mois_depuis(dossier.pk, depuis) or [])
    bouge = tuple(m for m in prevus if m.difference or m.motif_avant != m.motif_apres)
    return Estimation(bouge, _prochain(connus, supposes, decaler(liquides[-1], 1)))


def _prochain(connus: FilDesMois, supposes: FilDesMois, mois: dt.date) -> tuple[MoisPrevu, ...]:
    avant, apres = connus.liquider(mois), supposes.liquider(mois)
    if not avant or not apres:
        return ()
    trouves = []
    for droit in liste_droits():
        a, b = avant[droit.code], apres[droit.code]
        nets = [r.montant_centimes - r.crds_centimes for r in (a, b)]
        if nets[0] != nets[1] or a.motif != b.motif:
            trouves.append(
                MoisPrevu(mois, droit.code, droit.libelle, *nets, a.motif, b.motif, tuple(comparer(a, b)))
            )  # fmt: skip
    return tuple(trouves)


def recalculer(organisme: str, dossier: int, depuis: dt.date, cause: str, droit: str = "") -> bool:
    """Compute again, as an agent's correction does, the months already computed from that day.

    `droit`: what was declared is a month of this right; if it was computed for later months only, what is due is said.
    False when the Caf's monthly calculation is running: it, or the next one, reads the change as declared.
    """
    try:
        with traitement(RECALCUL_CHANGEMENT, acteur=SYSTEME, motif=MOTIF, organisme=organisme, dossier=dossier):
            exclusion.partage(organisme)
            fiche = Dossier.objects.only("id", "organisme_id").get(pk=dossier)
            mois = mois_depuis(dossier, depuis) or []
            connus = charger_dossier(dossier, connaissance.instant(organisme, dossier))
            passe = premier_jour(depuis)
            avant = [passe] if droit and mois and passe < mois[0] else []
            reliquider(fiche, mois, connus, cause, [droit] if avant else (), avant)
    except exclusion.CaisseOccupee:
        return False
    return True
