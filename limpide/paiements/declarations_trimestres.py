"""The processing that computes again one file whose resources were just declared: the month's, for it alone."""

import dataclasses

from limpide.registre.declaration import Traitement

RECALCUL = "recalcul_trimestre"


def recalcul_du_trimestre(mensuelle: Traitement) -> Traitement:
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
