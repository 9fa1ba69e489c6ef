"""Evidence of the accesses of one account, for a complaint (MC-045): a JSON text whose SHA-256 is kept with its date.

Internal numbers only. The seal says that a file shown later is the one that was produced: its hash is computed again
on the content, and looked for among the steps of the account.
"""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from . import acces_compte as acces
from .erreurs import ErreurSaisie
from .models import Compte, Connexion, EtapeAcces, GenreEtapeAcces

VERSION = 2
DIT = "Connexions à Mon Compte et décisions sur cet accès. Les origines sont des empreintes à clé d'adresses réseau."


def _instant(quand: Any) -> str | None:
    return None if quand is None else quand.isoformat()


def _canonique(contenu: Any) -> bytes:
    return json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@transaction.atomic
def produire(compte: Compte) -> str:
    """The sealed text; its hash is recorded. Raises ErreurSaisie when nothing was reported nor decided."""
    etapes = list(EtapeAcces.objects.filter(compte_id=compte.pk).order_by("pk"))
    if not any(e.genre in (GenreEtapeAcces.SIGNALEMENT, GenreEtapeAcces.SUSPENSION) for e in etapes):
        raise ErreurSaisie({"preuves": "Ni signalement ni suspension sur cet accès : il n'y a rien à prouver."})
    contenu = {
        "version": VERSION,
        "objet": DIT,
        "compte": compte.pk,
        "compte_cree_le": _instant(compte.cree_le),
        "produit_le": _instant(timezone.now()),
        "connexions": [
            {
                "numero": c.pk, "ouverte_le": _instant(c.ouverte_le), "derniere_page_le": _instant(c.vue_le),
                "fermee_le": _instant(c.fermee_le), "fin": c.fin, "moyen": c.moyen, "canal": c.canal,
                "appareil": c.appareil, "origine": c.origine,
            }
            for c in Connexion.objects.filter(compte_id=compte.pk).order_by("pk")
        ],
        "etapes": [
            {"numero": e.pk, "le": _instant(e.le), "etape": e.genre, "motif": e.motif, "auteur": e.auteur}
            for e in etapes
        ],
    }  # fmt: skip
    empreinte = hashlib.sha256(_canonique(contenu)).hexdigest()
    acces.noter(compte, GenreEtapeAcces.PREUVES, "plainte", empreinte=empreinte)
    return json.dumps({"contenu": contenu, "empreinte": empreinte}, ensure_ascii=False, indent=2)


def empreinte_du_texte(texte: str) -> tuple[int, str]:
    """(account, hash computed again) of a file. Raises ErreurSaisie on what is not one, or was touched."""
    try:
        lu = json.loads(texte)
        contenu, annoncee, compte = lu["contenu"], lu["empreinte"], int(lu["contenu"]["compte"])
    except (ValueError, KeyError, TypeError):
        raise ErreurSaisie({"fichier": "Ce fichier n'est pas un fichier de preuves : contenu et empreinte."}) from None
    calculee = hashlib.sha256(_canonique(contenu)).hexdigest()
    if calculee != annoncee:
        raise ErreurSaisie({"fichier": "Le contenu ne correspond pas à son empreinte : il a été modifié."})
    return compte, calculee


def est_connue(compte: int, empreinte: str) -> EtapeAcces | None:
    """The step that recorded this evidence, if it was produced here."""
    return EtapeAcces.objects.filter(compte_id=compte, genre=GenreEtapeAcces.PREUVES, empreinte=empreinte).first()
