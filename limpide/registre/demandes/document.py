"""The answer to an access request as a document to read; the JSON beside it is for a computer."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from limpide.socle.pdf import DocumentPDF

EMETTEUR = "Délégué à la protection des données"
LIGNES_MONTREES = 400
"""Rows of one table printed at the most; the JSON holds them all, and the document says so."""


def en_pdf(contenu: Mapping[str, Any], *, numero: str, empreinte: str, produite_le: dt.datetime) -> bytes:
    """The same content, always the same bytes."""
    document = DocumentPDF(f"Vos données personnelles – {numero}", emetteur=EMETTEUR, le=produite_le)
    document.paragraphe(
        f"Ce document rassemble ce qui est détenu sur vous au {_jour(contenu['produit_le'])}. Il est produit à partir "
        "des déclarations du registre : chaque table dit combien de temps elle est gardée et quels traitements la "
        "lisent. Le fichier JSON joint contient les mêmes données pour un ordinateur."
    )
    document.paragraphe(f"Empreinte du contenu (SHA-256) : {empreinte}")
    for table in contenu["tables"]:
        _table(document, table)
    for doublon in contenu.get("doublons", ()):
        document.titre("Enregistré aussi sous une autre entrée, réunie à la vôtre")
        for table in doublon["tables"]:
            _table(document, table)
        _acces(document, doublon["acces"])
    _acces(document, contenu["acces"])
    document.titre("Décisions automatisées et scores")
    document.paragraphe(contenu["decisions_automatisees"])
    document.paragraphe(contenu["scores"])
    document.titre("Pourquoi ces données, et qui les reçoit")
    for traitement in contenu["traitements"]:
        document.titre(traitement["intitule"], niveau=1)
        document.paragraphe(f"{traitement['finalite']}. {traitement['base_legale']}.")
        document.paragraphe(f"Destinataires : {' ; '.join(traitement['destinataires'])}.")
    document.titre("Vos autres droits")
    document.paragraphe(contenu["droits"])
    if contenu["tables_vides"]:
        document.titre("Ce qui est vide")
        document.paragraphe(f"Rien n'est détenu sur vous dans : {', '.join(contenu['tables_vides'])}.")
    return document.octets()


def _table(document: DocumentPDF, table: Mapping[str, Any]) -> None:
    document.titre(str(table["nom"]).capitalize())
    document.paragraphe(f"Conservation : {table['conservation'] or 'voir le registre'}.")
    if table["masquees"]:
        document.paragraphe(f"{table['masquees']} ligne(s). {table['raison_du_masque']}.")
    for rang, ligne in enumerate(table["lignes"][:LIGNES_MONTREES], 1):
        dites = [f"{nom} : {valeur}" for nom, valeur in ligne.items() if valeur != ""]
        document.paragraphe(f"{rang}. " + " · ".join(dites))
    reste = len(table["lignes"]) - LIGNES_MONTREES
    if reste > 0:
        document.paragraphe(f"… et {reste} autre(s) ligne(s), dans le fichier JSON.")


def _acces(document: DocumentPDF, acces: Mapping[str, Any]) -> None:
    document.titre("Qui a consulté vos données")
    if acces["lignes"]:
        document.tableau(
            ("Quand", "Service", "Pourquoi", "Traitement"),
            [(a["quand"], a["service"], a["pourquoi"], a["traitement"]) for a in acces["lignes"][:LIGNES_MONTREES]],
            (3, 3, 5, 5),
        )
    else:
        document.paragraphe("Aucun accès n'est inscrit au journal.")
    if acces["reserve"]:
        document.paragraphe(acces["reserve"])


def _jour(texte: str) -> str:
    return dt.date.fromisoformat(texte).strftime("%d/%m/%Y")
