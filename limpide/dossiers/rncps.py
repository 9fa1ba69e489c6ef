"""Publishing to the RNCPS what it may know of an allocataire (CSS R114-26): body, nature of benefits, dates, address.

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
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from limpide.identite import contacts
from limpide.identite.erreurs import ErreurSaisie, refus_en_francais
from limpide.identite.models import GenreContact, Immatriculation, Personne, PointDeContact, StatutIdentite
from limpide.registre.contexte import SYSTEME, traitement
from limpide.socle.appel import DemandeRefusee, Partenaire, PartenaireInjoignable, partenaire, poster

from .models import Adresse, Dossier, LigneDroit, PublicationRncps
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
    """What a run did, in numbers of files. `arrete`: the partner stopped answering, the rest waits."""

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
        if not dossiers:
            break
        dernier = dossiers[-1].pk
    if not a_blanc:
        _envoyer(vers or partenaire("rncps"), bilan)
    return bilan


def _dossiers(apres: int) -> list[Dossier]:
    """The next files whose allocataire may be published and whose last message isn't on its way."""
    en_route = PublicationRncps.objects.filter(accusee_le=None, refus="").values_list("dossier_id", flat=True)
    publiables = Dossier.objects.filter(pk__gt=apres, allocataire__statut_identite__in=PUBLIABLES)
    return list(publiables.exclude(pk__in=list(en_route)).order_by("pk")[:LOT])


def _a_publier(dossiers: list[Dossier]) -> list[PublicationRncps]:
    numeros = _numeros(d.allocataire_id for d in dossiers)
    contenus = contenus_de(dossiers)
    connues = dernieres([d.pk for d in dossiers])
    nouvelles = []
    for dossier in dossiers:
        numero, contenu, connue = numeros.get(dossier.allocataire_id), contenus[dossier.pk], connues.get(dossier.pk)
        if numero is None or (connue is None and not contenu["prestations"]):
            continue  # nothing was ever paid: nothing to say
        if connue is None or (connue.contenu, connue.immatriculation_id) != (contenu, numero):
            nouvelles.append(
                PublicationRncps(
                    dossier_id=dossier.pk,
                    organisme_id=dossier.organisme_id,
                    immatriculation_id=numero,
                    contenu=contenu,
                )
            )
    return nouvelles


def _numeros(personnes: Iterable[int]) -> dict[int, uuid.UUID]:
    """The number in use of each person: the certified NIR, else the waiting number."""
    siens = Immatriculation.objects.filter(personne_id__in=list(personnes), clos_le=None).only(
        "id", "personne_id", "genre", "certifie_le"
    )
    return {n.personne_id: n.pk for n in siens if n.genre == "nia" or n.certifie_le is not None}


def contenus_de(dossiers: Iterable[Dossier]) -> dict[int, dict[str, Any]]:
    """What is published of each file, by its number: nothing else than what R114-26 names."""
    par_numero = {d.pk: d for d in dossiers}
    adresses = {
        a.dossier_id: {"lignes": a.lignes, "code_postal": a.code_postal, "commune": a.commune}
        for a in Adresse.objects.filter(dossier_id__in=par_numero, valide__contains=timezone.localdate())
    }
    prestations = _prestations(par_numero)
    joindre = _contacts([d.allocataire_id for d in par_numero.values()])
    return {
        pk: {
            "organisme": dossier.organisme_id,
            "rattachement": {"depuis": _jour(dossier.ouvert_le), "jusqu_au": _jour(dossier.clos_le)},
            "prestations": prestations.get(pk, []),
            "adresse": adresses.get(pk),
            "contacts": joindre.get(dossier.allocataire_id, {}),
        }
        for pk, dossier in par_numero.items()
    }


def _contacts(personnes: Iterable[int]) -> dict[int, dict[str, str]]:
    """By person: kind and key of the confirmed points of contact, but those whose messages come back."""
    trouves: dict[int, dict[str, str]] = defaultdict(dict)
    for point in contacts.en_usage(personnes):
        if point.rejete_le is None:
            trouves[point.personne_id][point.genre] = str(point.pk)
    return trouves


def valeurs_des_contacts(contenu: Mapping[str, Any]) -> dict[str, str | None]:
    """E-mail address and mobile that this content names, in clear; None for what it doesn't name."""
    cles = contenu.get("contacts", {})
    points = {p.genre: p.valeur.en_clair() for p in PointDeContact.objects.filter(pk__in=list(cles.values()))}
    return {
        "courriel": points.get(GenreContact.COURRIEL),
        "telephone": points.get(GenreContact.MOBILE),
    }


def _jour(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def _prestations(dossiers: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """By file: nature and months of the benefits, from the last calculation of each month."""
    lignes = LigneDroit.objects.filter(dossier_id__in=list(dossiers)).order_by("dossier_id", "droit", "mois", "rang")
    ouverts: dict[tuple[int, str], dict[dt.date, bool]] = defaultdict(dict)
    dernier: dict[int, dt.date] = {}
    for dossier, droit, mois, motif in lignes.values_list("dossier_id", "droit", "mois", "motif"):
        ouverts[dossier, droit][mois] = motif == "OUVERT"
        dernier[dossier] = max(dernier.get(dossier, mois), mois)
    trouvees: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for (dossier, droit), mois_par_mois in sorted(ouverts.items()):
        if (suite := _derniere_suite(mois_par_mois)) is not None:
            debut, fin = suite
            encore = fin == dernier[dossier]
            trouvees[dossier].append(
                {"nature": droit, "depuis": f"{debut:%Y-%m}", "jusqu_au": None if encore else f"{fin:%Y-%m}"}
            )
    return trouvees


def _derniere_suite(mois: Mapping[dt.date, bool]) -> tuple[dt.date, dt.date] | None:
    """First and last month of the last uninterrupted run of open months; None if none was open."""
    suite: tuple[dt.date, dt.date] | None = None
    for jour in sorted(mois):
        if mois[jour]:
            suite = (suite[0], jour) if suite is not None and _suivent(suite[1], jour) else (jour, jour)
    return suite


def _suivent(avant: dt.date, apres: dt.date) -> bool:
    return (apres.year - avant.year) * 12 + apres.month - avant.month == 1


def dernieres(dossiers: list[int]) -> dict[int, PublicationRncps]:
    """The last message of each file that was received."""
    recues = PublicationRncps.objects.filter(dossier_id__in=dossiers, accusee_le__isnull=False)
    return {p.dossier_id: p for p in recues.order_by("accusee_le")}


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
    ouvertes = PublicationRncps.objects.filter(accusee_le=None, refus="").select_related(
        "dossier", "dossier__allocataire", "immatriculation"
    )
    for publication in itertools.islice(
        ouvertes.order_by("preparee_le", "pk").iterator(LIGNES_PAR_ENVOI), LIGNES_PAR_ENVOI
    ):
        qui: Personne = publication.dossier.allocataire
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
    derniere = dernieres([publication.dossier_id]).get(publication.dossier_id)
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
