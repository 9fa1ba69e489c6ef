"""What Mon Compte reads of the citizen's own file, inside processing `mon_compte`."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from limpide.dossiers import lexique
from limpide.dossiers.models import Decision, Dossier, Fait, PieceAttendue, Rattachement
from limpide.dossiers.mois import decaler, premier_jour
from limpide.droits.faits import NATURES, NATURES_PAR_CODE
from limpide.droits.francais import valeur_de_fait
from limpide.paiements.models import Creance, FichierVirement, OrdrePaiement
from limpide.registre.models import Archivage


def mon_dossier(personne: int) -> Dossier | None:
    """The reader's own file: the open one, else the last closed. None if they are no allocataire anywhere."""
    dossiers = Dossier.objects.select_related("organisme").filter(allocataire_id=personne, ouvert_le__isnull=False)
    return dossiers.order_by("-clos_le", "-ouvert_le").first()


def avis_d_effacement(dossier: int) -> str:
    """The notice given before the erasure of this file; empty when there is none."""
    return Archivage.objects.filter(dossier_id=dossier).values_list("avis", flat=True).first() or ""


def revenus_du_logement_finis(dossier: int, jour: dt.date) -> dt.date | None:
    """The last month of the twelve months' wages told for the housing benefit, once it is over; None otherwise.

    What is told holds for three months (CCH R823-6). From the month after, the claim asks for them again.
    """
    dits = Fait.objects.filter(
        dossier_id=dossier, nature=NATURES["logement_salaires"].code, connu__contains=timezone.now()
    )
    fins = [valide.upper for valide in dits.values_list("valide", flat=True)]
    return decaler(max(fins), -1) if fins and None not in fins and max(fins) <= jour else None


@dataclass(frozen=True)
class Paiement:
    """One transfer: which month's due date, how much, executed when."""

    echeance: dt.date
    centimes: int
    date: dt.date
    complement: bool


def paiements(dossier: int) -> list[Paiement]:
    """Transfers to the household, newest first."""
    ordres = OrdrePaiement.objects.filter(dossier_id=dossier).values_list(
        "mois", "montant_centimes", "fichier_id", "nature"
    )
    lignes = list(ordres)
    dates = dict(
        FichierVirement.objects.filter(pk__in={fichier for _, _, fichier, _ in lignes}).values_list(
            "pk", "date_execution"
        )
    )
    trouves = [
        Paiement(mois, centimes, dates[fichier], nature != "mensuel") for mois, centimes, fichier, nature in lignes
    ]
    return sorted(trouves, key=lambda p: (p.date, p.echeance), reverse=True)


@dataclass(frozen=True)
class Indu:
    """What one calculation found overpaid of one right, all its months together."""

    droit: str
    etat: str
    periode: str
    centimes: int


def indus(dossier: int) -> list[Indu]:
    """Overpayments proposed or confirmed, newest first, one for each right and calculation."""
    groupes: dict[tuple[dt.datetime, str, str], list[Creance]] = {}
    for c in Creance.objects.filter(dossier_id=dossier, etat__in=["proposee", "confirmee"]).order_by("mois"):
        groupes.setdefault((c.proposee_le, c.droit, c.etat), []).append(c)
    return [
        Indu(
            droit, etat, lexique.periode(mois[0].mois, decaler(mois[-1].mois, 1), mensuelle=True),
            sum(c.montant_centimes for c in mois),
        )
        for (_, droit, etat), mois in sorted(groupes.items(), reverse=True)
    ]  # fmt: skip


@dataclass(frozen=True)
class Donnee:
    """One datum of the file as the citizen reads it: what, since when, from whom, known since when."""

    libelle: str
    valeur: str
    periode: str
    origine: str
    connu_le: dt.date
    fait: int


@dataclass(frozen=True)
class Membre:
    """A person of the household and what is known of them. `alternee_depuis`: shared custody, since when."""

    nom: str
    role: str
    naissance: dt.date | None
    donnees: list[Donnee]
    alternee_depuis: dt.date | None = None


def faits_montres(dossier: int, jour: dt.date) -> Any:
    """The facts that the page of the situation shows: known now, true on that day or in the last six months."""
    debut = decaler(premier_jour(jour), -6)
    return Fait.objects.filter(
        dossier_id=dossier, connu__contains=timezone.now(), valide__overlap=(debut, jour + dt.timedelta(days=1))
    )


def ma_situation(dossier: Dossier, jour: dt.date) -> tuple[list[Membre], list[Donnee]]:
    """(members with their data, data of the household) as known now and true on that day or in the last months."""
    maintenant = timezone.now()
    rattachements = (
        Rattachement.objects.select_related("personne")
        .filter(dossier_id=dossier.pk, connu__contains=maintenant, valide__contains=jour)
        .order_by("pk")
    )
    faits = faits_montres(dossier.pk, jour)
    par_personne: dict[int | None, list[Any]] = {}
    for fait in faits:
        par_personne.setdefault(fait.personne_id, []).append(fait)
    ordre = {"demandeur": 0, "conjoint": 1, "enfant": 2}
    membres = [
        Membre(
            nom=nom_usuel(r.personne),
            role=lexique.ROLES[r.role].allocataire,
            naissance=r.personne.date_naissance,
            donnees=[donnee(f) for f in _ordonner(par_personne.get(r.personne_id, []))],
            alternee_depuis=r.valide.lower if r.garde_alternee else None,
        )
        for r in sorted(rattachements, key=lambda r: (ordre[r.role], r.personne.date_naissance))
    ]
    return membres, [donnee(f) for f in _ordonner(par_personne.get(None, []))]


def nom_usuel(personne: Any) -> str:
    return f"{personne.prenoms.split()[0]} {personne.nom_usage or personne.nom_naissance}"


def _ordonner(faits: list[Any]) -> list[Any]:
    return sorted(faits, key=lambda f: (f.nature, -f.valide.lower.toordinal()))


def donnee(fait: Any) -> Donnee:
    """One fact as it is shown."""
    nature = NATURES_PAR_CODE[fait.nature]
    brut = fait.valeur / 100 if nature.type == "euros" else fait.valeur
    return Donnee(
        libelle=nature.libelle,
        valeur=valeur_de_fait(nature, brut),
        periode=lexique.periode(fait.valide.lower, fait.valide.upper, mensuelle=nature.periodicite == "mois"),
        origine=lexique.SOURCES[fait.source].allocataire,
        connu_le=timezone.localtime(fait.connu.lower).date(),
        fait=fait.pk,
    )


def mes_decisions(dossier: int) -> list[Decision]:
    """Decisions with their texts, newest first."""
    return list(
        Decision.objects.select_related("mention", "recours").filter(dossier_id=dossier).order_by("-prise_le", "-pk")
    )


def pieces_attendues(dossier: int) -> list[PieceAttendue]:
    return list(
        PieceAttendue.objects.filter(dossier_id=dossier, etat__in=["attendue", "refusee"]).order_by("attendue_pour")
    )
