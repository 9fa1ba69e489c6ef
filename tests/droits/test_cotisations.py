"""What the CMG pays to the Urssaf: all for a childminder within the hourly ceiling, half at home (CSS D531-17)."""

from typing import Any

import pytest

from limpide.droits.derives.figures import cotisations_de
from limpide.droits.situation import Situation

ADULTE = {"role": "demandeur", "date_naissance": "1990-03-24", "nationalite": "francaise", "activite": "actif"}


def dites(mois: str, domicile: dict[str, Any] | None = None, **enfant: Any) -> Any:
    petit = {"role": "enfant", "nationalite": "francaise", "date_naissance": "2024-03-01", **enfant}
    foyer = {"residence": "metropole", "prestations_familiales_base_ressources": 36_000, **(domicile or {})}
    return cotisations_de(Situation.depuis_dict({"mois": mois, "foyer": foyer, "personnes": [ADULTE, petit]}))


def assistant(cout: float, cotisations: float | None = 300.0, **plus: Any) -> dict[str, Any]:
    return {"mode_garde": "assistant_maternel", "garde_heures": 100, "garde_cout": cout,
            "garde_cotisations": cotisations, **plus}  # fmt: skip


@pytest.mark.parametrize(
    ("mois", "cout", "centimes"),
    [
        ("2025-09", 800.0, 30_000),  # 100 hours at 8 euros: the ceiling itself
        ("2025-09", 1000.0, 24_000),  # 300 x 800 / 1 000
        ("2025-08", 1000.0, 30_000),  # before the reform, a condition on the day and no ratio
        ("2026-04", 1000.0, 24_270),  # 8.09 euros an hour
    ],
)
def test_above_the_hourly_ceiling_only_the_ratio_is_paid(mois, cout, centimes):
    assert dites(mois, **assistant(cout)).centimes == centimes


def test_half_is_paid_at_home_and_nothing_where_the_cmg_is_closed():
    chez_soi = {"garde_domicile": "emploi_direct", "garde_domicile_heures": 80, "garde_domicile_cout": 900,
                "garde_domicile_cotisations": 601.0}  # fmt: skip
    paye = dites("2026-01", chez_soi)
    assert paye.centimes == 30_050
    assert any("plafond" in p.texte for p in (*paye.phrases, *(d for p in paye.phrases for d in p.details)))
    assert dites("2026-01", chez_soi, date_naissance="2012-03-01").centimes == 0


def test_nobody_who_told_nothing_reads_of_it_and_what_is_missing_is_named():
    assert dites("2026-01", **assistant(500.0, None)) is None
    manque = dites("2026-01", **assistant(500.0, garde_heures=None))
    assert (manque.centimes, "Heures de garde" in manque.manque) == (None, True)
