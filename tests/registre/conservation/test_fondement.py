"""A duration is given by a text, or said to be ours: nothing else starts, and the pages say which."""

import pytest

from limpide.registre.collecte import registre
from limpide.registre.conservation import fondement
from limpide.registre.conservation.controles import verifier_les_durees
from limpide.registre.conservation.durees import APRES_LA_RELATION, Duree
from limpide.registre.conservation.propres import HorlogePropre
from limpide.registre.conservation.regles import DATE, Precision, Retention
from limpide.registre.declaration import Conservation, DeclarationInvalide
from tests.banc import ecrans


@pytest.mark.preuve(
    "Chaque durée de conservation a son texte, ou se dit proposée ; les pages le montrent", systemes=("S43",)
)
def test_every_declared_duration_is_founded() -> None:
    assert verifier_les_durees(None) == []
    fiches = [d.conservation for d in (*registre().traitements.values(), *registre().systemes.values())]
    comptees = [c for c in fiches if fondement.durees_dites(f"{c.active} {c.intermediaire}")]
    assert len(comptees) > 40  # the check has something to look at
    assert all(c.fondement for c in comptees)
    assert any(c.proposees for c in comptees)


@pytest.mark.parametrize(
    ("texte", "durees"),
    [
        ("six ans au plus après la fin", ["six ans"]),
        ("traces : douze mois ; copie : 60 jours", ["douze mois", "60 jours"]),
        ("jusqu'à la fin de la cinquième année civile", ["cinquième année"]),
        ("trente minutes sans activité, puis 24 heures", ["trente minutes", "24 heures"]),
        ("le temps de la relation avec la Caf, mois par mois", []),
    ],
)
def test_durations_are_found_in_words_and_in_figures(texte: str, durees: list[str]) -> None:
    assert fondement.durees_dites(texte) == durees


@pytest.mark.parametrize(
    ("fiche", "faute"),
    [
        (Conservation("cinq ans"), "« cinq ans » : ni texte cité"),
        (Conservation("deux ans", "puis un an", proposees=("un an",)), "« deux ans » : ni texte cité"),
        (Conservation("deux ans, durée proposée", source="Code civil"), "se dit par le champ"),
        (Conservation("le temps du compte", proposees=("le temps du compte",)), "ne contient aucune durée"),
    ],
)
def test_a_sheet_without_its_reason_is_refused(fiche: Conservation, faute: str) -> None:
    assert [f for f in fondement.fautes_du_texte(fiche) if faute in f]


@pytest.mark.parametrize(
    "fiche",
    [
        Conservation("le temps de la relation"),
        Conservation("six ans", source=APRES_LA_RELATION.source),
        Conservation("six ans ; copie : soixante jours", source="Page", proposees=("soixante jours",)),
    ],
)
def test_a_sheet_that_says_where_its_durations_come_from_passes(fiche: Conservation) -> None:
    assert list(fondement.fautes_du_texte(fiche)) == []


def test_words_said_to_be_ours_stand_in_the_text() -> None:
    with pytest.raises(DeclarationInvalide, match="n'est pas dans le texte"):
        Conservation("deux ans", proposees=("trois ans",))


def regle(duree: Duree, **autres: object) -> Retention:
    return Retention(horloge=DATE, colonne="quand", duree=duree, raison="Essai", **autres)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("declaree", "fautes"),
    [
        (regle(Duree(annees=5)), 1),
        (regle(Duree(annees=5, proposee=True)), 0),
        (regle(Duree(annees=5), source="Code civil, art. 2224"), 0),
        (regle(Duree()), 0),  # at once: nothing to found
        (regle(Duree(annees=5, proposee=True), source="Durée proposée : code civil"), 1),
        (regle(Duree(), plus_tot=(Precision("date", "Essai", colonne="quand", duree=Duree(mois=6)),)), 1),
    ],
)
def test_a_table_s_duration_without_its_reason_is_refused(declaree: Retention, fautes: int) -> None:
    assert len(list(fondement.fautes_de_la_regle(declaree))) == fautes


def test_a_clock_of_its_own_too() -> None:
    assert len(list(fondement.fautes_de_l_horloge(HorlogePropre("S99", "essai", Duree(annees=2))))) == 1
    assert list(fondement.fautes_de_l_horloge(HorlogePropre("S99", "essai"))) == []


def test_what_is_ours_is_said_on_the_published_sheet_and_on_the_officer_s_page(base: None) -> None:
    presents = ecrans.peupler(6)
    publique = ecrans.visiteur().get("/informatique-et-libertes/S44/").content.decode()
    assert "Durée proposée, à confirmer par le délégué : cinq ans pour la preuve de la réponse" in publique
    citee = ecrans.visiteur().get("/informatique-et-libertes/S06/").content.decode()
    assert "section 4 : six ans au plus après la relation" in citee
    assert "Durée proposée" not in citee
    page = ecrans.agent(presents, ecrans.DPD).get("/dpd/conservation/").content.decode()
    assert "cinq ans (durée proposée)" in page
    assert "30 jours (durée proposée) avant" in page
    donnees = ecrans.visiteur().get("/informatique-et-libertes/registre.json").json()
    s44 = next(s for s in donnees["systemes"] if s["code"] == "S44")
    assert s44["conservation"]["proposees"] == ["cinq ans pour la preuve de la réponse"]
