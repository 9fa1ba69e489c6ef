"""What is sealed: each question with its answer, the texts shown, the ticks; and its PDF, always the same."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.http import QueryDict

from limpide.dossiers.models import Demande, DemandeScellee
from limpide.identite.confidentiel import TexteScelle
from limpide.socle.pdf import DocumentPDF
from limpide.usagers.conditions import Conditions, versions
from limpide.usagers.demande.parties import PARTIES
from limpide.usagers.simulateur.formulaires import Partie, Reponses

FORMAT = "limpide/demande/1"
SANS_REPONSE = "Sans réponse"
EMETTEUR = "Caisse d'allocations familiales"
Recapitulatif = list[tuple[str, list[tuple[str, str]]]]


def texte_en_vigueur(jour: Any) -> Conditions:
    """The declaration on honour that holds on that day."""
    return [v for v in versions(Path(__file__).parent / "honneur") if v.en_vigueur_le <= jour][-1]


def recapituler(donnees: QueryDict, connues: Reponses) -> tuple[Recapitulatif, Reponses] | None:
    """Every question with its answer in words, and the answers; None when a part is still to be corrected."""
    reponses: Reponses = dict(connues)
    sections: dict[str, list[tuple[str, str]]] = {}  # a part asked in several steps is read under its one title
    for classe in PARTIES:
        formulaire = classe(donnees, reponses=reponses)
        if not formulaire.is_valid():
            return None
        reponses |= formulaire.cleaned_data
        for section in formulaire.sections:
            lignes = [(str(formulaire[c].label), _dite(formulaire, c)) for c in section.champs]
            sections.setdefault(section.titre or classe.titre, []).extend(x for x in lignes if x[1] != "")
    return [s for s in sections.items() if s[1]], reponses


def _dite(formulaire: Partie, nom: str) -> str:
    """An answer as people read it; empty for a box that isn't ticked."""
    champ, valeur = formulaire.fields[nom], formulaire.cleaned_data.get(nom)
    if isinstance(valeur, bool):
        return "Oui" if valeur else ""
    if valeur in (None, ""):
        return SANS_REPONSE
    choix = dict(getattr(champ, "choices", ()))
    if isinstance(valeur, list):
        return ", ".join(str(choix[v]) for v in valeur) or "Rien de coché"
    if choix:
        return str(choix[valeur])
    if champ.__class__.__name__ == "ChampEuros":
        return f"{valeur / 100:,.2f} €".replace(",", " ").replace(".", ",")
    return f"{valeur:%d/%m/%Y}" if hasattr(valeur, "strftime") else str(valeur)


def composer(
    demande: Demande, demandeur: str, recapitulatif: Recapitulatif, texte: Conditions, accords: list[str], quand: str
) -> dict[str, Any]:
    """The content, as a document that JSON can hold."""
    return {
        "format": FORMAT,
        "numero": demande.numero,
        "prestations": list(demande.droits),
        "demandeur": demandeur,
        "declaree_le": quand,
        "reponses": [{"titre": titre, "lignes": [list(x) for x in lignes]} for titre, lignes in recapitulatif],
        "texte": {"version": texte.version, "empreinte": texte.empreinte,
                  "articles": [[titre, list(p)] for titre, p in texte.articles]},
        "certifie_exact": True,
        "accords": accords,
    }  # fmt: skip


def sceller(demande: Demande, personne: int, contenu: dict[str, Any], texte: Conditions, auteur: str) -> DemandeScellee:
    """Write it down for good, with its hash."""
    brut = json.dumps(contenu, ensure_ascii=False, sort_keys=True)
    scellee = DemandeScellee(
        demande_id=demande.pk, dossier_id=demande.dossier_id, organisme_id=demande.organisme_id, personne_id=personne,
        empreinte=hashlib.sha256(brut.encode()).hexdigest(), version_texte=texte.version,
        empreinte_texte=texte.empreinte, scellee_le=demande.deposee_le, auteur=auteur,
    )  # fmt: skip
    scellee.contenu = TexteScelle(brut)
    scellee.save(force_insert=True)
    return scellee


class ContenuAltere(ValueError):
    """The content no longer has the hash it was sealed with."""


def relire(scellee: DemandeScellee) -> dict[str, Any]:
    """The content, checked against its hash."""
    brut = scellee.contenu.en_clair()
    if hashlib.sha256(brut.encode()).hexdigest() != scellee.empreinte:
        raise ContenuAltere("Le contenu de cette demande n'a plus l'empreinte avec laquelle il a été scellé.")
    lu: dict[str, Any] = json.loads(brut)
    return lu


def en_pdf(scellee: DemandeScellee) -> bytes:
    """The claim as it was sent: same content, same bytes."""
    lu = relire(scellee)
    document = DocumentPDF("Demande de revenu de solidarité active", emetteur=EMETTEUR, le=scellee.scellee_le)
    document.paragraphe(f"Récépissé n° {lu['numero']}, reçue le {lu['declaree_le']}.", gras=True)
    document.paragraphe(f"Demandeur : {lu['demandeur']}.")
    for partie in lu["reponses"]:
        document.titre(partie["titre"])
        document.tableau(("Question", "Réponse"), partie["lignes"], (3, 2))
    document.titre("Déclaration sur l'honneur")
    for titre, paragraphes in lu["texte"]["articles"]:
        document.titre(titre, niveau=1)
        for paragraphe in paragraphes:
            document.paragraphe(paragraphe)
    document.liste(["Je certifie que ce que j'ai écrit est exact : coché.", *(f"{a} : coché." for a in lu["accords"])])
    document.paragraphe(f"Empreinte SHA-256 du contenu : {scellee.empreinte}")
    return document.octets()
