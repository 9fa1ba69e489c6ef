"""Rights not claimed: offered to the person alone with their calculation, never on health, declined for good."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from limpide.dossiers.decisions import NATURES_DE_SANTE
from limpide.dossiers.models import Demande, Dossier, Fait
from limpide.dossiers.services import Origine, declarer_fait
from limpide.droits.faits import NATURES
from limpide.identite.models import Personne
from limpide.registre.collecte import registre
from limpide.registre.contexte import SYSTEME, Acteur, HorsRegistre, traitement
from limpide.usagers.declarations_propositions import DROITS_PROPOSES, REFUS_DE_PROPOSITION
from limpide.usagers.models import PropositionDeclinee
from tests.banc import ecrans, protecteurs
from tests.usagers.test_decisions import mots

ICI = "/mon-compte/droits-possibles/"
DEPUIS = DateRange(dt.date(2025, 1, 1), None)


@pytest.fixture
def amina(presents: Any) -> Client:
    return ecrans.allocataire(presents)


def enfants() -> list[int]:
    from limpide.dossiers.models import Rattachement

    siens = Rattachement.objects.using("proprietaire").filter(dossier_id=ecrans.fiche_d_amina()[0], role="enfant")
    return [r.personne_id for r in siens]


def apprendre(nature: str, valeur: int, qui: int) -> None:
    """The Caf learns something of a member of Amina's household."""
    numero, _ = ecrans.fiche_d_amina()
    with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme="751"):
        dossier = Dossier.objects.get(pk=numero)
        declarer_fait(dossier, nature, valeur, DEPUIS, Origine("declaration", "essai"), Personne(pk=qui))


def ouvrir_l_asf() -> None:
    """The other parent of each child died: the allocation de soutien familial is open, and nobody claimed it."""
    for enfant in enfants():
        apprendre("soutien_autre_parent", NATURES["soutien_autre_parent"].valeurs.index("decede"), enfant)
        apprendre("soutien_depuis", (dt.date(2025, 1, 1) - dt.date(1970, 1, 1)).days, enfant)
        apprendre("enfant_recueilli", 0, enfant)


def declinees() -> list[str]:
    return list(PropositionDeclinee.objects.using("proprietaire").values_list("droit", flat=True))


@pytest.mark.preuve(
    "Un droit non demandé est proposé avec son calcul, se décline pour de bon, se reprend ; rien d'autre n'est gardé",
    systemes=("S39",),
)
def test_un_droit_non_demande_est_propose_puis_decline_pour_de_bon(amina: Client) -> None:
    ouvrir_l_asf()
    assert "1 droit de plus" in mots(amina.get("/mon-compte/"))
    page = mots(amina.get(ICI))
    assert "Allocation de soutien familial" in page
    assert "environ" in page
    assert "CSS L523-1" in page
    assert "estimations" in page
    for _ in range(2):  # clicked twice, recorded once
        assert amina.post(f"{ICI}decliner/", {"droit": "asf"}).status_code == 302
    assert declinees() == ["asf"]
    page = mots(amina.get(ICI))
    assert "aucun autre droit ne semble ouvert" in page
    assert "Me le proposer de nouveau" in page
    assert "droit de plus" not in mots(amina.get("/mon-compte/"))
    assert amina.post(f"{ICI}reprendre/", {"droit": "asf"}).status_code == 302
    assert declinees() == []
    assert "environ" in mots(amina.get(ICI))


def test_ce_qui_manque_est_dit_et_un_droit_inconnu_est_refuse(amina: Client) -> None:
    for enfant in enfants():
        apprendre("soutien_autre_parent", NATURES["soutien_autre_parent"].valeurs.index("decede"), enfant)
    page = mots(amina.get(ICI))
    assert "Il manque une réponse" in page
    assert NATURES["soutien_depuis"].libelle in page  # since when: nobody told it
    assert "Revenu de solidarité active" not in page.partition("<main")[2]  # paid each month: nothing to offer
    reponse = amina.post(f"{ICI}decliner/", {"droit": "logement"}, follow=True)
    assert "Ce droit n&#x27;est pas de ceux qui se proposent" in reponse.content.decode()
    assert declinees() == []


def test_une_demande_en_cours_n_est_pas_proposee(amina: Client) -> None:
    ouvrir_l_asf()
    quand = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
    Demande.objects.using("proprietaire").create(
        dossier_id=ecrans.fiche_d_amina()[0], organisme_id="751", numero="E-2026-00000001", droits=["asf"],
        canal="en_ligne", etat="deposee", creee_le=quand, deposee_le=quand,
    )  # fmt: skip
    assert "Allocation de soutien familial" not in mots(amina.get(ICI))


@pytest.mark.preuve(
    "Aucune donnée de santé ne sert à proposer un droit : la base la refuse, et un droit qui en lit n'est pas proposé",
    systemes=("S39",),
)
def test_la_sante_est_hors_d_atteinte(amina: Client) -> None:
    numero, qui = ecrans.fiche_d_amina()
    apprendre("enceinte", 1, qui)
    apprendre("date_debut_grossesse", (dt.date(2026, 6, 10) - dt.date(1970, 1, 1)).days, qui)
    assert "Prime à la naissance" not in mots(amina.get(ICI)).partition("<main")[2]
    sante = {NATURES[nom].code for nom in NATURES_DE_SANTE}
    acteur = Acteur("allocataire", 1, "Vous-même")
    with traitement(DROITS_PROPOSES, acteur=acteur, motif="Essai", personne=qui):
        lues = set(Fait.objects.filter(dossier_id=numero).values_list("nature", flat=True))
    assert lues
    assert not lues & sante
    with (
        pytest.raises(HorsRegistre, match="enceinte"),
        traitement(DROITS_PROPOSES, acteur=acteur, motif="Essai", personne=qui),
    ):
        list(Fait.objects.filter(nature=NATURES["enceinte"].code))


def test_nul_autre_traitement_ne_lit_ces_choix() -> None:
    lecteurs = {
        t.cle
        for t in registre().traitements.values()
        if any("usagers.PropositionDeclinee" in v for v in (t.lire, t.creer, t.modifier, t.supprimer))
    }
    assert {DROITS_PROPOSES, REFUS_DE_PROPOSITION} <= lecteurs
    assert lecteurs - {DROITS_PROPOSES, REFUS_DE_PROPOSITION} <= {
        "cycle_conservation",
        "purge_conservation",
        "reponse_droit_acces",
    }
    for cle in (DROITS_PROPOSES, REFUS_DE_PROPOSITION):
        declare = registre().traitements[cle]
        assert (declare.automatisation, declare.donnees_de_sante, declare.perimetre) == ("aucune", False, "personne")
        assert not set(declare.natures) & set(NATURES_DE_SANTE)
    assert not PropositionDeclinee.perimetres["organisme"].replace("false", "")


def test_le_protecteur_voit_et_decline_selon_ses_pouvoirs(presents: Any) -> None:
    _, odile = protecteurs.installer(presents, pouvoirs=["consultation"])
    protecteurs.agir(odile)
    assert "aucun autre droit ne semble ouvert" in mots(odile.get(ICI))
    assert odile.post(f"{ICI}decliner/", {"droit": "asf"}).status_code == 403
    assert declinees() == []


def test_la_simulation_s_ouvre_avec_ce_que_la_caf_connait_sauf_la_sante(amina: Client) -> None:
    _, qui = ecrans.fiche_d_amina()
    apprendre("enceinte", 1, qui)
    apprendre("indemnites_journalieres_maladie", 30_000, qui)
    page = amina.get("/mon-compte/simuler/").content.decode()
    champs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.partition('id="simuler"')[2])
    connues = dict(champs)
    assert (connues["couple"], connues["nombre_enfants"]) == ("non", "2")
    assert connues["a0_salaire_net_m3"] == "675,60"  # August, of November's window
    assert not [nom for nom, valeur in champs if "enceinte" in nom or "maladie" in nom + valeur]
    envoi: dict[str, list[str]] = {}
    for nom, valeur in champs:
        envoi.setdefault(nom, []).append(valeur)
    premiere = ecrans.visiteur().post("/simulateur/", envoi).content.decode()
    assert "Étape 1 sur 5" in premiere
    assert re.search(r'name="nombre_enfants" value="2"', premiere)
    suite = ecrans.visiteur().post("/simulateur/", envoi | {"etape": ["0"], "aller": ["1"]}).content.decode()
    assert "Étape 2 sur 5" in suite
    assert f'value="{connues["a0_date_naissance"]}"' in suite
