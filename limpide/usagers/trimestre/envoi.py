"""The sending of a quarter: facts, tasks where a body says otherwise, seal, receipt — one transaction, or nothing."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from limpide.dossiers import taches
from limpide.dossiers.demandes import numero_de_recepisse
from limpide.dossiers.models import Canal, DeclarationScellee, Dossier, GenreScelle, GenreTache, SourceFait, Trimestre
from limpide.dossiers.mois import decaler, en_lettres
from limpide.dossiers.services import Origine, declarer_fait
from limpide.dossiers.trimestres import ADeclarer
from limpide.paiements.declarations_trimestres import NON_DECLARE
from limpide.usagers import scellement
from limpide.usagers.scellement import Recapitulatif
from limpide.usagers.trimestre import brouillon
from limpide.usagers.trimestre.formulaire import Dit, euros

TITRE = "Déclaration trimestrielle de ressources"
ECART_A_VERIFIER = 50_00
"""Cents a month: beyond, what a body sent and what is declared disagree, and an agent looks. Ours, no text gives it."""
LONGUEUR_DETAIL = 1000


@dataclass(frozen=True)
class Signature:
    """Who declares: `nom` as sealed (and for whom), `auteur` as facts keep it, when, and where from."""

    nom: str
    auteur: str
    quand: dt.datetime
    canal: Canal = Canal.EN_LIGNE


def contredit(dit: Dit) -> bool:
    """A body sent another figure, too far from this one to be taken over without an agent (S03)."""
    partenaire = dit.source == SourceFait.PARTENAIRE and dit.connu is not None
    return partenaire and abs(dit.montant - (dit.connu or 0)) > ECART_A_VERIFIER


@transaction.atomic
def declarer(
    dossier: Dossier, trimestre: ADeclarer, dits: list[Dit], recapitulatif: Recapitulatif, par: Signature
) -> DeclarationScellee:
    """Everything that a declaration makes. A second one for the same quarter gives back the first, and writes nothing.

    Raises `ErreurSaisie`; nothing is then written.
    """
    ligne, _ = Trimestre.objects.get_or_create(
        dossier_id=dossier.pk, mois=trimestre.mois,
        defaults={
            "organisme_id": dossier.organisme_id, "personne_id": dossier.allocataire_id,
            "echeance": trimestre.echeance,
        },
    )  # fmt: skip
    ligne = Trimestre.objects.select_for_update(of=("self",)).get(pk=ligne.pk)
    brouillon.effacer(dossier.allocataire_id)
    if ligne.scellee_id is not None:
        deja: DeclarationScellee = DeclarationScellee.objects.get(pk=ligne.scellee_id)
        return deja
    origine = Origine(SourceFait.DECLARATION, par.auteur)
    for dit in dits:
        if not contredit(dit):
            periode = DateRange(dit.mois, decaler(dit.mois, 1))
            declarer_fait(dossier, dit.nature.nom, dit.montant, periode, origine, dit.membre.personne)
    if ligne.suspendu_le is not None:
        declarer_fait(dossier, NON_DECLARE, 0, DateRange(trimestre.mois, trimestre.fin), origine)
    demander_de_verifier(dossier, trimestre, dits, par)
    scellee = _sceller(dossier, trimestre, recapitulatif, par)
    ligne.declare_le, ligne.scellee = par.quand, scellee
    ligne.save(update_fields=["declare_le", "scellee"])
    return scellee


def _sceller(
    dossier: Dossier, trimestre: ADeclarer, recapitulatif: Recapitulatif, par: Signature
) -> DeclarationScellee:
    texte = scellement.texte_en_vigueur(timezone.localdate(par.quand))
    contenu = scellement.composer(
        GenreScelle.TRIMESTRE, numero_de_recepisse(par.quand), TITRE, par.nom, recapitulatif, texte, [], par.quand,
        mois=[f"{m:%Y-%m}" for m in trimestre.reference], droits=[f"{m:%Y-%m}" for m in trimestre.droits],
    )  # fmt: skip
    return scellement.sceller(dossier, dossier.allocataire_id, contenu, texte, par.auteur, par.quand)


def demander_de_verifier(dossier: Dossier, trimestre: ADeclarer, dits: list[Dit], par: Signature) -> None:
    """One task for each person whose figures disagree: both values and the reason."""
    ecarts = [d for d in dits if contredit(d)]
    for membre in {d.membre.cle: d.membre for d in ecarts}.values():
        siens = [d for d in ecarts if d.membre.cle == membre.cle]
        detail = " ".join(
            f"{d.nature.libelle}, {en_lettres(d.mois)} : {euros(d.montant)} déclarés, {euros(d.connu or 0)} transmis "
            f"par un organisme. Raison : {d.raison}." for d in siens
        )  # fmt: skip
        taches.ouvrir(
            dossier, GenreTache.RESSOURCES, f"trimestre-{trimestre.mois:%Y-%m}-{membre.cle}",
            f"Ressources déclarées et transmises différentes, trimestre de {en_lettres(trimestre.mois)}",
            detail[:LONGUEUR_DETAIL], par.auteur, par.quand, membre.personne,
        )  # fmt: skip
