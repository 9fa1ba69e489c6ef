"""The complément transitoire of the CMG: the examples of the simulator that the Urssaf published, and its edges."""

from typing import Any

import pytest

from limpide.droits.derives.figures import Differentiel, differentiel_de
from limpide.droits.situation import Situation

ADULTE = {"role": "demandeur", "date_naissance": "1990-03-24", "nationalite": "francaise", "activite": "actif"}
CONJOINT = {**ADULTE, "role": "conjoint"}
GARDE = {"mode_garde": "assistant_maternel", "garde_heures": 100, "garde_cout": 300.0}
PRINTEMPS = {"garde_2025_heures": 300, "garde_2025_cout": 600.0}
CHEZ_SOI = {"garde_domicile_2025_heures": 24, "garde_domicile_2025_cout": 96.0}
REGARDE = "Un agent de votre Caf le regarde."


def enfant(naissance: str, **plus: Any) -> dict[str, Any]:
    return {"role": "enfant", "nationalite": "francaise", "date_naissance": naissance, **plus}


JULES, MARTIN = enfant("2023-11-05", **GARDE, **PRINTEMPS), enfant("2020-11-05")


def dit(*enfants: dict[str, Any], mois: str = "2025-09", adultes: Any = (ADULTE, CONJOINT), **foyer: Any) -> Any:
    dits = {"residence": "metropole", "prestations_familiales_base_ressources": 30_000, "cmg_2025": 660.0, **foyer}
    return differentiel_de(Situation.depuis_dict({"mois": mois, "foyer": dits, "personnes": [*adultes, *enfants]}))


def textes(figure: Differentiel) -> str:
    def tous(phrases: Any) -> list[str]:
        return [t for p in phrases for t in (p.texte, *tous(p.details))]

    return " ".join(tous(figure.phrases)).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_example_of_the_urssaf_gives_its_amount() -> None:
    """« Jules et Martin »: 660 euros received in three months, 170.85 a month by the new rules, 49.15 of complement."""
    figure = dit(JULES, MARTIN, **CHEZ_SOI)
    assert (figure.centimes, figure.jusque) == (4915, "août 2026")
    recit = textes(figure)
    assert "60 659,00 € pour 2 enfants" in recit  # the ceiling that the simulator states
    assert "170,85 € par mois" in recit
    assert "220,00 € par mois" in recit
    assert "300 heures d'assistant maternel et 24 heures chez vous" in recit


def test_nothing_is_given_back_where_the_reform_gives_more() -> None:
    """« Rose »: 340 euros received, less than what the new rules give."""
    figure = dit(JULES, MARTIN, cmg_2025=340.0, **CHEZ_SOI)
    assert (figure.centimes, figure.jusque) == (0, "")
    assert "il n'y a pas de complément" in textes(figure)


@pytest.mark.parametrize(
    ("naissance", "jusque"),
    [
        ("2019-08-20", None),  # six in August 2025
        ("2019-09-20", "septembre 2025"),
        ("2021-12-31", "décembre 2027"),
        ("2022-01-01", None),  # three in 2025, before September or after: not compensated
        ("2022-12-31", None),
        ("2023-01-01", "août 2026"),
        ("2025-05-31", "août 2028"),
    ],
)
def test_each_child_opens_it_until_an_age(naissance: str, jusque: str | None) -> None:
    figure = dit(enfant(naissance, **GARDE, **PRINTEMPS))
    if jusque is None:
        assert figure.centimes == 0
        assert "n'ouvre ce complément" in figure.raison
    else:
        assert (figure.centimes > 0, figure.jusque) == (True, jusque)


def test_a_child_born_since_the_spring_opens_nothing() -> None:
    assert dit(enfant("2025-06-01", **GARDE, **PRINTEMPS)).centimes == 0


@pytest.mark.parametrize(
    ("revenus", "adultes", "ouvert"),
    [
        (53_119, (ADULTE, CONJOINT), True),
        (53_120, (ADULTE, CONJOINT), False),
        (74_366, (ADULTE,), True),  # 53 119 x 1.4 = 74 366.6
        (74_367, (ADULTE,), False),
    ],
)
def test_the_income_of_august_2025_stays_under_the_second_ceiling(revenus: int, adultes: Any, ouvert: bool) -> None:
    figure = dit(enfant("2023-11-05", **GARDE, **PRINTEMPS), adultes=adultes, cmg_2025=2_000.0,
                 prestations_familiales_base_ressources=revenus)  # fmt: skip
    assert (figure.centimes > 0) is ouvert
    assert ("dépassaient le plafond" in figure.raison) is not ouvert


@pytest.mark.parametrize(
    ("naissances", "heures", "foyer", "attendu"),
    [
        (["2023-11-05"], [300], {}, True),
        (["2023-11-05"], [299], {}, False),
        (["2020-11-05"], [150], {}, True),
        (["2022-08-31"], [150], {}, None),  # over three, but three in 2025: enough hours, no opening
        (["2020-11-05"], [149], {}, False),
        (["2023-11-05"], [0], {"garde_domicile_2025_heures": 150, "garde_domicile_2025_cout": 1_500.0}, True),
        (["2023-11-05"], [0], {"garde_domicile_2025_heures": 149, "garde_domicile_2025_cout": 1_490.0}, False),
        (["2023-11-05", "2024-11-05"], [225, 225], {}, True),
        (["2023-11-05", "2024-11-05"], [225, 224], {}, "agent"),  # enough if each has a childminder
        (["2023-11-05", "2024-11-05"], [150, 149], {}, False),
        (["2023-11-05", "2020-11-05"], [200, 100], {}, True),
        (["2023-11-05", "2020-11-05"], [150, 149], {}, False),
        (["2023-11-05", "2020-11-05"], [100, 150], {}, "agent"),
    ],
)
def test_the_care_of_the_spring_was_long_enough(naissances: Any, heures: Any, foyer: Any, attendu: Any) -> None:
    enfants = [
        enfant(n, **GARDE, garde_2025_heures=h, garde_2025_cout=2.0 * h)
        for n, h in zip(naissances, heures, strict=True)
    ]
    figure = dit(*enfants, cmg_2025=3_000.0, **foyer)
    if attendu == "agent":
        assert (figure.centimes, figure.raison) == (None, REGARDE)
    elif attendu:
        assert figure.centimes > 0
    else:
        assert figure.centimes == 0
        assert ("nombre d'heures" in figure.raison) is (attendu is False)


def test_with_the_cmg_it_stays_within_what_is_paid() -> None:
    """90 % of 300 euros, less the CMG after CRDS: 300 x (1 - 2 500 x 0.0619 % / 4.85) = 204.28."""
    figure = dit(enfant("2023-11-05", **GARDE, **PRINTEMPS), mois="2026-01", cmg_differentiel=100.0)
    assert figure.centimes == 6_572
    assert "90 % du salaire net" in textes(figure)


def test_a_later_month_reads_what_was_fixed_and_names_it_where_it_is_missing() -> None:
    jules = enfant("2023-11-05", **GARDE)
    assert dit(jules, mois="2026-08", cmg_differentiel=30.0).centimes == 3_000
    assert dit(jules, mois="2026-09", cmg_differentiel=30.0).centimes == 0
    manque = dit(jules, mois="2025-10", **CHEZ_SOI)
    assert (manque.centimes, manque.manque) == (None, "Complément transitoire fixé par mois en septembre 2025")


def test_a_child_who_came_or_whose_time_is_over_is_left_to_a_person() -> None:
    assert dit(JULES, enfant("2025-07-10")).raison == REGARDE
    deux = [enfant("2023-11-05", **GARDE), enfant("2020-11-05", **GARDE)]
    assert dit(*deux, mois="2026-08", cmg_differentiel=30.0).centimes == 3_000
    assert dit(*deux, mois="2026-09", cmg_differentiel=30.0).raison == REGARDE


def test_what_is_missing_is_named() -> None:
    assert "Dépense pour ces heures" in dit(enfant("2023-11-05", **GARDE, garde_2025_heures=300)).manque
    seul = dit(JULES, cmg_2025=None, cmg_differentiel=None)
    assert seul is None
    sans_cout = dit(JULES, garde_domicile_2025_heures=24)
    assert "Dépense pour cette garde chez vous" in sans_cout.manque
    assert "Heures de garde" in dit(enfant("2023-11-05", **{**GARDE, "garde_heures": None}, **PRINTEMPS)).manque


def test_nothing_is_said_before_the_reform_nor_where_the_cmg_is_closed() -> None:
    assert dit(JULES, MARTIN, mois="2025-08") is None
    ferme = dit(JULES, MARTIN, adultes=({**ADULTE, "activite": "inactif"},))
    assert (ferme.centimes, "n'est pas dû" in ferme.raison) == (0, True)


def test_care_at_home_this_month_counts_for_every_child() -> None:
    """2 700 x (1 - 2 500 x 0.1238 % / 10.38) / 3 = 631.65: nothing under 700 received a month, 68.35 of 700."""
    chez_soi = {"garde_domicile": "emploi_direct", "garde_domicile_heures": 80, "garde_domicile_cout": 900.0}
    figure = dit(enfant("2023-11-05"), cmg_2025=1_200.0, garde_domicile_2025_heures=240,
                 garde_domicile_2025_cout=2_700.0, **chez_soi)  # fmt: skip
    assert (figure.centimes, figure.jusque) == (0, "")
    plus = dit(enfant("2023-11-05"), cmg_2025=2_100.0, garde_domicile_2025_heures=240,
               garde_domicile_2025_cout=2_700.0, **chez_soi)  # fmt: skip
    assert (plus.centimes, plus.jusque) == (6_835, "août 2026")
