"""How amounts, rates and months are written in the sentences of the rules."""

from typing import Any

ESPACE = "\u202f"
MILLIER = 1000
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def euros(montant: float) -> str:
    """1234.5 → « 1 234,50 € »."""
    entier, cents = divmod(round(abs(float(montant)) * 100), 100)
    texte = f"{entier:,}".replace(",", ESPACE)
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
