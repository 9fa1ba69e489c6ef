"""The processing that decides on a claim: what a correction reads and writes, and the claim that it closes."""

import dataclasses

from limpide.dossiers.declarations import DEMANDE, PIECE
from limpide.identite.declarations_protecteurs import ACCES_OUVERT
from limpide.registre.declaration import Traitement

DECISION_DEMANDE = "decision_demande"


def decision_demande(correction: Traitement) -> Traitement:
    """Declared from `correction_dossier`: the same calculation, the same ledger, no fact written."""
    lire = dict(correction.lire) | {
        "dossiers.Demande": DEMANDE, "dossiers.PieceAttendue": PIECE, "identite.AccesProtecteur": ACCES_OUVERT,
    }  # fmt: skip
    return dataclasses.replace(
        correction,
        cle=DECISION_DEMANDE,
        intitule="Décision d'un agent sur une demande complète",
        finalite="Calculer les droits d'une demande complète, voir le calcul, puis décider",
        sous_finalites=(
            "Lister les demandes qui attendent des documents, un examen ou une décision",
            "Montrer le calcul avant de décider",
            "Enregistrer les droits et la décision, et clore la demande",
            "Prévenir la personne, et qui la protège, qu'une décision est à lire",
        ),
        lire=lire,
        creer={table: colonnes for table, colonnes in correction.creer.items() if table != "dossiers.Fait"},
        modifier={t: c for t, c in correction.modifier.items() if t != "dossiers.Fait"}
        | {"dossiers.Demande": ("etat", "decidee_le")},
        information="Un agent de votre caisse décide de votre demande quand tous vos documents sont acceptés. Vous "
        "recevez une décision, avec son calcul.",
    )
