"""What the application shows of a file: the same as the pages of the site, one's own only, and journalled."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limpide.dossiers.models import Decision
from limpide.usagers.mobile import description
from limpide.usagers.mobile.operations import LIBRE, OPERATIONS, Operation
from tests.banc import ecrans, fichiers, mobile
from tests.usagers.mobile.test_entree import code
from tests.usagers.test_acces import lignes
from tests.usagers.test_indus import gagner_plus


@pytest.fixture
def presents(base: None) -> dict[str, Any]:
    """The demonstration's world, with a claim and a document of Amina."""
    presents = ecrans.peupler()
    ecrans.attendre_des_documents()
    return presents


@pytest.fixture
def d_une_voisine(presents: Any) -> mobile.Application:
    """Of the same Caf; her first password is changed already."""
    voisin = ecrans.autre_dossier("751", sauf=ecrans.fiche_d_amina()[0])
    numero = ecrans.ouvrir_un_compte(voisin).en_clair()
    lignes("UPDATE identite_compte SET mot_de_passe_a_changer = false")
    application = mobile.Application()
    assert application.entrer(numero).status_code == 201
    return application


def sur_la_page(page: Any) -> str:
    """The words of a page, spaces and tags aside."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", re.sub(r"<[^>]+>", " ", page.content.decode().replace("&#x27;", "'")))


def lisible(texte: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", texte)


def euros(centimes: int) -> str:
    return f"{centimes // 100:,}".replace(",", " ") + f",{centimes % 100:02d} €"


@pytest.mark.preuve(
    "Application mobile : droits, calcul expliqué, paiements, décisions et demandes, les mêmes que sur le site ; "
    "chaque lecture est au journal de la personne, avec son canal",
    systemes=("S39",),
)
def test_the_application_shows_what_the_site_shows_and_the_person_reads_that_it_did(presents: Any) -> None:
    application, site = mobile.d_amina(presents), ecrans.allocataire(presents)
    accueil, paiements = sur_la_page(site.get("/mon-compte/")), sur_la_page(site.get("/mon-compte/paiements/"))
    moi = application.demander("moi/").json()
    assert moi["dossier"]["numero"] in accueil
    mois = application.demander("mois/").json()["mois"]
    assert [m["mois"] for m in mois] == ["2026-11", "2026-10"]
    assert mois[0]["total"] == sum(d["montant"] or 0 for d in mois[0]["droits"]) > 0
    assert euros(mois[0]["total"]) in accueil
    fois = {d["droit"]: d["une_fois"] for d in mois[0]["droits"]}
    assert (fois["rsa"], fois["ars"], fois["paje_naissance"]) == (None, "une fois par an", "une seule fois")
    verses = application.demander("paiements/").json()["paiements"]
    assert verses
    assert all(euros(p["montant"]) in paiements for p in verses)
    explique = application.demander("mois/2026-11/").json()
    page = sur_la_page(site.get("/mon-compte/pourquoi/2026-11/"))
    assert [d["montant"] for d in explique["droits"]] == [d["montant"] for d in mois[0]["droits"]]
    phrases = [e["texte"] for d in explique["droits"] for e in d["etapes"]]
    assert len(phrases) > 3
    assert [p for p in phrases if lisible(p) not in page] == []
    assert any(e["articles"] for d in explique["droits"] for e in d["etapes"])
    loin = [d["changerait"] for d in explique["droits"] if d["changerait"]]
    assert loin
    assert all(lisible(dit) in page for dit in loin)
    (decision, *_) = application.demander("decisions/").json()["decisions"]
    courrier = application.demander(f"decisions/{decision['numero']}/").json()
    lettre = sur_la_page(site.get(f"/mon-compte/decisions/{decision['numero']}/"))
    assert lisible(courrier["recours"]) in lettre
    assert courrier["regles"][:16] in lettre
    demande, *_ = application.demander("demandes/").json()["demandes"]
    suivies = sur_la_page(site.get("/mon-compte/demandes/"))
    assert demande["phrase"] in suivies
    assert demande["recepisse"] in suivies
    _lire_une_dette(application, site)
    _envoyer_un_document(application)
    consultations = sur_la_page(site.get("/mon-compte/consultations/?moi=on"))
    assert "Application mobile : vous consultez le calcul de vos droits" in consultations
    assert "Application mobile : vous envoyez un document" in consultations


def _lire_une_dette(application: mobile.Application, site: Any) -> None:
    """The sums that the first page of the site announces."""
    assert application.demander("paiements/").json()["indus"] == []
    gagner_plus(150_000)
    indus, accueil = application.demander("paiements/").json()["indus"], sur_la_page(site.get("/mon-compte/"))
    assert indus
    for indu in indus:
        assert f"{indu['libelle']}, {indu['periode']} : {euros(indu['montant'])}. {indu['phrase']}" in accueil


def _envoyer_un_document(application: mobile.Application) -> None:
    """Refused with the field and the reason, then received; the same state as on the site."""
    attendu = next(p for p in application.demander("documents/").json()["attendus"] if "identité" in p["libelle"])
    ou = f"documents/{attendu['piece']}/"
    assert code(application.demander(ou, {})) == (415, "fichiers-attendus")
    for fichiers_faux in ([], [b"<html>"]):
        refusee = application.envoyer(ou, fichiers_faux)
        assert code(refusee) == (422, "saisie-invalide")
        assert list(refusee.json()["champs"]) == ["fichiers"]
    recu = application.envoyer(ou, [fichiers.photo(), fichiers.pdf()])
    assert recu.status_code == 201
    assert recu.json()["phrase"] == "Nous l'avons reçu. Nous allons le lire."
    apres = application.demander("documents/").json()
    assert attendu["piece"] in [p["piece"] for p in apres["envoyes"]]
    assert [f["libelle"] for f in apres["fichiers"]].count(attendu["libelle"]) == 2


def chemin(quoi: Operation, places: dict[str, Any]) -> str:
    return description.PLACES.sub(lambda place: str(places[place[2]]), quoi.chemin)


@pytest.mark.preuve(
    "Application mobile : chaque adresse avec le jeton d'une autre personne et les numéros d'Amina, puis au hasard : "
    "jamais ses données, jamais une panne",
    systemes=("S39",),
    controles=(10,),
)
def test_another_s_token_never_opens_amina_s_data(presents: Any, d_une_voisine: mobile.Application) -> None:
    amina = mobile.d_amina(presents)
    decision = Decision.objects.using("proprietaire").filter(dossier_id=ecrans.fiche_d_amina()[0]).latest("pk").pk
    places = {"mois": "2026-11", "numero": decision}
    lectures = [q for q in OPERATIONS if q.methode == "GET" and q.acces != LIBRE and "aides/" not in q.chemin]
    a_soi = {q.nom: amina.demander(chemin(q, places)) for q in lectures}
    assert {n: r.status_code for n, r in a_soi.items()} == dict.fromkeys(a_soi, 200)
    for quoi in lectures:
        reponse = d_une_voisine.demander(chemin(quoi, places))
        assert reponse.status_code == (404 if "<int:" in quoi.chemin or "<uuid:" in quoi.chemin else 200), quoi.nom
        assert b"Belavassin" not in reponse.content
        assert reponse.content != a_soi[quoi.nom].content
    piece = amina.demander("documents/").json()["attendus"][0]["piece"]
    assert code(d_une_voisine.envoyer(f"documents/{piece}/", [fichiers.photo()])) == (404, "introuvable")
    sans_dossier = mobile.Application()
    compte = next(c for c in presents.values() if c.adresse == "/demande-rsa/")
    assert sans_dossier.entrer(compte.identifiant).status_code == 201
    obtenus = {q.nom: code(sans_dossier.demander(chemin(q, places))) for q in lectures}
    vides = ("moi", "demandes", "documents")
    assert {obtenus.pop(nom) for nom in vides} == {(200, "")}
    assert set(obtenus.values()) == {(404, "sans-dossier")}
    _au_hasard(amina)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda enfants: st.lists(enfants, max_size=3) | st.dictionaries(st.text(max_size=12), enfants, max_size=3),
    max_leaves=6,
)
SEGMENT = st.text(st.characters(codec="utf-8", exclude_characters="/?#%\\"), min_size=1, max_size=12)
PLACES = {"str": SEGMENT, "int": st.integers(0, 10**20).map(str), "uuid": st.uuids().map(str)}


@st.composite
def appels(draw: st.DrawFn) -> tuple[str, Any, str]:
    """One operation of the published document, with anything at its places and in its body."""
    quoi = draw(st.sampled_from([q for q in OPERATIONS if q.nom not in ("sortir", "refuser", "accepter")]))
    ou = description.PLACES.sub(lambda place: draw(PLACES[place[1]]), quoi.chemin)
    champs = list(description.FORMES[quoi.corps]["properties"]) if quoi.corps else ["x"]
    corps = draw(st.none() | JSON | st.dictionaries(st.sampled_from(champs), st.text(max_size=30) | st.booleans()))
    return ou, corps, draw(st.sampled_from(["GET", "POST", quoi.methode, quoi.methode, "PUT", "DELETE", "HEAD"]))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(appel=appels(), adresse=st.integers(1, 2**31))
def _essayer(application: mobile.Application, appel: tuple[str, Any, str], adresse: int) -> None:
    """`demander` holds each answer against the description; Django's test client lets any failure out."""
    ou, corps, methode = appel
    origine = f"10.{adresse >> 16 & 255}.{adresse >> 8 & 255}.{adresse & 255}"
    reponse = application.demander(ou, corps, methode, REMOTE_ADDR=origine)
    assert reponse.status_code < 500


def _au_hasard(application: mobile.Application) -> None:
    _essayer(application)  # type: ignore[call-arg]
