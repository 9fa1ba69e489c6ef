"""Accreditations of online services: recording and withdrawing them, their state, whether a service may be open.

Nothing here says that a service conforms to the RGS: an authority decides, on its own risk analysis. The register
keeps the decision, publishes it, warns before it ends, and closes what has none.
"""

import datetime as dt
import hashlib
import time
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from limpide.registre.contexte import SYSTEME, Acteur, traitement, traitement_courant
from limpide.registre.models import Homologation
from limpide.registre.teleservice import Teleservice, empreinte, teleservices

PUBLICATION, TENUE = "publication_homologations", "homologation_teleservices"
PREAVIS = (dt.timedelta(days=92), dt.timedelta(days=183))
"""Alerts three and six months before the end."""
FRAICHEUR = 5.0
"""Seconds during which a server trusts what it read: a withdrawal closes the service within that time."""

MOTS = {
    "valide": "Homologué",
    "provisoire": "Homologation provisoire",
    "expiree": "Homologation expirée",
    "retiree": "Homologation retirée",
    "a_venir": "Homologation pas encore en vigueur",
    "aucune": "Aucune homologation",
}
TONS = {"valide": "success", "provisoire": "warning", "a_venir": "info"}
OUVRENT = ("valide", "provisoire")


@dataclass(frozen=True)
class Etat:
    """Where a service stands on a day. `homologation`: the decision it rests on, or the last one it had."""

    service: Teleservice
    etat: str
    homologation: Homologation | None
    a_reexaminer: bool

    @property
    def mots(self) -> str:
        return MOTS[self.etat]

    @property
    def ton(self) -> str:
        return TONS.get(self.etat, "error")

    @property
    def ouvert(self) -> bool:
        """Whether the register lets its pages answer."""
        return self.etat in OUVRENT and bool(self.service.chemins)

    @property
    def debut(self) -> dt.date | None:
        return self.homologation.validite.lower if self.homologation else None

    @property
    def fin(self) -> dt.date | None:
        """Last day of validity."""
        return self.homologation.validite.upper - dt.timedelta(days=1) if self.homologation else None


SANS_LE_DOCUMENT = tuple(c.attname for c in Homologation._meta.concrete_fields if c.attname != "document")


def _lire() -> list[Homologation]:
    """Every decision, without its document; inside a processing that reads them."""
    return list(Homologation.objects.only(*SANS_LE_DOCUMENT).order_by("pk"))


def etats(jour: dt.date, lues: list[Homologation] | None = None) -> list[Etat]:
    """Every declared service, built or not, with its state on that day."""
    par_service: dict[str, list[Homologation]] = {}
    for homologation in _lire() if lues is None else lues:
        par_service.setdefault(homologation.teleservice, []).append(homologation)
    return [_etat(service, par_service.get(cle, []), jour) for cle, service in teleservices().items()]


def _etat(service: Teleservice, siennes: list[Homologation], jour: dt.date) -> Etat:
    en_vigueur = [h for h in siennes if h.retiree_le is None and jour in h.validite]
    if en_vigueur:
        derniere = en_vigueur[-1]
        etat = "valide" if derniere.genre == Homologation.Genre.COMPLETE else "provisoire"
        return Etat(service, etat, derniere, derniere.empreinte != empreinte(service.cle))
    if not siennes:
        return Etat(service, "aucune", None, a_reexaminer=False)
    derniere = max(siennes, key=lambda h: (h.validite.upper, h.pk))
    if derniere.retiree_le is not None:
        return Etat(service, "retiree", derniere, a_reexaminer=False)
    return Etat(service, "a_venir" if jour < derniere.validite.lower else "expiree", derniere, a_reexaminer=False)


def homologations_publiques() -> list[Etat]:
    """What the public page tells: every service and its honest state, « aucune » included. Opens its own processing."""
    with traitement(PUBLICATION, acteur=SYSTEME, motif="Publication des homologations"):
        return etats(timezone.localdate())


class _Memoire:
    """What this server process last read of the decisions. Dates are compared at each request, never remembered."""

    def __init__(self) -> None:
        self.lues: list[Homologation] = []
        self.a: float | None = None

    def decisions(self) -> list[Homologation]:
        if traitement_courant() is not None:  # within a page: one purpose at a time, and the gate has just read
            return self.lues
        maintenant = time.monotonic()
        if self.a is None or not 0 <= maintenant - self.a < FRAICHEUR:
            with traitement(PUBLICATION, acteur=SYSTEME, motif="Ouverture des services en ligne") as cours:
                self.lues = _lire()
                cours.releve.vider()  # nobody's data: a line for each page seen would tell nothing
            self.a = maintenant
        return self.lues


_memoire = _Memoire()


def oublier() -> None:
    """Read again at the next request."""
    _memoire.a = None


def etat_de(service: Teleservice) -> Etat:
    """The state of a service now, for the gate."""
    siennes = [h for h in _memoire.decisions() if h.teleservice == service.cle]
    return _etat(service, siennes, timezone.localdate())


@dataclass(frozen=True)
class HomologationSignee:
    """What an authority decided, to be recorded. `au`: last day of validity."""

    teleservice: str
    genre: str
    perimetre: str
    autorite: str
    decidee_le: dt.date
    du: dt.date
    au: dt.date
    risques: str
    document: bytes
    document_nom: str
    fictive: bool = False


def enregistrer(decision: HomologationSignee, acteur: Acteur) -> Homologation:
    """Record a decision, inside `homologation_teleservices`. An IntegrityError tells what the database refuses."""
    if decision.teleservice not in teleservices():
        raise LookupError(f"Le téléservice « {decision.teleservice} » n'est pas déclaré.")
    faite: Homologation = Homologation.objects.create(
        teleservice=decision.teleservice, empreinte=empreinte(decision.teleservice), genre=decision.genre,
        perimetre=decision.perimetre, autorite=decision.autorite, decidee_le=decision.decidee_le,
        validite=DateRange(decision.du, decision.au + dt.timedelta(days=1)), risques=decision.risques,
        document=decision.document, document_nom=decision.document_nom,
        document_empreinte=hashlib.sha256(decision.document).hexdigest(), fictive=decision.fictive,
        enregistree_par=acteur.identifiant,
    )  # fmt: skip
    transaction.on_commit(oublier)
    return faite


def retirer(homologation: Homologation, motif: str, le: dt.date) -> None:
    """Withdraw a decision: the service closes. An IntegrityError tells what the database refuses."""
    homologation.retiree_le, homologation.motif_retrait = le, motif.strip()
    homologation.save(update_fields=["retiree_le", "motif_retrait"])
    transaction.on_commit(oublier)


@dataclass(frozen=True)
class Avertissement:
    """Something the officer must act on: `cle` is stable, so that the same alert is raised once."""

    cle: str
    genre: str
    texte: str
    gravite: str
    echeance: dt.date | None


def avertissements(jour: dt.date, tous: list[Etat]) -> list[Avertissement]:
    """Ends in six and three months, ends passed, changes since the decision; built services without any."""
    trouves = []
    for e in tous:
        if not e.service.chemins:
            continue
        if not e.ouvert:
            trouves.append(_avertir(e, "fermeture", f"« {e.service.nom} » est fermé : {e.mots.lower()}.", "haute"))
            continue
        if e.a_reexaminer:
            texte = f"« {e.service.nom} » a changé depuis son homologation : la question est à reposer."
            trouves.append(_avertir(e, "changement", texte, "attention", f"/{empreinte(e.service.cle)}"))
        assert e.fin is not None
        for delai, mois in zip(PREAVIS, (3, 6), strict=True):
            if e.fin - jour < delai:
                texte = f"L'homologation de « {e.service.nom} » finit le {e.fin:%d/%m/%Y}, dans moins de {mois} mois."
                trouves.append(_avertir(e, f"fin_{mois}_mois", texte, "haute" if mois == 3 else "attention"))
                break
    return trouves


def _avertir(e: Etat, quoi: str, texte: str, gravite: str, suite: str = "") -> Avertissement:
    numero = e.homologation.pk if e.homologation else 0
    cle = f"homologation/{e.service.cle}/{numero}/{quoi}{suite}"
    return Avertissement(cle, f"homologation_{quoi}", texte, gravite, e.fin)


def document_de(numero: int) -> tuple[str, bytes] | None:
    """(name, content) of a published decision, inside a processing that reads it."""
    trouvee: Any = Homologation.objects.filter(pk=numero).first()
    return None if trouvee is None else (trouvee.document_nom, bytes(trouvee.document))
