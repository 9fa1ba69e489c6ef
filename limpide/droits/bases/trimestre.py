"""The quarter of RSA and prime d'activité: which months count, and what happens when it is not declared.

Until February 2025 the three months before the examination; the fourth, third and second since (décret n° 2025-185),
and from October 2024 in the five departments of the experiment (décret n° 2024-693).
"""

from typing import Any

from limpide.droits.bases.mots import trois_mois
from limpide.droits.moteur import Motif, regle
from limpide.droits.moteur.primitive import primitive

A_INSTRUIRE, NON_DECLARE = int(Motif.A_INSTRUIRE), int(Motif.NON_DECLARE)


@primitive
def debut_du_trimestre(foyer: Any, b: Any, examen: int) -> int:
    """Index of the first of the three reference months, by the rules of the month of the examination."""
    recul: int = b[examen].trimestre_recul
    if foyer.departement_experimentation_rsa == 1:
        recul = b[examen].trimestre_recul_experimental
    return examen - recul


@primitive
def trimestre_inconnu(foyer: Any, b: Any, examen: int) -> bool:
    """Nobody knows whether the household was in the experiment, and the examination is of its months."""
    return foyer.departement_experimentation_rsa < 0 and (
        b[examen].trimestre_recul != b[examen].trimestre_recul_experimental
    )


def _dire_reference(a: Any, r: int) -> str:
    mois_retenus = trois_mois(a["b"], r)
    if a["foyer"].departement_experimentation_rsa != 1 or a["k"] - r == a["b"][a["k"]].trimestre_recul:
        return f"Les mois pris en compte sont {mois_retenus} : les trois mois avant l'examen de vos droits."
    return (
        f"Les mois pris en compte sont {mois_retenus} : les quatrième, troisième et deuxième mois avant l'examen de vos"
        " droits, parce que votre département expérimente la déclaration préremplie."
    )


@regle(
    "CASF R262-7",
    "CSS R843-1",
    "Décret n° 2024-693",
    depuis="2017-01-01",
    jusque="2025-02-28",
    libelle="Premier mois de référence",
    phrase=_dire_reference,
)
def premier_mois_reference(foyer: Any, b: Any, k: int) -> int:
    """Index of the third month before the examination of month `k` (the fourth in the experiment of late 2024)."""
    return debut_du_trimestre(foyer, b, k)


@regle(
    "CASF R262-7",
    "CSS R843-1",
    depuis="2025-03-01",
    variante_de=premier_mois_reference,
    libelle="Premier mois de référence",
    phrase=lambda a, r: (
        f"Les mois pris en compte sont {trois_mois(a['b'], r)} : les quatrième, troisième et deuxième mois avant"
        " l'examen de vos droits."
    ),
)
def premier_mois_reference_2025(foyer: Any, b: Any, k: int) -> int:
    """Index of the fourth month before the examination; the two next ones follow."""
    return debut_du_trimestre(foyer, b, k)


@regle(
    "CASF L262-2",
    "CSS L842-3",
    "Décrets n° 2020-490 et 2020-491",
    depuis="2017-01-01",
    jusque="2025-03-31",
    libelle="Mois dont vient le montant d'une personne seule",
)
def mois_du_montant(b: Any, rang: int) -> int:
    """The month paid: the decrees of these years raise « les allocations dues au titre du mois d'avril »."""
    return 6


@regle(
    "CASF R262-7",
    "CSS R843-1",
    "Décrets n° 2025-293 et 2025-294",
    depuis="2025-04-01",
    variante_de=mois_du_montant,
    libelle="Mois dont vient le montant d'une personne seule",
)
def mois_du_montant_2025(b: Any, rang: int) -> int:
    """The reference month itself: « dans les conditions prévues par les articles R262-4 et R262-7 »."""
    return rang


SUSPENDU = (
    "Vous n'avez pas déclaré les ressources de ce trimestre, malgré un rappel : le versement est suspendu. Il reprend,"
    " depuis le premier mois suspendu, dès que vous les déclarez."
)


@regle(
    "CSS L843-4",
    "CSS D846-1",
    "CASF R262-37",
    "CASF R262-83",
    depuis="2017-01-01",
    jusque="2020-02-29",
    libelle="Versement suspendu jusqu'à la déclaration trimestrielle",
    phrase=SUSPENDU,
)
def trimestre_suspendu(foyer: Any, b: Any) -> int:
    """Reason when the quarter of this month was not declared after a reminder: nothing is paid until it is."""
    return NON_DECLARE


@regle(
    "Ordonnance n° 2020-312, article 2",
    "Ordonnance n° 2020-428, article 4",
    depuis="2020-03-01",
    jusque="2020-09-30",
    variante_de=trimestre_suspendu,
    libelle="Trimestre non déclaré pendant l'état d'urgence sanitaire",
    phrase="Vous n'avez pas déclaré les ressources de ce trimestre : du 12 mars au 12 septembre 2020, la Caf pouvait "
    "avancer le montant déjà versé. Un agent examine votre situation.",
)
def trimestre_avance(foyer: Any, b: Any) -> int:
    """The same sum could be advanced to who was unable to declare: a person looks."""
    return A_INSTRUIRE


@regle(
    "CSS L161-1-4",
    "CSS L843-4",
    "CSS D846-1",
    "CSS R846-5",
    "CASF R262-4",
    "CASF R262-37",
    "CASF R262-83",
    depuis="2020-10-01",
    variante_de=trimestre_suspendu,
    libelle="Versement suspendu jusqu'à la déclaration trimestrielle",
    phrase=SUSPENDU,
)
def trimestre_suspendu_ensuite(foyer: Any, b: Any) -> int:
    """Nothing is paid until the quarter is declared."""
    return NON_DECLARE
