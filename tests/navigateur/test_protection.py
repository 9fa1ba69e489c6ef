"""A judgement recorded by keyboard, refused with the input kept; then a letter of the protector, answered by letter."""

from typing import Any

import pytest

from limpide.registre.demandes.modeles import DemandeDroit, ReponseAcces
from limpide.registre.models import LigneJournal
from tests.banc import ecrans
from tests.banc.navigateur import au_clavier
from tests.navigateur.test_parcours import connecter_agent, lu

ENREGISTRER = "main form button[type=submit]"


@pytest.mark.navigateur
def test_un_agent_enregistre_un_jugement_puis_sa_fin(page: Any, page_axe: Any, presents: Any) -> None:
    connecter_agent(page, presents)
    dossier, _ = ecrans.fiche_d_amina()
    page.goto(f"/agent/dossier/{dossier}/motif/?next=/agent/dossier/{dossier}/protection/")
    page.locator("label[for=id_motif_2]").click()
    page.click(ENREGISTRER)
    page.wait_for_url("**/protection/")
    page_axe(page)
    assert "Aucune mesure n'est enregistrée." in lu(page)
    page.select_option("#id_genre", "curatelle")
    page.locator("label[for=id_protecteur_genre_1]").click()
    page.fill("#id_protecteur_nom", "Association Vermandel")
    page.fill("#id_tribunal", "Tribunal judiciaire de Paris")
    for champ, date in (("jugement_le", "03/03/2025"), ("debut", "03/03/2025"), ("fin", "02/03/2030")):
        page.fill(f"#id_{champ}", date)
    page.locator("label[for=id_pouvoirs_2]").click()
    au_clavier(page, ENREGISTRER)
    page.locator("#resume-erreurs").wait_for()
    page_axe(page)
    assert "La curatelle ne permet pas ce pouvoir" in lu(page)
    assert page.input_value("#id_protecteur_nom") == "Association Vermandel"
    assert page.is_checked("#id_pouvoirs_2")
    page.select_option("#id_genre", "tutelle")
    au_clavier(page, ENREGISTRER)
    page.get_by_text("La mesure est enregistrée.").wait_for()
    page_axe(page)
    au_clavier(page, "main section a.fr-link")
    page.wait_for_url("**/protection/*/")
    page_axe(page)
    page.fill("#id_dernier_jour", "01/01/2024")
    au_clavier(page, ENREGISTRER)
    page.get_by_text("Ce jour précède le début de la mesure.").first.wait_for()
    page_axe(page)
    page.fill("#id_dernier_jour", "31/12/2025")
    au_clavier(page, ENREGISTRER)
    page.get_by_text("terminée", exact=True).wait_for()


@pytest.mark.preuve(
    "De bout en bout : le protecteur écrit, son pouvoir est vérifié, la réponse lui part par courrier (DR-11)",
    systemes=("S44",),
)
def test_une_lettre_du_protecteur_recoit_sa_reponse(presents: Any) -> None:
    from limpide.monde.comptes import numero_allocataire

    dossier, personne = ecrans.fiche_d_amina()
    agent, dpd = ecrans.ouvrir(ecrans.agent(presents), dossier), ecrans.agent(presents, ecrans.DPD)
    lettre = {
        "caisse": "751", "numero": numero_allocataire(0), "demandeur": "protecteur", "genre": "acces",
        "objet": "Ses données", "recue_le": "2026-11-02",
    }  # fmt: skip
    assert dpd.post("/dpd/demandes/courrier/", lettre).status_code == 302
    refusee = DemandeDroit.objects.using("proprietaire").get()
    assert refusee.etat == "refusee"
    page = dpd.get(f"/dpd/demandes/{refusee.pk}/").content.decode()
    assert "Aucune mesure de protection" in page
    jugement = {
        "membre": str(personne), "genre": "tutelle", "protecteur_genre": "personne",
        "protecteur_nom": "Odile Vermandel", "tribunal": "Tribunal judiciaire de Paris",
        "jugement_le": "03/03/2025", "debut": "03/03/2025",
        "fin": "02/03/2030", "pouvoirs": ["donnees"], "adresse_courrier": "",
    }  # fmt: skip
    assert agent.post(f"/agent/dossier/{dossier}/protection/", jugement).status_code == 302
    assert dpd.post("/dpd/demandes/courrier/", lettre).status_code == 302
    demande = DemandeDroit.objects.using("proprietaire").latest("pk")
    fiche = f"/dpd/demandes/{demande.pk}/"
    assert dpd.get(f"{fiche}reponse.pdf").status_code == 404
    identite = {"moyen": "Passeport", "copie_detruite_le": "2026-11-03"}
    assert dpd.post(f"{fiche}identite/", identite).status_code == 302
    assert dpd.post(f"{fiche}reunir/").status_code == 302
    page = dpd.get(fiche).content.decode()
    assert "Odile Vermandel (tutelle, jugement du 03/03/2025)" in page
    envoi = dpd.get(f"{fiche}reponse.pdf")
    assert envoi.content.startswith(b"%PDF-")
    assert ReponseAcces.objects.using("proprietaire").get().remise_le is not None
    remises = LigneJournal.objects.using("proprietaire").filter(traitement="remise_par_courrier", action="lecture")
    assert remises.filter(personne_id=personne).exists()
    amina = ecrans.allocataire(presents)  # she keeps her own access
    assert amina.get(f"/mon-compte/mes-donnees/{demande.pk}/donnees.json").status_code == 200
    en_ligne = amina.post("/mon-compte/mes-donnees/", {"genre": "acces", "objet": "Tout"})
    assert en_ligne.status_code == 302
    assert DemandeDroit.objects.using("proprietaire").latest("pk").represente_par == ""
