"""What follows from a declared change: recorded at once, or asked of an agent; and the sentences that say it."""

import datetime as dt
from dataclasses import dataclass

from limpide.dossiers import taches
from limpide.dossiers.demandes import JOURS_POUR_FOURNIR
from limpide.dossiers.models import GenreTache
from limpide.usagers.changement.etapes import RIEN, Etapes


@dataclass(frozen=True)
class NouvelleAdresse:
    lignes: str
    code_postal: str
    commune: str


@dataclass(frozen=True)
class Plan:
    """`objet`: of the agent's task, empty when no agent has anything to do. `piece`: the document asked, or empty.

    `suite`: who acts next and by when, said before sending. `cause`: the sentence of the decision. `droit`: of
    which the month is declared; what is due of it is computed even where no right was yet for that month.
    """

    titre: str
    depuis: dt.date
    cause: str
    suite: str
    tout_de_suite: Etapes = RIEN
    a_verifier: Etapes = RIEN
    adresse: NouvelleAdresse | None = None
    objet: str = ""
    piece: str = ""
    droit: str = ""

    @property
    def etapes(self) -> Etapes:
        """All that it makes, whenever it is recorded."""
        a, b = self.tout_de_suite, self.a_verifier
        return Etapes(a.departs + b.departs, a.sejours + b.sejours, a.faits + b.faits, b.arrivee)


def echeance_d_un_agent(jour: dt.date) -> dt.date:
    """The last day that the Caf gives itself to check what is declared on `jour`."""
    return jour + dt.timedelta(days=taches.DELAIS[GenreTache.CHANGEMENT])


def echeance_d_une_piece(jour: dt.date) -> dt.date:
    return jour + dt.timedelta(days=JOURS_POUR_FOURNIR)
