"""What the explanation says of each step of the CMG, with its figures."""

from typing import Any

from limpide.droits.bases.foyer import vit_en_couple
from limpide.droits.bases.mots import euros, nombre, pluriel, pour_cent
from limpide.droits.paje_cmg.enfants import enfants_du_cmg, enfants_handicapes, horaires_specifiques, majore

TRANCHES = ("jusqu'au premier plafond", "entre les deux plafonds", "au-dessus du second plafond")
DIRECTS = ("un assistant maternel", "un salarié à domicile")


def _b(a: Any) -> Any:
    return a["b"][a["k"]]


def dire_plafond(a: Any, r: float) -> str:
    enfants = enfants_du_cmg(a["personnes"], a["b"], a["k"])
    seul = "" if vit_en_couple(a["personnes"], a["k"]) else ", majoré parce que vous êtes seul"
    rang = "second" if a["second"] else "premier"
    annee = int(_b(a).mois) // 100 - 2
    return (
        f"Le {rang} plafond est de {euros(r)} pour {pluriel(enfants, 'enfant')} à charge{seul}, à comparer à vos"
        f" revenus de {annee}."
    )


def dire_maximum(a: Any, r: float) -> str:
    b, suites = _b(a), []
    if a["reduit"]:
        suites.append(f"{pour_cent(b.cmg_part_reduite)} du montant entier")
    if majore(a["personnes"], a["b"], a["k"]):
        suites.append(f"{pour_cent(b.cmg_majoration)} de plus (parent seul, AAH ou AEEH)")
    if horaires_specifiques(a["personnes"], a["b"], a["k"]):
        suites.append(f"{pour_cent(b.cmg_horaires_specifiques)} de plus (horaires spécifiques)")
    suite = f" ({' ; '.join(suites)})" if suites else ""
    return f"Avec vos revenus, l'aide est de {euros(r)} au plus{suite}."


def dire_ressources(a: Any, r: float) -> str:
    return (
        f"Vos revenus de l'avant-dernière année ({euros(a['ressources'])}) comptent pour {euros(r)} par mois, entre un"
        " plancher et un plafond."
    )


def dire_effort(a: Any, r: float) -> str:
    enfants = enfants_du_cmg(a["personnes"], a["b"], a["k"])
    aeeh = enfants_handicapes(a["personnes"], a["b"], a["k"])
    suite = f" et {pluriel(aeeh, 'enfant')} avec AEEH" if aeeh else ""
    taux = nombre(float(r) * 100)
    return f"Avec {pluriel(enfants, 'enfant')} à charge{suite}, votre taux d'effort par heure est de {taux}\u00a0%."


def dire_direct(a: Any, r: float) -> str:
    part = pour_cent(_b(a).cmg_part_maximale)
    return (
        f"Pour {DIRECTS[a['genre']]} payé {euros(a['cout'])}, l'aide est de {euros(r)} : au plus {part} de la dépense,"
        " et au plus le montant maximal."
    )


def dire_direct_2025(a: Any, r: float) -> str:
    b, genre = _b(a), a["genre"]
    retenu = min(a["cout"], a["heures"] * b.cmg_plafond_horaire[genre])
    return (
        f"Pour {DIRECTS[genre]} payé {euros(a['cout'])} pour {pluriel(a['heures'], 'heure')}, {euros(retenu)} sont"
        f" retenus (au plus {euros(b.cmg_plafond_horaire[genre])} par heure). Votre part est votre revenu mensuel ×"
        f" taux d'effort ÷ coût horaire de référence ({euros(b.cmg_cout_reference[genre])}) ; le reste donne {euros(r)}"
        " avant CRDS."
    )


def dire_structure(a: Any, r: float) -> str:
    part = pour_cent(_b(a).cmg_part_maximale)
    return f"Pour une facture de {euros(a['cout'])}, l'aide est de {euros(r)} : au plus {part}, et au plus le maximum."


def dire_limite(a: Any, r: float) -> str:
    if r == a["structure"]:
        return ""
    return f"Avec ce que reçoit l'emploi direct, l'aide à la structure est ramenée à {euros(r)}."


def dire_paje_cmg(a: Any, r: float) -> str:
    return (
        f"Votre complément de libre choix du mode de garde s'élève à {euros(r)} pour ce mois, avant CRDS. Les"
        " cotisations que la Caf paie à l'Urssaf pour la personne que vous employez ne sont pas dans cette somme."
    )
