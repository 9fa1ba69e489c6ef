"""The demonstration's identities: one person at each state, made by the real verbs, found again."""

import datetime as dt

import pytest

from limpide.identite.models import Certification, Personne
from limpide.monde import identites
from limpide.registre.contexte import SYSTEME, traitement
from tests.banc import ecrans

JOUR = dt.date.today()  # noqa: DTZ011 - the demonstration's day is the user's own


@pytest.fixture
def installees(base):
    ecrans.peupler(60, ())
    return identites.installer(JOUR)


def test_une_personne_a_chaque_etat(installees):
    assert installees == 7
    with traitement("certification_sngi", acteur=SYSTEME, motif="Essai"):
        suites = sorted(Certification.objects.values_list("resultat", "suite"))
        etats = list(Personne.objects.exclude(statut_identite="nir_certifie").values_list("statut_identite", flat=True))
    assert suites == [("concordant", "certifiee"), ("inconnu", "a_comparer"), ("proche", "a_comparer")]
    assert sorted(etats) == ["litige", "nia", "nia", "nir_non_certifie", "nir_non_certifie", "nir_non_certifie"]
    assert identites.installer(JOUR) == 0


def test_le_sngi_simule_connait_celle_qui_reste_a_demander(installees, monkeypatch):
    from limpide.identite.certification import certifier_lot

    with identites.simulateur(JOUR, port=0).ouvert() as serveur:
        monkeypatch.setenv("LIMPIDE_SNGI_URL", serveur.adresse("sngi"))
        assert certifier_lot().certifiees == 1
