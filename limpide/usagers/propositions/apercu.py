"""What the first page says of the rights to look at: counted once for a session, under its own processing."""

from dataclasses import asdict, dataclass
from typing import Any

from limpide.registre.vues import personne_de, pour_la_requete
from limpide.usagers import dossier as lecture
from limpide.usagers.propositions.calcul import Propositions, proposer
from limpide.usagers.simulateur.periodes import mois_courant

DROITS_PROPOSES = "droits_proposes"
CLE = "droits_possibles"
"""In a session: numbers and a sum, never which rights."""


@dataclass(frozen=True)
class Apercu:
    """For whom and which month; how many rights seem open, for how much a month, how many lack an answer."""

    qui: int
    mois: str
    possibles: int
    centimes: int
    a_verifier: int


def apercu(request: Any) -> Apercu | None:
    """None for whoever has no file, or is not yet let in. Counted at the first page of the session, kept in it."""
    qui = personne_de(request)
    if qui is None or request.method not in ("GET", "HEAD") or request.user.mot_de_passe_a_changer:
        return None
    connu = request.session.get(CLE)
    if connu is not None and (connu["qui"], connu["mois"]) == (qui, mois_courant()):
        return Apercu(**connu)
    with pour_la_requete(request, DROITS_PROPOSES, "Vous voyez s'il reste des droits à demander"):
        dossier = lecture.mon_dossier(qui)
        trouvees = None if dossier is None else proposer(dossier, mois_courant())
    return None if trouvees is None else retenir(request, qui, trouvees)


def retenir(request: Any, qui: int, trouvees: Propositions) -> Apercu:
    """Keep the count for the next pages of the session."""
    vu = Apercu(qui, trouvees.mois, len(trouvees.possibles), trouvees.par_mois, len(trouvees.a_verifier))
    request.session[CLE] = asdict(vu)
    return vu


def oublier(request: Any) -> None:
    """Something was declined, or is offered again: count anew."""
    request.session.pop(CLE, None)
