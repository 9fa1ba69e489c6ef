"""`limpide cas`: files written for OpenFisca's test runner, ours and strangers'."""

import json
from pathlib import Path
from typing import Any

import pytest

from limpide.__main__ import main
from limpide.droits.cas import CasInvalide, Issue, verifier_chemin

DROITS = Path(__file__).parents[2] / "limpide" / "droits"
DEUX_ENFANTS = """
- name: Deux enfants
  period: 2026-11
  {marge}
  input:
    individus:
      p: {{date_naissance: 1985-06-10}}
      a: {{date_naissance: 2018-01-15}}
      b: {{date_naissance: 2020-09-01}}
    {famille}
  output: {sortie}
"""
FAMILLE = "famille: {parents: [p], enfants: [a, b], prestations_familiales_base_ressources: 30000}"


def un(dossier: Path, texte: str) -> Any:
    fichier = dossier / "cas.yaml"
    fichier.write_text(texte, encoding="utf-8")
    return next(verifier_chemin(fichier))


def deux_enfants(dossier: Path, sortie: str, *, famille: str = FAMILLE, marge: str = "") -> Any:
    return un(dossier, DEUX_ENFANTS.format(sortie=sortie, famille=famille, marge=marge))


@pytest.mark.preuve("Tous les cas livrés passent par « limpide cas », au format d'OpenFisca", systemes=("S06",))
def test_tous_nos_cas_passent(capsys: Any) -> None:
    assert main(["cas", str(DROITS)]) == 0
    bilan = capsys.readouterr().out.splitlines()[-1]
    nombre, reste = bilan.split(" cas : ")
    assert int(nombre) >= 148
    assert reste == f"{nombre} réussis, 0 échoué, 0 non pris."


@pytest.mark.parametrize(
    ("sortie", "famille", "marge"),
    [
        ("{af: 153.01}", FAMILLE, ""),
        ("{af: {2026-11: 153.01, 2026-03: 151.80}}", FAMILLE, ""),
        ("{famille: {af: 153.01}}", FAMILLE, ""),
        ("{familles: {f: {af: 153.01}}}", "familles: {f: {parents: [p], enfants: [a, b]}}", ""),
        ("{af: 153}", FAMILLE, "absolute_error_margin: 0.02"),
        ("{af: 150}", FAMILLE, "relative_error_margin: 0.03"),
        ("{af: 150}", FAMILLE, "absolute_error_margin: {af: 4, default: 0}"),
        ("{af: 2 * 76.505}", FAMILLE, ""),
    ],
)
def test_les_facons_d_ecrire_un_cas(tmp_path: Path, sortie: str, famille: str, marge: str) -> None:
    verdict = deux_enfants(tmp_path, sortie, famille=famille, marge=marge)
    assert (verdict.issue, verdict.details) == (Issue.REUSSI, ())


def test_un_cas_faux_dit_ce_qui_differe(tmp_path: Path) -> None:
    verdict = deux_enfants(tmp_path, "{af: {2026-11: 153, 2026-03: 151.80}}")
    assert verdict.issue is Issue.ECHOUE
    assert verdict.details == ("2026-11, af : 153.0 € attendus, 153.01 € trouvés",)


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        (
            "- {period: 2026-11, input: {date_naissance: 1990-01-01, salaire_de_base: 2000}, output: {rsa: 0}}",
            "Limpide ne lit pas « salaire_de_base »",
        ),
        (
            "- {period: 2026-11, input: {date_naissance: 1990-01-01}, output: {irpp: 0}}",
            "Limpide ne calcule pas irpp",
        ),
        (
            "- {period: 2017-01, input: {date_naissance: 1990-01-01}, output: {rsa: 0}}",
            "Le mois 2017-01 n'est pas couvert",
        ),
        (
            "- {period: 2026, input: {date_naissance: 1990-01-01}, output: {rsa: 0}}",
            "la période 2026 n'est pas un mois",
        ),
        (
            "- {period: 2026-11, reforms: [x], input: {date_naissance: 1990-01-01}, output: {rsa: 0}}",
            "le cas suppose une réforme",
        ),
        (
            "- {period: 2026-11, input: {individus: {a: {}, b: {}}, famille: {parents: [a]}}, output: {rsa: 0}}",
            "b n'est pas de la famille",
        ),
        ("- {period: 2026-11, input: {}, output: {rsa: 0}}", "rsa : il manque date_naissance"),
    ],
)
def test_ce_que_limpide_ne_prend_pas_est_dit(tmp_path: Path, texte: str, raison: str) -> None:
    verdict = un(tmp_path, texte)
    assert verdict.issue is Issue.NON_PRIS
    assert verdict.details[0].startswith(raison)


def test_une_sortie_calculee_et_une_autre_non(tmp_path: Path) -> None:
    """What can be verified is: a wrong amount is a failure even beside a variable that we don't compute."""
    assert deux_enfants(tmp_path, "{af: 153.01, irpp: 3}").issue is Issue.NON_PRIS
    assert deux_enfants(tmp_path, "{af: 100, irpp: 3}").issue is Issue.ECHOUE


def test_une_variable_qui_ne_dit_rien_ne_gene_pas(tmp_path: Path) -> None:
    texte = "- {period: 2026-11, input: {age: 40, salaire_de_base: 0, depcom: '69123'}, output: {rsa: 651.69}}"
    verdict = un(tmp_path, texte)
    assert verdict.issue is Issue.REUSSI, verdict.details


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("- {period: 2026-13, input: {age: 40}, output: {rsa: 0}}", "cas n° 1"),
        ("- {input: {age: 40}, output: {rsa: 0}}", "« period » manque"),
        ("- {period: 2026-11, entree: {}, output: {rsa: 0}}", "« entree » n'est pas un mot du format"),
        ("- {period: 2026-11, input: {date_naissance: hier}, output: {rsa: 0}}", "une date comme 1990-05-31"),
        ("- {period: 2026-11, input: {age: 40, salaire_net: beaucoup}, output: {rsa: 0}}", "salaire_net"),
        ("- rien", "un cas est un objet"),
        ("- {period: [", "l'écriture YAML est incorrecte"),
        ("- {period: 2026-11, input: [1], output: {rsa: 0}}", "cas n° 1"),
    ],
)
def test_un_cas_mal_ecrit_est_refuse_avec_son_rang(tmp_path: Path, texte: str, message: str, capsys: Any) -> None:
    fichier = tmp_path / "cas.yaml"
    fichier.write_text(texte, encoding="utf-8")
    with pytest.raises(CasInvalide, match=message):
        list(verifier_chemin(fichier))
    assert main(["cas", str(fichier)]) == 2
    assert message in capsys.readouterr().err


def test_des_renvois_en_cascade_ne_prennent_ni_temps_ni_memoire(tmp_path: Path) -> None:
    niveaux = "\n".join(
        f"    n{i}: &n{i} {{{', '.join(f'{c}: *n{i - 1}' for c in 'abcdefghi')}}}" for i in range(1, 12)
    )
    texte = f"- period: 2026-11\n  input:\n    n0: &n0 {{a: 0}}\n{niveaux}\n  output: {{rsa: 0}}\n"
    assert un(tmp_path, texte).issue is Issue.NON_PRIS


def test_un_dossier_se_parcourt_et_se_dit_en_json(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "sous").mkdir()
    (tmp_path / "sous" / "a.yaml").write_text(DEUX_ENFANTS.format(sortie="{af: 1}", famille=FAMILLE, marge=""))
    (tmp_path / "b.yml").write_text(DEUX_ENFANTS.format(sortie="{af: 153.01}", famille=FAMILLE, marge=""))
    (tmp_path / "vide.yaml").write_text("")
    assert main(["cas", str(tmp_path), "--json"]) == 1
    dit = json.loads(capsys.readouterr().out)
    assert dit["comptes"] == {"réussi": 1, "échoué": 1, "non pris": 0}
    assert [(Path(c["fichier"]).name, c["issue"]) for c in dit["cas"]] == [("b.yml", "réussi"), ("a.yaml", "échoué")]
    assert main(["cas", str(tmp_path)]) == 1
    assert "✗" in capsys.readouterr().out


def test_un_chemin_vide_ou_absent(tmp_path: Path, capsys: Any) -> None:
    assert main(["cas", str(tmp_path)]) == 2
    assert main(["cas", str(tmp_path / "rien.yaml")]) == 2
    assert "ne contient aucun fichier .yaml" in capsys.readouterr().err
