"""A birth declared on a telephone, by keyboard alone: wrong, then right, read again, sent, followed."""

from typing import Any

import pytest
from playwright.sync_api import expect

from limpide.dossiers.models import DeclarationScellee
from tests.banc import ecrans
from tests.banc.navigateur import LARGEUR_TELEPHONE, aller, au_clavier, tient_en_largeur

pytestmark = pytest.mark.navigateur


def taper(page: Any, champ: str, texte: str) -> None:
    au_clavier(page, f"#id_{champ}", touche=None)
    page.keyboard.press("Control+A")
    page.keyboard.type(texte)


@pytest.mark.preuve(
    "Une naissance déclarée sur téléphone, au clavier : des réponses fausses, puis justes, relues, envoyées, suivies",
    systemes=("S06", "S39"),
)
def test_mc_023_a_birth_is_declared_by_keyboard_on_a_telephone(
    page: Any, page_axe: Any, presents: dict[str, Any]
) -> None:
    elle = ecrans.amina(presents)
    page.set_viewport_size({"width": LARGEUR_TELEPHONE, "height": 740})
    aller(page, "/connexion/")
    taper(page, "numero", elle.identifiant)
    taper(page, "mot_de_passe", elle.mot_de_passe)
    page.keyboard.press("Enter")
    page.wait_for_url("**/mon-compte/")
    aller(page, "/mon-compte/changement/")
    page_axe(page)
    tient_en_largeur(page)
    au_clavier(page, 'main a[href="/mon-compte/changement/naissance/"]')
    page.wait_for_url("**/changement/naissance/")
    au_clavier(page, "#id_evenement_0", touche="Space")
    taper(page, "prenoms", "Lou")
    taper(page, "naissance", "31/02/2026")
    au_clavier(page, "main form button[type=submit]")
    expect(page.get_by_text("Cette date n'existe pas").first).to_be_visible()
    expect(page.locator("#id_naissance")).to_have_value("31/02/2026")
    page_axe(page)
    taper(page, "naissance", "03/11/2026")
    au_clavier(page, "#id_garde_0", touche="Space")
    au_clavier(page, "main form button[type=submit]")
    page.wait_for_url("**/naissance/relire/")
    expect(page.get_by_text("Qui fait quoi ensuite")).to_be_visible()
    page_axe(page)
    tient_en_largeur(page)
    au_clavier(page, "#id_honneur", touche="Space")
    au_clavier(page, "main form button[type=submit]")
    expect(page.get_by_text("Voici votre récépissé")).to_be_visible()
    scellee = DeclarationScellee.objects.using("proprietaire").get(genre="changement")
    expect(page.get_by_text(scellee.numero).first).to_be_visible()
    expect(page.get_by_text("Prochaine étape").first).to_be_visible()
    page_axe(page)
    tient_en_largeur(page)
