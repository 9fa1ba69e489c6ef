"""Protection measures of adults: what the Code civil lets each kind give to the protector, and who may be one.

The judgement says which powers are given; this table says which may be. Where the articles were read: docs/sources.md.
A personalised social support (MASP) is a contract with the département: nobody represents the person, nothing is
recorded here, and it opens nothing.
"""

import dataclasses
from collections.abc import Mapping

PERSONNE, ORGANISME = "personne", "organisme"
CONSULTATION, DECLARATIONS, DONNEES = "consultation", "declarations", "donnees"
POUVOIRS = ("courrier", "paiements", DONNEES, CONSULTATION, DECLARATIONS)
EN_LIGNE = (CONSULTATION, DECLARATIONS, DONNEES)
"""Powers that the online space enforces; the other two are the Caf's own affair."""


@dataclasses.dataclass(frozen=True, slots=True)
class GenreMesure:
    """One kind of measure. `possibles`: the powers a judgement may give; `protecteurs`: who may hold it.

    `sans_pouvoir`: said to the protector who asks for data without the power. `terme`: the judge sets an end.
    `protecteur`: what the person reads of who acted for them.
    """

    nom: str
    article: str
    possibles: tuple[str, ...]
    protecteurs: tuple[str, ...]
    sans_pouvoir: str
    protecteur: str
    terme: bool = True


GENRES: Mapping[str, GenreMesure] = {
    "tutelle": GenreMesure(
        "tutelle", "code civil, art. 440 et 473", POUVOIRS, (PERSONNE, ORGANISME),
        "le jugement de tutelle ne charge pas le tuteur des actes relatifs à la personne, dont font partie les droits "
        "sur les données (code civil, art. 425 et 459)",
        "Votre tuteur",
    ),
    "curatelle": GenreMesure(
        "curatelle", "code civil, art. 440, 467 et 471", (CONSULTATION,), (PERSONNE, ORGANISME),
        "le curateur assiste la personne, il ne la représente pas (code civil, art. 467) : la personne demande "
        "elle-même, avec son aide si elle le souhaite",
        "Votre curateur",
    ),
    "curatelle_renforcee": GenreMesure(
        "curatelle renforcée", "code civil, art. 472", POUVOIRS, (PERSONNE, ORGANISME),
        "le curateur perçoit les revenus et règle les dépenses (code civil, art. 472) ; le jugement ne lui donne pas "
        "d'autre pouvoir de représenter la personne (art. 471)",
        "Votre curateur",
    ),
    "habilitation": GenreMesure(
        "habilitation familiale", "code civil, art. 494-1 et 494-6", POUVOIRS, (PERSONNE,),
        "l'habilitation ne porte pas sur les actes relatifs à la personne (code civil, art. 494-6)",
        "La personne habilitée par le juge", terme=False,
    ),
    "accompagnement": GenreMesure(
        "mesure d'accompagnement judiciaire", "code civil, art. 495 à 495-7", ("paiements", CONSULTATION),
        (PERSONNE, ORGANISME),
        "cette mesure porte sur les prestations sociales choisies par le juge et n'entraîne aucune incapacité "
        "(code civil, art. 495-3 et 495-4) : la personne demande elle-même",
        "Le mandataire de votre mesure d'accompagnement",
    ),
    "sauvegarde": GenreMesure(
        "sauvegarde de justice", "code civil, art. 433 à 439", ("paiements", CONSULTATION, DECLARATIONS),
        (PERSONNE, ORGANISME),
        "la personne garde l'exercice de ses droits (code civil, art. 435) ; le juge ne confie au mandataire spécial "
        "que des actes de gestion du patrimoine (art. 437)",
        "Votre mandataire spécial",
    ),
}  # fmt: skip
