"""The law changed on purpose: changes are made, noticed by the cases, undone; what survives is to be explained."""

import pytest

from limpide.droits.af.regles import complement_degressif
from limpide.droits.bases.charge import age_en_mois
from limpide.droits.bases.revenus import salaires
from limpide.droits.moteur.regle import entree_de
from mutations import commande, jugement
from mutations.jugement import CasDeLaLoi, Sort, juger
from mutations.mutants import Mutant, fonctions, mutants


@pytest.fixture(scope="module")
def cas() -> CasDeLaLoi:
    return CasDeLaLoi()


def complement() -> list[Mutant]:
    return list(mutants(entree_de(complement_degressif).variantes[-1].fonction))


def test_operators_conditions_and_figures_are_each_changed_once() -> None:
    cles = [m.cle for m in complement()]
    assert len(cles) == len(set(cles)) > 5
    assert all(cle.startswith("af/regles.py:complement_degressif: ") for cle in cles)
    assert any(cle.endswith("[or → and]") for cle in cles)
    assert any(cle.endswith("[> → >=]") for cle in cles)
    assert any(cle.endswith("[- → +]") for cle in cles)


def test_a_shortcut_may_be_changed_but_not_only_left() -> None:
    """The long way gives the same: nothing to notice. The shortcut taken where it promises nothing is wrong."""
    cles = [m.cle for m in mutants(salaires)]
    assert any("sans_autre_activite == 1: [== → !=]" in cle for cle in cles)
    assert not any("sans_autre_activite == 1: [1 → 2]" in cle for cle in cles)
    assert not any("rang_naissance == 0" in m.cle for m in mutants(age_en_mois))


def test_a_changed_rule_is_noticed_by_a_case_and_put_back(cas: CasDeLaLoi) -> None:
    mutant = next(m for m in complement() if m.cle.endswith("[- → +]"))
    avant = mutant.fonction.__code__
    concernes = cas.de(mutant.fonction)
    assert juger(mutant, concernes).sort is Sort.REFUSE
    assert mutant.fonction.__code__ is avant
    assert [ecart for c in concernes for ecart in c.verifier()] == []


def test_a_rule_that_no_case_calls_is_said_so(cas: CasDeLaLoi) -> None:
    assert juger(complement()[0], []).sort is Sort.JAMAIS_APPELE
    assert len(cas.cas) > 100


def test_a_rule_that_never_ends_is_noticed(cas: CasDeLaLoi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jugement, "SECONDES_PAR_CAS", 1)
    mutant = complement()[0]

    def sans_fin(ressources: float, tranche: int, montant: float, *_: object) -> float:
        while tranche >= 0:
            montant += ressources
        return montant

    boucle = Mutant(mutant.fonction, mutant.cle, mutant.ligne, sans_fin.__code__)
    assert juger(boucle, cas.de(mutant.fonction)[:1]).sort is Sort.REFUSE


def test_only_what_survives_is_explained() -> None:
    jugements = commande.juger_tout(("ars",), 1)
    assert {j.dossier for j in jugements} == {"ars"}
    refusee = next(j.cle for j in jugements if j.sort is Sort.REFUSE)
    assert commande.inutiles(jugements, {refusee: "elle est refusée"}) == [refusee]
    assert commande.expliquer("cf/regles.py:f: a < b [< → <=]", {"cf/*[< → <=]": "égaux"}) == "égaux"
    assert commande.expliquer("cf/regles.py:f: a < b [< → <=]", {"cf/*[> → >=]": "égaux"}) is None


def test_every_explanation_speaks_of_a_function_that_exists() -> None:
    noms = {f"{f.__module__.split('.')[-2]}/{f.__module__.split('.')[-1]}.py:{f.__name__}" for f in fonctions()}
    for cle in commande.lire_explications():
        assert "*" in cle or cle.split(": ")[0] in noms, cle
