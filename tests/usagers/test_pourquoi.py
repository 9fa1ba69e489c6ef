"""« Pourquoi ces montants » in Mon Compte: how far from where a right ends, and the page to keep."""

import io
import re
from typing import Any

from pypdf import PdfReader

from tests.banc import ecrans

PAGE = "/mon-compte/pourquoi/2026-11/"
LOIN = r"Avec (?:[0-9]+ )?[0-9]+ € de plus de salaire net chaque mois, ce droit prendrait fin[^.]*\."


def mots(texte: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", texte)


def sur_la_page(page: Any) -> str:
    return mots(re.sub(r"<[^>]+>", " ", page.content.decode().replace("&#x27;", "'")))


def test_each_right_of_the_month_says_what_would_end_it_and_is_kept_on_a_page(presents: Any) -> None:
    amina = ecrans.allocataire(presents)
    page = amina.get(PAGE)
    droits = re.findall(rf'href="{PAGE}(\w+)\.pdf"', page.content.decode())
    assert droits == re.findall(r'<(?:section|details) id="(\w+)"', page.content.decode())
    assert "Garder cette explication (PDF) : Revenu de solidarité active" in sur_la_page(page)
    loin = re.search(LOIN, sur_la_page(page).partition("Revenu de solidarité active")[2])
    assert loin is not None
    kept = amina.get(f"{PAGE}rsa.pdf")
    assert kept["Content-Disposition"] == 'attachment; filename="explication-rsa-2026-11.pdf"'
    assert kept.content == amina.get(f"{PAGE}rsa.pdf").content
    lu = PdfReader(io.BytesIO(kept.content))
    dit = mots(" ".join(feuille.extract_text() for feuille in lu.pages))
    assert len(lu.pages) == 1
    assert "Caf de Paris" in dit
    assert loin[0] in dit
    montant = re.search(r"Revenu de solidarité active ([0-9 ]+,[0-9]{2} €)", sur_la_page(page))
    assert montant is not None
    assert montant[1] in dit
    assert "Belavassin" not in dit
    for nulle_part in ("inconnu.pdf", "../2019-01/rsa.pdf"):
        assert amina.get(f"{PAGE}{nulle_part}").status_code == 404
    _verifier_par_le_calcul_de_tous_les_droits(loin[0])


def _verifier_par_le_calcul_de_tous_les_droits(loin: str) -> None:
    """The RSA counts the family benefits of the same month: everything computed together ends it at that very euro."""
    from limpide.dossiers.connaissance import maintenant
    from limpide.dossiers.situations import situation_du
    from limpide.droits.calcul import fiches
    from limpide.droits.distance import axes
    from limpide.droits.ensemble import liquider_foyer
    from limpide.registre.contexte import Acteur, traitement

    dossier, qui = ecrans.fiche_d_amina()
    with traitement("mon_compte", acteur=Acteur("allocataire", 1, "Vous-même"), motif="Essai", personne=qui):
        foyer = situation_du(dossier, ecrans.MOIS, maintenant())
    ecart = int(re.sub(r"\D", "", loin.partition("€")[0]))
    salaire = next(axe for axe in axes(fiches(foyer)) if axe.fait == "salaire_net")
    foyer.personnes["salaire_net"][salaire.personne] += ecart - 1
    assert liquider_foyer(foyer)["rsa"].motif == "OUVERT"
    foyer.personnes["salaire_net"][salaire.personne] += 1
    assert liquider_foyer(foyer)["rsa"].motif != "OUVERT"
