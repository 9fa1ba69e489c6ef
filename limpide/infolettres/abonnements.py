"""Who is subscribed to what: made when Mon Compte opens, changed there or by the link of any letter (MC-060, MC-061).

The person who leaves a list stays out of it: opening the space again, or another address, subscribes nobody twice.
"""

import re
import secrets
from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from limpide.identite import chiffrement
from limpide.identite.models import Compte, Personne, PointDeContact, Reunion
from limpide.registre.contexte import SYSTEME, traitement

from .models import Abonnement, AccordReception, Jeton, Portee, ReceptionInfolettre

MES_INFOLETTRES, DESABONNEMENT, RATTRAPAGE = "mes_infolettres", "desabonnement_infolettre", "abonnement_infolettres"
USAGE_LIEN = "jeton-infolettre"
LOT = 500
_JETON = re.compile(r"[A-Za-z0-9_-]{43}")


def a_l_ouverture(personne: int) -> int:
    """Subscribe this person to the lists they were never on; returns how many. In the caller's processing."""
    connues = set(Abonnement.objects.filter(personne_id=personne).values_list("portee", flat=True))
    nouvelles = [p for p in Portee.values if p not in connues]
    for portee in nouvelles:
        _creer(personne, portee, Abonnement.Origine.OUVERTURE)
    return len(nouvelles)


def _creer(personne: int, portee: str, origine: str) -> None:
    tire = Jeton(secrets.token_urlsafe(32))
    abonnement = Abonnement(
        personne_id=personne, portee=portee, origine=origine, abonne_le=timezone.now(),
        jeton_empreinte=chiffrement.empreinte(tire.en_clair(), USAGE_LIEN),
    )  # fmt: skip
    abonnement.jeton = tire
    abonnement.save(force_insert=True)


def en_cours(personne: int) -> dict[str, Abonnement]:
    """The subscriptions of this person that hold, by list."""
    return {a.portee: a for a in Abonnement.objects.filter(personne_id=personne, desabonne_le=None)}


def abonner(personne: int, portee: str) -> bool:
    """On the list again, asked in Mon Compte. False when it was already so."""
    if portee in en_cours(personne):
        return False
    _creer(personne, Portee(portee).value, Abonnement.Origine.MON_COMPTE)
    return True


def desabonner(personne: int, portee: str, sortie: str) -> bool:
    """Off the list from the next letter taken. False when it was already so."""
    siens = Abonnement.objects.filter(personne_id=personne, portee=portee, desabonne_le=None)
    return bool(siens.update(desabonne_le=timezone.now(), sortie=Abonnement.Sortie(sortie).value))


def du_jeton(jeton: str) -> Abonnement | None:
    """The subscription, alive or left, whose letters carry this link. None for any other writing."""
    if not _JETON.fullmatch(jeton):
        return None
    marque = chiffrement.empreinte(jeton, USAGE_LIEN)
    trouve: Abonnement | None = Abonnement.objects.filter(jeton_empreinte=marque).first()
    return trouve


def a_une_adresse(personne: int) -> bool:
    """Whether letters can reach this person: they leave by e-mail."""
    siennes = PointDeContact.objects.filter(personne_id=personne, genre="courriel", confirme_le__isnull=False)
    return bool(siennes.filter(retire_le=None).exists())


def accord_de(personne: int) -> AccordReception | None:
    """What this person agreed to, if it still holds."""
    accord: AccordReception | None = AccordReception.objects.filter(personne_id=personne, retire_le=None).first()
    return accord


def accepter_la_reception(personne: int) -> bool:
    """The letters of this person may say that they were displayed. False when it was already so."""
    if accord_de(personne) is not None:
        return False
    AccordReception.objects.create(personne_id=personne, donne_le=timezone.now())
    return True


def retirer_l_accord(personne: int) -> bool:
    """Nothing is counted any more, in letters already sent too: what was is erased (RGPD art. 7.3 and 17.1.b)."""
    ReceptionInfolettre.objects.filter(personne_id=personne).delete()
    siens = AccordReception.objects.filter(personne_id=personne, retire_le=None)
    return bool(siens.update(retire_le=timezone.now()))


def jamais_abonnes() -> QuerySet[Compte]:
    """Accounts open with a confirmed point of contact, whose person was never on one of the lists."""
    confirmes = PointDeContact.objects.filter(
        personne_id=OuterRef("personne_id"), confirme_le__isnull=False, retire_le=None
    )
    deja = Abonnement.objects.filter(personne_id=OuterRef("personne_id"))
    vivante = Personne.objects.filter(pk=OuterRef("personne_id"), date_deces=None)
    manque = Q()
    for portee in Portee.values:
        manque |= ~Exists(deja.filter(portee=portee))
    comptes: QuerySet[Compte] = Compte.objects.filter(
        manque, Exists(confirmes), Exists(vivante), genre="allocataire", is_active=True
    )
    return comptes.order_by("pk")


def suivre_les_reunions() -> int:
    """Subscriptions of a duplicate go to the person kept; an exit of either holds for both. Returns how many moved."""
    with traitement(RATTRAPAGE, acteur=SYSTEME, motif="Abonnements d'une personne réunie à une autre"):
        avec = Abonnement.objects.filter(personne_id=OuterRef("doublon_id"))
        reunions = list(Reunion.objects.filter(Exists(avec)).order_by("pk").values_list("doublon_id", "gardee_id"))
        return sum(_reunir(doublon, gardee) for doublon, gardee in reunions)


def _reunir(doublon: int, gardee: int) -> int:
    for portee in Portee.values:
        siens = Abonnement.objects.filter(portee=portee)
        du_doublon, de_l_autre = siens.filter(personne_id=doublon), siens.filter(personne_id=gardee)
        quitte = du_doublon.exists() and not du_doublon.filter(desabonne_le=None).exists()
        if quitte and not de_l_autre.filter(origine=Abonnement.Origine.MON_COMPTE).exists():
            desabonner(gardee, portee, Abonnement.Sortie.REUNION)
        if de_l_autre.exists():
            desabonner(doublon, portee, Abonnement.Sortie.REUNION)
    return int(Abonnement.objects.filter(personne_id=doublon).update(personne_id=gardee))


def rattraper(*, executer: bool) -> int:
    """Subscribe the accounts that opened without being so: the page stopped just then, or lists came after them."""
    if not executer:
        with traitement(RATTRAPAGE, acteur=SYSTEME, motif="Compter les comptes à abonner"):
            return int(jamais_abonnes().count())
    suivre_les_reunions()
    return sum(_par_lots())


def _par_lots() -> Iterator[int]:
    while True:
        with traitement(RATTRAPAGE, acteur=SYSTEME, motif="Abonnement à l'ouverture de Mon Compte"):
            personnes = list(jamais_abonnes().values_list(F("personne_id"), flat=True)[:LOT])
            for personne in personnes:
                a_l_ouverture(personne)
        if not personnes:
            return
        yield len(personnes)
