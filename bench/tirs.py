"""Fire requests at a fixed rate, whatever the answers do (`python -m bench.tirs`). Reads an order, prints JSON.

The clock of a request starts when it was due, not when it could leave: a server that falls behind is seen to.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

ENSEMBLE = 128
"""Requests in flight at most; far more than a server that keeps up ever needs."""


def tirer(ordre: dict[str, Any]) -> list[tuple[str, int, float]]:
    """Each request: (name, status, milliseconds from the moment it was due). Status 0: no answer."""
    port, tirs, par_seconde = ordre["port"], ordre["tirs"], ordre["par_seconde"]
    resultats: list[tuple[str, int, float]] = []
    verrou = threading.Lock()
    debut = time.perf_counter() + 0.2

    def un(tir: dict[str, str], du: float) -> None:
        statut = 0
        connexion = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connexion.request("GET", tir["chemin"], headers={"Cookie": tir["temoin"], "Accept-Language": "fr"})
            reponse = connexion.getresponse()
            reponse.read()
            statut = reponse.status
        except (OSError, http.client.HTTPException) as panne:
            print(f"{tir['nom']} : {panne.__class__.__name__}", file=sys.stderr)
        finally:
            connexion.close()
        with verrou:
            resultats.append((tir["nom"], statut, (time.perf_counter() - du) * 1000))

    with ThreadPoolExecutor(ENSEMBLE) as equipe:
        for i, tir in enumerate(tirs):
            du = debut + i / par_seconde
            time.sleep(max(0.0, du - time.perf_counter()))
            equipe.submit(un, tir, du)
    return resultats


if __name__ == "__main__":
    print(json.dumps(tirer(json.load(sys.stdin))))
