"""Suspending a quarter that stays undeclared after its reminder, until it is declared (CSS L161-1-4).

The rule looks at dates only: no resource, no judgement. The law then says the rest: the fact « quarter not declared »
closes RSA and prime d'activité of its months. What was paid is not claimed back for that. Each file is one
transaction; a quarter suspended once is not suspended again.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from limpide.dossiers import connaissance, exclusion
from limpide.dossiers.liquidation import caisses
from limpide.dossiers.models import Dossier, LigneDroit, SourceFait, Trimestre
from limpide.dossiers.mois import decaler, premier_jour
from limpide.dossiers.previsualisation import reliquider
from limpide.dossiers.services import Origine, declarer_fait
from limpide.dossiers.situations import charger_dossier
from limpide.dossiers.templatetags.affichage import jour_fr
from limpide.dossiers.trimestres import MOIS_POUR_RATTRAPER, ADeclarer
from limpide.identite import contacts
from limpide.identite.models import ObjetMessage
from limpide.paiements.declarations_trimestres import NON_DECLARE, SUSPENDRE
from limpide.paiements.models import OrdrePaiement
from limpide.registre.contexte import SYSTEME, traitement

MOTIF = "Trimestre non déclaré après un rappel"
JOURS_APRES_RAPPEL = 10
"""Days that a person has, after the first reminder, before anything is suspended: ours."""
CAUSE = (
    "Vous n'avez pas déclaré vos ressources de {mois}, malgré notre rappel du {rappel}. Le versement est suspendu "
    "jusqu'à votre déclaration (code de la sécurité sociale, art. L161-1-4 et D846-1 ; code de l'action sociale et "
    "des familles, art. R262-37 et R262-83)."
)


@dataclass
class Bilan:
    """What a run did. `occupees`: Caf whose monthly calculation runs; the next run does them."""

    suspendus: int = 0
    occupees: int = 0


def suspendre(jour: dt.date, *, caf: str = "", executer: bool = True) -> Bilan:
    """Suspend what is due on that day, Caf by Caf, file by file. Without `executer`, only counts."""
    bilan = Bilan()
    for organisme in [caf] if caf else caisses():
        with traitement(SUSPENDRE, acteur=SYSTEME, organisme=organisme, motif=MOTIF):
            dus = [(t.pk, t.dossier_id) for t in _attendus(jour) if a_suspendre(t, jour)]
        for pk, dossier in dus if executer else ():
            try:
                bilan.suspendus += _suspendre(organisme, dossier, pk, jour)
            except exclusion.CaisseOccupee:
                bilan.occupees += 1
                break
        bilan.suspendus += 0 if executer else len(dus)
    return bilan


def _attendus(jour: dt.date) -> "list[Trimestre]":
    limite = decaler(premier_jour(jour), -MOIS_POUR_RATTRAPER)
    return list(
        Trimestre.objects.filter(
            declare_le=None, suspendu_le=None, echeance__lt=jour, rappele_le__isnull=False, mois__gte=limite,
            dossier__clos_le=None,
        ).order_by("pk")
    )  # fmt: skip


def a_suspendre(trimestre: Trimestre, jour: dt.date) -> bool:
    """The whole rule: nothing declared, deadline over, reminded long enough ago."""
    return (
        trimestre.declare_le is None
        and trimestre.suspendu_le is None
        and jour > trimestre.echeance
        and trimestre.rappele_le is not None
        and jour >= trimestre.rappele_le + dt.timedelta(days=JOURS_APRES_RAPPEL)
    )


def _suspendre(organisme: str, dossier: int, pk: int, jour: dt.date) -> bool:
    """The fact, the months already computed and not paid, the decision and the notice: all or nothing."""
    with traitement(SUSPENDRE, acteur=SYSTEME, organisme=organisme, dossier=dossier, motif=MOTIF):
        exclusion.partage(organisme)
        trimestre = Trimestre.objects.select_for_update(of=("self",)).get(pk=pk)
        if not a_suspendre(trimestre, jour):
            return False  # declared, or suspended by another run, meanwhile
        trimestre.suspendu_le = jour
        trimestre.save(update_fields=["suspendu_le"])
        fiche = Dossier.objects.only("id", "organisme_id").get(pk=dossier)
        periode = ADeclarer(trimestre.mois, trimestre.echeance, en_retard=True)
        debut = max(trimestre.mois, _premier_mois_non_paye(dossier))
        if debut < periode.fin:
            valide = DateRange(debut, periode.fin)
            declarer_fait(fiche, NON_DECLARE, 1, valide, Origine(SourceFait.CONSTAT, SUSPENDRE))
            connus = charger_dossier(dossier, connaissance.instant(organisme, dossier))
            mois = LigneDroit.objects.filter(dossier_id=dossier, mois__gte=debut, mois__lt=periode.fin)
            rappel = jour_fr(trimestre.rappele_le)
            reliquider(
                fiche, sorted(set(mois.values_list("mois", flat=True))), connus,
                CAUSE.format(mois=periode.reference_en_lettres, rappel=rappel),
            )  # fmt: skip
        contacts.preparer_un_avis(trimestre.personne_id, ObjetMessage.SUSPENSION)
    return True


def _premier_mois_non_paye(dossier: int) -> dt.date:
    """The month after the last one paid to this file: nothing paid is claimed back for a missing declaration."""
    paye = OrdrePaiement.objects.filter(dossier_id=dossier).aggregate(n=Max("mois"))["n"]
    return dt.date.min if paye is None else decaler(paye, 1)
