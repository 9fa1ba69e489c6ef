"""What the explanation says of each step of the prime à la naissance, with its figures."""

from typing import Any

from limpide.droits.bases.mots import euros, nombre, pluriel, pour_cent
from limpide.droits.francais import jour_en_lettres


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def dire_examen_avant_2021(a: Any, r: bool) -> str:
    debut = jour_en_lettres(int(a["p"].date_debut_grossesse))
    mois = nombre(_b(a).paje_mois_d_examen)
    if r:
        return (
            f"La grossesse a commencé le {debut} : la situation est examinée ce mois-ci, le premier qui suit ses {mois}"
            " premiers mois. La prime est versée une seule fois, au plus tard le deuxième mois après la naissance."
        )
    return (
        f"La grossesse a commencé le {debut} : la situation est examinée une seule fois, le mois qui suit ses {mois}"
        " premiers mois. Faites le calcul pour ce mois-là."
    )


def dire_examen(a: Any, r: bool) -> str:
    debut = jour_en_lettres(int(a["p"].date_debut_grossesse))
    mois = nombre(_b(a).paje_mois_d_examen)
    if r:
        return (
            f"La grossesse a commencé le {debut} : la prime est due pour ce mois, le premier qui suit ses {mois}"
            " premiers mois. Elle est versée une seule fois, avant la naissance."
        )
    return (
        f"La grossesse a commencé le {debut} : la prime est due une seule fois, pour le mois qui suit ses {mois}"
        " premiers mois. Faites le calcul pour ce mois-là."
    )


def dire_plafond(a: Any, r: float) -> str:
    annee, enfants = int(_b(a).mois) // 100 - 2, a["enfants"]
    return (
        f"Le plafond est de {euros(r)} pour {pluriel(enfants, 'enfant')} {'né' if enfants == 1 else 'nés'} ou à naître,"
        f" à comparer à vos revenus de {annee}."
    )


def dire_montant(a: Any, r: float) -> str:
    b = _b(a)
    return (
        f"Pour chaque enfant attendu : {pour_cent(b.paje_naissance_taux)} de la base mensuelle ({euros(b.bmaf)}), soit"
        f" {euros(r)}."
    )


def dire_prime(a: Any, r: float) -> str:
    return f"Votre prime à la naissance s'élève à {euros(r)}, avant CRDS."
