"""The site under fifty requests a second, and a bare Django page beside it (`python -m bench.charge`).

Run as a program of its own, in a data folder of its own: the demonstration's world, accounts for some of its
allocataires, the site served as `make demo` serves it. The requests leave from another program at a fixed rate; the
bare page receives the same. Prints one line of JSON: 95th percentiles in milliseconds, memory in MiB.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PAR_SECONDE, SECONDES, ECHAUFFEMENT_S = 50, 30, 5
COMPTES = 40
PROCESSUS = 3
PAGES: tuple[tuple[str, str, int], ...] = (
    ("Mon Compte, première page", "/mon-compte/", 6),
    ("Mes paiements", "/mon-compte/paiements/", 3),
    ("Pourquoi ce montant", "/mon-compte/pourquoi/2026-11/", 2),
    ("Ma situation", "/mon-compte/situation/", 2),
    ("Mes décisions", "/mon-compte/decisions/", 2),
    ("Qui a consulté mon dossier", "/mon-compte/consultations/", 1),
    ("Accueil du site", "/", 3),
    ("Simulateur", "/simulateur/", 2),
)
"""Name, address, weight: what people open. Those of Mon Compte are opened by allocataires in turn."""


def preparer(foyers: int, graine: int) -> list[str]:
    """The demonstration, then open sessions of its allocataires; returns their cookies."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limpide.socle.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("demo", foyers=foyers, graine=graine, sans_serveur=True)
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("ANALYZE")
    return [_ouvrir(i, dossier) for i, dossier in enumerate(_dossiers(graine))]


def _dossiers(graine: int) -> list[Any]:
    """Files whose allocataire has no account yet, drawn at random."""
    from limpide.dossiers.models import Dossier
    from limpide.identite.models import Compte

    pris = Compte.objects.using("proprietaire").filter(personne_id__isnull=False).values_list("personne_id", flat=True)
    libres = Dossier.objects.using("proprietaire").filter(clos_le=None).exclude(allocataire_id__in=list(pris))
    return random.Random(graine).sample(list(libres.order_by("pk")), COMPTES)  # noqa: S311 -- drawing files to measure


def _ouvrir(rang: int, dossier: Any) -> str:
    """An account with a confirmed address, the terms accepted, and a session opened by the login page."""
    from django.contrib.auth.hashers import make_password
    from django.test import Client

    from limpide.identite.comptes import identifiant_de_connexion
    from limpide.identite.models import Compte, Immatriculation
    from limpide.monde import comptes
    from limpide.monde.chargement import TRAITEMENT
    from limpide.registre.contexte import SYSTEME, Acteur, traitement
    from limpide.usagers import conditions

    with traitement("immatriculation", acteur=SYSTEME, motif="Mesure"):
        numero = Immatriculation.objects.get(personne_id=dossier.allocataire_id, clos_le=None).numero
    with traitement(TRAITEMENT, acteur=SYSTEME, motif="Mesure"):
        compte = Compte.objects.create(
            genre="allocataire", identifiant=identifiant_de_connexion(numero),
            password=make_password(comptes.MOT_DE_PASSE), personne_id=dossier.allocataire_id,
        )  # fmt: skip
        comptes.confirmer(dossier.allocataire_id, "courriel", f"mesure.{rang}@exemple.test")
    qui = Acteur("allocataire", compte.pk, "Vous-même")
    with traitement(conditions.CLE, acteur=qui, motif="Mesure", personne=dossier.allocataire_id):
        conditions.repondre(compte.pk, dossier.allocataire_id, "acceptees", "site")
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR=f"127.0.{rang}.1")
    saisie = {"numero": numero.en_clair(), "mot_de_passe": comptes.MOT_DE_PASSE}
    reponse = client.post("/connexion/", saisie)
    if reponse.status_code != 302:
        raise SystemExit(f"La connexion a répondu {reponse.status_code}.")
    return "; ".join(f"{nom}={temoin.value}" for nom, temoin in client.cookies.items())


def tirs(temoins: list[str], graine: int, nombre: int) -> list[dict[str, str]]:
    """Pages drawn by weight, each opened by one of the accounts."""
    hasard = random.Random(graine)  # noqa: S311 -- a mix of pages
    choix = hasard.choices(PAGES, [poids for *_, poids in PAGES], k=nombre)
    return [
        {"nom": nom, "chemin": chemin, "temoin": hasard.choice(temoins) if chemin.startswith("/mon-compte/") else ""}
        for nom, chemin, _ in choix
    ]


def port_libre() -> int:
    with socket.socket() as essai:
        essai.bind(("127.0.0.1", 0))
        return int(essai.getsockname()[1])


@contextmanager
def servi(commande: list[str], port: int) -> Iterator[int]:
    """A server as a program of its own, answering; yields its process. Stopped at the end."""
    journal = Path(os.environ["LIMPIDE_HOME"]) / f"serveur-{port}.log"  # one line a request: not on the screen
    with journal.open("wb") as ecrit:
        serveur = subprocess.Popen([sys.executable, *commande], stdout=ecrit, stderr=ecrit)  # noqa: S603 -- our modules
    try:
        for _ in range(300):
            if serveur.poll() is not None:
                raise SystemExit(f"Le serveur s'est arrêté ({serveur.returncode}).\n{journal.read_text()[-2000:]}")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except urllib.error.URLError:
                time.sleep(0.2)
        else:
            raise SystemExit("Le serveur ne répond pas.")
        yield serveur.pid
    finally:
        serveur.send_signal(signal.SIGTERM)
        serveur.wait(30)


def mesurer_un(port: int, liste: list[dict[str, str]]) -> list[tuple[str, int, float]]:
    """Fire them, after a warming of the same kind; every answer must be a page."""
    ordre = {"port": port, "tirs": liste, "par_seconde": PAR_SECONDE}
    tires = subprocess.run(
        [sys.executable, "-m", "bench.tirs"], input=json.dumps(ordre), stdout=subprocess.PIPE, text=True, check=True
    )
    resultats = [(str(nom), int(statut), float(ms)) for nom, statut, ms in json.loads(tires.stdout)]
    if autres := Counter((nom, statut) for nom, statut, _ in resultats if statut != 200):
        raise SystemExit(f"Des réponses ne sont pas des pages : {dict(autres)}")
    return resultats[ECHAUFFEMENT_S * PAR_SECONDE :]


def memoire_mio(pid: int) -> float:
    """Memory of a server and its workers, what they share counted once."""
    enfants = Path(f"/proc/{pid}/task/{pid}/children")
    tous = [pid, *map(int, enfants.read_text().split())]
    total = 0
    for processus in tous:
        for ligne in Path(f"/proc/{processus}/smaps_rollup").read_text().splitlines():
            if ligne.startswith("Pss:"):
                total += int(ligne.split()[1])
    return total / 1024


def p95(durees: list[float]) -> float:
    return statistics.quantiles(durees, n=20)[-1]


def mesurer(foyers: int, graine: int) -> dict[str, Any]:
    """The site, then the bare page, at the same rate from the same program."""
    from limpide.socle import base_de_donnees

    with base_de_donnees.en_service():
        temoins = preparer(foyers, graine)
        nombre = (SECONDES + ECHAUFFEMENT_S) * PAR_SECONDE
        port = port_libre()
        site = ["-m", "limpide", "serveur", "--port", str(port), "--processus", str(PROCESSUS)]
        with servi(site, port) as pid:
            du_site = mesurer_un(port, tirs(temoins, graine, nombre))
            memoire = memoire_mio(pid)
        port = port_libre()
        with servi(["-m", "bench.page_nue", str(port), str(PROCESSUS)], port):
            nue = mesurer_un(port, [{"nom": "nue", "chemin": "/", "temoin": ""}] * nombre)
    par_page = {nom: [ms for dite, _, ms in du_site if dite == nom] for nom, *_ in PAGES}
    return {
        "foyers": foyers, "par_seconde": PAR_SECONDE, "processus": PROCESSUS, "memoire_mio": memoire,
        "site": _resume([ms for *_, ms in du_site]), "nue": _resume([ms for *_, ms in nue]),
        "pages": {nom: _resume(durees) for nom, durees in par_page.items()},
    }  # fmt: skip


def _resume(durees: list[float]) -> dict[str, float]:
    return {"pages": len(durees), "mediane_ms": statistics.median(durees), "p95_ms": p95(durees)}


if __name__ == "__main__":
    vraie_sortie, sys.stdout = sys.stdout, sys.stderr  # commands speak on stdout; we answer one line there
    resultat = mesurer(int(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps(resultat), file=vraie_sortie)
