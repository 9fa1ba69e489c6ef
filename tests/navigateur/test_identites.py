"""Identities in a real browser: the list, one identity, a dispute settled, the SNGI asked, a clock's step."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from tests.banc import ecrans
from tests.banc.navigateur import aller, au_clavier
from tests.navigateur.test_parcours import connecter_agent, lu

pytestmark = pytest.mark.navigateur
NIR, NIA = "295109912611193", "8951099126111"


@pytest.fixture
def simule(monkeypatch: Any) -> Iterator[Any]:
    """The simulated SNGI, which knows Amina's daughter under nearly the same forename."""
    from limpide.monde import temoin
    from limpide.monde.simulateurs import Simulateur
    from limpide.monde.sngi import Inscrit, sngi

    ines = temoin.foyer(ecrans.MOIS).membres[1]
    inscrit = Inscrit(NIR, ines.nom, "Ines", ines.naissance.isoformat(), "75999")
    with Simulateur(sngi([inscrit]), port=0).ouvert() as serveur:
        monkeypatch.setenv("LIMPIDE_SNGI_URL", serveur.adresse("sngi"))
        yield serveur.partenaires["sngi"]


def enfant_d_amina(rang: int) -> Any:
    from limpide.dossiers.models import Rattachement

    dossier, _ = ecrans.fiche_d_amina()
    sejours = Rattachement.objects.using("proprietaire").filter(dossier_id=dossier, role="enfant")
    return sejours.select_related("personne").order_by("personne__date_naissance")[rang].personne_id


def donner_un_numero(personne: int, saisie: str, genre: str, recu_le: dt.date) -> None:
    from limpide.identite import litiges, services
    from limpide.identite.models import CauseEtat, GenreNumero, Personne
    from limpide.registre.contexte import SYSTEME, traitement

    with traitement("immatriculation", acteur=SYSTEME, motif="Essai"):
        qui = Personne.objects.get(pk=personne)
        if genre == "nia":  # the world's persons are certified: this one's number was not theirs
            litiges.mettre_en_litige(qui, CauseEtat.NUMERO_PARTAGE)
            litiges.regler_litige(qui, "Numéro d'une autre personne.", recu_le, numero_errone=True)
        services.immatriculer(qui, saisie, recu_le, GenreNumero(genre))


def test_a_dispute_is_opened_then_settled_by_keyboard(page: Any, page_axe: Any, presents: Any) -> None:
    dossier, amina = ecrans.fiche_d_amina()
    connecter_agent(page, presents)
    page_axe(page, "/agent/identites/")
    assert "Aucune identité n'attend." in lu(page)
    aller(page, f"/agent/dossier/{dossier}/identites/{amina}/")
    page_axe(page)
    assert NIR not in lu(page)
    au_clavier(page, "#id_litige-cause_0", touche="ArrowDown")
    au_clavier(page, "form:has(input[value=litige]) button")  # nothing said of what was found
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    assert page.is_checked("#id_litige-cause_1")
    assert "Écrivez en une phrase ce qui a été constaté." in lu(page)
    page.fill("#id_litige-note", "Deux dossiers portent le même numéro.")
    page.click("form:has(input[value=litige]) button")
    page.get_by_text("Le litige est ouvert. Aucun paiement n'est arrêté.").wait_for()
    page_axe(page)
    page_axe(page, "/agent/identites/")
    assert "Régler le litige" in lu(page)
    au_clavier(page, "main tbody a")
    page.wait_for_url(f"**/identites/{amina}/")
    page.check("#id_issue-issue_0", force=True)
    page.fill("#id_issue-note", "Le numéro est bien le sien.")
    page.click("form:has(input[value=issue]) button")
    page.get_by_text("Le litige est réglé.").wait_for()
    page_axe(page)
    assert "NIR certifié : litige réglé — Le numéro est bien le sien." in lu(page)


def test_the_sngi_is_asked_and_a_near_answer_compared(page: Any, page_axe: Any, presents: Any, simule: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    ines = enfant_d_amina(0)
    donner_un_numero(ines, NIR, "nir", dt.date(2026, 11, 2))
    connecter_agent(page, presents)
    adresse = f"/agent/dossier/{dossier}/identites/{ines}/"
    page_axe(page, adresse)
    simule.tomber("500", fois=3)
    page.click("form:has(input[value=certifier]) button")
    page.get_by_text("Le SNGI ne répond pas. La demande est gardée").wait_for()
    page_axe(page)
    assert page.locator("form:has(input[value=certifier])").count() == 0
    from limpide.identite.certification import certifier_lot

    assert certifier_lot().a_comparer == 1
    page_axe(page, "/agent/identites/")
    page.get_by_role("link", name="Ouvrir l'identité du dossier").first.click()
    page.wait_for_url(f"**{adresse}")
    page_axe(page)
    assert "Ce qui diffère : les prénoms." in lu(page)
    page.check("#id_comparaison-avis_0", force=True)
    page.click("form:has(input[value=comparaison]) button")
    page.get_by_text("Le NIR est certifié.").wait_for()
    page_axe(page)


def test_a_step_too_early_is_refused_and_kept_without_javascript(
    _chromium: Any,  # noqa: PT019 - a second browser session
    site: Any,
    page: Any,
    page_axe: Any,
    presents: Any,
) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    noe, jour = enfant_d_amina(1), timezone.localdate()
    donner_un_numero(noe, NIA, "nia", jour - dt.timedelta(days=100))
    connecter_agent(page, presents)
    page_axe(page, f"/agent/dossier/{dossier}/motif/")
    page.check("#id_motif_0", force=True)
    page.click("main form button[type=submit]")
    page_axe(page, f"/agent/dossier/{dossier}/identites/")
    page_axe(page, "/agent/identites/")
    assert "Envoyer la mise en demeure" in lu(page)
    contexte = _chromium.new_context(java_script_enabled=False, base_url=site.adresse, locale="fr-FR")
    contexte.add_cookies(page.context.cookies())
    lente = contexte.new_page()
    aller(lente, f"/agent/dossier/{dossier}/identites/{noe}/")
    lente.locator("label:has-text('Mise en demeure')").click()
    lente.fill("#id_etape-le", (jour - dt.timedelta(days=60)).strftime("%d/%m/%Y"))
    lente.click("form:has(input[value=etape]) button")
    assert "Il est trop tôt" in lu(lente)
    assert lente.input_value("#id_etape-le") == (jour - dt.timedelta(days=60)).strftime("%d/%m/%Y")
    lente.fill("#id_etape-le", jour.strftime("%d/%m/%Y"))
    lente.click("form:has(input[value=etape]) button")
    assert "L'étape est notée : mise en demeure." in lu(lente)
    contexte.close()
    page_axe(page, "/agent/identites/")
    assert "Aucune identité n'attend." in lu(page)
