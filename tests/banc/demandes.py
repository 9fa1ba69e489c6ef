"""Claims of family benefits, filled as their pages ask them: without a file, and with one."""

import re
from typing import Any

from django.test import Client

from tests.banc import ecrans

FAMILLE: dict[str, Any] = {"residence": "metropole", "couple": "oui", "nombre_enfants": "2",
                           "foyer_depuis": "01/06/2025", "aussi": ["paje_base"]}  # fmt: skip
REPONSES: dict[str, Any] = {
    "a1_date_naissance": "02/02/1990", "e0_date_naissance": "03/05/2019", "e0_garde_alternee": "non",
    "e1_date_naissance": "08/07/2025", "e1_garde_alternee": "non", "e0_deja_la": "oui", "e1_deja_la": "oui",
    "p0_nationalite": "francaise",
    "f_prestations_familiales_base_ressources": "30000", "a1_prenoms": "Noé", "a1_nom_naissance": "Tarandel",
    "e1_prenoms": "Mia", "e1_nom_naissance": "Tarandel", **ecrans.REPONSES_A_LA_DEMANDE[-1],
}  # fmt: skip
"""A couple with two children who has no file, and claims two rights."""
ETAPES_AU_PLUS = 8


def visibles(page: str) -> list[str]:
    """Names of the questions that a page shows, in order, « je ne sais pas » apart."""
    balises = re.findall(r"<(?:input|select)[^>]*>", page)
    noms = [n[1] for b in balises if 'type="hidden"' not in b and (n := re.search(r'name="([^"]+)"', b))]
    return [n for n in dict.fromkeys(noms) if not n.startswith("fr-") and not n.endswith("_nsp")]


def sans_dossier(
    client: Client, chemin: str = "/demande-af/", foyer: dict[str, Any] = FAMILLE, reponses: dict[str, Any] = REPONSES
) -> list[list[str]]:
    """From the household to the page to read again. Returns what each part asked."""
    tape = dict(foyer)
    reponse = client.post(chemin, tape | {"etape": "0"})
    demandees: list[list[str]] = []
    for _ in range(ETAPES_AU_PLUS):
        if reponse.status_code == 302:
            return demandees
        page = reponse.content.decode()
        assert reponse.status_code == 200, page[-6000:]
        demandees.append(visibles(page))
        (etape,) = re.findall(r'name="etape" value="(\d+)"', page)
        tape |= {n: reponses[n] for n in demandees[-1]}
        reponse = client.post(chemin, tape | {"etape": etape})
    raise AssertionError("les questions ne finissent pas")


def avec_dossier(client: Client, chemin: str, reponses: dict[str, Any], choix: tuple[str, ...] = ()) -> list[list[str]]:
    """The choice, then each step of the law's questions, by name or by kind of fact. Returns what was asked."""
    reponse = client.post(chemin, {"choix": "1", "aussi": list(choix), "etape": "0"})
    demandees: list[list[str]] = []
    for etape in range(1, ETAPES_AU_PLUS):
        if reponse.status_code == 302:
            return demandees
        page = reponse.content.decode()
        assert reponse.status_code == 200, page[-6000:]
        demandees.append(visibles(page))
        saisie = {n: reponses[n] if n in reponses else reponses[n.partition("_")[2]] for n in demandees[-1]}
        reponse = client.post(chemin, saisie | {"etape": str(etape)})
    raise AssertionError("les questions ne finissent pas")


SOUTENUS = {"soutien_autre_parent": "apporte", "enfant_recueilli": "non", "nationalite": "francaise"}
"""Of each child."""
