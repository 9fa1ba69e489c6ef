"""The submission of somebody whose file is open: facts, claim, documents still needed, seal — or nothing."""

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils import timezone

from limpide.dossiers import demandes
from limpide.dossiers.decision_demande import A_TRAITER
from limpide.dossiers.models import (
    Demande,
    Dossier,
    EtatPiece,
    LigneDroit,
    PieceAttendue,
    Rattachement,
    SourceFait,
    Trimestre,
)
from limpide.dossiers.mois import decaler
from limpide.dossiers.services import Origine, declarer_fait
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import Personne, Qualite
from limpide.usagers.demande import brouillon
from limpide.usagers.demande.aides import Aide
from limpide.usagers.demande.avancee import Avancee, trimestre_de
from limpide.usagers.demande.envoi import deposer
from limpide.usagers.demande.foyer_connu import FoyerConnu
from limpide.usagers.demande.ouverture import ouvertes
from limpide.usagers.demande.parties import MAJORITE
from limpide.usagers.simulateur.periodes import age
from limpide.usagers.trimestre import envoi as trimestre
from limpide.usagers.trimestre.envoi import Signature

DEJA = "Une demande de cette aide attend déjà une réponse : suivez-la dans « Mes demandes »."
ROLES = {"demandeur": Qualite.DEMANDEUR, "conjoint": Qualite.CONJOINT, "enfant": Qualite.ENFANT}


def offertes(dossier: Dossier, aide: Aide) -> list[Aide]:
    """The rights that may be claimed with this one: open to claims, asking the same, neither waiting nor received."""
    return [
        a for a in ouvertes()
        if a != aide and not (a.ressources or aide.ressources or a.avec_dossier or a.seule or aide.seule)
        and en_cours(dossier, a) is None and not deja_verse(dossier, a)
    ]  # fmt: skip


def en_cours(dossier: Dossier, aide: Aide) -> Demande | None:
    """The claim of that right that still waits for its decision."""
    attend: Demande | None = Demande.objects.filter(
        dossier_id=dossier.pk, droits__overlap=list(aide.droits), etat__in=A_TRAITER
    ).first()
    return attend


def deja_verse(dossier: Dossier, aide: Aide) -> int:
    """Net cents of that right (the sum of several) in the last month computed; 0 if it isn't open."""
    lignes = LigneDroit.objects.filter(dossier_id=dossier.pk, droit__in=aide.droits)
    dernier = lignes.aggregate(mois=Max("mois"))["mois"]
    en_vigueur = {ligne.droit: ligne.net_centimes for ligne in lignes.filter(mois=dernier).order_by("rang")}
    return int(sum(en_vigueur.values()))


def suspendu(dossier: Dossier) -> bool:
    """A quarter was never declared and stopped the payment: its declaration, not a claim, opens the right again."""
    return bool(Trimestre.objects.filter(dossier_id=dossier.pk, suspendu_le__isnull=False, declare_le=None).exists())


def majeurs(foyer: FoyerConnu) -> list[tuple[str, str]]:
    """(field prefix, name) of the adults of the household other than the allocataire (MC-087)."""
    mois = f"{foyer.mois:%Y-%m}"
    return [
        (f"p{rang}", m.nom)
        for rang, m in enumerate(foyer.membres)
        if m.personne.pk != foyer.dossier.allocataire_id and age(m.naissance, mois) >= MAJORITE
    ]


@transaction.atomic
def envoyer(aide: Aide, foyer: FoyerConnu, dit: Avancee, accords: list[str], par: Signature) -> Demande:
    """Everything that this claim makes. The draft must be held; it goes.

    Raises `ErreurSaisie`; nothing is then written.
    """
    dossier = foyer.dossier
    if any(en_cours(dossier, a) is not None for a in dit.aides):
        raise ErreurSaisie({"": DEJA})
    origine = Origine(SourceFait.DECLARATION, par.auteur)
    for d in dit.dits:
        if not trimestre.contredit(d):
            periode = DateRange(d.mois, decaler(d.mois, 1))
            declarer_fait(dossier, d.nature.nom, d.montant, periode, origine, d.membre.personne)
    for fait in dit.declares:
        declarer_fait(dossier, fait.nature.nom, fait.valeur, fait.valide, origine, fait.personne)
    demande = deposer(dit.aides, dossier, dit.recapitulatif, par, accords)
    if dit.dits:
        trimestre.demander_de_verifier(dossier, trimestre_de(foyer), dit.dits, par)
    demandes.demander_les_pieces(demande, _foyer(dossier), timezone.localdate(par.quand), _deja_acceptees(dossier))
    brouillon.effacer(dossier.allocataire_id, aide.droit)
    return demande


def _foyer(dossier: Dossier) -> list[tuple[Personne, Qualite]]:
    presents = Rattachement.objects.select_related("personne").filter(
        dossier_id=dossier.pk, connu__contains=timezone.now(), valide__contains=timezone.localdate()
    )
    return [(r.personne, ROLES[r.role]) for r in presents.order_by("pk")]


def _deja_acceptees(dossier: Dossier) -> set[tuple[str, int]]:
    """Documents that an agent accepted once for this file: they are not asked again."""
    acceptees = PieceAttendue.objects.filter(dossier_id=dossier.pk, etat=EtatPiece.VALIDEE)
    return {(genre, personne) for genre, personne in acceptees.values_list("genre", "personne_id")}
