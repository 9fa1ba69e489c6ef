"""A claim from one step to the next, on every channel: site, kiosk, application. The draft is read and kept here.

Each of the two ways of claiming, without a file and with one, has its steps; the submission is the same. What is shown,
and how, is the channel's own.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from limpide.dossiers.models import Demande, Dossier
from limpide.dossiers.mois import premier_jour
from limpide.identite import ribs_proteges
from limpide.identite.models import Personne
from limpide.usagers.demande import brouillon, contenu, envoi, envoi_dossier, reprise
from limpide.usagers.demande.aides import Aide, choisies
from limpide.usagers.demande.avancee import RESSOURCES, Avancee, avancer
from limpide.usagers.demande.foyer_connu import FoyerConnu, connaitre
from limpide.usagers.demande.ouverture import ouvertes
from limpide.usagers.demande.parties import connues, parties_de
from limpide.usagers.models import BrouillonDemande
from limpide.usagers.scellement import Recapitulatif
from limpide.usagers.simulateur.formulaires import Partie, Reponses
from limpide.usagers.simulateur.parcours import Parcours, poursuivre
from limpide.usagers.simulateur.periodes import mois_courant
from limpide.usagers.trimestre.envoi import Signature

ETAPES_AU_PLUS = 20


def demandeur(personne: int, aide: Aide, acces: int | None = None) -> tuple[Personne, Reponses]:
    """The claimant, and what needs not be asked. `acces`: that of the protector who claims in their name."""
    qui = Personne.objects.get(pk=personne)
    rib = "" if acces is None else ribs_proteges.etat_du_rib(acces)
    return qui, {**connues(aide, qui, mois_courant(), envoi.caisses(), ouvertes()), "rib_du_protecteur": rib}


def parties(aide: Aide, donnees: QueryDict) -> tuple[type[Partie], ...]:
    """The steps without a file, by what is claimed together."""
    return parties_de(choisies(aide, donnees.getlist("aussi")))


def foyer_de(dossier: Dossier) -> FoyerConnu:
    """What the file says today."""
    return connaitre(dossier, premier_jour(timezone.localdate()))


def reprendre(aide: Aide, personne: int, su: Reponses, etape: int | None = None) -> Parcours:
    """Without a file: the draft where it was left, or at this step; the first part without a draft."""
    commence = brouillon.lire(personne, aide.droit)
    if commence is None:
        return Parcours(0, parties(aide, QueryDict())[0](initial={"residence": "metropole"}, reponses=su))
    tapees = commence.reponses
    tapees["aller"] = str(commence.etape if etape is None else etape)
    return poursuivre(tapees, parties(aide, tapees), su)


def poursuivre_sans_dossier(aide: Aide, personne: int, su: Reponses, recu: QueryDict) -> Parcours:
    """Keeps what was typed, wrong or not; `recu` is changed."""
    commence = brouillon.lire(personne, aide.droit)
    reprise.oublier_si_le_foyer_change(recu, None if commence is None else commence.reponses)
    etapes = parties(aide, recu)
    parcours = poursuivre(recu, etapes, su)
    brouillon.garder(personne, aide.droit, parcours.donnees, min(parcours.etape, len(etapes) - 1))
    return parcours


def repondre_sans_dossier(aide: Aide, personne: int, su: Reponses, montre: Parcours, recu: QueryDict) -> Parcours:
    """One step answered alone (`montre`), where no page carries the others: they come from the draft."""
    commence = brouillon.lire(personne, aide.droit)
    donnees = QueryDict(mutable=True) if commence is None else commence.reponses
    remplacer(donnees, recu, montre.formulaire)
    donnees["etape"] = str(montre.etape)
    return poursuivre_sans_dossier(aide, personne, su, donnees)


def reprendre_avec_dossier(aide: Aide, foyer: FoyerConnu, etape: int | None = None) -> Avancee:
    """With a file: the draft where it was left, or at this step."""
    commence = brouillon.lire(foyer.dossier.allocataire_id, aide.droit)
    donnees = QueryDict(mutable=True) if commence is None else commence.reponses
    laissee = commence.etape if commence is not None else RESSOURCES
    return avancer(foyer, aide, donnees, laissee - 1, etape, envoi_dossier.offertes(foyer.dossier, aide))


def poursuivre_avec_dossier(aide: Aide, foyer: FoyerConnu, recu: QueryDict, soumise: int) -> Avancee:
    """One step answered: kept as typed with the others, then the next."""
    qui, offertes = foyer.dossier.allocataire_id, envoi_dossier.offertes(foyer.dossier, aide)
    commence = brouillon.lire(qui, aide.droit)
    donnees = QueryDict(mutable=True) if commence is None else commence.reponses
    montre = avancer(foyer, aide, donnees, soumise - 1, soumise, offertes).formulaire
    remplacer(donnees, recu, montre)
    ou = avancer(foyer, aide, donnees, soumise, offertes=offertes)
    brouillon.garder(qui, aide.droit, donnees, min(ou.etape, ETAPES_AU_PLUS))
    return ou


def remplacer(donnees: QueryDict, recu: QueryDict, montre: Any) -> None:
    """What was typed before, with this step as it is now: a box that is no longer ticked goes."""
    for nom in montre.fields if montre is not None else ():
        donnees.pop(nom, None)
        if nom in recu:
            donnees.setlist(nom, recu.getlist(nom))


@dataclass(frozen=True)
class Prete:
    """A claim whose every question is answered. `autres`: adults whose agreement is ticked; `etapes`: those answered.

    `envoyer`: (agreements, signature) → the claim. Raises `ErreurSaisie`, and nothing is then written.
    """

    aides: tuple[Aide, ...]
    recapitulatif: Recapitulatif
    autres: list[tuple[str, str]]
    etapes: int
    envoyer: Callable[[list[str], Signature], Demande]

    @property
    def vu(self) -> str:
        """Print of what is to be read again: what changed meanwhile is not sent unread."""
        return hashlib.sha256(repr(self.recapitulatif).encode()).hexdigest()[:16]


def prete_sans_dossier(
    aide: Aide, personne: Personne, su: Reponses, commence: BrouillonDemande, acces: int | None = None
) -> Prete | None:
    """None while a step is still to be answered. `acces`: that of the protector who claims in their name."""
    lu = contenu.recapituler(commence.reponses, su)
    if lu is None:
        return None
    recapitulatif, reponses = lu
    aides = choisies(aide, reponses.get("aussi", ()))

    def envoyer(accords: list[str], par: Signature) -> Demande:
        return envoi.envoyer(aides, personne, recapitulatif, reponses, accords, par, acces)

    etapes = len(parties(aide, commence.reponses))
    return Prete(aides, recapitulatif, envoi.majeurs(reponses), etapes, envoyer)


def prete_avec_dossier(aide: Aide, dossier: Dossier, commence: BrouillonDemande) -> Prete | None:
    """None while a step is still to be answered."""
    foyer = foyer_de(dossier)
    dit = avancer(foyer, aide, commence.reponses, offertes=envoi_dossier.offertes(dossier, aide))
    if not dit.fini:
        return None

    def envoyer(accords: list[str], par: Signature) -> Demande:
        return envoi_dossier.envoyer(aide, foyer, dit, accords, par)

    return Prete(dit.aides, dit.recapitulatif, envoi_dossier.majeurs(foyer), dit.etape, envoyer)
