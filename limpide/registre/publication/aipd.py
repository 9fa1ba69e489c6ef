"""The impact assessment of a system, started: what the register knows, as a file that the CNIL's PIA tool imports.

The tool numbers its questions (111 to 346) and wants a JSON of one assessment, its answers, measures, evaluations and
comments (read in the sources of LINCnil/pia, version 4). Impacts, threats, severity and likelihood are left to the
people who assess: nothing here invents them.
"""

import html
from collections.abc import Iterable
from typing import Any

from limpide.registre.actes import phrase
from limpide.registre.collecte import Registre
from limpide.registre.publication.fiche import (
    AUTOMATISATIONS,
    PERIMETRES,
    SORTS,
    TraitementPublie,
    traitements_publies,
)
from limpide.registre.publication.tableau import RESPONSABLE, transferts
from limpide.registre.systeme import Systeme

QUESTIONS = 36
A_COMPLETER = "À compléter : le registre ne le dit pas."
DROITS_EN_BASE = (
    "Chaque traitement a son rôle dans PostgreSQL, limité aux colonnes et aux lignes de sa déclaration. "
    "Ce qui n'est pas déclaré est refusé par la base."
)
JOURNAL = (
    "Chaque lecture et chaque écriture porte la personne concernée, le traitement, le motif et la version de la "
    "déclaration. Le journal ne s'édite pas ; une ligne changée ou retirée se voit."
)
DUREES = "L'archivage et l'effacement partent des horloges déclarées, après un essai à blanc, avec un rapport signé."
MESURES_DU_LOGICIEL = (
    ("Droits en base, colonne par colonne", DROITS_EN_BASE),
    ("Journal des accès, chaîné et signé", JOURNAL),
    ("Durées appliquées par le logiciel", DUREES),
)
"""What this software does for every processing that it runs: title, content."""
ACCES, MODIFICATION = (324, 334)


def analyse(registre: Registre, systeme: Systeme, quand: str) -> dict[str, Any]:
    """The file to import; `quand`: date and time of writing, in ISO 8601."""
    publies = traitements_publies(registre, systeme)
    tenues = MESURES_DU_LOGICIEL if publies else ()
    mesures = [*tenues, *((titre, "Mesure déclarée au registre.") for titre in systeme.mesures)]
    reponses = [_reponse(numero, texte, quand) for numero, texte in _textes(registre, systeme, publies)]
    if tenues:
        titres = [titre for titre, _ in tenues]
        reponses += [_liste(ACCES, titres, quand), _liste(MODIFICATION, titres[:2], quand)]
    return {
        "pia": {
            "name": f"{systeme.code} – {systeme.nom}",
            "category": "Registre publié",
            "author_name": "À désigner",
            "evaluator_name": "À désigner",
            "validator_name": "À désigner",
            "status": 0,
            "is_example": 0,
            "is_archive": 0,
            "numberOfQuestions": QUESTIONS,
            "structure_id": "",
            "created_at": quand,
            "updated_at": quand,
        },
        "answers": reponses,
        "measures": [
            {
                "id": rang,
                "title": titre,
                "content": html.escape(contenu, quote=False),
                "placeholder": "measures.default_placeholder",
                "created_at": quand,
            }
            for rang, (titre, contenu) in enumerate(mesures, 1)
        ],
        "evaluations": [],
        "comments": [],
    }


def _textes(registre: Registre, systeme: Systeme, publies: list[TraitementPublie]) -> list[tuple[int, str]]:
    """Question of the tool → what the register answers, in the tool's HTML."""
    duree = systeme.conservation
    conservation = _puces(
        (
            f"En base active : {duree.active}",
            f"En archive intermédiaire : {duree.intermediaire}",
            f"Ensuite : {SORTS[duree.sort_final]}",
            *((f"D'où viennent ces durées : {duree.fondement}",) if duree.fondement else ()),
        )
    )
    droits = _puces(systeme.droits_applicables)
    return [
        (111, _dire(systeme.nom) + _puces(systeme.finalites)),
        (112, _dire(f"Responsable du traitement : {RESPONSABLE}.") + _puces(_autres_responsables(publies))),
        (113, _puces((*(phrase(acte) for acte in systeme.actes), systeme.base_legale))),
        (121, _puces(systeme.donnees) + _dire("Destinataires :") + _puces(systeme.destinataires) + conservation),
        (122, _cycle(systeme, publies)),
        (123, _supports(publies)),
        (211, _puces(systeme.finalites)),
        (212, _dire(systeme.base_legale) + _dire(systeme.article9)),
        (213, _minimisation(publies)),
        (214, _dire(A_COMPLETER)),
        (215, conservation),
        (221, _dire(systeme.information)),
        (222, _dire(f"Fondement déclaré : {systeme.base_legale}.")),
        (223, droits),
        (224, droits),
        (225, droits),
        (226, _dire(A_COMPLETER)),
        (227, _puces(transferts(registre.traitements_de(systeme.code)).split("\n"))),
    ]


def _autres_responsables(publies: list[TraitementPublie]) -> list[str]:
    noms = dict.fromkeys(p.traitement.responsable for p in publies if p.traitement.responsable != RESPONSABLE)
    return [f"Responsable déclaré par un traitement : {nom}" for nom in noms]


def _cycle(systeme: Systeme, publies: list[TraitementPublie]) -> str:
    texte = _dire(f"Décision automatisée : {AUTOMATISATIONS[systeme.automatisation]}.")
    if not publies:
        return texte + _dire("Aucun traitement de ce système n'est en service dans ce logiciel.")
    return texte + _puces(
        f"{p.traitement.intitule} – {p.traitement.finalite} ({PERIMETRES[p.traitement.perimetre]})" for p in publies
    )


def _supports(publies: list[TraitementPublie]) -> str:
    tables = dict.fromkeys(f"{table.nom} ({table.libelle})" for p in publies for table in p.tables)
    return _dire("Base PostgreSQL ; tables :") + _puces(tables) if tables else _dire(A_COMPLETER)


def _minimisation(publies: list[TraitementPublie]) -> str:
    if not publies:
        return _dire(A_COMPLETER)
    return _dire("Colonnes que le logiciel peut utiliser ; toute autre est refusée par la base :") + _puces(
        f"{table.libelle} : {', '.join(libelle for _, libelle, _ in table.colonnes)}"
        for p in publies
        for table in p.tables
        if table.colonnes
    )


def _dire(texte: str) -> str:
    return f"<p>{html.escape(texte, quote=False)}</p>" if texte else ""


def _puces(textes: Iterable[str]) -> str:
    elements = "".join(f"<li>{html.escape(texte, quote=False)}</li>" for texte in textes)
    return f"<ul>{elements}</ul>" if elements else ""


def _reponse(numero: int, texte: str, quand: str) -> dict[str, Any]:
    return {"reference_to": numero, "data": {"text": texte, "gauge": None, "list": []}, "created_at": quand}


def _liste(numero: int, choix: list[str], quand: str) -> dict[str, Any]:
    return {"reference_to": numero, "data": {"text": None, "gauge": None, "list": choix}, "created_at": quand}
