"""The life of an identity: states that add up, numbers that keep leading to the person, one clock, two made one."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from limpide.identite import alias, comptes, delais, litiges, services, statuts
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import (
    CauseEtat,
    Compte,
    Connexion,
    EtapeNia,
    EtatIdentite,
    GenreEtape,
    GenreNumero,
    Immatriculation,
    Personne,
    Qualite,
    Reunion,
    StatutIdentite,
)
from limpide.identite.nir import lire_numero
from limpide.registre.contexte import SYSTEME, HorsRegistre, traitement
from tests.identite.test_identite import (
    AUJOURD_HUI,
    AUTRE_NIR,
    HIER,
    NIR,
    caf,
    certifiee,
    immatriculation,
    numeros,
    personne,
    statut,
)

pytestmark = pytest.mark.django_db
NIA = "8951099126111"
DELIVRE = datetime.date(2026, 1, 15)
G = GenreEtape


def le(texte: str) -> datetime.date:
    return datetime.date.fromisoformat(texte)


def histoire(qui: Personne) -> list[tuple[str, str]]:
    with immatriculation():
        return list(EtatIdentite.objects.filter(personne_id=qui.pk).order_by("pk").values_list("etat", "cause"))


def en_attente() -> tuple[Personne, Immatriculation]:
    qui = personne()
    with immatriculation():
        return qui, services.immatriculer(qui, NIA, DELIVRE, GenreNumero.NIA)


def lignes_sql(requete: str) -> set[tuple[Any, ...]]:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(requete)
        return set(curseur.fetchall())


def test_la_base_et_python_ont_les_memes_transitions() -> None:
    attendues = {(str(de), str(vers)) for de, suites in statuts.TRANSITIONS.items() for vers in suites}
    assert lignes_sql("SELECT de, vers FROM identite_transitions()") == attendues
    assert set(statuts.TRANSITIONS) == set(StatutIdentite)


def test_la_base_et_python_ont_les_memes_etapes() -> None:
    attendues = {
        (str(de), str(vers), (de, vers) in delais.APRES_ECHEANCE)
        for de, suites in delais.SUITES.items()
        for vers in suites
    }
    assert lignes_sql("SELECT * FROM identite_etapes_nia()") == attendues
    assert set(delais.SUITES) == {"", *GenreEtape}


@pytest.mark.preuve("Identité : chaque état s'ajoute, aucun ne se modifie ni ne s'efface", systemes=("S48",))
def test_l_histoire_d_une_identite_ne_fait_que_s_ajouter() -> None:
    qui = certifiee()
    attendue = [("declare", "creation"), ("nir_non_certifie", "numero"), ("nir_certifie", "certification")]
    assert histoire(qui) == attendue
    for ordre in (
        "UPDATE identite_etatidentite SET etat = 'litige'",
        "DELETE FROM identite_etatidentite",
        "UPDATE identite_personne SET statut_identite = 'declare'",
    ):
        with (
            pytest.raises(IntegrityError, match="ne se modifie pas"),
            transaction.atomic("proprietaire"),
            connections["proprietaire"].cursor() as curseur,
        ):
            curseur.execute(ordre)
    assert histoire(qui) == attendue
    assert statut(qui) == StatutIdentite.NIR_CERTIFIE


@pytest.mark.parametrize(
    ("etat", "contrainte"),
    [
        ("nir_certifie", "ne passe pas de cet état"),  # from declared, without a number
        ("nia", "Aucun numéro en usage"),
        ("nir_non_certifie", "Aucun numéro en usage"),
    ],
)
def test_la_base_refuse_une_transition_interdite(etat: str, contrainte: str) -> None:
    qui = personne()
    with pytest.raises(IntegrityError, match=contrainte), immatriculation():
        EtatIdentite.objects.create(personne=qui, etat=etat, cause="numero", depuis=HIER)
    assert histoire(qui) == [("declare", "creation")]


def test_une_identite_commence_declaree() -> None:
    with pytest.raises(IntegrityError, match="commence déclarée"), immatriculation():
        Personne.objects.create(nom_naissance="Essai", prenoms="A", date_naissance=HIER, statut_identite="nir_certifie")


def test_le_traitement_ne_peut_pas_changer_l_etat_de_lui_meme() -> None:
    qui = personne()
    with pytest.raises(HorsRegistre, match="statut_identite"), immatriculation():
        Personne.objects.filter(pk=qui.pk).update(statut_identite="litige")


def test_un_etat_interdit_est_refuse_en_francais() -> None:
    qui = personne()
    with (
        pytest.raises(ErreurSaisie, match="ne passe pas de « identité déclarée » à « NIR certifié »"),
        immatriculation(),
    ):
        statuts.passer(qui, StatutIdentite.NIR_CERTIFIE, CauseEtat.CERTIFICATION)
    assert statut(qui) == StatutIdentite.DECLARE


@pytest.mark.preuve("Identité : un ancien numéro conduit à la personne, sans être montré", systemes=("S35", "S48"))
def test_un_ancien_numero_conduit_toujours_a_la_personne() -> None:
    qui, _ = en_attente()
    with immatriculation():
        services.certifier(services.immatriculer(qui, NIR, HIER), AUJOURD_HUI)
        assert alias.porteurs(lire_numero(NIR).numero) == [alias.Porteur(qui.pk, ancien=False)]
        assert alias.porteurs(lire_numero(NIA).numero) == [alias.Porteur(qui.pk, ancien=True)]
        assert alias.porteurs(lire_numero(AUTRE_NIR).numero) == []
    assert not any(NIA in str(ligne) for ligne in lignes_sql("SELECT i::text FROM identite_immatriculation i"))


def test_le_compte_suit_le_numero() -> None:
    qui, _ = en_attente()
    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        comptes.creer_compte_allocataire(qui, lire_numero(NIA).numero, "secret-de-papier")
    with immatriculation():
        services.immatriculer(qui, NIR, HIER)
    with traitement("authentification", acteur=SYSTEME, motif="Essai"):
        assert Compte.objects.get().identifiant == comptes.identifiant_saisi(NIR)


def test_un_litige_s_ouvre_et_se_regle() -> None:
    qui = certifiee()
    with immatriculation():
        litiges.mettre_en_litige(qui, CauseEtat.NUMERO_PARTAGE, "Un autre dossier porte ce numéro.")
    assert statut(qui) == StatutIdentite.LITIGE
    assert numeros(qui)[0][3] is None
    with pytest.raises(ErreurSaisie, match="en une phrase"), immatriculation():
        litiges.regler_litige(qui, " ", AUJOURD_HUI)
    with immatriculation():
        assert litiges.regler_litige(qui, "Le numéro est bien le sien.", AUJOURD_HUI) == StatutIdentite.NIR_CERTIFIE
    assert histoire(qui)[-2:] == [("litige", "numero_partage"), ("nir_certifie", "litige_regle")]
    with pytest.raises(ErreurSaisie, match="n'est pas en litige"), immatriculation():
        litiges.regler_litige(qui, "Encore.", AUJOURD_HUI)


def test_un_nir_errone_devient_un_alias_et_se_certifie_ailleurs() -> None:
    qui, autre = certifiee(), personne()
    with immatriculation():
        litiges.mettre_en_litige(qui, CauseEtat.NUMERO_PARTAGE)
        assert litiges.regler_litige(qui, "Numéro d'une autre.", AUJOURD_HUI, numero_errone=True) == "declare"
        services.certifier(services.immatriculer(autre, NIR, AUJOURD_HUI), AUJOURD_HUI)
        assert alias.porteurs(lire_numero(NIR).numero) == [
            alias.Porteur(autre.pk, ancien=False), alias.Porteur(qui.pk, ancien=True),
        ]  # fmt: skip
        assert Immatriculation.objects.get(personne_id=qui.pk).cause_cloture == "errone"


def test_un_deces_se_note_et_une_erreur_se_regle() -> None:
    qui = certifiee()
    with pytest.raises(ErreurSaisie, match="précéder la naissance"), immatriculation():
        litiges.constater_deces(qui, le("1980-01-01"))
    assert statut(qui) == StatutIdentite.NIR_CERTIFIE
    with immatriculation():
        litiges.constater_deces(qui, HIER)
    assert statut(qui) == StatutIdentite.DECEDE
    with immatriculation():
        litiges.mettre_en_litige(qui, CauseEtat.DESACCORD)
        assert litiges.regler_litige(qui, "La personne s'est présentée.", AUJOURD_HUI) == StatutIdentite.NIR_CERTIFIE


def affilier(qui: Personne) -> None:
    with immatriculation():
        services.affilier(qui, "751", qui.pk, Qualite.DEMANDEUR, HIER)


@pytest.mark.preuve("Identité : deux personnes à dossier ouvert ne se réunissent pas", systemes=("S35",))
def test_deux_dossiers_ouverts_ne_se_reunissent_pas() -> None:
    caf()
    gardee, doublon = certifiee(), personne()
    affilier(gardee), affilier(doublon)
    with pytest.raises(ErreurSaisie, match="chacune un dossier ouvert"), immatriculation():
        litiges.reunir(gardee, doublon, AUJOURD_HUI)
    assert statut(doublon) == StatutIdentite.DECLARE
    with immatriculation():
        assert not Reunion.objects.exists()


def test_on_garde_la_personne_dont_le_dossier_est_ouvert() -> None:
    caf()
    gardee, doublon = certifiee(), personne()
    affilier(doublon)
    with pytest.raises(ErreurSaisie, match="gardez celle-ci"), immatriculation():
        litiges.reunir(gardee, doublon, AUJOURD_HUI)


def test_deux_nir_certifies_ne_se_reunissent_pas() -> None:
    gardee, doublon = certifiee(), certifiee(AUTRE_NIR)
    with pytest.raises(ErreurSaisie, match="le litige vient d'abord"), immatriculation():
        litiges.reunir(gardee, doublon, AUJOURD_HUI)
    assert [n[3] for n in numeros(doublon)] == [None]


def test_un_doublon_rejoint_la_personne_gardee() -> None:
    gardee = certifiee()
    doublon, _ = en_attente()
    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        compte = comptes.creer_compte_allocataire(doublon, lire_numero(NIA).numero, "secret-de-papier")
    Connexion(compte=compte, personne=doublon, appareil="Essai", origine="a" * 64).save(using="proprietaire")
    with immatriculation():
        litiges.reunir(gardee, doublon, AUJOURD_HUI)
        assert alias.porteurs(lire_numero(NIA).numero) == [alias.Porteur(gardee.pk, ancien=True)]
        assert alias.doublons_de([gardee.pk]) == [doublon.pk]
        assert set(EtapeNia.objects.values_list("personne_id", flat=True)) == {gardee.pk}
        assert [n.numero.corps for n in Immatriculation.objects.filter(genre="nia")] == [NIA]
        assert Compte.objects.only("personne_id").get().personne_id == gardee.pk
        assert list(Connexion.objects.values_list("personne_id", flat=True)) == [gardee.pk]
    assert (statut(gardee), statut(doublon)) == (StatutIdentite.NIR_CERTIFIE, StatutIdentite.REUNIE)
    with pytest.raises(ErreurSaisie, match="déjà réunie"), immatriculation():
        litiges.reunir(gardee, doublon, AUJOURD_HUI)


def etapes(nia: Immatriculation, *suite: tuple[GenreEtape, str]) -> None:
    for genre, jour in suite:
        with immatriculation():
            delais.noter_etape(nia, genre, le(jour))


@pytest.mark.preuve(
    "Numéro d'attente : trois mois, mise en demeure, trois mois, suspension, trois mois pour décider (R114-7)",
    systemes=("S48",),
)
def test_l_horloge_d_un_numero_d_attente() -> None:
    qui, nia = en_attente()
    with immatriculation():
        assert delais.a_echeance(le("2026-04-15")) == []
        (due,) = delais.a_echeance(le("2026-04-16"))
        assert (due.personne, due.a_faire, due.etape.echeance) == (
            qui.pk, "Envoyer la mise en demeure", le("2026-04-15"),
        )  # fmt: skip
    with pytest.raises(ErreurSaisie, match="jusqu'au 15/04/2026"):
        etapes(nia, (G.MISE_EN_DEMEURE, "2026-04-15"))
    etapes(nia, (G.MISE_EN_DEMEURE, "2026-04-20"))
    with pytest.raises(ErreurSaisie, match="jusqu'au 20/07/2026"):
        etapes(nia, (G.SUSPENSION, "2026-07-20"))
    with immatriculation():
        assert delais.a_echeance(le("2026-07-20")) == []
        assert [d.a_faire for d in delais.a_echeance(le("2026-07-21"))] == ["Suspendre le versement"]
        assert delais.paiement_suspendu([qui.pk]) == set()
    etapes(nia, (G.SUSPENSION, "2026-07-21"))
    with immatriculation():
        assert delais.paiement_suspendu([qui.pk]) == {qui.pk}
        assert delais.a_echeance(le("2026-10-21")) == []
    with pytest.raises(ErreurSaisie, match="jusqu'au 21/10/2026"):
        etapes(nia, (G.SANS_DECISION, "2026-10-21"))
    etapes(nia, (G.SANS_DECISION, "2026-10-22"))
    with immatriculation():
        assert delais.paiement_suspendu([qui.pk]) == set()
        assert delais.a_echeance(le("2027-12-31")) == []


@pytest.mark.parametrize("fin", [G.PIECE_RECUE, G.IMPOSSIBILITE, G.IMPOSSIBILITE_TEMPORAIRE])
def test_ces_etapes_retablissent_le_versement(fin: GenreEtape) -> None:
    qui, nia = en_attente()
    etapes(nia, (G.MISE_EN_DEMEURE, "2026-04-20"), (G.SUSPENSION, "2026-07-21"), (fin, "2026-08-01"))
    with immatriculation():
        assert delais.paiement_suspendu([qui.pk]) == set()
        prolongee = [d.etape.echeance for d in delais.a_echeance(le("2028-08-02"))]
    assert prolongee == ([le("2028-08-01")] if fin == G.IMPOSSIBILITE_TEMPORAIRE else [])


def test_la_suspension_definitive_desactive_le_numero_d_attente() -> None:
    qui, nia = en_attente()
    etapes(
        nia, (G.MISE_EN_DEMEURE, "2026-04-20"), (G.SUSPENSION, "2026-07-21"), (G.SUSPENSION_DEFINITIVE, "2026-08-01")
    )
    with immatriculation():
        assert delais.paiement_suspendu([qui.pk]) == {qui.pk}
        assert Immatriculation.objects.get(pk=nia.pk).cause_cloture == "desactive"
    assert statut(qui) == StatutIdentite.DECLARE
    with immatriculation():  # the missing document came after all, and with it the NIR
        services.immatriculer(qui, NIR, HIER)
        assert delais.paiement_suspendu([qui.pk]) == set()


@pytest.mark.parametrize("etape", [G.SUSPENSION, G.SANS_DECISION, G.IMPOSSIBILITE, G.INFORMATION])
def test_une_etape_hors_de_son_ordre_est_refusee(etape: GenreEtape) -> None:
    _, nia = en_attente()
    with pytest.raises(ErreurSaisie, match="ne prévoit pas cette étape"):
        etapes(nia, (etape, "2027-01-01"))
    with immatriculation():
        assert list(EtapeNia.objects.values_list("genre", flat=True)) == ["information"]


def test_la_piece_recue_arrete_l_horloge() -> None:
    _, nia = en_attente()
    with immatriculation():
        services.recevoir_justificatif(nia, le("2026-02-01"))
        assert delais.a_echeance(le("2026-12-31")) == []
        delais.noter_etape(nia, G.PIECE_DOUTEUSE, le("2026-02-10"))
        assert [d.a_faire for d in delais.a_echeance(le("2026-02-10"))] == ["Envoyer la mise en demeure"]
