"""No duration without its reason: a text that gives it, or the word that it is ours, said as such on the pages."""

import re
from collections.abc import Iterator

from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.propres import HorlogePropre
from limpide.registre.conservation.regles import DATE, FIN_DE_RELATION, Retention
from limpide.registre.declaration import Conservation

_NOMBRE = (
    r"\d+|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quinze|dix-huit|vingt(?:-quatre)?|trente"
    r"|soixante"
)
_DUREE = re.compile(
    rf"\b(?:(?:{_NOMBRE})\s+(?:ans?|années?|mois|semaines?|jours?|heures?|minutes?)|\w+ième année)\b", re.IGNORECASE
)
CHAMP = "proposee=True"


def durees_dites(texte: str) -> list[str]:
    """The durations counted in a French text: « six ans », « 12 mois », « cinquième année »."""
    return _DUREE.findall(texte)


def fautes_du_texte(conservation: Conservation) -> Iterator[str]:
    """What a sheet says of a duration without founding it."""
    texte = f"{conservation.active}\n{conservation.intermediaire}"
    if re.search("proposée", texte, re.IGNORECASE):
        yield "« proposée » se dit par le champ « proposees », pas dans le texte"
    for mots in conservation.proposees:
        if not durees_dites(mots):
            yield f"« {mots} », dit proposé, ne contient aucune durée"
        texte = texte.replace(mots, "")
    if not conservation.source and (sans := durees_dites(texte)):
        yield f"« {', '.join(sans)} » : ni texte cité (source), ni durée dite proposée (proposees)"


def fautes_de_la_regle(regle: Retention) -> Iterator[str]:
    """Durations of one table that neither a text nor we answer for."""
    if regle.horloge in (DATE, FIN_DE_RELATION):
        yield from _fautes(regle.duree, regle.source)
    for precision in regle.plus_tot:
        yield from _fautes(precision.duree)
    for texte in (regle.source, regle.raison, *(p.raison for p in regle.plus_tot)):
        if re.search("durée proposée", texte, re.IGNORECASE):
            yield f"« proposée » se dit par la durée ({CHAMP}), pas dans le texte « {texte} »"


def fautes_de_l_horloge(horloge: HorlogePropre) -> Iterator[str]:
    """The same, of a system with its own clock."""
    if horloge.duree is not None:
        yield from _fautes(horloge.duree)


def _fautes(duree: Duree, source: str = "") -> Iterator[str]:
    if not (duree.nulle or duree.proposee or duree.source.strip() or source.strip()):
        yield f"la durée « {duree} » n'a ni texte cité (source), ni {CHAMP}"
