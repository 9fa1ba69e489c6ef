"""The sending of a change: address, household, facts, document asked, task, seal — one transaction, or nothing."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from limpide.dossiers import rncps, taches
from limpide.dossiers.demandes import numero_de_recepisse
from limpide.dossiers.models import (
    DeclarationScellee,
    Dossier,
    GenreScelle,
    GenreTache,
    PieceAttendue,
    SourceFait,
)
from limpide.dossiers.services import Origine
from limpide.usagers import scellement
from limpide.usagers.changement import brouillon
from limpide.usagers.changement.etapes import en_json, enregistrer
from limpide.usagers.changement.plan import Plan, echeance_d_une_piece
from limpide.usagers.scellement import Recapitulatif

DETAIL = "Ce qui a été déclaré, et scellé, se lit depuis cette tâche. Récépissé n° {numero}."


@dataclass(frozen=True)
class Signature:
    """Who declares: `nom` as sealed (and for whom), `auteur` as facts keep it, when."""

    nom: str
    auteur: str
    quand: dt.datetime


@transaction.atomic
def declarer(
    dossier: Dossier, genre: str, plan: Plan, recapitulatif: Recapitulatif, accords: list[str], par: Signature
) -> DeclarationScellee:
    """Everything that a change makes. The draft must be held (`brouillon.lire(pour_envoyer=True)`); it goes.

    Raises `ErreurSaisie`; nothing is then written.
    """
    jour, numero = timezone.localdate(par.quand), numero_de_recepisse(par.quand)
    if plan.adresse is not None:
        rncps.declarer_adresse(
            dossier, plan.adresse.lignes, plan.adresse.code_postal, plan.adresse.commune, plan.depuis
        )  # fmt: skip
    enregistrer(dossier, plan.tout_de_suite, Origine(SourceFait.DECLARATION, par.auteur), jour)
    piece = None if not plan.piece else PieceAttendue.objects.create(
        dossier_id=dossier.pk, organisme_id=dossier.organisme_id, personne_id=dossier.allocataire_id, genre=plan.piece,
        droits=[], attendue_pour=echeance_d_une_piece(jour),
    )  # fmt: skip
    if plan.objet:
        taches.ouvrir(
            dossier, GenreTache.CHANGEMENT, numero, plan.objet, DETAIL.format(numero=numero), par.auteur, par.quand
        )
    texte = scellement.texte_en_vigueur(jour)
    contenu = scellement.composer(
        GenreScelle.CHANGEMENT, numero, plan.titre, par.nom, [*recapitulatif, ("Et ensuite", [("Suite", plan.suite)])],
        texte, accords, par.quand, changement=genre, depuis=plan.depuis.isoformat(), cause=plan.cause,
        applique=en_json(plan.tout_de_suite), a_verifier=en_json(plan.a_verifier) if plan.a_verifier else None,
        piece=None if piece is None else piece.pk,
    )  # fmt: skip
    scellee = scellement.sceller(dossier, dossier.allocataire_id, contenu, texte, par.auteur, par.quand)
    brouillon.effacer(dossier.allocataire_id, genre)
    return scellee
