"""What the simulator shows first, and what it says it computes."""

import datetime as dt
import re
from typing import Any

import pytest

from limpide.droits.calcul import catalogue_droits
from tests.usagers.test_simulateur import ADRESSE, BEBE, TOUT, texte


def test_what_is_open_comes_first_what_waits_next_and_the_rest_says_why_it_is_not(client: Any) -> None:
    inconnu = {"a0_salaire_net_m2": "", "a0_salaire_net_m3": "", "a0_salaire_net_m4": "", "a0_salaire_net_nsp": "on"}
    page = client.post(ADRESSE, TOUT | inconnu | {"etape": "4"})
    html = page.content.decode().replace("&#x27;", "'")
    cartes = re.findall(r'lp-carte--(\w+)">\s*<h2 class="lp-carte__titre">([^<]+)<', html)
    assert cartes == [
        ("ouvert", "Allocations familiales"), ("inconnu", "Revenu de solidarité active"),
        ("inconnu", "Prime d'activité"),
    ]  # fmt: skip
    raisons = re.findall(r'<(h3|details) id="pourquoi-(\w+)"', html)
    assert raisons[:3] == [("h3", "af"), ("h3", "rsa"), ("h3", "ppa")]
    assert {balise for balise, _ in raisons[3:]} == {"details"}
    autres = [code for _, code in raisons[3:]]
    assert {"cf", "asf", "aah", "paje_adoption"} <= set(autres)
    assert f"{len(autres)} autres droits calculés, pas ouverts pour ce mois" in texte(page)
    assert "Complément familial : Ce droit commence avec plus d'enfants à charge." in texte(page)


def test_the_first_page_names_every_right_that_the_law_computes(client: Any) -> None:
    page = texte(client.get(ADRESSE))
    for mot in ("Paje", "garde", "enfant handicapé", "proche aidant", "logement", "RSA", "prime d'activité"):
        assert mot in page.partition("en cinq étapes")[0]
    assert all(droit.libelle in page for droit in catalogue_droits())


@pytest.mark.parametrize(
    ("mois", "naissance", "suivant"),
    [
        ("2026-11", "02/11/2026", "2026-12"),
        ("2026-11", "30/10/2026", None),
        ("2026-12", "01/12/2026", None),
    ],
)
def test_who_has_a_child_this_month_is_shown_the_next_one(
    client: Any, mois: str, naissance: str, suivant: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rights of each month begin the month after (R552-2); the last month that is computed has no next one."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: dt.date(2026, 12, 31))
    bebe = BEBE | {"mois": mois, "e0_date_naissance": naissance}
    page = client.post(ADRESSE, bebe | {"etape": "4"})
    assert ("Un enfant est arrivé chez vous ce mois-ci" in texte(page)) == (suivant is not None)
    if suivant:
        assert f'name="mois_autre" value="{suivant}"' in page.content.decode()
        apres = client.post(ADRESSE, bebe | {"etape": "4", "mois_autre": suivant})
        assert 'lp-carte__titre">Allocation de base de la Paje<' in apres.content.decode()
        assert "est compté à partir du mois qui suit son arrivée" in texte(apres)


def test_the_prime_d_activite_counts_nothing_of_a_child_before_it_came(client: Any) -> None:
    """What the allocation de base gives in December is no resource of August: the prime stays what it was."""
    seule = TOUT | {"nombre_enfants": "1", "mois": "2026-12", "e0_soutien_autre_parent": "decede", "e0_lien": "parent"}
    seule |= {"e0_soutien_depuis": "", "e0_asf_date_demande": ""}
    pages = [
        texte(client.post(ADRESSE, seule | enfant | {"etape": "4"}))
        for enfant in ({"e0_date_naissance": "02/11/2026"}, {"nombre_enfants": "0"})
    ]
    primes = [re.search(r"Prime d'activité ([\d\s]+,\d\d) € Vous y avez droit", page) for page in pages]
    assert primes[0]
    assert primes[1]
    assert primes[0][1] == primes[1][1]
    assert "est compté à partir du mois qui suit" not in pages[1]
