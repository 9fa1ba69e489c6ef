"""The submission: file, household, facts, claim, expected documents, sealed content — one transaction, or nothing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from limpide.dossiers import avant_la_demande, demandes
from limpide.dossiers.models import Adresse, Demande, Dossier, GenreScelle, SourceFait
from limpide.dossiers.mois import decaler
from limpide.dossiers.services import Origine, declarer_fait, ouvrir_dossier, rattacher
from limpide.identite import ribs_proteges
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.models import AccesProtecteur, Organisme, Personne, Qualite
from limpide.identite.services import EtatCivil, affilier, changer_coordonnees_bancaires, creer_personne
from limpide.usagers import scellement
from limpide.usagers.demande import brouillon, foyer_dit
from limpide.usagers.demande.aides import Aide
from limpide.usagers.demande.lieux import departement
from limpide.usagers.demande.parties import MAJORITE
from limpide.usagers.simulateur.formulaires import Reponses
from limpide.usagers.simulateur.periodes import age
from limpide.usagers.trimestre.envoi import Signature


def caisses() -> dict[str, str]:
    """The Caf by department."""
    return dict(Organisme.objects.values_list("departement", "code"))


def prenoms_et_nom(personne: Personne) -> str:
    """As a bank, and a declaration, write them."""
    return f"{personne.prenoms} {personne.nom_usage or personne.nom_naissance}"


def dossier_ouvert(personne: int) -> Dossier | None:
    ouvert: Dossier | None = Dossier.objects.filter(allocataire_id=personne, clos_le=None).first()
    return ouvert


def majeurs(reponses: Reponses) -> list[tuple[str, str]]:
    """(field prefix, how they are named) of the other adults of the household, whose agreement is needed (MC-087)."""
    autres = [("a1", "Mon conjoint ou ma conjointe")] if reponses["couple"] == "oui" else []
    enfants = [f"e{i}" for i in range(reponses["nombre_enfants"])]
    return autres + [
        (e, f"Mon enfant {reponses[f'{e}_prenoms']}")
        for e in enfants
        if age(reponses[f"{e}_date_naissance"], reponses["mois"]) >= MAJORITE
    ]


@transaction.atomic
def envoyer(
    aides: Sequence[Aide], personne: Personne, recapitulatif: Any, reponses: Reponses, accords: list[str],
    par: Signature, acces: int | None = None,
) -> Demande:  # fmt: skip
    """Everything that a first claim makes. The draft must be held (`brouillon.lire(pour_envoyer=True)`); it goes.

    The person is an allocataire from here on (MC-047, MC-049). The date of the claim is now, whatever follows (S02).
    `acces`: that of the protector who claims in their name. Raises `ErreurSaisie`; nothing is then written.
    """
    jour = timezone.localdate(par.quand)
    origine = Origine(SourceFait.DECLARATION, par.auteur)
    organisme = reponses["caisses"][departement(reponses["code_postal"])]
    debut = foyer_dit.ouverture(reponses, aides)
    dossier = _prepare(organisme, personne, origine, debut, acces)
    if dossier is None:
        avant_la_demande.affilier_au_besoin(personne, organisme, jour)
        dossier = _ouvrir(organisme, personne, origine, debut)
    foyer = _composer(dossier, personne, reponses, origine, jour)
    for fait in foyer_dit.declares(reponses, foyer_dit.dire(reponses)):
        qui = None if fait.personne is None else foyer[fait.personne.pk - 1][0]  # numbered in the order of the answers
        declarer_fait(dossier, fait.nature.nom, fait.valeur, fait.valide, origine, qui)
    Adresse.objects.create(
        dossier=dossier, organisme_id=organisme, lignes=reponses["adresse_lignes"],
        code_postal=reponses["code_postal"], commune=reponses["commune"], valide=DateRange(jour, None),
    )  # fmt: skip
    if acces is None:
        changer_coordonnees_bancaires(personne, reponses["iban"], prenoms_et_nom(personne), jour)
    elif "iban" in reponses:
        propose = AccesProtecteur.objects.get(pk=acces)
        ribs_proteges.proposer(propose, reponses["iban"], prenoms_et_nom(personne))
    demande = deposer(aides, dossier, recapitulatif, par, accords)
    demandes.demander_les_pieces(demande, foyer, jour)
    brouillon.tout_effacer(personne.pk)
    return demande


def deposer(aides: Sequence[Aide], dossier: Dossier, recapitulatif: Any, par: Signature, accords: list[str]) -> Demande:
    """The claim, of one right or several, and its sealed content. The first right gives it its title."""
    droits = [droit for aide in aides for droit in aide.droits]
    demande = demandes.deposer(dossier, droits, par.canal, par.quand, par.auteur)
    texte = scellement.texte_en_vigueur(timezone.localdate(par.quand))
    scelle = scellement.composer(
        GenreScelle.DEMANDE, demande.numero, aides[0].titre, par.nom, recapitulatif, texte, accords, par.quand,
        prestations=list(demande.droits),
    )  # fmt: skip
    scellement.sceller(dossier, dossier.allocataire_id, scelle, texte, par.auteur, par.quand, demande)
    return demande


def prepare_de(acces: int) -> Dossier | None:
    """The file prepared for this protector's access, until a claim opens it."""
    sien = AccesProtecteur.objects.get(pk=acces)
    prepare: Dossier | None = Dossier.objects.filter(pk=sien.dossier_id, ouvert_le=None).first()
    return prepare


def _prepare(organisme: str, personne: Personne, origine: Origine, debut: dt.date, acces: int | None) -> Dossier | None:
    """The file that waited for this claim, opened; None if there was none in the Caf of the address."""
    prepare = avant_la_demande.prepare_pour(personne.pk, organisme) if acces is None else prepare_de(acces)
    if prepare is not None and prepare.organisme_id == organisme:
        return avant_la_demande.ouvrir(prepare, personne, debut, decaler(debut, -foyer_dit.MOIS_LUS), origine)
    if acces is not None:
        raise ErreurSaisie(
            {"": "Cette adresse relève d'une autre Caf que celle qui a vérifié la décision du juge : corrigez le code "
                 "postal, ou demandez un accès à cette autre Caf."}
        )  # fmt: skip
    return None


def _ouvrir(organisme: str, personne: Personne, origine: Origine, debut: dt.date) -> Dossier:
    """The file, from the first day of that month."""
    for _ in range(avant_la_demande.ESSAIS):
        try:
            numero = avant_la_demande.numero_au_hasard()
            return ouvrir_dossier(organisme, numero, personne, debut, origine, decaler(debut, -foyer_dit.MOIS_LUS))
        except ErreurSaisie as refus:
            if "numero" not in refus.champs:
                raise
    raise ErreurSaisie({"": "Aucun numéro de dossier n'est libre : réessayez dans quelques minutes."})


def _composer(
    dossier: Dossier, demandeur: Personne, reponses: Reponses, origine: Origine, jour: dt.date
) -> list[tuple[Personne, Qualite]]:
    """The household in the order of the answers, each member declared, present since the day that was said."""
    foyer = [(demandeur, Qualite.DEMANDEUR)]
    autres = [("a1", Qualite.CONJOINT)] if reponses["couple"] == "oui" else []
    autres += [(f"e{i}", Qualite.ENFANT) for i in range(reponses["nombre_enfants"])]
    for (prefixe, role), depuis in zip(autres, foyer_dit.presences(reponses)[1:], strict=True):
        etat_civil = EtatCivil(
            reponses[f"{prefixe}_nom_naissance"], reponses[f"{prefixe}_prenoms"],
            reponses[f"{prefixe}_date_naissance"],
        )  # fmt: skip
        membre = creer_personne(etat_civil, jour)
        affilier(membre, dossier.organisme_id, demandeur.pk, role, jour)
        alternee = role == Qualite.ENFANT and reponses[f"{prefixe}_garde_alternee"] == "oui"
        rattacher(dossier, membre, role, DateRange(depuis, None), origine, garde_alternee=alternee)
        foyer.append((membre, role))
    return foyer
