"""The ledger: balanced, closed, never edited — in the database itself."""

import datetime as dt

import pytest
from django.db import IntegrityError, connections
from django.utils import timezone

from limpide.paiements.comptabilite import comptabiliser, contrepasser
from limpide.paiements.models import PLAN_COMPTABLE, Ecriture, LigneEcriture
from limpide.registre.contexte import HorsRegistre
from tests.banc.mois import MOIS, droit_verse, liquidation_ouverte, soldes, temoin


def ecriture(cle="essai:1"):
    return Ecriture.objects.create(
        organisme_id="751", cle=cle, libelle="Essai", date_comptable=dt.date(2026, 11, 22), creee_le=timezone.now()
    )


def ligne(ecriture, montant, compte="virements", **plus):
    return LigneEcriture.objects.create(
        ecriture=ecriture, organisme_id="751", compte=compte, montant_centimes=montant, **plus
    )


def nombre_d_ecritures():
    with liquidation_ouverte():
        return Ecriture.objects.count()


@pytest.mark.preuve("Une écriture déséquilibrée est refusée par la base", controles=(3,))
@pytest.mark.parametrize("montants", [(100, -99), (100,), (), (1, 1)])
def test_entree_desequilibree_refusee(monde, montants):
    with pytest.raises(IntegrityError, match="Écriture déséquilibrée"), liquidation_ouverte():  # noqa: PT012
        nouvelle = ecriture()
        for montant, compte in zip(montants, ("virements", "crds"), strict=False):
            ligne(nouvelle, montant, compte)
    assert nombre_d_ecritures() == 0


def test_entree_equilibree_acceptee_et_lignes_en_plusieurs_fois(monde):
    with liquidation_ouverte():
        nouvelle = ecriture()
        ligne(nouvelle, 100)
        ligne(nouvelle, -100, "crds")
    assert nombre_d_ecritures() == 1


def test_ligne_ajoutee_plus_tard_refusee(monde):
    with liquidation_ouverte():
        nouvelle = ecriture()
        ligne(nouvelle, 100)
        ligne(nouvelle, -100, "crds")
    with pytest.raises(IntegrityError, match="ligne_ecriture_de_la_meme_transaction"), liquidation_ouverte():  # noqa: PT012
        ancienne = Ecriture.objects.get(cle="essai:1")
        ligne(ancienne, 5, "charges:af")
        ligne(ancienne, -5, "charges:rsa")
    with liquidation_ouverte():
        assert LigneEcriture.objects.count() == 2


@pytest.mark.preuve("Aucun traitement ne modifie ni n'efface une ligne de droit ou une écriture", controles=(4,))
@pytest.mark.parametrize("table", ["ecriture", "ligneecriture", "ordrepaiement"])
@pytest.mark.parametrize("verbe", ["UPDATE paiements_{} SET organisme_id = '999'", "DELETE FROM paiements_{}"])
def test_rien_ne_se_modifie_meme_par_le_proprietaire(monde, table, verbe):
    from limpide.dossiers.liquidation import liquider_mois
    from limpide.paiements.virements import emettre_virements

    liquider_mois(MOIS, ["751"])
    emettre_virements(MOIS, ["751"])
    with pytest.raises(IntegrityError, match="on contrepasse"), connections["proprietaire"].cursor() as curseur:
        curseur.execute(verbe.format(table))


def test_le_traitement_n_a_pas_le_droit_de_modifier(monde):
    with liquidation_ouverte():
        droit_verse(temoin().pk, 10_000)
    with pytest.raises(HorsRegistre, match="n'est pas déclarée pour être modifiée"), liquidation_ouverte():
        LigneEcriture.objects.update(montant_centimes=1)


def test_meme_cle_refusee(monde):
    with liquidation_ouverte():
        nouvelle = ecriture()
        ligne(nouvelle, 1)
        ligne(nouvelle, -1, "crds")
    with pytest.raises(IntegrityError, match="cle"), liquidation_ouverte():
        ecriture()
    assert nombre_d_ecritures() == 1


def test_liquidation_comptabilisee_une_seule_fois(monde):
    with liquidation_ouverte():
        dossier = temoin().pk
        faite = droit_verse(dossier, 10_000)
        assert comptabiliser(faite).cle == f"liquidation:{faite.pk}"
        assert Ecriture.objects.count() == 1
        assert soldes(dossier) == {"allocataires": -9_950}


def test_crds_precomptee_et_charge_brute(monde):
    with liquidation_ouverte():
        droit_verse(temoin().pk, 10_000)
        lues = dict(LigneEcriture.objects.values_list("compte", "montant_centimes"))
    assert lues == {"charges:af": 10_000, "crds": -50, "allocataires": -9_950}


def test_compte_inconnu_refuse(monde):
    with pytest.raises(IntegrityError, match="ligne_ecriture_compte_connu"), liquidation_ouverte():
        ligne(ecriture(), 1, "caisse_noire")


def test_somme_d_un_allocataire_sans_dossier_refusee(monde):
    with pytest.raises(IntegrityError, match="ligne_ecriture_imputee"), liquidation_ouverte():
        ligne(ecriture(), 1, "allocataires")


def test_ligne_d_une_autre_caisse_refusee(monde):
    with pytest.raises((IntegrityError, HorsRegistre)), liquidation_ouverte():
        LigneEcriture.objects.create(ecriture=ecriture(), organisme_id="691", compte="virements", montant_centimes=1)
    assert nombre_d_ecritures() == 0


def test_contrepassation_ramene_a_zero_une_seule_fois(monde):
    with liquidation_ouverte():
        dossier = temoin().pk
        droit_verse(dossier, 10_000)
        entree = Ecriture.objects.get()
        contrepasser(entree, "Erreur")
        assert soldes(dossier) == {}
    with pytest.raises(IntegrityError), liquidation_ouverte():
        contrepasser(Ecriture.objects.get(cle__startswith="liquidation"), "Encore")


def test_chaque_compte_a_un_libelle_francais():
    assert all(libelle and libelle[0].isupper() for libelle in PLAN_COMPTABLE.values())
