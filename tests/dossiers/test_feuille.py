"""The explanation of a right on one page: every reason of every right, its figures readable, always the same bytes."""

import datetime as dt
import io
from typing import Any

from pypdf import PdfReader

from limpide.dossiers.feuille import SIMULATION, feuille
from limpide.droits.calcul import liquider
from limpide.droits.cas import lire_cas
from limpide.droits.explication import Recit, raconter
from limpide.droits.moteur import Motif
from tests.droits.foyers import situation

LE = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)


def lue(octets: bytes) -> tuple[int, str]:
    """Number of pages, and the words of the page."""
    pages = PdfReader(io.BytesIO(octets)).pages
    return len(pages), " ".join(" ".join(page.extract_text().split()) for page in pages)


def sans_fines(texte: str) -> str:
    return " ".join(texte.replace("\u202f", " ").replace("\u2011", "-").split())


def recits() -> dict[tuple[str, str], tuple[Recit, int | None]]:
    """For each right and each reason that our cases give: the longest explanation, and the amount paid."""
    trouves: dict[tuple[str, str], tuple[Recit, int | None]] = {}
    for cas in lire_cas():
        for code, resultat in liquider(cas.situation, cas.droits_attendus).items():
            recit = raconter(resultat)
            inconnu = resultat.motif == Motif.INCONNU.name
            net = None if inconnu else resultat.montant_centimes - resultat.crds_centimes
            avant = trouves.get((code, resultat.motif))
            if avant is None or longueur(recit) > longueur(avant[0]):
                trouves[code, resultat.motif] = (recit, net)
    return trouves


def longueur(recit: Recit) -> int:
    def mots(phrase: Any) -> int:
        return len(phrase.texte) + sum(map(mots, phrase.details))

    return sum(map(mots, recit.phrases))


def test_each_reason_of_each_right_holds_on_one_page_with_its_conclusion() -> None:
    tous = recits()
    assert {droit for droit, _ in tous} >= {"af", "rsa", "ppa"}
    assert len(tous) > 30
    for (droit, motif), (recit, net) in tous.items():
        pages, texte = lue(feuille(recit, net=net, emetteur="Caf d'essai", le=LE, mention=SIMULATION))
        assert pages == 1, (droit, motif)
        assert sans_fines(recit.conclusion) in sans_fines(texte), (droit, motif)
        assert SIMULATION in texte
        if motif == "INCONNU":
            assert "Montant inconnu" in texte


def test_the_page_says_the_steps_their_articles_and_what_would_change_it() -> None:
    resultat = liquider(situation(), ["rsa"])["rsa"]
    recit = raconter(resultat)
    octets = feuille(recit, net=2648, emetteur="Caf d'essai", le=LE, changerait="Avec 21 € de plus.")
    _, texte = lue(octets)
    assert "26,48 €" in sans_fines(texte)
    assert "Avec 21 € de plus." in texte
    assert all(article in texte for article in recit.phrases[0].articles)
    assert octets == feuille(recit, net=2648, emetteur="Caf d'essai", le=LE, changerait="Avec 21 € de plus.")
