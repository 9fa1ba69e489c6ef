"""The letter of a decision: one function issues it, and refuses what the law wants a decision to say.

A calculated decision and a human one are two types with two contents: the first says how far it is automated, its
purpose, the version of its rules and the right to their detail (CRPA L311-3-1, R311-3-1-1); the second says who took
it, in what capacity, for which service, and why (CRPA L212-1). Neither can be built with what belongs to the other.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from limpide.droits.calcul import liste_droits
from limpide.socle.pdf import DocumentPDF

from . import lexique
from .models import Decision, Dossier
from .templatetags.affichage import en_euros, jour_fr, mois_en_lettres

NIVEAUX = ("assistee", "exclusive")


class LettreIncomplete(ValueError):
    """The letter lacks what a decision must say: it isn't issued. The message (French) names what is missing."""


@dataclass(frozen=True)
class Effet:
    """One right of one month: what it was, what it is, why."""

    mois: str
    libelle: str
    avant: str
    apres: str
    raison: str


@dataclass(frozen=True, kw_only=True)
class Lettre:
    """What every letter says. `LettreIncomplete` when something is missing, which it names."""

    caisse: str
    dossier: str
    destinataire: str
    reference: str
    le: dt.datetime
    recours: str

    def __post_init__(self) -> None:
        manquent = [mot for mot, valeur in self._exiges().items() if not str(valeur).strip()]
        if manquent:
            raise LettreIncomplete(f"Ce courrier ne peut pas partir : il lui manque {', '.join(manquent)}.")

    def _exiges(self) -> dict[str, str]:
        return {"la caisse": self.caisse, "le dossier": self.dossier, "les voies de recours": self.recours}


@dataclass(frozen=True, kw_only=True)
class LettreCalculee(Lettre):
    """The letter of a calculated decision."""

    niveau: str
    niveau_en_clair: str
    finalite: str
    regles: str
    regles_du: dt.date
    mention: str
    effets: tuple[Effet, ...]
    cause: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.niveau not in NIVEAUX:
            raise LettreIncomplete("Ce courrier ne peut pas partir : son niveau d'automatisation n'est pas dit.")
        if not self.effets:
            raise LettreIncomplete("Ce courrier ne peut pas partir : il ne dit aucun effet.")

    def _exiges(self) -> dict[str, str]:
        return super()._exiges() | {
            "la finalité": self.finalite,
            "la version des règles": self.regles,
            "la mention de l'algorithme": self.mention,
        }

    @property
    def titre(self) -> str:
        return f"Décision du {jour_fr(timezone.localdate(self.le))} sur vos droits"


def emettre(decision: Decision, dossier: Dossier, niveau_en_clair: str) -> LettreCalculee:
    """The letter of this decision. `LettreIncomplete` rather than a letter that hides what it must say."""
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    return LettreCalculee(
        caisse=dossier.organisme.nom,
        dossier=dossier.numero,
        destinataire=destinataire(dossier.allocataire),
        reference=f"{dossier.organisme_id}-{decision.pk}",
        le=decision.prise_le,
        recours=decision.recours.texte,
        niveau=decision.automatisation,
        niveau_en_clair=niveau_en_clair,
        finalite=decision.finalite.texte,
        regles=decision.regles_id,
        regles_du=timezone.localdate(decision.regles.en_service_le),
        mention=decision.mention.texte,
        effets=tuple(_effet(e, libelles) for e in decision.effets),
        cause=decision.cause,
    )


def destinataire(personne: Any) -> str:
    """First name and usual name, as on an envelope."""
    return f"{personne.prenoms.split()[0]} {personne.nom_usage or personne.nom_naissance}"


def _effet(effet: dict[str, Any], libelles: dict[str, str]) -> Effet:
    return Effet(
        mois=mois_en_lettres(effet["mois"]),
        libelle=libelles.get(effet["droit"], effet["droit"]),
        avant="jamais calculé" if effet["avant"] is None else en_euros(effet["avant"]),
        apres=en_euros(effet["apres"]),
        raison=lexique.MOTIFS[effet["motif"]].allocataire,
    )


def en_pdf(lettre: LettreCalculee) -> bytes:
    """The letter as a document to keep: always the same bytes."""
    document = DocumentPDF(lettre.titre, emetteur=lettre.caisse, le=lettre.le)
    document.paragraphe(f"{lettre.destinataire}, dossier n° {lettre.dossier}. Référence : {lettre.reference}.")
    if lettre.cause:
        document.paragraphe(f"Raison : {lettre.cause}")
    document.titre("Ce que nous avons décidé")
    lignes = [(e.mois, e.libelle, e.avant, e.apres, e.raison) for e in lettre.effets]
    document.tableau(("Mois", "Droit", "Avant", "Après", "Raison"), lignes, (3, 4, 3, 3, 6))
    document.titre("Comment cette décision est prise")
    document.paragraphe(lettre.niveau_en_clair)
    document.paragraphe(f"Finalité du calcul : {lettre.finalite}")
    document.paragraphe(
        f"Règles appliquées : version {lettre.regles[:16]}, en service depuis le {jour_fr(lettre.regles_du)}."
    )
    document.titre("Vos droits sur ce calcul")
    document.paragraphe(lettre.mention)
    document.titre("Si vous n'êtes pas d'accord")
    document.paragraphe(lettre.recours)
    return document.octets()


def detail_en_pdf(lettre: LettreCalculee, detail: dict[str, Any], le: dt.datetime) -> bytes:
    """The detail of the calculation as a document to keep (CRPA R311-3-1-2, in its order)."""
    document = DocumentPDF(f"Détail du calcul – décision {lettre.reference}", emetteur=lettre.caisse, le=le)
    document.paragraphe(f"{lettre.destinataire}, dossier n° {lettre.dossier}. {lettre.titre}.")
    if "texte" in detail:
        document.paragraphe(detail["texte"])
        return document.octets()
    document.titre("1. Part du calcul dans la décision")
    document.paragraphe(detail["degre"])
    document.paragraphe(
        f"Règles appliquées : version {detail['regles'][:16]}, en service depuis le {detail['regles_du']}."
    )
    for mois in detail["mois"]:
        for droit in mois["droits"]:
            _droit_en_pdf(document, mois["mois"], droit)
    return document.octets()


def _regles(empreinte: str, depuis: str) -> str:
    return f"Règles appliquées : version {empreinte[:16]}, en service depuis le {depuis}."


def _droit_en_pdf(document: DocumentPDF, mois: str, droit: dict[str, Any]) -> None:
    document.titre(f"{droit['libelle']}, {mois_en_lettres(mois)}")
    document.paragraphe(droit["conclusion"])
    document.titre("2. Données lues et leurs sources", niveau=1)
    lignes = [(d["qui"], d["quoi"], f"{d['valeur']} {d['quand']}".strip(), d["source"]) for d in droit["donnees"]]
    document.tableau(("De qui", "Quoi", "Valeur", "Source"), lignes, (3, 5, 4, 5))
    for supposition in droit["suppositions"]:
        document.paragraphe(f"{supposition['raison']} Pour vous : {', '.join(supposition['quoi'])}.")
    document.titre("3. Paramètres appliqués", niveau=1)
    lignes = [(p["libelle"], p["valeur"], p["article"], p["reference"]) for p in droit["parametres"]]
    document.tableau(("Paramètre", "Valeur", "Article", "Texte qui le fixe"), lignes, (6, 3, 3, 5))
    document.titre("4. Opérations effectuées", niveau=1)
    _operations_en_pdf(document, droit["operations"], 0)


def _operations_en_pdf(document: DocumentPDF, operations: list[dict[str, Any]], profondeur: int) -> None:
    for operation in operations:
        articles = f" ({', '.join(operation['articles'])})" if operation["articles"] else ""
        document.paragraphe(f"– {operation['texte']}{articles}", retrait=min(profondeur, 6) * 4)
        _operations_en_pdf(document, operation["details"], profondeur + 1)
