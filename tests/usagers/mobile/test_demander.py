"""Claiming from the application: the questions, refusals, seal and receipt of the site, and one draft for both."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from limpide.dossiers.models import DeclarationScellee
from limpide.usagers.models import BrouillonDemande
from tests.banc import demandes, ecrans, mobile
from tests.usagers.mobile.test_entree import code

ASF, AF = "aides/asf/", "aides/af/"


def questions(etat: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """By name; each says how it is answered."""
    posees = {q["nom"]: q for section in etat["sections"] for q in section["questions"]}
    for question in posees.values():
        Draft202012Validator.check_schema(question["schema"])
        for choix in question["choix"]:
            permis = question["schema"].get("items", question["schema"])
            assert Draft202012Validator(permis).is_valid(choix["valeur"]), question
    return posees


def repondre(application: mobile.Application, ou: str, etat: dict[str, Any], reponses: dict[str, Any]) -> Any:
    """What a person knows of what this step asks, « je ne sais pas » apart."""
    connues = {n: reponses.get(n, reponses.get(n.partition("_")[2])) for n in questions(etat)}
    dites = {n: valeur for n, valeur in connues.items() if valeur is not None}
    return application.demander(f"{ou}reponses/", {"etape": etat["etape"], "reponses": dites})


def jusqu_a_la_relecture(application: mobile.Application, ou: str, reponses: dict[str, Any]) -> dict[str, Any]:
    etat = application.demander(ou).json()
    for _ in range(demandes.ETAPES_AU_PLUS):
        if etat["etat"] == "a_relire":
            return application.demander(f"{ou}relecture/").json()
        reponse = repondre(application, ou, etat, reponses)
        assert reponse.status_code == 200, reponse.content.decode()
        etat = reponse.json()
    raise AssertionError("les questions ne finissent pas")


@pytest.mark.preuve(
    "Application mobile : une aide s'y demande, avec ou sans dossier, par les questions, les refus et le sceau du "
    "site ; un brouillon commencé d'un côté se finit de l'autre",
    systemes=("S39",),
)
def test_mc_004_a_right_is_claimed_from_the_application_as_on_the_site(presents: Any) -> None:
    application, site = mobile.d_amina(presents), ecrans.allocataire(presents)
    offertes = {a["droit"] for a in application.demander("aides/").json()["aides"]}
    assert {"rsa", "af", "asf"} <= offertes
    assert application.demander("aides/rsa/").json()["etat"] == "rien_a_demander"  # she receives it
    assert code(application.demander("aides/caah/")) == (404, "introuvable")
    assert code(application.demander(f"{ASF}relecture/")) == (409, "demande-incomplete")

    etat = application.demander(ASF).json()
    assert etat["connu"]
    refusee = application.demander(f"{ASF}reponses/", {"etape": 0, "reponses": {"aussi": ["x"], "salaire": "12"}})
    assert refusee.json()["champs"] == {"salaire": "Cette question n'est pas posée à cette étape."}
    assert code(application.demander(f"{ASF}reponses/", {"etape": 0, "reponses": {"aussi": ["x"]}}))[0] == 422
    assert code(application.demander(f"{ASF}reponses/", {"etape": 0, "reponses": {"aussi": 3}}))[0] == 422
    etat = repondre(application, ASF, etat, {}).json()
    enfants = [n for n in questions(etat) if n.endswith("_soutien_autre_parent")]
    assert enfants
    faux = application.demander(f"{ASF}reponses/", {"etape": etat["etape"], "reponses": {enfants[0]: "peut-être"}})
    assert enfants[0] in faux.json()["champs"]
    assert site.get("/demande-asf/").status_code == 200  # the same draft
    relue = jusqu_a_la_relecture(application, ASF, demandes.SOUTENUS)
    assert site.get("/demande-asf/")["Location"] == "/demande-asf/envoyer/"
    assert [c["nom"] for c in relue["cases"]] == ["honneur"]
    assert any("L. 114-19" in p for article in relue["declaration"] for p in article["paragraphes"])
    sans = application.demander(f"{ASF}envoi/", {"vu": relue["vu"], "cases": {"honneur": False}})
    assert sans.json()["champs"] == {"honneur": "Cochez cette case pour envoyer votre demande."}
    assert code(application.demander(f"{ASF}envoi/", {"vu": "0", "cases": {}})) == (409, "demande-changee")
    envoyee = application.demander(f"{ASF}envoi/", {"vu": relue["vu"], "cases": {"honneur": True}})
    assert envoyee.status_code == 201
    recue = envoyee.json()
    assert recue in application.demander("demandes/").json()["demandes"]
    assert recue["recepisse"] in site.get("/mon-compte/demandes/").content.decode()
    scellee = DeclarationScellee.objects.using("proprietaire").get(numero=recue["recepisse"])
    assert scellee.empreinte in site.get("/mon-compte/demandes/").content.decode()
    assert application.demander(ASF).json()["etat"] == "rien_a_demander"
    assert code(application.demander(f"{ASF}envoi/", {"vu": relue["vu"], "cases": {"honneur": True}}))[0] == 409


def test_who_has_no_file_opens_one_from_the_application_and_others_see_nothing_of_it(presents: Any) -> None:
    elle = next(c for c in presents.values() if c.adresse == "/demande-rsa/")
    application = mobile.Application()
    assert application.entrer(elle.identifiant).status_code == 201
    relue = jusqu_a_la_relecture(application, AF, demandes.FAMILLE | demandes.REPONSES)
    assert [c["nom"] for c in relue["cases"]] == ["honneur", "accord_a1"]
    assert relue["droits"] == ["Allocations familiales", "Allocation de base de la Paje"]
    encore = application.demander(f"{AF}etapes/0/").json()
    assert questions(encore)["nombre_enfants"]["valeur"] == "2"
    amina = mobile.d_amina(presents)
    assert amina.demander(AF).json()["sections"] == []
    assert not any(a["commencee"] for a in amina.demander("aides/").json()["aides"])
    sans = application.demander(f"{AF}envoi/", {"vu": relue["vu"], "cases": {"honneur": True}})
    assert list(sans.json()["champs"]) == ["accord_a1"]
    cases = {"honneur": True, "accord_a1": True}
    assert application.demander(f"{AF}envoi/", {"vu": relue["vu"], "cases": cases}).status_code == 201
    assert application.demander("moi/").json()["dossier"]["caisse"] == "Caf de Paris"
    assert application.demander("aides/cf/").json()["etat"] == "questions"
    assert repondre(application, "aides/cf/", application.demander("aides/cf/").json(), {}).status_code == 200
    assert BrouillonDemande.objects.using("proprietaire").count() == 1
    assert application.demander("aides/cf/abandon/", methode="POST").status_code == 204
    assert BrouillonDemande.objects.using("proprietaire").count() == 0
