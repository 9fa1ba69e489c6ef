"""Steps of the access of an account: reported by the person, change of password asked, suspended, lifted.

Each step is one more line; the account only holds where it stands. Rights and payments never read either.
"""

from django.db import transaction
from django.utils import timezone

from limpide.registre.contexte import HorsRegistre, traitement_courant

from .erreurs import ErreurSaisie
from .models import MOTIFS_ACCES, Compte, EtapeAcces, GenreCompte, GenreEtapeAcces


def _auteur() -> str:
    cours = traitement_courant()
    if cours is None:
        raise HorsRegistre("l'accès d'un compte se décide dans un traitement")
    acteur = cours.acteur
    return f"compte {acteur.identifiant}" if acteur.identifiant is not None else acteur.genre


def noter(compte: Compte, genre: GenreEtapeAcces, motif: str, **autres: str) -> None:
    """One more step, by whoever acts in this processing unless `auteur` says otherwise."""
    auteur = autres.pop("auteur", "") or _auteur()
    EtapeAcces.objects.create(
        compte_id=compte.pk, personne_id=compte.personne_id, genre=genre, motif=motif, auteur=auteur, **autres
    )


def exiger_le_motif(genre: GenreEtapeAcces, motif: str) -> None:
    """Raises ErreurSaisie for a reason that this step doesn't have."""
    if motif not in MOTIFS_ACCES[genre]:
        raise ErreurSaisie({"motif": f"Choisissez un motif dans la liste : {', '.join(MOTIFS_ACCES[genre])}."})


@transaction.atomic
def signaler(compte: Compte) -> None:
    """« Ce n'était pas moi »: the next page asks for another password."""
    Compte.objects.filter(pk=compte.pk).update(mot_de_passe_a_changer=True)
    noter(compte, GenreEtapeAcces.SIGNALEMENT, "inconnue")


@transaction.atomic
def forcer_changement(compte: Compte, motif: str) -> bool:
    """The next page asks for another password; False, and nothing written, when it already does."""
    exiger_le_motif(GenreEtapeAcces.CHANGEMENT, motif)
    if not Compte.objects.filter(pk=compte.pk, mot_de_passe_a_changer=False).update(mot_de_passe_a_changer=True):
        return False
    noter(compte, GenreEtapeAcces.CHANGEMENT, motif)
    return True


def noter_le_changement(compte: Compte) -> None:
    """The password that had to be changed is: the only way back."""
    noter(compte, GenreEtapeAcces.CHANGE, "exige")


@transaction.atomic
def suspendre(compte: Compte, motif: str) -> None:
    """Close Mon Compte to this account. Raises ErreurSaisie if it is closed already."""
    exiger_le_motif(GenreEtapeAcces.SUSPENSION, motif)
    if not Compte.objects.filter(pk=compte.pk, suspendu_le=None).update(suspendu_le=timezone.now()):
        raise ErreurSaisie({"motif": "L'accès est déjà suspendu."})
    noter(compte, GenreEtapeAcces.SUSPENSION, motif)


@transaction.atomic
def lever(compte: Compte, motif: str) -> None:
    """Open it again; what was suspended, by whom and why, stays. Raises ErreurSaisie if it is not suspended."""
    exiger_le_motif(GenreEtapeAcces.LEVEE, motif)
    if not Compte.objects.filter(pk=compte.pk, suspendu_le__isnull=False).update(suspendu_le=None):
        raise ErreurSaisie({"motif": "L'accès n'est pas suspendu."})
    noter(compte, GenreEtapeAcces.LEVEE, motif)


def etapes(compte: int) -> list[EtapeAcces]:
    """The history of an access, the latest first."""
    return list(EtapeAcces.objects.filter(compte_id=compte).order_by("-pk"))


def compte_de(personne: int) -> Compte | None:
    """The citizen's account of this person, if they have one."""
    return Compte.objects.filter(personne_id=personne, genre=GenreCompte.ALLOCATAIRE).first()


def suspension_de(compte: int) -> EtapeAcces | None:
    """The last suspension told of this account."""
    return EtapeAcces.objects.filter(compte_id=compte, genre=GenreEtapeAcces.SUSPENSION).order_by("-pk").first()
