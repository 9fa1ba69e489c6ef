"""What a reform does, told once: tables that the page, the CSV files, the JSON and the terminal all show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from limpide.droits.calcul import catalogue_droits
from limpide.droits.empreinte import empreinte_regles
from limpide.droits.francais import centimes_en_euros, euros, nombre, pourcent

from .changements import Changement
from .mesure import (
    APRES,
    AVANT,
    FOYERS,
    GAGNANTS,
    GAINS,
    MOINS,
    NIVEAUX,
    OUVERTS_APRES,
    OUVERTS_AVANT,
    PERDANTS,
    PERTES,
    PLUS,
    SITUATIONS,
    VARIATIONS,
    Mesure,
    couper,
)


@dataclass(frozen=True)
class Resultats:
    """Rows of plain values, in cents; `mois`, changes, and what was left out."""

    mois: str
    changements: tuple[Changement, ...]
    foyers: int
    inconnus: int
    rejetes: int
    gagnants: int
    perdants: int
    cout_centimes: int
    droits: list[dict[str, Any]]
    deciles: list[dict[str, Any]]
    situations: list[dict[str, Any]]
    variations: list[dict[str, Any]]

    def en_json(self) -> dict[str, Any]:
        """Everything, as JSON."""
        return {
            "mois": self.mois,
            "empreinte_regles": empreinte_regles(),
            "changements": [
                {
                    "parametre": c.parametre.nom,
                    "libelle": c.parametre.libelle,
                    "article": c.parametre.article,
                    "unite": c.parametre.unite,
                    "avant": c.avant,
                    "apres": c.apres,
                }
                for c in self.changements
            ],
            "foyers": self.foyers,
            "foyers_non_compares": self.inconnus,
            "foyers_rejetes": self.rejetes,
            "gagnants": self.gagnants,
            "perdants": self.perdants,
            "cout_mensuel_centimes": self.cout_centimes,
            "droits": self.droits,
            "deciles": self.deciles,
            "situations": self.situations,
            "variations": self.variations,
        }


def raconter_la_reforme(
    mesure: Mesure, changements: Sequence[Changement], mois: str, codes: Sequence[str]
) -> Resultats:
    """The tables of a measure."""
    deciles = couper(mesure)
    catalogue = {droit.code: droit for droit in catalogue_droits()}
    droits = []
    for code, compte in zip(codes, mesure.droits.tolist(), strict=True):
        droit = catalogue[code]
        quand = "par an" if droit.annuel else "par événement" if droit.unique else "par mois"
        droits.append(
            {
                "droit": code,
                "libelle": droit.libelle,
                "verse": quand,
                "foyers_avant": compte[OUVERTS_AVANT],
                "foyers_apres": compte[OUVERTS_APRES],
                "gagnants": compte[PLUS],
                "perdants": compte[MOINS],
                "avant_centimes": compte[AVANT],
                "apres_centimes": compte[APRES],
                "cout_centimes": compte[APRES] - compte[AVANT],
            }
        )
    total = mesure.classes.sum(axis=0).tolist()
    dixiemes = [
        _ligne({"decile": rang}, compte.tolist()) | _par_droit(codes, couts)
        for rang, (compte, couts) in enumerate(deciles, 1)
    ]
    par_situation = zip(SITUATIONS, mesure.situations.tolist(), strict=True)
    par_variation = zip(_noms_des_variations(), mesure.variations.tolist(), strict=True)
    return Resultats(
        mois,
        tuple(changements),
        total[FOYERS],
        mesure.inconnus,
        mesure.rejetes,
        total[GAGNANTS],
        total[PERDANTS],
        total[GAINS] + total[PERTES],
        droits,
        dixiemes,
        [_ligne({"situation": nom}, compte) for nom, compte in par_situation],
        [{"variation": nom, "foyers": n} for nom, n in par_variation],
    )


def _ligne(debut: dict[str, Any], compte: Sequence[int]) -> dict[str, Any]:
    foyers = compte[FOYERS]
    cout = compte[GAINS] + compte[PERTES]
    return debut | {
        "foyers": foyers,
        "niveau_de_vie_moyen_centimes": round(compte[NIVEAUX] / foyers) if foyers else None,
        "gagnants": compte[GAGNANTS],
        "perdants": compte[PERDANTS],
        "gains_centimes": compte[GAINS],
        "pertes_centimes": compte[PERTES],
        "cout_centimes": cout,
        "par_foyer_centimes": round(cout / foyers) if foyers else None,
    }


def _par_droit(codes: Sequence[str], couts: Any) -> dict[str, Any]:
    return {"cout_par_droit_centimes": dict(zip(codes, couts.tolist(), strict=True))}


def _noms_des_variations() -> list[str]:
    bornes = [euros(abs(b) / 100).replace(",00", "") for b in VARIATIONS]
    milieu = VARIATIONS.index(0)
    pertes = [f"perd plus de {bornes[0]}"] + [f"perd de {bornes[i + 1]} à {bornes[i]}" for i in range(milieu - 1)]
    pertes.append(f"perd moins de {bornes[milieu - 1]}")
    gains = [f"gagne jusqu'à {bornes[milieu + 1]}"]
    gains += [f"gagne de {bornes[i]} à {bornes[i + 1]}" for i in range(milieu + 1, len(VARIATIONS) - 1)]
    gains.append(f"gagne plus de {bornes[-1]}")
    return [*pertes, "ni gain ni perte", *gains]


Table = tuple[str, list[str], list[list[str]]]


def tables(r: Resultats) -> dict[str, Table]:
    """Title, heads and rows of each table, in words."""
    e, c = nombre, centimes_en_euros
    part = _part_des_foyers(r.foyers)
    return {
        "droits": (
            "Par prestation",
            ["Prestation", "Versée", "Foyers avant", "après", "Gagnants", "Perdants", "Montant avant", "après", "Coût"],
            [
                [d["libelle"], d["verse"], e(d["foyers_avant"]), e(d["foyers_apres"]), e(d["gagnants"]),
                 e(d["perdants"]), c(d["avant_centimes"]), c(d["apres_centimes"]), c(d["cout_centimes"])]
                for d in r.droits if d["avant_centimes"] or d["apres_centimes"]
            ],
        ),
        "deciles": (
            "Par dixième de niveau de vie",
            ["Dixième", "Foyers", "Niveau de vie moyen", "Gagnants", "Perdants", "Gains", "Pertes", "Par foyer"],
            [
                [e(d["decile"]), e(d["foyers"]), _ou_rien(d["niveau_de_vie_moyen_centimes"]), e(d["gagnants"]),
                 e(d["perdants"]), c(d["gains_centimes"]), c(d["pertes_centimes"]), _ou_rien(d["par_foyer_centimes"])]
                for d in r.deciles
            ],
        ),
        "situations": (
            "Par situation",
            ["Situation", "Foyers", "Gagnants", "Perdants", "Coût", "Par foyer"],
            [
                [d["situation"], e(d["foyers"]), e(d["gagnants"]), e(d["perdants"]), c(d["cout_centimes"]),
                 _ou_rien(d["par_foyer_centimes"])]
                for d in r.situations
            ],
        ),
        "variations": (
            "Combien, par mois",
            ["Variation", "Foyers", "Part"],
            [[d["variation"], e(d["foyers"]), part(d["foyers"])] for d in r.variations],
        ),
    }  # fmt: skip


def _ou_rien(centimes: int | None) -> str:
    return "" if centimes is None else centimes_en_euros(centimes)


def _part_des_foyers(total: int) -> Any:
    return lambda n: pourcent(round(n / total, 4)) if total else ""
