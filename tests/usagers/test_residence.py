"""The country of logins: counted coarsely, asked about above a threshold, read under S40 alone."""

import datetime as dt
import re
from typing import Any

import pytest

from limpide.registre.collecte import registre
from tests.banc import ecrans

PAGE = "/mon-compte/residence/"
COLONNES = ("usagers.PaysDuMois", "usagers.AbsenceDeclaree")
S40 = {"residence_compter", "residence_signaler", "ma_residence"}


def texte(reponse: Any) -> str:
    brut = re.sub(r"<[^>]+>", " ", reponse.content.decode()).replace("&#x27;", "'")
    return re.sub(r"\s+", " ", brut.replace("\xa0", " "))


def compter(personne: int, pays: str, jours: int, *mois: int) -> None:
    from limpide.usagers.models import PaysDuMois

    for numero in mois:
        PaysDuMois.objects.using("proprietaire").create(
            personne_id=personne, mois=dt.date(2026, numero, 1), pays=pays, jours=jours
        )


def entrer(presents: dict[str, Any], pays: str) -> Any:
    client = ecrans.visiteur()
    ecrans.entrer(client, ecrans.amina(presents).identifiant, headers={"X-Pays": pays})
    return client


@pytest.mark.preuve(
    "Résidence : au-delà du seuil une seule question, la personne répond une fois ; en deçà, rien", systemes=("S40",)
)
def test_mc_083_above_the_threshold_one_task_and_one_answer(comptes_seuls: dict[str, Any]) -> None:
    from limpide.dossiers.models import TacheAgent
    from limpide.identite.models import MessageContact
    from limpide.usagers import residence

    dossier, amina = ecrans.fiche_d_amina()
    taches = TacheAgent.objects.using("proprietaire").filter(genre="residence")
    compter(amina, "RE", 25, 1, 2, 3)  # La Réunion is France
    compter(amina, "BE", 20, 4)  # one long stay, not above the threshold
    assert residence.signaler(dt.date(2026, 6, 1)) == 0
    compter(amina, "ES", 8, 5, 6, 7)
    client = ecrans.allocataire(comptes_seuls)
    for _ in range(2):  # the same absence, sent twice
        envoi = {"acte": "absence", "du": "01/04/2026", "au": "31/05/2026"}
        assert client.post(PAGE, envoi).status_code == 302
    assert residence.signaler(dt.date(2026, 8, 1)) == 0  # 16 days are left
    compter(amina, "PT", 9, 8)
    assert [residence.signaler(dt.date(2026, 9, jour)) for jour in (1, 2)] == [1, 0]
    tache = taches.get()
    assert MessageContact.objects.using("proprietaire").filter(objet="question", personne_id=amina).count() == 1
    assert (tache.dossier_id, tache.cle, tache.etat) == (dossier, "2026", "ouverte")
    assert "06/2026 : ES, 8 j ; 07/2026 : ES, 8 j ; 08/2026 : PT, 9 j" in tache.detail
    assert "25 jours en tout" in tache.detail
    page = texte(client.get(PAGE))
    assert "Votre Caf vous demande où vous habitez" in page
    assert "avril 2026 : BE, 20 jours" in page
    assert client.post(PAGE, {"acte": "repondre", "texte": " "}).status_code == 422
    assert client.post(PAGE, {"acte": "repondre", "texte": "Je soigne mon père."}).status_code == 302
    assert client.post(PAGE, {"acte": "repondre", "texte": "Encore."}).status_code == 422
    assert taches.get().reponse_personne == "Je soigne mon père."


def test_an_absence_has_its_dates_in_order(comptes_seuls: dict[str, Any]) -> None:
    client = ecrans.allocataire(comptes_seuls)
    refusee = client.post(PAGE, {"acte": "absence", "du": "05/05/2026", "au": "01/05/2026"})
    assert refusee.status_code == 422
    assert "Le retour vient après le départ" in texte(refusee)
    assert "05/05/2026" in refusee.content.decode()


@pytest.mark.preuve(
    "Pays des connexions : un pays par jour, ni adresse ni position ; lu par le seul traitement déclaré",
    systemes=("S40", "S39"),
)
def test_mc_081_only_a_country_is_kept_and_only_s40_reads_it(
    comptes_seuls: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from limpide.registre.contexte import SYSTEME, HorsRegistre, traitement
    from limpide.usagers.models import PaysDuMois

    lignes = PaysDuMois.objects.using("proprietaire")
    entrer(comptes_seuls, "BE")
    assert not lignes.exists()  # nobody said that the header may be believed
    monkeypatch.setenv("LIMPIDE_PAYS_ENTETE", "X-Pays")
    from limpide.identite.models import Connexion

    Connexion.objects.using("proprietaire").all().update(ouverte_le=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    for pays in ("BE", "ES"):  # the second login of the day counts for nothing
        assert entrer(comptes_seuls, pays).get(PAGE).status_code == 200
    amina = ecrans.fiche_d_amina()[1]
    assert list(lignes.values_list("personne_id", "pays", "jours")) == [(amina, "BE", 1)]
    assert {c.name for c in PaysDuMois._meta.fields} == {"id", "personne", "mois", "pays", "jours"}
    with pytest.raises(HorsRegistre), traitement("surveillance_connexions", acteur=SYSTEME, motif="Essai"):
        list(PaysDuMois.objects.all())


@pytest.mark.parametrize("dit", ["", "FRA", "XX", "T1", "48.85,2.35", "192.0.2.1"])
def test_mc_081_anything_but_a_country_is_unknown(dit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from limpide.usagers.residence import pays_annonce

    monkeypatch.setenv("LIMPIDE_PAYS_ENTETE", "X-Pays")
    assert pays_annonce({"X-Pays": "be"}) == "BE"
    assert pays_annonce({"X-Pays": dit}) == ""


def test_mc_084_no_other_processing_declares_these_columns() -> None:
    declarants = {
        t.cle for t in registre().traitements.values() if any(c in {*t.lire, *t.creer, *t.modifier} for c in COLONNES)
    }
    # Erased when due, and copied to the person who asks for their own data (RGPD art. 15): nothing else.
    assert declarants == S40 | {"cycle_conservation", "purge_conservation", "reponse_droit_acces"}
    for cle in S40:
        fiche = registre().traitements[cle]
        assert fiche.systeme == "S40"
        assert all("personne elle-même" in d or "caisse" in d for d in fiche.destinataires)
