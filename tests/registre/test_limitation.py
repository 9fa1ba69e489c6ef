"""Limitation (RGPD art. 18): what PostgreSQL keeps from every processing but the declared ones, until it is lifted."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from limpide.dossiers.models import Dossier, Fait
from limpide.registre.collecte import registre
from limpide.registre.contexte import Acteur, HorsRegistre, traitement
from limpide.registre.demandes import limitation, regles, services
from limpide.registre.demandes.modeles import DemandeDroit
from limpide.registre.demandes.traitements import GUICHET
from limpide.registre.models import Gel, Limitation
from tests.banc import ecrans
from tests.banc.navigateur import au_clavier

DPD = Acteur("dpd", 9, "Délégué")
JOUR = dt.date(2026, 11, 25)


@pytest.fixture
def demande(base: None) -> DemandeDroit:
    """Amina contests a datum; the officer has taken her request in charge."""
    ecrans.peupler(4, ())
    dossier, personne = ecrans.fiche_d_amina()
    with traitement(GUICHET, acteur=DPD, motif="Essai"):
        deposee = services.deposer(
            personne=personne, dossier=dossier, organisme="751", genre="limitation", objet="Mon salaire est faux",
            canal="en_ligne", recue_le=JOUR,
        )  # fmt: skip
        return services.avancer(deposee, regles.EN_COURS)


def limiter(demande: DemandeDroit, *, calcul_consenti: bool = False) -> DemandeDroit:
    with traitement(GUICHET, acteur=DPD, motif="Essai"):
        return services.accorder_la_limitation(demande, "exactitude", calcul_consenti=calcul_consenti)


def ouvert(cle: str, personne: int | None = None) -> Any:
    declare = registre().traitements[cle]
    acteur = Acteur(declare.genres[0], 1, "Essai")
    return traitement(cle, acteur=acteur, motif="Essai", organisme="751", personne=personne)


def lecteurs() -> list[str]:
    """Running processings that read files and the Caf they belong to."""
    return [
        cle
        for cle, t in registre().traitements.items()
        if t.etat == "en_service" and "id" in t.lire.get("dossiers.Dossier", ())
    ]


def voit(cle: str, demande: DemandeDroit) -> bool:
    with ouvert(cle, demande.personne_id), connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM dossiers_dossier WHERE id = %s", [demande.dossier_id])
        return bool(curseur.fetchone()[0])


@pytest.mark.parametrize("consenti", [False, True])
@pytest.mark.preuve(
    "RGPD art. 18 : un dossier limité est hors de portée, par la base, sauf pour les traitements que le registre dit",
    systemes=("S44",),
)
def test_chaque_traitement_voit_le_dossier_limite_s_il_l_a_declare(demande: DemandeDroit, consenti: bool) -> None:
    avant = {cle for cle in lecteurs() if voit(cle, demande)}
    assert len(avant) > 10
    limiter(demande, calcul_consenti=consenti)
    traitements = registre().traitements
    permis = {c for c in avant if traitements[c].limitation or (consenti and traitements[c].limitation_consentie)}
    assert {cle for cle in lecteurs() if voit(cle, demande)} == permis
    assert {"instruction_droits", "correction_dossier", "traitement_indus"} <= avant - permis
    assert ("liquidation_mensuelle" in permis) == consenti
    assert {"suivi_recours", GUICHET, "mon_compte", "reponse_droit_acces", "purge_conservation"} <= permis


def test_rien_ne_s_y_ecrit_non_plus(demande: DemandeDroit) -> None:
    limiter(demande)
    avant = Fait.objects.using("proprietaire").filter(dossier_id=demande.dossier_id).count()
    with ouvert("instruction_droits"), connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM dossiers_fait WHERE dossier_id = %s", [demande.dossier_id])
        assert curseur.fetchone()[0] == 0
        curseur.execute("UPDATE dossiers_dossier SET clos_le = '2026-11-30' WHERE id = %s", [demande.dossier_id])
        assert curseur.rowcount == 0
        with pytest.raises(HorsRegistre, match="périmètre"), transaction.atomic():
            curseur.execute(
                "INSERT INTO dossiers_fait (dossier_id, organisme_id, personne_id, nature, valeur, valide, connu,"
                " source, auteur) VALUES (%s, '751', %s, 1, 1, '[2026-01-01,2026-02-01)', tstzrange(now(), NULL),"
                " 'agent', 'x')",
                [demande.dossier_id, demande.personne_id],
            )
    assert Fait.objects.using("proprietaire").filter(dossier_id=demande.dossier_id).count() == avant


def test_levee_apres_avoir_informe_tout_revient(demande: DemandeDroit) -> None:
    limitee = limiter(demande)
    assert (limitee.etat, limitee.reponse) == (regles.ACCORDEE, regles.LIMITEE[False])
    gel = Gel.objects.using("proprietaire").get(dossier_id=demande.dossier_id, leve_le=None)
    assert gel.reference.startswith("limitation:")
    with traitement(GUICHET, acteur=DPD, motif="Essai"):
        with pytest.raises(limitation.LimitationRefusee, match="déjà limité"):
            limitation.limiter(
                dossier=demande.dossier_id, organisme="751", demande=1, cas="illicite", calcul_consenti=False
            )
        with pytest.raises(limitation.LimitationRefusee, match="informée avant la levée"):
            services.lever_la_limitation(demande, "  ")
    assert not voit("instruction_droits", demande)
    with traitement(GUICHET, acteur=DPD, motif="Essai"):
        services.lever_la_limitation(demande, "Votre salaire est vérifié : il est juste.")
        with pytest.raises(services.TransitionRefusee, match="n'est pas limité"):
            services.lever_la_limitation(demande, "Encore")
    assert voit("instruction_droits", demande)
    assert Gel.objects.using("proprietaire").filter(dossier_id=demande.dossier_id, leve_le=None).count() == 0
    assert Limitation.objects.using("proprietaire").get().information.startswith("Votre salaire")


def test_l_agent_voit_qu_il_est_limite_et_le_delegue_le_leve(base: None) -> None:
    presents = ecrans.peupler(4, ())
    dossier, _ = ecrans.fiche_d_amina()
    amina, dpd = ecrans.allocataire(presents), ecrans.agent(presents, ecrans.DPD)
    agent = ecrans.ouvrir(ecrans.agent(presents), dossier)
    assert agent.get(f"/agent/dossier/{dossier}/").status_code == 200
    assert amina.post("/mon-compte/mes-donnees/", {"genre": "limitation", "objet": "Mon salaire"}).status_code == 302
    fiche = f"/dpd/demandes/{DemandeDroit.objects.using('proprietaire').get().pk}/"
    assert dpd.post(f"{fiche}commencer/").status_code == 302
    assert dpd.post(f"{fiche}limiter/", {"cas": "", "calcul_consenti": "oui"}).status_code == 422
    assert Limitation.objects.using("proprietaire").count() == 0
    assert dpd.post(f"{fiche}limiter/", {"cas": "exactitude", "calcul_consenti": "oui"}).status_code == 302
    limite = agent.get(f"/agent/dossier/{dossier}/")
    assert limite.status_code == 403
    assert "Ce dossier est limité" in limite.content.decode()
    numero = Dossier.objects.using("proprietaire").get(pk=dossier).numero
    assert "limité" in agent.post("/agent/", {"numero": numero}).content.decode()
    assert amina.get("/mon-compte/").status_code == 200
    assert regles.LIMITEE[True] in amina.get("/mon-compte/mes-donnees/").content.decode()
    assert dpd.post(f"{fiche}lever/", {"information": ""}).status_code == 422
    assert dpd.post(f"{fiche}lever/", {"information": "Votre salaire est vérifié."}).status_code == 302
    assert agent.get(f"/agent/dossier/{dossier}/").status_code == 200


@pytest.mark.navigateur
def test_le_delegue_limite_au_clavier_et_l_agent_lit_pourquoi(page: Any, site: Any, page_axe: Any) -> None:
    presents = ecrans.peupler(4, ())
    dossier, _ = ecrans.fiche_d_amina()
    ecrans.allocataire(presents).post("/mon-compte/mes-donnees/", {"genre": "limitation", "objet": "Mon salaire"})
    numero = DemandeDroit.objects.using("proprietaire").get().pk
    dpd = ecrans.agent(presents, ecrans.DPD)
    assert dpd.post(f"/dpd/demandes/{numero}/commencer/").status_code == 302
    agent = ecrans.ouvrir(ecrans.agent(presents), dossier)
    prendre_la_session(page, site, dpd)
    page_axe(page, f"/dpd/demandes/{numero}/")
    page.select_option("#id_cas", "exactitude")
    au_clavier(page, "form[action$='/limiter/'] button")
    page.get_by_role("heading", name="Lever la limitation").wait_for()
    page_axe(page)
    prendre_la_session(page, site, agent)
    page_axe(page, f"/agent/dossier/{dossier}/", statut=403)


def prendre_la_session(page: Any, site: Any, client: Any) -> None:
    """The browser goes on as somebody who logged in through the real pages."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.adresse}])
