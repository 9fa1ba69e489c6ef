"""Processings of the quarter, made of the month's: computing one file again, suspending what stays undeclared."""

import dataclasses

from limpide.dossiers.declarations_trimestres import TRIMESTRE_LU
from limpide.identite.declarations_contacts import CONTACT_LU
from limpide.registre.declaration import Traitement

RECALCUL, SUSPENDRE = "recalcul_trimestre", "suspension_trimestre"
NON_DECLARE = "trimestre_non_declare"
"""The fact that the law reads; the only kind that the suspension records."""
FAIT_ECRIT = (
    "dossier_id", "organisme_id", "personne_id", "nature", "valeur", "valide", "connu", "source", "auteur", "piece_id",
)  # fmt: skip


def du_trimestre(mensuelle: Traitement) -> tuple[Traitement, ...]:
    return _recalcul(mensuelle), _suspension(mensuelle)


def _recalcul(mensuelle: Traitement) -> Traitement:
    """Declared from `liquidation_mensuelle`: the same reading, the same ledger, no fact written."""
    return dataclasses.replace(
        mensuelle,
        cle=RECALCUL,
        systeme="S03",
        aussi=("S06",),
        intitule="Nouveau calcul après une déclaration trimestrielle",
        finalite="Recalculer tout de suite les mois déjà calculés que la déclaration change",
        sous_finalites=(
            "Appliquer la loi aux ressources déclarées, mois par mois, dans la limite de deux ans",
            "Notifier la décision avec son motif et les voies de recours",
            "Proposer les indus, sans jamais les retenir",
        ),
        information="Quand vous déclarez vos ressources, les mois déjà calculés qu'elles changent sont recalculés. "
        "Vous recevez une décision avec son calcul, et vous pouvez la contester.",
        genres=("systeme",),
    )


def _suspension(mensuelle: Traitement) -> Traitement:
    """Declared from `liquidation_mensuelle`: the same calculation, one fact more, and who is told."""
    lire = dict(mensuelle.lire) | {
        "dossiers.Fait": ("id", *FAIT_ECRIT),
        "dossiers.Trimestre": TRIMESTRE_LU,
        "paiements.OrdrePaiement": ("id", "organisme_id", "dossier_id", "mois"),
        "identite.PointDeContact": CONTACT_LU,
        "identite.MessageContact": ("id", "contact_id", "personne_id", "objet"),
    }
    creer = dict(mensuelle.creer) | {
        "dossiers.Fait": FAIT_ECRIT,
        "identite.MessageContact": ("id", "contact_id", "personne_id", "objet", "categorie"),
    }
    return dataclasses.replace(
        mensuelle,
        cle=SUSPENDRE,
        systeme="S03",
        aussi=("S06", "S42"),
        intitule="Suspension d'un trimestre non déclaré",
        finalite="Suspendre le RSA et la prime d'activité d'un trimestre resté sans déclaration après un rappel",
        sous_finalites=(
            "Constater que rien n'est déclaré, dix jours au moins après un rappel et après la date limite",
            "Ne rien reprendre de ce qui est déjà payé",
            "Notifier la décision avec son motif et les voies de recours, et prévenir la personne",
        ),
        base_legale="Code de la sécurité sociale, art. L161-1-4, L843-4, D846-1 et R846-5 ; code de l'action sociale "
        "et des familles, art. R262-37 et R262-83 : mission d'intérêt public (RGPD art. 6.1.e)",
        lire=lire,
        creer=creer,
        modifier=dict(mensuelle.modifier) | {"dossiers.Fait": ("connu",), "dossiers.Trimestre": ("suspendu_le",)},
        natures_ecrites=(NON_DECLARE,),
        mesures=(
            *mensuelle.mesures,
            "La règle ne lit que des dates : ni ressource, ni appréciation ; la base refuse une suspension sans rappel",
            "Une déclaration, même tardive, lève la suspension aussitôt, dans la limite de deux ans",
        ),
        information="Si vous ne déclarez pas vos ressources malgré un rappel, le RSA et la prime d'activité du "
        "trimestre sont suspendus. Ils reprennent dès que vous les déclarez. Vous pouvez contester la décision.",
        genres=("systeme",),
    )
