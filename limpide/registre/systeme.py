"""One entry of the public page « Informatique et libertés »: a system, its name, its acts, its full sheet.

A system is what the public is told of; a `Traitement` is what runs. Several processings may belong to one system, and
a system that nobody built yet has none: the page then says so. Names, acts and dates are the page's own, to the
letter; what the acts contain was not always read, and `origine` says what each sheet rests on.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import re

from limpide.registre.declaration import (
    AUTOMATISATIONS,
    VISIBILITES,
    Acte,
    Conservation,
    DeclarationInvalide,
    exiger,
    parmi,
)

STATUTS = ("vivant", "remplace", "clos")
SECTIONS = range(1, 10)
_CODE = re.compile(r"S(0[1-9]|[1-3]\d|4[0-8])")
HORS_DE_LA_PAGE = ("demonstration",)
"""Systems that a processing may name without being of the page: the synthetic world, which holds nobody real."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Systeme:
    """One system of the page.

    `section` and `rang`: where the page says it. `nom`: the page's name; `texte`: its own sentence, where it has one.
    `alias`: names of yesterday or of use. `statut`: alive, replaced (`remplace_par`) or closed. `donnees`: categories
    of data. `automatisation`: what it may decide alone. `origine`: what the sheet rests on, for the officer. `reste`:
    what remains to build, when it is not all there. `sans_traitement`: why it runs without any processing
    (nobody's data). `fin`: the day after which nothing new may be done.
    """

    code: str
    section: int
    rang: int
    nom: str
    finalites: tuple[str, ...]
    base_legale: str
    personnes: tuple[str, ...]
    donnees: tuple[str, ...]
    destinataires: tuple[str, ...]
    conservation: Conservation
    mesures: tuple[str, ...]
    droits_applicables: tuple[str, ...]
    information: str
    origine: str
    texte: str = ""
    actes: tuple[Acte, ...] = ()
    alias: tuple[str, ...] = ()
    statut: str = "vivant"
    remplace_par: str = ""
    visible_allocataire: str = "immediate"
    raison_visibilite: str = ""
    automatisation: str = "aucune"
    donnees_de_sante: bool = False
    article9: str = ""
    reste: str = ""
    sans_traitement: str = ""
    fin: dt.date | None = None

    def __post_init__(self) -> None:
        try:
            self._verifier()
        except DeclarationInvalide as erreur:
            raise DeclarationInvalide(f"système « {self.code} » : {erreur}") from None

    def _verifier(self) -> None:
        exiger(_CODE.fullmatch(self.code), "le code va de S01 à S48")
        exiger(self.section in SECTIONS and self.rang > 0, "la section va de 1 à 9, le rang commence à 1")
        for champ in ("nom", "base_legale", "information", "origine"):
            exiger(str(getattr(self, champ)).strip(), f"le champ « {champ} » est vide")
        for champ in ("finalites", "personnes", "donnees", "destinataires", "mesures", "droits_applicables"):
            valeur = getattr(self, champ)
            exiger(isinstance(valeur, tuple), f"« {champ} » doit être un tuple (une virgule manque ?)")
            exiger(valeur and all(str(v).strip() for v in valeur), f"le champ « {champ} » est vide")
        parmi(self.statut, STATUTS, "statut")
        parmi(self.automatisation, AUTOMATISATIONS, "automatisation")
        parmi(self.visible_allocataire, VISIBILITES, "visible_allocataire")
        exiger(
            self.visible_allocataire == "immediate" or self.raison_visibilite.strip(),
            "une visibilité différée ou masquée exige sa raison légale (raison_visibilite)",
        )
        exiger(
            not (self.donnees_de_sante and self.automatisation == "integrale"),
            "aucune décision entièrement automatisée sur des données de santé (RGPD art. 22.4)",
        )
        exiger(
            not self.donnees_de_sante or self.article9.strip(),
            "des données de santé exigent l'exception de l'article 9 du RGPD (article9)",
        )
        exiger(
            (self.statut == "remplace") == bool(self.remplace_par),
            "statut « remplace » : dire par quoi, et seulement alors",
        )
        exiger(not self.remplace_par or _CODE.fullmatch(self.remplace_par), "remplace_par : un code, comme S34")

    @property
    def empreinte(self) -> str:
        """Version of the sheet: 16 hexadecimal digits of a SHA-256."""
        texte = json.dumps(dataclasses.asdict(self), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(texte.encode()).hexdigest()[:16]


def dans_l_ordre(systemes: list[Systeme]) -> dict[str, Systeme]:
    """By code, in the page's order; refuses two systems at one place, or a successor that does not exist."""
    places: dict[tuple[int, int], str] = {}
    for systeme in sorted(systemes, key=lambda s: (s.section, s.rang, s.code)):
        place = systeme.section, systeme.rang
        exiger(
            place not in places,
            f"{places.get(place)} et {systeme.code} ont la même place : section {place[0]}, rang {place[1]}",
        )
        places[place] = systeme.code
    par_code = {systeme.code: systeme for systeme in systemes}
    exiger(len(par_code) == len(systemes), "un système est déclaré deux fois")
    for systeme in systemes:
        exiger(
            not systeme.remplace_par or systeme.remplace_par in par_code,
            f"le système {systeme.code} est remplacé par {systeme.remplace_par}, qui n'est pas au registre",
        )
    return {code: par_code[code] for code in places.values()}
