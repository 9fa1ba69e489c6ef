"""The chain against the database: blocks, lines, heads and the copy of the heads; and the export that goes offline."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from limpide.registre.alertes import signaler
from limpide.registre.chaine import examen, requetes, tetes
from limpide.registre.chaine.calcul import COLONNES, TAILLE, Ligne, origine, suivante
from limpide.registre.chaine.examen import Alteration, Scellee
from limpide.registre.chaine.scellement import CLE
from limpide.registre.chaine.tetes import Contenu, Tete, TetesIllisibles
from limpide.registre.contexte import SYSTEME, traitement

FORMAT = "limpide-journal/1"


@dataclasses.dataclass(frozen=True, slots=True)
class Constat:
    """A chain that holds: sealed lines, heads, lines not sealed yet, months purged."""

    lignes: int
    tetes: int
    reste: int
    purges: tuple[str, ...]
    derniere: str


def verifier_la_base(copie: Sequence[Tete] | None = None, cle: str | None = None) -> Constat:
    """Everything; raises Alteration at the first bad thing, and raises an alert to the officer."""
    autres = tetes.en_fichier() if copie is None else copie
    with traitement(CLE, acteur=SYSTEME, motif="Vérification du journal des accès"):
        try:
            with connections[DEFAULT_DB_ALIAS].cursor() as curseur:
                curseur.execute(requetes.VERROU)
                return _verifier(curseur, autres, cle or tetes.cle_publique())
        except Alteration as trouvee:
            alteration = trouvee
            texte = f"Le journal des accès a été altéré. {str(trouvee).capitalize()}."[:600]
            signaler(f"journal-altere/{trouvee}"[:120], "journal", texte, gravite="haute")
    raise alteration


def _verifier(curseur: Any, copie: Sequence[Tete], cle: str) -> Constat:
    curseur.execute(requetes.TETES)
    en_base = [Tete(*ligne) for ligne in curseur.fetchall()]
    contenus = examen.examiner_les_tetes(en_base, tetes.cle_lue(cle))
    examen.comparer_les_copies(en_base, list(copie), ("la base", "la copie hors de la base"))
    vus = _verifier_les_blocs(curseur, contenus)
    purges = contenus[-1].purges if contenus else ()
    for mois in contenus[-1].mois if contenus else ():
        if mois not in vus and mois not in purges:
            examen.examiner_la_fin(mois, 0, None, examen.jalons(contenus, mois))
    curseur.execute(requetes.DERNIER_HORIZON)
    horizon = (curseur.fetchone() or (0,))[0]
    _verifier_les_intruses(curseur, horizon)
    curseur.execute(requetes.RESTE, [horizon])
    reste, _ = curseur.fetchone()
    return Constat(sum(vus.values()), len(contenus), reste, purges, contenus[-1].le if contenus else "")


def _verifier_les_intruses(curseur: Any, horizon: int) -> None:
    curseur.execute(requetes.INSEREES, [horizon])
    if (intruse := curseur.fetchone()) is not None:
        raise Alteration(examen.INSERTION, f"{intruse[1]}, la ligne n° {intruse[0]} n'a jamais été scellée")
    curseur.execute(requetes.DOUBLES)
    if (double := curseur.fetchone()) is not None:
        raise Alteration(examen.INSERTION, f"la ligne n° {double[0]} est là deux fois")


def _verifier_les_blocs(curseur: Any, contenus: Sequence[Contenu]) -> dict[str, int]:
    """Lines of each month, read again block by block."""
    vus: dict[str, int] = {}
    mois, tete, numero, attendu = "", b"", 0, 0
    for bloc in _blocs():
        if bloc[0] != mois:
            if mois:
                examen.examiner_la_fin(mois, vus[mois], numero, examen.jalons(contenus, mois))
            mois, tete, attendu = bloc[0], origine(bloc[0]), 0
            if contenus and mois in contenus[-1].purges:
                raise Alteration(examen.INSERTION, f"{mois} : des lignes datent d'un mois effacé à son terme")
            poses = examen.jalons(contenus, mois)
            vus[mois] = 0
        _, rang, premiere, numeros, empreintes, precedente, _ = bloc
        if rang != attendu or premiere != vus[mois] or bytes(precedente) != tete:
            raise Alteration(examen.TRONCATURE, f"{mois} : le bloc {attendu + 1} manque, après la ligne n° {numero}")
        attendu += 1
        lignes = _lignes(curseur, mois, numeros)
        for rang_ligne, numero in enumerate(numeros):
            attendue = bytes(empreintes[rang_ligne * TAILLE : (rang_ligne + 1) * TAILLE])
            ligne = lignes.get(numero)
            if ligne is None or suivante(tete, ligne) != attendue:
                raise examen.nommer(ligne, numero, tete, attendue, list(lignes.values()))
            tete, vus[mois] = attendue, vus[mois] + 1
            examen.examiner_le_jalon(mois, vus[mois], tete, numero, poses)
    if mois:
        examen.examiner_la_fin(mois, vus[mois], numero, examen.jalons(contenus, mois))
    return vus


def _blocs() -> Iterator[Any]:
    with connections[DEFAULT_DB_ALIAS].chunked_cursor() as lecture:
        lecture.execute(requetes.BLOCS)
        while lot := lecture.fetchmany(20):
            yield from lot


def _lignes(curseur: Any, mois: str, numeros: Sequence[int]) -> dict[int, Ligne]:
    """Lines by number, sought in their month first (one partition), then anywhere: an edited date is an edit."""
    debut = dt.datetime.fromisoformat(f"{mois}-01T00:00:00+00:00")
    fin = (debut + dt.timedelta(days=32)).replace(day=1)
    tableau = "{" + ",".join(map(str, numeros)) + "}"
    curseur.execute(requetes.LIGNES, [tableau, debut, fin])
    lignes = {ligne[0]: ligne for ligne in curseur.fetchall()}
    if perdues := [n for n in numeros if n not in lignes]:
        curseur.execute(requetes.LIGNES_PERDUES, ["{" + ",".join(map(str, perdues)) + "}"])
        lignes |= {ligne[0]: ligne for ligne in curseur.fetchall()}
    return lignes


def exporter(sortie: Path) -> int:
    """Write heads and every sealed line in a file that is checked without us; returns how many lines."""
    total = 0
    with (
        traitement(CLE, acteur=SYSTEME, motif="Export du journal pour vérification"),
        connections[DEFAULT_DB_ALIAS].cursor() as curseur,
        sortie.open("x", encoding="utf-8") as fichier,
    ):
        curseur.execute(requetes.VERROU)
        curseur.execute(requetes.TETES)
        entete = {
            "format": FORMAT,
            "cle_publique": tetes.cle_publique(),
            "colonnes": COLONNES,
            "tetes": [{"texte": texte, "signature": signature} for texte, signature in curseur.fetchall()],
        }
        fichier.write(_json(entete))
        for mois, _, premiere, numeros, empreintes, *_ in _blocs():
            lignes = _lignes(curseur, mois, numeros)
            for rang, numero in enumerate(numeros):
                if (ligne := lignes.get(numero)) is None:
                    raise Alteration(examen.SUPPRESSION, f"la ligne n° {numero} a disparu")
                empreinte = bytes(empreintes[rang * TAILLE : (rang + 1) * TAILLE]).hex()
                fichier.write(
                    _json({"mois": mois, "position": premiere + rang, "empreinte": empreinte, "ligne": ligne})
                )
                total += 1
    return total


def _json(valeur: Any) -> str:
    return json.dumps(valeur, ensure_ascii=False, separators=(",", ":")) + "\n"


def verifier_un_fichier(chemin: Path, cle: str | None = None, copie: Sequence[Tete] | None = None) -> Constat:
    """An export, without any database. Without `cle` the file's own key is believed: better give it.

    Raises Alteration, or TetesIllisibles when the file isn't an export.
    """
    with chemin.open(encoding="utf-8") as lignes:
        entete = _objet(chemin, 1, lignes.readline())
        if entete.get("format") != FORMAT or not isinstance(entete.get("tetes"), list):
            raise TetesIllisibles(f"{chemin.name} n'est pas un export du journal (limpide journal exporter)")
        siennes = [Tete(str(t["texte"]), str(t["signature"])) for t in entete["tetes"]]
        contenus = examen.examiner_les_tetes(siennes, tetes.cle_lue(cle or str(entete.get("cle_publique", ""))))
        if copie is not None:
            examen.comparer_les_copies(siennes, copie, ("l'export", "la copie des têtes"))
        total = examen.examiner_un_fichier(
            (_scellee(chemin, rang, texte) for rang, texte in enumerate(lignes, 2)), contenus
        )
    fin = contenus[-1] if contenus else None
    return Constat(total, len(contenus), 0, fin.purges if fin else (), fin.le if fin else "")


def _objet(chemin: Path, rang: int, texte: str) -> dict[str, Any]:
    try:
        return dict(json.loads(texte))
    except (ValueError, TypeError) as erreur:
        raise TetesIllisibles(f"{chemin.name}, ligne {rang} : ce n'est pas du JSON") from erreur


def _scellee(chemin: Path, rang: int, texte: str) -> Scellee:
    brut = _objet(chemin, rang, texte)
    try:
        return Scellee(str(brut["mois"]), int(brut["position"]), bytes.fromhex(brut["empreinte"]), list(brut["ligne"]))
    except (KeyError, ValueError, TypeError) as erreur:
        raise TetesIllisibles(f"{chemin.name}, ligne {rang} : mois, position, empreinte et ligne attendus") from erreur
