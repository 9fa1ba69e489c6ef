import numpy as np
import pytest

from limpide.droits import bareme
from limpide.droits.bareme import BaremeLacunaire, MoisHorsBareme, lire_bareme

BMAF = """
[essai]
libelle = "Base"
unite = "EUR/mois"
article = "CSS L551-1"
verifie_jusque = "2026-12"
valeurs = [
  { debut = "2024-04", valeur = 466.44, reference = "décret A" },
  { debut = "2025-04", valeur = 474.37, reference = "décret B" },
]
"""


def test_a_value_holds_until_the_next_one():
    (parametre,) = lire_bareme(BMAF, "essai")
    assert [parametre.en(m).valeur for m in (202503, 202504, 202612)] == [466.44, 474.37, 474.37]


@pytest.mark.parametrize("mois", [202403, 202701])
def test_a_month_nobody_checked_is_refused(mois):
    (parametre,) = lire_bareme(BMAF, "essai")
    with pytest.raises(BaremeLacunaire, match="aucune valeur vérifiée"):
        parametre.en(mois)


def test_a_closed_value_leaves_a_gap_that_is_refused():
    (parametre,) = lire_bareme(
        BMAF.replace('reference = "décret A"', 'fin = "2024-12", reference = "décret A"'), "essai"
    )
    with pytest.raises(BaremeLacunaire, match="janvier 2025"):
        parametre.en(202501)


@pytest.mark.parametrize(
    ("ecrit", "change", "message"),
    [
        ('article = "CSS L551-1"\n', "", "article"),
        ('unite = "EUR/mois"\n', "", "unite"),
        (', reference = "décret A"', "", "référence"),
        ('debut = "2025-04"', 'debut = "2023-04"', "se suivent"),
        ("474.37", '"474"', "ni un nombre"),
        ("474.37", "[1.0, 2.0]", "même forme"),
        ("libelle", "titre", "titre"),
        ('"2026-12"', '"2026-13"', None),
    ],
)
def test_an_incomplete_parameter_is_refused(ecrit, change, message):
    with pytest.raises((BaremeLacunaire, MoisHorsBareme), match=message):
        lire_bareme(BMAF.replace(ecrit, change, 1), "essai")


def test_what_follows_a_contract_is_read_line_by_line_whatever_the_month():
    (pret,) = lire_bareme(
        BMAF.replace("466.44", "[10, 20]")
        .replace("474.37", "[11, 21]")
        .replace("valeurs", "selon_contrat = true\nvaleurs"),
        "essai",
    )
    assert pret.pour_les_regles(202001) == pret.pour_les_regles(202612) == ((10, 20, 202404), (11, 21, 202504))
    assert pret.en(202612).valeur == (11, 21)
    with pytest.raises(BaremeLacunaire, match="liste de nombres"):
        lire_bareme(BMAF.replace("valeurs", "selon_contrat = true\nvaleurs"), "essai")


@pytest.mark.parametrize("mois", ["2019-12", "2027-01", "2026-13", "2026-1", "novembre", "", "2026-11-01"])
def test_months_out_of_range_are_refused(mois):
    with pytest.raises(MoisHorsBareme):
        bareme.mois_couvert(mois)


def test_every_month_has_every_parameter_over_its_whole_window():
    for mois in bareme.mois_couverts():
        fenetre = bareme.bareme_lisible(mois)
        assert [b.mois for b in fenetre] == bareme.mois_fenetre(bareme.lire_mois(mois))
        assert fenetre[-1].debut_mois == (bareme.date(int(mois[:4]), int(mois[5:]), 1) - bareme.date(1970, 1, 1)).days


def test_a_parameter_that_exists_no_more_is_closed_and_is_no_number():
    ancien = bareme.parametres()["paje_base_taux_anterieur"]
    assert ancien.en(202103).valeur == (0.22975, 0.4595)
    assert ancien.valeurs[-1].fin == 202103
    assert np.isnan(ancien.en(202104).valeur).all()
    assert ancien.en(202612).reference == "sans objet"
    dits = {mois: {ligne["nom"] for ligne in bareme.parametres_du_mois(mois)} for mois in ("2021-03", "2021-04")}
    assert dits["2021-03"] - dits["2021-04"] >= {"paje_base_taux_anterieur", "paje_anterieur_plafond_plein"}


def test_compiled_and_readable_parameters_are_the_same():
    for mois in ("2020-01", "2026-11"):
        lisible, compile_ = bareme.bareme_lisible(mois), bareme.bareme_compile(mois)
        for k in range(7):
            for nom, valeur in lisible[k]._asdict().items():
                # NaN, when the parameter does not exist in this month, is the same NaN on both sides.
                np.testing.assert_array_equal(compile_[k][nom], np.asarray(valeur))


def test_every_parameter_states_unit_article_and_source():
    for parametre in bareme.parametres().values():
        assert parametre.libelle
        assert parametre.unite
        assert parametre.article
        assert all(valeur.reference for valeur in parametre.valeurs)
        assert parametre.verifie_jusque >= bareme.DERNIER_MOIS
