"""Contacts: three fields, flagged notes reviewed by somebody else, read by the person, gone before the file."""

import datetime as dt
import io
import time
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format

from limpide.identite.models import Compte
from limpide.registre.conservation import cycle
from limpide.registre.models import LigneJournal
from limpide.relation import contacts, termes
from limpide.relation.models import Contact, VerificationAppel
from tests.banc import ecrans
from tests.banc.relation import au_telephone, ecrire_a_la_caf, saisie
from tests.relation.test_messages import texte

FACTUELLE = "Demande quand son aide au logement change. Attend un document de son bailleur."
MEDICALE = "Dit être en dépression depuis mai."


def page_contacts(monde: dict[str, Any]) -> str:
    return f"/agent/dossier/{monde['dossier']}/contacts/"


def noter(monde: dict[str, Any], note: str, **champs: str) -> Any:
    envoi = {"canal": "appel", "motif": "document", "note": note, "acte": "noter", **champs}
    return monde["agent"].post(page_contacts(monde), saisie(monde["agent"], page_contacts(monde), **envoi))


def le_contact() -> Contact:
    lu: Contact = Contact.objects.using("proprietaire").get()
    return lu


@pytest.mark.preuve(
    "Contacts : noté en trois champs, lu par l'agent suivant avec ce qui attend, et par la personne", systemes=("S16",)
)
def test_a_contact_is_noted_in_three_fields_and_read_by_the_next_agent(monde: dict[str, Any]) -> None:
    fil, tache = ecrire_a_la_caf(), ecrans.ouvrir_une_tache()
    adresse = page_contacts(monde)
    envoi = saisie(monde["agent"], adresse, canal="appel", motif="document", note=FACTUELLE, acte="noter")
    for _ in range(2):  # sent twice, noted once
        assert monde["agent"].post(adresse, envoi).status_code == 302
    assert FACTUELLE.encode() not in bytes(le_contact().note_chiffree)
    fiche = ecrans.ouvrir(monde["agent"], monde["dossier"]).get(f"/agent/dossier/{monde['dossier']}/")
    for attendu in ("Un document envoyé ou demandé", FACTUELLE, "Erreur signalée", "Un changement dans ma situation"):
        assert attendu in texte(fiche)
    for lien in (f"messages/{fil}/", f"taches/{tache}/"):
        assert lien in fiche.content.decode()
    assert FACTUELLE in texte(monde["amina"].get("/mon-compte/messages/"))
    assert FACTUELLE in texte(monde["agent"].get(adresse))
    assert monde["nord"].get(adresse).status_code == 404
    vide = monde["agent"].post(adresse, saisie(monde["agent"], adresse, note="x" * 301, acte="noter"))
    assert vide.status_code == 422
    assert "x" * 301 in vide.content.decode()
    assert Contact.objects.using("proprietaire").count() == 1


@pytest.mark.parametrize("note", [
    MEDICALE, "une MALADIE longue", "Elle serait d'origine maghrébine", "porte le voile islamique", "il est syndiqué",
    "quelle feignante", "un alcoolique", "Gens du voyage", "un menteur",
    "c'est un assisté",
])  # fmt: skip
def test_insults_health_origin_and_opinions_are_flagged(note: str) -> None:
    assert termes.reperes(note)


@pytest.mark.parametrize("note", [
    FACTUELLE, "Son assistante maternelle change", "Demande l'AAH et le complément de ressources", "Vient de Rome",
    "Assiste à l'atelier ; orientée vers l'assurance maladie et le Secours catholique",
    "A reçu sa feuille de soins", "Grossesse déclarée, demande la Paje", "", "Appelle au sujet de la RATP",
])  # fmt: skip
def test_facts_are_not_flagged(note: str) -> None:
    assert termes.reperes(note) == {}


@pytest.fixture
def encadrante(monde: dict[str, Any]) -> Any:
    """The agent of the Nord, sent to Paris and named there: Paris has only one agent in the demonstration."""
    Compte.objects.using("proprietaire").filter(identifiant=ecrans.AGENT_NORD).update(organisme_id="751")
    fin = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
    ordre = ("encadrement", "donner", ecrans.AGENT_NORD, "--decision", "D-16", "--jusqu-au", fin)
    call_command(*ordre, stdout=io.StringIO())
    assert not contacts.EncadrementContacts.objects.using("proprietaire").exists()  # dry
    call_command(*ordre, "--executer", stdout=io.StringIO())
    return monde["nord"]


@pytest.mark.preuve(
    "Note de contact : un mot de santé avertit, et la note n'est montrée à personne avant relecture", systemes=("S16",)
)
def test_a_flagged_note_waits_for_a_supervisor_who_is_not_its_author(monde: dict[str, Any], encadrante: Any) -> None:
    refus = noter(monde, MEDICALE)
    assert refus.status_code == 422
    for attendu in ("une santé ou un soin (« depression »)", MEDICALE, "la faire relire"):
        assert attendu in texte(refus) + refus.content.decode()
    assert not Contact.objects.using("proprietaire").exists()
    assert noter(monde, MEDICALE, acte="faire_relire").status_code == 302
    assert MEDICALE in texte(monde["agent"].get(page_contacts(monde)))  # its author
    for ailleurs in (encadrante.get(page_contacts(monde)), monde["amina"].get("/mon-compte/messages/")):
        assert MEDICALE not in texte(ailleurs)
        assert "relire" in texte(ailleurs) or "relise" in texte(ailleurs) or "relecture" in texte(ailleurs)
    acte = {"contact": str(le_contact().pk), "acte": "refuser"}
    assert monde["agent"].post("/agent/contacts/relire/", acte).status_code == 404  # not named
    assert MEDICALE in texte(encadrante.get("/agent/contacts/relire/"))
    assert encadrante.post("/agent/contacts/relire/", {**acte, "contact": "x"}).status_code == 404
    encadrante.post("/agent/contacts/relire/", acte)
    assert (le_contact().relecture, le_contact().note_chiffree) == ("refusee", None)
    assert "refusée à la relecture" in texte(monde["amina"].get("/mon-compte/messages/"))
    assert "déjà relue" in texte(encadrante.post("/agent/contacts/relire/", {**acte, "acte": "accepter"}, follow=True))
    _own_and_late(monde, encadrante)


def _own_and_late(monde: dict[str, Any], encadrante: Any) -> None:
    """Nobody reviews their own note; one that nobody reviewed is erased."""
    Contact.objects.using("proprietaire").all().delete()
    envoi = {"canal": "visite", "motif": "autre", "note": MEDICALE, "acte": "faire_relire"}
    adresse = page_contacts(monde)
    assert encadrante.post(adresse, saisie(encadrante, adresse, **envoi)).status_code == 302
    acte = {"contact": str(le_contact().pk), "acte": "accepter"}
    assert "une autre personne la relit" in texte(encadrante.post("/agent/contacts/relire/", acte, follow=True))
    assert le_contact().relecture == "attend"
    jour = timezone.localdate()
    assert contacts.effacer_les_notes_non_relues(jour + dt.timedelta(days=29), executer=True) == 0
    assert contacts.effacer_les_notes_non_relues(jour + dt.timedelta(days=32), executer=False) == 1
    assert contacts.effacer_les_notes_non_relues(jour + dt.timedelta(days=32), executer=True) == 1
    assert (le_contact().relecture, le_contact().note_chiffree) == ("refusee", None)


@pytest.mark.preuve("Contacts en chiffres : par mois, canal et motif, sans petit nombre ni personne", systemes=("S16",))
def test_figures_show_no_small_count_and_no_exact_total(monde: dict[str, Any]) -> None:
    from limpide.dossiers.models import Dossier

    dossier = Dossier.objects.using("proprietaire").get(pk=monde["dossier"])
    commun = {
        "dossier_id": dossier.pk, "organisme_id": "751", "personne_id": dossier.allocataire_id, "auteur": "compte 1",
        "fait_le": timezone.now(),
    }  # fmt: skip
    faits = [("appel", "droits")] * 13 + [("visite", "dette")] * 4
    for canal, motif in faits:
        Contact.objects.using("proprietaire").create(canal=canal, motif=motif, **commun)
    page = texte(monde["agent"].get("/agent/contacts/chiffres/"))
    mois = date_format(timezone.localdate(), "F Y").capitalize()
    assert f"{mois} 15 moins de 10 moins de 10 moins de 10" in page  # 13 calls, 4 visits
    assert page.count(f"{mois} 15") == 3  # 17 in all, rounded by itself; 13 by channel and by motive
    nord = texte(monde["nord"].get("/agent/contacts/chiffres/"))
    assert f"{mois} 15" not in nord
    _two_years_then_gone({**commun, "canal": "courrier", "motif": "autre"})


def _two_years_then_gone(commun: dict[str, Any]) -> None:
    """The engine of retention erases a contact two years after it, while the file lives on."""
    ages = [728, 733]
    vieux, ancien = (
        Contact.objects.using("proprietaire").create(**commun | {"fait_le": timezone.now() - dt.timedelta(days=jours)})
        for jours in ages
    )
    assert cycle.effacer_les_courtes(vraiment=True)["relation.Contact"] == 1
    restent = set(Contact.objects.using("proprietaire").values_list("pk", flat=True))
    assert vieux.pk in restent
    assert ancien.pk not in restent


TELEPHONE = "/agent/accueil-telephonique/"


@pytest.mark.preuve(
    "Accueil téléphonique : une réponse fausse ne montre rien du dossier et se note ; trois, et il attend",
    systemes=("S16",),
)
def test_a_caller_who_fails_gets_no_data_and_is_throttled(monde: dict[str, Any]) -> None:
    justes = au_telephone()
    assert not {justes["naissance"], justes["enfant"]} & set(monde["agent"].get(TELEPHONE).content.decode().split('"'))
    for faux in ({"naissance": "01/01/1970"}, {"enfant": ""}, {"nom": "Durand"}):
        refus = monde["agent"].post(TELEPHONE, {**justes, **faux})
        assert refus.status_code == 422
        assert "ne correspondent pas au dossier" in texte(refus)
    assert VerificationAppel.objects.using("proprietaire").filter(reussie=False).count() == 3
    assert "Trop de réponses fausses" in texte(monde["agent"].post(TELEPHONE, justes))
    assert VerificationAppel.objects.using("proprietaire").count() == 3
    fiche = f"/agent/dossier/{monde['dossier']}/"
    assert monde["agent"].get(fiche).status_code == 302  # still no reason to open it
    assert "sans savoir répondre" in texte(monde["amina"].get("/mon-compte/messages/"))
    assert LigneJournal.objects.using("proprietaire").filter(traitement="accueil_telephonique").exists()
    assert "Aucun dossier" in texte(monde["nord"].post(TELEPHONE, justes))


@pytest.mark.preuve(
    "Appel vérifié, personne présente à l'accueil : écrit au journal, lu par la personne", systemes=("S16",)
)
def test_a_call_and_a_visit_are_journalled_as_such_for_as_long_as_they_last(
    monde: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    fiche = f"/agent/dossier/{monde['dossier']}/"
    assert monde["agent"].post(f"{fiche}motif/", {"motif": "appel"}).status_code == 422  # never chosen
    ouverte = monde["agent"].post(TELEPHONE, au_telephone())
    assert (ouverte.status_code, ouverte["Location"]) == (302, fiche)
    assert monde["agent"].get(fiche).status_code == 200
    monde["agent"].get(page_contacts(monde))
    vus = texte(monde["amina"].get("/mon-compte/consultations/"))
    assert "Appel de la personne, identité vérifiée" in vus
    monde["agent"].post(f"{fiche}motif/", {"motif": "guichet"})
    monde["agent"].get(fiche)
    monde["agent"].get(f"{fiche}contacts/")
    vus = texte(monde["amina"].get("/mon-compte/consultations/"))
    assert "Avec la personne présente, à l'accueil de la Caf" in vus
    tard = time.time() + 46 * 60
    monkeypatch.setattr("limpide.dossiers.views.acces.time.time", lambda: tard)
    assert monde["agent"].get(fiche).status_code == 302
