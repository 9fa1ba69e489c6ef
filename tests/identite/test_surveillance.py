"""Unusual accesses: real readings of real files by real accounts, looked at afterwards."""

import datetime as dt
import os
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from limpide.identite import proches, surveillance
from limpide.identite.comptes import creer_compte_agent
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Affiliation, Compte, LienAgent, Organisme, Personne
from limpide.registre.contexte import SYSTEME, Acteur, traitement
from limpide.registre.models import Alerte, LigneJournal
from tests.banc import ecrans
from tests.banc.base import connexion_superutilisateur


@pytest.fixture
def agents(presents: Any) -> tuple[Compte, Compte]:
    """Two agents of the Caf of Paris, beside its files."""
    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        creees = [
            creer_compte_agent(f"agent.essai{n}", Organisme(pk="751"), "Agent", ecrans.MOT_DE_PASSE) for n in (1, 2)
        ]
    return creees[0], creees[1]


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler()


def lire(compte: Compte, *personnes: int) -> None:
    acteur = Acteur("agent", compte.pk, "Caf de Paris")
    with traitement("recherche_dossier", acteur=acteur, motif="Essai", organisme="751"):
        assert len(list(Personne.objects.filter(pk__in=personnes))) == len(personnes)


def lier(compte: Compte, personne: int, qualite: str) -> LienAgent:
    acteur = Acteur("agent", compte.pk, "Caf de Paris")
    with traitement("dossiers_proches", acteur=acteur, motif="Essai", organisme="751"):
        return proches.declarer(compte, personne, qualite)


def de_paris(nombre: int) -> list[int]:
    """Persons of Paris, allocataires of other files than Amina's."""
    siennes = Affiliation.objects.using("proprietaire").filter(organisme_id="751", qualite="demandeur")
    amina = ecrans.fiche_d_amina()[1]
    return list(
        siennes.exclude(personne_id=amina).order_by("personne_id").values_list("personne_id", flat=True)[:nombre]
    )


def membres_d_amina() -> list[int]:
    """Persons of her household, without her."""
    amina = ecrans.fiche_d_amina()[1]
    siennes = Affiliation.objects.using("proprietaire").filter(allocataire_id=amina).exclude(personne_id=amina)
    return list(siennes.order_by("personne_id").values_list("personne_id", flat=True))


def alertes() -> list[tuple[str, int]]:
    toutes = Alerte.objects.using("proprietaire").filter(genre__startswith="acces_").order_by("pk")
    return [(a.genre, a.lignes_compte) for a in toutes]


def aujourd_hui() -> dt.date:
    return timezone.localdate()


@pytest.mark.preuve(
    "Un agent ouvre son dossier, celui d'un collègue ou d'un homonyme : le délégué en est alerté, une fois",
    systemes=("S44",),
)
def test_son_dossier_celui_d_un_collegue_un_homonyme(agents: tuple[Compte, Compte]) -> None:
    un, autre = agents
    (soi, proche), homonyme = de_paris(2), ecrans.fiche_d_amina()[1]
    ordinaire = membres_d_amina()[0]
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("UPDATE identite_personne SET nom_naissance = 'DURÉE' WHERE id = %s", [soi])
        connexion.execute("UPDATE identite_personne SET nom_usage = 'Duree' WHERE id = %s", [homonyme])
        connexion.execute("UPDATE identite_personne SET nom_naissance = 'AUTRE', nom_usage = '' WHERE id = ANY (%s)",
                          [[proche, ordinaire]])  # fmt: skip
    lier(un, soi, "soi")
    lier(un, proche, "proche")
    lire(un, soi, proche, homonyme, ordinaire)
    lire(autre, soi, ordinaire)
    assert surveillance.surveiller(aujourd_hui()).nouvelles == {"acces_propre": 2, "acces_collegue": 1, "acces_nom": 1}
    assert sorted(alertes()) == sorted(
        [("acces_propre", un.pk), ("acces_propre", un.pk), ("acces_collegue", autre.pk), ("acces_nom", un.pk)]
    )
    assert not surveillance.surveiller(aujourd_hui()).nouvelles
    textes = " ".join(Alerte.objects.using("proprietaire").values_list("texte", flat=True))
    assert "DUR" not in textes.upper().replace("DURÉE", "DUR")
    nommees = LigneJournal.objects.using("proprietaire").filter(traitement=surveillance.CLE, personne_id__isnull=False)
    regardees = set(nommees.values_list("personne_id", flat=True))
    assert {soi, homonyme} <= regardees
    assert ordinaire not in regardees  # counted, never looked at by name


def test_tout_le_foyer_du_collegue_et_une_declaration_retiree(agents: tuple[Compte, Compte]) -> None:
    un, autre = agents
    amina = ecrans.fiche_d_amina()[1]
    lien = lier(un, amina, "soi")
    lire(autre, membres_d_amina()[0])
    assert surveillance.surveiller(aujourd_hui()).nouvelles == {"acces_collegue": 1}
    acteur = Acteur("agent", un.pk, "Caf de Paris")
    with traitement("dossiers_proches", acteur=acteur, motif="Essai", organisme="751"):
        proches.retirer(lien, timezone.now())
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("UPDATE identite_lienagent SET declare_le = now() - interval '3 days',"
                          " retire_le = now() - interval '2 days'")  # fmt: skip
        connexion.execute("SET session_replication_role = replica")
        connexion.execute("DELETE FROM registre_alerte")
    assert not surveillance.surveiller(aujourd_hui()).nouvelles


def test_ce_qui_est_ordinaire_ne_leve_rien(agents: tuple[Compte, Compte]) -> None:
    lire(agents[0], *de_paris(8))
    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        list(Personne.objects.all())  # not an agent
    assert not surveillance.surveiller(aujourd_hui()).nouvelles


def _jours_ordinaires(compte: Compte, par_jour: int, jours: int) -> None:
    """The journal of the days before, written by the owner of the server: nobody else can choose a date."""
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute(
            "INSERT INTO registre_journal (quand, acteur_genre, acteur_id, service, traitement, declaration, motif,"
            " organisme, personne_id, objet, action)"
            " SELECT now() - make_interval(days => j), 'agent', %s, '', 't', 'd', 'm', '751', p, 'o', 'lecture'"
            " FROM generate_series(1, %s) j, generate_series(1, %s) p",
            [compte.pk, jours, par_jour],
        )


@pytest.mark.parametrize(
    ("un_des_siens", "un_des_autres", "alerte"),
    [(0, 0, True), (10, 0, True), (30, 0, False), (0, 30, False), (5, 5, True)],
)
def test_le_volume_se_compare_aux_habitudes(
    agents: tuple[Compte, Compte], monkeypatch: pytest.MonkeyPatch, un_des_siens: int, un_des_autres: int, alerte: bool
) -> None:
    """Twenty persons seen today, a floor of ten for the test."""
    monkeypatch.setattr(surveillance, "PLANCHER", 10)
    un, autre = agents
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute(
            "INSERT INTO registre_journal (acteur_genre, acteur_id, service, traitement, declaration, motif, organisme,"
            " personne_id, objet, action) SELECT 'agent', %s, '', 't', 'd', 'm', '751', p, 'o', 'lecture'"
            " FROM generate_series(1, 40) p",
            [un.pk],
        )
    _jours_ordinaires(un, un_des_siens, 6)
    _jours_ordinaires(autre, un_des_autres, 6)
    assert bool(surveillance.surveiller(aujourd_hui()).nouvelles) is alerte
    assert alertes() == ([("acces_volume", un.pk)] if alerte else [])


def test_la_commande_regarde_hier_et_se_relance(
    agents: tuple[Compte, Compte], capsys: pytest.CaptureFixture[str]
) -> None:
    un, autre = agents
    (soi,) = de_paris(1)
    lier(un, soi, "soi")
    lire(autre, soi)
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("SET session_replication_role = replica")
        connexion.execute("UPDATE registre_journal SET quand = quand - interval '1 day'")
        connexion.execute("UPDATE identite_lienagent SET declare_le = now() - interval '3 days'")
    call_command("acces", "surveiller")
    assert "1 nouvelle(s) alerte(s). dossier d'un collègue : 1" in capsys.readouterr().out
    call_command("acces", "surveiller")
    assert "0 nouvelle(s) alerte(s)." in capsys.readouterr().out


def test_declarer_deux_fois_ou_deux_dossiers_a_soi_est_refuse(agents: tuple[Compte, Compte]) -> None:
    un, _ = agents
    soi, autre = de_paris(2)
    lier(un, soi, "soi")
    with pytest.raises(ErreurSaisie) as refus:
        lier(un, soi, "proche")
    assert "numero" in refus.value.champs
    with pytest.raises(ErreurSaisie) as refus:
        lier(un, autre, "soi")
    assert "qualite" in refus.value.champs


def test_l_agent_declare_et_retire_dans_son_espace(presents: Any) -> None:
    dossier = ecrans.autre_dossier("751")
    client = ecrans.agent(presents)
    chemin = "/agent/proches/"
    assert "Aucun." in client.get(chemin).content.decode()
    refus = client.post(chemin, {"numero": "12", "qualite": ""})
    assert refus.status_code == 422
    page = refus.content.decode()
    assert "Un numéro d&#x27;allocataire a sept chiffres." in page
    assert 'value="12"' in page
    inconnu = client.post(chemin, {"numero": "9999999", "qualite": "proche"})
    assert (inconnu.status_code, "Aucun dossier de votre Caf" in inconnu.content.decode()) == (422, True)
    assert client.post(chemin, {"numero": dossier.numero, "qualite": "proche"}).status_code == 302
    page = client.get(chemin).content.decode()
    assert f"Dossier {dossier.numero}, celui d'un proche" in page
    lien = LienAgent.objects.using("proprietaire").get()
    assert ecrans.agent(presents, ecrans.AGENT_NORD).post(chemin, {"retirer": lien.pk}).status_code == 404
    assert client.post(chemin, {"retirer": "abc"}).status_code == 404
    assert client.post(chemin, {"retirer": str(lien.pk)}).status_code == 302
    assert client.post(chemin, {"retirer": str(lien.pk)}).status_code == 404
    assert LienAgent.objects.using("proprietaire").get().retire_le is not None
