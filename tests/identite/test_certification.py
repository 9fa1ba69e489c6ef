"""Asking the SNGI over HTTP: each answer and its consequence, each fault, a batch killed and resumed."""

import os
import signal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from limpide.identite import certification, services
from limpide.identite.certification import CERTIFIER, certifier_lot
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Certification, GenreNumero, Immatriculation, Personne
from limpide.identite.nir import cle_de_controle
from limpide.monde.simulateurs import Simulateur
from limpide.monde.sngi import Inscrit, sngi
from limpide.registre.contexte import SYSTEME, traitement
from limpide.registre.models import Alerte, LigneJournal
from limpide.socle.appel import DemandeRefusee, Partenaire, PartenaireInjoignable, partenaire, poster
from tests.identite.test_cycle import NIA, histoire
from tests.identite.test_identite import (
    AUJOURD_HUI,
    AUTRE_NIR,
    HIER,
    NIR,
    certifiee,
    immatriculation,
    numeros,
    personne,
    statut,
)
from tests.pannes.coupures import attendre, lancer

pytestmark = pytest.mark.django_db
NIA_COMPLET = NIA + cle_de_controle(NIA)
INCONNU = "1900599999001" + cle_de_controle("1900599999001")


def inscrit(nir: str = NIR, **plus: Any) -> Inscrit:
    champs = {"nir": nir, "nom": "Essai", "prenoms": "Camille", "date_naissance": "1990-05-31"}
    return Inscrit(**champs | plus)


@pytest.fixture
def simule(monkeypatch):
    """The simulated SNGI on a free port: Camille Essai, and three others."""
    registre = [
        inscrit(),
        inscrit(AUTRE_NIR, prenoms="Léa-Rose Anne", nia=NIA_COMPLET),
        inscrit("186022A21532523", nom="Autre"),
        inscrit("180127512345642", homonymes=2),
    ]
    with Simulateur(sngi(registre), port=0).ouvert() as serveur:
        monkeypatch.setenv("LIMPIDE_SNGI_URL", serveur.adresse("sngi"))
        yield serveur.partenaires["sngi"]


def vers(**reglages: float) -> Partenaire:
    return partenaire("sngi", **{"delai": 0.4, "attente": 0.0} | reglages)


def a_certifier(numero: str = NIR, **etat_civil: str) -> Personne:
    qui = personne(**etat_civil)
    with immatriculation():
        services.immatriculer(qui, numero, HIER)
    return qui


def questions() -> list[tuple[Any, ...]]:
    with traitement(CERTIFIER, acteur=SYSTEME, motif="Essai"):
        lignes = Certification.objects.order_by("demandee_le")
        return list(lignes.values_list("resultat", "ecarts", "suite", "essais", "panne"))


@pytest.mark.parametrize(
    ("numero", "etat_civil", "resultat", "ecarts", "suite", "etat"),
    [
        (NIR, {}, "concordant", [], "certifiee", "nir_certifie"),
        (AUTRE_NIR, {"prenoms": "Anne, Lea Rose"}, "proche", ["prenoms"], "a_comparer", "nir_non_certifie"),
        ("186022A21532523", {}, "different", ["nom"], "litige", "litige"),
        (INCONNU, {}, "inconnu", [], "a_comparer", "nir_non_certifie"),
        ("180127512345642", {}, "plusieurs", [], "a_comparer", "nir_non_certifie"),
    ],
)
@pytest.mark.preuve("SNGI : chaque réponse a sa suite, l'état civil n'est jamais remplacé", systemes=("S48",))
def test_chaque_reponse_a_sa_suite(simule, numero, etat_civil, resultat, ecarts, suite, etat):
    qui = a_certifier(numero, **etat_civil)
    bilan = certifier_lot(vers=vers())
    assert (bilan.a_demander, bilan.pannes) == (1, 0)
    assert questions() == [(resultat, ecarts, suite, 1, "")]
    assert statut(qui) == etat
    with immatriculation():
        assert Personne.objects.get(pk=qui.pk).prenoms == etat_civil.get("prenoms", "Camille")


@pytest.mark.preuve("NIA → NIR : le SNGI rend le NIR, qui remplace le numéro d'attente", systemes=("S48",))
def test_un_numero_d_attente_devient_un_nir_certifie(simule):
    qui = personne(prenoms="Léa-Rose Anne")
    with immatriculation():
        nia = services.immatriculer(qui, NIA, HIER, GenreNumero.NIA)
    assert certifier_lot(vers=vers()).a_demander == 0  # its document has not come
    with immatriculation():
        services.recevoir_justificatif(nia, AUJOURD_HUI)
    assert certifier_lot(vers=vers()).certifiees == 1
    assert [(n[0], n[1], n[3] is None) for n in numeros(qui)] == [("nia", NIA_COMPLET, False), ("nir", AUTRE_NIR, True)]
    assert [e for e, _ in histoire(qui)] == ["declare", "nia", "nir_non_certifie", "nir_certifie"]


def test_un_nir_deja_certifie_ailleurs_ouvre_un_litige(simule):
    certifiee(NIR)
    qui = a_certifier(NIR)
    assert certifier_lot(vers=vers()).litiges == 1
    assert histoire(qui)[-1] == ("litige", "numero_partage")
    assert numeros(qui)[0][2] is None


@pytest.mark.parametrize("panne", ["lente", "500", "coupure", "charabia"])
def test_une_panne_passagere_se_rattrape(simule, panne):
    qui = a_certifier()
    simule.tomber(panne)
    assert certifier_lot(vers=vers()).certifiees == 1
    assert statut(qui) == "nir_certifie"


@pytest.mark.parametrize(("panne", "nature"), [("lente", "delai"), ("500", "code 500"), ("coupure", "coupure")])
@pytest.mark.preuve("SNGI muet : rien ne change, la question repart sous la même clé", systemes=("S48",))
def test_une_panne_qui_dure_ne_change_rien(simule, panne, nature):
    qui = a_certifier()
    simule.tomber(panne, fois=3)
    assert certifier_lot(vers=vers()).pannes == 1
    assert questions() == [("", [], "", 1, nature)]
    assert statut(qui) == "nir_non_certifie"
    assert certifier_lot(vers=vers()).certifiees == 1
    assert questions() == [("concordant", [], "certifiee", 2, "")]


def test_le_lot_s_arrete_quand_le_partenaire_est_muet_et_l_officier_l_apprend(simule):
    for numero in (NIR, AUTRE_NIR, INCONNU, "180127512345642"):
        a_certifier(numero)
    simule.tomber("500", fois=18)  # three calls, three tries each, twice
    bilan = certifier_lot(vers=vers())
    assert (bilan.a_demander, bilan.pannes, bilan.arrete) == (4, 3, True)
    assert [a.genre for a in Alerte.objects.using("proprietaire").all()] == ["sngi_injoignable"]
    with pytest.raises(CommandError, match="relancez"):
        call_command("identite", "certifier", verbosity=0)


def test_a_blanc_rien_n_est_demande(simule, capsys):
    a_certifier()
    call_command("identite", "certifier", "--a-blanc")
    assert "1 identités à demander au SNGI ; rien n'a été envoyé." in capsys.readouterr().out
    assert questions() == []
    assert simule.recues == []


def test_le_lot_ne_redemande_pas_ce_qui_vient_d_etre_repondu(simule):
    a_certifier(INCONNU)
    certifier_lot(vers=vers())
    assert certifier_lot(vers=vers()).a_demander == 0
    assert len(simule.recues) == 1


def test_une_reponse_a_une_autre_question_est_refusee(simule):
    qui = a_certifier()
    bonne = simule.routes[certification.CHEMIN]
    simule.routes = {certification.CHEMIN: lambda q: bonne(q) | {"cle": "une-autre"}}
    assert certifier_lot(vers=vers()).pannes == 1
    assert questions() == [("", [], "", 1, "contenu")]
    assert statut(qui) == "nir_non_certifie"


def test_un_jeton_faux_est_refuse_sans_insister(simule, monkeypatch):
    monkeypatch.setenv("LIMPIDE_SNGI_JETON", "un-autre")
    a_certifier()
    assert certifier_lot(vers=vers()).pannes == 1
    assert questions() == [("", [], "", 1, "refus 401")]
    with pytest.raises(DemandeRefusee):
        poster(vers(), certification.CHEMIN, {}, "cle")
    assert simule.recues == []


def test_rien_ne_part_en_clair_hors_de_la_machine(monkeypatch):
    monkeypatch.setenv("LIMPIDE_SNGI_URL", "http://sngi.exemple.fr/")
    with pytest.raises(PartenaireInjoignable, match="adresse"):
        partenaire("sngi")


@pytest.mark.preuve("SNGI : ni numéro ni nom dans une adresse ou un journal technique", systemes=("S48",))
def test_rien_de_personnel_dans_les_adresses_ni_les_journaux(simule, journal_technique):
    qui = a_certifier()
    certifier_lot(vers=vers())
    assert set(simule.recues) == {certification.CHEMIN}
    ecrit = journal_technique.getvalue()
    assert "appel_partenaire" in ecrit
    assert not [mot for mot in (NIR, NIR[:13], "Essai", "Camille") if mot in ecrit]
    lignes = LigneJournal.objects.using("proprietaire").filter(traitement=CERTIFIER, personne_id=qui.pk)
    assert lignes.filter(action="lecture").exists()


def test_une_seule_question_a_la_fois(simule):
    qui = a_certifier()
    with traitement(CERTIFIER, acteur=SYSTEME, motif="Essai"):
        certification.demander(qui)
    with pytest.raises(ErreurSaisie, match="déjà en cours"), traitement(CERTIFIER, acteur=SYSTEME, motif="Essai"):
        certification.demander(qui)
    assert certifier_lot(vers=vers()).certifiees == 1
    assert len(questions()) == 1


def test_une_identite_qui_a_change_entre_temps_n_a_pas_de_suite(simule):
    qui = a_certifier()
    with traitement(CERTIFIER, acteur=SYSTEME, motif="Essai"):
        question = certification.demander(qui)
    with immatriculation():
        services.certifier(Immatriculation.objects.get(personne_id=qui.pk), AUJOURD_HUI)
    assert certification.traiter(question.pk, SYSTEME, vers()).suite == "sans_objet"


@pytest.mark.preuve("Certification : lot tué après l'appel, repris : chacun certifié une fois", systemes=("S48",))
def test_un_lot_tue_puis_repris(simule):
    premier, second = a_certifier(NIR), a_certifier(INCONNU)

    def mourir_apres_l_appel() -> None:
        """Dies when the answer has come and before it is written."""
        vraie = certification._comprendre

        def fatale(*arguments: Any) -> Any:
            vraie(*arguments)
            os.kill(os.getpid(), signal.SIGKILL)

        certification._comprendre = fatale
        certifier_lot()

    assert attendre(lancer(mourir_apres_l_appel)) == -signal.SIGKILL
    connections.close_all()
    assert [(q[0], q[3]) for q in questions()] == [("", 1)]
    assert len(simule.donnees) == 1
    assert (statut(premier), statut(second)) == ("nir_non_certifie", "nir_non_certifie")
    bilan = certifier_lot(vers=vers())
    assert (bilan.certifiees, bilan.a_comparer) == (1, 1)
    assert len(simule.donnees) == 2  # the question already answered kept its key
    assert [(q[0], q[3]) for q in questions()] == [("concordant", 2), ("inconnu", 1)]
    assert certifier_lot(vers=vers()).a_demander == 0
    assert histoire(premier)[-1] == ("nir_certifie", "certification")
