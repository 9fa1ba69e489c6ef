"""A civil status that changes: what was is sealed, agents see the new identity only (ID-17)."""

import datetime as dt
import html
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from limpide.identite import alias, etat_civil
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.etat_civil import CauseChangement, Changement
from limpide.identite.models import AncienEtatCivil, Immatriculation, Personne
from limpide.monde import numeros
from limpide.registre.contexte import SYSTEME, Acteur, HorsRegistre, traitement
from limpide.registre.models import LigneJournal
from tests.banc import ecrans

JOUR = dt.date(2026, 11, 20)
NOUVEAU = {"nom_naissance": "Belavassin", "nom_usage": "", "prenoms": "Morgan", "sexe": "M"}


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    return ecrans.peupler(8, ())


def agent(presents: Any) -> Acteur:
    from limpide.identite.models import Compte

    return Acteur("agent", Compte.objects.using("proprietaire").get(identifiant="agent.paris").pk, "Caf 751")


def amina() -> Personne:
    trouvee: Personne = Personne.objects.using("proprietaire").get(pk=ecrans.fiche_d_amina()[1])
    return trouvee


def changement(**autres: Any) -> Changement:
    base = {"cause": CauseChangement.SEXE, "acte": "Jugement du tribunal", "le": dt.date(2026, 10, 1), **NOUVEAU}
    return Changement(**{**base, **autres})


def changer(presents: Any, **autres: Any) -> None:
    acteur, personne = agent(presents), amina().pk
    with traitement(etat_civil.CHANGEMENT, acteur=acteur, motif=etat_civil.MOTIF, organisme="751"):
        qui = Personne.objects.only("id", *etat_civil.COLONNES, "date_naissance", "statut_identite").get(pk=personne)
        etat_civil.changer(qui, changement(**autres), JOUR)


def nouveau_nir() -> str:
    return numeros.nir(amina().date_naissance, 88_000_000)


@pytest.mark.preuve(
    "Après un changement de sexe, de nom ou une adoption, l'ancien état civil et l'ancien numéro sont scellés (ID-17)",
    systemes=("S48",),
)
def test_id_17_an_agent_finds_the_new_identity_only(presents: Any) -> None:
    ancien_numero, ancien_prenom = ecrans.numero_de(amina().pk), amina().prenoms
    dossier, personne = ecrans.fiche_d_amina()
    changer(presents, numero=nouveau_nir())
    nouveau, acteur = ecrans.numero_de(personne), agent(presents)
    assert (amina().prenoms, amina().sexe, amina().statut_identite) == ("Morgan", "M", "nir_non_certifie")
    with traitement("recherche_dossier", acteur=acteur, motif="Essai", organisme="751"):
        assert alias.porteurs(ancien_numero) == []
        assert [p.personne for p in alias.porteurs(nouveau)] == [personne]
    agente = ecrans.ouvrir(ecrans.agent(presents), dossier)
    chemin = f"/agent/dossier/{dossier}/identites/{personne}/"
    vues = "".join(
        html.unescape(agente.get(c).content.decode())
        for c in (chemin, f"{chemin}etat-civil/", f"/agent/dossier/{dossier}/")
    )
    assert "Morgan" in vues
    assert ancien_prenom not in vues
    assert str(ancien_numero) not in vues
    assert "Jugement du tribunal" not in vues
    assert "sexe" not in {ligne.motif for ligne in LigneJournal.objects.using("proprietaire")}


def test_a_national_flow_still_leads_the_former_number_to_the_person(presents: Any) -> None:
    personne = amina().pk
    ancien = ecrans.numero_de(personne)
    changer(presents, numero=nouveau_nir())
    with traitement("immatriculation", acteur=SYSTEME, motif="Essai"):
        assert [p.personne for p in alias.porteurs(ancien)] == [personne]


def test_the_database_shows_no_agent_the_sealed_rows_nor_lets_anybody_edit_them(presents: Any) -> None:
    changer(presents, numero=nouveau_nir())
    acteur = agent(presents)
    with traitement(etat_civil.CHANGEMENT, acteur=acteur, motif=etat_civil.MOTIF, organisme="751"):
        assert not Immatriculation.objects.only("id", "personne_id", "clos_le").filter(clos_le__isnull=False).exists()
    with (
        pytest.raises(HorsRegistre),
        traitement("recherche_dossier", acteur=acteur, motif="x", organisme="751"),
    ):
        list(AncienEtatCivil.objects.all())
    with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic("proprietaire"):
        AncienEtatCivil.objects.using("proprietaire").update(contenu_chiffre=b"x")


def test_what_was_is_in_clear_nowhere(presents: Any) -> None:
    with connections["proprietaire"].cursor() as curseur:
        changer(presents, prenoms="Zébulon-Essai")
        changer(presents, prenoms="Morgan", cause=CauseChangement.ERREUR)
        curseur.execute(
            "SELECT a::text FROM identite_ancienetatcivil a UNION ALL SELECT p::text FROM identite_personne p"
        )
        lignes = "".join(ligne for (ligne,) in curseur.fetchall())
    assert "Zébulon" not in lignes
    assert "ZEBULON" not in lignes, "nor in the search keys"
    assert AncienEtatCivil.objects.using("proprietaire").count() == 2


def test_the_officer_opens_it_with_a_reason_that_the_person_reads(presents: Any) -> None:
    ancien_prenom = amina().prenoms
    changer(presents, numero=nouveau_nir())
    officiere = ecrans.agent(presents, ecrans.DPD)
    chemin = f"/dpd/etats-civils/{AncienEtatCivil.objects.using('proprietaire').get().pk}/"
    assert chemin in officiere.get("/dpd/etats-civils/").content.decode()
    assert ancien_prenom not in html.unescape(officiere.get(chemin).content.decode())
    refus = officiere.post(chemin, {"raison": "curiosite"})
    assert (refus.status_code, ancien_prenom in html.unescape(refus.content.decode())) == (422, False)
    page = html.unescape(officiere.post(chemin, {"raison": "justice"}).content.decode())
    assert ancien_prenom in page
    assert "Modification de la mention du sexe" in page
    lue = LigneJournal.objects.using("proprietaire").filter(traitement=etat_civil.HISTOIRE, personne_id=amina().pk)
    assert lue.filter(motif="Demande d'un juge ou d'une autorité").exists()
    numero = ecrans.numero_de(amina().pk).en_clair()
    personne = ecrans.visiteur()
    ecrans.entrer(personne, numero)
    consultations = html.unescape(personne.get("/mon-compte/consultations/").content.decode())
    assert "Demande d'un juge ou d'une autorité" in consultations


def test_without_a_new_number_the_old_one_stays_and_is_to_certify_again(presents: Any) -> None:
    numero = ecrans.numero_de(amina().pk)
    changer(presents, cause=CauseChangement.NOMS)
    assert ecrans.numero_de(amina().pk) == numero
    assert amina().statut_identite == "nir_non_certifie"


@pytest.mark.parametrize(
    ("faute", "champ"),
    [
        ({"prenoms": "  "}, "prenoms"),
        ({"nom_naissance": "!!"}, "nom_naissance"),
        ({"sexe": "X"}, "sexe"),
        ({"acte": " "}, "acte"),
        ({"le": dt.date(2027, 1, 1)}, "le"),
        ({"prenoms": "a" * 161}, "prenoms"),
        ({"numero": "12"}, "numero"),
    ],
)  # fmt: skip
def test_a_refusal_names_its_field_and_writes_nothing(presents: Any, faute: Any, champ: str) -> None:
    avant = (amina().prenoms, amina().sexe, amina().statut_identite)
    with pytest.raises(ErreurSaisie) as refus:
        changer(presents, **faute)
    assert set(refus.value.champs) == {champ}
    assert (amina().prenoms, amina().sexe, amina().statut_identite) == avant
    assert not AncienEtatCivil.objects.using("proprietaire").exists()


def test_nothing_changed_is_refused_and_the_page_keeps_what_was_typed(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    agente = ecrans.ouvrir(ecrans.agent(presents), dossier)
    chemin = f"/agent/dossier/{dossier}/identites/{personne}/etat-civil/"
    qui = amina()
    saisie = {"cause": "noms", "acte": "Acte vu", "le": "01/10/2026", "nom_naissance": qui.nom_naissance,
              "nom_usage": qui.nom_usage, "prenoms": qui.prenoms, "sexe": qui.sexe}  # fmt: skip
    page = agente.post(chemin, saisie)
    assert page.status_code == 422
    assert "Rien ne change" in page.content.decode()
    assert 'value="Acte vu"' in page.content.decode()
    assert agente.post(chemin, saisie | {"prenoms": "Morgan"}).status_code == 302
    assert amina().prenoms == "Morgan"
