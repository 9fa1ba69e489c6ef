"""The quarter declared on a telephone, by keyboard alone: from the reminder of the first page to the receipt."""

from typing import Any

import pytest
from playwright.sync_api import expect

from limpide.dossiers.models import DeclarationScellee
from limpide.droits.faits import NATURES
from tests.banc import ecrans
from tests.banc.navigateur import LARGEUR_TELEPHONE, aller, au_clavier, tient_en_largeur

pytestmark = [pytest.mark.navigateur, pytest.mark.usefixtures("en_novembre")]
AOUT = f"m0_{NATURES['salaire_net'].code}_202608"


def taper(page: Any, champ: str, texte: str) -> None:
    au_clavier(page, f"#id_{champ}", touche=None)
    page.keyboard.type(texte)


@pytest.mark.preuve(
    "Le trimestre déclaré sur téléphone, au clavier : un montant corrigé avec sa raison, relu, envoyé, récépissé",
    systemes=("S03",),
)
def test_mc_023_the_quarter_is_declared_by_keyboard_on_a_telephone(
    page: Any, page_axe: Any, presents: dict[str, Any]
) -> None:
    elle = ecrans.amina(presents)
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    aller(page, "/connexion/")
    taper(page, "numero", elle.identifiant)
    taper(page, "mot_de_passe", elle.mot_de_passe)
    page.keyboard.press("Enter")
    page.wait_for_url("**/mon-compte/")
    au_clavier(page, 'main a[href="/mon-compte/trimestre/"]')
    page.get_by_text("Étape 1 sur 2").wait_for()
    page_axe(page)
    tient_en_largeur(page)
    au_clavier(page, f"details:has(#id_{AOUT}_montant) > summary")
    taper(page, f"{AOUT}_montant", "610")
    page.keyboard.press("Tab")
    page.keyboard.type("Il manque")
    assert page.input_value(f"#id_{AOUT}_raison") == "incomplet"
    au_clavier(page, "main form .fr-btns-group button[value=relire]")
    page.get_by_text("Étape 2 sur 2").wait_for()
    expect(page.get_by_text("610,00 € au lieu de")).to_be_visible()
    page_axe(page)
    tient_en_largeur(page)
    au_clavier(page, "#id_honneur", touche="Space")
    au_clavier(page, "main form[novalidate] button[value=envoyer]")
    page.get_by_text("Voici votre récépissé").wait_for()
    scellee = DeclarationScellee.objects.using("proprietaire").get(genre="trimestre")
    expect(page.get_by_text(scellee.numero).first).to_be_visible()
    page_axe(page)
    tient_en_largeur(page)
