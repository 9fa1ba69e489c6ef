"""Claiming the housing benefit online: one claim for three rights, of which the law says which one is due."""

import datetime as dt
from typing import Any

import pytest
from freezegun import freeze_time

from limpide.dossiers.models import Decision, Demande, LigneDroit, PieceAttendue
from limpide.usagers.demande.aides import LOGEMENT, PAR_DROIT, PPA, choisies
from tests.banc import demandes, ecrans
from tests.usagers.test_changement import DEMENAGER
from tests.usagers.test_demande import erreurs, texte
from tests.usagers.test_demande_decidee import envoyer_les_documents
from tests.usagers.test_demande_dossier import accepter, envoyer
from tests.usagers.test_demande_famille import declarer_sa_nationalite, faits_dits

CHEMIN = "/demande-aide-logement/"
LOUE = {
    "f_date_entree_logement": "01/09/2025", "f_statut_occupation_logement": "locataire_vide", "f_loyer": "520",
    "f_zone_apl": "zone_2", "f_logement_conventionne": "non", "f_coloc": "non", "f_logement_chambre": "non",
    "f_proprietaire_proche_famille": "non", "f_jeunes_maries": "non", "p0_nationalite": "francaise",
    "p0_activite": "actif", "p0_logement_salaires": "9800", "p0_rpns_autres_revenus": "0", "p0_enceinte": "non",
}  # fmt: skip


@pytest.fixture
def dossier(comptes_seuls: dict[str, Any]) -> Any:
    return ecrans.foyer_a_completer()


def lignes(dossier: int) -> dict[str, dict[dt.date, int]]:
    """Net cents in force, by right and month."""
    trouvees: dict[str, dict[dt.date, int]] = {}
    for ligne in LigneDroit.objects.using("proprietaire").filter(dossier_id=dossier).order_by("rang"):
        trouvees.setdefault(ligne.droit, {})[ligne.mois] = ligne.net_centimes
    return trouvees


@pytest.mark.preuve(
    "L'aide au logement demandée avec un dossier ouvert : le logement et les revenus des douze mois, une seule demande "
    "pour les trois aides, une décision qui dit laquelle est due, à partir du mois de la demande",
    systemes=("S39",),
)
def test_mc_017_a_dwelling_is_told_once_and_the_decision_says_which_benefit_is_due(
    dossier: Any, comptes_seuls: dict[str, Any]
) -> None:
    declarer_sa_nationalite(dossier)
    elle = ecrans.elle_meme(dossier)
    premiere, *suite = demandes.avec_dossier(elle, CHEMIN, LOUE)
    assert {"f_date_entree_logement", "f_statut_occupation_logement"} <= set(premiere)
    posees = [nom for noms in (premiere, *suite) for nom in noms]
    assert len(posees) == len(set(posees))
    assert {"f_loyer", "f_logement_conventionne", "p0_logement_salaires"} <= set(posees)
    assert "f_zone_apl" not in posees  # her address says it
    assert not [nom for nom in posees if nom.startswith("f_loyer_m")]  # told once, not for one month
    relue = elle.get(f"{CHEMIN}envoyer/").content.decode()
    for attendu in ("520,00 €", "de octobre 2025 à septembre 2026".replace("de octobre", "d&#x27;octobre"), "R823-10"):
        assert attendu in relue, attendu
    demande = envoyer(elle, relue, f"{CHEMIN}envoyer/")
    assert (demande.droits, demande.dossier_id) == (["alf", "als", "apl"], dossier.pk)
    dits = faits_dits(dossier.pk)
    (salaires,) = dits["logement_salaires"]
    assert (salaires.valeur, salaires.valide.lower, salaires.valide.upper) == (
        980000, dt.date(2026, 11, 1), dt.date(2027, 2, 1),
    )  # fmt: skip
    assert [(f.valeur, f.valide.upper) for f in dits["loyer"]] == [(52000, None)]
    assert [f.valeur for f in dits["zone_apl"]] == [0]
    pieces = PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk)
    assert "attestation_de_loyer" in {p.genre for p in pieces}

    accepter(ecrans.agent(comptes_seuls), demande, envoyer_les_documents(elle, demande))
    payes = lignes(dossier.pk)
    assert set(payes["alf"]) == {dt.date(2026, 11, 1)}  # two children, not under agreement; not before the claim
    assert payes["alf"][dt.date(2026, 11, 1)] > 0
    assert not {"apl", "als"} & set(payes)  # another one is due: nothing to say of them
    decision = Decision.objects.using("proprietaire").filter(dossier_id=dossier.pk).latest("pk")
    assert {"alf"} == {e["droit"] for e in decision.effets} & {"apl", "alf", "als"}
    lettre = texte(elle.get(f"/mon-compte/decisions/{decision.pk}/"))
    for attendu in ("Allocation de logement familiale", "tribunal administratif"):
        assert attendu.lower() in lettre.lower(), attendu
    pourquoi = texte(elle.get("/mon-compte/pourquoi/2026-11/"))
    assert "l'allocation de logement familiale (ALF)" in pourquoi
    deja = elle.get(CHEMIN)
    assert "Vous recevez déjà l'aide au logement" in texte(deja)
    assert f'href="{CHEMIN}?encore=1"' in deja.content.decode()
    assert 'name="choix"' in elle.get(f"{CHEMIN}?encore=1").content.decode()

    redire = "Les derniers valaient jusqu'à janvier 2027 compris"
    for jour, dit in (("2027-01-31", False), ("2027-02-01", True)):
        with freeze_time(f"{jour} 12:00:00"):
            elle = ecrans.visiteur()
            ecrans.entrer(elle, ecrans.numero_de(dossier.allocataire_id).en_clair(), "un tout autre secret")
            compte = elle.get("/mon-compte/")
        assert (redire in texte(compte)) is dit, jour
        assert (f'href="{CHEMIN}?encore=1"' in compte.content.decode()) is dit, jour


def test_a_move_ends_the_benefit_until_the_new_dwelling_is_claimed(dossier: Any) -> None:
    elle = ecrans.elle_meme(dossier)
    demandes.avec_dossier(elle, CHEMIN, LOUE)
    envoyer(elle, elle.get(f"{CHEMIN}envoyer/").content.decode(), f"{CHEMIN}envoyer/")
    demenage = DEMENAGER | {"logement": "locataire_vide"}
    assert elle.post("/mon-compte/changement/demenagement/", demenage).status_code == 302
    relue = elle.get("/mon-compte/changement/demenagement/relire/")
    assert "demandez-la pour le nouveau" in texte(relue)
    assert elle.post("/mon-compte/changement/demenagement/relire/", {"honneur": "on"}).status_code == 302
    entree = faits_dits(dossier.pk)["date_entree_logement"][-1]
    assert entree.valide.lower == dt.date(2026, 11, 2)


def test_who_has_no_file_and_no_work_is_asked_what_unemployment_pays(comptes_seuls: dict[str, Any]) -> None:
    elle = ecrans.demandeuse(comptes_seuls)
    seule = demandes.FAMILLE | {"couple": "non", "nombre_enfants": "0", "aussi": []}
    dites = demandes.REPONSES | LOUE | {
        "p0_activite": "chomeur", "p0_date_debut_chomage": "03/06/2026", "p0_logement_chomage": "4000",
        "p0_chomage_net": "620", "p0_logement_pensions": "0",
    }  # fmt: skip
    posees = [nom for noms in demandes.sans_dossier(elle, CHEMIN, seule, dites) for nom in noms]
    assert len(posees) == len(set(posees))
    assert {"f_loyer", "p0_date_debut_chomage", "p0_chomage_net"} <= set(posees)
    assert not {"p0_etudiant", "p0_rpns_autres_revenus"} & set(posees)  # at thirty-eight, out of work
    assert elle.post(f"{CHEMIN}envoyer/", {"honneur": "on"}).status_code == 302
    demande = Demande.objects.using("proprietaire").latest("pk")
    (chomage,) = faits_dits(demande.dossier_id)["chomage_net"]
    assert (chomage.valide.lower, chomage.valide.upper) == (dt.date(2026, 10, 1), dt.date(2027, 2, 1))


EN_FOYER = LOUE | {
    "f_statut_occupation_logement": "locataire_foyer", "f_logement_conventionne": "oui",
    "f_type_foyer": "residence_sociale", "f_foyer_existant": "non", "f_logement_crous": "non",
}  # fmt: skip
ACCEDANT = LOUE | {
    "f_statut_occupation_logement": "primo_accedant", "f_aide_logement_date_pret": "15/12/2017",
    "f_aide_logement_est_pret_conventionne": "oui",
    "f_etat_logement": "acquisition_sans_amelioration_logement_existant",
}  # fmt: skip


@pytest.mark.parametrize(
    ("dites", "posees", "piece"),
    [
        (EN_FOYER, {"f_type_foyer", "f_foyer_existant", "f_logement_crous"}, "attestation_de_foyer"),
        (ACCEDANT, {"f_aide_logement_date_pret", "f_etat_logement"}, "certificat_de_pret"),
    ],
)
def test_a_hostel_and_a_loan_are_claimed_with_their_own_questions_and_paper(
    dossier: Any, dites: dict[str, str], posees: set[str], piece: str
) -> None:
    declarer_sa_nationalite(dossier)
    elle = ecrans.elle_meme(dossier)
    demandees = {nom for noms in demandes.avec_dossier(elle, CHEMIN, dites) for nom in noms}
    assert posees | {"f_loyer"} <= demandees
    assert not {"f_coloc", "f_proprietaire_proche_famille"} & demandees
    demande = envoyer(elle, elle.get(f"{CHEMIN}envoyer/").content.decode(), f"{CHEMIN}envoyer/")
    pieces = PieceAttendue.objects.using("proprietaire").filter(demande=demande).values_list("genre", flat=True)
    assert {piece} == {genre for genre in pieces if genre in ("attestation_de_loyer", "attestation_de_foyer", piece)}


def test_a_wrong_rent_is_kept_and_explained(dossier: Any) -> None:
    elle = ecrans.elle_meme(dossier)
    elle.post(CHEMIN, {"choix": "1", "etape": "0"})
    refus = elle.post(CHEMIN, {"f_date_entree_logement": "31/02/2026", "f_statut_occupation_logement": "locataire_hlm",
                               "etape": "1"})  # fmt: skip
    assert refus.status_code == 422
    assert 'value="31/02/2026"' in refus.content.decode()
    assert any("entrée dans le logement" in question for question, _ in erreurs(refus))


def test_one_claim_for_the_three_whatever_the_one_that_was_ticked() -> None:
    assert {PAR_DROIT[code] for code in ("apl", "alf", "als")} == {LOGEMENT}
    assert choisies(LOGEMENT, ["als", "ppa"]) == (LOGEMENT, PPA)
    assert choisies(PPA, ["alf", "als"]) == (PPA, LOGEMENT)
