"""FranceConnect and accounts: whose account an identity opens, and the way closed or opened again by its holder.

FranceConnect gives a civil status, never a NIR. The first time, it must be exactly that of one person whose NIR is
certified and who has an account; afterwards FranceConnect's own name for that person, kept as a digest, is enough.
No account is ever created here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.db import transaction
from django.utils import timezone

from . import acces_compte as acces
from . import chiffrement
from .erreurs import ErreurSaisie, refus_en_francais
from .models import Compte, GenreCompte, GenreEtapeAcces, LienFranceConnect, Personne, Sexe, StatutIdentite
from .noms import normaliser

CHAMPS = {"franceconnect_un_seul_compte": "franceconnect"}
AUTEUR = "FranceConnect"
FRANCE = "99100"
SEXES = {"female": Sexe.FEMININ, "male": Sexe.MASCULIN}


@dataclass(frozen=True)
class IdentitePivot:
    """The civil status that FranceConnect gives: birth name, forenames, sex, day and place of birth (Insee codes)."""

    nom: str = field(repr=False)
    prenoms: str = field(repr=False)
    sexe: Sexe = field(repr=False)
    naissance: dt.date = field(repr=False)
    lieu: str = field(repr=False)
    pays: str = field(repr=False)

    @classmethod
    def lire(cls, donnees: Mapping[str, Any]) -> Self | None:
        """None when something is missing, or is not a date: an identity is compared whole or not at all."""
        lues = {c: donnees.get(c, "") for c in ("family_name", "given_name", "birthplace", "birthcountry")}
        sexe, jour = SEXES.get(str(donnees.get("gender"))), donnees.get("birthdate")
        if sexe is None or not isinstance(jour, str) or not all(isinstance(v, str) for v in lues.values()):
            return None
        nom, prenoms = normaliser(lues["family_name"]), normaliser(lues["given_name"])
        lieu, pays = lues["birthplace"], lues["birthcountry"]
        try:
            naissance = dt.date.fromisoformat(jour)
        except ValueError:
            return None  # a day of birth not known: compared by a person, not here
        if not (nom and prenoms and pays and (lieu or pays != FRANCE)):
            return None
        return cls(nom, prenoms, sexe, naissance, lieu if pays == FRANCE else "", pays)


def _empreinte(sujet: str) -> bytes:
    return chiffrement.empreinte(sujet, "franceconnect")


def compte_associe(sujet: str) -> Compte | None:
    """The account that this subject of FranceConnect opens already, if its holder's identity still stands."""
    liens = LienFranceConnect.objects.filter(empreinte=_empreinte(sujet), ferme_le=None)
    lien = liens.only("id", "personne_id").first()
    return None if lien is None else _ouvrable(lien.personne_id)


def reconnaitre(identite: IdentitePivot) -> Compte | None:
    """The account of the only person who has this civil status; None for nobody, for several, or not certified."""
    semblables = Personne.objects.filter(
        cle_naissance=identite.nom, cle_prenoms=identite.prenoms, date_naissance=identite.naissance,
        pays_naissance=identite.pays, lieu_naissance_code=identite.lieu, sexe__in=(Sexe.INCONNU, identite.sexe),
    ).exclude(statut_identite=StatutIdentite.REUNIE)  # fmt: skip
    trouvees = list(semblables.values_list("pk", flat=True)[:2])
    return _ouvrable(trouvees[0]) if len(trouvees) == 1 else None


def _ouvrable(personne: int) -> Compte | None:
    """The active account of a person whose NIR is certified: a dispute or a death closes this way."""
    if not Personne.objects.filter(pk=personne, statut_identite=StatutIdentite.NIR_CERTIFIE).exists():
        return None
    comptes = Compte.objects.filter(personne_id=personne, genre=GenreCompte.ALLOCATAIRE, is_active=True)
    return comptes.only("id", "personne_id").first()


@transaction.atomic
def associer(identite: IdentitePivot, sujet: str) -> Compte | None:
    """The account of this identity, from now on opened by this subject; None, and nothing written, if it opens none.

    An account tied to another subject, or whose holder closed this way, opens to nobody else.
    """
    compte = reconnaitre(identite)
    if compte is None or LienFranceConnect.objects.filter(compte_id=compte.pk).exists():
        return None
    try:
        with refus_en_francais(CHAMPS), transaction.atomic():
            LienFranceConnect.objects.create(
                compte_id=compte.pk, personne_id=compte.personne_id, empreinte=_empreinte(sujet)
            )
    except ErreurSaisie:
        return None  # another request was quicker: it opened the account, or tied this subject elsewhere
    acces.noter(compte, GenreEtapeAcces.LIAISON, "identite", auteur=AUTEUR)
    return compte


def lien_de(compte: int) -> LienFranceConnect | None:
    """How FranceConnect and this account stand; None when it never opened it."""
    return LienFranceConnect.objects.filter(compte_id=compte).only("id", "personne_id", "lie_le", "ferme_le").first()


@transaction.atomic
def fermer(compte: Compte, motif: str) -> bool:
    """FranceConnect opens this account no more, and its name for the person is forgotten; False if it was closed."""
    acces.exiger_le_motif(GenreEtapeAcces.FERMETURE, motif)
    maintenant = timezone.now()
    lien = lien_de(compte.pk)
    if lien is None:
        LienFranceConnect.objects.create(
            compte_id=compte.pk, personne_id=compte.personne_id, lie_le=maintenant, ferme_le=maintenant
        )
    elif not LienFranceConnect.objects.filter(pk=lien.pk, ferme_le=None).update(empreinte=None, ferme_le=maintenant):
        return False
    acces.noter(compte, GenreEtapeAcces.FERMETURE, motif)
    return True


@transaction.atomic
def rouvrir(compte: Compte) -> bool:
    """FranceConnect may open this account again, as the first time; False if it was not closed."""
    if not LienFranceConnect.objects.filter(compte_id=compte.pk, ferme_le__isnull=False).delete()[0]:
        return False
    acces.noter(compte, GenreEtapeAcces.REOUVERTURE, "personne")
    return True
