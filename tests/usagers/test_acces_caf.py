"""What the Caf decides of an access (MC-042 to MC-045): another password, suspension, detection, evidence."""

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from limpide.dossiers.liquidation import liquider_mois
from limpide.paiements.services import emettre_virements
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.models import Alerte
from limpide.usagers import surveillance, verrou
from tests.banc import ecrans
from tests.usagers.test_acces import NOUVEAU, PAGE, entree, etapes, lignes


def acces_de(client: Any, **saisie: str) -> Any:
    chemin = f"/agent/dossier/{ecrans.fiche_d_amina()[0]}/acces/"
    return client.post(chemin, saisie) if saisie else client.get(chemin)


def agente(presents: Any) -> Any:
    return ecrans.ouvrir(ecrans.agent(presents), ecrans.fiche_d_amina()[0])


def compte_d_amina() -> int:
    _, amina = ecrans.fiche_d_amina()
    return int(lignes("SELECT id FROM identite_compte WHERE personne_id = %s", amina)[0][0])


@pytest.fixture
def commande(comptes_seuls: Any, capsys: Any) -> Any:
    def lancer(*mots: str) -> str:
        call_command("comptes", *mots)
        return str(capsys.readouterr().out)

    return lancer


@pytest.mark.preuve("MC-042 : la Caf fait changer un mot de passe, ou tous ; seul le changement y met fin")
def test_mc_042_the_caf_asks_one_account_for_another_password(comptes_seuls: Any) -> None:
    amina, agent = entree(comptes_seuls), agente(comptes_seuls)
    assert "Choisissez un motif" in acces_de(agent, acte="forcer").content.decode()
    assert acces_de(agent, acte="forcer", motif="parce que").status_code == 422
    assert (etapes(), amina.get("/mon-compte/").status_code) == ([], 200)
    assert acces_de(agent, acte="forcer", motif="demande").status_code == 302
    assert amina.get(PAGE)["Location"] == "/mot-de-passe/"  # the very next action
    assert "Seul le changement y met fin" in acces_de(agent).content.decode()
    assert amina.post("/deconnexion/").status_code == 302
    amina = entree(comptes_seuls)
    assert amina.get("/mon-compte/")["Location"] == "/mot-de-passe/"
    saisie = {"ancien": ecrans.MOT_DE_PASSE, "nouveau": NOUVEAU, "confirmation": NOUVEAU}
    assert amina.post("/mot-de-passe/", saisie).status_code == 302
    assert amina.get("/mon-compte/").status_code == 200
    assert [(e[0], e[1], e[2]) for e in etapes()] == [("changement", "demande", False), ("change", "exige", True)]


def test_mc_042_all_accounts_at_once_dry_unless_told_and_safe_to_run_again(commande: Any) -> None:
    amina = entree_sans_presents()
    un_autre_compte(a_changer=False)
    un_autre_compte(a_changer=True)
    dit = commande("forcer-changement", "--tous", "--motif", "faille")
    # Amina, the one who has no file yet, and the first of the two others.
    assert "3 compte(s) à qui exiger un autre mot de passe ; 1 le doivent déjà" in dit
    assert "Rien n'a été écrit" in dit
    assert amina.get("/mon-compte/").status_code == 200
    assert "3 compte(s) ; 1" in commande("forcer-changement", "--tous", "--motif", "faille", "--executer")
    assert amina.get("/mon-compte/")["Location"] == "/mot-de-passe/"
    assert "0 compte(s) ; 4" in commande("forcer-changement", "--tous", "--motif", "faille", "--executer")
    assert [e[:2] for e in etapes()] == [("changement", "faille")] * 3
    agents = lignes("SELECT count(*) FROM identite_compte WHERE genre <> 'allocataire' AND mot_de_passe_a_changer")
    assert agents == [(0,)]


def un_autre_compte(*, a_changer: bool) -> None:
    """Another citizen's account, of a file that has none."""
    from limpide.dossiers.models import Dossier

    pris = [p for (p,) in lignes("SELECT personne_id FROM identite_compte WHERE personne_id IS NOT NULL")]
    libres = Dossier.objects.using("proprietaire").exclude(allocataire_id__in=pris)
    dossier = libres.order_by("pk")[0]
    ecrans.ouvrir_un_compte(dossier)
    lignes(
        "UPDATE identite_compte SET mot_de_passe_a_changer = %s WHERE personne_id = %s",
        a_changer, dossier.allocataire_id,
    )  # fmt: skip


def test_mc_042_one_account_by_its_number(commande: Any) -> None:
    numero = str(compte_d_amina())
    assert "1 compte(s) ; 0" in commande("forcer-changement", "--compte", numero, "--motif", "connexions", "--executer")
    assert len(etapes()) == 1
    agent = lignes("SELECT id FROM identite_compte WHERE genre = 'agent' LIMIT 1")[0][0]
    for faux in ("999999999", str(agent)):
        with pytest.raises(CommandError, match="n'est pas celui d'un allocataire"):
            commande("forcer-changement", "--compte", faux, "--motif", "faille", "--executer")
    assert len(etapes()) == 1


def entree_sans_presents() -> Any:
    from limpide.monde import comptes

    presents = {c.identifiant: c for c in comptes.creer(ecrans.MOIS)}
    return entree(presents)


@pytest.mark.preuve(
    "MC-044 : accès suspendu avec motif, auteur, date, avis et voie de contestation ; levé ; les droits continuent",
    systemes=("S39",),
)
def test_mc_044_a_suspension_is_told_with_its_reason_and_remedy_then_lifted(comptes_seuls: Any) -> None:
    amina, agent = entree(comptes_seuls), agente(comptes_seuls)
    assert acces_de(agent, acte="suspendre").status_code == 422
    assert acces_de(agent, acte="suspendre", motif="usurpation").status_code == 302
    assert acces_de(agent, acte="suspendre", motif="partage").status_code == 422  # already
    for client in (amina, entree(comptes_seuls)):  # open sessions too
        for chemin in ("/mon-compte/", PAGE, "/mon-compte/conditions/"):
            reponse = client.get(chemin)
            assert reponse.status_code == 403
            dit = reponse.content.decode().replace("&#x27;", "'")
            assert "quelqu'un d'autre semble se servir de l'accès" in dit
            assert "Vos droits et vos paiements ne changent pas" in dit
            assert "par téléphone" in dit
            assert "L217-7-1" in dit
        assert client.post("/mon-compte/connexions/fermer/", {"toutes": "oui"}).status_code == 403
    saisie = {"ancien": ecrans.MOT_DE_PASSE, "nouveau": NOUVEAU, "confirmation": NOUVEAU}
    assert amina.post("/mot-de-passe/", saisie)["Location"] == "/mon-compte/"  # whoever it is keeps the old one
    assert acces_de(agent, acte="lever").status_code == 422
    assert acces_de(agent, acte="lever", motif="verifiee").status_code == 302
    assert amina.get("/mon-compte/").status_code == 200
    assert [e[:2] for e in etapes()] == [("suspension", "usurpation"), ("levee", "verifiee")]
    auteur = comptes_seuls[ecrans.AGENT_PARIS].identifiant
    ((numero,),) = lignes("SELECT id FROM identite_compte WHERE identifiant = %s", auteur)
    assert lignes("SELECT DISTINCT auteur FROM identite_etapeacces") == [(f"compte {numero}",)]
    histoire = acces_de(agent).content.decode().replace("&#x27;", "'")
    assert "accès suspendu" in histoire
    assert "suspension levée" in histoire
    assert acces_de(agent, acte="lever", motif="erreur").status_code == 422


def test_mc_044_rights_and_payments_go_on_under_a_suspension(base: None) -> None:
    presents = ecrans.peupler(mois_liquides=())
    assert acces_de(agente(presents), acte="suspendre", motif="illicite").status_code == 302
    dossier, _ = ecrans.fiche_d_amina()
    liquider_mois("2026-11")
    emettre_virements("2026-11")
    ((net,),) = lignes(
        "SELECT sum(montant_centimes - crds_centimes) FROM dossiers_lignedroit WHERE dossier_id = %s AND mois = %s",
        dossier, ecrans.MOIS,
    )  # fmt: skip
    ordres = lignes("SELECT montant_centimes FROM paiements_ordrepaiement WHERE dossier_id = %s", dossier)
    assert net > 0
    assert ordres == [(net,)]


def test_mc_044_only_an_agent_of_that_caf_decides(comptes_seuls: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    autre = ecrans.agent(comptes_seuls, ecrans.AGENT_NORD)
    session = autre.session
    session["motifs_des_dossiers"] = {str(dossier): "changement"}
    session.save()
    officiere, amina = ecrans.agent(comptes_seuls, ecrans.DPD), entree(comptes_seuls)
    for client, statut in ((autre, 404), (officiere, 403), (amina, 403), (ecrans.visiteur(), 302)):
        assert acces_de(client, acte="suspendre", motif="illicite").status_code == statut
        assert client.post(f"/agent/dossier/{dossier}/acces/preuves/").status_code == statut
    assert acces_de(agente(comptes_seuls), acte="effacer", motif="illicite").status_code == 404
    assert etapes() == []
    assert amina.get("/mon-compte/").status_code == 200


def test_a_suspended_account_answers_as_any_other_before_the_right_password(comptes_seuls: Any) -> None:
    acces_de(agente(comptes_seuls), acte="suspendre", motif="partage")
    numero = ecrans.amina(comptes_seuls).identifiant
    faux = [ecrans.entrer(ecrans.visiteur(), n, "faux") for n in (numero, "255081416802538")]
    dits = [r.content.decode().replace(n, "") for r, n in zip(faux, (numero, "255081416802538"), strict=True)]
    assert [r.status_code for r in faux] == [422, 422]
    assert "suspendu" not in dits[0]
    assert dits[0].count("non reconnus") == dits[1].count("non reconnus") > 0


@pytest.mark.preuve("MC-045 : preuves d'un accès pour une plainte, scellées par leur empreinte", systemes=("S39",))
def test_mc_045_the_evidence_is_sealed_recorded_and_checked(commande: Any, comptes_seuls: Any, tmp_path: Path) -> None:
    agent, amina = agente(comptes_seuls), entree(comptes_seuls)
    chemin = f"/agent/dossier/{ecrans.fiche_d_amina()[0]}/acces/preuves/"
    assert agent.post(chemin).status_code == 404  # nothing was reported: nothing to prove
    assert etapes() == []
    amina.post("/pas-moi/")
    reponse = agent.post(chemin)
    assert reponse.status_code == 200
    assert reponse["Content-Disposition"].startswith("attachment")
    texte = reponse.content.decode()
    lu = json.loads(texte)
    canonique = json.dumps(lu["contenu"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert lu["empreinte"] == hashlib.sha256(canonique).hexdigest()
    assert [c["appareil"] for c in lu["contenu"]["connexions"]] == ["Ordinateur Windows, Firefox"]
    assert [e["etape"] for e in lu["contenu"]["etapes"]] == ["signalement"]
    for secret in (ecrans.amina(comptes_seuls).identifiant, "Belavassin", "198.51.100.7"):
        assert secret not in texte
    assert etapes()[-1][:2] == ("preuves", "plainte")
    fichier = tmp_path / "preuves.json"
    fichier.write_text(texte, encoding="utf-8")
    assert "Fichier conforme" in commande("verifier-preuves", str(fichier))
    fichier.write_text(texte.replace("Firefox", "Safari"), encoding="utf-8")
    with pytest.raises(CommandError, match="il a été modifié"):
        commande("verifier-preuves", str(fichier))
    lu["contenu"]["connexions"] = []
    canonique = json.dumps(lu["contenu"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    fichier.write_text(json.dumps(lu | {"empreinte": hashlib.sha256(canonique).hexdigest()}), encoding="utf-8")
    with pytest.raises(CommandError, match="pas été produite ici"):
        commande("verifier-preuves", str(fichier))
    fichier.write_text("[]", encoding="utf-8")
    with pytest.raises(CommandError, match="n'est pas un fichier de preuves"):
        commande("verifier-preuves", str(fichier))
    with pytest.raises(CommandError, match=r"absent\.json"):
        commande("verifier-preuves", str(tmp_path / "absent.json"))


def alertes() -> list[tuple[str, str, int | None]]:
    toutes = Alerte.objects.using("proprietaire").filter(genre__startswith="connexion_").order_by("genre")
    return [(a.genre, a.gravite, a.lignes_compte) for a in toutes]


def echouer(compte: str, adresse: str) -> None:
    with traitement("securite_connexion", acteur=SYSTEME, motif="Essai"):
        verrou.noter_echec(verrou.empreinte("compte", compte), verrou.empreinte("adresse", adresse))


def connecter(compte: int, origine: str, fois: int = 1) -> None:
    for _ in range(fois):
        lignes(
            "INSERT INTO identite_connexion (compte_id, personne_id, appareil, origine) "
            "SELECT id, personne_id, 'Essai', %s FROM identite_compte WHERE id = %s",
            verrou.empreinte("adresse", origine), compte,
        )  # fmt: skip


@pytest.mark.preuve(
    "MC-043 : connexions et usages contrôlés par des règles publiées ; le délégué en est alerté, une fois",
    systemes=("S39",),
)
def test_mc_043_each_rule_raises_its_alert_once(commande: Any) -> None:
    amina = compte_d_amina()
    jour = timezone.localdate()
    for i in range(surveillance.ECHECS_D_UNE_ORIGINE):
        echouer(f"essai {i}", "203.0.113.1")
    for i in range(surveillance.ORIGINES_D_UN_COMPTE):
        echouer("le même", f"203.0.113.{10 + i}")
    connecter(amina, "198.51.100.1", surveillance.CONNEXIONS_PAR_JOUR)
    lignes(
        "INSERT INTO registre_journal (acteur_genre, acteur_id, service, traitement, declaration, motif, objet, action)"
        " SELECT 'allocataire', %s, 'Vous-même', 'mon_compte', 'x', 'Essai', 'essai', 'lecture'"
        " FROM generate_series(1, %s)", amina, surveillance.ACCES_PAR_JOUR,
    )  # fmt: skip
    entree_sans_presents().post("/pas-moi/")
    dit = commande("surveiller", "--jour", f"{jour:%Y-%m-%d}")
    assert "5 nouvelle(s) alerte(s)" in dit
    assert "usage : 1" in dit
    assert alertes() == [
        ("connexion_cible", "attention", None),
        ("connexion_frequence", "attention", amina),
        ("connexion_origine", "haute", None),
        ("connexion_signalee", "haute", amina),
        ("connexion_usage", "attention", amina),
    ]
    assert "0 nouvelle(s) alerte(s)" in commande("surveiller", "--jour", f"{jour:%Y-%m-%d}")
    veille = jour - dt.timedelta(days=1)
    assert commande("surveiller").count(" 0 nouvelle(s) alerte(s)") == 2
    assert f"{veille:%d/%m/%Y}" in commande("surveiller")


def test_mc_043_below_the_thresholds_nothing_is_said(commande: Any) -> None:
    for i in range(surveillance.ECHECS_D_UNE_ORIGINE - 1):
        echouer(f"essai {i}", "203.0.113.1")
    for i in range(surveillance.ORIGINES_D_UN_COMPTE - 1):
        echouer("le même", f"203.0.113.{10 + i}")
    connecter(compte_d_amina(), "198.51.100.1", surveillance.CONNEXIONS_PAR_JOUR - 1)
    assert surveillance.surveiller(timezone.localdate()).nouvelles.total() == 0
    assert alertes() == []


def test_mc_043_a_network_that_opens_many_accounts_is_information(commande: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(surveillance, "COMPTES_D_UNE_ORIGINE", 2)
    un_autre_compte(a_changer=False)
    for (compte,) in lignes("SELECT id FROM identite_compte WHERE genre = 'allocataire'"):
        connecter(compte, "198.51.100.9")
    assert surveillance.surveiller(timezone.localdate()).nouvelles == {"connexion_comptes": 1}
    assert alertes() == [("connexion_comptes", "information", None)]


def test_mc_043_the_rules_and_their_thresholds_are_published() -> None:
    from limpide.registre.collecte import registre

    fiche = " ".join(registre().traitements[surveillance.CLE].sous_finalites)
    for seuil in (
        surveillance.ECHECS_D_UNE_ORIGINE, surveillance.ORIGINES_D_UN_COMPTE, surveillance.COMPTES_D_UNE_ORIGINE,
        surveillance.CONNEXIONS_PAR_JOUR, surveillance.ACCES_PAR_JOUR,
    ):  # fmt: skip
        assert f" {seuil} " in fiche


def test_mc_043_the_day_s_work_looks_at_the_connections(comptes_seuls: Any) -> None:
    from limpide.registre.travaux.taches import Ordre
    from limpide.usagers.taches_du_jour import TRAVAUX

    entree(comptes_seuls).post("/pas-moi/")
    tache = next(t for t in TRAVAUX if t.cle == "connexions_surveiller")
    ordre = Ordre(jour=timezone.localdate(), depuis=None)
    assert tache.faire(ordre) == {"jours regardés": 2, "alertes levées": 1}
    assert tache.faire(ordre) == {"jours regardés": 2, "alertes levées": 0}


def test_mc_041_what_was_reported_reaches_the_agents_of_that_caf_only(comptes_seuls: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    agent, autre = ecrans.agent(comptes_seuls), ecrans.agent(comptes_seuls, ecrans.AGENT_NORD)
    assert "Aucun accès n'est à suivre" in dit(agent)
    entree(comptes_seuls).post("/pas-moi/")
    assert "« ce n'était pas moi »" in dit(agent).lower()
    assert f"/agent/dossier/{dossier}/acces/" in dit(agent)
    assert "Aucun accès n'est à suivre" in dit(autre)
    ecrans.ouvrir(agent, dossier)
    assert acces_de(agent, acte="suspendre", motif="usurpation").status_code == 302
    assert "Accès suspendu" in dit(agent)
    assert acces_de(agent, acte="lever", motif="verifiee").status_code == 302
    lignes("UPDATE identite_etapeacces SET le = le - interval '31 days'")
    assert "Aucun accès n'est à suivre" in dit(agent)


def dit(client: Any) -> str:
    reponse = client.get("/agent/acces/")
    assert reponse.status_code == 200
    return str(reponse.content.decode().replace("&#x27;", "'"))
