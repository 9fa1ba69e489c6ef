"""The end of a citizen's account: what it opens goes at once, what was decided of it stays.

Nothing here looks at rights: whoever closes an account has asked before what holds it (`usagers.fin_du_compte`).
"""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from . import connexions, contacts
from .acces_compte import exiger_le_motif, noter
from .contacts import Envoi
from .models import (
    AccesProtecteur,
    CleAcces,
    CodeSecours,
    Compte,
    FinConnexion,
    GenreEtapeAcces,
    JetonMobile,
    LienFranceConnect,
    ObjetMessage,
    PointDeContact,
    SecondFacteur,
)


def agit_pour_quelqu_un(personne: int) -> bool:
    """Whether this person is the protector of somebody whose file their account opens."""
    return bool(AccesProtecteur.objects.filter(protecteur_id=personne, ferme_le=None).exists())


@transaction.atomic
def fermer(compte: Compte, motif: str) -> list[Envoi]:
    """Close it: password, connections, second factor, FranceConnect and points of contact. Once: empty if it was.

    Returns the notice to send once the transaction is over (`contacts.expedier`).
    """
    exiger_le_motif(GenreEtapeAcces.CLOTURE, motif)
    ouverts = Compte.objects.filter(pk=compte.pk, ferme_le=None)
    if not ouverts.update(
        ferme_le=timezone.now(), is_active=False, password=make_password(None), mot_de_passe_a_changer=False
    ):
        return []
    connexions.fermer_les_autres(compte.pk, None, FinConnexion.COMPTE_FERME)
    for annexe in (CleAcces, CodeSecours, JetonMobile):
        annexe.objects.filter(personne_id=compte.personne_id).delete()
    SecondFacteur.objects.filter(compte_id=compte.pk).delete()
    LienFranceConnect.objects.filter(compte_id=compte.pk).delete()
    avis = contacts.preparer_un_avis(compte.personne_id, ObjetMessage.FIN)
    PointDeContact.objects.filter(personne_id=compte.personne_id, retire_le=None).update(
        retire_le=Now(), code=None, code_jusqu_au=None
    )
    noter(compte, GenreEtapeAcces.CLOTURE, motif)
    return [] if avis is None else [avis]
