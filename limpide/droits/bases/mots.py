"""How amounts, rates and months are written in the sentences of the rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

MILLIERS, ESPACE = "\u202f", "\u00a0"
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def centimes(montant: float) -> int:
    """Cents of an amount as it is written."""
    return round(float(montant) * 100)


def euros(montant: float) -> str:
    """1234.5 → « 1 234,50 € »."""
    entier, cents = divmod(abs(centimes(montant)), 100)
    texte = f"{entier:,}".replace(",", MILLIERS)
    signe = "−" if montant < 0 and (entier or cents) else ""
    return f"{signe}{texte},{cents:02d}{ESPACE}€"


def pour_cent(taux: float) -> str:
    """0.205 → « 20,5 % »."""
    return f"{float(taux) * 100:.3f}".rstrip("0").rstrip(".").replace(".", ",") + f"{ESPACE}%"


def nombre(valeur: float) -> str:
    """1.5 → « 1,5 » ; 2.0 → « 2 »."""
    return f"{float(valeur):.4f}".rstrip("0").rstrip(".").replace(".", ",")


def mois(b: Any, k: int) -> str:
    """The month `k` of the window: « novembre 2026 »."""
    valeur = int(b[k].mois)
    return f"{MOIS[valeur % 100 - 1]} {valeur // 100}"


def de_mois(b: Any, k: int) -> str:
    """« de novembre 2026 », « d'août 2026 »."""
    nom = mois(b, k)
    return f"d'{nom}" if nom[0] in "ao" else f"de {nom}"


def pluriel(n: float, mot: str) -> str:
    """2, « enfant » → « 2 enfants »."""
    return f"{nombre(n)} {mot}" + ("s" if abs(n) > 1 else "")


def mois_seul(b: Any, k: int) -> str:
    """« novembre », without its year."""
    return MOIS[int(b[k].mois) % 100 - 1]


def trois_mois(b: Any, k: int) -> str:
    """« juillet, août et septembre 2026 », each with its year if they are not of one."""
    annees = {int(b[i].mois) // 100 for i in (k, k + 1, k + 2)}
    ecrire = mois if len(annees) > 1 else mois_seul
    return f"{ecrire(b, k)}, {ecrire(b, k + 1)} et {mois(b, k + 2)}"


def dire_arrivees(venus: int) -> str:
    """What follows a number of children when others came this month: from when they count; nothing if none came."""
    if venus == 0:
        return ""
    qui = "L'enfant arrivé ce mois-ci compte" if venus == 1 else "Les enfants arrivés ce mois-ci comptent"
    return f" {qui} à partir du mois qui suit (article R552-2 du code de la sécurité sociale)."


def majuscule(texte: str) -> str:
    """The same, with a capital."""
    return texte[:1].upper() + texte[1:]


@dataclass(frozen=True)
class Terme:
    """One figure of an addition, with its sign. `accord` is the verb that goes with its name in a sentence."""

    montant: float
    nom: str
    sujet: str = ""
    verbe: str = "passe"


def operation(termes: Sequence[Terme], resultat: float) -> str:
    """« 900,00 € (montant forfaitaire) − 300,00 € (ressources) = 600,00 € », zeros left out but the first."""
    ecrits = [t for i, t in enumerate(termes) if i == 0 or round(abs(t.montant), 2)]
    texte = ""
    for i, t in enumerate(ecrits):
        signe = ("−" if t.montant < 0 else "") if i == 0 else (" − " if t.montant < 0 else " + ")
        texte += f"{signe}{euros(abs(t.montant))} ({t.nom})"
    exact = sum(centimes(t.montant) for t in ecrits) == centimes(resultat)
    return f"{texte} = {euros(resultat)}{'' if exact else ' (arrondi au centime à la fin)'}"


def ecart(haut: float, bas: float) -> float:
    """The difference of two amounts as they are written, to the cent."""
    return (centimes(haut) - centimes(bas)) / 100


@dataclass(frozen=True)
class Addition:
    """The sentence of a step that adds and subtracts: `termes` gives its figures, `dire` the sentence.

    The comparison of two months asks the same figures, to say which one moved the result most.
    """

    termes: Callable[[Any, Any], list[Terme]]
    dire: Callable[[Any, Any], str]

    def __call__(self, a: Any, r: Any) -> str:
        return self.dire(a, r)


def dire_montant_forfaitaire(a: Any, r: float, seul: float) -> str:
    """The lump sum of RSA or of prime d'activité: that of one person, times the coefficient."""
    texte = f"En {mois(a['b'], a['k'])}, le montant forfaitaire de votre foyer est de {euros(r)}"
    coefficient = a.etape("coefficient_isolement") or a.etape("coefficient_foyer")
    if coefficient is None or coefficient.resultat == 1.0:
        return f"{texte}, celui d'une personne seule."
    return f"{texte} : {euros(seul)} (une personne seule) × {nombre(coefficient.resultat)}."


def moyenne(montants: list[float], r: float) -> str:
    """How the amounts of the three months give the one that is paid."""
    if len({round(m, 2) for m in montants}) == 1:
        return "c'est le calcul de chacun des trois mois pris en compte"
    somme = " + ".join(euros(m) for m in montants)
    return f"c'est la moyenne des trois mois pris en compte, ({somme}) ÷ 3"


def dire_crds(a: Any, r: float) -> str:
    taux = pour_cent(a["b"][6].crds_taux)
    return f"La contribution au remboursement de la dette sociale ({taux} de {euros(a['montant'])}) retient {euros(r)}."
