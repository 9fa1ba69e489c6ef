"""Payments: once, whole, and nobody forgotten."""

import datetime as dt

import pytest
from django.db import IntegrityError, connections

from limpide.dossiers.liquidation import liquider_mois
from limpide.identite import delais, litiges, services
from limpide.identite.models import CauseEtat, GenreEtape, GenreNumero, Immatriculation, Personne
from limpide.paiements import sepa
from limpide.paiements.affichage import attente
from limpide.paiements.fichiers import dossier_des_virements, empreinte
from limpide.paiements.models import FichierVirement, LigneEcriture, OrdrePaiement
from limpide.paiements.virements import EmissionRefusee, emettre_virements, soldes_a_payer
from limpide.registre.contexte import SYSTEME, traitement
from tests.banc.mois import MOIS, temoin


def paiements():
    return traitement("paiement_prestations", acteur=SYSTEME, organisme="751", motif="Essai")


@pytest.fixture
def emission(monde):
    liquider_mois(MOIS, ["751"])
    return emettre_virements(MOIS, ["751"])


def fichier():
    return dossier_des_virements() / "LIMPIDE-751-202611-01.xml"


@pytest.mark.preuve("Le fichier SEPA est valide et ses totaux sont ceux du grand livre", controles=(8,))
def test_fichier_valide_et_d_accord_avec_les_livres(emission):
    octets = fichier().read_bytes()
    sepa.valider(octets)
    with paiements():
        verse = -sum(LigneEcriture.objects.filter(compte="virements").values_list("montant_centimes", flat=True))
        ecrit = FichierVirement.objects.get()
        assert sepa.totaux(octets) == (ecrit.nombre, ecrit.total_centimes) == (OrdrePaiement.objects.count(), verse)
        assert ecrit.sha256 == empreinte(octets)
        assert ecrit.etat == "ecrit"
    assert emission.centimes == verse > 0
    assert soldes() == {}


def soldes():
    with paiements():
        return soldes_a_payer("751", MOIS)


def test_nom_du_fichier_et_droits_sur_le_disque(emission):
    assert emission.fichiers == ["LIMPIDE-751-202611-01.xml"]
    assert fichier().stat().st_mode & 0o777 == 0o600
    assert [f.name for f in dossier_des_virements().glob("*en-attente*")] == []


def test_deuxieme_emission_ne_paie_rien(emission):
    avant = fichier().read_bytes()
    encore = emettre_virements(MOIS, ["751"])
    assert (encore.virements, encore.centimes, encore.fichiers) == (0, 0, [])
    assert fichier().read_bytes() == avant


@pytest.mark.preuve("Un même message de virement ne s'émet pas deux fois", controles=(8,))
def test_meme_message_refuse(emission):
    with pytest.raises(IntegrityError, match="msg_id"), paiements():  # noqa: PT012
        premier = FichierVirement.objects.get()
        FichierVirement.objects.create(
            organisme_id="751", mois=MOIS, numero=9, msg_id=premier.msg_id, date_execution=premier.date_execution,
            nombre=1, total_centimes=1, sha256="0" * 64,
        )  # fmt: skip


def test_meme_dossier_meme_mois_meme_nature_refuse(emission):
    with pytest.raises(IntegrityError, match="ordre_paiement_unique"), paiements():  # noqa: PT012
        ordre = OrdrePaiement.objects.first()
        OrdrePaiement.objects.create(
            organisme_id="751", dossier_id=ordre.dossier_id, mois=MOIS, nature="mensuel", montant_centimes=1,
            coordonnees_id=ordre.coordonnees_id, fichier_id=ordre.fichier_id,
        )  # fmt: skip


def test_fichier_prepare_refait_a_l_identique(emission):
    """The folder lost after the commit: the same bytes come back from the orders."""
    avant = fichier().read_bytes()
    fichier().unlink()
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SET session_replication_role = replica")
        curseur.execute("UPDATE paiements_fichiervirement SET etat = 'prepare', ecrit_le = NULL")
        curseur.execute("SET session_replication_role = origin")
    emettre_virements(MOIS, ["751"])
    assert fichier().read_bytes() == avant


def test_mois_non_liquide_refuse_avec_la_commande_a_lancer(monde):
    with pytest.raises(EmissionRefusee, match="limpide liquider --mois 2026-11 --caf 751 --executer"):
        emettre_virements(MOIS, ["751"])


def test_sans_coordonnees_liste_et_garde(monde):
    liquider_mois(MOIS, ["751"])
    with paiements():
        dossier = temoin()
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("DELETE FROM identite_coordonneesbancaires WHERE personne_id = %s", [dossier.allocataire_id])
    emission = emettre_virements(MOIS, ["751"])
    du = emission.sans_coordonnees[dossier.pk]
    assert du > 0
    assert soldes() == {dossier.pk: du}


def test_essai_a_blanc_n_ecrit_rien(monde):
    liquider_mois(MOIS, ["751"])
    prevu = emettre_virements(MOIS, ["751"], executer_vraiment=False)
    with paiements():
        assert FichierVirement.objects.count() == 0
    assert not fichier().exists()
    fait = emettre_virements(MOIS, ["751"])
    assert (prevu.virements, prevu.centimes) == (fait.virements, fait.centimes)


def test_date_d_execution_du_mois(emission):
    with paiements():
        assert FichierVirement.objects.get().date_execution == dt.date(2026, 12, 4)


@pytest.mark.preuve(
    "Versement suspendu faute d'acte d'état civil (R114-7) : rien ne part, rien n'est perdu", systemes=("S48", "S27")
)
def test_un_versement_suspendu_reste_du_puis_part(monde):
    liquider_mois(MOIS, ["751"])
    with paiements():
        dossier = temoin()
    _suspendre(dossier.allocataire_id)
    emission = emettre_virements(MOIS, ["751"])
    du = emission.suspendus[dossier.pk]
    assert du > 0
    assert soldes() == {dossier.pk: du}
    assert attente(emission)[0].startswith(f"Dossier {dossier.pk} : ")
    with _immatriculation():
        nia = Immatriculation.objects.get(personne_id=dossier.allocataire_id, clos_le=None)
        delais.noter_etape(nia, GenreEtape.SANS_DECISION, dt.date(2026, 10, 22))
    assert emettre_virements(MOIS, ["751"]).centimes == du
    assert soldes() == {}


def _immatriculation():
    return traitement("immatriculation", acteur=SYSTEME, motif="Essai")


def _suspendre(personne: int) -> None:
    """The number was not theirs; since then a waiting number, a formal notice, and payment suspended."""
    with _immatriculation():
        qui = Personne.objects.get(pk=personne)
        litiges.mettre_en_litige(qui, CauseEtat.NUMERO_PARTAGE)
        litiges.regler_litige(qui, "Essai.", dt.date.today(), numero_errone=True)  # noqa: DTZ011
        nia = services.immatriculer(qui, "8951099126111", dt.date(2026, 1, 15), GenreNumero.NIA)
        delais.noter_etape(nia, GenreEtape.MISE_EN_DEMEURE, dt.date(2026, 4, 20))
        delais.noter_etape(nia, GenreEtape.SUSPENSION, dt.date(2026, 7, 21))
