"""The claim of RSA online (S02): what is asked, the draft, one submission, its seal, its follow-up."""

import datetime as dt
import hashlib
import io
import json
import re
import threading
from typing import Any

import pytest
from django.db import connections
from pypdf import PdfReader

from limpide.dossiers.models import Adresse, DeclarationScellee, Demande, Dossier, Fait, PieceAttendue, Rattachement
from limpide.droits.faits import NATURES_PAR_CODE
from limpide.identite.models import Affiliation, CoordonneesBancaires, Personne
from limpide.usagers import scellement
from limpide.usagers.models import BrouillonDemande
from tests.banc import ecrans

FOYER, PERSONNES, *_, COORDONNEES = ecrans.REPONSES_A_LA_DEMANDE
ACTIVITE = "Au chômage"
PUBLIEES = (
    ("2a226b20f566444849383034de0f8e23433417435c4f189a10d4a44cb5c4e6eb", dt.date(2026, 11, 26)),
    ("ea9b978b0fac81e63f004d80b9490400f3422f7826e7be98be0352d93a675ac3", dt.date(2026, 11, 27)),
)
ENVOYER, MES_DEMANDES = "/demande-rsa/envoyer/", "/mon-compte/demandes/"


@pytest.fixture
def elle(comptes_seuls: dict[str, Any]) -> Any:
    return ecrans.demandeuse(comptes_seuls)


def texte(reponse: Any) -> str:
    brut = re.sub(r"<[^>]+>", " ", reponse.content.decode()).replace("&#x27;", "'").replace("&quot;", '"')
    return re.sub(r"\s+", " ", brut.replace("\xa0", " ").replace("\u202f", " "))


def erreurs(reponse: Any) -> list[str]:
    """What the page says is to be corrected."""
    return re.findall(r'<li><a href="#[^"]*">([^<]*)</a> : ([^<]*)', reponse.content.decode())


def champs(page: str) -> dict[str, list[str]]:
    """Names of the visible fields, with the values that they propose."""
    trouves: dict[str, list[str]] = {}
    for balise in re.findall(r"<(?:input|select)[^>]*>", page):
        nom = re.search(r'name="([^"]+)"', balise)
        if nom and 'type="hidden"' not in balise and not nom[1].startswith("fr-"):
            trouves.setdefault(nom[1], []).append((re.search(r'value="([^"]*)"', balise) or ["", ""])[1])
    return trouves


def remplir(elle: Any, *, jusqu_a: int = 6) -> dict[str, Any]:
    """Answer the parts one after the other, as a person does; returns everything that was typed."""
    tape: dict[str, Any] = {}
    for etape, saisie in enumerate(ecrans.REPONSES_A_LA_DEMANDE[:jusqu_a]):
        tape |= saisie
        reponse = elle.post("/demande-rsa/", tape | {"etape": str(etape), "suivant": "1"})
        assert reponse.status_code in (200, 302), erreurs(reponse)
    return tape


def comptes() -> tuple[int, ...]:
    """How many rows the submission may add, table by table."""
    return tuple(
        m.objects.using("proprietaire").count()
        for m in (Dossier, Demande, DeclarationScellee, Personne, Fait, Rattachement, Affiliation, Adresse,
                  CoordonneesBancaires, PieceAttendue)
    )  # fmt: skip


def sa_demande() -> Demande:
    return Demande.objects.using("proprietaire").get(canal="en_ligne", auteur__startswith="compte ")


@pytest.mark.preuve(
    "Une demande de RSA en ligne : dossier, demande, faits, sceau et récépissé, ou rien", systemes=("S02",)
)
def test_mc_002_mc_004_a_claim_makes_the_file_the_facts_of_the_household_and_a_receipt(elle: Any) -> None:
    remplir(elle)
    assert elle.post(ENVOYER, {"honneur": "on"})["Location"] == MES_DEMANDES
    demande = sa_demande()
    assert (demande.droits, demande.etat) == (["rsa"], "attente_pieces")
    assert re.fullmatch(r"2026-[0-9A-F]{12}", demande.numero)
    assert demande.numero in texte(elle.get(MES_DEMANDES))
    dossier = Dossier.objects.using("proprietaire").get(pk=demande.dossier_id)
    membres = Rattachement.objects.using("proprietaire").filter(dossier_id=dossier.pk).order_by("pk")
    assert [(m.role, m.valide.lower) for m in membres] == [
        ("demandeur", dt.date(2026, 5, 1)), ("enfant", dt.date(2026, 2, 1)),
    ]  # fmt: skip
    faits = Fait.objects.using("proprietaire").filter(dossier_id=dossier.pk)
    assert {f.source for f in faits} == {"declaration"}
    dits = {(NATURES_PAR_CODE[f.nature].nom, f.personne_id): (f.valeur, f.valide.lower, f.valide.upper) for f in faits}
    moi, enfant = (m.personne_id for m in membres)
    assert dits["salaire_net", moi] == (0, dt.date(2026, 7, 1), dt.date(2026, 10, 1))
    assert dits["aide_logement", None][0] == 21_000
    assert dits["activite", moi][1:] == (dt.date(2026, 11, 1), None)
    assert ("nationalite", enfant) not in dits  # nobody said it
    assert Personne.objects.using("proprietaire").get(pk=enfant).statut_identite == "declare"
    assert {p.genre for p in PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk)} == {
        "identite", "acte_de_naissance", "releve_bancaire", "ressources_trimestre",
    }  # fmt: skip


def test_mc_047_mc_049_one_is_an_allocataire_from_the_claim_before_any_decision(elle: Any) -> None:
    remplir(elle)
    elle.post(ENVOYER, {"honneur": "on"})
    demande = sa_demande()
    assert demande.decidee_le is None
    qualite = Affiliation.objects.using("proprietaire").get(personne_id=demande.dossier.allocataire_id)
    assert (qualite.get_qualite_display(), qualite.organisme_id) == ("allocataire", "751")


def test_the_birth_date_is_not_asked_and_each_part_asks_only_what_matters(elle: Any) -> None:
    premiere = champs(elle.get("/demande-rsa/").content.decode())
    assert set(premiere) == {"residence", "couple", "nombre_enfants", "foyer_depuis", "aussi"}
    page = elle.post("/demande-rsa/", FOYER | {"etape": "0", "couple": "non", "nombre_enfants": "0"}).content.decode()
    assert set(champs(page)) == {"a0_nationalite", "a0_activite", "a0_taux_incapacite"}


def test_a_draft_is_kept_as_typed_and_taken_up_where_it_was_left(elle: Any) -> None:
    remplir(elle, jusqu_a=2)
    assert (
        elle.post("/demande-rsa/", FOYER | PERSONNES | {"etape": "1", "e0_date_naissance": "31/02/2019"}).status_code
        == 422
    )
    page = elle.get("/demande-rsa/").content.decode()
    assert 'value="31/02/2019"' in page
    lu = BrouillonDemande.objects.using("proprietaire").get()
    assert b"2019" not in bytes(lu.contenu_chiffre)
    assert "31%2F02%2F2019" in lu.contenu.en_clair()
    assert lu.conservation.duree.jours == 60
    assert elle.post("/demande-rsa/abandonner/").status_code == 302
    assert not BrouillonDemande.objects.using("proprietaire").exists()


@pytest.mark.parametrize(
    ("etape", "saisie", "dit"),
    [
        (0, {"residence": "hors_de_france"}, "habite en France"),
        (0, {"nombre_enfants": "-1"}, "ne peut pas être négatif"),
        (0, {"foyer_depuis": "01/01/2030"}, "dans le futur"),
        (0, {"foyer_depuis": ""}, "Écrivez une date"),
        (1, {"e0_date_naissance": "01/01/2030"}, "dans le futur"),
        (5, {"iban": "FR7612345"}, "IBAN"),
        (5, {"code_postal": "13001"}, "ne reçoit pas encore"),
        (5, {"code_postal": "7501"}, "cinq chiffres"),
        (5, {"e0_prenoms": "12"}, "avec des lettres"),
    ],
)
def test_an_impossible_answer_is_refused_beside_its_field_and_kept(
    elle: Any, etape: int, saisie: dict[str, str], dit: str
) -> None:
    avant = comptes()
    tape = remplir(elle, jusqu_a=etape)
    tape |= [FOYER, PERSONNES, {}, {}, {}, COORDONNEES][etape] | saisie
    reponse = elle.post("/demande-rsa/", tape | {"etape": str(etape)})
    assert reponse.status_code == 422
    assert dit in texte(reponse)
    assert "Erreur :" in reponse.content.decode()
    (champ,) = saisie
    assert f"{champ}-erreur" in reponse.content.decode()
    assert comptes() == avant


def test_a_negative_income_is_refused(elle: Any) -> None:
    tape = remplir(elle, jusqu_a=3) | {"a0_ressources": "salaire_net"}
    elle.post("/demande-rsa/", tape | {"etape": "3"})
    montants = {f"a0_salaire_net_m{i}": "-5" for i in (2, 3, 4)}
    reponse = elle.post("/demande-rsa/", tape | montants | {"etape": "4"})
    assert reponse.status_code == 422
    assert "ne peut pas être négatif" in texte(reponse)
    assert 'value="-5"' in reponse.content.decode()


def test_mc_017_mc_023_nothing_is_ticked_beforehand_and_nothing_goes_without_the_tick(elle: Any) -> None:
    remplir(elle)
    page = elle.get(ENVOYER)
    assert "déclaration sur l'honneur" in texte(page)
    assert "checked" not in page.content.decode()
    avant = comptes()
    refus = elle.post(ENVOYER, {})
    assert refus.status_code == 422
    assert "Cochez cette case" in texte(refus)
    assert comptes() == avant


def test_mc_025_mc_026_verification_and_sanctions_are_told_from_a_versioned_text(elle: Any) -> None:
    remplir(elle)
    dits = texte(elle.get(ENVOYER))
    for article in ("L. 114-19", "L. 114-9", "L. 114-17", "313-1 à 313-3", "441-1", "441-6"):
        assert article in dits, article
    for empreinte, jour in PUBLIEES:
        publie = scellement.texte_en_vigueur(jour)
        assert publie.empreinte == empreinte, "un texte publié ne se modifie pas : ajoutez une version"


def test_mc_024_the_claim_is_sealed_exactly_and_printed_the_same_each_time(elle: Any) -> None:
    remplir(elle)
    elle.post(ENVOYER, {"honneur": "on"})
    scellee = DeclarationScellee.objects.using("proprietaire").get()
    brut = scellee.contenu.en_clair()
    assert hashlib.sha256(brut.encode()).hexdigest() == scellee.empreinte
    lu = json.loads(brut)
    reponses = {q: r for partie in lu["reponses"] for q, r in partie["lignes"]}
    assert reponses["Commune"] == "Paris"
    assert reponses["Activité en ce moment"] == ACTIVITE
    assert lu["texte"]["empreinte"] == scellee.empreinte_texte
    assert b"Tarandel" not in bytes(scellee.contenu_chiffre)
    ou = f"{MES_DEMANDES}{scellee.demande_id}/demande.pdf"
    premier, second = elle.get(ou).content, elle.get(ou).content
    assert premier == second
    mots = "".join(page.extract_text() for page in PdfReader(io.BytesIO(premier)).pages)
    assert lu["numero"] in mots
    assert "L. 114-17" in mots
    assert "Lou" in mots
    scellee.empreinte = "0" * 64
    with pytest.raises(scellement.ContenuAltere):
        scellement.relire(scellee)


def test_mc_087_the_agreement_of_each_other_adult_is_asked_and_not_for_a_minor(elle: Any) -> None:
    couple = FOYER | {"couple": "oui", "nombre_enfants": "2"}
    a_deux = {"a1_date_naissance": "02/03/1987", "a1_nationalite": "francaise", "a1_activite": "actif",
              "e1_date_naissance": "03/05/2007", "e1_garde_alternee": "non"}  # fmt: skip
    tape: dict[str, Any] = {}
    suite = [couple, {k: v for k, v in PERSONNES.items() if "soutien" not in k} | a_deux,
             {"a0_enceinte": "non", "a1_enceinte": "non", "statut_occupation_logement": "locataire_hlm",
              "aide_logement": "0", "e1_activite": "etudiant", "a1_type_conges": "non_renseigne"},
             {}, {"prestations_familiales_base_ressources": "12000", "biactivite": "non"},
             COORDONNEES | {"a1_prenoms": "Sami", "a1_nom_naissance": "Rovelin", "e1_prenoms": "Ana",
                            "e1_nom_naissance": "Rovelin"}]  # fmt: skip
    for etape, saisie in enumerate(suite):
        tape |= saisie
        reponse = elle.post("/demande-rsa/", tape | {"etape": str(etape)})
        assert reponse.status_code in (200, 302), erreurs(reponse)
    page = elle.get(ENVOYER).content.decode()
    assert {"accord_a1", "accord_e1"} <= set(champs(page))
    assert "accord_e0" not in champs(page)
    avant = comptes()
    assert elle.post(ENVOYER, {"honneur": "on", "accord_a1": "on"}).status_code == 422
    assert comptes() == avant
    assert elle.post(ENVOYER, {"honneur": "on", "accord_a1": "on", "accord_e1": "on"}).status_code == 302
    accords = json.loads(DeclarationScellee.objects.using("proprietaire").get().contenu.en_clair())["accords"]
    assert [a.split(" est ")[0] for a in accords] == ["Mon conjoint ou ma conjointe", "Mon enfant Ana"]


def test_two_clicks_make_one_claim(elle: Any) -> None:
    remplir(elle)
    reponses: list[Any] = []

    def cliquer() -> None:
        reponses.append(elle.post(ENVOYER, {"honneur": "on"}))
        connections.close_all()

    fils = [threading.Thread(target=cliquer) for _ in range(3)]
    [f.start() for f in fils]
    [f.join() for f in fils]
    assert {(r.status_code, r["Location"]) for r in reponses} == {(302, MES_DEMANDES)}
    assert Demande.objects.using("proprietaire").filter(auteur__startswith="compte ").count() == 1
    assert elle.post(ENVOYER, {"honneur": "on"})["Location"] == MES_DEMANDES
    assert "déjà envoyée" in texte(elle.get("/demande-rsa/"))


def test_nothing_is_written_when_something_fails_at_the_end(elle: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    remplir(elle)
    avant = comptes()
    base = DeclarationScellee._meta.db_table
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(f"ALTER TABLE {base} ADD CONSTRAINT essai_refus CHECK (version_texte > 99)")
    try:
        elle.raise_request_exception = False
        assert elle.post(ENVOYER, {"honneur": "on"}).status_code == 500
    finally:
        with connections["proprietaire"].cursor() as curseur:
            curseur.execute(f"ALTER TABLE {base} DROP CONSTRAINT essai_refus")
    assert comptes() == avant
    assert BrouillonDemande.objects.using("proprietaire").exists()
    assert elle.post(ENVOYER, {"honneur": "on"}).status_code == 302


def test_a_simulation_is_carried_over_by_an_explicit_click_of_somebody_connected(elle: Any) -> None:
    simulee = FOYER | PERSONNES | {"mois": "2026-11"}
    assert ecrans.visiteur().post("/demande-rsa/reprendre/", simulee)["Location"].startswith("/connexion/")
    assert not BrouillonDemande.objects.using("proprietaire").exists()
    assert elle.post("/demande-rsa/reprendre/", simulee)["Location"] == "/demande-rsa/"
    page = elle.post("/demande-rsa/", FOYER | PERSONNES | {"etape": "0"}).content.decode()
    assert re.search(r'value="chomeur"[^>]*checked', page)
    assert 'value="03/05/2019"' in page


def test_the_follow_up_says_who_acts_next_and_by_when(elle: Any) -> None:
    remplir(elle)
    elle.post(ENVOYER, {"honneur": "on"})
    page = texte(elle.get(MES_DEMANDES))
    assert "Il nous manque un document" in page
    assert "Prochaine étape : vous , avant le" in page
    demande = sa_demande()
    pieces = PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk)
    pieces.update(etat="recue", recue_le=demande.deposee_le, canal="en_ligne")
    assert "Prochaine étape : votre Caf , avant le" in texte(elle.get(MES_DEMANDES))


def test_the_database_shows_a_claim_to_nobody_else(elle: Any, comptes_seuls: dict[str, Any]) -> None:
    remplir(elle)
    elle.post(ENVOYER, {"honneur": "on"})
    amina = ecrans.allocataire(comptes_seuls)
    assert amina.get(f"{MES_DEMANDES}{sa_demande().pk}/demande.pdf").status_code == 404
    assert sa_demande().numero not in texte(amina.get(MES_DEMANDES))
