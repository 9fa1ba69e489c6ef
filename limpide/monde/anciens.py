"""A few files closed long ago, at each age of their retention: the demonstration has something to archive and to erase.

The older ones were paid: their last month comes in as a takeover, with sums of the old system (the law of those years
is not in this version), then goes through the real ledger and the real transfer file.
"""

import datetime as dt
from dataclasses import dataclass

from limpide.dossiers.liquidation import terminer
from limpide.dossiers.models import Dossier, LigneDroit, Liquidation
from limpide.monde import chargement, population
from limpide.monde.foyers import FoyerSynthetique, mois_decale
from limpide.paiements.services import emettre_virements
from limpide.registre.conservation.cycle import AVIS
from limpide.registre.conservation.durees import APRES_LA_RELATION, EN_BASE_ACTIVE, GRACE, Duree
from limpide.registre.conservation.modeles import Archivage
from limpide.registre.contexte import SYSTEME, traitement

PREMIER_RANG = 7_000_000
MOTIF = "Création du monde fictif de démonstration"
MONTANTS = (13_200, 16_850, 30_100)
"""Cents a month, drawn for the demonstration: nobody's real benefit."""
EMPREINTE = "0" * 64
MARGE = dt.timedelta(days=10)


@dataclass(frozen=True)
class Age:
    """Files closed at this age: how many, were they paid, are they in the archive, was the notice given."""

    nombre: int
    depuis: Duree
    paye: bool = False
    archive: bool = False
    prevenu: bool = False


AGES = (
    Age(3, Duree(annees=1)),
    Age(3, Duree(mois=23, jours=15)),
    Age(3, Duree(annees=4), paye=True, archive=True),
    Age(2, Duree(annees=5, mois=11, jours=12), paye=True, archive=True),
    Age(2, Duree(annees=6, jours=10), paye=True, archive=True, prevenu=True),
)


def charger(graine: int, aujourd_hui: dt.date) -> int:
    """Add these files once; a world that holds one of them, or erased some, is left as it is. Returns how many."""
    if _deja_la():
        return 0
    ajoutes, rang = 0, PREMIER_RANG
    for age in AGES:
        clos = _avant(aujourd_hui, age.depuis)
        dernier = mois_decale(clos, -3)
        for _ in range(age.nombre):
            foyer = population.foyer(graine, rang, dernier)
            foyer.clos_le = clos
            chargement.charger_lot(foyer.organisme, [foyer])
            dossier = _dossier(foyer)
            if age.paye:
                _payer(foyer.organisme, dossier, dernier, MONTANTS[rang % len(MONTANTS)])
            if age.archive:
                _archiver(foyer.organisme, dossier, age, aujourd_hui)
            ajoutes, rang = ajoutes + 1, rang + 1
    return ajoutes


def _avant(jour: dt.date, duree: Duree) -> dt.date:
    return Duree(annees=-duree.annees, mois=-duree.mois, jours=-duree.jours).apres(jour)


def _dossier(foyer: FoyerSynthetique) -> int:
    """The file just loaded for this household."""
    numero = chargement.numero_allocataire(foyer.rang)
    with traitement(chargement.TRAITEMENT, acteur=SYSTEME, motif=MOTIF, organisme=foyer.organisme):
        return int(Dossier.objects.get(organisme_id=foyer.organisme, numero=numero).pk)


def _deja_la() -> bool:
    from limpide.registre.conservation.modeles import RapportPurge

    premier = chargement.numero_allocataire(PREMIER_RANG)
    with traitement(chargement.TRAITEMENT, acteur=SYSTEME, motif=MOTIF):
        la = Dossier.objects.filter(numero=premier).exists() or RapportPurge.objects.exists()
    return bool(la)


def _payer(organisme: str, dossier: int, mois: dt.date, centimes: int) -> None:
    """One month of one right, posted then paid by a file of its own, as it was known then."""
    le = dt.datetime.combine(mois_decale(mois, 1) - MARGE, dt.time(6), dt.UTC)
    with traitement("liquidation_mensuelle", acteur=SYSTEME, organisme=organisme, motif=MOTIF):
        numero = Liquidation.objects.filter(mois=mois).count() + 1
        faite = Liquidation.objects.create(
            organisme_id=organisme, mois=mois, numero=numero, connu_au=le, empreinte_regles=EMPREINTE
        )
        LigneDroit.objects.create(
            liquidation=faite, organisme_id=organisme, dossier_id=dossier, mois=mois, droit="af", rang=1,
            montant_centimes=centimes, crds_centimes=centimes // 200, motif="OUVERT",
        )  # fmt: skip
        terminer(faite, 1, 1)
    emettre_virements(mois, [organisme])


def _archiver(organisme: str, dossier: int, age: Age, aujourd_hui: dt.date) -> None:
    """The file as the engine would have left it, had it run all these years."""
    fin, prevenu = _avant(aujourd_hui, age.depuis), aujourd_hui - dt.timedelta(days=GRACE.jours) - MARGE
    efface_apres = APRES_LA_RELATION.apres(fin)
    grace = max(GRACE.apres(prevenu), efface_apres)
    avis = AVIS.format(fin=f"{fin:%d/%m/%Y}", le=f"{grace:%d/%m/%Y}")
    with traitement(chargement.TRAITEMENT, acteur=SYSTEME, motif=MOTIF, organisme=organisme):
        Archivage.objects.create(
            dossier_id=dossier, organisme=organisme, etat="prevenu" if age.prevenu else "archive",
            fin_de_relation=fin, efface_apres=efface_apres, archive_le=_midi(EN_BASE_ACTIVE.apres(fin)),
            prevenu_le=_midi(prevenu) if age.prevenu else None, grace_jusqu_au=grace if age.prevenu else None,
            canal="courrier" if age.prevenu else "", avis=avis if age.prevenu else "",
        )  # fmt: skip


def _midi(jour: dt.date) -> dt.datetime:
    return dt.datetime.combine(jour, dt.time(12), dt.UTC)
