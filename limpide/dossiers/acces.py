"""How the files' rows are said to the person who asks for their data: a fact by its name and its value in words."""

from collections.abc import Callable, Mapping
from typing import Any

from limpide.dossiers.models import Document, Fait
from limpide.droits.faits import NATURES_PAR_CODE
from limpide.droits.francais import valeur_de_fait


def lire_fait(fait: Fait) -> Mapping[str, str]:
    """« salaire net : 1 200,00 € » rather than a code and a number of cents."""
    nature = NATURES_PAR_CODE.get(fait.nature)
    if nature is None:
        return {}
    valeur: float = fait.valeur / 100 if nature.type == "euros" else fait.valeur
    return {"nature": nature.libelle, "valeur": valeur_de_fait(nature, valeur)}


def lire_document(document: Document) -> Mapping[str, str]:
    """The content itself is given by « Mes documents », or printed from there by whoever answers by letter."""
    la = "effacé" if document.efface_le else "à télécharger dans « Mes documents »"
    return {"contenu": la}


LECTURES: Mapping[str, Callable[[Any], Mapping[str, str]]] = {
    "dossiers.Fait": lire_fait,
    "dossiers.Document": lire_document,
}
