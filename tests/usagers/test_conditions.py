"""The terms of Mon Compte (MC-007…MC-016): read, accepted, refused, changed; the rights go on."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from limpide.dossiers.liquidation import liquider_mois
from limpide.paiements.services import emettre_virements
from limpide.registre.controles import adresses
from limpide.usagers import conditions, seuil
from tests.banc import ecrans
from tests.usagers.adresses import adresse, demander_le_detail
from tests.usagers.test_matrice import MATRICE

TEXTE, REFUS = seuil.PORTES
PUBLIEES = [
    "43d1b946a6b6d67d9a92d634962ab4bf62be605d7907047a29af0acf79232791",
    "daa3a80beffb471b51eda5238f0b46010316ca226276cd633cdc68bf3ec4b34d",
    "c65599aa5d92b15447421f3f9da3ffae6d2f19f13b84bf8df8c153fa2560c5f0",
]


@pytest.fixture
def sans_reponse(base: None) -> dict[str, Any]:
    """Accounts that never answered the terms, in a world where their pages have something to show."""
    presents = ecrans.peupler(conditions=False)
    ecrans.attendre_des_documents()
    return presents


def reponses() -> list[tuple[Any, ...]]:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            "SELECT c.genre, r.version, r.empreinte, r.reponse, r.canal, r.personne_id = c.personne_id, "
            "abs(extract(epoch FROM now() - r.quand)) < 3600 "
            "FROM usagers_reponseconditions r JOIN identite_compte c ON c.id = r.compte_id ORDER BY r.id"
        )
        return list(curseur.fetchall())


def ligne(reponse: str, version: int = 3) -> tuple[Any, ...]:
    fichier = conditions.ICI / f"version_{version}.toml"
    return ("allocataire", version, hashlib.sha256(fichier.read_bytes()).hexdigest(), reponse, "site", True, True)


def accepter(client: Client, **saisie: str) -> Any:
    return client.post(TEXTE, {"accepte": "oui", "empreinte": conditions.en_vigueur().empreinte, **saisie})


def derriere_le_seuil() -> list[str]:
    """Every address of Mon Compte but the two where one answers."""
    return [p for p, _ in adresses() if p.startswith("/mon-compte/") and p not in seuil.PORTES]


def obtenus(client: Client, methode: str = "get") -> set[tuple[int, str]]:
    """(status, where it sends) over every address of the space."""
    demander = getattr(client, methode)
    return {(r.status_code, r.headers.get("Location", "")) for p in derriere_le_seuil() for r in [demander(adresse(p))]}


@pytest.mark.preuve("Conditions : aucune page de Mon Compte avant de les avoir acceptées", systemes=("S39",))
def test_mc_007_no_address_opens_before_the_terms_are_accepted(sans_reponse: Any) -> None:
    amina = ecrans.allocataire(sans_reponse)
    assert len(derriere_le_seuil()) > 20
    for methode in ("get", "post"):
        assert obtenus(amina, methode) == {(302, TEXTE)}
    page = amina.get(TEXTE).content.decode()
    assert page.index("Article 6") < page.index('name="accepte"')
    assert accepter(amina).status_code == 302
    demander_le_detail(amina, ecrans.fiche_d_amina()[0])
    ecrans.attester(amina)
    attendus = {p: MATRICE[p]["amina"] for p in derriere_le_seuil()}
    assert {p: amina.get(adresse(p)).status_code for p in attendus} == attendus


def test_mc_008_the_box_is_never_ticked_beforehand_and_nothing_is_accepted_without_it(sans_reponse: Any) -> None:
    amina = ecrans.allocataire(sans_reponse)
    assert "checked" not in amina.get(TEXTE).content.decode()
    for saisie in ({"accepte": ""}, {"accepte": "on"}):
        reponse = accepter(amina, **saisie)
        assert reponse.status_code == 422
        assert "Cochez la case" in reponse.content.decode()
    assert reponses() == []
    assert amina.get("/mon-compte/")["Location"] == TEXTE


@pytest.mark.preuve("Conditions : version, empreinte du texte, date et canal de chaque réponse", systemes=("S39",))
def test_mc_009_the_acceptance_is_recorded_and_journalled(sans_reponse: Any) -> None:
    accepter(ecrans.allocataire(sans_reponse))
    assert reponses() == [ligne("acceptees")]
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            "SELECT DISTINCT motif FROM registre_journal WHERE traitement = %s AND action = 'ecriture'",
            [conditions.CLE],
        )
        assert curseur.fetchall() == [("Vous répondez aux conditions d'utilisation",)]


@pytest.mark.preuve("Conditions : une nouvelle version ferme aussi les sessions ouvertes", systemes=("S39",))
def test_mc_010_a_new_version_stops_the_open_session(sans_reponse: Any, tmp_path: Path, monkeypatch: Any) -> None:
    amina = ecrans.allocataire(sans_reponse)
    accepter(amina)
    assert amina.get("/mon-compte/").status_code == 200
    lue = conditions.en_vigueur().empreinte
    derniere = conditions.en_vigueur().version
    for fichier in conditions.ICI.glob("version_*.toml"):
        shutil.copy(fichier, tmp_path)
    texte = (
        (tmp_path / f"version_{derniere}.toml")
        .read_text()
        .replace(f"version = {derniere}\n", f"version = {derniere + 1}\n")
    )
    (tmp_path / f"version_{derniere + 1}.toml").write_text(texte)
    monkeypatch.setattr(conditions, "ICI", tmp_path)
    assert obtenus(amina) == {(302, TEXTE)}
    assert "Les conditions ont changé" in amina.get(TEXTE).content.decode()
    assert accepter(amina, empreinte=lue).status_code == 409  # the text that was on the screen is no longer the one
    assert amina.get("/mon-compte/")["Location"] == TEXTE
    assert accepter(amina).status_code == 302
    assert amina.get("/mon-compte/").status_code == 200
    assert [r[1] for r in reponses()] == [derniere, derniere + 1]


@pytest.mark.preuve("Conditions : refus annoncé, réversible, sans rien perdre", systemes=("S39",))
def test_mc_011_013_014_a_refusal_is_explained_closes_everything_and_is_reversible(sans_reponse: Any) -> None:
    amina = ecrans.allocataire(sans_reponse)
    accepter(amina)
    avant = amina.get("/mon-compte/paiements/").content.decode()
    annonce = amina.get(REFUS).content.decode()
    assert "Mon Compte reste fermé" in annonce
    assert "Vos droits et vos paiements ne changent pas" in annonce
    assert reponses() == [ligne("acceptees")]  # told, not yet refused
    assert amina.post(REFUS).status_code == 302
    for methode in ("get", "post"):
        assert obtenus(amina, methode) == {(403, "")}
    revenue = ecrans.allocataire(sans_reponse)
    fermee = revenue.get("/mon-compte/")
    assert fermee.status_code == 403
    assert f'href="{TEXTE}"' in fermee.content.decode()
    assert accepter(revenue).status_code == 302
    retrouvee = revenue.get("/mon-compte/paiements/").content.decode()
    assert retrouvee.split("<main")[1].split("</main>")[0] == avant.split("<main")[1].split("</main>")[0]
    assert reponses() == [ligne("acceptees"), ligne("refusees"), ligne("acceptees")]


@pytest.mark.preuve("Conditions : refuser ne touche ni les droits ni les paiements", systemes=("S39",))
def test_mc_015_a_refusal_touches_neither_rights_nor_payments(base: None) -> None:
    from limpide.dossiers.models import LigneDroit
    from limpide.paiements.models import OrdrePaiement

    presents = ecrans.peupler(ecrans.FOYERS, ("2026-10",), conditions=False)
    amina = ecrans.allocataire(presents)
    assert amina.post(REFUS).status_code == 302
    liquider_mois("2026-11")
    emettre_virements("2026-11")
    dossier, _ = ecrans.fiche_d_amina()
    lignes = LigneDroit.objects.using("proprietaire").filter(dossier_id=dossier, mois=ecrans.MOIS)
    net = sum(x.montant_centimes - x.crds_centimes for x in lignes)
    ordres = OrdrePaiement.objects.using("proprietaire").filter(dossier_id=dossier, mois=ecrans.MOIS)
    assert net > 0
    assert [o.montant_centimes for o in ordres] == [net]
    assert amina.get("/mon-compte/").status_code == 403


def test_mc_016_the_text_forbids_sharing_and_anybody_may_read_it() -> None:
    page = Client().get("/conditions/").content.decode()
    assert "pas même à quelqu&#x27;un de votre famille" in page
    assert "déclaration sur l&#x27;honneur" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_mc_018_022_036_the_terms_say_what_a_measure_of_protection_opens_and_to_whom() -> None:
    page = Client().get("/conditions/").content.decode().replace("&#x27;", "'")
    assert "Ce que l'un et l'autre peuvent consulter ou modifier est ce que dit la décision." in page
    assert "seules des personnes physiques peuvent être ce protecteur" in page
    assert "ni le protecteur avec ceux de la personne protégée" in page


def test_mc_046_the_terms_warn_of_fraudulent_use_by_the_article_of_the_law() -> None:
    """Where one enters, and before: the text is a published version, which names the article and no figure."""
    page = Client().get("/conditions/").content.decode().replace("&#x27;", "'")
    assert "L'accès frauduleux à un système informatique est puni par l'article 323-1 du code pénal." in page
    assert "l'accès peut être suspendu" in page
    assert "euros" not in page.split("<main")[1].split("</main>")[0]


def test_a_published_version_is_never_edited() -> None:
    """The hash is what people accepted: to change the rules is to add a file (MC-069)."""
    assert [c.empreinte for c in conditions.versions(conditions.ICI)] == PUBLIEES


def test_agents_and_visitors_meet_their_own_doors(sans_reponse: Any) -> None:
    assert ecrans.visiteur().get(TEXTE)["Location"].startswith("/connexion/?next=")
    assert ecrans.agent(sans_reponse).post(TEXTE, {"accepte": "oui"}).status_code == 403
    assert reponses() == []
