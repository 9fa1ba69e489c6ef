"""Whatever happens, in whatever order: the books balance, and paid + owed − overpaid = due."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limpide.paiements.audit import auditer
from limpide.paiements.creances import abandonner, confirmer
from limpide.paiements.models import Creance, LigneEcriture
from limpide.paiements.virements import emettre_virements
from tests.banc.mois import MOIS, droit_verse, indus_ouverts, liquidation_ouverte, soldes, temoin

EVENEMENTS = st.lists(
    st.one_of(
        st.tuples(st.just("droit"), st.sampled_from(["af", "ppa"]), st.integers(0, 50_000)),
        st.tuples(st.sampled_from(["payer", "confirmer", "abandonner"])),
    ),
    min_size=1,
    max_size=7,
)


def jouer(evenements, dossier):
    """Apply the events; returns the last amount of each right."""
    dus = {}
    for evenement in evenements:
        match evenement:
            case ("droit", droit, montant):
                dus[droit] = montant - montant // 200
                with liquidation_ouverte():
                    droit_verse(dossier, montant, droit=droit)
            case ("payer",):
                emettre_virements(MOIS, ["751"])
            case (verbe,):
                with indus_ouverts():
                    for creance in Creance.objects.filter(etat="proposee"):
                        {"confirmer": confirmer, "abandonner": abandonner}[verbe](creance, "Réponse")
    return dus


def vider():
    """The books of the previous example away, the households stay."""
    import os

    from limpide.paiements.fichiers import dossier_des_virements
    from tests.banc.base import connexion_superutilisateur
    from tests.banc.mois import TABLES_DU_MOIS

    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("SET session_replication_role = replica")
        for table in TABLES_DU_MOIS:
            connexion.execute(f"DELETE FROM {table}")
    for fichier in dossier_des_virements().iterdir():
        fichier.unlink()
    with liquidation_ouverte():
        droit_verse(temoin().pk, 0)  # the month is liquidated: payments may start
        return temoin().pk


EXEMPLES = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@pytest.mark.preuve("Le grand livre est équilibré après n'importe quelle suite d'événements", controles=(3,))
@EXEMPLES
@given(EVENEMENTS)
def test_livre_equilibre_et_somme_juste(monde, evenements):
    dossier = vider()
    dus = jouer(evenements, dossier)
    with liquidation_ouverte():
        assert sum(LigneEcriture.objects.values_list("montant_centimes", flat=True)) == 0
        comptes = soldes(dossier)
        paye = sum(LigneEcriture.objects.filter(compte="virements").values_list("montant_centimes", flat=True))
    owed = -comptes.get("allocataires", 0)
    indus = sum(comptes.get(c, 0) for c in ("indus:proposes", "indus:confirmes", "abandons"))
    assert -paye + owed - indus == sum(dus.values())
    constat = auditer()
    assert constat.ecart == ""
    assert constat.verse == -paye


@pytest.mark.preuve("Payé + à payer − indus = droit, quel que soit l'ordre des faits", controles=(9,))
@settings(EXEMPLES, max_examples=4)
@given(st.lists(st.integers(1, 40_000), min_size=3, max_size=3, unique=True), st.integers(0, 3))
def test_l_ordre_des_faits_ne_change_pas_la_fin(monde, montants, paiement):
    """The same amounts found in any order, a payment somewhere: only what was paid tells the books apart."""
    for suite in itertools.permutations(montants):
        dossier = vider()
        evenements = [("droit", "af", montant) for montant in suite]
        evenements.insert(paiement, ("payer",))
        jouer(evenements, dossier)
        net = suite[-1] - suite[-1] // 200
        paye = suite[paiement - 1] - suite[paiement - 1] // 200 if paiement else 0
        attendu = {"allocataires": -max(0, net - paye), "indus:proposes": max(0, paye - net)}
        with liquidation_ouverte():
            assert soldes(dossier) == {compte: solde for compte, solde in attendu.items() if solde}
