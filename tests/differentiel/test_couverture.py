"""Branches watched while random households are computed: more households reach more, and what is missed is named."""

from differentiel.couverture import branches_prises


def test_each_draw_adds_to_what_is_reached_and_what_is_missed_is_named() -> None:
    peu = {b.dossier: b for b in branches_prises(["2026-11"], ["af", "cf"], 2, 1)}
    plus = {b.dossier: b for b in branches_prises(["2026-11"], ["af", "cf"], 60, 1)}
    assert list(peu) == ["bases", "af", "cf"]
    for dossier, b in plus.items():
        assert 0 < peu[dossier].comparables < b.comparables < b.toutes <= b.nombre == peu[dossier].nombre
        assert len(b.manquees) < len(peu[dossier].manquees)
    assert plus["af"].toutes > 0.6 * plus["af"].nombre
    assert all(m.startswith("regles.py:") for m in plus["af"].manquees)
