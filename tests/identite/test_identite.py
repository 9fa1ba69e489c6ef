"""Persons and their numbers: what the database guarantees, what each verb leaves."""

import datetime

import pytest
from django.db import IntegrityError, connections
from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.identite import comptes, delais, services
from limpide.identite.chiffrement import Indechiffrable
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import (
    Compte,
    CoordonneesBancaires,
    GenreNumero,
    Immatriculation,
    Organisme,
    Personne,
    Qualite,
    StatutIdentite,
)
from limpide.identite.nir import lire_numero
from limpide.identite.noms import normaliser
from limpide.identite.services import EtatCivil
from limpide.registre.contexte import SYSTEME, HorsRegistre, traitement

pytestmark = pytest.mark.django_db
NIR, AUTRE_NIR = "295109912611193", "255081416802538"
IBAN = "FR7630006000011234567890189"
AUTRE_IBAN = "FR1420041010050500013M02606"
HIER, AUJOURD_HUI = datetime.date(2026, 11, 21), datetime.date(2026, 11, 22)


def immatriculation():
    return traitement("immatriculation", acteur=SYSTEME, motif="Essai")


def etat_civil(**plus) -> EtatCivil:
    champs = {"nom_naissance": "Essai", "prenoms": "Camille", "date_naissance": datetime.date(1990, 5, 31)}
    return EtatCivil(**champs | plus)


def personne(**plus) -> Personne:
    with immatriculation():
        return services.creer_personne(etat_civil(**plus), AUJOURD_HUI)


def certifiee(saisie: str = NIR) -> Personne:
    qui = personne()
    with immatriculation():
        services.certifier(services.immatriculer(qui, saisie, HIER), AUJOURD_HUI)
    return qui


def numeros(qui: Personne) -> list[tuple]:
    with immatriculation():
        lignes = Immatriculation.objects.filter(personne_id=qui.pk).order_by("recu_le", "genre")
        return [(i.genre, i.numero.en_clair(), i.certifie_le, i.clos_le) for i in lignes]


def statut(qui: Personne) -> str:
    with immatriculation():
        return Personne.objects.get(pk=qui.pk).statut_identite


@pytest.mark.parametrize(
    "nom",
    [
        "Dupont",
        "d'Œuvre-Lefèvre",
        "ÇAĞLAR",
        "Nuñez y  Gómez",
        "L’Hôpital",
        "Straße",
        "ÀÁÂÃÄÅ Çç Ÿÿ",
        "Ærø",
        "O'Brien-Smith 2",
    ],
)
def test_la_cle_de_recherche_est_la_meme_en_python_et_en_sql(nom: str) -> None:
    qui = personne(nom_naissance=nom, nom_usage=nom, prenoms=nom)
    with immatriculation():
        lue = Personne.objects.get(pk=qui.pk)
        assert {lue.cle_naissance, lue.cle_usage, lue.cle_prenoms} == {normaliser(nom)}


def test_on_trouve_par_le_debut_du_nom() -> None:
    qui, _ = personne(nom_naissance="Lefèvre-Œuvré"), personne(nom_naissance="Martin")
    with immatriculation():
        trouves = Personne.objects.filter(cle_naissance__debute_par=normaliser("lefevre œu"))
        assert [p.pk for p in trouves] == [qui.pk]


@pytest.mark.parametrize(
    ("plus", "champ"),
    [
        ({"nom_naissance": " - "}, "nom_naissance"),
        ({"prenoms": ""}, "prenoms"),
        ({"date_naissance": datetime.date(2026, 11, 23)}, "date_naissance"),
        ({"date_naissance": datetime.date(1849, 12, 31)}, "date_naissance"),
        ({"sexe": "X"}, "sexe"),
    ],
)
def test_un_etat_civil_impossible_est_refuse(plus: dict, champ: str) -> None:
    with pytest.raises(ErreurSaisie) as refus:
        personne(**plus)
    assert list(refus.value.champs) == [champ]
    with immatriculation():
        assert not Personne.objects.exists()


def test_le_numero_est_chiffre_et_se_retrouve_par_son_empreinte() -> None:
    qui = certifiee()
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT i::text FROM identite_immatriculation i")
        assert NIR not in curseur.fetchone()[0]
    with immatriculation():
        empreinte = services.empreinte_du_numero(lire_numero(NIR).numero)
        trouve = Immatriculation.objects.get(empreinte=empreinte)
        assert (trouve.personne_id, trouve.numero.en_clair()) == (qui.pk, NIR)
        assert NIR not in f"{trouve!r}{trouve}{trouve.numero}"


@pytest.mark.preuve("Identité : un numéro chiffré recopié sur une autre ligne ne se déchiffre pas", systemes=("S48",))
def test_un_chiffre_recopie_sur_une_autre_ligne_ne_se_lit_pas() -> None:
    certifiee(), certifiee(AUTRE_NIR)
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            "UPDATE identite_immatriculation SET numero_chiffre ="
            " (SELECT numero_chiffre FROM identite_immatriculation ORDER BY id LIMIT 1)"
        )
    with immatriculation():
        premiere, seconde = Immatriculation.objects.order_by("id")
        assert premiere.numero.en_clair() in {NIR, AUTRE_NIR}
        with pytest.raises(Indechiffrable):
            _ = seconde.numero


def test_le_parcours_du_nia_au_nir_certifie() -> None:
    qui = personne()
    assert statut(qui) == StatutIdentite.DECLARE
    with immatriculation():
        nia = services.immatriculer(qui, "8951099126111", datetime.date(2026, 8, 31), GenreNumero.NIA)
        assert (nia.nia_delivre_le, nia.justificatif_du_le) == (datetime.date(2026, 8, 31), datetime.date(2026, 11, 30))
    assert statut(qui) == StatutIdentite.NIA
    with immatriculation():
        services.recevoir_justificatif(nia, HIER)
        nir = services.immatriculer(qui, NIR, HIER)
    assert statut(qui) == StatutIdentite.NIR_NON_CERTIFIE
    with immatriculation():
        services.certifier(nir, AUJOURD_HUI)
    assert statut(qui) == StatutIdentite.NIR_CERTIFIE
    ancien, nouveau = numeros(qui)
    assert ancien[0::3] == ("nia", HIER)
    assert nouveau == ("nir", NIR, AUJOURD_HUI, None)


@pytest.mark.parametrize(
    ("delivre", "echeance"),
    [
        ("2026-01-15", "2026-04-15"),
        ("2026-11-30", "2027-02-28"),
        ("2027-11-30", "2028-02-29"),
        ("2026-10-01", "2027-01-01"),
    ],
)
def test_trois_mois_pour_justifier(delivre: str, echeance: str) -> None:
    calcule = delais.echeance_du_nia(datetime.date.fromisoformat(delivre))
    assert calcule == datetime.date.fromisoformat(echeance)


@pytest.mark.preuve("Identité : une seule personne par NIR certifié, garanti par la base", systemes=("S35", "S48"))
def test_une_personne_par_nir_certifie() -> None:
    certifiee()
    autre = personne()
    with immatriculation():
        doublon = services.immatriculer(autre, NIR, HIER)
    with pytest.raises(ErreurSaisie, match="déjà certifié pour une autre personne"), immatriculation():
        services.certifier(doublon, AUJOURD_HUI)
    assert statut(autre) == StatutIdentite.NIR_NON_CERTIFIE
    assert numeros(autre) == [("nir", NIR, None, None)]


def test_un_nir_certifie_par_personne() -> None:
    qui = certifiee()
    ligne = Immatriculation(personne_id=qui.pk, genre="nir", recu_le=HIER, certifie_le=HIER, empreinte=b"x")
    ligne.numero = lire_numero(AUTRE_NIR).numero
    with pytest.raises(IntegrityError, match="un_seul_nir_certifie_par_personne"), immatriculation():
        ligne.save(force_insert=True)
    assert len(numeros(qui)) == 1


def test_un_nir_corrige_se_certifie_de_nouveau() -> None:
    qui = certifiee()
    with immatriculation():
        services.certifier(services.immatriculer(qui, AUTRE_NIR, AUJOURD_HUI), AUJOURD_HUI)
    assert [n[1::2] for n in numeros(qui)] == [(NIR, AUJOURD_HUI), (AUTRE_NIR, None)]


@pytest.mark.parametrize("saisie", ["", "295109912611194", "1123456789012345678", "2951399126111"])
def test_un_numero_faux_n_est_pas_enregistre(saisie: str) -> None:
    qui = personne()
    with pytest.raises(ErreurSaisie) as refus, immatriculation():
        services.immatriculer(qui, saisie, HIER)
    assert list(refus.value.champs) == ["numero"]
    assert numeros(qui) == []
    assert statut(qui) == StatutIdentite.DECLARE


@pytest.mark.parametrize(
    ("genre", "plus"),
    [
        ("nir", {"nia_delivre_le": HIER, "justificatif_du_le": HIER}),
        ("nia", {}),
        ("nia", {"nia_delivre_le": HIER, "justificatif_du_le": HIER, "certifie_le": HIER}),
        ("ntt", {}),
    ],
)
def test_les_dates_d_un_numero_vont_avec_son_genre(genre: str, plus: dict) -> None:
    qui = personne()
    ligne = Immatriculation(personne_id=qui.pk, genre=genre, recu_le=HIER, empreinte=b"x", **plus)
    ligne.numero = lire_numero(NIR).numero
    with pytest.raises(IntegrityError, match="immatriculation_"), immatriculation():
        ligne.save(force_insert=True)
    assert numeros(qui) == []


def caf(code: str = "751") -> None:
    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        Organisme.objects.create(code=code, nom=f"Caf {code}", departement=code[:2])


def connue(code: str = "751") -> Personne:
    qui = personne()
    with immatriculation():
        services.affilier(qui, code, qui.pk, Qualite.DEMANDEUR, HIER)
    return qui


def banque(code: str = "751"):
    return traitement("coordonnees_bancaires", acteur=SYSTEME, motif="Essai", organisme=code)


def test_les_coordonnees_bancaires_se_suivent() -> None:
    caf()
    qui = connue()
    with banque():
        services.changer_coordonnees_bancaires(qui, IBAN, "Camille Essai", HIER)
        services.changer_coordonnees_bancaires(qui, AUTRE_IBAN, "Camille Essai", AUJOURD_HUI)
        lignes = list(CoordonneesBancaires.objects.order_by("valide"))
        assert [(c.iban.en_clair(), c.valide) for c in lignes] == [
            (IBAN, DateRange(HIER, AUJOURD_HUI)),
            (AUTRE_IBAN, DateRange(AUJOURD_HUI, None)),
        ]
        assert str(lignes[0].iban) == "FR•• •••• 0189"
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("SELECT c::text FROM identite_coordonneesbancaires c")
        assert not any(IBAN in ligne or "30006000" in ligne for (ligne,) in curseur)


@pytest.mark.parametrize(
    ("iban", "titulaire", "champ"),
    [
        ("FR7630006000011234567890188", "X", "iban"),
        ("FR76300060000112345678901", "X", "iban"),
        ("", "X", "iban"),
        ("ZZ7630006000011234567890189", "X", "iban"),
        (IBAN, "  ", "titulaire"),
    ],
)
def test_des_coordonnees_fausses_sont_refusees(iban: str, titulaire: str, champ: str) -> None:
    caf()
    qui = connue()
    with pytest.raises(ErreurSaisie) as refus, banque():
        services.changer_coordonnees_bancaires(qui, iban, titulaire, HIER)
    assert list(refus.value.champs) == [champ]
    assert not iban or iban not in refus.value.champs[champ]
    with banque():
        assert not CoordonneesBancaires.objects.exists()


def test_une_caf_ne_voit_que_les_personnes_qu_elle_connait() -> None:
    caf(), caf("931")
    qui, autre = connue(), connue("931")
    with banque():
        assert [p.pk for p in Personne.objects.all()] == [qui.pk]
    with banque("931"):
        assert [p.pk for p in Personne.objects.all()] == [autre.pk]
    with pytest.raises(HorsRegistre), banque("931"):
        services.changer_coordonnees_bancaires(qui, IBAN, "X", HIER)


def compte(genre: str, **plus) -> Compte:
    champs = {"genre": genre, "identifiant": "agent.un", "password": "!"}
    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        return Compte.objects.create(**champs | plus)


@pytest.mark.parametrize(
    ("genre", "plus"),
    [
        ("agent", {}),
        ("agent", {"organisme_id": "751", "identifiant": "a" * 64}),
        ("agent", {"organisme_id": "751", "identifiant": "Agent Un"}),
        ("agent", {"organisme_id": "751", "identifiant": NIR}),
        ("dpd", {"organisme_id": "751"}),
        ("allocataire", {"identifiant": "a" * 64}),
        ("allocataire", {"identifiant": NIR}),
        ("directeur", {}),
    ],
)
def test_un_compte_incoherent_est_refuse(genre: str, plus: dict) -> None:
    caf()
    with pytest.raises(IntegrityError, match="compte_coherent_avec_son_genre"):
        compte(genre, **plus)


def test_les_trois_genres_de_compte() -> None:
    caf()
    qui = personne()
    with traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        citoyen = comptes.creer_compte_allocataire(qui, lire_numero(NIR).numero, "secret-de-papier")
        agent = comptes.creer_compte_agent("agent.un", Organisme(code="751"), "Agent Un", "secret")
        dpd = comptes.creer_compte_dpd("dpd", "Déléguée", "secret")
    assert (citoyen.est_allocataire, agent.est_agent, dpd.est_dpd) == (True, True, True)
    assert citoyen.identifiant == comptes.identifiant_saisi("2 95 10 99 126 111 93")
    assert NIR not in citoyen.identifiant
    assert citoyen.password.startswith("argon2")
    assert citoyen.check_password("secret-de-papier")
    assert citoyen.mot_de_passe_a_changer
    assert comptes.identifiant_saisi(" Agent.UN ") == "agent.un"
    with pytest.raises(ErreurSaisie) as refus, traitement("alimentation_monde", acteur=SYSTEME, motif="Essai"):
        comptes.creer_compte_dpd("dpd", "Autre", "secret")
    assert refus.value.champs == {"identifiant": "Cet identifiant a déjà un compte."}
