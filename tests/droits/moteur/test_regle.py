import pytest

from limpide.droits.moteur import RegleInvalide, regle, tracer
from limpide.droits.moteur.regle import REGLES, entree_de


@pytest.fixture(autouse=True)
def _registre_intact():
    avant = dict(REGLES)
    yield
    REGLES.clear()
    REGLES.update(avant)


class Mois:
    def __init__(self, mois):
        self.mois = mois


def fenetre(mois):
    return [Mois(mois)] * 7


def test_a_rule_without_article_is_refused():
    with pytest.raises(RegleInvalide, match="au moins un article"):
        regle(depuis="2020-01-01")(lambda b: b)


def test_a_rule_without_a_date_is_refused():
    with pytest.raises(RegleInvalide, match="n'est pas une date"):
        regle("CSS L1", depuis="2020")(lambda b: b)


def declarer(jusque, depuis):
    @regle("CSS L1", depuis="2015-01-01", jusque=jusque)
    def age(b):
        return 14

    @regle("CSS L1", depuis=depuis, variante_de=age)
    def age_2026(b):
        return 18

    return age


def test_the_variant_in_force_is_applied():
    age = declarer("2026-02-28", "2026-03-01")
    assert [age(fenetre(m)) for m in (202602, 202603)] == [14, 18]
    assert len(entree_de(age).variantes) == 2


def test_the_month_of_a_rule_is_that_of_its_own_k():
    @regle("CSS L1", depuis="2015-01-01", jusque="2026-02-28")
    def age(b, k):
        return 14

    @regle("CSS L1", depuis="2026-03-01", variante_de=age)
    def age_2026(b, k):
        return 18

    b = [Mois(m) for m in (202510, 202511, 202512, 202601, 202602, 202603, 202604)]
    assert [age(b, k) for k in range(7)] == [14] * 5 + [18] * 2


@pytest.mark.parametrize(
    ("jusque", "depuis", "message"),
    [
        (None, "2026-03-01", "chevauchement"),
        ("2026-03-31", "2026-03-01", "chevauchement"),
        ("2026-01-31", "2026-03-01", "trou"),
        ("2026-03-14", "2026-03-15", "mois entiers"),
        ("2014-12-31", "2015-01-01", "précède l'entrée en vigueur"),
    ],
)
def test_variants_that_overlap_or_leave_a_gap_are_refused(jusque, depuis, message):
    with pytest.raises(RegleInvalide, match=message):
        declarer(jusque, depuis)


def test_a_variant_has_the_arguments_of_the_first():
    @regle("CSS L1", depuis="2015-01-01", jusque="2026-02-28")
    def age(b):
        return 14

    with pytest.raises(RegleInvalide, match="mêmes arguments"):

        @regle("CSS L1", depuis="2026-03-01", variante_de=age)
        def age_2026(p, b):
            return 18


def test_a_rule_that_reads_no_month_has_no_variant():
    @regle("CSS L1", depuis="2015-01-01", jusque="2026-02-28")
    def age(p):
        return 14

    with pytest.raises(RegleInvalide, match="reçoit « b »"):

        @regle("CSS L1", depuis="2026-03-01", variante_de=age)
        def age_2026(p):
            return 18


def test_a_month_outside_every_variant_is_refused():
    @regle("CSS L1", depuis="2015-01-01", jusque="2026-02-28")
    def age(b):
        return 14

    with pytest.raises(RegleInvalide, match="n'est pas en vigueur en 202603"):
        entree_de(age).variante(202603)
    with pytest.raises(RegleInvalide, match="n'est pas en vigueur en 201412"):
        entree_de(age).variante(201412)


def test_the_trace_holds_each_rule_its_arguments_and_its_result():
    @regle("CSS L1", "CSS L2", depuis="2015-01-01", libelle="Double")
    def double(n):
        return 2 * n

    @regle("CSS L3", depuis="2015-01-01")
    def somme(n):
        return double(n) + double(n + 1)

    assert somme(3) == 14
    resultat, etape = tracer(somme, 3)
    assert (resultat, etape.nom, etape.articles, etape.arguments) == (14, "somme", ("CSS L3",), {"n": 3})
    assert [(e.libelle, e.articles, e.arguments, e.resultat) for e in etape.etapes] == [
        ("Double", ("CSS L1", "CSS L2"), {"n": 3}, 6),
        ("Double", ("CSS L1", "CSS L2"), {"n": 4}, 8),
    ]


def test_a_failing_rule_leaves_no_trace_open():
    @regle("CSS L1", depuis="2015-01-01")
    def casse(n):
        return 1 // n

    with pytest.raises(ZeroDivisionError):
        tracer(casse, 0)
    assert tracer(casse, 1)[1].etapes == []
