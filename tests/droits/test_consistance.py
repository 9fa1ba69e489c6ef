"""What keeps the law readable: every rule cites its article, every right has its cases, every month is covered."""

import inspect
import re
from pathlib import Path

import pytest

from limpide.droits import bareme, calcul
from limpide.droits.bases.revenus import rien_recu
from limpide.droits.empreinte import calculer_empreinte, sources
from limpide.droits.faits import NATURES
from limpide.droits.moteur.regle import REGLES
from limpide.droits.situation import codes_droits

DROITS_DIR = Path(bareme.__file__).parent


def regles():
    calcul.catalogue_droits()
    return [entree for cle, entree in REGLES.items() if cle.startswith("limpide.")]


def test_the_three_rights_are_found_in_the_order_of_the_law():
    assert [droit.code for droit in calcul.catalogue_droits()][:1] == ["af"]
    assert set(codes_droits()) >= {"af", "rsa", "ppa"}


def test_every_rule_has_an_article_and_an_entry_into_force():
    assert len(regles()) > 20
    for entree in regles():
        for variante in entree.variantes:
            assert all(re.search(r"\d", article) for article in variante.articles), entree.cle
            assert variante.depuis.year >= 1946, entree.cle
            assert variante.libelle, entree.cle


def test_every_rule_is_in_force_in_every_month_of_the_windows():
    mois = {m for texte in bareme.mois_couverts() for m in bareme.mois_fenetre(bareme.lire_mois(texte))}
    creations = {
        "allocation_deces": bareme.parametres()["deces_taux"].sans_objet_avant,
        "retenues": 202201,  # no scale is held for a year before
    }
    for entree in regles():
        # A rule without variants applies to the months it is given; its entry into force precedes the first of them.
        # That of a right created since is asked nothing before the first month of its parameters.
        premier = max(bareme.PREMIER_MOIS, *(creations.get(part, 0) for part in entree.cle.split(".")))
        attendus = mois if len(entree.variantes) > 1 else {premier, bareme.DERNIER_MOIS}
        for m in sorted(attendus):
            assert entree.variante(m) in entree.variantes


@pytest.mark.parametrize("code", codes_droits())
def test_every_right_has_parameters_and_cases(code):
    assert (DROITS_DIR / code / "bareme.toml").exists()
    assert (DROITS_DIR / code / "cas.yaml").stat().st_size > 200


def test_no_amount_rate_or_date_in_the_code_of_the_rules():
    """Figures of the law live in bareme.toml: rule code counts, compares and divides by 12, nothing else."""
    permis = {*map(str, range(8)), "12", "100", "1000", "0.0", "1.0", "2.0", "3.0", "12.0", "0.5", "31"}
    for fichier in sorted(DROITS_DIR.glob("*/*.py")):
        if fichier.name == "__init__.py" or not (fichier.parent / "bareme.toml").exists():
            continue
        code = re.sub(r'"""[\s\S]*?"""|f?"(?:[^"\\\n]|\\.)*"|#.*', "", fichier.read_text(encoding="utf-8"))
        nombres = set(re.findall(r"(?<![\w.\]])\d+(?:\.\d+)?\b(?!\.)", code))
        assert nombres <= permis, (fichier.name, nombres - permis)


def test_a_changed_rule_or_parameter_changes_the_fingerprint(tmp_path):
    for fichier in sources():
        copie = tmp_path / fichier.relative_to(DROITS_DIR)
        copie.parent.mkdir(parents=True, exist_ok=True)
        copie.write_bytes(fichier.read_bytes())
    depart = calculer_empreinte(tmp_path)
    assert depart == calculer_empreinte(DROITS_DIR)
    for nom in ("af/bareme.toml", "rsa/regles.py", "bases/bareme.toml", "moteur/arrondi.py", "faits.py"):
        cible = tmp_path / nom
        avant = cible.read_bytes()
        cible.write_bytes(avant.replace(b"1", b"2", 1) if b"1" in avant else avant + b"\n")
        assert calculer_empreinte(tmp_path) != depart, nom
        cible.write_bytes(avant)
    (tmp_path / "af" / "nouvelle.py").write_text("pass\n")
    assert calculer_empreinte(tmp_path) != depart


def test_nothing_received_means_every_monthly_amount():
    """`rien_recu` lists the amounts by hand (rules are plain text): an amount added to the catalogue joins it."""
    source = inspect.getsource(rien_recu)
    for nature in NATURES.values():
        if nature.sujet == "personne" and nature.type == "euros" and nature.periodicite == "mois":
            assert f"p.{nature.nom}[k]" in source
