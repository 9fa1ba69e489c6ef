"""The canary: after a month of life, nobody's NIR, IBAN or name has left the database by a side door."""

import io
import re
from typing import Any

import pytest

from limpide.socle import dossier_donnees, postgres


def identifiants_de_tous() -> set[str]:
    """Every NIR, IBAN and family name of the fictitious world, read as the owner."""
    from limpide.identite.models import CoordonneesBancaires, Immatriculation, Personne

    tous = {i.numero.en_clair() for i in Immatriculation._base_manager.using("proprietaire")}
    tous |= {c.iban.en_clair() for c in CoordonneesBancaires._base_manager.using("proprietaire")}
    tous |= set(Personne._base_manager.using("proprietaire").values_list("nom_naissance", flat=True))
    return tous


@pytest.mark.preuve(
    "Vie privée : aucun NIR, IBAN ni nom dans les journaux, les adresses et les noms de fichiers", controles=(24,)
)
def test_rien_ne_sort_par_une_porte_derobee(base: None, journal_technique: io.StringIO) -> None:
    from tests.banc import ecrans

    presents = ecrans.peupler()
    dossier, _ = ecrans.fiche_d_amina()
    nir = ecrans.amina(presents).identifiant
    pages: list[Any] = [
        ecrans.entrer(ecrans.visiteur(), nir, "mauvais mot de passe"),
        ecrans.visiteur().get("/mon-compte/", {"numero": nir}),
        ecrans.visiteur().get(f"/{nir}/"),
    ]
    amina = ecrans.allocataire(presents)
    pages += [amina.get(f"/mon-compte/{page}") for page in ("", "paiements/", "situation/", "pourquoi/2026-11/")]
    agent = ecrans.ouvrir(ecrans.agent(presents), dossier)
    pages += [agent.get(f"/agent/dossier/{dossier}/{page}") for page in ("", "faits/", "journal/", "droits/2026-11/")]
    assert sum(page.status_code == 200 for page in pages) >= 8

    identifiants = identifiants_de_tous()
    assert nir in identifiants
    assert len(identifiants) > 50
    adresses = [a for page in pages for a in re.findall(r'(?:href|src|action)="([^"]*)"', page.content.decode())]
    adresses += [page.headers.get("Location", "") for page in pages if nir not in page.wsgi_request.get_full_path()]
    fichiers = [f.name for f in dossier_donnees.dossier().rglob("*") if postgres.dossier_serveur() not in f.parents]
    sorties = {
        "journal technique": journal_technique.getvalue(),
        "journal de PostgreSQL": postgres.journal().read_text(),
        "adresses": "\n".join(adresses),
        "noms de fichiers": "\n".join(fichiers),
    }
    assert journal_technique.getvalue().count('"acces"') >= len(pages)
    assert len(adresses) > 100
    fuites = {
        (lieu, identifiant[:3] + "…")
        for lieu, texte in sorties.items()
        for identifiant in identifiants
        if re.search(rf"(?<![A-Za-z0-9]){re.escape(identifiant)}(?![A-Za-z0-9])", texte, re.IGNORECASE)
    }
    assert fuites == set()
