"""What the register itself knows of ties: the freezes that are set on a file."""

from collections.abc import Iterator, Sequence

from limpide.registre.conservation.modeles import Gel
from limpide.registre.conservation.relations import Element, Fichiers, Fournisseur
from limpide.registre.conservation.requetes import interroger

_GELS = "SELECT dossier_id, motif FROM registre_gel WHERE leve_le IS NULL AND dossier_id = ANY (%s) ORDER BY id"


def _gels(dossiers: Sequence[int]) -> Iterator[tuple[int, Element]]:
    for dossier, motif in interroger(_GELS, [list(dossiers)]):
        yield dossier, element_de_gel(motif)


def element_de_gel(motif: str) -> Element:
    """A freeze, told to the agent and to the person."""
    libelle = str(Gel.Motif(motif).label)
    return Element("gel", f"Gel : {libelle.lower()}", f"{libelle} : rien n'est effacé avant sa fin.")


FOURNISSEURS = (Fournisseur("gels", {"registre.Gel": ("id", "dossier_id", "personne_id", "motif", "leve_le")}, _gels),)
FICHIERS = (
    Fichiers("secrets", "Secrets de l'installation : aucune donnée de personne"),
    Fichiers("postgres", "Le serveur embarqué : les tables elles-mêmes, effacées ligne à ligne puis tassées"),
    Fichiers("journal", "Têtes signées du journal : dates, nombres et empreintes, aucune donnée de personne"),
    Fichiers("cles", "Trousseau de chiffrement : aucune donnée de personne"),
)
