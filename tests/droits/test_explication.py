import re

import pytest

from limpide.droits.bareme import mois_couverts
from limpide.droits.calcul import Resultat, liquider
from limpide.droits.comparaison import comparer
from limpide.droits.explication import raconter
from limpide.droits.faits import NATURES
from limpide.droits.francais import centimes_en_euros, de_mois, enumerer, euros, nombre, periode, pourcent
from limpide.droits.hasard import tirer
from limpide.droits.situation import Situation
from tests.droits.foyers import famille, situation


def toutes(phrases):
    for phrase in phrases:
        yield phrase
        yield from toutes(phrase.details)


def test_figures_are_written_the_french_way():
    assert euros(1234.5) == "1\u202f234,50\u00a0€"
    assert centimes_en_euros(-5) == "−0,05\u00a0€"
    assert (nombre(0.3), nombre(12.0), pourcent(0.5985)) == ("0,3", "12", "59,85\u00a0%")
    assert euros(float("nan")) == "inconnu"


def test_months_are_written_the_french_way():
    assert (de_mois(202608), de_mois(202609)) == ("d'août 2026", "de septembre 2026")
    assert periode([202608, 202609, 202610]) == "d'août à octobre 2026"
    assert periode([202612 - 1, 202612, 202701]) == "de novembre 2026 à janvier 2027"
    assert enumerer(["a", "b", "c"]) == "a, b et c"


@pytest.mark.parametrize("mois", mois_couverts())
def test_a_paid_right_says_its_amount_and_how_it_came(mois):
    resultat = liquider(situation(mois, p2__date_naissance="2018-06-18"))["af"]
    recit = raconter(resultat)
    assert centimes_en_euros(resultat.montant_centimes) in recit.conclusion
    assert centimes_en_euros(resultat.montant_centimes - resultat.crds_centimes) in recit.conclusion
    assert len(list(toutes(recit.phrases))) >= 4


def test_a_missing_fact_is_asked_for_by_its_french_name():
    recit = raconter(liquider(situation(p0__salaire_net=None))["rsa"])
    assert recit.a_verifier[0] == "Salaire net"
    assert "«\u00a0Salaire net\u00a0»" in recit.conclusion


def test_a_refusal_gives_its_reason():
    recit = raconter(liquider(situation(p0__salaire_net=4000.0))["rsa"])
    assert "vous n'avez pas de droit pour novembre 2026" in recit.conclusion
    assert recit.phrases


def test_nothing_unreadable_is_ever_said():
    """No name of a variable, no `nan`, no point in a figure, no sentence twice at one level, an article each."""
    foyers, personnes = tirer(120, 8, "2026-11")
    interdits = re.compile(r"\bnan\b|\b[a-z]+_[a-z_]+\b|\d\.\d{2}\b|[{}]|None|True|False", re.IGNORECASE)
    for i, foyer in enumerate(foyers):
        cas = Situation("2026-11", foyers[i : i + 1], personnes[foyer["debut"] : foyer["fin"]])
        for resultat in liquider(cas).values():
            recit = raconter(resultat)
            for phrase in toutes(recit.phrases):
                assert not interdits.search(phrase.texte), phrase.texte
                assert phrase.texte.strip()
                assert phrase.articles
                textes = [detail.texte for detail in phrase.details]
                assert len(textes) == len(set(textes))


def test_a_result_without_its_steps_cannot_be_told():
    with pytest.raises(ValueError, match="sans ses étapes"):
        raconter(Resultat("af", 0, "OUVERT", (), None))


def mouvements(avant, apres, droit="rsa"):
    return comparer(liquider(avant)[droit], liquider(apres)[droit])


def test_nothing_moves_between_a_household_and_itself():
    assert mouvements(situation(), situation()) == []


def test_a_corrected_wage_is_named_with_its_months_and_the_steps_it_moved():
    avant = situation(p0__salaire_net=300.0)
    apres = situation(p0__salaire_net=[300.0, 300.0, 250.0, 250.0, 300.0, 300.0, 300.0])
    liste = mouvements(avant, apres)
    (fait,) = [m for m in liste if m.genre == "fait"]
    assert (fait.libelle, fait.avant, fait.apres) == (
        "Salaire net (de juillet à août 2026)",
        "300,00\u00a0€",
        "250,00\u00a0€",
    )
    assert "vous" in fait.texte
    etapes = [m for m in liste if m.genre == "etape"]
    assert etapes
    assert all(m.articles for m in etapes)
    assert liste[0].genre == "resultat"
    assert liste[0].avant != liste[0].apres


def test_a_fact_the_right_does_not_read_is_not_listed():
    assert mouvements(situation(), situation(p0__salaire_net=900.0), "af") == []


def test_a_child_who_left_is_told():
    parti = situation(p1__present=[True] * 4 + [False] * 3)
    genres = {m.genre: m for m in mouvements(situation(), parti, "af")}
    assert "n'est plus compté dans le foyer" in genres["personne"].texte
    assert genres["resultat"].apres.startswith("0,00")


def test_from_one_month_to_the_next_the_window_slides():
    def paie(mois, montants):
        return situation(mois, p0__salaire_net=montants)

    avant = paie("2026-10", [100.0, 100.0, 100.0, 100.0, 400.0, 400.0, 400.0])
    apres = paie("2026-11", [100.0, 100.0, 100.0, 400.0, 400.0, 400.0, 400.0])
    trimestre, fait = [m for m in mouvements(avant, apres) if m.genre == "fait"]
    assert trimestre.libelle == "Mois pris en compte"
    assert (
        "juin 2026 (100,00\u00a0€) n'est plus pris en compte, septembre 2026 (400,00\u00a0€) l'est maintenant"
        in fait.texte
    )


def test_a_revalued_parameter_is_named_with_its_article():
    baremes = [m for m in mouvements(situation("2026-03"), situation("2026-04"), "af") if m.genre == "bareme"]
    assert any("Base mensuelle" in m.libelle and m.articles for m in baremes)


def test_two_rights_are_not_compared():
    resultats = liquider(situation())
    with pytest.raises(ValueError, match="même droit"):
        comparer(resultats["af"], resultats["rsa"])


def test_an_added_child_is_told():
    donnees = famille()
    donnees["personnes"].append({"role": "enfant", "date_naissance": "2026-03-01"})
    textes = [m.texte for m in mouvements(situation(), Situation.depuis_dict(donnees), "af") if m.genre == "personne"]
    assert textes == ["Votre enfant né en 2026 est maintenant compté dans le foyer."]
    assert NATURES["date_naissance"].libelle == "Date de naissance"
