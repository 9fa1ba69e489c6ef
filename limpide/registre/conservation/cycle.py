"""The life of a file after its relation: active, archived, its person told, erased. Dry unless told otherwise.

Each step looks at the ties again: a relation that lives again takes the file back to the active base (RET-09).
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from limpide.registre.alertes import signaler
from limpide.registre.conservation.durees import GRACE
from limpide.registre.conservation.graphe import modeles
from limpide.registre.conservation.modeles import Archivage, Examen
from limpide.registre.conservation.permission import CYCLE
from limpide.registre.conservation.politiques import effacables
from limpide.registre.conservation.regles import DATE
from limpide.registre.conservation.relations import Relation, _des_salles, contacts, relations
from limpide.registre.conservation.requetes import executer, interroger, nom
from limpide.registre.conservation.techniques import retention_de
from limpide.registre.conservation.traces import noter
from limpide.registre.contexte import SYSTEME, traitement

ACTIF, ARCHIVE, PREVENU, EFFACE = "actif", "archive", "prevenu", "efface"
TRANSITIONS = {
    ACTIF: (ARCHIVE,),
    ARCHIVE: (PREVENU, ACTIF),
    PREVENU: (EFFACE, ARCHIVE, ACTIF),
    EFFACE: (),
}
"""`actif` and `efface` have no row in the table: the file is in the active base, or nowhere."""

LOT = 500
Progres = Callable[[int], object]

AVIS = (
    "Votre relation avec votre caisse d'allocations familiales est finie depuis le {fin}. Les données de votre dossier "
    "seront effacées le {le}. Si vous pensez qu'elles doivent être gardées, par exemple parce qu'un recours est en "
    "cours, dites-le à votre caisse avant cette date. Vous pouvez aussi demander une copie de vos données."
)


@dataclass
class Bilan:
    """What a step found, and did when it was told to. Counts only."""

    ouverts: int = 0
    tenus: Counter[str] = field(default_factory=Counter)
    en_base: int = 0
    a_archiver: int = 0
    archives: int = 0
    a_prevenir: int = 0
    prevenus: int = 0
    a_effacer: int = 0
    a_reprendre: int = 0
    a_redater: int = 0
    jamais_allocataires: int = 0
    courtes: Counter[str] = field(default_factory=Counter)

    def verser(self, suivi: "Suivi") -> None:
        self.tenus.update({e.genre for e in suivi.relation.tenants})
        if suivi.etape:
            setattr(self, suivi.etape, getattr(self, suivi.etape) + 1)
        self.jamais_allocataires += suivi.relation.jamais_allocataire


@dataclass(frozen=True)
class Suivi:
    """One file: its ties, its state, and the step that is due today (a field of `Bilan`)."""

    organisme: str
    relation: Relation
    archivage: Archivage | None
    aujourd_hui: dt.date

    @property
    def etat(self) -> str:
        return ACTIF if self.archivage is None else self.archivage.etat

    @property
    def etape(self) -> str:
        effacable = self.relation.effacable_le
        if effacable is None:
            return "" if self.archivage is None else "a_reprendre"
        if self.archivage is None:
            return "a_archiver" if self._passe(self.archivable) else "en_base"
        if self.archivage.efface_apres != effacable:
            return "a_redater"
        if self.etat == PREVENU:
            return "a_effacer" if self._passe(self.archivage.grace_jusqu_au) and self._passe(effacable) else "prevenus"
        return "a_prevenir" if self._passe(effacable - dt.timedelta(days=GRACE.jours)) else "archives"

    @property
    def archivable(self) -> dt.date | None:
        """A file that goes before two years are over is archived in time to be told, then erased at its date."""
        ordinaire, effacable = self.relation.archivable_le, self.relation.effacable_le
        if ordinaire is None or effacable is None:
            return None
        return min(ordinaire, effacable - dt.timedelta(days=GRACE.jours))

    def _passe(self, jour: dt.date | None) -> bool:
        return jour is not None and jour <= self.aujourd_hui


def suivis(dossiers: Sequence[tuple[int, str]], aujourd_hui: dt.date) -> list[Suivi]:
    """These files (number, Caf) with their ties and their state, inside a processing that reads them."""
    numeros = [numero for numero, _ in dossiers]
    archives = {a.dossier_id: a for a in Archivage.objects.filter(dossier_id__in=numeros)}
    liees = relations(numeros)
    return [Suivi(caf, liees[numero], archives.get(numero), aujourd_hui) for numero, caf in dossiers]


def _pages() -> Iterator[list[tuple[int, str]]]:
    """Files whose relation may be over, page by page; each page is read in the transaction that treats it."""
    for requete in _des_salles("CANDIDATS"):
        dernier = 0
        while page := interroger(requete, [dernier, LOT]):
            yield [(numero, caf) for numero, caf in page]
            dernier = page[-1][0]


def examiner(progres: Progres | None = None) -> Bilan:
    """What is due, what is held and why: nothing is written."""
    bilan = Bilan()
    with traitement(CYCLE, acteur=SYSTEME, motif="Examen des durées de conservation"):
        bilan.ouverts = sum(interroger(requete)[0][0] for requete in _des_salles("OUVERTS"))
        for page in _pages():
            for suivi in suivis(page, timezone.localdate()):
                bilan.verser(suivi)
            if progres:
                progres(len(page))
        bilan.courtes.update(compter_les_courtes())
    return bilan


def demander_la_purge(bilan: Bilan) -> None:
    """Tell the officer, once a month, that files are due: a person decides to erase them (`conservation purger`)."""
    if not bilan.a_effacer:
        return
    with traitement(CYCLE, acteur=SYSTEME, motif="Examen des durées de conservation"):
        signaler(
            f"purge-a-decider/{timezone.localdate():%Y-%m}", "purge_a_decider",
            f"{bilan.a_effacer} dossier(s) sont arrivés au terme de leur conservation, leurs personnes prévenues et le "
            "délai de grâce passé. Leur effacement se décide : « limpide conservation purger », puis --executer.",
        )  # fmt: skip


def noter_examen(bilan: Bilan) -> None:
    """Keep these counts for the officer's page."""
    with traitement(CYCLE, acteur=SYSTEME, motif="Examen des durées de conservation"):
        nombres = {champ: dict(v) if isinstance(v, Counter) else v for champ, v in vars(bilan).items()}
        Examen.objects.create(fait_le=timezone.now(), contenu=nombres)


def avancer(etapes: Sequence[str], *, vraiment: bool, progres: Progres | None = None, seule_caf: str = "") -> Bilan:
    """Take these steps for every file that is due, a page per transaction: cut anywhere, it goes on from there.

    `seule_caf`: the files of this Caf only.
    """
    bilan, dernier = Bilan(), 0
    requetes = tuple(_des_salles("CANDIDATS"))
    while True:
        with traitement(CYCLE, acteur=SYSTEME, motif="Suivi des durées de conservation"):
            page = [(n, c) for requete in requetes for n, c in interroger(requete, [dernier, LOT])]
            a_faire = []
            for suivi in suivis([(n, c) for n, c in page if seule_caf in ("", c)], timezone.localdate()):
                bilan.verser(suivi)
                if suivi.etape in etapes:
                    a_faire.append(suivi)
            if vraiment and a_faire:
                _faire(a_faire, bilan)
        if not page:
            return bilan
        dernier = max(numero for numero, _ in page)
        if progres:
            progres(len(page))


def _faire(a_faire: list[Suivi], bilan: Bilan) -> None:
    canaux = contacts([s.relation.dossier for s in a_faire if s.etape == "a_prevenir"])
    for suivi in a_faire:
        GESTES[suivi.etape](suivi, canaux)
    archives = [s for s in a_faire if s.etape == "a_archiver"]
    for caf in sorted({s.organisme for s in archives}):
        numeros = [s.relation.dossier for s in archives if s.organisme == caf]
        bilan.courtes.update(_effacer_a_l_archivage(caf, numeros))


def _archiver(suivi: Suivi, _canaux: dict[int, str]) -> None:
    Archivage.objects.create(
        dossier_id=suivi.relation.dossier, organisme=suivi.organisme, etat=Archivage.Etat.ARCHIVE,
        fin_de_relation=suivi.relation.fin, efface_apres=suivi.relation.effacable_le, archive_le=timezone.now(),
        canal="", avis="",
    )  # fmt: skip


def _prevenir(suivi: Suivi, canaux: dict[int, str]) -> None:
    """RET: told thirty days before; the text is what Mon Compte shows, or the letter to send."""
    archivage, fin = suivi.archivage, suivi.relation.fin
    assert archivage is not None
    assert fin is not None
    grace = max(GRACE.apres(suivi.aujourd_hui), archivage.efface_apres)
    archivage.etat, archivage.prevenu_le, archivage.grace_jusqu_au = PREVENU, timezone.now(), grace
    archivage.canal = canaux.get(archivage.dossier_id, Archivage.Canal.COURRIER)
    archivage.avis = AVIS.format(fin=f"{fin:%d/%m/%Y}", le=f"{grace:%d/%m/%Y}")
    archivage.save(update_fields=["etat", "prevenu_le", "grace_jusqu_au", "canal", "avis"])


def _reprendre(suivi: Suivi, _canaux: dict[int, str]) -> None:
    """Something holds again: back to the active base, as if it had never left it."""
    Archivage.objects.filter(dossier_id=suivi.relation.dossier).delete()


def _redater(suivi: Suivi, _canaux: dict[int, str]) -> None:
    """Held for a time, then free again: counted from the new end; whoever was told will be told again."""
    archivage = suivi.archivage
    assert archivage is not None
    assert suivi.relation.fin is not None
    if suivi.relation.archivable_le is not None and suivi.relation.archivable_le > suivi.aujourd_hui:
        _reprendre(suivi, {})
        return
    archivage.etat, archivage.fin_de_relation = ARCHIVE, suivi.relation.fin
    archivage.efface_apres = suivi.relation.effacable_le or archivage.efface_apres
    archivage.prevenu_le = archivage.grace_jusqu_au = None
    archivage.canal = archivage.avis = ""
    champs = ["etat", "fin_de_relation", "efface_apres", "prevenu_le", "grace_jusqu_au", "canal", "avis"]
    archivage.save(update_fields=champs)


GESTES: dict[str, Callable[[Suivi, dict[int, str]], None]] = {
    "a_archiver": _archiver,
    "a_prevenir": _prevenir,
    "a_reprendre": _reprendre,
    "a_redater": _redater,
}
ARCHIVER = ("a_archiver", "a_reprendre", "a_redater")
PREVENIR = ("a_prevenir", "a_reprendre", "a_redater")


def _effacer_a_l_archivage(caf: str, dossiers: list[int]) -> dict[str, int]:
    """Rows that don't follow their file into the archive: the row policy says which, the declaration why."""
    effaces = {}
    for modele in _precises("archivage"):
        table = nom(modele._meta.db_table)
        # The role's own policy keeps every other row out of reach.
        nombre = executer(f"DELETE FROM {table} WHERE dossier_id = ANY (%s) AND {_condition(modele)}", [dossiers])  # noqa: S608
        if nombre:
            noter(caf, modele, nombre)
            effaces[modele._meta.label] = nombre
    return effaces


def _precises(quand: str) -> list[Any]:
    return [m for m in modeles() if (r := retention_de(m)) is not None and any(p.quand == quand for p in r.plus_tot)]


def _condition(modele: Any) -> str:
    return effacables(CYCLE, modele).removeprefix(" AND ")


def _a_dater() -> list[Any]:
    """Tables with rows that go at their own age: drafts, sessions, failed logins."""
    datees = [m for m in modeles() if (r := retention_de(m)) is not None and r.horloge == DATE]
    return [*datees, *_precises("date")]


def compter_les_courtes() -> dict[str, int]:
    """Rows past their own age, per table."""
    comptes = {}
    for modele in _a_dater():
        table = nom(modele._meta.db_table)
        nombre = interroger(f"SELECT count(*) FROM {table} WHERE {_condition(modele)}")[0][0]  # noqa: S608
        if nombre:
            comptes[modele._meta.label] = nombre
    return comptes


def effacer_les_courtes(*, vraiment: bool) -> dict[str, int]:
    """Drafts, sessions, failed logins past their age; a draft that something names stays with its file."""
    with traitement(CYCLE, acteur=SYSTEME, motif="Effacement à leur âge des brouillons et des traces de connexion"):
        if not vraiment:
            return compter_les_courtes()
        effaces = {}
        for modele in _a_dater():
            table = nom(modele._meta.db_table)
            with transaction.atomic():
                nombre = executer(f"DELETE FROM {table} WHERE {_condition(modele)}")  # noqa: S608
                if nombre:
                    noter("", modele, nombre)
                    effaces[modele._meta.label] = nombre
        return effaces
