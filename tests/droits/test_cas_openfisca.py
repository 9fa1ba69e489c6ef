"""`limpide cas`: files written for OpenFisca's test runner, ours and strangers'."""

import json
from pathlib import Path
from typing import Any

import pytest

from limpide.__main__ import main
from limpide.droits.cas import Issue, verifier_chemin

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
    assert reste == f"{nombre} réussis, 0 échoué, 0 non pris, 0 illisible."


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


def test_une_somme_sur_plusieurs_mois_se_partage_entre_eux(tmp_path: Path) -> None:
    texte = """
- period: 2024-06
  input: {{date_naissance: 1990-01-01, aide_logement: 0, salaire_net: {salaire}}}
  output: {{ppa: 218.82}}
"""
    for salaire in ("1500", "{'month:2024-01:6': 9000}", "{2024: 18000}", "{2024: 18500, 2024-06: 2000}"):
        verifie = un(tmp_path, texte.format(salaire=salaire))
        assert verifie.issue is Issue.REUSSI, (salaire, verifie)


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
        ("- {period: 2026-13, input: {age: 40}, output: {rsa: 0}}", "2026-13"),
        ("- {input: {age: 40}, output: {rsa: 0}}", "« period » manque"),
        ("- {period: 2026-11, entree: {}, output: {rsa: 0}}", "« entree » n'est pas un mot du format"),
        ("- {period: 2026-11, input: {date_naissance: hier}, output: {rsa: 0}}", "une date comme 1990-05-31"),
        ("- {period: 2026-11, input: {age: 40, salaire_net: beaucoup}, output: {rsa: 0}}", "salaire_net"),
        ("- rien", "un cas est un objet"),
        ("- {period: [", "l'écriture YAML est incorrecte"),
        ("- {period: 2026-11, input: [1], output: {rsa: 0}}", ""),
        ("- {period: 2026-11, input: {age: 40}, output: {rsa: }}", "rsa : trouvé rien ; attendu : un montant"),
        ("- {period: 2026-11, input: {age: 40}, output: {rsa: abc}}", "rsa : trouvé abc ; attendu : un montant"),
        ("- {period: 2026-11, input: {age: 40}, output: {rsa: []}}", "rsa"),
        ("- {period: 2026-11, input: {age: 40}, output: {rsa_motif: RICHE}}", "le nom d'un motif"),
        ("- {period: 2026-11, only_variables: 3, input: {age: 40}, output: {rsa: 0}}", "une liste de variables"),
    ],
)
def test_un_cas_mal_ecrit_est_refuse_avec_son_rang(tmp_path: Path, texte: str, message: str, capsys: Any) -> None:
    verdict = un(tmp_path, texte)
    assert verdict.issue is Issue.ILLISIBLE
    assert verdict.rang == ("[" not in texte or "}" in texte)
    assert message in verdict.details[0]
    assert main(["cas", str(tmp_path)]) == 2
    assert message in capsys.readouterr().out


def test_des_renvois_en_cascade_ne_prennent_ni_temps_ni_memoire(tmp_path: Path) -> None:
    niveaux = "\n".join(
        f"    n{i}: &n{i} {{{', '.join(f'{c}: *n{i - 1}' for c in 'abcdefghi')}}}" for i in range(1, 12)
    )
    texte = f"- period: 2026-11\n  input:\n    n0: &n0 {{a: 0}}\n{niveaux}\n  output: {{rsa: 0}}\n"
    assert un(tmp_path, texte).details[0].endswith("ses renvois (&, *) font plus de 1000000 valeurs")
    cas = DEUX_ENFANTS.format(sortie="{af: 153.01}", famille=FAMILLE, marge="")
    liste = "".join(f"- &n{i} [{', '.join([f'*n{i - 1}'] * 10)}]\n" for i in range(1, 12))
    for ancien, nouveau in (("Deux enfants", "*n11"), ("2026-11", "*n11"), ("2018-01-15", "*n11"), ("30000", "*n11")):
        verdict = un(tmp_path, f"- &n0 [0]\n{liste}{cas.replace(ancien, nouveau)}")
        assert (verdict.issue, verdict.rang) == (Issue.ILLISIBLE, 0)
    assert un(tmp_path, "- &a {period: 2026-11, input: *a, output: {rsa: 0}}").issue is Issue.ILLISIBLE
    renvoi = cas.replace("p: {", "p: &adulte {").replace("  output:", "    menage: {loyer: 0}\n  output:")
    assert un(tmp_path, renvoi).issue is Issue.REUSSI


@pytest.mark.parametrize(
    ("ancien", "nouveau", "dit"),
    [
        ("[a, b]", "[a, a, b]", "a est deux fois dans la famille"),
        ("p: {date_naissance: 1985-06-10}", "p: {age: -3}", "« age » : trouvé -3 ; attendu : un âge en années."),
        ("30000", ".nan", "« prestations_familiales_base_ressources » : trouvé nan ; attendu : un montant en euros"),
        ("30000", "9" * 6000, "l'écriture YAML est incorrecte (un nombre a trop de chiffres)"),
        ("30000", "[" * 3000 + "]" * 3000, "l'écriture YAML est incorrecte (trop de niveaux d'imbrication)"),
        ("30000", "!!python/name:os.system x", ": l'écriture YAML est incorrecte (l'étiquette « tag:yaml.org,"),
        ("period: 2026-11", "period: 2026-11\n  absolute_error_margin: un", "marge : trouvé un ; attendu : un nombre"),
        (
            "period: 2026-11",
            "period: 2026-11\n  absolute_error_margin: .nan",
            "marge : trouvé nan ; attendu : un nombre",
        ),
    ],
)
def test_un_cas_mauvais_est_dit_en_francais_et_les_autres_sont_verifies(
    tmp_path: Path, capsys: Any, ancien: str, nouveau: str, dit: str
) -> None:
    cas = DEUX_ENFANTS.format(sortie="{af: 153.01}", famille=FAMILLE, marge="")
    (tmp_path / "a.yaml").write_text(cas.replace(ancien, nouveau))
    (tmp_path / "b.yaml").write_text(cas)
    (tmp_path / "c.yaml").write_bytes(cas.encode("utf-16"))
    assert main(["cas", str(tmp_path)]) == 2
    lu = capsys.readouterr().out
    assert dit in lu
    assert "c.yaml n'est pas écrit en UTF-8" in lu
    assert "3 cas : 1 réussi, 0 échoué, 0 non pris, 2 illisibles." in lu


def test_un_dossier_se_parcourt_et_se_dit_en_json(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "sous").mkdir()
    (tmp_path / "sous" / "a.yaml").write_text(DEUX_ENFANTS.format(sortie="{af: 1}", famille=FAMILLE, marge=""))
    (tmp_path / "b.yml").write_text(DEUX_ENFANTS.format(sortie="{af: 153.01}", famille=FAMILLE, marge=""))
    (tmp_path / "vide.yaml").write_text("")
    assert main(["cas", str(tmp_path), "--json"]) == 1
    dit = json.loads(capsys.readouterr().out)
    assert dit["comptes"] == {"réussi": 1, "échoué": 1, "non pris": 0, "illisible": 0}
    assert [(Path(c["fichier"]).name, c["issue"]) for c in dit["cas"]] == [("b.yml", "réussi"), ("a.yaml", "échoué")]
    assert main(["cas", str(tmp_path)]) == 1
    assert "✗" in capsys.readouterr().out


def test_un_chemin_vide_ou_absent(tmp_path: Path, capsys: Any) -> None:
    assert main(["cas", str(tmp_path)]) == 2
    assert main(["cas", str(tmp_path / "rien.yaml")]) == 2
    assert "ne contient aucun fichier .yaml" in capsys.readouterr().err


def test_un_cas_non_pris_n_est_pas_un_succes_sauf_si_on_l_admet(tmp_path: Path, capsys: Any) -> None:
    reussi = DEUX_ENFANTS.format(sortie="{af: 153.01}", famille=FAMILLE, marge="")
    (tmp_path / "a.yaml").write_text(reussi)
    assert main(["cas", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "1 cas : 1 réussi, 0 échoué, 0 non pris, 0 illisible.\n"
    (tmp_path / "b.yaml").write_text(reussi.replace("af: 153.01", "irpp: 0"))
    assert main(["cas", str(tmp_path)]) == 3
    lignes = capsys.readouterr().out.splitlines()
    assert lignes[1] == "    Limpide ne calcule pas irpp"
    assert lignes[-1].startswith("2 cas : 1 réussi, 0 échoué, 1 non pris, 0 illisible. Le cas non pris n'a pas été")
    assert main(["cas", str(tmp_path), "--json"]) == 3
    capsys.readouterr()
    assert main(["cas", str(tmp_path), "--non-pris-admis"]) == 0
    assert capsys.readouterr().out.endswith("Le cas non pris n'a pas été vérifié : admis.\n")
    (tmp_path / "c.yaml").write_text(reussi.replace("153.01", "1"))
    assert main(["cas", str(tmp_path), "--non-pris-admis"]) == 1
    with pytest.raises(SystemExit):
        main(["cas", "--help"])
    assert "3  aucun n'a échoué, mais des cas ne sont pas pris" in capsys.readouterr().out


def test_ou_il_n_y_a_aucun_cas_rien_n_est_verifie(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "vide.yaml").write_text("")
    assert main(["cas", str(tmp_path)]) == 2
    assert capsys.readouterr().out == "0 cas : 0 réussi, 0 échoué, 0 non pris, 0 illisible.\n"


COUPLE = """
- name: Deux adultes handicapés
  period: 2025-05
  absolute_error_margin: 0.01
  input:
    famille: {{parents: [a, b]}}
    individus:
      a: {{age: 46, taux_incapacite: 0.8, {n2}}}
      b: {{age: 40, taux_incapacite: 0.8, {n2}}}
  output: {sortie}
"""
N2 = "aah_activite_n2: 0, aah_pensions_n2: 0, aah_autres_revenus_n2: 0"


@pytest.mark.parametrize(
    ("sortie", "issue"),
    [
        ("{aah: [1033.32, 1033.32]}", Issue.REUSSI),
        ("{aah: [1033.32, 0]}", Issue.ECHOUE),
        ("{aah: {2025-05: [1033.32, 1033.32]}}", Issue.REUSSI),
        ("{individus: {b: {aah: 1033.32}}}", Issue.REUSSI),
        ("{individus: {b: {aah: 1000}}}", Issue.ECHOUE),
        ("{aah: [1033.32]}", Issue.ILLISIBLE),
        ("{individus: {c: {aah: 0}}}", Issue.ILLISIBLE),
        ("{individus: {a: {af: 0}}}", Issue.NON_PRIS),
        ("{af: [0]}", Issue.REUSSI),
        ("{af: [0, 0]}", Issue.NON_PRIS),
    ],
)
def test_ce_qui_est_a_chacun_se_verifie_pour_chacun(tmp_path: Path, sortie: str, issue: Issue) -> None:
    verdict = un(tmp_path, COUPLE.format(sortie=sortie, n2=N2))
    assert verdict.issue is issue, verdict.details
    if issue is Issue.ECHOUE:
        assert verdict.details[0].startswith("aah, personne n° 2 : ")


def test_ou_les_deux_marges_sont_donnees_les_deux_comptent(tmp_path: Path) -> None:
    """As OpenFisca's runner (assert_near)."""
    assert deux_enfants(tmp_path, "{af: 150}", marge="absolute_error_margin: 4").issue is Issue.REUSSI
    les_deux = "absolute_error_margin: {}\n  relative_error_margin: {}"
    assert deux_enfants(tmp_path, "{af: 150}", marge=les_deux.format(4, 0.001)).issue is Issue.ECHOUE
    assert deux_enfants(tmp_path, "{af: 150}", marge=les_deux.format(1, 0.03)).issue is Issue.ECHOUE
    assert deux_enfants(tmp_path, "{af: 150}", marge=les_deux.format(4, 0.03)).issue is Issue.REUSSI
    assert deux_enfants(tmp_path, "{af: 153}", marge="absolute_error_margin: 0.01").issue is Issue.REUSSI


def test_les_variables_a_regarder_se_choisissent(tmp_path: Path) -> None:
    faux = "{af: 1, cf: 0, irpp: 3}"
    assert deux_enfants(tmp_path, faux, marge="only_variables: [cf]").issue is Issue.REUSSI
    assert deux_enfants(tmp_path, faux, marge="ignore_variables: [af, irpp]").issue is Issue.REUSSI
    assert deux_enfants(tmp_path, faux, marge="ignore_variables: [irpp]").issue is Issue.ECHOUE


def test_ce_qui_va_a_une_personne_n_est_pas_un_echec(tmp_path: Path) -> None:
    foyer = "famille: {parents: [p], enfants: [a, b]}\n    menage: {depcom: 97608}"
    verdict = deux_enfants(tmp_path, "{af: 153.01}", famille=foyer)
    assert verdict.issue is Issue.NON_PRIS
    assert verdict.details[0].startswith("af est à instruire")
    dit = "{af: 0, af_motif: A_INSTRUIRE}"
    assert deux_enfants(tmp_path, dit, famille=foyer).issue is Issue.REUSSI


def test_un_dossier_va_a_son_terme(tmp_path: Path, capsys: Any) -> None:
    """A folder as OpenFisca-France has them: other variables, other years, old words, numbers without quotes."""
    lisible = DEUX_ENFANTS.format(sortie="{af: 153.01}", famille=FAMILLE, marge="")
    (tmp_path / "a.yaml").write_text("- {period: [")
    (tmp_path / "b.yaml").write_text(
        """
- {name: ancien format, period: 2012-03, input_variables: {asi: 600}, output_variables: {caah: 179.3}}
- {name: mot inconnu, period: 2026-11, entree: {}, output: {af: 0}}
- {name: année, period: 2025, input: {age: 40}, output: {af: {2025: 423.48 / (1 - 0.005)}}}
- {name: hors de la loi, period: 2018-11, input: {age: 40}, output: {individus: {individu: {aah_base: 226.17}}}}
- {name: revenu non lu, period: 2023-08, input: {age: 40, salaire_imposable: {2021: 24000}}, output: {aah: 374.84}}
"""
        + lisible.replace("prestations", "depcom: {2026-11: 32107}, prestations")
    )
    (tmp_path / "c.yaml").write_bytes(b"\x80\x81")
    (tmp_path / "d.yml").write_text(lisible)
    assert main(["cas", str(tmp_path), "--json"]) == 2
    dit = json.loads(capsys.readouterr().out)
    assert [(Path(c["fichier"]).name, c["rang"], c["issue"]) for c in dit["cas"]] == [
        ("a.yaml", 0, "illisible"),
        ("b.yaml", 1, "illisible"),
        ("b.yaml", 2, "illisible"),
        ("b.yaml", 3, "non pris"),
        ("b.yaml", 4, "non pris"),
        ("b.yaml", 5, "non pris"),
        ("b.yaml", 6, "réussi"),
        ("c.yaml", 0, "illisible"),
        ("d.yml", 1, "réussi"),
    ]
    assert main(["cas", str(tmp_path)]) == 2
    assert "9 cas : 2 réussis, 0 échoué, 3 non pris, 4 illisibles." in capsys.readouterr().out
    (tmp_path / "e.yaml").write_text(lisible.replace("153.01", "1"))
    assert main(["cas", str(tmp_path)]) == 1


@pytest.mark.parametrize("periode", ["2025", "year:2025", "2025-08"])
def test_une_aide_de_l_annee_se_verifie_par_annee(tmp_path: Path, periode: str) -> None:
    texte = f"""
- period: {periode}
  input:
    famille: {{parents: [mere], enfants: [ecolier], prestations_familiales_base_ressources: {{{periode}: 10000}}}}
    individus: {{mere: {{age: 40}}, ecolier: {{date_naissance: 2016-03-02}}}}
  output: {{ars: 425.60, ars_motif: OUVERT}}
"""
    verdict = un(tmp_path, texte)
    assert (verdict.issue, verdict.details) == (Issue.REUSSI, ())


def test_ce_que_le_foyer_recoit_et_ne_dit_pas_est_calcule(tmp_path: Path) -> None:
    """OpenFisca computes the RSA that the year-end aid looks at: here too, or it is missing, never taken for zero."""
    seul = """
- period: 2025
  input: {age: 40, statut_occupation_logement: locataire_vide%s}
  output: {aefa: 152.45}
"""
    assert un(tmp_path, seul % "").issue is Issue.REUSSI
    assert un(tmp_path, seul % ", nationalite: ZZ").details == ("aefa : il manque rsa (décembre 2025)",)
    assert un(tmp_path, seul % ", rsa: 0").details == ("aefa : 152.45 € attendus, 0.00 € trouvés",)
