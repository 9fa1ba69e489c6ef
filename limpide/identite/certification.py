"""Certifying an identity with the SNGI (ID-11): ask, read the answer, give it its consequence.

Three moments, so that no transaction waits on the network: the question is recorded with its key and the person's civil
status read; the call is made; the answer is applied. Killed anywhere, the next run finds the question still open and
sends it again under the same key. Civil status is never overwritten: what nearly matches goes to a person.
"""

import dataclasses
import datetime
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from limpide.registre import alertes
from limpide.registre.contexte import SYSTEME, Acteur, traitement
from limpide.socle.appel import DemandeRefusee, Partenaire, PartenaireInjoignable, partenaire, poster

from . import litiges, services, statuts
from .erreurs import ErreurSaisie, refus_en_francais
from .models import CauseEtat, Certification, GenreNumero, Immatriculation, Personne, Resultat, StatutIdentite, Suite
from .nir import NumeroInvalide, lire_numero

CERTIFIER = "certification_sngi"
MOTIF = "Certification de l'identité auprès du SNGI"
CHEMIN = "/v1/identifications"
JOURS_AVANT_DE_REDEMANDER = 30
PANNES_DE_SUITE = 3
"""Failed calls in a row after which the batch stops: the partner is down, not the question wrong."""
CHAMPS_COMPARES = ("nom", "prenoms", "date_naissance", "lieu_naissance", "pays_naissance", "numero")
CERTIFIABLES = (StatutIdentite.NIR_NON_CERTIFIE, StatutIdentite.NIA)


@dataclasses.dataclass
class Bilan:
    """What a batch did, in numbers of persons."""

    a_demander: int = 0
    certifiees: int = 0
    litiges: int = 0
    a_comparer: int = 0
    sans_objet: int = 0
    pannes: int = 0
    arrete: bool = False

    def compter(self, suite: str) -> None:
        champ = {Suite.CERTIFIEE: "certifiees", Suite.LITIGE: "litiges", Suite.A_COMPARER: "a_comparer"}.get(
            Suite(suite), "sans_objet"
        )
        setattr(self, champ, getattr(self, champ) + 1)


@transaction.atomic
def demander(personne: Personne) -> Certification:
    """Record that this person's number is to be certified, in the caller's processing; one question at a time."""
    numero = Immatriculation.objects.filter(personne_id=personne.pk, clos_le=None).only("id", "genre").first()
    if personne.statut_identite not in CERTIFIABLES or numero is None:
        raise ErreurSaisie({"personne": "Cette identité n'a pas de numéro à certifier."})
    champs = {"certification_une_seule_en_cours": "personne"}
    with refus_en_francais(champs), transaction.atomic():
        return Certification.objects.create(
            personne_id=personne.pk, immatriculation_id=numero.pk, agent=statuts.agent_au_travail()
        )


def traiter(cle: uuid.UUID, acteur: Acteur, vers: Partenaire | None = None) -> Certification | None:
    """Send an open question and apply its answer; None when it is already answered. Raises PartenaireInjoignable."""
    with traitement(CERTIFIER, acteur=acteur, motif=MOTIF):
        corps = _poser(cle)
    if corps is None:
        return None
    try:
        reponse = _comprendre(cle, corps, poster(vers or partenaire("sngi"), CHEMIN, corps, str(cle)))
    except (PartenaireInjoignable, DemandeRefusee) as panne:
        nature = panne.nature if isinstance(panne, PartenaireInjoignable) else f"refus {panne.code}"
        with traitement(CERTIFIER, acteur=acteur, motif=MOTIF):
            Certification.objects.filter(pk=cle, repondue_le=None).update(panne=nature)
        raise PartenaireInjoignable(nature) from None
    with traitement(CERTIFIER, acteur=acteur, motif=MOTIF):
        return _appliquer(cle, reponse)


def _poser(cle: uuid.UUID) -> dict[str, Any] | None:
    """The body of the question, read just before it leaves; each sending is counted and the reading journalled."""
    question = (
        Certification.objects.select_related("personne", "immatriculation").filter(pk=cle, repondue_le=None).first()
    )
    if question is None:
        return None
    Certification.objects.filter(pk=cle).update(essais=F("essais") + 1)
    qui = question.personne
    return {
        "cle": str(cle),
        "numero": question.immatriculation.numero.en_clair(),
        "genre": question.immatriculation.genre,
        "nom": qui.nom_naissance,
        "prenoms": qui.prenoms,
        "date_naissance": qui.date_naissance.isoformat(),
        "lieu_naissance": qui.lieu_naissance_code,
        "pays_naissance": qui.pays_naissance,
    }


@dataclasses.dataclass(frozen=True)
class Reponse:
    """The SNGI's answer, checked. `nir`: the number that replaces a waiting number."""

    resultat: Resultat
    ecarts: tuple[str, ...]
    nir: str = dataclasses.field(default="", repr=False)


def _comprendre(cle: uuid.UUID, corps: Mapping[str, Any], recue: Mapping[str, Any]) -> Reponse:
    """Refuse an answer to another question, or out of the convention: nothing would tell what it means."""
    ecarts, nir = recue.get("ecarts", []), recue.get("nir") or ""
    conforme = (
        recue.get("cle") == str(cle)
        and recue.get("resultat") in [r for r in Resultat.values if r]
        and isinstance(ecarts, list)
        and set(ecarts) <= set(CHAMPS_COMPARES)
        and isinstance(nir, str)
    )
    if not conforme:
        raise PartenaireInjoignable("contenu")
    resultat = Resultat(recue["resultat"])
    if resultat == Resultat.CONCORDANT and corps["genre"] == GenreNumero.NIA:
        try:
            lire_numero(nir)
        except NumeroInvalide:
            raise PartenaireInjoignable("contenu") from None
    return Reponse(resultat, tuple(ecarts), nir)


def _appliquer(cle: uuid.UUID, reponse: Reponse) -> Certification | None:
    question = Certification.objects.select_for_update(of=("self",)).filter(pk=cle, repondue_le=None).first()
    if question is None:
        return None  # another run was quicker, with the same answer
    qui = Personne.objects.get(pk=question.personne_id)
    numero = Immatriculation.objects.get(pk=question.immatriculation_id)
    question.repondue_le, question.panne = timezone.now(), ""
    question.resultat, question.ecarts = reponse.resultat, list(reponse.ecarts)
    if numero.clos_le is not None or qui.statut_identite not in CERTIFIABLES:
        question.suite = Suite.SANS_OBJET
    else:
        question.suite = _donner_suite(qui, numero, reponse, timezone.localdate())
    question.save(update_fields=["repondue_le", "panne", "resultat", "ecarts", "suite"])
    return question


def _donner_suite(qui: Personne, numero: Immatriculation, reponse: Reponse, jour: datetime.date) -> Suite:
    """Match: certified. Conflict: dispute. Anything else: a person looks."""
    if reponse.resultat == Resultat.CONCORDANT:
        return _certifier(qui, numero, reponse.nir, jour)
    if reponse.resultat == Resultat.DIFFERENT:
        litiges.mettre_en_litige(qui, CauseEtat.DESACCORD)
        return Suite.LITIGE
    return Suite.A_COMPARER


def _certifier(qui: Personne, numero: Immatriculation, nir: str, jour: datetime.date) -> Suite:
    """Certify; a number that is already certified for somebody else opens a dispute instead (ID-12)."""
    try:
        with transaction.atomic():
            if numero.genre == GenreNumero.NIA:
                numero = services.immatriculer(qui, nir, jour)
            numero.personne = qui
            services.certifier(numero, jour)
    except ErreurSaisie:
        qui.refresh_from_db(fields=["statut_identite"])
        litiges.mettre_en_litige(qui, CauseEtat.NUMERO_PARTAGE)
        return Suite.LITIGE
    return Suite.CERTIFIEE


@transaction.atomic
def comparer(question: Certification, *, meme_personne: bool, note: str = "") -> None:
    """What an agent says of a near match: the same person (certified), or another (dispute)."""
    if question.suite != Suite.A_COMPARER or question.resultat != Resultat.PROCHE:
        raise ErreurSaisie({"avis": "Cette réponse du SNGI n'est pas à comparer."})
    qui = Personne.objects.get(pk=question.personne_id)
    numero = Immatriculation.objects.select_for_update(of=("self",)).get(pk=question.immatriculation_id)
    if numero.clos_le is not None or qui.statut_identite not in CERTIFIABLES:
        raise ErreurSaisie({"avis": "L'identité a changé depuis cette réponse."})
    if not meme_personne:
        litiges.mettre_en_litige(qui, CauseEtat.DESACCORD, note)
    elif numero.genre == GenreNumero.NIA:
        raise ErreurSaisie({"avis": "Corrigez l'état civil puis redemandez : le SNGI n'a pas rendu de NIR."})
    else:
        numero.personne = qui
        services.certifier(numero, timezone.localdate())
    question.suite = Suite.MEME_PERSONNE if meme_personne else Suite.AUTRE_PERSONNE
    question.avis_par, question.avis_le = statuts.agent_au_travail(), timezone.now()
    question.save(update_fields=["suite", "avis_par", "avis_le"])


def a_certifier(jour: datetime.date) -> list[int]:
    """Persons whose number waits for the SNGI: NIR not certified, NIA whose document came; not asked lately."""
    depuis = timezone.make_aware(
        datetime.datetime.combine(jour - datetime.timedelta(days=JOURS_AVANT_DE_REDEMANDER), datetime.time())
    )
    posees = Certification.objects.filter(immatriculation_id=OuterRef("pk"), repondue_le__gte=depuis)
    attendent = Immatriculation.objects.filter(
        Q(genre=GenreNumero.NIR, certifie_le=None) | Q(genre=GenreNumero.NIA, justificatif_recu_le__isnull=False),
        ~Exists(posees),
        clos_le=None,
        personne__statut_identite__in=CERTIFIABLES,
    )
    return list(attendent.order_by("personne_id").values_list("personne_id", flat=True))


def certifier_lot(
    *, a_blanc: bool = False, vers: Partenaire | None = None, progress: Callable[[int, int], object] | None = None
) -> Bilan:
    """Ask the SNGI about everybody who waits; resumable, and harmless when run again."""
    with traitement(CERTIFIER, acteur=SYSTEME, motif=MOTIF):
        personnes = a_certifier(timezone.localdate())
    bilan, de_suite = Bilan(a_demander=len(personnes)), 0
    for rang, personne in enumerate([] if a_blanc else personnes, 1):
        try:
            suite = _un_du_lot(personne, vers)
            de_suite = 0
            if suite is not None:
                bilan.compter(suite)
        except PartenaireInjoignable:
            bilan.pannes, de_suite = bilan.pannes + 1, de_suite + 1
        if progress is not None:
            progress(rang, len(personnes))
        if de_suite >= PANNES_DE_SUITE:
            bilan.arrete = True
            _alerter(bilan)
            break
    return bilan


def _un_du_lot(personne: int, vers: Partenaire | None) -> str | None:
    with traitement(CERTIFIER, acteur=SYSTEME, motif=MOTIF):
        ouverte = Certification.objects.filter(personne_id=personne, repondue_le=None).only("id", "personne_id").first()
        if ouverte is None:
            qui = Personne.objects.get(pk=personne)
            if qui.statut_identite not in CERTIFIABLES:
                return None
            ouverte = demander(qui)
    repondue = traiter(ouverte.pk, SYSTEME, vers)
    return None if repondue is None else repondue.suite


def _alerter(bilan: Bilan) -> None:
    """The officer learns, once a day, that the partner is silent: nobody is certified meanwhile."""
    jour = timezone.localdate()
    with traitement(CERTIFIER, acteur=SYSTEME, motif=MOTIF):
        alertes.signaler(
            f"sngi-injoignable/{jour}", "sngi_injoignable",
            f"Le SNGI ne répond plus : le lot du {jour:%d/%m/%Y} s'est arrêté, {bilan.a_demander} identités "
            "attendaient. Aucun droit n'en dépend ; relancer « limpide identite certifier ».",
        )  # fmt: skip
