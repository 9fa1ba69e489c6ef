"""The fields of a declaration in French, and what each says as a list of sentences."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from limpide.registre.actes import phrase
from limpide.registre.declaration import Acte
from limpide.registre.publication.fiche import AUTOMATISATIONS, PERIMETRES, SORTS, VISIBILITES
from limpide.registre.publication.page import ETATS

CHAMPS = {
    "nom": "Nom",
    "intitule": "Nom",
    "code": "Référence",
    "cle": "Référence",
    "alias": "Autres noms",
    "section": "Section de la page",
    "rang": "Rang dans la section",
    "texte": "Texte de la page",
    "systeme": "Système de la page",
    "aussi": "Autres systèmes de la page",
    "salle": "Pièce du logiciel",
    "statut": "Statut",
    "etat": "État",
    "remplace_par": "Remplacé par",
    "remplacee_par": "Remplacé par",
    "fin": "Fin",
    "reste": "Reste à construire",
    "sans_traitement": "Sans traitement, parce que",
    "actes": "Actes",
    "responsable": "Responsable du traitement",
    "finalite": "Finalité principale",
    "finalites": "Finalités",
    "sous_finalites": "Sous-finalités",
    "base_legale": "Base légale",
    "personnes": "Catégories de personnes",
    "donnees": "Catégories de données",
    "donnees_de_sante": "Données de santé",
    "article9": "Exception de l'article 9 du RGPD",
    "conservation": "Durées de conservation",
    "destinataires": "Destinataires",
    "transferts": "Transferts hors de l'Union européenne",
    "mesures": "Mesures de sécurité",
    "droits_applicables": "Droits des personnes",
    "information": "Information des personnes",
    "automatisation": "Décision automatisée",
    "apprentissage": "Composant qui apprend",
    "visible_allocataire": "Accès montrés à la personne",
    "raison_visibilite": "Pourquoi ils ne le sont pas, ou plus tard",
    "visible_apres": "Accès montrés après, en jours",
    "genres": "Qui peut l'ouvrir",
    "pouvoir": "Pouvoir que le juge doit avoir donné au protecteur",
    "perimetre": "Dossiers accessibles",
    "archives": "Lecture des archives, parce que",
    "limitation": "Accès aux dossiers limités, parce que",
    "limitation_consentie": "Accès aux dossiers limités si la personne y consent, parce que",
    "sans_personne": "Lu sans savoir de qui, parce que",
    "par_lots": "Travail par lots",
    "lire": "Colonnes lues",
    "creer": "Colonnes créées",
    "modifier": "Colonnes modifiées",
    "supprimer": "Tables dont des lignes sont effacées",
    "natures": "Faits lus",
    "natures_ecrites": "Faits écrits",
    "origine": "Sur quoi repose la fiche",
}
"""In the order they are told; two declarations may name the same thing differently."""
IGNORES = {"empreinte"}
"""Follows from the others."""
MOTS: Mapping[str, Mapping[str, str]] = {
    "automatisation": AUTOMATISATIONS,
    "visible_allocataire": VISIBILITES,
    "perimetre": PERIMETRES,
    "etat": {cle: mot for cle, (mot, _) in ETATS.items()}
    | {"en_service": "En service", "remplacee": "Remplacé", "close": "Clos"},
    "statut": {"vivant": "Vivant", "remplace": "Remplacé", "clos": "Clos"},
}


def elements(champ: str, valeur: Any) -> list[str]:
    """What a field says, as sentences: none if it is empty or unknown."""
    if valeur is None or valeur in ("", [], {}):
        return []
    if champ == "conservation":
        return [
            f"En base active : {valeur['active']}",
            f"En archive intermédiaire : {valeur['intermediaire']}",
            f"Ensuite : {SORTS.get(valeur['sort_final'], valeur['sort_final'])}",
            # Versions kept before these fields existed don't have them.
            *(f"Source : {texte}" for texte in filter(None, [valeur.get("source")])),
            *(f"Durée proposée : {mots}" for mots in valeur.get("proposees", ())),
        ]
    if isinstance(valeur, Mapping):
        return [f"{table} : {colonne}" for table, colonnes in sorted(valeur.items()) for colonne in sorted(colonnes)]
    if isinstance(valeur, list):
        return [_acte(element) if champ == "actes" else str(element) for element in valeur]
    mot = ("non", "oui")[valeur] if isinstance(valeur, bool) else str(valeur)
    return [MOTS.get(champ, {}).get(mot, mot)]


def _acte(acte: Mapping[str, Any]) -> str:
    jour = dt.date.fromisoformat(acte["date"]) if acte["date"] else None
    return phrase(Acte(acte["nature"], acte["intitule"], acte["reference"], jour))
