"""What the explanation says of each step of the allocation journalière du proche aidant, with its figures."""

from typing import Any

from limpide.droits.ajpp.phrases import jours
from limpide.droits.bases.mots import euros, nombre, pour_cent


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def dire_journee(a: Any, r: float) -> str:
    b, seul = _b(a), a["seul"]
    qui = "une personne seule" if seul else "une personne en couple"
    taux = pour_cent(b.ajpa_taux[1 if seul else 0])
    return f"Une journée vaut {euros(r)} pour {qui} : {taux} de la base mensuelle ({euros(b.bmaf)})."


def dire_journee_au_smic(a: Any, r: float) -> str:
    b = _b(a)
    return (
        f"Une journée vaut {euros(r)} avant CSG et CRDS : {nombre(b.ajpp_heures)} heures du SMIC net du 1er janvier"
        f" ({euros(b.smic_horaire_net_janvier)} de l'heure)."
    )


def _limites(b: Any) -> str:
    carriere, personne = b.ajpa_jours_carriere, b.ajpa_jours_par_personne
    if carriere > personne:
        return f"{nombre(personne)} jours par personne aidée, {nombre(carriere)} dans toute la carrière"
    return f"{nombre(carriere)} jours dans toute la carrière"


def dire_reste(a: Any, r: int) -> str:
    return f"Il vous reste {jours(r)}, ce mois compris : la loi en paie {_limites(_b(a))}."


def dire_epuise(a: Any, _r: int) -> str:
    suite = ""
    if _b(a).ajpa_jours_carriere > _b(a).ajpa_jours_par_personne:
        suite = " Aider une autre personne peut rouvrir le droit, dans cette limite."
    return f"Vous avez déjà reçu tous vos jours : la loi en paie {_limites(_b(a))}.{suite}"


def dire_jours(a: Any, r: int) -> str:
    pris = jours(a["p"].ajpa_demi_journees)
    if r < a["p"].ajpa_demi_journees:
        return f"Vous avez pris {pris} de congé : la loi en paie {jours(r)} (au plus {_mensuel(a)} par mois)."
    return f"Vous avez pris {pris} de congé de proche aidant ce mois-ci."


def _mensuel(a: Any) -> str:
    return nombre(_b(a).ajpa_jours_par_mois)


def dire_ajpa(_a: Any, r: float) -> str:
    return f"Votre allocation journalière du proche aidant s'élève à {euros(r)} pour ce mois, avant CSG et CRDS."


def dire_retenues(a: Any, r: float) -> str:
    b = a["b"][6]
    return (
        f"La CSG ({pour_cent(b.ajpa_csg_taux)}) et la CRDS ({pour_cent(b.crds_taux)}) retiennent {euros(r)} sur"
        f" {euros(a['montant'])}."
    )
