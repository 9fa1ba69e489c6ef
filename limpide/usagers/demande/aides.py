"""The rights that can be claimed online: their words, their addresses, the processing under which each is claimed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Aide:
    """One right claimed online. `le`, `du`: as a sentence names it (« le RSA », « de RSA »); `ouvre`: since when due.

    `parent_mineur`: before eighteen, a child born or expected opens it.
    """

    droit: str
    titre: str
    nom: str
    le: str
    du: str
    ouvre: str
    parent_mineur: bool = False

    @property
    def traitement(self) -> str:
        """The processing, and the online service, under which it is claimed."""
        return f"demande_{self.droit}"

    @property
    def chemin(self) -> str:
        return f"demande-{self.droit}/"

    @property
    def ici(self) -> str:
        """Name of the address of its questions."""
        return f"usagers:demande_{self.droit}"

    @property
    def relire(self) -> str:
        return f"{self.ici}_envoyer"

    @property
    def abandonner(self) -> str:
        return f"{self.ici}_abandonner"


RSA = Aide(
    droit="rsa",
    titre="Demande de revenu de solidarité active",
    nom="Revenu de solidarité active",
    le="le RSA",
    du="de RSA",
    ouvre="Le RSA est dû à partir du premier jour du mois de la demande (code de l'action sociale et des familles, "
    "art. L262-18 et R262-33).",
    parent_mineur=True,
)
PPA = Aide(
    droit="ppa",
    titre="Demande de prime d'activité",
    nom="Prime d'activité",
    le="la prime d'activité",
    du="de prime d'activité",
    ouvre="La prime d'activité est due à partir du premier jour du mois de la demande (code de la sécurité sociale, "
    "art. R846-2).",
)
AIDES: tuple[Aide, ...] = (RSA, PPA)
PAR_DROIT = {aide.droit: aide for aide in AIDES}
