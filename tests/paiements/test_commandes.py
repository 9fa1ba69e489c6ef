"""The commands: dry unless told otherwise, their exit code says how it went."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from limpide.dossiers.models import Decision, LigneDroit, Liquidation
from limpide.paiements.affichage import euros
from limpide.paiements.models import Ecriture, FichierVirement
from limpide.registre.contexte import SYSTEME, traitement
from tests.banc.base import connexion_superutilisateur
from tests.banc.mois import liquidation_ouverte


def lancer(*arguments):
    sortie = StringIO()
    call_command(*arguments, stdout=sortie)
    return sortie.getvalue()


def test_liquider_a_blanc_n_ecrit_rien(monde):
    sortie = lancer("liquider", "--mois", "2026-11")
    assert "25 foyers" in sortie
    assert "Essai à blanc : rien n'est écrit" in sortie
    with liquidation_ouverte():
        assert [m.objects.count() for m in (Liquidation, LigneDroit, Decision, Ecriture)] == [0, 0, 0, 0]


def test_liquider_puis_recommencer(monde):
    sortie = lancer("liquider", "--mois", "2026-11", "--caf", "751", "--executer")
    assert "Essai à blanc" not in sortie
    assert "Caisse 751 : rien n'a changé" in lancer("liquider", "--mois", "2026-11", "--caf", "751", "--executer")


@pytest.mark.parametrize("mois", ["novembre", "2026-13", "2031-01"])
def test_mois_inutilisable(monde, mois):
    with pytest.raises(CommandError) as refus:
        lancer("liquider", "--mois", mois)
    assert refus.value.returncode == 2
    assert mois in str(refus.value)


def test_virements_a_blanc_puis_pour_de_bon(monde):
    with pytest.raises(CommandError, match="n'est pas liquidé"):
        lancer("virements", "--mois", "2026-11", "--executer")
    lancer("liquider", "--mois", "2026-11", "--executer")
    assert "Essai à blanc" in lancer("virements", "--mois", "2026-11")
    with traitement("paiement_prestations", acteur=SYSTEME, organisme="751", motif="Essai"):
        assert FichierVirement.objects.count() == 0
    assert "LIMPIDE-751-202611-01.xml" in lancer("virements", "--mois", "2026-11", "--executer")
    assert "Comptes exacts" in lancer("auditer")


def test_auditer_rend_un_et_nomme_la_ligne(monde):
    lancer("liquider", "--mois", "2026-11", "--executer")
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("SET session_replication_role = replica")
        connexion.execute(
            "UPDATE paiements_ligneecriture SET montant_centimes = montant_centimes + 1 WHERE compte = 'crds'"
        )
    with pytest.raises(CommandError, match="Écart : Écriture") as refus:
        lancer("auditer")
    assert refus.value.returncode == 1


@pytest.mark.parametrize(
    ("centimes", "texte"), [(0, "0,00 €"), (5, "0,05 €"), (123456789, "1 234 567,89 €"), (-250, "-2,50 €")]
)
def test_euros(centimes, texte):
    assert euros(centimes) == texte
