"""Acting in the name of somebody: who is acted for, by whom, with which powers. Known for the time of one request."""

import dataclasses
from collections.abc import Callable

from limpide.registre.contexte import Acteur

GENRE = "protecteur"


@dataclasses.dataclass(frozen=True)
class AuNomDe:
    """The holder of the account (`protecteur`) acts for `personne`, both internal numbers of persons.

    `service`: what the journal calls the protector, read by the person. `nom`: shown on the page, nowhere else.
    `apres_un_acte`: called once something was written, to tell both.
    """

    acces: int
    personne: int
    protecteur: int
    service: str
    nom: str
    mesure: str
    pouvoirs: frozenset[str]
    apres_un_acte: Callable[[], None]

    def acteur(self, compte: int) -> Acteur:
        """Whose credentials were used: never the person's own (MC-038)."""
        return Acteur(GENRE, compte, self.service)

    def motif(self, motif: str) -> str:
        """The reason as the person reads it."""
        return f"En votre nom : « {motif} »"
