"""The threshold of the application: the terms of the account, whichever channel answered them; suspension; contact."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from limpide.usagers import conditions
from limpide.usagers.mobile import PREFIXE, description, operations
from limpide.usagers.mobile.operations import DOSSIER, LIBRE, OPERATIONS, PORTE
from tests.banc import bornes, ecrans, mobile
from tests.usagers.mobile.test_entree import code
from tests.usagers.test_acces import lignes
from tests.usagers.test_acces_caf import acces_de, agente
from tests.usagers.test_conditions import REFUS, accepter, reponses


@pytest.fixture
def sans_reponse(base: None) -> dict[str, Any]:
    """Accounts that never answered the terms."""
    return ecrans.peupler(8, (), conditions=False)


PLACES = {"str": "2026-11", "int": "1", "uuid": "00000000-0000-0000-0000-000000000000"}


def chemin(quoi: operations.Operation) -> str:
    return description.PLACES.sub(lambda place: PLACES[place[1]], quoi.chemin)


def obtenus(application: mobile.Application, *acces: str) -> set[tuple[int, str]]:
    """What every operation that needs this much answers."""
    ceux = [quoi for quoi in OPERATIONS if quoi.acces in acces]
    assert ceux
    return {code(application.demander(chemin(quoi), {} if quoi.corps else None, quoi.methode)) for quoi in ceux}


@pytest.mark.preuve(
    "Conditions : refusées sur le site, elles ferment l'application et la borne, et l'inverse, connexions ouvertes "
    "comprises",
    systemes=("S39",),
)
def test_mc_012_a_refusal_closes_the_site_the_application_and_the_kiosk(sans_reponse: Any) -> None:
    application = mobile.d_amina(sans_reponse)
    assert obtenus(application, DOSSIER) == {(403, "conditions-a-lire")}
    assert application.accepter().status_code == 201
    assert application.demander("moi/").status_code == 200
    site = ecrans.allocataire(sans_reponse)
    assert site.get("/mon-compte/").status_code == 200
    borne = bornes.devant(ecrans.amina(sans_reponse).identifiant)
    assert borne.get("/borne/paiements/").status_code == 200
    assert site.post(REFUS).status_code == 302
    assert obtenus(application, DOSSIER) == {(403, "conditions-refusees")}
    assert borne.get("/borne/paiements/").status_code == 403
    assert b"Amina" not in application.demander("moi/").content
    assert code(mobile.d_amina(sans_reponse).demander("moi/")) == (403, "conditions-refusees")
    assert accepter(site).status_code == 302
    assert application.demander("moi/").status_code == 200
    assert application.demander("conditions/refuser/", methode="POST").json() == {"etat": "refusees", "version": 3}
    assert site.get("/mon-compte/").status_code == borne.get("/borne/paiements/").status_code == 403
    assert [(r[3], r[4]) for r in reponses()] == [
        ("acceptees", "mobile"), ("refusees", "site"), ("acceptees", "site"), ("refusees", "mobile"),
    ]  # fmt: skip
    assert application.demander("deconnexion/", methode="POST").status_code == 204


@pytest.mark.preuve(
    "Conditions : l'application les accepte par une case cochée, journalisée ; une nouvelle version la referme",
    systemes=("S39",),
)
def test_mc_008_009_010_a_new_version_stops_the_application_s_open_connection(
    sans_reponse: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    application = mobile.d_amina(sans_reponse)
    lu = application.demander("conditions/").json()
    assert lu["empreinte"] == conditions.en_vigueur().empreinte
    for corps in ({"accepte": False, "empreinte": lu["empreinte"]}, {"empreinte": lu["empreinte"]}, {"accepte": "oui"}):
        refusee = application.demander("conditions/accepter/", corps)
        assert code(refusee) == (422, "saisie-invalide")
        assert "accepte" in refusee.json()["champs"]
    assert reponses() == []
    assert application.accepter().status_code == 201
    ecrites = "SELECT DISTINCT motif FROM registre_journal WHERE traitement = %s AND action = 'ecriture'"
    assert lignes(ecrites, conditions.CLE) == [("Application mobile : vous répondez aux conditions d'utilisation",)]
    derniere = conditions.en_vigueur().version
    for fichier in conditions.ICI.glob("version_*.toml"):
        shutil.copy(fichier, tmp_path)
    texte = (tmp_path / f"version_{derniere}.toml").read_text()
    suivante = texte.replace(f"version = {derniere}\n", f"version = {derniere + 1}\n")
    (tmp_path / f"version_{derniere + 1}.toml").write_text(suivante)
    monkeypatch.setattr(conditions, "ICI", tmp_path)
    assert obtenus(application, DOSSIER) == {(403, "conditions-a-lire")}
    assert application.renouveler().status_code == 201
    assert obtenus(application, DOSSIER) == {(403, "conditions-a-lire")}
    assert code(application.accepter(empreinte=lu["empreinte"])) == (409, "texte-change")
    assert application.accepter().status_code == 201
    assert application.demander("moi/").status_code == 200
    assert [(r[1], r[4]) for r in reponses()] == [(derniere, "mobile"), (derniere + 1, "mobile")]


def test_mc_027_042_044_suspension_and_forced_change_close_the_application(
    comptes_seuls: Any,
) -> None:
    application, agent = mobile.d_amina(comptes_seuls), agente(comptes_seuls)
    acces_de(agent, acte="suspendre", motif="partage")
    assert obtenus(application, DOSSIER, PORTE) == {(403, "acces-suspendu")}
    dit = application.demander("moi/").json()
    assert dit["motif"] == "L'identifiant et le mot de passe ont été donnés à quelqu'un d'autre"
    assert dit["autrement"]
    acces_de(agent, acte="lever", motif="erreur")
    assert application.demander("moi/").status_code == 200
    acces_de(agent, acte="forcer", motif="faille")
    assert obtenus(application, DOSSIER, PORTE) == {(403, "mot-de-passe-a-changer")}
    assert application.demander("moi/").json()["page"].endswith("/mot-de-passe/")
    lignes("UPDATE identite_compte SET mot_de_passe_a_changer = false")
    lignes("UPDATE identite_pointdecontact SET retire_le = now()")
    assert obtenus(application, DOSSIER) == {(403, "coordonnee-a-confirmer")}
    _sans_jeton(ecrans.allocataire(comptes_seuls))


def _sans_jeton(site: Any) -> None:
    """A browser logged in on the site brings nothing here: no cookie is read, so that no request can be forged."""
    application = mobile.Application()
    sans_jeton = set(operations.OPERATIONS) - {q for q in OPERATIONS if q.acces == LIBRE}
    assert obtenus(application, *{q.acces for q in sans_jeton}) == {(401, "jeton-refuse")}
    for quoi in sans_jeton:
        assert site.generic(quoi.methode, PREFIXE + chemin(quoi)).status_code == 401
    assert site.get("/mon-compte/coordonnees/").status_code == 200
