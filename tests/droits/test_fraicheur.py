"""The report on the freshness of the parameters: what to look at, and by when."""

import json

from limpide.droits.bareme import parametres
from limpide.droits.commande import main
from limpide.droits.fraicheur import citations, echeance, echeances


def test_a_value_raised_every_year_is_expected_a_year_after_the_last():
    bmaf = echeance(parametres()["bmaf"])
    assert (bmaf.derniere.debut, bmaf.attendue, bmaf.mois) == (202604, 202704, 202701)  # checked until December
    assert echeance(parametres()["smic_horaire"]).attendue is None
    assert echeance(parametres()["af_plafond_1"]).attendue == 202701


def test_nothing_is_asked_before_its_time_nor_of_what_exists_no_more():
    assert not {"bmaf", "af_plafond_1", "crds_taux"} & {e.parametre.nom for e in echeances(202612)}
    tous = {e.parametre.nom for e in echeances(202701)}
    assert {"bmaf", "af_plafond_1", "crds_taux"} <= tous
    assert not {"paje_base_taux_anterieur", "ars_majoration_exceptionnelle"} & tous


def test_each_article_is_said_once(capsys):
    assert citations("CSS D821-10", "CSS D821-10") == ["CSS D821-10"]
    assert citations("CSS R821-1 ; CSS L541-1", "CSS L541-1 ; CSS R821-1, rédaction de 2005") == [
        "CSS L541-1",
        "CSS R821-1, rédaction de 2005",
    ]
    assert citations("CSS L521-1", "CSS L521-10 ; décret") == ["CSS L521-1", "CSS L521-10", "décret"]
    assert main(["fraicheur", "--mois", "2026-11", "--dans", "8"]) == 0
    for ligne in capsys.readouterr().out.splitlines():
        if ligne.startswith("    depuis"):
            dites = ligne.split(", ", 1)[1].removesuffix(" : acte à retrouver").split(" ; ")
            assert len(dites) == len(set(dites)), ligne


def test_the_command_names_the_act_of_the_last_value(capsys):
    assert main(["fraicheur", "--mois", "2026-11", "--dans", "2"]) == 0
    texte = capsys.readouterr().out
    assert "janvier 2027, nouvelle valeur attendue : Premier plafond annuel de ressources, hors enfants (af," in texte
    assert "Instruction interministérielle n° DSS/2B/2025/177 du 18 décembre 2025" in texte
    assert main(["fraicheur", "--mois", "2026-01", "--dans", "1", "--json"]) == 0
    dits = json.loads(capsys.readouterr().out)
    assert all(dit["a_regarder"] <= "2026-02" for dit in dits)
    assert main(["fraicheur", "--mois", "2027-01", "--dans", "0", "--json"]) == 0
    [bmaf] = [dit for dit in json.loads(capsys.readouterr().out) if dit["nom"] == "bmaf"]
    assert (bmaf["valeur_attendue"], bmaf["verifie_jusque"]) == ("2027-04", "2026-12")
    assert main(["fraicheur", "--mois", "2026-13"]) == 2
