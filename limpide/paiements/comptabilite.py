"""The ledger: what a liquidation changes is posted in one entry, all households at once, in SQL.

For each right of a month: what is due (the line in force), what was paid, hence what remains owed or was overpaid.
The entry moves the accounts from where they are to where they should be, so the order in which facts arrive does not
matter. An overpayment is only proposed here: `creances` keeps the proposal, nothing is withheld.
"""

from django.db.models import QuerySet
from django.utils import timezone

from limpide.dossiers.lots import executer, interroger
from limpide.dossiers.models import Liquidation
from limpide.dossiers.mois import ecrire

from .creances import proposer, reduire
from .models import INDUS_CONFIRMES, INDUS_PROPOSES, Ecriture, LigneEcriture

CAUSE_DU_LOT = "Des informations de votre dossier ont changé depuis le calcul précédent."

_MOUVEMENTS = """
WITH nouvelles AS (
    SELECT l.dossier_id, l.mois, l.droit, l.montant_centimes AS brut, l.crds_centimes AS crds,
           0::bigint AS brut_avant, 0::bigint AS crds_avant
      FROM dossiers_lignedroit l
     WHERE l.liquidation_id = %(liquidation)s AND l.rang = 1 AND (l.montant_centimes, l.crds_centimes) <> (0, 0)
    UNION ALL
    SELECT l.dossier_id, l.mois, l.droit, l.montant_centimes, l.crds_centimes, p.montant_centimes, p.crds_centimes
      FROM dossiers_lignedroit l
      JOIN dossiers_lignedroit p
        ON p.dossier_id = l.dossier_id AND p.mois = l.mois AND p.droit = l.droit AND p.rang = l.rang - 1
     WHERE l.liquidation_id = %(liquidation)s AND l.rang > 1
       AND (l.montant_centimes, l.crds_centimes) <> (p.montant_centimes, p.crds_centimes)
), soldes AS (
    SELECT n.*,
           -coalesce(sum(e.montant_centimes) FILTER (WHERE e.compte = 'allocataires'), 0)::bigint AS du,
           coalesce(sum(e.montant_centimes) FILTER (WHERE e.compte = 'indus:proposes'), 0)::bigint AS proposes,
           coalesce(sum(e.montant_centimes) FILTER (WHERE e.compte = 'indus:confirmes'), 0)::bigint AS confirmes
      FROM nouvelles n
      LEFT JOIN paiements_ligneecriture e
        ON e.dossier_id = n.dossier_id AND e.mois = n.mois AND e.droit = n.droit
     GROUP BY n.dossier_id, n.mois, n.droit, n.brut, n.crds, n.brut_avant, n.crds_avant
), cibles AS (
    SELECT s.*, s.brut - s.crds AS net,
           s.brut_avant - s.crds_avant - s.du + s.proposes + s.confirmes AS paye
      FROM soldes s
), ecarts AS (
    SELECT c.*, greatest(c.net - c.paye, 0) - c.du AS ecart_du,
           greatest(c.paye - c.net, 0) - c.proposes - c.confirmes AS ecart_indus
      FROM cibles c
), repartis AS (
    SELECT e.*, -least(e.confirmes, greatest(0, -e.ecart_indus - e.proposes)) AS ecart_confirmes
      FROM ecarts e
)"""

_POSTER = (
    _MOUVEMENTS  # noqa: S608 -- constants
    + """
INSERT INTO paiements_ligneecriture (ecriture_id, organisme_id, compte, dossier_id, droit, mois, montant_centimes)
SELECT %(ecriture)s, %(organisme)s, m.compte, m.dossier_id, m.droit, m.mois, m.montant
  FROM (
    SELECT 'allocataires' AS compte, dossier_id, droit, mois, -ecart_du AS montant FROM repartis
    UNION ALL
    SELECT 'indus:proposes', dossier_id, droit, mois, ecart_indus - ecart_confirmes FROM repartis
    UNION ALL
    SELECT 'indus:confirmes', dossier_id, droit, mois, ecart_confirmes FROM repartis
    UNION ALL
    SELECT 'charges:' || droit, NULL, droit, mois, sum(brut - brut_avant) FROM repartis GROUP BY droit, mois
    UNION ALL
    SELECT 'crds', NULL, droit, mois, -sum(crds - crds_avant) FROM repartis GROUP BY droit, mois
  ) m
 WHERE m.montant <> 0"""
)

# A line whose amount moves is one household's movement: the balances need not be counted twice.
_QUELQUE_CHOSE = _MOUVEMENTS + " SELECT EXISTS (SELECT 1 FROM nouvelles)"  # noqa: S608 -- constants


def comptabiliser(liquidation: Liquidation, cause: str = "") -> Ecriture | None:
    """Post what this liquidation changes, and propose the overpayments it reveals. Once: a second call does nothing."""
    cle = f"liquidation:{liquidation.pk}"
    if (deja := Ecriture.objects.filter(cle=cle).first()) is not None:
        return deja
    if not interroger(_QUELQUE_CHOSE, {"liquidation": liquidation.pk})[0][0]:
        return None
    ecriture = Ecriture.objects.create(
        organisme_id=liquidation.organisme_id,
        cle=cle,
        libelle=f"Droits de {ecrire(liquidation.mois)}, liquidation n° {liquidation.numero}",
        date_comptable=timezone.localdate(liquidation.connu_au),
        liquidation=liquidation,
        creee_le=timezone.now(),
    )
    executer(
        _POSTER,
        {"liquidation": liquidation.pk, "ecriture": ecriture.pk, "organisme": liquidation.organisme_id},
    )
    proposer(ecriture, cause or CAUSE_DU_LOT)
    for baisse in _baisses_d_indus(ecriture):
        reduire(baisse)
    return ecriture


def _baisses_d_indus(ecriture: Ecriture) -> "QuerySet[LigneEcriture]":
    return LigneEcriture.objects.filter(
        ecriture=ecriture, compte__in=[INDUS_PROPOSES, INDUS_CONFIRMES], montant_centimes__lt=0
    ).order_by("pk")


def contrepasser(ecriture: Ecriture, libelle: str) -> Ecriture:
    """The only way to undo an entry: its opposite, once."""
    opposee = Ecriture.objects.create(
        organisme_id=ecriture.organisme_id, cle=f"contrepassation:{ecriture.pk}", libelle=libelle,
        date_comptable=timezone.localdate(), contrepasse=ecriture, creee_le=timezone.now(),
    )  # fmt: skip
    champs = ("organisme_id", "compte", "dossier_id", "droit", "mois")
    LigneEcriture.objects.bulk_create(
        LigneEcriture(
            ecriture=opposee,
            montant_centimes=-ligne.montant_centimes,
            **{c: getattr(ligne, c) for c in champs},
        )
        for ligne in LigneEcriture.objects.filter(ecriture=ecriture).order_by("pk")
    )
    return opposee
