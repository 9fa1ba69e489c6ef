"""Verbs of the account that a protector proposes for the protected person: deposit, then a second person's answer.

Benefits go on an account in the person's own name (code civil, art. 427): another holder is refused.
Whoever opened the access does not accept its account: two agents, and the database holds it (MC-052).
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from limpide.registre.contexte import HorsRegistre, traitement_courant

from . import services
from .erreurs import ErreurSaisie, refus_en_francais
from .iban import IbanInvalide, lire_iban
from .models import AccesProtecteur, EtatRib, Personne, RibPropose
from .noms import normaliser

RIB = "rib_protecteur"
MOTIFS_RIB = {
    "titulaire": "le compte n'est pas au nom de la personne protégée",
    "illisible": "la preuve envoyée ne se lit pas, ou ne montre pas ce compte",
    "pouvoir": "la décision ne charge pas le protecteur de percevoir les prestations",
}
CHAMPS = {
    "rib_propose_un_a_la_fois": "iban",
    "rib_propose_seconde_personne": "titulaire",
    "rib_propose_pouvoir": "titulaire",
}


def proposer(acces: AccesProtecteur, saisie: str, titulaire: str) -> RibPropose:
    """Within the protector's own processing. Raises ErreurSaisie; nothing is paid there before an agent accepts."""
    try:
        iban, _ = lire_iban(saisie)
    except IbanInvalide as erreur:
        raise ErreurSaisie({"iban": str(erreur)}) from None
    if not normaliser(titulaire):
        raise ErreurSaisie({"titulaire": "Écrivez le nom du titulaire, comme sur le Rib."})
    rib = RibPropose(
        acces_id=acces.pk, organisme_id=acces.organisme_id, dossier_id=acces.dossier_id, personne_id=acces.personne_id,
        protecteur_id=acces.protecteur_id, titulaire=titulaire.strip(),
    )  # fmt: skip
    rib.iban = iban
    with refus_en_francais(CHAMPS), transaction.atomic():
        rib.save(force_insert=True)
    return rib


A_PROPOSER, PROPOSE = "a_proposer", "propose"


def etat_du_rib(acces: int) -> str:
    """Whether a claim made by this protector still asks for the account: not while one waits, or was accepted."""
    vivants = RibPropose.objects.filter(acces_id=acces, etat__in=[EtatRib.DEPOSE, EtatRib.ACCEPTE])
    return PROPOSE if vivants.exists() else A_PROPOSER


def au_nom_de(titulaire: str, personne: Personne) -> bool:
    """Whether this holder names the person: one of their two names and a first name, whatever else is written."""
    mots = set(normaliser(titulaire).split())
    noms = [normaliser(nom).split() for nom in (personne.nom_naissance, personne.nom_usage) if nom]
    return any(set(nom) <= mots for nom in noms) and bool(mots & set(normaliser(personne.prenoms).split()))


@transaction.atomic
def accepter(rib: RibPropose, personne: Personne, depuis: dt.date) -> None:
    """By another agent than the one who opened the access; the person is paid there from that day."""
    if not au_nom_de(rib.titulaire, personne):
        raise ErreurSaisie({"titulaire": "Le titulaire n'est pas la personne protégée : refusez ce Rib."})
    iban = rib.iban
    if iban is None:
        raise ErreurSaisie({"titulaire": "Ce Rib a déjà une réponse."})
    _repondre(rib, EtatRib.ACCEPTE, "")
    services.changer_coordonnees_bancaires(personne, iban.en_clair(), rib.titulaire, depuis)


@transaction.atomic
def refuser(rib: RibPropose, motif: str) -> None:
    if motif not in MOTIFS_RIB:
        raise ErreurSaisie({"motif": f"Choisissez un motif dans la liste : {', '.join(MOTIFS_RIB)}."})
    _repondre(rib, EtatRib.REFUSE, motif)


def _repondre(rib: RibPropose, etat: EtatRib, motif: str) -> None:
    cours = traitement_courant()
    if cours is None:
        raise HorsRegistre("un Rib se vérifie dans un traitement")
    with refus_en_francais(CHAMPS), transaction.atomic():
        repondus = RibPropose.objects.filter(pk=rib.pk, etat=EtatRib.DEPOSE).update(
            etat=etat, motif=motif, repondu_le=timezone.now(), repondu_par=f"compte {cours.acteur.identifiant}",
            iban_chiffre=None,
        )  # fmt: skip
    if not repondus:
        raise ErreurSaisie({"titulaire": "Ce Rib a déjà une réponse."})
