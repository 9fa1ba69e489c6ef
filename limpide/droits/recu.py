"""The receipt of a decision: what it takes to compute it again, years later, and see whether it still holds.

A receipt carries the fingerprint of the rules and parameters, the month, the date at which the facts were known, the
facts themselves, and the results. It holds no name and no number of any person. `rejouer` computes the same rights
again with the rules of today and lists what differs.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from .calcul import Resultat
from .empreinte import empreinte_regles
from .ensemble import liquider_foyer
from .situation import Situation, codes_droits

VERSION = 1
CLES = {"version", "empreinte_regles", "mois", "connu_au", "situation", "resultats", "scelle"}


class RecuInvalide(ValueError):
    """A receipt that is not one, or whose content was altered since it was issued."""


def emettre(situation: Situation, resultats: Mapping[str, Resultat], connu_au: date | datetime | str) -> dict[str, Any]:
    """The receipt of these results, as plain JSON values."""
    recu: dict[str, Any] = {
        "version": VERSION,
        "empreinte_regles": empreinte_regles(),
        "mois": situation.mois,
        "connu_au": connu_au if isinstance(connu_au, str) else connu_au.isoformat(),
        "situation": situation.vers_dict(),
        "resultats": {code: _resultat(resultat) for code, resultat in resultats.items()},
    }
    return recu | {"scelle": _sceau(recu)}


def rejouer(recu: Mapping[str, Any]) -> list[str]:
    """Compute again; one French sentence per difference, none if all holds. `RecuInvalide` if it was altered."""
    verifier(recu)
    ecarts = []
    if recu["empreinte_regles"] != empreinte_regles():
        ecarts.append(
            "Les règles ou les barèmes ont changé depuis l'émission de ce reçu"
            f" ({recu['empreinte_regles'][:12]} alors, {empreinte_regles()[:12]} aujourd'hui)."
        )
    connus = [code for code in codes_droits() if code in recu["resultats"]]
    situation = Situation.depuis_dict(recu["situation"])
    rejoues = {code: _resultat(r) for code, r in liquider_foyer(situation, connus).items()}
    for code, alors in sorted(recu["resultats"].items()):
        maintenant = rejoues.get(code)
        if maintenant is None:
            ecarts.append(f"{code} : calculé alors seulement.")
            continue
        ecarts += [
            f"{code}, {cle} : {alors.get(cle)} alors, {maintenant.get(cle)} maintenant."
            for cle in sorted(set(alors) | set(maintenant))
            if alors.get(cle) != maintenant.get(cle)
        ]
    return ecarts


def verifier(recu: Any) -> None:
    """Refuse what is not a receipt of this version, or was altered."""
    if not isinstance(recu, Mapping) or set(recu) != CLES or recu["version"] != VERSION:
        raise RecuInvalide(f"Ce n'est pas un reçu de Limpide (version {VERSION}) : attendu {', '.join(sorted(CLES))}.")
    if _sceau({cle: valeur for cle, valeur in recu.items() if cle != "scelle"}) != recu["scelle"]:
        raise RecuInvalide("Ce reçu a été modifié depuis son émission : son sceau ne correspond plus à son contenu.")


def _resultat(resultat: Resultat) -> dict[str, Any]:
    return {
        "montant_centimes": resultat.montant_centimes,
        "crds_centimes": resultat.crds_centimes,
        "motif": resultat.motif,
        "faits_manquants": list(resultat.faits_manquants),
    }


def _sceau(contenu: Mapping[str, Any]) -> str:
    """SHA-256 of the content in canonical JSON."""
    texte = json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(texte.encode()).hexdigest()
