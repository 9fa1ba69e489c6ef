"""Declarations sealed: each question with its answer, the texts shown, the ticks; and the PDF, always the same."""

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from limpide.dossiers.models import DeclarationScellee, Demande, Dossier, GenreScelle
from limpide.identite.confidentiel import TexteScelle
from limpide.socle.pdf import DocumentPDF
from limpide.usagers.conditions import Conditions, versions

FORMAT = "limpide/declaration/2"
"""`limpide/demande/1` was the same without `genre` nor `titre`."""
TITRE_DU_FORMAT_1 = "Demande de revenu de solidarité active"
SANS_REPONSE = "Sans réponse"
EMETTEUR = "Caisse d'allocations familiales"
Recapitulatif = list[tuple[str, list[tuple[str, str]]]]
"""Titles, each with its (question, answer) in words."""


def texte_en_vigueur(jour: dt.date) -> Conditions:
    """The declaration on honour that holds on that day."""
    return [v for v in versions(Path(__file__).parent / "honneur") if v.en_vigueur_le <= jour][-1]


def dite_le(quand: dt.datetime) -> str:
    """The moment of a declaration, as it is sealed."""
    return timezone.localtime(quand).strftime("%d/%m/%Y à %H:%M:%S (heure de Paris)")


def composer(
    genre: GenreScelle,
    numero: str,
    titre: str,
    declarant: str,
    recapitulatif: Recapitulatif,
    texte: Conditions,
    accords: list[str],
    quand: dt.datetime,
    **plus: Any,
) -> dict[str, Any]:
    """The content, as a document that JSON can hold. `declarant`: who declares, and for whom where it is another."""
    return {
        **plus,
        "format": FORMAT,
        "genre": str(genre),
        "numero": numero,
        "titre": titre,
        "demandeur": declarant,
        "declaree_le": dite_le(quand),
        "reponses": [{"titre": partie, "lignes": [list(x) for x in lignes]} for partie, lignes in recapitulatif],
        "texte": {"version": texte.version, "empreinte": texte.empreinte,
                  "articles": [[article, list(p)] for article, p in texte.articles]},
        "certifie_exact": True,
        "accords": accords,
    }  # fmt: skip


def sceller(
    dossier: Dossier, personne: int, contenu: dict[str, Any], texte: Conditions, auteur: str, quand: dt.datetime,
    demande: Demande | None = None,
) -> DeclarationScellee:  # fmt: skip
    """Write it down for good, with its hash. `personne`: whom it concerns first."""
    brut = json.dumps(contenu, ensure_ascii=False, sort_keys=True)
    scellee = DeclarationScellee(
        genre=contenu["genre"], numero=contenu["numero"], demande_id=demande.pk if demande else None,
        dossier_id=dossier.pk, organisme_id=dossier.organisme_id, personne_id=personne,
        empreinte=hashlib.sha256(brut.encode()).hexdigest(), version_texte=texte.version,
        empreinte_texte=texte.empreinte, scellee_le=quand, auteur=auteur,
    )  # fmt: skip
    scellee.contenu = TexteScelle(brut)
    scellee.save(force_insert=True)
    return scellee


class ContenuAltere(ValueError):
    """The content no longer has the hash it was sealed with."""


def relire(scellee: DeclarationScellee) -> dict[str, Any]:
    """The content, checked against its hash."""
    brut = scellee.contenu.en_clair()
    if hashlib.sha256(brut.encode()).hexdigest() != scellee.empreinte:
        raise ContenuAltere("Le contenu de cette déclaration n'a plus l'empreinte avec laquelle il a été scellé.")
    lu: dict[str, Any] = json.loads(brut)
    return lu


def en_pdf(scellee: DeclarationScellee) -> bytes:
    """The declaration as it was sent: same content, same bytes."""
    lu = relire(scellee)
    document = DocumentPDF(lu.get("titre", TITRE_DU_FORMAT_1), emetteur=EMETTEUR, le=scellee.scellee_le)
    document.paragraphe(f"Récépissé n° {lu['numero']}, reçue le {lu['declaree_le']}.", gras=True)
    qui = "Déclarant" if "titre" in lu else "Demandeur"
    document.paragraphe(f"{qui} : {lu['demandeur']}.")
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
