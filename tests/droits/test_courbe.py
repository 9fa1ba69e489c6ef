"""The curve of a household: its points are the law's, its drawing is theirs, and what can't be drawn is said."""

import json
import math
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from limpide.droits.calcul import liquider
from limpide.droits.commande import main
from limpide.droits.courbe import AXES, ESAT, CourbeImpossible, tracer_courbe, valeurs
from limpide.droits.dessin import dessiner, en_svg, graduation
from limpide.droits.ensemble import completer
from limpide.droits.lecture_fichier import lire_fichier
from limpide.droits.situation import Situation

EXEMPLE = Path("docs/exemples/foyer.yaml")
SALAIRE, ENFANTS, LOYER = AXES["salaire"], AXES["enfants"], AXES["loyer"]


@pytest.fixture
def foyer() -> Situation:
    return lire_fichier(EXEMPLE).situation


def seul(**faits: Any) -> Situation:
    demandeur = {"role": "demandeur", "date_naissance": "1990-05-02", "nationalite": "francaise", "activite": "chomeur",
                 "salaire_net": 0.0, "etudiant": False, "enceinte": False} | faits  # fmt: skip
    dits = {"residence": "metropole", "statut_occupation_logement": "locataire_hlm", "aide_logement": 250.0,
            "prestations_familiales_base_ressources": 9000.0, "rsa_isolement_recent": False}  # fmt: skip
    return Situation.depuis_dict({"mois": "2026-11", "foyer": dits, "personnes": [demandeur]})


def locataire() -> dict[str, Any]:
    donnees = seul().vers_dict()
    donnees["foyer"] |= {"loyer": 500.0, "zone_apl": "zone_2", "logement_conventionne": True}
    donnees["personnes"][0] |= {"logement_salaires": 0.0, "logement_chomage": 0.0, "logement_pensions": 0.0}
    return donnees


def test_each_point_is_what_the_law_gives_to_that_household(foyer: Situation) -> None:
    courbe = tracer_courbe(foyer, SALAIRE, [0.0, 400.0, 1500.0])
    for point in courbe.points:
        donnees = foyer.vers_dict()
        donnees["personnes"][0]["salaire_net"] = [point.valeur] * 7
        donnees["personnes"][0]["logement_salaires"] = point.valeur * 12 * 1.03
        resultats = liquider(completer(donnees), point.droits)
        assert point.droits == {c: r.montant_centimes - r.crds_centimes for c, r in resultats.items()}
        assert point.disponible == point.revenus + sum(point.droits.values())
    zero, _, beaucoup = courbe.points
    assert beaucoup.revenus - zero.revenus == 150_000
    assert zero.droits["rsa"] > 0 == beaucoup.droits["rsa"]


def test_for_somebody_alone_the_rsa_goes_down_as_the_wage_goes_up_and_work_always_pays() -> None:
    courbe = tracer_courbe(seul(), SALAIRE, valeurs(0.0, 2500.0, 50.0, SALAIRE))
    rsa = [p.droits["rsa"] for p in courbe.points]
    assert rsa == sorted(rsa, reverse=True)
    assert rsa[0] > 0 == rsa[-1]
    assert max(p.droits["ppa"] for p in courbe.points) > 0
    gardes = [courbe.garde(rang) for rang in range(1, len(courbe.points))]
    assert all(g is not None and 0 < g <= 105 for g in gardes), gardes


def test_children_are_taken_off_or_added_at_five(foyer: Situation) -> None:
    courbe = tracer_courbe(foyer, ENFANTS, [0.0, 1.0, 2.0, 4.0])
    assert [p.droits["af"] for p in courbe.points[:2]] == [0, 0]
    assert courbe.points[2].droits["af"] == liquider(foyer, ["af"])["af"].montant_centimes - _crds(foyer)
    assert courbe.points[3].droits["af"] > courbe.points[2].droits["af"]
    assert courbe.garde(2) is None


def test_the_example_is_known_at_every_number_of_children_and_moves_with_the_rent(foyer: Situation) -> None:
    enfants = tracer_courbe(foyer, ENFANTS, valeurs(0.0, 5.0, 1.0, ENFANTS))
    assert enfants.manques == ()
    assert None not in [p.disponible for p in enfants.points]
    loyer = tracer_courbe(foyer, LOYER, [0.0, 300.0, 600.0])
    assert [p.droits["alf"] for p in loyer.points] == [0, 11_200, 24_800]
    assert loyer.remarque == ""


def test_an_added_child_lives_as_the_youngest_does() -> None:
    parent = seul(activite="actif", salaire_net=900.0).vers_dict()
    parent["foyer"]["rsa_isolement_recent"] = False
    sans = tracer_courbe(Situation.depuis_dict(parent), ENFANTS, [0.0, 1.0])
    assert sans.points[1].droits["asf"] == 0, "supported by both parents, where no other child says anything else"
    perdu = {"soutien_autre_parent": "decede", "soutien_depuis": "2024-01-15", "asf_date_demande": "2024-02-01"}
    enfant = {"role": "enfant", "date_naissance": "2019-03-01", "nationalite": "francaise"} | perdu
    parent["personnes"].append(enfant)
    avec = tracer_courbe(Situation.depuis_dict(parent), ENFANTS, [1.0, 2.0])
    assert avec.manques == ()
    assert [p.droits["asf"] for p in avec.points] == [20_078, 40_155]


def test_a_flat_curve_says_why(foyer: Situation) -> None:
    donnees = foyer.vers_dict()
    donnees["foyer"]["logement_conventionne"] = None
    inconnue = tracer_courbe(Situation.depuis_dict(donnees), LOYER, [0.0, 600.0])
    assert "il manque « Logement conventionné" in inconnue.remarque
    assert "apl" not in inconnue.points[0].droits, "what is said received stays, no benefit is computed"
    donnees["foyer"]["statut_occupation_logement"] = "proprietaire"
    proprietaire = tracer_courbe(Situation.depuis_dict(donnees), LOYER, [0.0, 600.0])
    assert proprietaire.remarque.endswith("suppose de payer un loyer ou un prêt pour sa résidence principale.")
    assert tracer_courbe(foyer, SALAIRE, [0.0, 1.0]).remarque == ""
    assert tracer_courbe(foyer, SALAIRE, [9000.0, 9100.0]).remarque.startswith("Aucun droit du mois ne change")


def test_the_command_says_why_a_curve_is_flat(tmp_path: Path, capsys: Any) -> None:
    muet = tmp_path / "foyer.yaml"
    lignes = EXEMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    muet.write_text("".join(ligne for ligne in lignes if "logement_conventionne:" not in ligne), encoding="utf-8")
    assert main(["courbe", str(muet), "--sur", "loyer", "--pas", "500"]) == 0
    assert "Le loyer ne change rien ici" in capsys.readouterr().out
    assert main(["courbe", str(muet), "--sur", "loyer", "--pas", "500", "--json"]) == 0
    assert "Logement conventionné" in json.loads(capsys.readouterr().out)["remarque"]


def _crds(foyer: Situation) -> int:
    return liquider(foyer, ["af"])["af"].crds_centimes


def test_what_somebody_says_they_receive_stays_as_said() -> None:
    foyer = seul().vers_dict()
    foyer["foyer"]["asf"] = 187.24
    courbe = tracer_courbe(Situation.depuis_dict(foyer), SALAIRE, [0.0, 100.0])
    assert "asf" not in courbe.points[0].droits
    assert courbe.points[0].revenus == 25_000 + 18_724


def test_an_unknown_fact_leaves_the_point_without_a_sum_and_is_named() -> None:
    inconnu = seul().vers_dict()
    inconnu["foyer"]["aide_logement"] = None
    courbe = tracer_courbe(Situation.depuis_dict(inconnu), SALAIRE, [0.0, 500.0])
    assert [p.disponible for p in courbe.points] == [None, None]
    assert courbe.points[0].droits["rsa"] is None
    assert "inconnu" in courbe.ligne(0)
    assert courbe.manques
    assert dessiner(courbe) is None
    assert courbe.remarque == "Le graphique n'est pas tracé. Il faut d'abord connaître ce qui manque."
    assert not courbe.muette, "the wages are known, and the rights that they close"


MAYOTTE = """mois: 2026-11
foyer: {residence: mayotte, statut_occupation_logement: proprietaire, aide_logement: 0}
personnes:
  - {role: demandeur, date_naissance: 1985-06-10, nationalite: francaise, activite: actif}
"""


def test_a_curve_of_rights_that_an_agent_examines_says_so_and_draws_no_zero(tmp_path: Path, capsys: Any) -> None:
    fichier, dessin = tmp_path / "foyer.yaml", tmp_path / "courbe.svg"
    fichier.write_text(MAYOTTE, encoding="utf-8")
    courbe = tracer_courbe(lire_fichier(fichier).situation, SALAIRE, [0.0, 500.0])
    assert courbe.points[0].droits["rsa"] is None
    assert courbe.points[0].disponible is None
    assert courbe.ligne(0)[2] == "à instruire"
    assert courbe.muette
    assert dessiner(courbe) is None
    raison = "Le graphique n'est pas tracé. Un agent de la Caf doit d'abord examiner la situation pour : "
    assert courbe.remarque.startswith(raison)
    assert "Revenu de solidarité active" in courbe.remarque
    assert main(["courbe", str(fichier), "--pas", "1000"]) == 0
    sortie = capsys.readouterr().out
    assert raison in sortie
    assert "0,00" not in sortie, "no table of nothing"
    assert main(["courbe", str(fichier), "--pas", "1000", "--json"]) == 0
    point = json.loads(capsys.readouterr().out)["points"][1]
    assert point["droits_centimes"]["rsa"] is point["disponible_centimes"] is None
    assert "rsa" in point["a_instruire"]
    assert main(["courbe", str(fichier), "--pas", "1000", "--svg", str(dessin)]) == 2
    assert raison in capsys.readouterr().err
    assert not dessin.exists()


def test_a_curve_says_how_a_wage_becomes_a_taxable_one_where_a_right_reads_it(tmp_path: Path, capsys: Any) -> None:
    dit = "le salaire imposable de douze mois est pris égal au salaire net plus 3 %".replace(" %", "\u00a0%")
    loue = locataire()
    assert dit in tracer_courbe(Situation.depuis_dict(loue), SALAIRE, [0.0, 500.0]).suppose
    assert dit not in tracer_courbe(Situation.depuis_dict(loue), ENFANTS, [0.0, 1.0]).suppose
    assert dit not in tracer_courbe(seul(), SALAIRE, [0.0, 500.0]).suppose, "what is said received is not computed"
    avant = Situation.depuis_dict(loue | {"mois": "2020-12"})
    assert dit not in tracer_courbe(avant, SALAIRE, [0.0, 500.0]).suppose, "it counts the year 2018"
    fichier = tmp_path / "foyer.json"
    fichier.write_text(json.dumps(loue, default=str), encoding="utf-8")
    assert main(["courbe", str(fichier), "--pas", "1000"]) == 0
    assert dit in capsys.readouterr().out


def test_what_an_esat_pays_is_part_of_the_wage_and_counted_once() -> None:
    donnees = seul(taux_incapacite=80).vers_dict()
    donnees["personnes"][0]["salaire_net"] = donnees["personnes"][0][ESAT] = [720.0] * 7
    rien, moins, plus = tracer_courbe(Situation.depuis_dict(donnees), SALAIRE, [0.0, 500.0, 900.0]).points
    assert [p.revenus - rien.revenus for p in (moins, plus)] == [50_000, 90_000]
    assert rien.revenus == 25_000, "the housing benefit that is said received"


@pytest.mark.parametrize(
    ("de", "a", "pas", "axe", "dit"),
    [
        (0, 0, 1, SALAIRE, "fin plus grande"),
        (-1, 10, 1, SALAIRE, "positif"),
        (0, 10, 0, SALAIRE, "pas positif"),
        (0, math.inf, 1, SALAIRE, "fin"),
        (math.nan, 10, 1, SALAIRE, "début"),
        (0, 1000, 1, SALAIRE, "400 au plus"),
        (0, 2, 0.5, ENFANTS, "entiers"),
        (0, 99, 1, ENFANTS, "30 au plus"),
    ],
)
def test_bounds_that_draw_nothing_are_refused(de: float, a: float, pas: float, axe: Any, dit: str) -> None:
    with pytest.raises(CourbeImpossible, match=dit):
        valeurs(de, a, pas, axe)


def test_both_ends_are_drawn() -> None:
    assert valeurs(0, 1, 0.1, SALAIRE) == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]


def test_the_drawing_has_one_area_for_each_series_and_the_same_heights_as_the_table() -> None:
    courbe = tracer_courbe(seul(), SALAIRE, [0.0, 1000.0, 2000.0])
    dessin = dessiner(courbe)
    assert [b.libelle for b in dessin.bandes] == ["Revenus", *courbe.libelles.values()]
    hauteurs = {texte: y for y, texte in dessin.ordonnees}
    bas, plafond = dessin.ordonnees[0][0], dessin.ordonnees[-1]
    assert hauteurs["0\u00a0€"] == bas
    sommet = float(dessin.bandes[-1].points.split()[2].split(",")[1])
    cents = (bas - sommet) / (bas - plafond[0]) * float(plafond[1].replace("\u202f", "").split("\u00a0")[0]) * 100
    assert cents == pytest.approx(courbe.points[2].disponible, rel=0.01)
    svg = ElementTree.fromstring(en_svg(dessin))
    assert svg.get("role") == "img"
    assert len(svg.findall("{*}polygon")) == len(dessin.bandes)


@pytest.mark.parametrize("maximum", [0.004, 1, 7, 99, 100, 12_345, 1e9])
def test_graduations_are_few_and_round(maximum: float) -> None:
    assert 2 <= maximum / graduation(maximum) <= 5.001
    assert f"{graduation(maximum):.0e}"[0] in "125"


def test_the_command_writes_a_table_json_and_a_chart(tmp_path: Path, capsys: Any) -> None:
    dessin = tmp_path / "courbe.svg"
    assert main(["courbe", str(EXEMPLE), "--a", "1000", "--pas", "500", "--svg", str(dessin)]) == 0
    sortie = capsys.readouterr().out
    assert "Gardé sur 100 € de plus" in sortie
    assert dessin.read_text(encoding="utf-8").startswith("<svg")
    assert main(["courbe", str(EXEMPLE), "--sur", "enfants", "--a", "3", "--json"]) == 0
    lu = json.loads(capsys.readouterr().out)
    assert [p["valeur"] for p in lu["points"]] == [0, 1, 2, 3]
    assert lu["points"][2]["droits_centimes"]["af"] > 0
    assert main(["courbe", str(EXEMPLE), "--sur", "enfants", "--pas", "0.5"]) == 2
    assert "entiers" in capsys.readouterr().err
    assert main(["courbe", str(EXEMPLE), "--svg", "/nulle/part/c.svg"]) == 2
    assert "ne peut pas être écrit" in capsys.readouterr().err


def test_the_housing_benefit_follows_the_wage_since_it_counts_the_last_twelve_months() -> None:
    donnees = locataire()
    apl = [p.droits["apl"] for p in tracer_courbe(Situation.depuis_dict(donnees), SALAIRE, [0.0, 800.0, 2500.0]).points]
    assert None not in apl
    assert apl[0] > apl[1] > apl[2] == 0
    donnees["mois"] = "2020-12"  # what counts is the income of 2018: a wage of today is not it
    SALAIRE.changer(donnees, 800.0)
    assert donnees["personnes"][0]["logement_salaires"] == 0.0
