"""The answer to an access request, gathered from every declaration: nothing is listed by hand.

It runs under a processing limited to the person: PostgreSQL gives that person's rows and nobody else's. Rows about
another adult of the household are counted and masked (RGPD art. 15.4); colleagues who acted are « un agent ».
`acces.py` of a room may say its rows in clearer words (`LECTURES`), and which other entries are the same person's
(`AUSSI`).
"""

import datetime as dt
import importlib
import importlib.util
from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.utils import timezone

from limpide.registre.collecte import registre
from limpide.registre.conservation.graphe import PERSONNE, racine
from limpide.registre.conservation.techniques import retention_de
from limpide.registre.modeles import Donnee

FORMAT = "limpide/acces/1"
MAJORITE = 18
PARTOUT = frozenset({"true", "false", None})
D_AGENTS = frozenset(
    {"auteur", "agent", "par", "pose_par", "leve_par", "traitee_par", "acteur_id", "enregistree_par", "proposee_par"}
)
"""Columns that say who in the Caf acted: the service is told, not the person (RGPD art. 15.4)."""
UN_AGENT = "un agent ou un traitement de la Caf"
MASQUE = "Concerne une autre personne adulte : masqué (RGPD art. 15.4)"
TECHNIQUES = frozenset({"registre.LigneJournal", "registre.Alerte", "registre.ReponseAcces"})
"""The journal is told by itself; alerts name nobody; an answer would hold the former ones."""

Lecture = Callable[[Any], Mapping[str, str]]


def modeles_de_la_personne() -> tuple[type[Donnee], ...]:
    """Every table whose rows can be limited to one person."""
    return tuple(
        modele
        for modele in apps.get_models()
        if issubclass(modele, Donnee)
        and modele.perimetres.get("personne") not in PARTOUT
        and modele._meta.label not in TECHNIQUES
    )


def colonnes_du_registre() -> dict[str, tuple[str, ...]]:
    """All the columns of these tables: what the register says is held on a person."""
    return {m._meta.label: tuple(c.attname for c in m._meta.concrete_fields) for m in modeles_de_la_personne()}


def lectures_des_salles() -> dict[str, Lecture]:
    """How each room says its own rows, by table."""
    toutes: dict[str, Lecture] = {}
    for application in apps.get_app_configs():
        nom = f"{application.name}.acces"
        if importlib.util.find_spec(nom) is not None:
            toutes.update(importlib.import_module(nom).LECTURES)
    return toutes


def aussi(personnes: list[int]) -> list[int]:
    """Other entries of these persons, as the rooms know them (`AUSSI`). Inside a processing limited to one of them."""
    trouvees: list[int] = []
    for application in apps.get_app_configs():
        nom = f"{application.name}.acces"
        if importlib.util.find_spec(nom) is not None:
            trouver = getattr(importlib.import_module(nom), "AUSSI", None)
            trouvees += trouver(personnes) if trouver is not None else []
    return trouvees


def assembler(personne: int, jour: dt.date | None = None) -> dict[str, Any]:
    """Everything held on this person, as a document that JSON can hold. Inside a processing limited to them."""
    quand = jour or timezone.localdate()
    mineurs = _mineurs(personne, quand)
    lectures = lectures_des_salles()
    tables = [
        _table(modele, personne, mineurs, lectures.get(modele._meta.label)) for modele in modeles_de_la_personne()
    ]
    return {
        "format": FORMAT,
        "produit_le": quand.isoformat(),
        "personne": personne,
        "tables": [table for table in tables if table["lignes"] or table["masquees"]],
        "tables_vides": sorted(table["nom"] for table in tables if not table["lignes"] and not table["masquees"]),
        "traitements": [_traitement(cle) for cle in sorted({c for t in tables for c in t["traitements"]})],
        "acces": _acces(personne),
        "decisions_automatisees": (
            "Chaque décision calculée dit sa finalité, la version de ses règles et ses recours ; le détail de votre "
            "cas se demande depuis la décision. Les règles et barèmes sont publiés."
        ),
        "scores": _scores(),
        "droits": "Rectification, limitation, opposition, effacement, réclamation auprès de la CNIL.",
    }


def _mineurs(personne: int, jour: dt.date) -> frozenset[int]:
    """Children under age that the reader's scope shows: the parent speaks for them."""
    bissextile = (jour.month, jour.day) == (2, 29)
    limite = dt.date(jour.year - MAJORITE, 3, 1) if bissextile else jour.replace(year=jour.year - MAJORITE)
    modele = racine(PERSONNE)
    vues = modele.objects.exclude(pk=personne).values_list("pk", "date_naissance")
    return frozenset(pk for pk, naissance in vues if naissance is not None and naissance > limite)


def _table(modele: Any, personne: int, mineurs: frozenset[int], lire: Lecture | None) -> dict[str, Any]:
    lignes, masquees = [], 0
    for ligne in modele.objects.order_by("pk"):
        autre = getattr(ligne, modele.personne_concernee) if modele.personne_concernee else None
        if autre not in (None, personne) and autre not in mineurs:
            masquees += 1
            continue
        lignes.append({**_ligne(ligne), **(dict(lire(ligne)) if lire else {})})
    regle = retention_de(modele)
    return {
        "table": modele._meta.label,
        "nom": str(modele._meta.verbose_name_plural),
        "conservation": regle.phrase if regle else "",
        "traitements": _lecteurs(modele._meta.label),
        "lignes": lignes,
        "masquees": masquees,
        "raison_du_masque": MASQUE if masquees else "",
    }


def _ligne(ligne: Any) -> dict[str, str]:
    """One row: each column by its French name, sealed ones in clear because they are the person's own."""
    dite: dict[str, str] = {}
    for champ in ligne._meta.concrete_fields:
        libelle = str(champ.verbose_name)
        if champ.attname in D_AGENTS:
            dite[libelle] = UN_AGENT if getattr(ligne, champ.attname) not in (None, "") else ""
        elif champ.choices:
            dite[libelle] = str(getattr(ligne, f"get_{champ.attname}_display")())
        else:
            dite[libelle] = _texte(getattr(ligne, champ.attname))
    for nom, attribut in vars(type(ligne)).items():
        if hasattr(attribut, "colonne") and hasattr(attribut, "forme"):  # sealed: encrypted in another column
            valeur = getattr(ligne, nom)
            libelle = str(ligne._meta.get_field(attribut.colonne).verbose_name)
            dite[libelle] = "" if valeur is None else valeur.en_clair()
    return dite


def _texte(valeur: Any) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, dt.date):
        return _date(valeur)
    if isinstance(valeur, bytes | memoryview):
        return f"empreinte {bytes(valeur).hex()[:16]}…"
    if hasattr(valeur, "lower") and hasattr(valeur, "upper") and not isinstance(valeur, str):
        return f"du {_texte(valeur.lower) or '…'} au {_texte(valeur.upper) or '…'}"
    return {True: "oui", False: "non"}[valeur] if isinstance(valeur, bool) else str(valeur)


def _date(valeur: dt.date) -> str:
    if isinstance(valeur, dt.datetime):
        return timezone.localtime(valeur).strftime("%d/%m/%Y à %H:%M")
    return valeur.strftime("%d/%m/%Y")


def _lecteurs(libelle: str) -> list[str]:
    """Running processings that touch this table."""
    return [
        cle for cle, t in registre().traitements.items() if t.etat == "en_service" and libelle in t.modeles
    ]  # fmt: skip


def _traitement(cle: str) -> dict[str, Any]:
    declare = registre().traitements[cle]
    return {
        "cle": cle,
        "systeme": declare.systeme,
        "intitule": declare.intitule,
        "finalite": declare.finalite,
        "base_legale": declare.base_legale,
        "destinataires": list(declare.destinataires),
        "conservation": declare.conservation.active,
        "automatisation": declare.automatisation,
    }


def _acces(personne: int) -> dict[str, Any]:
    """Who read what, by service; accesses that the law hides for a time are not told here, and that is said."""
    from limpide.registre.models import LigneJournal

    visibles, caches = [], False
    for ligne in LigneJournal.objects.filter(personne_id=personne).order_by("-quand")[:5000]:
        declare = registre().traitements.get(ligne.traitement)
        if declare is not None and declare.visible_allocataire != "immediate":
            caches = True
            continue
        visibles.append(
            {
                "quand": timezone.localtime(ligne.quand).strftime("%d/%m/%Y à %H:%M"),
                "service": ligne.service or UN_AGENT,
                "pourquoi": ligne.motif,
                "traitement": declare.intitule if declare else ligne.traitement,
                "action": LigneJournal.ACTIONS[ligne.action],
            }
        )
    reserve = (
        "Certains accès ne sont pas montrés, ou pas encore : la loi le prévoit pour les contrôles." if caches else ""
    )
    return {"lignes": visibles, "reserve": reserve}


def _scores() -> str:
    """Scores and their logic (DR-05)."""
    if not registre().construit("S36"):
        return "Aucun score n'est calculé sur vous : ce traitement n'est pas en service."
    return "Vos scores sont dans les tables ci-dessus, avec les facteurs qui les ont formés ; leur méthode est publiée."
