"""What is published of a right is what its computation uses: nothing less, found from the code and not from a list."""

import ast
from pathlib import Path

import pytest

from limpide.droits.bareme import parametres
from limpide.droits.calcul import catalogue_droits, liquider
from limpide.droits.detail import donnees_lues, parametres_lus
from limpide.droits.explication import trace_de
from limpide.droits.hasard import Tirage, tirer
from limpide.droits.moteur import Etape
from limpide.droits.moteur.regle import REGLES
from limpide.droits.publication import DroitInconnu, publier
from limpide.droits.situation import Situation, codes_droits

RACINE = Path(__file__).parents[2]


def appliquees(etape: Etape) -> set[str]:
    return {etape.regle, *(cle for dedans in etape.etapes for cle in appliquees(dedans))} - {""}


def test_every_rule_and_every_parameter_of_the_law_is_published_with_some_right():
    publies = [publier(code) for code in codes_droits()]
    assert {r.regle.cle for p in publies for r in p.regles} == {
        c for c in REGLES if c.startswith("limpide.") and not c.startswith("limpide.droits.derives.")
    }
    des_droits = {p.nom for p in parametres().values() if p.dossier != "derives"}
    assert {p.nom for publie in publies for p in publie.parametres} == des_droits


@pytest.mark.preuve(
    "Rien d'appliqué qui ne soit publié : règles, paramètres et données de foyers tirés au sort sont sur sa page",
    systemes=("S42",),
)
@pytest.mark.parametrize("code", codes_droits())
def test_whatever_a_computation_uses_is_published(code):
    publie = publier(code)
    regles, lus = {r.regle.cle for r in publie.regles}, {p.nom for p in publie.parametres}
    mouvants = Tirage(mouvements=0.1, trimestres=True, negatifs=True, etats_libres=True)
    foyers, personnes = tirer(200, 7, "2026-11", mouvants)
    tires = [Situation("2026-11", foyers[i : i + 1], personnes[f["debut"] : f["fin"]]) for i, f in enumerate(foyers)]
    for situation in [*tires, *(joue.cas.situation for joue in publie.cas)]:
        resultat = liquider(situation, codes_droits())[code]
        assert appliquees(trace_de(resultat)) <= regles
        assert {lu.parametre.nom for lu in parametres_lus(resultat)} <= lus
        assert {donnee.nature for donnee in donnees_lues(resultat)} <= set(publie.faits)


@pytest.mark.parametrize("code", codes_droits())
def test_worked_cases_are_computed_again_and_hold(code):
    publie = publier(code)
    assert len(publie.cas) > 3
    assert [joue.ecarts for joue in publie.cas if joue.ecarts] == []


def test_a_rule_is_shown_as_it_is_written_at_its_line():
    for code in codes_droits():
        for dite in publier(code).regles:
            lignes = (RACINE / dite.fichier).read_text(encoding="utf-8").splitlines()
            assert lignes[dite.ligne - 1].startswith("@regle(")
            assert dite.source.splitlines()[0] == lignes[dite.ligne - 1]
            fonction = ast.parse(dite.source).body[0]
            assert isinstance(fonction, ast.FunctionDef)
            assert fonction.name == dite.variante.fonction.__name__


def test_the_sentence_of_a_rule_comes_from_a_case_where_it_gives_something():
    par_cle = {r.regle.cle.rpartition(".")[2]: r for r in publier("af").regles if r.variante.jusque is None}
    assert "32\u00a0% de la base mensuelle" in par_cle["montant_enfants"].exemple.texte
    assert par_cle["coefficient_residence_alternee"].exemple.texte.startswith("Votre foyer reçoit 50\u00a0%")
    assert par_cle["af_base"].appuis == (
        "limpide.droits.af.regles.montant_enfants",
        "limpide.droits.af.regles.montant_un_enfant",
        "limpide.droits.af.regles.tranche_ressources",
        "limpide.droits.bases.charge.coefficient_residence_alternee",
        "limpide.droits.bases.charge.plafond_remuneration",  # through the primitive that counts the children
        "limpide.droits.bases.sejour.outremer",
        "limpide.droits.bases.sejour.residence",
    )


def test_each_wording_has_an_address_of_its_own():
    for code in codes_droits():
        ancres = [r.ancre for r in publier(code).regles]
        assert len(set(ancres)) == len(ancres)


def test_a_right_reads_its_own_folder_first():
    for droit in catalogue_droits():
        assert publier(droit.code).regles[0].dossier == droit.code


def test_an_unknown_right_is_refused():
    with pytest.raises(DroitInconnu):
        publier("agepi")
