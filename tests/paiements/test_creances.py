"""Overpayments: proposed, answered by a person, never withheld; a new calculation in favour makes them give way."""

import re
from pathlib import Path

import pytest
from django.db import IntegrityError

from limpide.paiements import creances
from limpide.paiements.creances import TransitionRefusee, abandonner, confirmer
from limpide.paiements.models import Creance, Ecriture
from limpide.paiements.virements import emettre_virements
from limpide.registre.contexte import SYSTEME, traitement
from tests.banc.mois import MOIS, droit_verse, indus_ouverts, liquidation_ouverte, soldes, temoin


@pytest.fixture
def indu(monde):
    """100,00 € were paid where 60,00 € were due."""
    with liquidation_ouverte():
        droit_verse(temoin().pk, 10_000)
    emettre_virements(MOIS, ["751"])
    with liquidation_ouverte():
        droit_verse(temoin().pk, 6_000)


def etats():
    return sorted(Creance.objects.values_list("etat", "montant_centimes"))


@pytest.mark.preuve("Un indu est proposé et n'est jamais retenu automatiquement", systemes=("S27",))
def test_indu_propose_et_rien_de_retenu(indu):
    with liquidation_ouverte():
        assert etats() == [("proposee", 3_980)]
        assert soldes(temoin().pk) == {"indus:proposes": 3_980}
    with liquidation_ouverte():
        droit_verse(temoin().pk, 7_000, droit="rsa")
    emission = emettre_virements(MOIS, ["751"])
    assert emission.centimes == 7_000 - 35


def test_rappel_absorbe_l_indu_avant_d_etre_paye(indu):
    with liquidation_ouverte():
        droit_verse(temoin().pk, 12_000)
        assert etats() == [("remplacee", 3_980)]
        assert soldes(temoin().pk) == {"allocataires": -(11_940 - 9_950)}


def test_baisse_partielle_remplace_la_proposition(indu):
    with liquidation_ouverte():
        droit_verse(temoin().pk, 8_000)
        assert etats() == [("proposee", 1_990), ("remplacee", 3_980)]


def test_confirmation_par_une_personne(indu):
    with indus_ouverts():
        confirmer(Creance.objects.get(), "D'accord")
        creance = Creance.objects.get()
        assert (creance.etat, creance.decidee_par, creance.reponse) == ("confirmee", "compte 1", "D'accord")
        assert soldes(creance.dossier_id) == {"indus:confirmes": 3_980}


def test_abandon_laisse_la_somme_au_foyer(indu):
    with indus_ouverts():
        abandonner(Creance.objects.get(), "Erreur de la caisse")
        assert soldes(Creance.objects.get().dossier_id) == {"abandons": 3_980}


def test_pas_de_confirmation_sans_personne(indu):
    with (
        pytest.raises(TransitionRefusee, match="par une personne"),
        traitement("liquidation_mensuelle", acteur=SYSTEME, organisme="751", motif="Essai"),
    ):
        confirmer(Creance.objects.get())
    with liquidation_ouverte():
        assert etats() == [("proposee", 3_980)]


def test_transition_impossible_refusee_sans_ecriture(indu):
    with indus_ouverts():
        abandonner(Creance.objects.get(), "Erreur")
        avant = Ecriture.objects.count()
    with pytest.raises(TransitionRefusee, match="Abandonnée"), indus_ouverts():
        confirmer(Creance.objects.get())
    with indus_ouverts():
        assert Ecriture.objects.count() == avant


def test_montant_d_un_indu_jamais_modifie(indu):
    from django.db import connections

    with pytest.raises(IntegrityError, match="ne change que d'état"), connections["proprietaire"].cursor() as c:
        c.execute("UPDATE paiements_creance SET montant_centimes = 1")


def test_indu_confirme_reduit_par_un_nouveau_calcul(indu):
    with indus_ouverts():
        confirmer(Creance.objects.get())
    with liquidation_ouverte():
        droit_verse(temoin().pk, 9_000)
        assert etats() == [("confirmee", 995), ("remplacee", 3_980)]
        assert soldes(temoin().pk) == {"indus:confirmes": 995}


def test_la_base_et_python_ont_les_memes_transitions():
    migration = Path(creances.__file__).parent / "migrations" / "0002_invariants.py"
    en_base = set(re.findall(r"\('(\w+)', '(\w+)'\)", migration.read_text(encoding="utf-8")))
    assert en_base == {(de, vers) for de, possibles in creances.TRANSITIONS.items() for vers in possibles}
