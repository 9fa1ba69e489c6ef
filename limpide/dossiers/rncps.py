"""Publishing to the RNCPS what it may know of the beneficiaries of a file (CSS R114-26): `contenu_rncps` says what.

The terms of Mon Compte add the e-mail address and the mobile that the person confirmed (RN-01). What was published
names their points of contact; the value is read when the message leaves, as number and name are.

Only persons whose NIR is certified, or who have a waiting number. Only what changed since the last message that was
received. Three moments, so that no transaction waits on the network: messages are recorded with their key; they leave
by lots, number and name read just then; each line is received or refused. Killed anywhere, the next run sends again
what is open, under the same keys. No amount is ever published.
"""

import dataclasses
import datetime as dt
import itertools
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from limpide.identite.erreurs import ErreurSaisie, refus_en_francais
from limpide.identite.models import GenreContact, Immatriculation, Personne, PointDeContact, StatutIdentite
from limpide.registre.contexte import SYSTEME, traitement
from limpide.socle.appel import DemandeRefusee, Partenaire, PartenaireInjoignable, partenaire, poster

from .contenu_rncps import Cle, contenus_de, rattaches
from .models import Adresse, Dossier, PublicationRncps
from .periodes import periode

PUBLIER = "publication_rncps"
MOTIF = "Publication au répertoire national commun de la protection sociale"
CHEMIN = "/v1/publications"
LOT, LIGNES_PAR_ENVOI = 500, 40
PUBLIABLES = (StatutIdentite.NIR_CERTIFIE, StatutIdentite.NIA)
CHAMPS_ADRESSE = {"adresse_complete": "code_postal", "adresse_une_a_la_fois": "depuis"}
ETATS = ("recue", "refusee")


@dataclasses.dataclass
class Bilan:
    """What a run did, in numbers of persons. `arrete`: the partner stopped answering, the rest waits."""

    a_publier: int = 0
    recues: int = 0
    refusees: int = 0
    arrete: bool = False


def publier(vers: Partenaire | None = None, *, a_blanc: bool = False) -> Bilan:
    """Record what changed and send everything open; `a_blanc` only counts."""
    bilan = Bilan()
    dernier = 0
    while True:
        with traitement(PUBLIER, acteur=SYSTEME, motif=MOTIF):
            dossiers = _dossiers(dernier)
            nouvelles = _a_publier(dossiers)
            bilan.a_publier += len(nouvelles)
            if not a_blanc:
                PublicationRncps.objects.bulk_create(nouvelles)
                dater(dossiers)
        if not dossiers:
            break
        dernier = dossiers[-1].pk
    if not a_blanc:
        _envoyer(vers or partenaire("rncps"), bilan)
    return bilan


def _dossiers(apres: int) -> list[Dossier]:
    """The next files."""
    return list(Dossier.objects.filter(pk__gt=apres).order_by("pk")[:LOT])


def _a_publier(dossiers: list[Dossier]) -> list[PublicationRncps]:
    """The messages to send: each person of these files whose last one says something else, and isn't on its way."""
    contenus, connues = contenus_de(dossiers), dernieres([d.pk for d in dossiers])
    qui = rattaches(dossiers)
    en_route = set(_ouvertes().filter(dossier__in=dossiers).values_list("dossier_id", "personne_id"))
    numeros = _numeros({personne for _, personne in {*contenus, *connues}})
    caf = {d.pk: d.organisme_id for d in dossiers}
    nouvelles = []
    for cle in sorted({*contenus, *connues} - en_route):
        connue, numero = connues.get(cle), numeros.get(cle[1])
        contenu = contenus.get(cle) or _retire(connues[cle].contenu)
        if numero is None or (connue is None and (not contenu["prestations"] or qui[cle].oublie(timezone.localdate()))):
            continue  # no number to publish under, or nothing to say
        if connue is None or (connue.contenu, connue.immatriculation_id) != (contenu, numero):
            nouvelles.append(
                PublicationRncps(
                    dossier_id=cle[0], personne_id=cle[1], organisme_id=caf[cle[0]], immatriculation_id=numero,
                    contenu=contenu, rattachement_fini_le=_fin(contenu),
                )
            )  # fmt: skip
    return nouvelles


def _retire(contenu: dict[str, Any]) -> dict[str, Any]:
    """Last published of somebody who, we know now, never was in the file: their attachment ends, with no benefit."""
    fini = contenu["rattachement"]["jusqu_au"] or timezone.localdate().isoformat()
    return {**contenu, "rattachement": {**contenu["rattachement"], "jusqu_au": fini}, "prestations": []}


def _fin(contenu: Mapping[str, Any]) -> dt.date | None:
    fini = contenu["rattachement"]["jusqu_au"]
    return None if fini is None else dt.date.fromisoformat(fini)


def dater(dossiers: list[Dossier]) -> int:
    """Write the end of the attachment on every message about a person: their clock counts from it (R114-28).

    Returns how many messages it changed; an attachment that starts again has no end any more.
    """
    fins = {cle: qui.jusqu_au for cle, qui in rattaches(dossiers).items()}
    changees = 0
    for publication in PublicationRncps.objects.filter(dossier__in=dossiers):
        fin = fins.get((publication.dossier_id, publication.personne_id), publication.rattachement_fini_le)
        if fin != publication.rattachement_fini_le:
            publication.rattachement_fini_le = fin
            publication.save(update_fields=["rattachement_fini_le"])
            changees += 1
    return changees


def _numeros(personnes: Iterable[int]) -> dict[int, uuid.UUID]:
    """The number in use of each person who may be published: the certified NIR, else the waiting number."""
    publiables = Personne.objects.filter(pk__in=list(personnes), statut_identite__in=PUBLIABLES)
    siens = Immatriculation.objects.filter(personne_id__in=[p.pk for p in publiables], clos_le=None).only(
        "id", "personne_id", "genre", "certifie_le"
    )
    return {n.personne_id: n.pk for n in siens if n.genre == "nia" or n.certifie_le is not None}


def valeurs_des_contacts(contenu: Mapping[str, Any]) -> dict[str, str | None]:
    """E-mail address and mobile that this content names, in clear; None for what it doesn't name."""
    cles = contenu.get("contacts", {})
    points = {p.genre: p.valeur.en_clair() for p in PointDeContact.objects.filter(pk__in=list(cles.values()))}
    return {
        "courriel": points.get(GenreContact.COURRIEL),
        "telephone": points.get(GenreContact.MOBILE),
    }


def dernieres(dossiers: list[int]) -> dict[Cle, PublicationRncps]:
    """The last message that was received about each person of each file."""
    recues = PublicationRncps.objects.filter(dossier_id__in=dossiers, accusee_le__isnull=False)
    return {(p.dossier_id, p.personne_id): p for p in recues.order_by("accusee_le")}


def _ouvertes() -> Any:
    return PublicationRncps.objects.filter(accusee_le=None, refus="")


def _envoyer(vers: Partenaire, bilan: Bilan) -> None:
    """Lot after lot, until nothing is open; a partner that is down stops the run, what is open waits."""
    while True:
        with traitement(PUBLIER, acteur=SYSTEME, motif=MOTIF):
            lignes = list(_lignes())
        if not lignes:
            return
        cles = [ligne["cle"] for ligne in lignes]
        envoi = str(uuid.uuid5(uuid.NAMESPACE_OID, ",".join(cles)))
        try:
            etats = _comprendre(cles, poster(vers, CHEMIN, {"cle": envoi, "lignes": lignes}, envoi))
        except (PartenaireInjoignable, DemandeRefusee):
            bilan.arrete = True
            return
        with traitement(PUBLIER, acteur=SYSTEME, motif=MOTIF):
            _noter(etats, bilan)


def _lignes() -> Iterator[dict[str, Any]]:
    """The oldest open messages, with number and name as they are now."""
    ouvertes = _ouvertes().select_related("personne", "immatriculation").order_by("preparee_le", "pk")
    for publication in itertools.islice(ouvertes.iterator(LIGNES_PAR_ENVOI), LIGNES_PAR_ENVOI):
        qui: Personne = publication.personne
        ligne = {
            "cle": str(publication.pk),
            "genre": publication.immatriculation.genre,
            "numero": publication.immatriculation.numero.en_clair(),
            "nom": qui.nom_naissance,
            "prenoms": qui.prenoms,
            "date_naissance": qui.date_naissance.isoformat(),
            **{champ: valeur for champ, valeur in publication.contenu.items() if champ != "contacts"},
            **valeurs_des_contacts(publication.contenu),
        }
        if (ancien := _numero_remplace(publication)) is not None:
            ligne["remplace"] = ancien
        yield ligne


def _numero_remplace(publication: PublicationRncps) -> str | None:
    """The waiting number of the last message received, when this one goes under the NIR (R114-28): said once."""
    derniere = dernieres([publication.dossier_id]).get((publication.dossier_id, publication.personne_id))
    if derniere is None or derniere.immatriculation_id == publication.immatriculation_id:
        return None
    return str(derniere.immatriculation.numero.en_clair())


def _comprendre(cles: list[str], recue: Mapping[str, Any]) -> dict[str, str]:
    """By key: empty when received, the reason when refused. An answer that forgets a line is none."""
    lignes = recue.get("lignes")
    if not isinstance(lignes, list) or not all(isinstance(ligne, dict) for ligne in lignes):
        raise PartenaireInjoignable("contenu")
    etats = {}
    for ligne in lignes:
        if ligne.get("etat") not in ETATS:
            raise PartenaireInjoignable("contenu")
        etats[str(ligne.get("cle"))] = "" if ligne["etat"] == "recue" else str(ligne.get("raison") or "sans raison")
    if set(etats) != set(cles):
        raise PartenaireInjoignable("contenu")
    return etats


def _noter(etats: Mapping[str, str], bilan: Bilan) -> None:
    recues = [cle for cle, refus in etats.items() if not refus]
    PublicationRncps.objects.filter(pk__in=recues, accusee_le=None, refus="").update(accusee_le=timezone.now())
    for cle, refus in etats.items():
        if refus:
            PublicationRncps.objects.filter(pk=cle, accusee_le=None, refus="").update(refus=refus[:120])
    bilan.recues += len(recues)
    bilan.refusees += len(etats) - len(recues)


@transaction.atomic
def declarer_adresse(dossier: Dossier, lignes: str, code_postal: str, commune: str, depuis: dt.date) -> Adresse:
    """The allocataire lives there from that day. The address known until then ends the day before."""
    actuelle = Adresse.objects.filter(dossier_id=dossier.pk, valide__upper_inf=True).first()
    if actuelle is not None and actuelle.valide.lower >= depuis:
        raise ErreurSaisie({"depuis": "Une adresse plus récente, ou de ce jour, est déjà connue."})
    if actuelle is not None:
        actuelle.valide = periode(actuelle.valide.lower, depuis)
        actuelle.save(update_fields=["valide"])
    nouvelle = Adresse(
        dossier_id=dossier.pk, organisme_id=dossier.organisme_id, lignes=lignes.strip(), commune=commune.strip(),
        code_postal=code_postal.strip(), valide=periode(depuis),
    )  # fmt: skip
    with refus_en_francais(CHAMPS_ADRESSE), transaction.atomic():
        nouvelle.save(force_insert=True)
    return nouvelle
