"""Rights computed together: what one gives, others count as received. The law's order, and no circle.

Past amounts are facts (`situation`). Where somebody looks at a household without a past (simulator, curve), the
benefits that others read are computed first and put in their place.
"""

from collections.abc import Collection, Mapping
from typing import Any

from .calcul import liquider
from .explication import trace_de
from .moteur import Motif
from .mouvement import parcourir
from .situation import Situation

COMPTEES_AILLEURS = ("paje_base", "paje_prepare", "cf", "asf")
"""Benefits computed here that others read, in the law's order: the first two close the third; all count in the RSA."""

PAR_PERSONNE = {"aah": "aah_de", "caah": "montant_de"}
"""Benefits of each adult, in the law's order, with the step of the trace that gives each one's. The second reads the
housing benefit."""

AIDES_AU_LOGEMENT = ("apl", "alf", "als")
"""One of these at most is due: it is the housing benefit that RSA and prime d'activité count."""


def loyer_connu(foyer: Mapping[str, Any]) -> bool:
    """Somebody said what rent the household of these data pays in the month computed."""
    loyer = foyer.get("loyer")
    return (loyer[-1] if isinstance(loyer, list | tuple) else loyer) is not None


def completer(donnees: dict[str, Any], dites: Collection[str] = ()) -> Situation:
    """The situation of these data (`Situation.depuis_dict`), where the benefits above are those computed.

    Those in `dites` stay as they are: somebody said what is received. `donnees` is completed in place.
    """
    for code in (c for c in COMPTEES_AILLEURS if c not in dites):
        resultat = liquider(Situation.depuis_dict(donnees), [code])[code]
        inconnu = resultat.motif == Motif.INCONNU.name
        donnees["foyer"][code] = None if inconnu else resultat.montant_centimes / 100
    if loyer_connu(donnees["foyer"]) and "aide_logement" not in dites:
        donnees["foyer"]["aide_logement"] = _aide_au_logement(Situation.depuis_dict(donnees))
    if any(personne.get("taux_incapacite") for personne in donnees["personnes"]):
        for code, etape in PAR_PERSONNE.items():
            _recevoir(donnees, code, etape)
    return Situation.depuis_dict(donnees)


def _aide_au_logement(situation: Situation) -> float | None:
    """Euros paid, CRDS withheld; None if a fact is missing."""
    resultats = liquider(situation, AIDES_AU_LOGEMENT).values()
    if any(r.motif == Motif.INCONNU.name for r in resultats):
        return None
    return sum(r.montant_centimes - r.crds_centimes for r in resultats) / 100


def _recevoir(donnees: dict[str, Any], code: str, etape: str) -> None:
    """Put each adult's amount in place of one that nobody said; unknown, it is so for every adult."""
    resultat = liquider(Situation.depuis_dict(donnees), [code])[code]
    trace = trace_de(resultat)
    montants = {id(pas.arguments["p"]): pas.resultat for pas in parcourir(trace) if pas.nom == etape}
    inconnu = resultat.motif == Motif.INCONNU.name
    for personne, fiche in zip(donnees["personnes"], trace.arguments["personnes"], strict=True):
        if personne["role"] == "enfant" or _dite(personne.get(code)):
            continue
        if inconnu and fiche.taux_incapacite != 0:
            personne[code] = None
        elif id(fiche) in montants:
            personne[code] = montants[id(fiche)]


def _dite(montants: Any) -> bool:
    """Somebody said an amount: zero is what an unticked box says."""
    return any(montants) if isinstance(montants, list | tuple) else bool(montants)
