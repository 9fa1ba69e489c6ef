"""Versions of the register: each one that was installed is kept, and two of them are compared field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from limpide.registre.collecte import registre
from limpide.registre.contexte import PROPRIETAIRE, SYSTEME, traitement
from limpide.registre.models import VersionRegistre
from limpide.registre.publication.donnees import en_donnees
from limpide.registre.publication.libelles import CHAMPS, IGNORES, elements

PUBLICATION = "publication_registre"
SANS_LE_CONTENU = ("id", "numero", "empreinte", "changees", "installee_le")


@dataclass(frozen=True)
class Difference:
    """What one field of a declaration says no more, and what it says now."""

    champ: str
    retires: tuple[str, ...]
    ajoutes: tuple[str, ...]


@dataclass(frozen=True)
class Changement:
    """One declaration that differs: `genre` « Système » or « Traitement », its reference, its name, the fields.

    `sort`: « ajouté », « retiré » or « modifié ». `systeme`: the system of the page it belongs to.
    """

    genre: str
    reference: str
    nom: str
    systeme: str
    sort: str
    differences: tuple[Difference, ...] = ()


def retenir() -> VersionRegistre | None:
    """Keep the present register if it differs from the last version kept; None if it is the same.

    At installation, as the owner, in its transaction: two installations wait for each other.
    """
    contenu = en_donnees(registre())
    derniere = VersionRegistre.objects.using(PROPRIETAIRE).order_by("-numero").first()
    if derniere is not None and derniere.empreinte == contenu["empreinte"]:
        return None
    changees = len(comparer(derniere.contenu, contenu)) if derniere else len(_declarations(contenu))
    numero = derniere.numero + 1 if derniere else 1
    gardee: VersionRegistre = VersionRegistre.objects.using(PROPRIETAIRE).create(
        numero=numero, empreinte=contenu["empreinte"], contenu=contenu, changees=changees
    )
    return gardee


def versions() -> list[VersionRegistre]:
    """Every version, the latest first, without its declarations. Opens its own processing."""
    with traitement(PUBLICATION, acteur=SYSTEME, motif="Publication des versions du registre") as cours:
        lues = list(VersionRegistre.objects.only(*SANS_LE_CONTENU).order_by("-numero"))
        cours.releve.vider()  # nobody's data: a line for each page seen would tell nothing
    return lues


def version(numero: int) -> VersionRegistre | None:
    """One version with its declarations. Opens its own processing."""
    with traitement(PUBLICATION, acteur=SYSTEME, motif="Publication des versions du registre") as cours:
        lue: VersionRegistre | None = VersionRegistre.objects.filter(numero=numero).first()
        cours.releve.vider()
    return lue


def portees_par(empreinte: str) -> list[tuple[VersionRegistre, str]]:
    """The versions that hold the declaration of this fingerprint (that of a line of the journal), with its name."""
    trouvees = []
    with traitement(PUBLICATION, acteur=SYSTEME, motif="Publication des versions du registre") as cours:
        for lue in VersionRegistre.objects.order_by("numero"):
            for (genre, reference), declaration in _declarations(lue.contenu).items():
                if declaration["empreinte"] == empreinte:
                    trouvees.append((lue, f"{genre} {reference}"))
        cours.releve.vider()
    return trouvees


def comparer(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> list[Changement]:
    """What changed from one version to another, in the page's order then by processing."""
    anciennes, nouvelles = _declarations(avant), _declarations(apres)
    changements = []
    for cle in [*nouvelles, *(c for c in anciennes if c not in nouvelles)]:
        ancienne, nouvelle = anciennes.get(cle), nouvelles.get(cle)
        if ancienne is None or nouvelle is None:
            changements.append(_changement(cle, nouvelle or ancienne or {}, "ajouté" if nouvelle else "retiré"))
        elif differences := tuple(_differences(ancienne, nouvelle)):
            changements.append(_changement(cle, nouvelle, "modifié", differences))
    return changements


def _declarations(contenu: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Declarations by kind and reference. A version of another format lacks some: it must not stop an installation."""
    systemes = {("Système", s["code"]): s for s in contenu.get("systemes", ())}
    return systemes | {("Traitement", t["cle"]): t for t in contenu.get("traitements", ())}


def _changement(
    cle: tuple[str, str], declaration: Mapping[str, Any], sort: str, differences: tuple[Difference, ...] = ()
) -> Changement:
    genre, reference = cle
    nom = declaration.get("nom") or declaration.get("intitule") or reference
    return Changement(genre, reference, nom, declaration.get("systeme", reference), sort, differences)


def _differences(ancienne: Mapping[str, Any], nouvelle: Mapping[str, Any]) -> Iterator[Difference]:
    """Field by field; one that only one of the versions knows counts as empty in the other."""
    champs = [c for c in CHAMPS if c in ancienne or c in nouvelle]
    champs += sorted((ancienne.keys() | nouvelle.keys()) - CHAMPS.keys() - IGNORES)
    for champ in champs:
        avant, apres = elements(champ, ancienne.get(champ)), elements(champ, nouvelle.get(champ))
        if avant != apres:
            retires = tuple(e for e in avant if e not in apres)
            ajoutes = tuple(e for e in apres if e not in avant)
            if not retires and not ajoutes:  # the same, in another order
                retires, ajoutes = tuple(avant), tuple(apres)
            yield Difference(CHAMPS.get(champ, champ), retires, ajoutes)
