import json

import pytest
import yaml

from limpide.droits.calcul import liquider
from limpide.droits.faits import NATURES
from limpide.droits.lecture_fichier import FichierInvalide, lire_fichier, lire_texte, simplifier
from tests.droits.foyers import famille

FOYER = """\
mois: 2026-11
foyer:
  residence: métropole
  Logement: locataire d'un logement vide
  aide_logement: 200
  revenu_annuel: 20000
personnes:
  - role: demandeur
    naissance: 1990-05-31
    nationalité: française
    salaire:
      2026-07: 800
      2026-08: 810.5
      2026-09: inconnu
  - role: enfant
    naissance: 2015-02-03
    résidence_alternée: oui
  - role: enfant
    naissance: 2021-06-18
"""


def lire(texte, mois=None):
    return lire_texte(texte.encode() if isinstance(texte, str) else texte, mois)


def refus(texte, mois=None):
    with pytest.raises(FichierInvalide) as capture:
        lire(texte, mois)
    return str(capture.value)


def openfisca(**changements):
    donnees = {
        "individus": {
            "a": {"date_naissance": {"ETERNITY": "1990-05-31"}, "salaire_net": {"2026": 12000}},
            "b": {"date_naissance": {"ETERNITY": "2015-02-03"}},
        },
        "familles": {"f": {"parents": ["a"], "enfants": ["b"], "aide_logement": {"2026-11": 100}}},
        "foyers_fiscaux": {"ff": {"declarants": ["a"], "personnes_a_charge": ["b"]}},
        "menages": {"m": {"personne_de_reference": ["a"], "enfants": ["b"], "depcom": {"2026-11": "97400"}}},
    }
    for chemin, valeur in changements.items():
        cible = donnees
        *debut, dernier = chemin.split("__")
        for cle in debut:
            cible = cible[cle]
        cible[dernier] = valeur
    return json.dumps(donnees)


def test_a_file_written_by_hand_is_read_as_people_write():
    lu = lire(FOYER).situation.vers_dict()
    assert lu["foyer"]["residence"] == "metropole"
    assert lu["foyer"]["statut_occupation_logement"] == "locataire_vide"
    assert lu["personnes"][0]["salaire_net"] == [None, None, 800.0, 810.5, None, None, None]
    assert lu["personnes"][0]["nationalite"] == "francaise"
    assert lu["personnes"][1]["garde_alternee"] is True


def test_the_examples_of_the_documentation_compute():
    from pathlib import Path

    # OpenFisca's situations say nothing of the other parent nor of « biactivité »: those rights stay unknown.
    for nom, droits in (("foyer.yaml", None), ("situation-openfisca.json", ["af", "rsa", "ppa", "paje_naissance"])):
        lu = lire_fichier(Path("docs/exemples") / nom, "2026-11")
        assert {r.motif for r in liquider(lu.situation, droits).values()}.isdisjoint({"INCONNU"})


def test_json_is_read_too():
    assert lire(json.dumps(famille())).situation.vers_dict()["personnes"][0]["salaire_net"] == [800.0] * 7


def test_every_label_of_the_catalogue_names_its_fact():
    libelles = [simplifier(n.libelle) for n in NATURES.values()]
    assert len(libelles) == len(set(libelles))


@pytest.mark.parametrize(
    ("ecrit", "change", "attendus"),
    [
        ("2026-08: 810.5", "2026-08: .nan", ["ligne 13", "personnes.1.salaire.2026-08", "nan", "un montant en euros"]),
        ("2026-08: 810.5", "2026-08: 1e400", ["salaire.2026-08", "1e400", "un montant en euros"]),
        ("aide_logement: 200", "aide_logement: -200", ["ligne 5", "foyer.aide_logement", "-200", "positif ou nul"]),
        ("aide_logement: 200", "aide_logment: 200", ["ligne 5", "aide_logment", "aide_logement"]),
        ("2026-08: 810.5", "2026-13: 810.5", ["ligne 13", "2026-13", "n'est pas un mois"]),
        ("2026-08: 810.5", "1926-08: 810.5", ["ligne 13", "plus de dix ans"]),
        ("mois: 2026-11", "mois: 2027-11", ["ligne 1", "2027-11", "janvier 2020 à décembre 2026"]),
        ("naissance: 2015-02-03", "naissance: 2015-02-33", ["2015-02-33"]),
        ("naissance: 2015-02-03", "naissance: {2026-08: 1}", ["ligne 16", "mois par mois"]),
        ("role: demandeur", "role: cousin", ["ligne 8", "cousin", "demandeur ou conjoint ou enfant"]),
        ("aide_logement: 200", "aide_logement: 200\n  aide_logement: 300", ["ligne 6", "écrit deux fois"]),
        ("aide_logement: 200", "aide_logement: 200\n  aide_au_logement: 300", ["ligne 6", "deux fois, sous deux noms"]),
        ("foyer:", "foyer: [", ["YAML"]),
        ("mois: 2026-11\n", "", ["--mois 2026-11"]),
        ("mois: 2026-11", "mois: 2026-11\nadresse: x", ["ligne 2", "adresse"]),
        ("aide_logement: 200", "aide_logement: !!python/object/apply:os.getcwd []", ["ligne 5", "YAML"]),
    ],
)
def test_what_is_wrong_is_named_with_its_line(ecrit, change, attendus):
    message = refus(FOYER.replace(ecrit, change, 1))
    for attendu in attendus:
        assert attendu in message, message


def test_forty_children_are_refused():
    assert "30 enfants au plus" in refus(FOYER + "  - role: enfant\n    naissance: 2015-01-01\n" * 40)


def test_text_that_is_not_utf8_is_refused_with_its_line():
    assert "ligne 3" in refus(FOYER.encode("latin-1"))
    assert "UTF-8" in refus(FOYER.encode("latin-1"))


def test_aliases_that_would_explode_are_refused():
    bombe = "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
    )
    assert "renvois YAML" in refus(bombe)


@pytest.mark.parametrize("texte", ["[" * 100_000, "{" + '"a":{' * 50_000, "- " * 5000])
def test_deep_nesting_is_refused(texte):
    assert "niveaux" in refus(texte) or "incorrecte" in refus(texte)


def test_a_huge_file_is_refused():
    assert "million d'octets" in refus("#" * 1_000_001)


@pytest.mark.parametrize(
    "texte", ["", "bonjour", "- 1", "null", "{}", '{"foyer": 3, "mois": "2026-11"}', "9" * 5000, "\x00"]
)
def test_what_is_not_a_household_is_refused(texte):
    assert refus(texte)


@pytest.mark.parametrize("mot", ["NaN", "Infinity", "1e400"])
def test_json_infinities_are_refused(mot):
    assert "salaire_net" in refus(json.dumps(famille()).replace("800.0", mot)) or "n'est pas un nombre" in refus(
        json.dumps(famille()).replace("800.0", mot)
    )


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(FichierInvalide, match="ne peut pas être lu"):
        lire_fichier(tmp_path / "absent.yaml")


def test_an_openfisca_situation_is_read_with_its_periods_and_roles():
    lu = lire(openfisca(), "2026-11")
    ecrit = lu.situation.vers_dict()
    assert [p["role"] for p in ecrit["personnes"]] == ["demandeur", "enfant"]
    assert ecrit["personnes"][0]["salaire_net"] == [1000.0] * 7
    assert ecrit["foyer"]["residence"] == "la_reunion"
    assert ecrit["foyer"]["aide_logement"] == [None] * 6 + [100.0]
    francais = "la nationalité française (valeur d'OpenFisca par défaut)."
    assert lu.suppositions == (f"a : {francais}", f"b : {francais}")


def test_an_openfisca_situation_in_yaml_is_the_same_as_in_json():
    texte = yaml.safe_dump(json.loads(openfisca()))
    assert lire(texte, "2026-11").situation.vers_dict() == lire(openfisca(), "2026-11").situation.vers_dict()


def test_openfisca_values_are_translated():
    texte = openfisca(
        individus__a__nationalite={"2026-11": "PT"},
        individus__a__taux_incapacite={"2026-11": 0.8},
        individus__a__chomage_net={"month:2026-06:3": 1500},
        individus__a__rpns_autres_revenus={"2024": 6000, "2025": 0},
        menages__m__statut_occupation_logement={"2026-11": "proprietaire"},
        individus__a__statut_marital={"2026-11": "marie"},
        individus__a__salaire_de_base={"2026-11": 0},
    )
    lu = lire(texte, "2026-11")
    personne = lu.situation.vers_dict()["personnes"][0]
    assert (personne["nationalite"], personne["taux_incapacite"]) == ("eee_ou_suisse", 80)
    assert personne["chomage_net"] == [None, 500.0, 500.0, 500.0, None, None, None]
    assert personne["rpns_autres_revenus"] == 6000.0
    assert lu.situation.vers_dict()["foyer"]["statut_occupation_logement"] == "proprietaire"
    assert lu.ignores == ("individus.statut_marital", "individus.salaire_de_base")


def test_a_sum_over_several_months_is_shared_between_those_that_nothing_else_tells():
    texte = openfisca(
        individus__a__salaire_net={"2026": 13000, "2026-09": 2000},
        individus__a__chomage_net={"month:2026-06:6": 1800},
        individus__a__livret_a={"2026": 9000, "2026-10": 9500},
        familles__f__aide_logement={"month:2026-05:7": 1498},
    )
    lu = lire(texte, "2026-11").situation.vers_dict()
    personne = lu["personnes"][0]
    assert personne["salaire_net"] == [1000.0, 1000.0, 1000.0, 1000.0, 2000.0, 1000.0, 1000.0]
    assert personne["chomage_net"] == [None, 300.0, 300.0, 300.0, 300.0, 300.0, 300.0]
    assert personne["livret_a"] == [9000.0] * 5 + [9500.0, 9000.0]  # what one owns is no sum of months
    assert lu["foyer"]["aide_logement"] == [214.0] * 7


def test_what_would_serve_to_compute_a_fact_leaves_it_unknown_and_never_zero():
    sans_net = {"date_naissance": {"ETERNITY": "1990-05-31"}, "salaire_imposable": {"2024": 30000}}
    declaration = {"declarants": ["a"], "personnes_a_charge": ["b"], "f2dc": {"2024": 400}}
    lu = lire(openfisca(individus__a=sans_net, foyers_fiscaux__ff=declaration), "2026-11")
    personne = lu.situation.vers_dict()["personnes"][0]
    inconnus = ("salaire_net", "logement_salaires", "revenus_capital", "revenus_locatifs", "revenus_imposables_n2")
    assert [personne[fait] for fait in inconnus] == [[None] * 7, None, [None] * 7, [None] * 7, None]
    assert not any("salaire" in supposition for supposition in lu.suppositions)
    lu = lire(openfisca(individus__a=sans_net | {"salaire_net": {"2026": 24000}}), "2026-11")
    assert lu.situation.vers_dict()["personnes"][0]["salaire_net"] == [2000.0] * 7


def test_an_age_gives_a_date_of_birth_and_says_so():
    lu = lire(openfisca(individus__b={"age": {"2026-11": 11}}, individus__a__age={"2020": 3}), "2026-11")
    naissances = [p["date_naissance"] for p in lu.situation.vers_dict()["personnes"]]
    assert naissances == ["1990-05-31", "2015-10-01"]
    assert "b : 11 ans depuis le mois qui précède (l'âge seul est donné)." in lu.suppositions


@pytest.mark.parametrize(
    ("changement", "attendus"),
    [
        ({"individus__a__salaire_net": {"2026-11": -5}}, ["individus.a.salaire_net", "-5"]),
        ({"individus__a__salaire_net": {"2026-11-99-3": 5}}, ["individus.a.salaire_net", "une période"]),
        ({"individus__a__nationalite": {"2026-11": "France"}}, ["individus.a.nationalite", "deux lettres"]),
        ({"familles__f__parents": ["z"]}, ["familles.parents", "z"]),
        ({"familles__f__enfants": []}, ["individus", "b"]),
        ({"familles__g": {"parents": []}}, ["familles", "une seule"]),
        ({"menages__m__depcom": {"2026-11": "Lyon"}}, ["menages.m.depcom", "code Insee"]),
        ({"entreprises": {}}, ["entreprises", "inconnue"]),
        ({"individus__a__loyer": {"2026-11": 3}}, ["individus.a.loyer", "parmi les faits du foyer"]),
        ({"individus__a__toto": {"2026-11": 0}}, ["individus.a.toto", "le nom d'une variable"]),
        ({"individus__a__f2dc": {"2026": 0}}, ["individus.a.f2dc", "« foyers_fiscaux »"]),
        ({"individus__a__revenus_etranger": {"2026": 3}}, ["individus.a.revenus_etranger", "le nom d'une variable"]),
        ({"individus__a__invalidite": {"2026-11": True}}, ["individus.a.invalidite", "Limpide ne lit pas"]),
        ({"individus__a__age": {"2026-11": 300}}, ["individus.a.age", "un âge"]),
        ({"individus__a__activite": {"2026-11": "pilote"}}, ["individus.a.activite", "pilote", "chomeur"]),
    ],
)
def test_a_wrong_openfisca_variable_is_named_by_its_path(changement, attendus):
    message = refus(openfisca(**changement), "2026-11")
    for attendu in attendus:
        assert attendu in message, message


def test_an_unknown_name_given_by_month_is_told_as_unknown():
    texte = "personnes:\n  - role: demandeur\n    salaire_nett: {2026-08: 1200}\n"
    with pytest.raises(FichierInvalide, match="ce nom est inconnu ; attendu : salaire_net"):
        lire(texte, "2026-11")


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        ('{"mois":"2026-11"}'.encode("utf-16-le"), "ligne 1, Le fichier n'est pas écrit en UTF-8"),
        ("mois: 2026-11".encode("utf-16"), "ligne 1, Le fichier n'est pas écrit en UTF-8"),
        (b'{"mois": }', "ligne 1, L'écriture JSON est incorrecte (une valeur est attendue)."),
        (b"\tmois: 3", "ligne 1, L'écriture YAML est incorrecte (une tabulation est écrite"),
        (b"? [a, b]\n: 3", "ligne 1, L'écriture YAML est incorrecte (une clé est une liste"),
        (b"mois: " + b"9" * 5000, "L'écriture YAML est incorrecte (un nombre a trop de chiffres)."),
        (b'{"mois": ' + b"9" * 5000 + b"}", "L'écriture JSON est incorrecte (un nombre a trop de chiffres)."),
    ],
)
def test_ce_que_disent_les_lecteurs_est_dit_en_francais(contenu: bytes, dit: str) -> None:
    with pytest.raises(FichierInvalide) as refus:
        lire_texte(contenu)
    assert str(refus.value).startswith(dit)
