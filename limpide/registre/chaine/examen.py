"""Find the first bad line of a chain: pure functions over heads and lines, from the database or from a file alike."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from limpide.registre.chaine.calcul import MOIS_GARDES, Ligne, apres, origine, suivante
from limpide.registre.chaine.tetes import Contenu, Tete, TetesIllisibles, lire, signee, suit

MODIFICATION, SUPPRESSION, INSERTION = "modification", "suppression", "insertion"
REORDONNANCEMENT, TRONCATURE = "réordonnancement", "troncature"


class Alteration(Exception):
    """The first thing that is wrong: which attack, and where."""

    def __init__(self, attaque: str, ou: str) -> None:
        super().__init__(f"{attaque} : {ou}")
        self.attaque, self.ou = attaque, ou


@dataclasses.dataclass(frozen=True, slots=True)
class Scellee:
    """One sealed line: its position in its month, the hash after it, its values (None: it isn't there any more)."""

    mois: str
    position: int
    empreinte: bytes
    ligne: Ligne


def examiner_les_tetes(tetes: Sequence[Tete], cle: Ed25519PublicKey) -> list[Contenu]:
    """Every head signed, each after the one before. Raises Alteration naming the first that isn't."""
    contenus: list[Contenu] = []
    for rang, tete in enumerate(tetes):
        if not signee(tete, cle):
            raise Alteration(MODIFICATION, f"la tête n° {rang + 1} n'est pas signée par cette clé")
        contenu = lire(tete)
        if not suit(contenu, tetes[rang - 1] if rang else None):
            raise Alteration(TRONCATURE, f"la tête n° {contenu.numero} ne suit pas la précédente")
        _examiner_les_purges(contenu, contenus[-1] if contenus else None)
        contenus.append(contenu)
    return contenus


def _examiner_les_purges(contenu: Contenu, avant: Contenu | None) -> None:
    """A month only goes at its term, as it was last sealed, and its going is never forgotten."""
    deja, connus = (set(avant.purges), avant.mois) if avant else (set(), {})
    if oublies := sorted(deja - set(contenu.purges)):
        raise Alteration(MODIFICATION, f"la tête n° {contenu.numero} oublie que {oublies[0]} a été effacé")
    for mois in contenu.purges:
        if contenu.mois.get(mois) != connus.get(mois) or mois not in connus:
            raise Alteration(TRONCATURE, f"{mois} : la tête n° {contenu.numero} n'efface pas ce qui était scellé")
        if mois not in deja and apres(mois, MOIS_GARDES) > dt.datetime.fromisoformat(contenu.le).date():
            raise Alteration(TRONCATURE, f"{mois} : la tête n° {contenu.numero} l'efface avant son terme")


def comparer_les_copies(tetes: Sequence[Tete], autres: Sequence[Tete], noms: tuple[str, str]) -> None:
    """Two copies of the heads say the same, head by head."""
    for rang, (une, autre) in enumerate(zip(tetes, autres, strict=False), 1):
        if une != autre:
            raise Alteration(MODIFICATION, f"la tête n° {rang} diffère entre {noms[0]} et {noms[1]}")
    if len(tetes) != len(autres):
        courte = noms[0] if len(tetes) < len(autres) else noms[1]
        raise Alteration(TRONCATURE, f"dans {courte}, la tête n° {min(len(tetes), len(autres)) + 1} manque")


def jalons(contenus: Sequence[Contenu], mois: str) -> dict[int, tuple[int, str]]:
    """By number of sealed lines: (head, hash that it signed). The first head of each count is kept."""
    poses: dict[int, tuple[int, str]] = {}
    for contenu in contenus:
        if mois in contenu.mois:
            nombre, empreinte = contenu.mois[mois]
            poses.setdefault(nombre, (contenu.numero, empreinte))
    return poses


def examiner_la_fin(mois: str, nombre: int, derniere: int | None, poses: Mapping[int, tuple[int, str]]) -> None:
    """The month has exactly the lines that the last head counts."""
    attendu = max(poses, default=0)
    suite = f"après la ligne n° {derniere}" if derniere is not None else "dès la première ligne"
    if nombre < attendu:
        raise Alteration(
            TRONCATURE,
            f"{mois} : la ligne de position {nombre + 1} manque, {suite} ; la tête n° {poses[attendu][0]} en compte "
            f"{attendu}",
        )
    if nombre > attendu:
        raise Alteration(TRONCATURE, f"{mois} : {nombre} lignes scellées et {attendu} signées : des têtes manquent")


def examiner_le_jalon(
    mois: str, nombre: int, empreinte: bytes, numero: int, poses: Mapping[int, tuple[int, str]]
) -> None:
    """At a count that a head signed, the hash is the one that it signed."""
    if nombre in poses and poses[nombre][1] != empreinte.hex():
        avant = max((n for n in poses if n < nombre), default=0)
        raise Alteration(
            MODIFICATION,
            f"{mois} : entre les positions {avant + 1} et {nombre} (ligne n° {numero}), la chaîne a été refaite : la "
            f"tête n° {poses[nombre][0]} signait une autre empreinte",
        )


def examiner_un_fichier(scellees: Iterator[Scellee], contenus: Sequence[Contenu]) -> int:
    """Every line of an export against the heads; returns how many. Raises Alteration at the first bad one."""
    total, vus = 0, set()
    suite = next(scellees, None)
    while suite is not None:
        mois = suite.mois
        if mois in vus:
            raise Alteration(REORDONNANCEMENT, f"{mois} revient après un autre mois, ligne n° {suite.ligne[0]}")
        vus.add(mois)
        if contenus and mois in contenus[-1].purges:
            raise Alteration(INSERTION, f"{mois}, ligne n° {suite.ligne[0]} : elle date d'un mois effacé à son terme")
        du_mois = _Mois(mois, jalons(contenus, mois))
        while suite is not None and suite.mois == mois:
            if not du_mois.suit(suite):
                reste = [suite]
                while (suite := next(scellees, None)) is not None and suite.mois == mois:
                    reste.append(suite)
                raise du_mois.comprendre(reste)
            suite = next(scellees, None)
        examiner_la_fin(mois, du_mois.nombre, du_mois.numero, du_mois.poses)
        total += du_mois.nombre
    for mois in contenus[-1].mois if contenus else ():
        if mois not in vus and mois not in contenus[-1].purges:
            examiner_la_fin(mois, 0, None, jalons(contenus, mois))
    return total


class _Mois:
    """The walk along one month of a file."""

    def __init__(self, mois: str, poses: Mapping[int, tuple[int, str]]) -> None:
        self.mois, self.poses = mois, poses
        self.nombre = 0
        self.numero: int | None = None
        self.avant = self.tete = origine(mois)

    def suit(self, s: Scellee) -> bool:
        """Whether this line is the next one; it then becomes the last."""
        if s.position != self.nombre or suivante(self.tete, s.ligne) != s.empreinte:
            return False
        self.avant, self.tete = self.tete, s.empreinte
        self.nombre, self.numero = self.nombre + 1, int(s.ligne[0])
        examiner_le_jalon(self.mois, self.nombre, self.tete, self.numero, self.poses)
        return True

    def comprendre(self, reste: list[Scellee]) -> Alteration:
        """Which attack explains that the first of these lines doesn't follow."""
        total, attendu, numero = self.nombre + len(reste), max(self.poses, default=0), reste[0].ligne[0]
        apres = f"après la ligne n° {self.numero}" if self.numero is not None else "au début du mois"
        if total > attendu:
            coupable = self.numero if suivante(self.avant, reste[0].ligne) == reste[0].empreinte else numero
            return Alteration(INSERTION, f"{self.mois}, ligne n° {coupable} : la tête signée ne la compte pas")
        if total < attendu:
            return Alteration(SUPPRESSION, f"{self.mois}, position {self.nombre + 1} : une ligne manque {apres}")
        if any(suivante(self.tete, s.ligne) == s.empreinte for s in reste[1:]):
            return Alteration(REORDONNANCEMENT, f"{self.mois}, ligne n° {numero} : elle n'est pas à sa place {apres}")
        return Alteration(MODIFICATION, f"{self.mois}, ligne n° {numero} (position {self.nombre + 1})")


def nommer(
    ligne: Ligne | None, numero: int, precedente: bytes, attendue: bytes, voisines: Sequence[Ligne]
) -> Alteration:
    """Which attack explains that the database's line `numero` doesn't give the hash that was sealed."""
    if ligne is None:
        return Alteration(SUPPRESSION, f"la ligne n° {numero} a disparu")
    for autre in voisines:
        if suivante(precedente, [numero, *autre[1:]]) == attendue:
            return Alteration(
                REORDONNANCEMENT, f"la ligne n° {numero} a échangé son contenu avec la ligne n° {autre[0]}"
            )
    return Alteration(MODIFICATION, f"la ligne n° {numero} n'est plus celle qui a été scellée")


__all__ = ["Alteration", "Scellee", "TetesIllisibles", "examiner_les_tetes", "examiner_un_fichier"]
