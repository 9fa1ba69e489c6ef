"""Claims and what was seen of them: the states, the file of results, the command."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from limpide.registre.preuves import controles, dresser, ecrire, empreinte_du_code, lire
from limpide.registre.preuves.bilan import Etat, SystemeAnnonce
from limpide.registre.preuves.controles import Controle, ControlesInvalides
from limpide.registre.preuves.resultats import Essai, ResultatsIllisibles, systemes_de

ICI = "c0de"


def essai(test: str, *, reussi: bool = True, code: str = ICI, **champs: Any) -> Essai:
    return Essai(
        **{
            "test": test,
            "phrase": "Une phrase",
            "systemes": (),
            "controles": (),
            "reussi": reussi,
            "duree": 0.5,
            "quand": "2026-11-25T10:00:00+00:00",
            "code": code,
        }
        | champs
    )


def un_systeme(essais: list[Essai], connus: dict[str, list[str]] | None = None, **champs: Any) -> Any:
    annonce = SystemeAnnonce("S06", "Cristal", **{"en_service": True} | champs)
    resultats = {e.test: e for e in essais}
    return dresser([annonce], [], resultats, code=ICI, connus=connus).systemes[0]


@pytest.mark.parametrize(
    ("champs", "essais", "etat"),
    [
        ({}, [True], Etat.TENU),
        ({}, [True, False], Etat.ECHOUE),
        ({}, [], Etat.SANS_PREUVE),
        ({"manque": "La moitié."}, [True], Etat.EN_PARTIE),
        ({"en_service": False}, [], Etat.A_CONSTRUIRE),
        ({"en_service": False, "clos": True}, [], Etat.CLOS),
        ({"en_service": False}, [False], Etat.ECHOUE),
    ],
)
def test_un_systeme_est_dit_tel_qu_on_l_a_vu(champs: dict[str, Any], essais: list[bool], etat: Etat) -> None:
    vus = [essai(f"t{i}", reussi=reussi, systemes=("S06",)) for i, reussi in enumerate(essais)]
    assert un_systeme(vus, **champs).etat == etat


def test_une_preuve_ecrite_mais_jamais_lancee_ne_prouve_rien() -> None:
    ligne = un_systeme([essai("t0", systemes=("S06",))], {"S06": ["t0", "t1"]})
    assert ligne.etat == Etat.JAMAIS_VU
    assert ligne.etat.faux


def test_un_resultat_d_un_autre_code_le_dit() -> None:
    ligne = un_systeme([essai("t0", systemes=("S06",), code="vieux"), essai("t1", systemes=("S06",))])
    assert (ligne.etat, ligne.ailleurs) == (Etat.TENU, 1)


@pytest.mark.parametrize(
    ("affirme", "manque", "essais", "etat"),
    [
        ("entier", "", [True], Etat.TENU),
        ("entier", "", [], Etat.SANS_PREUVE),
        ("en_partie", "Le reste.", [True], Etat.EN_PARTIE),
        ("en_partie", "Le reste.", [False], Etat.ECHOUE),
        ("a_construire", "Tout.", [], Etat.A_CONSTRUIRE),
        ("a_construire", "Tout.", [False], Etat.ECHOUE),
    ],
)
def test_un_controle_est_dit_tel_qu_on_l_a_vu(affirme: str, manque: str, essais: list[bool], etat: Etat) -> None:
    vus = {f"t{i}": essai(f"t{i}", reussi=r, controles=(1,)) for i, r in enumerate(essais)}
    bilan = dresser([], [Controle(1, "Argent", "Promesse", affirme, manque)], vus, code=ICI)
    assert bilan.controles[0].etat == etat
    assert bool(bilan.fautes) == etat.faux


def test_les_trente_controles_disent_ce_qui_leur_manque() -> None:
    assert [controle.numero for controle in controles()] == list(range(1, 31))
    with pytest.raises(ControlesInvalides, match="contrôle 3 : « manque »"):
        Controle(3, "Argent", "Promesse", "en_partie")
    with pytest.raises(ControlesInvalides, match="contrôle 3 : affirme"):
        Controle(3, "Argent", "Promesse", "oui")


def test_une_phrase_nomme_ses_systemes_et_ses_exigences() -> None:
    assert systemes_de("RET-03 et DR-12 : gel de la purge (S06)", ("S27",)) == ("S06", "S27", "S43", "S44")
    assert systemes_de("Le S49 n'existe pas, ni MC", ()) == ()
    assert essai("t", phrase="RGS-02, ID-11 : refus").exigences == ("RGS-02", "ID-11")


def test_le_releve_s_ajoute_et_se_relit(tmp_path: Path) -> None:
    fichier = tmp_path / "build" / "preuves.json"
    assert lire(fichier) == {}
    ecrire(fichier, [essai("a"), essai("b", reussi=False)])
    ecrire(fichier, [essai("b", controles=(4,))])
    relu = lire(fichier)
    assert relu == {"a": essai("a"), "b": essai("b", controles=(4,))}
    ecrire(fichier, [essai("c")], remplacer=True)
    assert list(lire(fichier)) == ["c"]


@pytest.mark.parametrize("contenu", ["{", "[]", '{"format": 2, "essais": {}}', '{"format": 1, "essais": {"t": {}}}'])
def test_un_releve_abime_est_refuse_en_clair(tmp_path: Path, contenu: str) -> None:
    fichier = tmp_path / "preuves.json"
    fichier.write_text(contenu)
    with pytest.raises(ResultatsIllisibles, match="relancer « make preuves »"):
        lire(fichier)
    assert fichier.read_text() == contenu


def test_l_empreinte_du_code_change_avec_lui(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("un")
    avant = empreinte_du_code.__wrapped__(tmp_path)
    (tmp_path / "notes.txt").write_text("sans effet")
    assert empreinte_du_code.__wrapped__(tmp_path) == avant
    (tmp_path / "a.py").write_text("deux")
    assert empreinte_du_code.__wrapped__(tmp_path) != avant


def test_la_commande_sort_en_erreur_quand_une_affirmation_ne_tient_pas(tmp_path: Path, capsys: Any) -> None:
    fichier = tmp_path / "preuves.json"
    ecrire(fichier, [essai("tests/x.py::test_y", reussi=False, controles=(3,))])
    with pytest.raises(CommandError, match="affirmation") as refus:
        call_command("preuves", resultats=fichier, json=True)
    assert refus.value.returncode == 1
    dit = json.loads(capsys.readouterr().out)
    assert dit["tient"] is False
    assert len(dit["controles"]) == 30
    troisieme = dit["controles"][2]
    assert (troisieme["etat"], troisieme["sur_un_autre_code"]) == ("ne tient pas", 1)
    assert troisieme["essais"][0]["test"] == "tests/x.py::test_y"
    with pytest.raises(CommandError):
        call_command("preuves", resultats=fichier)
    assert "✗ tests/x.py::test_y" in capsys.readouterr().out


def test_la_commande_refuse_un_releve_abime(tmp_path: Path) -> None:
    fichier = tmp_path / "preuves.json"
    fichier.write_text("pas du JSON")
    with pytest.raises(CommandError, match="n'est pas un relevé") as refus:
        call_command("preuves", resultats=fichier)
    assert refus.value.returncode == 2


def test_make_preuves_tourne_vraiment() -> None:
    """The command itself, on one file that needs no database: its sentence is said, the rest has no proof there."""
    racine = Path(__file__).parents[2]
    environnement = {c: v for c, v in os.environ.items() if not c.startswith("PYTEST_")}
    rendu = subprocess.run(
        [sys.executable, "-m", "tests.preuves", "tests/registre/test_sql.py"],
        cwd=racine, env=environnement, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert rendu.returncode == 1, rendu.stderr[-2000:]
    assert "1 passed" in rendu.stdout
    assert "Aucun SQL écrit à la main" in rendu.stdout
    assert "affirmé sans preuve" in rendu.stdout
