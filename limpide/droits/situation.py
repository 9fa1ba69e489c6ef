"""Law records: what the law knows of one household for one month, or of a million of them.

`FOYER` and `PERSONNE` are NumPy record types derived from the catalogue (`faits.NATURES`); the persons of a
household are contiguous (`foyer.debut:foyer.fin`), the claimant first. A monthly amount is an array over the
months M-6…M (index 6 is M), in euros; a yearly amount is one number; flags and enumerations are small integers.
Unknown: NaN, -1, `DATE_INCONNUE`. Persons who left or joined within the window stay in the record: `present` says,
month by month, who was there (1 there, 0 away, -1 unknown).

`sans_revenu_activite` (all work incomes), `sans_autre_activite` (all but the salary), `sans_revenu_remplacement`,
`sans_autre_revenu` (person) and `sans_prestation` (household) are shortcuts, never facts: 1 promises that every
amount of the group is known and zero over the whole window, so that a rule may skip it; 0 promises nothing.
`rang_naissance` is the month of birth counted from year 0 (`annee * 12 + mois - 1`), 0 if nobody computed it: ages
are then a subtraction. `resumer` sets them all; leaving them at 0 is always right, only slower.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .bornes import NE_DANS_LE_MOIS, ne_apres
from .faits import (
    ACTIVITES,
    DATE_INCONNUE,
    INCONNU,
    MOIS_FENETRE,
    NATURES,
    NATURES_PAR_CODE,
    ROLES,
    Defaut,
    Nature,
)
from .valeurs import SituationInvalide, ecrire_presence, ecrire_valeur, lire_presence, lire_valeur

__all__ = [
    "CONJOINT", "DATE_INCONNUE", "DEMANDEUR", "ENFANT", "FOYER", "INCONNU", "MOIS_FENETRE", "NATURES",
    "NATURES_PAR_CODE", "PERSONNE", "ROLES", "Defaut", "Nature", "Situation", "SituationInvalide", "codes_droits",
    "deduire_les_etudes", "dtype_droits", "foyers_vierges", "personnes_vierges", "resumer",
]  # fmt: skip

M = MOIS_FENETRE - 1
"""Index of the month computed in every monthly array."""

DEMANDEUR, CONJOINT, ENFANT = 0, 1, 2
MAX_ENFANTS = 30
LIGNE_CACHE = 64
EN_ETUDES = ACTIVITES.index("etudiant")
RANG_1970 = 1970 * 12
"""Months from year 0 to January 1970."""

RACCOURCIS = {
    "sans_revenu_activite": ("salaire", "activite"),
    "sans_autre_activite": ("activite",),
    "sans_revenu_remplacement": ("remplacement",),
    "sans_autre_revenu": ("autre",),
    "sans_prestation": ("prestation",),
}

Champ = tuple[str, str] | tuple[str, str, tuple[int, ...]]
Tableau = npt.NDArray[Any]


def _champ(nature: Nature) -> Champ:
    if nature.type == "euros":
        return (nature.nom, "f8", (MOIS_FENETRE,)) if nature.periodicite == "mois" else (nature.nom, "f8")
    return (nature.nom, {"date": "i4", "entier": "i2"}.get(nature.type, "i1"))


def _champs(sujet: str) -> list[Champ]:
    """Fields of a record: small ones first (one cache line tells who the person is), then amounts by group."""
    natures = [n for n in NATURES.values() if n.sujet == sujet]
    rang = {"date": 0, "entier": 1, "enumeration": 2, "booleen": 3, "euros": 4}
    ordre = ("salaire", "", "activite", "remplacement", "autre", "prestation")
    natures.sort(key=lambda n: (rang[n.type], ordre.index(n.groupe)))
    groupes = {n.groupe for n in natures}
    raccourcis: list[Champ] = [(nom, "i1") for nom, g in RACCOURCIS.items() if groupes.issuperset(g)]
    petits = [_champ(n) for n in natures if n.type != "euros"]
    return petits + raccourcis + [_champ(n) for n in natures if n.type == "euros"]


def _dtype(champs: list[Champ]) -> np.dtype[Any]:
    """A record an odd number of cache lines long: with an even one, all persons would fight for the same lines."""
    serre = np.dtype(champs, align=True)
    lignes = -(-serre.itemsize // LIGNE_CACHE) | 1
    noms: Any = serre.names
    formes: Any = serre.fields
    return np.dtype(
        {
            "names": list(noms),
            "formats": [formes[nom][0] for nom in noms],
            "offsets": [formes[nom][1] for nom in noms],
            "itemsize": lignes * LIGNE_CACHE,
        },
        align=True,
    )


_NAISSANCE, *_AUTRES = _champs("personne")
PERSONNE = _dtype([_NAISSANCE, ("rang_naissance", "i4"), ("role", "i1"), ("present", "i1", (MOIS_FENETRE,)), *_AUTRES])
FOYER = _dtype([("debut", "i4"), ("fin", "i4"), *_champs("foyer")])


def codes_droits() -> tuple[str, ...]:
    """Codes of the rights: one folder each, with its rules and its parameters."""
    ici = Path(__file__).parent
    return tuple(sorted(d.parent.name for d in ici.glob("*/regles.py") if d.parent.name != "bases"))


def dtype_droits(codes: Sequence[str]) -> np.dtype[Any]:
    """Result per household: for each right, euros (NaN if unknown), cents, reason, missing fact, CRDS in cents."""
    genres = {"": "f8", "_centimes": "i8", "_motif": "i1", "_manque": "i2", "_crds": "i8"}
    champs = [(code + suffixe, genre) for code in codes for suffixe, genre in genres.items()]
    return np.dtype(champs, align=True)


def _vierge(dtype: np.dtype[Any], role: int | None) -> Tableau:
    """One record where every fact is unknown, except those that silence settles for this role (None: no default)."""
    ligne = np.zeros(1, dtype)
    for nom in dtype.names or ():
        nature = NATURES.get(nom)
        if nature is None:
            continue
        ligne[nom] = np.nan if nature.type == "euros" else DATE_INCONNUE if nature.type == "date" else INCONNU
        defaut = nature.defaut_si_absent
        if role is not None and defaut and (defaut.roles == "tous" or role == ENFANT):
            ligne[nom] = defaut.valeur
    return ligne


_PERSONNES_VIERGES = np.zeros(len(ROLES), PERSONNE)  # filled in place: joining arrays would drop the padding
for _role in range(len(ROLES)):
    _PERSONNES_VIERGES[_role] = _vierge(PERSONNE, _role)[0]
_PERSONNES_VIERGES["role"] = range(len(ROLES))
_PERSONNES_VIERGES["present"] = 1
_FOYER_VIERGE = _vierge(FOYER, DEMANDEUR)


def personnes_vierges(roles: npt.ArrayLike) -> Tableau:
    """Records of persons with these roles (0 claimant, 1 partner, 2 child), there all along: unknown or default."""
    return _PERSONNES_VIERGES[np.asarray(roles, dtype=np.intp)]


def foyers_vierges(tailles: npt.ArrayLike) -> Tableau:
    """Records of households of these sizes, their persons one after the other: unknown or default."""
    tailles = np.asarray(tailles, dtype=np.int64)
    foyers = np.repeat(_FOYER_VIERGE, len(tailles))
    foyers["fin"] = np.cumsum(tailles)
    foyers["debut"] = foyers["fin"] - tailles
    return foyers


def _bloc(lignes: Tableau, groupe: str) -> Tableau:
    """The amounts of one group as a matrix, without copying: its fields follow each other in the record."""
    noms = [n for n in lignes.dtype.names or () if n in NATURES and NATURES[n].groupe == groupe]
    champs: Any = lignes.dtype.fields
    vue: Any = {
        "names": ["bloc"],
        "formats": [("f8", (len(noms) * MOIS_FENETRE,))],
        "offsets": [champs[noms[0]][1]],
    }
    vue["itemsize"] = lignes.dtype.itemsize
    brut: Tableau = lignes.view(np.dtype(vue))["bloc"]
    return brut


def extraire(foyers: Tableau, personnes: Tableau, lignes: Tableau) -> tuple[Tableau, Tableau]:
    """The households of these ranks alone, with their persons: copies, whose ranks begin at zero."""
    siens = foyers[lignes]
    tailles = siens["fin"] - siens["debut"]
    fins = np.cumsum(tailles)
    rangs = np.repeat(siens["debut"] - (fins - tailles), tailles) + np.arange(int(tailles.sum()))
    siens["debut"], siens["fin"] = fins - tailles, fins
    return siens, np.ascontiguousarray(personnes[rangs])


def resumer(lignes: Tableau) -> None:
    """Set the shortcuts of these records (persons or households) from their amounts, in place."""
    for raccourci, groupes in RACCOURCIS.items():
        if raccourci in (lignes.dtype.names or ()):
            lignes[raccourci] = np.logical_and.reduce([(_bloc(lignes, g) == 0).all(axis=1) for g in groupes])
    if "rang_naissance" in (lignes.dtype.names or ()):
        naissances = lignes["date_naissance"]
        mois = naissances.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + RANG_1970
        lignes["rang_naissance"] = np.where(naissances == DATE_INCONNUE, 0, mois)


DEDUITS = {"etudiant": "activite"}
"""Facts that another tells where nobody told them."""


def deduire_les_etudes(personnes: Tableau, tus: npt.ArrayLike = True) -> None:
    """Whose activity is studying is a student, in place; `tus`: those of whom nobody told whether they study."""
    personnes["etudiant"][(personnes["activite"] == EN_ETUDES) & tus] = 1


PERSONNE_FAITS = tuple(n for n in PERSONNE.names or () if n in NATURES)
FOYER_FAITS = tuple(n for n in FOYER.names or () if n in NATURES)


def _connu(nom: str, personne: int | None, noms: Sequence[str]) -> str:
    if nom not in noms:
        proches = " ou ".join(get_close_matches(nom, noms, 3, 0.6))
        raise SituationInvalide(nom, personne, "un nom inconnu", proches or "un nom du catalogue des faits")
    return nom


def _verifier_roles(roles: list[int]) -> None:
    """Claimant first and alone in that role, one partner at most, a plausible number of children."""
    if not roles or roles[0] != DEMANDEUR or roles.count(DEMANDEUR) != 1:
        demandeurs = f"{roles.count(DEMANDEUR)} demandeur(s)"
        raise SituationInvalide("role", 1, demandeurs, "un seul demandeur, placé en premier")
    if roles.count(CONJOINT) > 1:
        raise SituationInvalide("role", None, f"{roles.count(CONJOINT)} conjoints", "un conjoint au plus")
    if roles.count(ENFANT) > MAX_ENFANTS:
        trouve = f"{roles.count(ENFANT)} enfants"
        raise SituationInvalide("role", None, trouve, f"{MAX_ENFANTS} enfants au plus")


def _verifier_les_adultes(personnes: Tableau, mois: str) -> None:
    """Born by the month computed; what is no month is refused by the law, which reads it."""
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", mois, re.ASCII) is None:
        return
    for rang in np.flatnonzero((personnes["role"] != ENFANT) & ne_apres(personnes["date_naissance"], mois)):
        naissance = ecrire_valeur(NATURES["date_naissance"], personnes["date_naissance"][rang])
        raise SituationInvalide("date_naissance", int(rang) + 1, naissance, NE_DANS_LE_MOIS)


@dataclass(frozen=True)
class Situation:
    """One household for one month ("2026-11"): a `FOYER` record and its `PERSONNE` records, shortcuts set."""

    mois: str
    foyer: Tableau
    personnes: Tableau

    def __post_init__(self) -> None:
        for attribut, dtype in (("foyer", FOYER), ("personnes", PERSONNE)):
            lignes = np.array(getattr(self, attribut), dtype=dtype).reshape(-1)
            object.__setattr__(self, attribut, lignes)
            resumer(lignes)
        if len(self.foyer) != 1:
            raise SituationInvalide("foyer", None, len(self.foyer), "un seul foyer")
        self.foyer["debut"], self.foyer["fin"] = 0, len(self.personnes)
        _verifier_roles(self.personnes["role"].tolist())

    @classmethod
    def depuis_dict(cls, donnees: dict[str, Any]) -> "Situation":
        """Read what `vers_dict` wrote: {"mois", "foyer": {fact: value}, "personnes": [{"role", fact: value}]}.

        A fact left out is unknown, or takes the default of the catalogue; `activite` says who studies where `etudiant`
        does not. A month's amount given as one number holds for the whole window. Raises `SituationInvalide`, which
        names the person and the fact, in French.
        """
        inconnus = set(donnees) - {"mois", "foyer", "personnes"}
        if inconnus:
            raise SituationInvalide(min(inconnus), None, "présent", "mois, foyer ou personnes")
        membres = donnees.get("personnes")
        if not isinstance(membres, list) or not membres:
            raise SituationInvalide("personnes", None, membres, "la liste des personnes du foyer, le demandeur d'abord")
        for rang, membre in enumerate(membres, 1):
            if not isinstance(membre, dict) or membre.get("role") not in ROLES:
                trouve = membre.get("role") if isinstance(membre, dict) else membre
                raise SituationInvalide("role", rang, trouve, " ou ".join(ROLES))
        foyer = foyers_vierges([len(membres)])
        personnes = personnes_vierges([ROLES.index(m["role"]) for m in membres])
        for nom, valeur in (donnees.get("foyer") or {}).items():
            champ = _connu(nom, None, FOYER_FAITS)
            foyer[champ][0] = lire_valeur(champ, valeur, None)
        for rang, membre in enumerate(membres, 1):
            for nom, valeur in membre.items():
                if nom == "present":
                    personnes["present"][rang - 1] = lire_presence(valeur, rang)
                elif nom != "role":
                    champ = _connu(nom, rang, PERSONNE_FAITS)
                    personnes[champ][rang - 1] = lire_valeur(champ, valeur, rang)
        deduire_les_etudes(personnes, ["etudiant" not in membre for membre in membres])
        mois = str(donnees.get("mois", ""))
        _verifier_les_adultes(personnes, mois)
        return cls(mois, foyer, personnes)

    def vers_dict(self) -> dict[str, Any]:
        """Every fact of the household in plain JSON values; unknown is None. `depuis_dict` reads it back."""
        return {
            "mois": self.mois,
            "foyer": {nom: ecrire_valeur(NATURES[nom], self.foyer[nom][0]) for nom in FOYER_FAITS},
            "personnes": [
                {"role": ROLES[p["role"]], "present": ecrire_presence(p["present"])}
                | {nom: ecrire_valeur(NATURES[nom], p[nom]) for nom in PERSONNE_FAITS}
                for p in self.personnes
            ],
        }
