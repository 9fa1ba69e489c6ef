from types import CodeType, FunctionType

import pytest

from limpide.droits import dependances
from limpide.droits.calcul import catalogue_droits
from limpide.droits.dependances import empreinte_du_noyau, modules_atteints
from limpide.droits.moteur.regle import REGLES

DROITS = {droit.code: droit for droit in catalogue_droits()}


def _appelees(fonction, vues):
    """Every function of the law that this one names, and those they name; other wordings of a rule included."""
    if fonction in vues:
        return vues
    vues.add(fonction)
    codes, noms = [fonction.__code__], set()
    for code in codes:
        noms |= set(code.co_names)
        codes += [constante for constante in code.co_consts if isinstance(constante, CodeType)]
    for nom in noms:
        objet = fonction.__globals__.get(nom)
        for trouvee in [v.fonction for v in objet.regle.variantes] if hasattr(objet, "regle") else [objet]:
            if isinstance(trouvee, FunctionType) and trouvee.__module__.startswith("limpide.droits."):
                _appelees(trouvee, vues)
    return vues


@pytest.mark.parametrize("droit", DROITS.values(), ids=DROITS)
def test_the_files_of_a_right_hold_every_function_it_calls(droit):
    entrees = [
        variante.fonction for f in droit.fonctions.values() if hasattr(f, "regle") for variante in f.regle.variantes
    ]
    appelees = set()
    for fonction in entrees:
        _appelees(fonction, appelees)
    modules = modules_atteints(f.__module__ for f in droit.fonctions.values())
    assert {f.__module__ for f in appelees} <= modules
    assert len(appelees) > 3


def test_every_wording_of_a_rule_is_followed():
    ailleurs = [(r, v) for r in REGLES.values() for v in r.variantes if v.fonction.__module__ != r.fonction.__module__]
    for regle, variante in ailleurs:
        assert variante.fonction.__module__ in modules_atteints([regle.fonction.__module__])


def test_a_changed_file_changes_the_rights_that_it_makes_and_no_other(monkeypatch):
    avant = {code: empreinte_du_noyau([droit]) for code, droit in DROITS.items()}
    lire = dependances._contenu
    monkeypatch.setattr(
        dependances, "_contenu", lambda fichier: lire(fichier) + b"#" * (fichier.parts[-2:] == ("aeeh", "enfants.py"))
    )
    changes = {code for code, droit in DROITS.items() if empreinte_du_noyau([droit]) != avant[code]}
    assert "aeeh" in changes
    assert not changes & {"af", "rsa", "ppa", "apl"}


def test_a_file_changed_after_it_was_read_is_not_shared(monkeypatch):
    """An update under a running process: what it compiles must not be found by those that start after."""
    ecrit = empreinte_du_noyau([DROITS["aeeh"]])
    monkeypatch.setattr(dependances, "LUES_DEPUIS", 0.0)
    le_sien = empreinte_du_noyau([DROITS["aeeh"]])
    assert le_sien != ecrit
    monkeypatch.setattr(dependances.os, "getpid", lambda: 0)
    assert empreinte_du_noyau([DROITS["aeeh"]]) not in (ecrit, le_sien)
