import json

import pytest

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
