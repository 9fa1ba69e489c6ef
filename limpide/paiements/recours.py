"""Appeals: lodged, decided, final, closed. As long as one isn't final, the file's data are kept.

« Définitive »: no ordinary appeal is possible any more. An appeal brought before the next judge follows the former,
whose decision is then contested; it never goes back.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from limpide.dossiers.models import Dossier
from limpide.dossiers.voies_de_recours import recours_de
from limpide.identite.erreurs import ErreurSaisie, refus_en_francais
from limpide.registre.contexte import traitement_courant

from .models import Creance, DecisionHumaine, Recours

TRANSITIONS = {
    "depose": ("decide",),
    "decide": ("conteste", "definitif"),
    "conteste": (),
    "definitif": ("clos",),
    "clos": (),
}
EN_COURS = ("depose", "decide")
"""States in which the litigation is pending."""

SUITES = {
    "amiable": ("judiciaire", "administratif"),
    "departement": ("administratif",),
    "judiciaire": ("appel", "cassation"),
    "administratif": ("appel", "cassation"),
    "appel": ("cassation",),
    "cassation": (),
}
"""Before whom a decision can be brought next."""

CHAMPS = {
    "decision_humaine_signee": "signataire",
    "decision_humaine_motivee": "motifs",
    "recours_dates_dans_l_ordre": "le",
    "recours_contre_quelque_chose": "objet",
}


@dataclass(frozen=True)
class Objet:
    """What an appeal contests: a decision or a debt of the file, and the right concerned."""

    droit: str
    decision: int | None = None
    creance: int | None = None


@dataclass(frozen=True)
class Signature:
    """Who decided an administrative appeal, in what capacity, and why."""

    signataire: str
    qualite: str
    motifs: str


def demande_une_personne(recours: Recours, issue: str) -> bool:
    """Whether deciding this needs a human decision: an administrative appeal against a calculated decision."""
    administratif = recours.voie in (Recours.Voie.AMIABLE, Recours.Voie.DEPARTEMENT)
    return administratif and recours.decision_id is not None and issue != Recours.Issue.DESISTEMENT


def voies_ouvertes(droit: str, precedent: Recours | None = None) -> tuple[str, ...]:
    """Where this can be lodged: first the prior appeal that the law asks for, then the judge of the right."""
    if precedent is None:
        return (str(recours_de(droit)["prealable"]),)
    suivantes = SUITES[precedent.voie]
    juge = str(recours_de(droit)["juge"])
    if precedent.voie in ("amiable", "departement"):
        return (juge,)
    return suivantes


def _agent() -> int:
    cours = traitement_courant()
    if cours is None or cours.acteur.identifiant is None:
        raise PermissionError("Un recours est enregistré par un agent identifié.")
    return cours.acteur.identifiant


def _pas_dans_le_futur(le: dt.date) -> None:
    if le > timezone.localdate():
        raise ErreurSaisie({"le": "Cette date est dans le futur."})


@transaction.atomic
def deposer(dossier: Dossier, voie: str, objet: Objet, le: dt.date, precedent: Recours | None = None) -> Recours:
    """Record an appeal. Following `precedent`, whose decision becomes contested. Raises `ErreurSaisie`."""
    _pas_dans_le_futur(le)
    if voie not in voies_ouvertes(objet.droit, precedent):
        possibles = " ou ".join(Recours.Voie(v).label for v in voies_ouvertes(objet.droit, precedent))
        message = f"Ce recours se dépose d'abord ainsi : {possibles}."
        if not possibles:
            message = "Aucun recours ne suit celui-ci."
        raise ErreurSaisie({"voie": message})
    with refus_en_francais(CHAMPS), transaction.atomic():
        if precedent is not None:
            if precedent.decide_le is None or le < precedent.decide_le:
                raise ErreurSaisie({"le": "Ce recours suit une décision : il ne peut pas être déposé avant elle."})
            _changer(precedent, Recours.Etat.CONTESTE)
        return Recours.objects.create(
            organisme_id=dossier.organisme_id, dossier_id=dossier.pk, droit=objet.droit, voie=voie,
            decision_id=objet.decision, creance_id=objet.creance, precedent=precedent, depose_le=le,
            enregistre_le=timezone.now(), enregistre_par=_agent(),
        )  # fmt: skip


@transaction.atomic
def decider(recours: Recours, issue: str, le: dt.date, signee: Signature | None = None) -> None:
    """The commission or the judge has decided, or the person withdrew; an appeal may still be possible.

    An administrative appeal against a calculated decision is decided by a person, who signs and gives reasons.
    """
    _pas_dans_le_futur(le)
    if demande_une_personne(recours, issue):
        if signee is None:
            raise ErreurSaisie({"motifs": "Une personne décide de ce recours : dites qui, sa qualité, pourquoi."})
        with refus_en_francais(CHAMPS), transaction.atomic():
            DecisionHumaine.objects.create(
                recours_id=recours.pk, dossier_id=recours.dossier_id, organisme_id=recours.organisme_id,
                service=recours.get_voie_display(), signataire=signee.signataire.strip(),
                qualite=signee.qualite.strip(), motifs=signee.motifs.strip(), enregistree_par=_agent(),
            )  # fmt: skip
    _changer(recours, Recours.Etat.DECIDE, issue=issue, decide_le=le)


def rendre_definitif(recours: Recours, le: dt.date) -> None:
    """No ordinary appeal is possible any more: the litigation is over since that day."""
    _pas_dans_le_futur(le)
    _changer(recours, Recours.Etat.DEFINITIF, definitif_le=le)


def clore(recours: Recours, le: dt.date) -> None:
    """Everything the decision asks for is done."""
    _pas_dans_le_futur(le)
    _changer(recours, Recours.Etat.CLOS, clos_le=le)


def _changer(recours: Recours, etat: str, **valeurs: object) -> None:
    """One transition of the table, with its dates; anything else is refused and nothing is written."""
    _agent()
    actuel = Recours.objects.select_for_update(of=("self",)).get(pk=recours.pk)
    if etat not in TRANSITIONS[actuel.etat]:
        raise ErreurSaisie(
            {"etape": f"Ce recours est « {actuel.get_etat_display()} » : il ne peut pas devenir "
                      f"« {Recours.Etat(etat).label} »."}
        )  # fmt: skip
    for nom, valeur in {"etat": etat, **valeurs}.items():
        setattr(recours, nom, valeur)
    with refus_en_francais(CHAMPS), transaction.atomic():
        recours.save(update_fields=["etat", *valeurs])


def du_dossier(dossier: int) -> QuerySet[Recours]:
    """Appeals of a file, the oldest first."""
    return Recours.objects.filter(dossier_id=dossier).order_by("depose_le", "pk")


def creances_contestables(dossier: int) -> QuerySet[Creance]:
    """Debts that an appeal may be about."""
    return Creance.objects.filter(dossier_id=dossier).exclude(etat="remplacee").order_by("-mois", "pk")
