"""The independent audit: replay every liquidation, order and decision on a debt, and compare with the books.

It shares no computation with the ledger: rights and payments are replayed one by one in Python, by the definition
(due − paid = owed or overpaid), and each line of each entry must be the one expected. The first row that differs is
named by its table and number.
"""

import dataclasses
import datetime
from collections import defaultdict
from typing import Any

from limpide.dossiers.lots import interroger
from limpide.registre.contexte import SYSTEME, traitement

from . import sepa
from .fichiers import dossier_des_virements, empreinte

TRAITEMENT = "audit_comptable"
Cle = tuple[int, str, datetime.date]
"""A household's right of a month: file, code of the right, month."""


@dataclasses.dataclass
class Constat:
    """What the audit read and found. `ecart`: the first difference, in French, or empty."""

    ecart: str = ""
    lignes_droit: int = 0
    lignes_ecriture: int = 0
    ordres: int = 0
    fichiers: int = 0
    verse: int = 0
    du: int = 0
    indus: int = 0


class Ecart(Exception):
    """The first difference found."""


@dataclasses.dataclass
class _Position:
    """A right of a month as replayed: in force, paid, owed, overpaid."""

    net: int = 0
    verse: int = 0
    du: int = 0
    proposes: int = 0
    confirmes: int = 0

    def recalculer(self, net: int) -> dict[str, int]:
        """Move to a new amount in force; returns the movement of each account of the household."""
        abandonne_compris = self.net - self.du + self.proposes + self.confirmes
        du, indu = max(0, net - abandonne_compris), max(0, abandonne_compris - net)
        proposes, confirmes = indu - self.confirmes, self.confirmes
        if proposes < 0:
            proposes, confirmes = 0, indu
        mouvements = {
            "allocataires": self.du - du,
            "indus:proposes": proposes - self.proposes,
            "indus:confirmes": confirmes - self.confirmes,
        }
        self.net, self.du, self.proposes, self.confirmes = net, du, proposes, confirmes
        return {compte: montant for compte, montant in mouvements.items() if montant}


def auditer() -> Constat:
    """Replay everything. One read-only processing, one snapshot per table."""
    constat = Constat()
    with traitement(TRAITEMENT, acteur=SYSTEME, motif="Contrôle indépendant des comptes"):
        try:
            _Rejeu(constat).tout()
        except Ecart as ecart:
            constat.ecart = str(ecart)
    return constat


_ECRITURES = """
SELECT id, organisme_id, cle, liquidation_id, fichier_id, contrepasse_id FROM paiements_ecriture ORDER BY id"""
_LIGNES = """
SELECT ecriture_id, id, organisme_id, compte, dossier_id, droit, mois, montant_centimes
  FROM paiements_ligneecriture WHERE NOT anonyme ORDER BY ecriture_id, id"""
_ANONYMES = """
SELECT ecriture_id, id, organisme_id, compte, montant_centimes
  FROM paiements_ligneecriture WHERE anonyme ORDER BY ecriture_id, id"""
_DROITS_EFFACES = """
SELECT liquidation_id, droit, mois, lignes, brut_centimes, crds_centimes FROM dossiers_droitefface ORDER BY id"""
_VIREMENTS_EFFACES = "SELECT fichier_id, nombre, total_centimes FROM paiements_virementefface ORDER BY id"
_DROITS = """
SELECT liquidation_id, id, organisme_id, dossier_id, droit, mois, rang, montant_centimes, crds_centimes
  FROM dossiers_lignedroit ORDER BY liquidation_id, id"""
_LIQUIDATIONS = "SELECT id, organisme_id, etat, nombre_lignes FROM dossiers_liquidation ORDER BY id"
_ORDRES = "SELECT fichier_id, organisme_id, dossier_id, montant_centimes FROM paiements_ordrepaiement"
_FICHIERS = """
SELECT id, organisme_id, msg_id, nombre, total_centimes, sha256, etat FROM paiements_fichiervirement ORDER BY id"""
_CREANCES = """
SELECT id, dossier_id, droit, mois, montant_centimes, etat FROM paiements_creance
 WHERE etat IN ('proposee', 'confirmee') ORDER BY id"""


def _groupes(requete: str) -> dict[Any, list[tuple[Any, ...]]]:
    groupes: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for cle, *ligne in interroger(requete, {}):
        groupes[cle].append(tuple(ligne))
    return groupes


class _Rejeu:
    """The replay: entries in the order they were recorded, each compared with what the events imply."""

    def __init__(self, constat: Constat) -> None:
        self.constat = constat
        self.positions: dict[Cle, _Position] = defaultdict(_Position)
        self.rangs: dict[tuple[Cle, int], tuple[int, int]] = {}
        self.droits, self.lignes, self.ordres = _groupes(_DROITS), _groupes(_LIGNES), _groupes(_ORDRES)
        # Files erased at the end of their retention: their sums, without identity.
        self.anonymes, self.effaces = _groupes(_ANONYMES), _groupes(_DROITS_EFFACES)
        self.virements_effaces = _groupes(_VIREMENTS_EFFACES)
        self.traitees: set[int] = set()

    def tout(self) -> None:
        self._liquidations()
        ecritures = interroger(_ECRITURES, {})
        for ecriture in ecritures:
            self._ecriture(*ecriture)
        self._rien_d_oublie({e[0] for e in ecritures})
        self._fichiers({e[4] for e in ecritures})
        self._creances()
        self._anonymes_soldes()
        for position in self.positions.values():
            self.constat.verse += position.verse
            self.constat.du += position.du
            self.constat.indus += position.proposes + position.confirmes

    def _liquidations(self) -> None:
        """Count the lines of each liquidation, and check that ranks follow each other without a hole."""
        for pk, _organisme, etat, nombre in interroger(_LIQUIDATIONS, {}):
            lues = len(self.droits.get(pk, [])) + sum(efface[2] for efface in self.effaces.get(pk, []))
            self.constat.lignes_droit += lues
            if etat == "terminee" and lues != nombre:
                raise Ecart(f"Liquidation {pk} : {lues} lignes de droit, {nombre} annoncées.")
        for lignes in self.droits.values():
            for _pk, _organisme, dossier, droit, mois, rang, brut, crds in lignes:
                self.rangs[((dossier, droit, mois), rang)] = (brut, crds)
        for lignes in self.droits.values():
            for pk, _organisme, dossier, droit, mois, rang, _brut, _crds in lignes:
                if rang > 1 and ((dossier, droit, mois), rang - 1) not in self.rangs:
                    raise Ecart(f"LigneDroit {pk} : rang {rang} sans le rang {rang - 1}.")

    def _ecriture(
        self, pk: int, organisme: str, cle: str, liquidation: int | None, fichier: int | None, oppose: int | None
    ) -> None:
        lignes = self.lignes.get(pk, [])
        self.constat.lignes_ecriture += len(lignes)
        anonymes = self.anonymes.get(pk, [])
        if solde := sum(ligne[-1] for ligne in (*lignes, *anonymes)):
            premiere = (*lignes, *anonymes)[0][0]
            raise Ecart(f"Écriture {pk} ({cle}) déséquilibrée de {solde} centime(s), à la ligne {premiere}.")
        for ligne in lignes:
            if ligne[1] != organisme:
                raise Ecart(f"LigneEcriture {ligne[0]} : elle n'est pas de la caisse de son écriture.")
        if liquidation is not None:
            self._comparer(pk, lignes, self._attendu_de_la_liquidation(liquidation))
        elif fichier is not None:
            self._comparer(pk, lignes, self._attendu_du_virement(fichier))
        elif cle.startswith("creance:"):
            self._decision_sur_indu(pk, lignes)
        elif oppose is not None:
            self._comparer(pk, lignes, {tuple(o[2:6]): -o[6] for o in self.lignes.get(oppose, [])})
        else:
            raise Ecart(f"Écriture {pk} : rien ne dit ce qu'elle enregistre ({cle}).")

    def _attendu_de_la_liquidation(self, liquidation: int) -> dict[tuple[Any, ...], int]:
        """Accounts moved by the lines of a liquidation, from the lines alone."""
        attendu: dict[tuple[Any, ...], int] = defaultdict(int)
        self.traitees.add(liquidation)
        for _pk, _organisme, dossier, droit, mois, rang, brut, crds in self.droits.get(liquidation, []):
            cle = (dossier, droit, mois)
            brut_avant, crds_avant = self.rangs.get((cle, rang - 1), (0, 0))
            for compte, montant in self.positions[cle].recalculer(brut - crds).items():
                attendu[(compte, *cle)] += montant
            attendu[(f"charges:{droit}", None, droit, mois)] += brut - brut_avant
            attendu[("crds", None, droit, mois)] -= crds - crds_avant
        for droit, mois, _lignes, brut, crds in self.effaces.get(liquidation, []):
            attendu[(f"charges:{droit}", None, droit, mois)] += brut
            attendu[("crds", None, droit, mois)] -= crds
        return {cle: montant for cle, montant in attendu.items() if montant}

    def _attendu_du_virement(self, fichier: int) -> dict[tuple[Any, ...], int]:
        """What an order per file pays: everything owed to it on the rights up to the month, whole."""
        attendu: dict[tuple[Any, ...], int] = {}
        par_dossier: dict[int, list[tuple[Cle, _Position]]] = defaultdict(list)
        ordres = {dossier: montant for _, dossier, montant in self.ordres.get(fichier, [])}
        for cle, position in self.positions.items():
            if position.du and cle[0] in ordres:
                par_dossier[cle[0]].append((cle, position))
        self.constat.ordres += len(ordres)
        for dossier, montant in ordres.items():
            mois = self.mois_des_fichiers[fichier]
            dus = [(cle, position) for cle, position in par_dossier[dossier] if cle[2] <= mois]
            if (total := sum(position.du for _, position in dus)) != montant:
                raise Ecart(
                    f"OrdrePaiement du dossier {dossier} (fichier {fichier}) : {montant} centimes payés, {total} dus."
                )
            for cle, position in dus:
                attendu[("allocataires", *cle)] = position.du
                position.verse, position.du = position.verse + position.du, 0
        effaces = sum(total for _, total in self.virements_effaces.get(fichier, []))
        attendu[("virements", None, None, None)] = -sum(ordres.values()) - effaces
        return attendu

    @property
    def mois_des_fichiers(self) -> dict[int, datetime.date]:
        if not hasattr(self, "_mois"):
            self._mois = dict(interroger("SELECT id, mois FROM paiements_fichiervirement", {}))
        return self._mois

    def _decision_sur_indu(self, ecriture: int, lignes: list[tuple[Any, ...]]) -> None:
        for pk, _organisme, compte, dossier, droit, mois, montant in lignes:
            position = self.positions[(dossier, droit, mois)]
            if compte == "indus:proposes":
                position.proposes += montant
            elif compte == "indus:confirmes":
                position.confirmes += montant
            elif compte != "abandons":
                raise Ecart(f"LigneEcriture {pk} : le compte {compte} n'a pas sa place dans l'écriture {ecriture}.")
            if min(position.proposes, position.confirmes) < 0:
                raise Ecart(f"LigneEcriture {pk} : elle retire plus d'indu qu'il n'y en a.")

    def _comparer(self, ecriture: int, lignes: list[tuple[Any, ...]], attendu: dict[tuple[Any, ...], int]) -> None:
        reste = dict(attendu)
        for pk, _organisme, *cle, montant in lignes:
            prevu = reste.pop(tuple(cle), 0)
            if prevu != montant:
                raise Ecart(f"LigneEcriture {pk} (écriture {ecriture}) : {montant} centimes, {prevu} attendus.")
        if reste:
            cle, montant = next(iter(reste.items()))
            raise Ecart(f"Écriture {ecriture} : il manque une ligne de {montant} centimes au compte {cle[0]}.")

    def _rien_d_oublie(self, ecritures: set[int]) -> None:
        """Lines without an entry; liquidations whose amounts were never posted."""
        for orpheline in sorted(set(self.lignes) - ecritures):
            raise Ecart(f"LigneEcriture {self.lignes[orpheline][0][0]} : son écriture {orpheline} n'existe pas.")
        for liquidation in sorted(set(self.droits) - self.traitees):
            for pk, _organisme, dossier, droit, mois, rang, brut, crds in self.droits[liquidation]:
                if self.rangs.get(((dossier, droit, mois), rang - 1), (0, 0)) != (brut, crds):
                    raise Ecart(f"LigneDroit {pk} : sa liquidation {liquidation} n'est pas comptabilisée.")

    def _fichiers(self, comptabilises: set[int | None]) -> None:
        for pk, _organisme, msg_id, nombre, total, sha256, etat in interroger(_FICHIERS, {}):
            self.constat.fichiers += 1
            ordres, effaces = self.ordres.get(pk, []), self.virements_effaces.get(pk, [])
            lus = len(ordres) + sum(e[0] for e in effaces), sum(o[-1] for o in (*ordres, *effaces))
            if lus != (nombre, total):
                raise Ecart(f"FichierVirement {pk} ({msg_id}) : ses ordres ne font ni son nombre ni son total.")
            if pk not in comptabilises:
                raise Ecart(f"FichierVirement {pk} ({msg_id}) : ses virements ne sont pas comptabilisés.")
            if etat == "ecrit":
                self._fichier_sur_disque(msg_id, nombre, total, sha256)
            elif etat == "efface" and (dossier_des_virements() / f"{msg_id}.xml").exists():
                raise Ecart(f"Le fichier {msg_id}.xml est dit effacé, et son contenu est encore là.")

    @staticmethod
    def _fichier_sur_disque(msg_id: str, nombre: int, total: int, sha256: str) -> None:
        chemin = dossier_des_virements() / f"{msg_id}.xml"
        if not chemin.exists():
            raise Ecart(f"Le fichier {chemin.name} a disparu.")
        octets = chemin.read_bytes()
        if empreinte(octets) != sha256:
            raise Ecart(f"Le fichier {chemin.name} a changé depuis son émission.")
        if sepa.totaux(octets) != (nombre, total):
            raise Ecart(f"Le fichier {chemin.name} ne paie pas ce que disent les ordres.")

    def _anonymes_soldes(self) -> None:
        """Erased files owed nothing and were owed nothing: what remains of them adds up to zero, account by account."""
        soldes: dict[str, int] = defaultdict(int)
        for lignes in self.anonymes.values():
            self.constat.lignes_ecriture += len(lignes)
            for _pk, _organisme, compte, montant in lignes:
                soldes[compte] += montant
        for compte in ("allocataires", "indus:proposes", "indus:confirmes"):
            if soldes[compte]:
                raise Ecart(f"Dossiers effacés : le compte {compte} garde {soldes[compte]} centime(s).")

    def _creances(self) -> None:
        """Open proposals add up to the debts of the ledger, right by right."""
        ouvertes: dict[tuple[Cle, str], int] = defaultdict(int)
        derniere: dict[tuple[Cle, str], int] = {}
        for pk, dossier, droit, mois, montant, etat in interroger(_CREANCES, {}):
            ouvertes[((dossier, droit, mois), etat)] += montant
            derniere[((dossier, droit, mois), etat)] = pk
        for cle, position in self.positions.items():
            for etat, attendu in (("proposee", position.proposes), ("confirmee", position.confirmes)):
                if (vu := ouvertes.pop((cle, etat), 0)) != attendu:
                    numero = derniere.get((cle, etat), "absente")
                    raise Ecart(f"Creance {numero} du dossier {cle[0]} : {vu} centimes, {attendu} aux livres.")
        for cle_et_etat in ouvertes:
            raise Ecart(f"Creance {derniere[cle_et_etat]} : elle n'est pas aux livres.")
