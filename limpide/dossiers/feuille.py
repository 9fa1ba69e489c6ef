"""The explanation of one right on one page to keep: what is paid, each step with its articles, what would change it.

A page is short: steps within steps are left out, from the deepest, until it holds; the screen has them all.
"""

import datetime as dt

from limpide.droits.explication import Phrase, Recit
from limpide.droits.francais import centimes_en_euros
from limpide.socle.pdf import DocumentPDF

NIVEAUX = 3
RETRAIT_PAR_NIVEAU = 6.0
SIMULATION = "Cette simulation n'est pas une décision."


def feuille(
    recit: Recit, *, net: int | None, emetteur: str, le: dt.datetime, changerait: str = "", mention: str = ""
) -> bytes:
    """The page. `net`: cents paid, CRDS withheld; None if it is unknown. `mention`: a sentence for its foot."""
    for niveaux in range(NIVEAUX, 0, -1):
        document = _ecrire(recit, net, emetteur, le, changerait, mention, niveaux)
        octets = document.octets()
        if document.nombre_de_pages == 1:
            break
    return octets


def _ecrire(
    recit: Recit, net: int | None, emetteur: str, le: dt.datetime, changerait: str, mention: str, niveaux: int
) -> DocumentPDF:
    document = DocumentPDF(f"{recit.titre} : {recit.mois}", emetteur=emetteur, le=le)
    document.paragraphe("Montant inconnu" if net is None else centimes_en_euros(net), gras=True)
    document.paragraphe(recit.conclusion)
    if recit.phrases and not recit.a_verifier:
        document.titre("Le calcul, étape par étape")
        for phrase in recit.phrases:
            _etape(document, phrase, 0, niveaux)
    if changerait:
        document.titre("Ce qui changerait le résultat")
        document.paragraphe(changerait)
    if mention:
        document.paragraphe(mention)
    return document


def _etape(document: DocumentPDF, phrase: Phrase, niveau: int, niveaux: int) -> None:
    articles = f" ({', '.join(phrase.articles)})" if phrase.articles else ""
    document.liste([phrase.texte + articles], retrait=niveau * RETRAIT_PAR_NIVEAU, serree=True)
    if niveau + 1 < niveaux:
        for detail in phrase.details:
            _etape(document, detail, niveau + 1, niveaux)
