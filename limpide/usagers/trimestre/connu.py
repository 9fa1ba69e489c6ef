"""What the Caf knows of the three months: member by member, kind by kind, month by month; what nobody said is asked."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.utils import timezone

from limpide.dossiers import lexique
from limpide.dossiers.models import Dossier, Fait, Rattachement
from limpide.dossiers.mois import decaler, en_lettres
from limpide.dossiers.trimestres import ADeclarer
from limpide.droits.faits import NATURES, NATURES_PAR_CODE, Nature
from limpide.identite.models import Personne
from limpide.usagers.dossier import nom_usuel

A_DECLARER = tuple(
    n
    for n in NATURES.values()
    if n.sujet == "personne"
    and n.periodicite == "mois"
    and n.groupe in ("salaire", "activite", "remplacement", "autre")
)
"""The resources of a person that the law reads month by month."""
TOUJOURS = "salaire_net"
"""Asked of each adult: the law never takes it for nothing when nobody said it."""
AGE_DU_TRAVAIL = 16
MOIS_DU_TRIMESTRE = 3


@dataclass(frozen=True)
class Chiffre:
    """One resource of one month: cents and where they come from; None: nobody said it."""

    cle: str
    nature: Nature
    mois: dt.date
    montant: int | None
    source: str

    @property
    def origine(self) -> str:
        return lexique.SOURCES[self.source].allocataire if self.source else ""

    @property
    def libelle(self) -> str:
        return f"{self.nature.libelle}, {en_lettres(self.mois)}"


@dataclass(frozen=True)
class Ligne:
    nature: Nature
    chiffres: tuple[Chiffre, ...]


@dataclass(frozen=True)
class MembreConnu:
    """A member whose resources count. `cle` prefixes the fields: a rank, never a number of person."""

    cle: str
    personne: Personne
    nom: str
    role: str
    lignes: tuple[Ligne, ...]
    mois: tuple[dt.date, ...]

    @property
    def autres_natures(self) -> list[Nature]:
        deja = {ligne.nature.nom for ligne in self.lignes}
        return [n for n in A_DECLARER if n.nom not in deja]

    @property
    def complet(self) -> bool:
        return all(c.montant is not None for ligne in self.lignes for c in ligne.chiffres)


def membres_connus(dossier: Dossier, trimestre: ADeclarer) -> list[MembreConnu]:
    """Adults of the household at the examination, and children old enough to work, with what is known now."""
    maintenant = timezone.now()
    rattachements = (
        Rattachement.objects.select_related("personne")
        .filter(dossier_id=dossier.pk, connu__contains=maintenant, valide__overlap=(trimestre.mois, trimestre.echeance))
        .order_by("pk")
    )
    ordre = {"demandeur": 0, "conjoint": 1, "enfant": 2}
    presents = {r.personne_id: r for r in rattachements}  # the last stay of each
    gardes = sorted(
        (r for r in presents.values() if r.role != "enfant" or _peut_travailler(r.personne, trimestre.mois)),
        key=lambda r: (ordre[r.role], r.personne.date_naissance, r.pk),
    )
    faits = _faits(dossier, trimestre, maintenant)
    return [_membre(f"m{rang}", r, faits.get(r.personne_id, []), trimestre) for rang, r in enumerate(gardes)]


def _peut_travailler(personne: Personne, mois: dt.date) -> bool:
    return bool(personne.date_naissance <= mois.replace(year=mois.year - AGE_DU_TRAVAIL))


def _faits(dossier: Dossier, trimestre: ADeclarer, maintenant: dt.datetime) -> dict[int | None, list[Fait]]:
    premier, *_, dernier = trimestre.reference
    trouves: dict[int | None, list[Fait]] = {}
    for fait in Fait.objects.filter(
        dossier_id=dossier.pk, nature__in=[n.code for n in A_DECLARER], connu__contains=maintenant,
        valide__overlap=(decaler(premier, -MOIS_DU_TRIMESTRE), decaler(dernier, 1)),
    ):  # fmt: skip
        trouves.setdefault(fait.personne_id, []).append(fait)
    return trouves


def _membre(cle: str, rattachement: Rattachement, faits: list[Fait], trimestre: ADeclarer) -> MembreConnu:
    avant = [decaler(m, -MOIS_DU_TRIMESTRE) for m in trimestre.reference]
    touchees = {f.nature for f in faits if _connu_dans(f, trimestre.reference)}
    touchees |= {f.nature for f in faits if f.valeur and _connu_dans(f, avant)}
    if rattachement.role != "enfant":
        touchees.add(NATURES[TOUJOURS].code)
    lignes = tuple(
        Ligne(nature, tuple(_chiffre(cle, nature, m, faits) for m in trimestre.reference))
        for nature in (NATURES_PAR_CODE[code] for code in sorted(touchees))
    )
    role = lexique.ROLES[rattachement.role].allocataire
    return MembreConnu(cle, rattachement.personne, nom_usuel(rattachement.personne), role, lignes, trimestre.reference)


def _connu_dans(fait: Fait, mois: "tuple[dt.date, ...] | list[dt.date]") -> bool:
    return any(_vaut(fait, m) for m in mois)


def _vaut(fait: Fait, mois: dt.date) -> bool:
    return bool(fait.valide.lower <= mois and (fait.valide.upper is None or fait.valide.upper > mois))


def _chiffre(membre: str, nature: Nature, mois: dt.date, faits: list[Fait]) -> Chiffre:
    fait = next((f for f in faits if f.nature == nature.code and _vaut(f, mois)), None)
    cle = f"{membre}_{nature.code}_{mois:%Y%m}"
    if fait is None:
        return Chiffre(cle, nature, mois, None, "")
    return Chiffre(cle, nature, mois, fait.valeur, fait.source)


def empreinte(membres: list[MembreConnu]) -> str:
    """What was shown: sent back with the answers, so that a figure that arrives meanwhile is not confirmed unseen."""
    vus = [(c.cle, c.montant, c.source) for m in membres for ligne in m.lignes for c in ligne.chiffres]
    return hashlib.sha256(repr(vus).encode()).hexdigest()[:16]
