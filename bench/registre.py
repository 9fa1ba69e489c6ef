"""What the register costs: an agent's page of ten queries, through it and beside it.

Run as a program of its own (`python -m bench.registre`), in a data folder of its own. Prints one line of JSON.

Through the register: `with traitement(…)` (role, row policies, what is declared), the ORM's guards, one line of the
journal per person read, all committed. Beside it: the same ten queries of the same rows and columns, by Django's plain
QuerySet, in a transaction, on a connection to the same server that neither policy nor guard concerns. Both in turn,
file after file, so that neither gets the warmer cache.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

MOIS = dt.date(2026, 11, 1)
TOURS, ECHAUFFEMENT = 400, 40
CLE = "instruction_droits"
NUE = "nue"


def preparer(foyers: int, graine: int) -> list[tuple[int, str]]:
    """A small world whose month is liquidated; returns (file, office) of its files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limpide.socle.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from limpide.dossiers.liquidation import liquider_mois
    from limpide.dossiers.models import Dossier
    from limpide.monde.chargement import charger

    call_command("preparer")
    charger(foyers, graine, MOIS)
    liquider_mois(MOIS)
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("ANALYZE")
    connections.databases[NUE] = dict(connections.databases["proprietaire"])
    return list(Dossier.objects.using("proprietaire").order_by("pk").values_list("pk", "organisme_id"))


def page(dossier: int, requetes: Callable[[Any], Any], connu: dt.datetime) -> Iterator[Any]:
    """The ten querysets of an agent's page on one file: who, facts, claims, documents, rights, decisions."""
    from django.db.models import Max

    from limpide.dossiers.models import (
        Decision,
        Demande,
        Dossier,
        Fait,
        LigneDroit,
        Liquidation,
        PieceAttendue,
        Rattachement,
        RevueDecision,
    )  # fmt: skip

    yield requetes(Dossier).select_related("allocataire").filter(pk=dossier)
    yield requetes(Rattachement).select_related("personne").filter(dossier_id=dossier, connu__contains=connu)
    yield requetes(Fait).filter(dossier_id=dossier, connu__contains=connu)
    yield requetes(Demande).filter(dossier_id=dossier).order_by("-creee_le")
    yield requetes(PieceAttendue).filter(dossier_id=dossier).order_by("attendue_pour")
    yield requetes(LigneDroit).filter(dossier_id=dossier).order_by("mois")
    yield requetes(Liquidation).filter(mois=MOIS)
    yield requetes(Decision).filter(dossier_id=dossier).order_by("-prise_le", "-pk")
    yield requetes(RevueDecision).filter(dossier_id=dossier)
    yield [requetes(LigneDroit).filter(dossier_id=dossier).aggregate(dernier=Max("mois"))]


def par_le_registre(dossier: int, organisme: str, connu: dt.datetime) -> int:
    """Open the processing, run the page, commit with its journal; returns the rows read."""
    from limpide.registre.contexte import Acteur, traitement

    acteur = Acteur("agent", 1, f"Caf {organisme}")
    with traitement(CLE, acteur=acteur, motif="Mesure", organisme=organisme, dossier=dossier):
        return sum(len(requete) for requete in page(dossier, lambda modele: modele.objects.all(), connu))


def a_nu(dossier: int, organisme: str, connu: dt.datetime) -> int:
    """The same rows and columns by plain Django."""
    from django.db import transaction
    from django.db.models import QuerySet
    from django.db.models.sql import Query

    from limpide.registre.collecte import registre

    def requetes(modele: Any) -> Any:
        nues = QuerySet(modele, query=Query(modele), using=NUE)
        lies = {"Dossier": "allocataire", "Rattachement": "personne"}
        colonnes = sorted(registre().colonnes(CLE, "lire", modele))
        if (lien := lies.get(modele.__name__)) is not None:
            autre = modele._meta.get_field(lien).related_model
            colonnes += [f"{lien}__{c}" for c in sorted(registre().colonnes(CLE, "lire", autre))]
        nues = nues.only(*colonnes)
        # Each office has its own rows: the policy's filter is written by hand here.
        return nues.filter(organisme_id=organisme) if modele.__name__ == "Liquidation" else nues

    with transaction.atomic(using=NUE):
        return sum(len(requete) for requete in page(dossier, requetes, connu))


def mesurer(foyers: int, graine: int) -> dict[str, Any]:
    """Medians and 95th percentiles, in milliseconds, of both; our processor time (the server's is not in it)."""
    from limpide.socle import base_de_donnees

    with base_de_donnees.en_service():
        dossiers = preparer(foyers, graine)
        connu = dt.datetime.now(dt.UTC)
        durees: dict[str, list[float]] = {"registre": [], "nu": []}
        processeur = {"registre": 0.0, "nu": 0.0}
        lignes = {"registre": 0, "nu": 0}
        for tour in range(TOURS + ECHAUFFEMENT):
            dossier, organisme = dossiers[tour % len(dossiers)]
            ordre = [("registre", par_le_registre), ("nu", a_nu)]
            for nom, faire in ordre if tour % 2 else reversed(ordre):
                debut, debut_cpu = time.perf_counter(), time.process_time()
                lues = faire(dossier, organisme, connu)
                duree, cpu = time.perf_counter() - debut, time.process_time() - debut_cpu
                if tour >= ECHAUFFEMENT:
                    durees[nom].append(duree * 1000)
                    processeur[nom] += cpu * 1000
                    lignes[nom] += lues
        if lignes["registre"] != lignes["nu"]:
            raise SystemExit(f"Les deux pages ne lisent pas les mêmes lignes : {lignes}")
    return {
        "pages": TOURS,
        "lignes": lignes["nu"] // TOURS,
        **{f"{nom}_ms": statistics.median(ms) for nom, ms in durees.items()},
        **{f"{nom}_p95_ms": statistics.quantiles(ms, n=20)[-1] for nom, ms in durees.items()},
        **{f"{nom}_cpu_ms": ms / TOURS for nom, ms in processeur.items()},
    }


if __name__ == "__main__":
    vraie_sortie, sys.stdout = sys.stdout, sys.stderr  # commands speak on stdout; we answer one line there
    resultat = mesurer(int(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps(resultat), file=vraie_sortie)
