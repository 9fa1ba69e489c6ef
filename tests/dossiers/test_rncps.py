"""Publication to the RNCPS over HTTP: what leaves, what doesn't, once, whatever is killed."""

import contextlib
import datetime as dt
import html
import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from limpide.dossiers import rncps
from limpide.dossiers.models import Adresse, Dossier, PublicationRncps
from limpide.identite.erreurs import ErreurSaisie
from limpide.monde.rncps import Repertoire
from limpide.monde.rncps import rncps as simuler
from limpide.monde.simulateurs import PartenaireSimule, Simulateur
from limpide.registre.contexte import SYSTEME, Acteur, HorsRegistre, traitement
from limpide.registre.models import LigneJournal
from limpide.socle.appel import Partenaire
from tests.banc import ecrans
from tests.banc.base import connexion_superutilisateur
from tests.pannes.coupures import attendre, lancer


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler()


@contextlib.contextmanager
def _ouvert(repertoire: Repertoire) -> Iterator[tuple[Partenaire, PartenaireSimule]]:
    serveur = Simulateur(simuler(repertoire), port=0)
    with serveur.ouvert():
        partenaire = serveur.partenaires["rncps"]
        yield Partenaire("rncps", serveur.adresse("rncps"), partenaire.jeton, essais=2, attente=0.0), partenaire


@pytest.fixture
def repertoire(presents: Any) -> Repertoire:
    return Repertoire()


@pytest.fixture
def vers(repertoire: Repertoire) -> Iterator[tuple[Partenaire, PartenaireSimule]]:
    with _ouvert(repertoire) as ouvert:
        yield ouvert


def toutes() -> Any:
    return PublicationRncps.objects.using("proprietaire")


def ordre(sql: str, *valeurs: Any) -> None:
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("SET session_replication_role = replica")
        connexion.execute(sql, list(valeurs))


@pytest.mark.preuve(
    "Publication au Rncps : organisme, prestations, dates, adresse ; jamais un montant ; NIR certifié ou d'attente "
    "seulement (RN-01, RN-02)",
    systemes=("S47",),
)
def test_rn_01_ce_qui_part_et_rien_d_autre(repertoire: Repertoire, vers: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    ordre("UPDATE identite_personne SET statut_identite = 'litige' WHERE id <> %s", personne)
    bilan = rncps.publier(vers[0])
    assert (bilan.a_publier, bilan.recues, bilan.refusees, bilan.arrete) == (1, 1, 0, False)
    ((fiches,),) = [repertoire.fiches.values()]
    fiche = fiches["751"]
    assert set(fiche) == {"rattachement", "prestations", "adresse", "courriel", "telephone"}
    assert (fiche["courriel"], fiche["telephone"]) == ("amina@exemple.test", None)
    assert {p["nature"] for p in fiche["prestations"]} >= {"rsa"}
    attendus = {"nature", "qualite", "depuis", "jusqu_au"}
    assert all(set(p) == attendus and p["jusqu_au"] is None for p in fiche["prestations"])
    assert fiche["adresse"]["commune"] == "Fictiville"
    assert "centimes" not in str(fiche)
    garde = toutes().get()
    assert str(ecrans.numero_de(personne).en_clair()) not in str(garde.contenu)
    assert "amina@" not in str(garde.contenu), "what was published names the point of contact, not its value"
    lues = LigneJournal.objects.using("proprietaire").filter(traitement=rncps.PUBLIER, personne_id=personne)
    assert lues.filter(action="lecture").exists()
    with pytest.raises(HorsRegistre), traitement(rncps.PUBLIER, acteur=SYSTEME, motif="Essai"):
        list(Dossier.objects.filter(pk=dossier).values_list("lignes_droit__montant_centimes"))


@pytest.mark.preuve("Le Rncps reçoit le courriel et le mobile confirmés, et eux seuls (RN-01)", systemes=("S47",))
def test_rn_01_mc_078_les_coordonnees_publiees_sont_confirmees_et_arrivent(repertoire: Repertoire, vers: Any) -> None:
    from limpide.identite import contacts
    from limpide.identite.models import Compte, PointDeContact

    _, personne = ecrans.fiche_d_amina()
    ordre("UPDATE identite_personne SET statut_identite = 'litige' WHERE id <> %s", personne)
    rncps.publier(vers[0])
    compte = Compte.objects.using("proprietaire").get(personne_id=personne)

    def fiche() -> tuple[str | None, str | None]:
        rncps.publier(vers[0])
        ((publiee,),) = [f.values() for f in repertoire.fiches.values()]
        return publiee["courriel"], publiee["telephone"]

    acteur = Acteur("allocataire", compte.pk, "Vous-même")
    with traitement(contacts.MES_COORDONNEES, acteur=acteur, motif="Essai", personne=personne):
        contacts.donner(personne, "mobile", "06 12 34 56 78")
    assert fiche() == ("amina@exemple.test", None), "given is not confirmed"
    ecrans.donner_un_contact(compte, "mobile", "06 12 34 56 78", contacts)
    assert fiche() == ("amina@exemple.test", "+33612345678")
    courriel = PointDeContact.objects.using("proprietaire").get(personne_id=personne, genre="courriel")
    with traitement("suivi_coordonnees", acteur=SYSTEME, motif="Essai"):
        contacts.rejeter(courriel.pk, "message revenu")
    assert fiche() == (None, "+33612345678"), "an address whose messages come back is published no more"
    assert rncps.publier(vers[0]).a_publier == 0
    page = html.unescape(_page_de_la_personne())
    assert "+33612345678" in page
    assert "aucune n'est publiée" in page


def _page_de_la_personne() -> str:
    from limpide.monde import comptes

    presents = {c.identifiant: c for c in comptes.creer(ecrans.MOIS)}
    return str(ecrans.allocataire(presents).get("/mon-compte/rncps/").content.decode())


@pytest.mark.preuve("Un numéro d'attente est remplacé par le NIR, une seule fois (RN-08)", systemes=("S47",))
def test_seul_ce_qui_change_repart_et_un_numero_d_attente_est_remplace(
    repertoire: Repertoire, vers: Any, monkeypatch: Any
) -> None:
    """RN-08."""
    partenaire, _ = vers
    dossier, personne = ecrans.fiche_d_amina()
    ordre("UPDATE identite_personne SET statut_identite = 'nia' WHERE id = %s", personne)
    premieres = rncps.publier(partenaire)
    assert premieres.recues == premieres.a_publier > 1
    assert rncps.publier(partenaire).a_publier == 0
    (ancien,) = [n for n, f in repertoire.fiches.items() if n == ecrans.numero_de(personne).en_clair()]

    with traitement("adresse_allocataire", acteur=ecrans_agent(), motif="Essai", organisme="751"):
        rncps.declarer_adresse(
            Dossier.objects.get(pk=dossier), "3 rue Neuve", "75999", "Ailleurs", dt.date(2026, 11, 1)
        )
    assert rncps.publier(partenaire).recues == 1
    assert repertoire.fiches[ancien]["751"]["adresse"]["commune"] == "Ailleurs"

    # The waiting number is closed, another is certified: the next message says which it replaces.
    ordre(
        "UPDATE identite_immatriculation SET clos_le = now(), cause_cloture = 'remplace' WHERE personne_id = %s",
        personne,
    )
    with traitement("immatriculation", acteur=SYSTEME, motif="Essai"):
        from limpide.identite import services
        from limpide.identite.models import Personne
        from limpide.monde import numeros

        qui = Personne.objects.get(pk=personne)
        services.immatriculer(qui, numeros.nir(qui.date_naissance, 91_000_000), dt.date(2026, 11, 20))
    ordre(
        "UPDATE identite_immatriculation SET certifie_le = now() WHERE personne_id = %s AND clos_le IS NULL", personne
    )
    ordre("UPDATE identite_personne SET statut_identite = 'nir_certifie' WHERE id = %s", personne)
    nir = numeros.nir(qui.date_naissance, 91_000_000)
    d_un_autre = {"rattachement": {"depuis": "2020-01-01", "jusqu_au": None}, "prestations": [], "adresse": None}
    repertoire.fiches[nir] = {"cpam": d_un_autre}
    assert rncps.publier(partenaire).recues == 1
    assert ancien not in repertoire.fiches
    assert set(repertoire.fiches[nir]) == {"751", "cpam"}

    # Said once: the messages after it no longer carry the waiting number.
    dits: list[Any] = []
    recevoir = repertoire._une
    monkeypatch.setattr(repertoire, "_une", lambda ligne: dits.append(ligne) or recevoir(ligne))
    with traitement("adresse_allocataire", acteur=ecrans_agent(), motif="Essai", organisme="751"):
        rncps.declarer_adresse(
            Dossier.objects.get(pk=dossier), "5 rue Neuve", "75999", "Plus loin", dt.date(2026, 11, 15)
        )
    assert rncps.publier(partenaire).recues == 1
    assert [(d["adresse"]["commune"], "remplace" in d) for d in dits] == [("Plus loin", False)]


def ecrans_agent() -> Any:
    from limpide.identite.models import Compte
    from limpide.registre.contexte import Acteur

    return Acteur("agent", Compte.objects.using("proprietaire").get(identifiant=ecrans.AGENT_PARIS).pk, "Caf")


@pytest.mark.parametrize("panne", ["coupure", "500", "charabia"])
def test_une_panne_ne_perd_rien_et_ne_double_rien(repertoire: Repertoire, vers: Any, panne: str) -> None:
    partenaire, simule = vers
    simule.tomber(panne, fois=2)
    bilan = rncps.publier(partenaire)
    assert bilan.arrete
    assert bilan.recues == 0
    assert toutes().filter(accusee_le=None).count() == bilan.a_publier
    repris = rncps.publier(partenaire)
    assert (repris.a_publier, repris.recues) == (0, bilan.a_publier)
    assert len(repertoire.vues) == bilan.a_publier


def test_tuee_apres_l_envoi_elle_se_reprend_sous_les_memes_cles(repertoire: Repertoire, vers: Any) -> None:
    """The partner received; we died before noting it."""
    partenaire, _ = vers

    def publier_et_mourir() -> None:
        rncps._noter = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        rncps.publier(partenaire)

    assert attendre(lancer(publier_et_mourir)) == -signal.SIGKILL
    recues = set(repertoire.vues)
    assert recues
    assert toutes().filter(accusee_le__isnull=False).count() == 0
    bilan = rncps.publier(partenaire)
    assert bilan.a_publier == 0
    assert recues <= repertoire.vues
    assert toutes().filter(accusee_le=None).count() == 0


def test_une_ligne_refusee_est_gardee_avec_sa_raison(repertoire: Repertoire, monkeypatch: Any) -> None:
    monkeypatch.setattr("limpide.monde.rncps.FACULTATIFS", {"remplace"})
    monkeypatch.setattr("limpide.monde.rncps.CHAMPS", {"cle", "genre"})
    with _ouvert(repertoire) as (partenaire, _):
        bilan = rncps.publier(partenaire)
    assert bilan.refusees == bilan.a_publier > 0
    assert set(toutes().values_list("refus", flat=True)) == {"champ adresse"}


def test_rn_07_le_repertoire_oublie_apres_cinq_annees_civiles() -> None:
    def ligne(numero: str, fin: str | None) -> dict[str, Any]:
        return {
            "cle": numero, "genre": "nir", "numero": numero, "nom": "A", "prenoms": "B", "date_naissance": "1990-01-01",
            "organisme": "751", "rattachement": {"depuis": "2015-01-01", "jusqu_au": fin}, "prestations": [],
            "adresse": None, "courriel": None, "telephone": None,
        }  # fmt: skip

    repertoire = Repertoire()
    repertoire.publier({"cle": "x", "lignes": [ligne("1", "2020-03-04"), ligne("2", None), ligne("3", "2021-01-01")]})
    assert repertoire.purger(dt.date(2025, 12, 31)) == 0
    assert repertoire.purger(dt.date(2026, 1, 1)) == 1
    assert set(repertoire.fiches) == {"2", "3"}


def test_la_commande_dit_ce_qui_manque(presents: Any, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.delenv("LIMPIDE_RNCPS_URL", raising=False)
    call_command("rncps", "publier", "--a-blanc")
    assert "à publier ; rien n'a été envoyé" in capsys.readouterr().out
    assert not toutes().exists()
    with pytest.raises(CommandError, match="LIMPIDE_RNCPS_URL"):
        call_command("rncps", "publier")


@pytest.mark.preuve("La personne lit ce que sa Caf publie, et à qui s'adresser (RN-09, DR-13)", systemes=("S47",))
def test_rn_09_la_personne_lit_ce_qui_est_publie(presents: Any, repertoire: Repertoire, vers: Any) -> None:
    amina = ecrans.allocataire(presents)
    page = html.unescape(amina.get("/mon-compte/rncps/").content.decode())
    assert "le prochain envoi n'est pas encore parti" in page
    rncps.publier(vers[0])
    page = html.unescape(amina.get("/mon-compte/rncps/").content.decode())
    for dit in ("Revenu de solidarité active, depuis", "Fictiville", "demandez à la Cnav", "R114-28"):
        assert dit in page
    assert "€" not in page.split("<main")[1]


def test_l_agent_enregistre_un_demenagement(presents: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    client = ecrans.ouvrir(ecrans.agent(presents), dossier)
    chemin = f"/agent/dossier/{dossier}/adresse/"
    assert "Fictiville" in client.get(chemin).content.decode()
    refus = client.post(chemin, {"lignes": "", "code_postal": "75", "commune": "Paris", "depuis": "31/02/2026"})
    assert refus.status_code == 422
    page = html.unescape(refus.content.decode())
    for dit in ("Écrivez le numéro et la voie.", "Un code postal a cinq chiffres.", "Cette date n'existe pas"):
        assert dit in page
    saisie = {"lignes": "3 rue Neuve", "code_postal": "75999", "commune": "Ailleurs", "depuis": "01/11/2026"}
    assert client.post(chemin, saisie).status_code == 302
    assert "est déjà connue" in html.unescape(client.post(chemin, saisie).content.decode())
    deux = Adresse.objects.using("proprietaire").filter(dossier_id=dossier).order_by("valide")
    assert [(a.commune, a.valide.upper) for a in deux] == [("Fictiville", dt.date(2026, 11, 1)), ("Ailleurs", None)]


def test_une_adresse_plus_ancienne_que_la_connue_est_refusee(presents: Any) -> None:
    dossier, _ = ecrans.fiche_d_amina()
    with traitement("adresse_allocataire", acteur=ecrans_agent(), motif="Essai", organisme="751"):
        sien = Dossier.objects.get(pk=dossier)
        with pytest.raises(ErreurSaisie) as refus:
            rncps.declarer_adresse(sien, "1 rue", "75999", "Ici", dt.date(2010, 1, 1))
    assert "depuis" in refus.value.champs
