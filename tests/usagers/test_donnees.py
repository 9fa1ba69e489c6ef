"""« Mes données » and the officer's desk, through the screens."""

import json
from typing import Any

import pytest

from limpide.registre.demandes.modeles import DemandeDroit, ReponseAcces
from limpide.registre.demandes.services import sceller
from limpide.registre.models import LigneJournal
from tests.banc import ecrans
from tests.banc.navigateur import au_clavier

ICI = "/mon-compte/mes-donnees/"


def demandes() -> Any:
    return DemandeDroit.objects.using("proprietaire")


def test_une_demande_incomplete_garde_ce_qui_est_ecrit_et_n_enregistre_rien(presents: Any) -> None:
    client = ecrans.allocataire(presents)
    reponse = client.post(ICI, {"genre": "", "objet": "Mon salaire est faux"})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Choisissez le droit que vous voulez exercer." in page
    assert "Mon salaire est faux" in page
    assert demandes().count() == 0


@pytest.mark.preuve(
    "De bout en bout : une personne demande ses données, le délégué les réunit, elle les télécharge (DR-05)",
    systemes=("S44", "S39"),
)
def test_de_la_demande_au_telechargement(presents: Any) -> None:
    amina, dpd = ecrans.allocataire(presents), ecrans.agent(presents, ecrans.DPD)
    assert amina.post(ICI, {"genre": "acces", "objet": "Tout"}).status_code == 302
    demande = demandes().get()
    assert dpd.get("/dpd/demandes/").status_code == 200
    fiche = f"/dpd/demandes/{demande.pk}/"
    assert dpd.post(f"{fiche}reunir/").status_code == 409  # not taken in charge
    assert ReponseAcces.objects.using("proprietaire").count() == 0
    assert dpd.post(f"{fiche}commencer/").status_code == 302
    assert dpd.post(f"{fiche}reunir/").status_code == 302
    page = amina.get(ICI).content.decode()
    assert "Accordée" in page
    recu = amina.get(f"{ICI}{demande.pk}/donnees.json")
    contenu = json.loads(recu.content)
    reponse = ReponseAcces.objects.using("proprietaire").get()
    assert sceller(contenu) == reponse.empreinte
    assert reponse.empreinte in page
    assert reponse.remise_le is not None
    assert recu["Content-Disposition"] == 'attachment; filename="mes-donnees.json"'
    assert amina.get(f"{ICI}{demande.pk}/donnees.pdf").content.startswith(b"%PDF-")
    lues = LigneJournal.objects.using("proprietaire").filter(traitement="reponse_droit_acces", action="lecture")
    assert lues.filter(personne_id=demande.personne_id).exists()
    assert ecrans.allocataire(presents).post(f"{ICI}{demande.pk}/retirer/").status_code == 302
    assert demandes().get().etat == "accordee"  # closed: nothing to withdraw


def test_un_refus_dit_ses_recours_et_une_saisie_fausse_reste(presents: Any) -> None:
    amina, dpd = ecrans.allocataire(presents), ecrans.agent(presents, ecrans.DPD)
    amina.post(ICI, {"genre": "effacement", "objet": "Effacez tout"})
    fiche = f"/dpd/demandes/{demandes().get().pk}/"
    dpd.post(f"{fiche}commencer/")
    vide = dpd.post(f"{fiche}repondre/", {"issue": "refusee", "reponse": ""})
    assert vide.status_code == 422
    assert demandes().get().etat == "en_cours"
    motif = "Votre relation avec la Caf dure : RGPD art. 17.3.b."
    assert dpd.post(f"{fiche}repondre/", {"issue": "refusee", "reponse": motif}).status_code == 302
    page = amina.get(ICI).content.decode()
    assert motif in page
    assert "tribunal administratif" in page
    assert dpd.post(f"{fiche}repondre/", {"issue": "accordee", "reponse": "Non"}).status_code == 409
    assert dpd.post(f"{fiche}inconnue/", {}).status_code == 404


def test_un_courrier_s_enregistre_sur_un_dossier_connu(presents: Any) -> None:
    from limpide.monde.comptes import numero_allocataire

    dpd = ecrans.agent(presents, ecrans.DPD)
    saisie = {
        "caisse": "751",
        "numero": "9999999",
        "genre": "acces",
        "objet": "Mes données",
        "recue_le": "2026-11-02",
        "demandeur": "personne",
    }
    refus = dpd.post("/dpd/demandes/courrier/", saisie)
    assert refus.status_code == 422
    assert "Aucun dossier de cette caisse ne porte ce numéro." in refus.content.decode()
    futur = dpd.post("/dpd/demandes/courrier/", saisie | {"recue_le": "2999-01-01"})
    assert "dans l&#x27;avenir" in futur.content.decode()
    assert demandes().count() == 0
    assert dpd.post("/dpd/demandes/courrier/", saisie | {"numero": numero_allocataire(0)}).status_code == 302
    assert demandes().get().etat == "a_identifier"


@pytest.mark.navigateur
def test_les_pages_sont_accessibles_et_se_font_au_clavier(presents: Any, page: Any, site: Any, page_axe: Any) -> None:
    page.goto(site + "/connexion/")
    page.fill("[name=numero]", ecrans.amina(presents).identifiant)
    page.fill("[name=mot_de_passe]", ecrans.MOT_DE_PASSE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/mon-compte/")
    page_axe(page, ICI)
    page.select_option("#id_genre", "acces")
    au_clavier(page, "#id_objet", touche=None)
    page.keyboard.type("Tout ce que vous savez de moi")
    au_clavier(page, "form[method=post] button.fr-btn:not(.fr-icon-logout-box-r-line)")
    page.wait_for_selector("text=DR-")
    page_axe(page, ICI)
