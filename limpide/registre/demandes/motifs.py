"""Why an opposition or an erasure can't be granted: read in the declarations and in the state of the file.

RGPD art. 21.1 lets a person object to what rests on art. 6.1.e or f only: not to a legal obligation. Art. 17.3.b
and e keep what a legal obligation, a task of public interest or a claim needs.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from limpide.registre.collecte import registre
from limpide.registre.conservation.durees import APRES_LA_RELATION
from limpide.registre.conservation.gels import gels_en_cours
from limpide.registre.conservation.modeles import Archivage

COLONNES_ARCHIVAGE = ("id", "dossier_id", "efface_apres")
LIBRE, MOTIVEE, EXCLUE, ABSENTE = "libre", "motivee", "exclue", "absente"
SANS_RAISON = ("sans avoir à se justifier", "à tout moment")
AVEC_RAISON = ("Opposition pour une raison", "Opposition motivée")
PHRASES: Mapping[str, str] = {
    "absente": "Ce traitement n'est pas en service : il n'utilise aucune de vos données, il n'y a rien à arrêter.",
    "consentement": "Il repose sur votre accord : vous le retirez quand vous voulez (RGPD art. 7.3).",
    "libre": "Vous pouvez vous y opposer sans donner de raison.",
    "motivee": "Vous pouvez vous y opposer pour une raison qui tient à votre situation (RGPD art. 21.1).",
    "mission": "Il sert à calculer, payer ou réclamer des droits que la loi règle : ce motif légitime et impérieux "
    "l'emporte (RGPD art. 21.1).",
    "obligation": "La loi l'impose : on ne peut s'opposer qu'à ce qui repose sur une mission d'intérêt public ou un "
    "intérêt légitime, pas à une obligation légale (RGPD art. 21.1).",
}
DIRE_A_QUOI = "Dites à quel traitement la personne s'oppose."
A_GARDER = (
    f"La Caf doit garder ce dossier tant que dure votre relation avec elle, puis {APRES_LA_RELATION} au plus (RGPD "
    "art. 17.3.b et 17.3.e). Mon Compte dit jusqu'à quand."
)
JUSQU_AU = "La Caf doit garder ce dossier jusqu'au {le} (RGPD art. 17.3.b et 17.3.e) ; il s'efface ensuite."
GELE = "L'effacement de ce dossier est suspendu : des droits sont à établir ou à défendre (RGPD art. 17.3.e)."


@dataclasses.dataclass(frozen=True, slots=True)
class Opposition:
    """What the sheet of one system lets a person object to. `phrase`: said to the person."""

    systeme: str
    nom: str
    voie: str
    phrase: str


def oppositions() -> tuple[Opposition, ...]:
    """Every living system of the page: may one object to it, and why not."""
    return tuple(_opposition(code) for code, s in sorted(registre().systemes.items()) if s.statut == "vivant")


def opposition(systeme: str) -> Opposition | None:
    return next((o for o in oppositions() if o.systeme == systeme), None)


def _opposition(code: str) -> Opposition:
    fiche = registre().systemes[code]
    droits = " ; ".join(fiche.droits_applicables)
    if not registre().construit(code):
        voie, cle = ABSENTE, "absente"
    elif "consentement" in fiche.base_legale:
        voie, cle = LIBRE, "consentement"
    elif any(mots in droits for mots in SANS_RAISON):
        voie, cle = LIBRE, "libre"
    elif any(mots in droits for mots in AVEC_RAISON):
        voie, cle = MOTIVEE, "motivee"
    else:
        voie, cle = EXCLUE, "mission" if "6.1.e" in fiche.base_legale else "obligation"
    return Opposition(code, fiche.nom, voie, PHRASES[cle])


def empechement(genre: str, *, accorder: bool, systeme: str, a_garder: str) -> str:
    """Why this answer can't be given, in French; empty when it can. A refusal is always written by the officer."""
    if genre == "effacement" and accorder:
        return a_garder
    if genre != "opposition":
        return ""
    visee = opposition(systeme)
    if visee is None:
        return DIRE_A_QUOI
    if accorder:
        return visee.phrase if visee.voie in (EXCLUE, ABSENTE) else ""
    return f"{visee.phrase} Cette opposition ne se refuse pas." if visee.voie == LIBRE else ""


def raison(genre: str, *, accorder: bool, systeme: str, a_garder: str) -> str:
    """What the answer begins with: the processing, and the reason of the law when it refuses."""
    if genre == "effacement":
        return "" if accorder else a_garder
    visee = opposition(systeme) if genre == "opposition" else None
    if visee is None:
        return ""
    loi = visee.phrase if visee.voie in (EXCLUE, ABSENTE) else ""
    return f"Traitement « {visee.nom} ». {loi}".strip()


def raison_de_garder(dossier: int | None, reference: str, jour: dt.date) -> str:
    """Why this file can't be erased yet, in French; empty when only the request itself (`reference`) holds it."""
    if dossier is None:
        return ""
    if gels_en_cours().filter(dossier_id=dossier).exclude(reference=reference).exists():
        return GELE
    terme = Archivage.objects.filter(dossier_id=dossier).values_list("efface_apres", flat=True).first()
    if terme is None:
        return A_GARDER
    return JUSQU_AU.format(le=f"{terme:%d/%m/%Y}") if terme > jour else ""
