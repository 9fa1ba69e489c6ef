"""Saying that a letter was displayed, of who agreed: a day on their own row, a sum for the letter, nothing else.

What uses the rows of persons is the care of the list: an address that opens nothing is asked about, by a message to its
owner. What agents read are sums, above a threshold, never the rows (MC-063).
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone

from limpide.identite import chiffrement
from limpide.identite.models import MessageContact, ObjetMessage, PointDeContact
from limpide.registre.contexte import SYSTEME, traitement

from .envoi import USAGE_IMAGE
from .models import SEUIL, AccordReception, Infolettre, OuverturesDuJour, ReceptionInfolettre

RECEPTION, TENUE = "reception_infolettres", "tenue_liste_infolettres"
LETTRES_SANS_OUVERTURE = 3
"""So many letters in a row without a sign: the address is asked about."""
LAISSER_LIRE = dt.timedelta(days=30)
"""A letter counts as unopened after so long."""
NE_PAS_REDEMANDER = dt.timedelta(days=183)
"""Who says that an address is good is believed that long, whatever they open."""
_JETON = re.compile(r"[A-Za-z0-9_-]{43}")


def noter(jeton: str, jour: dt.date | None = None) -> bool:
    """The image of this token was asked for: its first day is kept, and counted. False for any other, or again."""
    if not _JETON.fullmatch(jeton):
        return False
    jour = jour or timezone.localdate()
    with traitement(RECEPTION, acteur=SYSTEME, motif="Indicateur de réception accepté") as cours:
        marque = chiffrement.empreinte(jeton, USAGE_IMAGE)
        siennes = ReceptionInfolettre.objects.filter(jeton_empreinte=marque, ouverte_le=None)
        lettre = siennes.values_list("infolettre_id", flat=True).first()
        premiere = lettre is not None and bool(siennes.update(ouverte_le=jour))
        if premiere:
            _compter(int(lettre or 0), jour)
        cours.releve.vider()  # a journal line would give the second somebody read their mail
    return premiere


def _compter(lettre: int, jour: dt.date) -> None:
    du_jour = OuverturesDuJour.objects.filter(infolettre_id=lettre, jour=jour)
    if not du_jour.exists():
        with transaction.atomic():
            OuverturesDuJour.objects.bulk_create(
                [OuverturesDuJour(infolettre_id=lettre, jour=jour, ouvertures=0)], ignore_conflicts=True
            )
    du_jour.update(ouvertures=F("ouvertures") + 1)


@dataclass(frozen=True)
class Interet:
    """The openings of a letter as an agent reads them: words, and groups of days of at least `SEUIL` each."""

    suivis: int
    dit: str
    tranches: tuple[tuple[dt.date, dt.date, int], ...] = ()


def interet(lettre: Infolettre) -> Interet:
    """The sums of this letter, in the caller's processing. Nothing that would tell of few persons, opened or not."""
    if lettre.suivis < SEUIL:
        return Interet(lettre.suivis, "Trop peu de lecteurs ont accepté l'indicateur : aucun chiffre n'est montré.")
    jours = list(
        OuverturesDuJour.objects.filter(infolettre_id=lettre.pk).order_by("jour").values_list("jour", "ouvertures")
    )
    total = sum(n for _, n in jours)
    if total < SEUIL:
        return Interet(lettre.suivis, f"Moins de {SEUIL} lettres affichées, sur {lettre.suivis} suivies.")
    if lettre.suivis - total < SEUIL:
        return Interet(
            lettre.suivis, f"Plus de {lettre.suivis - SEUIL} lettres affichées, sur {lettre.suivis} suivies."
        )
    return Interet(lettre.suivis, f"{total} lettres affichées, sur {lettre.suivis} suivies.", grouper(jours))


def grouper(jours: list[tuple[dt.date, int]]) -> tuple[tuple[dt.date, dt.date, int], ...]:
    """(first day, last day, openings): days joined until each group has `SEUIL`; what remains joins the last."""
    groupes: list[tuple[dt.date, dt.date, int]] = []
    debut, somme = None, 0
    for jour, nombre in jours:
        debut, somme = debut or jour, somme + nombre
        if somme >= SEUIL:
            groupes.append((debut, jour, somme))
            debut, somme = None, 0
    if somme and groupes:
        premier, _, deja = groupes.pop()
        groupes.append((premier, jours[-1][0], deja + somme))
    return tuple(groupes)


def silencieux() -> list[int]:
    """Persons who agreed and opened none of their last letters, in the caller's processing."""
    rang = (
        ReceptionInfolettre.objects.filter(personne_id=OuterRef("personne_id"), suivi_le__gt=OuterRef("suivi_le"))
        .order_by()
        .values("personne_id")
        .annotate(n=Count("pk"))
        .values("n")
    )
    dernieres = ReceptionInfolettre.objects.annotate(plus_recentes=Subquery(rang)).filter(
        Q(plus_recentes=None) | Q(plus_recentes__lt=LETTRES_SANS_OUVERTURE)
    )
    accord = AccordReception.objects.filter(retire_le=None).values("personne_id")
    comptes = (
        dernieres.filter(personne_id__in=accord)
        .order_by()
        .values("personne_id")
        .annotate(
            lues=Count("pk", filter=Q(ouverte_le__isnull=False)),
            attendues=Count("pk", filter=Q(suivi_le__lt=timezone.now() - LAISSER_LIRE)),
        )
        .filter(lues=0, attendues=LETTRES_SANS_OUVERTURE)
    )
    return sorted(comptes.values_list("personne_id", flat=True))


def tenir_la_liste(*, executer: bool) -> int:
    """Addresses that open nothing any more are « à revoir », and their owners asked. Once, until they answer."""
    avant = timezone.now() - NE_PAS_REDEMANDER
    with traitement(TENUE, acteur=SYSTEME, motif="Tenir à jour la liste des destinataires"):
        points = list(
            PointDeContact.objects.filter(
                personne_id__in=silencieux(), genre="courriel", confirme_le__isnull=False, retire_le=None,
                rejete_le=None, a_verifier_le=None,
            ).exclude(Q(revu_le__gte=avant) | Q(confirme_le__gte=avant))
        )  # fmt: skip
        if executer and points:
            PointDeContact.objects.filter(pk__in=[p.pk for p in points]).update(a_verifier_le=timezone.now())
            MessageContact.objects.bulk_create(
                MessageContact(
                    contact_id=p.pk, personne_id=p.personne_id, objet=ObjetMessage.SILENCE, categorie="dossier"
                )
                for p in points
            )
    return len(points)
