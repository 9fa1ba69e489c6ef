import json
import subprocess
import sys

import pytest

from limpide.droits.calcul import catalogue_droits
from limpide.droits.commande import main
from limpide.droits.situation import codes_droits

EXEMPLE = "docs/exemples/foyer.yaml"


def test_a_household_is_simulated_in_words(capsys):
    assert main(["simuler", EXEMPLE, "--mois", "2026-11"]) == 0
    sortie = capsys.readouterr()
    assert sortie.out.startswith("Droits de novembre 2026\n")
    assert "Allocations familiales" in sortie.out
    assert "avant CRDS" in sortie.out
    assert sortie.err == ""


def test_an_explained_simulation_cites_its_articles(capsys):
    assert main(["simuler", EXEMPLE, "--expliquer"]) == 0
    assert "[CSS L521-1" in capsys.readouterr().out


def test_json_is_for_programs(capsys):
    assert main(["simuler", EXEMPLE, "--json", "--expliquer"]) == 0
    donnees = json.loads(capsys.readouterr().out)
    assert set(donnees["droits"]) == set(codes_droits()) > {"af", "rsa", "ppa"}
    assert donnees["droits"]["af"]["montant_centimes"] > 0
    assert donnees["droits"]["af"]["etapes"][0]["articles"]


AU_FOYER = """
mois: 2026-11
foyer: {residence: métropole, logement: locataire_vide, aide_logement: 0, revenu_annuel: 9000, biactivite: non,
        revenus_imposables_bruts: 12000}
personnes:
- {role: demandeur, naissance: 1990-01-13, nationalite: française, salaire: 0, activite: inactif}
- {role: conjoint, naissance: 1990-01-13, nationalite: française, salaire: 900, activite: actif}
- {role: enfant, naissance: 2024-06-13}
- {role: enfant, naissance: 2020-06-13}
"""


def test_what_follows_from_the_rights_is_told_in_words_and_for_programs(tmp_path, capsys):
    fichier = tmp_path / "foyer.yaml"
    fichier.write_text(AU_FOYER)
    assert main(["simuler", str(fichier)]) == 0
    dit = capsys.readouterr().out
    assert main(["simuler", str(fichier), "--json"]) == 0
    donnees = json.loads(capsys.readouterr().out)
    comptees = {"annuel", "unique"}
    mensuels = [d.code for d in catalogue_droits() if not any(getattr(d, nom) for nom in comptees)]
    verses = [donnees["droits"][c] for c in mensuels if c != "paje_cmg"]
    euros = 1000 + sum(d["montant_centimes"] - d["crds_centimes"] for d in verses) / 100
    quotient = donnees["quotient_familial"]
    assert quotient == {"euros": round(euros / quotient["parts"]), "parts": 3.0, "manques": [], "raison": ""}
    assert f"{quotient['euros']},00\u00a0€" in dit.split("sans être un droit")[1]
    assert [a["affilie"] for a in donnees["retraite_au_foyer"]] == [True, False]
    assert donnees["cotisations_garde"] is None
    assert "Retraite (AVPF, AVA), demandeur            " in dit
    assert "affiliation ce mois-ci, la Caf cotise\n" in dit
    assert main(["simuler", str(fichier), "--json", "--expliquer"]) == 0
    assert json.loads(capsys.readouterr().out)["quotient_familial"]["etapes"]


def test_what_is_missing_is_told_with_its_months(tmp_path, capsys):
    fichier = tmp_path / "foyer.yaml"
    fichier.write_text(AU_FOYER.replace("salaire: 900", "salaire: {2026-08: 900, 2026-09: 900}"))
    assert main(["simuler", str(fichier), "--json"]) == 0
    rsa = json.loads(capsys.readouterr().out)["droits"]["rsa"]
    assert rsa["faits_manquants"] == ["salaire_net"]
    assert rsa["il_manque"] == ["Salaire net (conjoint, juillet 2026)"]


def test_a_receipt_is_written_and_replayed(tmp_path, capsys):
    recu = tmp_path / "recu.json"
    assert main(["simuler", EXEMPLE, "--recu", str(recu)]) == 0
    assert main(["rejouer", str(recu)]) == 0
    assert "redonne les mêmes résultats" in capsys.readouterr().out
    recu.write_text(recu.read_text(encoding="utf-8").replace('"connu_au": "', '"connu_au": "1', 1), encoding="utf-8")
    assert main(["rejouer", str(recu)]) == 2
    assert "modifié depuis son émission" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["simuler", EXEMPLE, "--mois", "2031-01"], "n'est pas couvert"),
        (["simuler", EXEMPLE, "--mois", "novembre"], "n'est pas un mois"),
        (["simuler", "absent.yaml"], "ne peut pas être lu"),
        (["rejouer", EXEMPLE], "ne peut pas être lu"),
        (["rejouer", "docs/exemples/situation-openfisca.json"], "n'est pas un reçu"),
        (["simuler", EXEMPLE, "--recu", "/nulle/part/recu.json"], "ne peut pas être écrit"),
    ],
)
def test_unusable_input_is_said_in_french_and_exits_2(arguments, message, capsys):
    assert main(arguments) == 2
    sortie = capsys.readouterr()
    assert message in sortie.err
    assert sortie.out == ""


def test_a_wrong_command_exits_2(capsys):
    with pytest.raises(SystemExit) as sortie:
        main(["simuler"])
    assert sortie.value.code == 2
    assert "Commande incorrecte" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("mots", "dit"),
    [
        (["simuler"], "il manque fichier."),
        (["reforme", "la"], "il manque --mois."),
        (["fraicheur", "--dans", "peu"], "--dans : 'peu' n'est pas un nombre entier."),
        (["fraicheur", "--dans"], "--dans : une valeur est attendue."),
        (["fraicheur", "--quand", "demain"], "--quand demain n'est pas compris."),
        (["courbe", EXEMPLE, "--sur", "lune"], "--sur : 'lune' n'est pas un choix possible"),
        (["courbe", EXEMPLE, "--json=oui"], "--json : 'oui' est en trop."),
        (["population", "la", "--foyers"], "--foyers : une valeur est attendue."),
    ],
)
def test_what_is_wrong_with_the_words_is_told_in_french(mots, dit, capsys):
    with pytest.raises(SystemExit) as fin:
        main(mots)
    assert fin.value.code == 2
    erreur = capsys.readouterr().err
    assert erreur.startswith("Usage : limpide ")
    assert f"Commande incorrecte : {dit}" in erreur


@pytest.mark.parametrize("commande", ["simuler", "courbe", "rejouer", "cas", "fraicheur", "population", "reforme"])
def test_the_help_of_a_command_is_in_french(commande, capsys):
    with pytest.raises(SystemExit) as fin:
        main([commande, "--help"])
    assert fin.value.code == 0
    aide = capsys.readouterr().out
    assert aide.startswith(f"Usage : limpide {commande} ")
    assert "show this" not in aide
    assert "positional" not in aide


def test_a_situation_of_openfisca_says_what_to_add_or_what_was_supposed(tmp_path, capsys):
    fichier = tmp_path / "mere.yaml"
    texte = """
individus:
  mere: {salaire_imposable: {PERIODE: 15000}}
  aine: {date_naissance: {ETERNITY: "2018-05-02"}}
  cadet: {date_naissance: {ETERNITY: "2021-11-20"}}
familles:
  f: {parents: [mere], enfants: [aine, cadet]}
"""
    fichier.write_text(texte.replace("PERIODE", '"2024"'))
    assert main(["simuler", str(fichier), "--mois", "2026-11"]) == 0
    dit = capsys.readouterr().out
    assert "Supposé : mere : donner salaire_imposable pour 2024 vaut déclaration de tous ses revenus" in dit
    assert "153,01" in dit
    fichier.write_text(texte.replace("PERIODE", '"month:2024-01:10"'))
    assert main(["simuler", str(fichier), "--mois", "2026-11", "--json"]) == 0
    donnees = json.loads(capsys.readouterr().out)
    assert donnees["droits"]["af"]["faits_manquants"] == ["prestations_familiales_base_ressources"]
    assert "salaire_imposable de mere, de novembre à décembre 2024" in donnees["a_donner"][0]


def test_un_signe_qui_ne_s_ecrit_pas_est_dit_quand_meme(tmp_path):
    """Half a sign, as JSON allows: a message, and no trace of Python."""
    fichier = tmp_path / "foyer.json"
    fichier.write_text('{"mois": "2026-11", "personnes": [{"role": "\\ud800"}]}')
    commande = [sys.executable, "-m", "limpide", "simuler", str(fichier)]
    fini = subprocess.run(commande, capture_output=True, text=True, check=False)
    assert (fini.returncode, fini.stdout) == (2, "")
    assert "role : trouvé \\ud800 ; attendu : demandeur ou conjoint ou enfant." in fini.stderr
