"""Names of nobody: surnames built from syllables, so that no household of the world resembles a real one."""

import numpy as np

_DEBUTS = (
    "Bel", "Mont", "Ker", "Val", "Roch", "Dur", "Font", "Gar", "Lam", "Mar", "Per", "Sau", "Tav", "Ver",
    "Chan", "Bour", "Sid", "Ous", "Ndia", "Tran", "Lop", "Ferr", "Kow", "Yild", "Bena"
)  # fmt: skip
_MILIEUX = ("a", "e", "i", "o", "u", "an", "el", "or", "in", "ou")
_FINS = (
    "vassin", "dourel", "lanec", "tignon", "mirel", "branty", "gauval", "rezac", "soulier", "quenet",
    "diame", "thavy", "pezard", "lowicz", "dirane", "rouba", "chelin", "fauvel", "noral", "zieux"
)  # fmt: skip
PRENOMS_DE_FEMMES = (
    "Amina", "Louise", "Camille", "Inès", "Jeanne", "Fatou", "Chloé", "Maëlle", "Nadia", "Sophie",
    "Élise", "Aïcha", "Rose", "Yasmine", "Léa",
)  # fmt: skip
_PRENOMS = (
    *PRENOMS_DE_FEMMES, "Hugo", "Karim", "Paul", "Moussa", "Théo", "Jules",
    "Antoine", "Rachid", "Noé", "Samuel", "Léo", "Ibrahim", "Victor", "Malo", "Émile"
)  # fmt: skip


def nom(tirage: np.random.Generator) -> str:
    """A surname made of three syllables (5 000 of them)."""
    return (
        _DEBUTS[tirage.integers(len(_DEBUTS))]
        + _MILIEUX[tirage.integers(len(_MILIEUX))]
        + _FINS[tirage.integers(len(_FINS))]
    )


def prenom(tirage: np.random.Generator) -> str:
    """A first name, drawn without regard to anything else about the person."""
    return _PRENOMS[tirage.integers(len(_PRENOMS))]
