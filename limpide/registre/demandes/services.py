"""Verbs of the rights desk: the only place that writes requests and answers. Each runs inside a declared processing."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from limpide.registre.alertes import signaler
from limpide.registre.conservation.gels import degeler, geler
from limpide.registre.conservation.modeles import Gel
from limpide.registre.contexte import HorsRegistre, traitement_courant
from limpide.registre.demandes import destinataires, limitation, motifs, regles
from limpide.registre.demandes.destinataires import AvisDestinataire
from limpide.registre.demandes.modeles import DemandeDroit, EtapeDemande, ReponseAcces
from limpide.registre.demandes.representation import CHANGEE, representant

EN_LIGNE = "Connexion à Mon Compte"
PROTECTEUR_INCONNU = "une personne qui se dit protecteur, sans mesure enregistrée"
RIEN_DE_CORRIGE = (
    "Aucune correction n'est enregistrée depuis cette demande. Un agent corrige d'abord la donnée dans le dossier, ce "
    "qui recalcule les droits ; vous répondez ensuite."
)
MOTIF_GEL = Gel.Motif.DEMANDE_DE_DROITS


class TransitionRefusee(ValueError):
    """A request cannot move that way; the French message says what it may do."""


def _qui() -> str:
    cours = traitement_courant()
    if cours is None:
        raise HorsRegistre("le guichet des droits s'ouvre dans un traitement")
    acteur = cours.acteur
    return f"compte {acteur.identifiant}" if acteur.identifiant is not None else acteur.genre


def _reference(demande: DemandeDroit) -> str:
    return f"demande:{demande.pk}"


@transaction.atomic
def deposer(
    *,
    personne: int,
    dossier: int | None,
    organisme: str,
    genre: str,
    objet: str,
    canal: str,
    recue_le: dt.date,
    par_le_protecteur: bool = False,
) -> DemandeDroit:
    """Record a request; its clock starts, and what it is about can no longer be erased (RET-12).

    Online, the login is the identity check. A kind that is never granted is answered at once, with its reason; so is
    a protector whose measure doesn't give this power (`par_le_protecteur`).
    """
    regle = regles.GENRES.get(genre)
    if regle is None or regle.autre_voie:
        raise ValidationError({"genre": regle.autre_voie if regle else "Ce droit n'existe pas."})
    en_ligne = canal == DemandeDroit.Canal.EN_LIGNE
    pour_elle = representant(personne, recue_le) if par_le_protecteur else None
    refus = regle.refus or (pour_elle.refus if pour_elle else "")
    demande = DemandeDroit(
        personne_id=personne, dossier_id=dossier, organisme=organisme, genre=genre, objet=objet.strip(), canal=canal,
        etat=regles.DEPOSEE if en_ligne else regles.A_IDENTIFIER, recue_le=recue_le,
        echeance=regles.echeance(recue_le), identite=EN_LIGNE if en_ligne else "",
        identite_le=recue_le if en_ligne else None,
        represente_par=(pour_elle.qui or PROTECTEUR_INCONNU)[:240] if pour_elle else "",
    )  # fmt: skip
    if refus:
        demande.etat, demande.reponse, demande.close_le = regles.REFUSEE, refus, timezone.localdate()
    demande.save(force_insert=True)
    _noter(demande, "", "Reçue" if not refus else "Refusée dès la réception, avec sa raison")
    if demande.ouverte:
        geler(
            organisme=organisme, motif=MOTIF_GEL, reference=_reference(demande), dossier=dossier, personne=personne
        )  # fmt: skip
    return demande


def _noter(demande: DemandeDroit, de: str, note: str) -> None:
    EtapeDemande.objects.create(
        demande_id=demande.pk, personne_id=demande.personne_id, de=de, vers=demande.etat, faite_le=timezone.now(),
        par=_qui(), note=note[:500],
    )  # fmt: skip


@transaction.atomic
def avancer(demande: DemandeDroit, vers: str, *, note: str = "", **champs: Any) -> DemandeDroit:
    """Move a request and write these fields with it; refuses what the table of transitions doesn't have."""
    actuelle: DemandeDroit = DemandeDroit.objects.select_for_update().get(pk=demande.pk)
    permises = regles.TRANSITIONS[actuelle.etat]
    if vers not in permises:
        possibles = ", ".join(regles.ETATS[p][0].lower() for p in permises) or "rien : elle est close"
        raise TransitionRefusee(
            f"Cette demande est « {regles.ETATS[actuelle.etat][0].lower()} » ; elle peut devenir : {possibles}."
        )
    if vers in regles.ACCORDEES:
        _verifier_le_protecteur(actuelle)
    de, actuelle.etat = actuelle.etat, vers
    for nom, valeur in champs.items():
        setattr(actuelle, nom, valeur)
    if vers not in regles.OUVERTES:
        actuelle.close_le = timezone.localdate()
    try:
        with transaction.atomic():
            actuelle.save(update_fields=["etat", "close_le", *champs])
    except IntegrityError as refus:
        raise TransitionRefusee(_en_clair(refus)) from refus
    _noter(actuelle, de, note)
    if not actuelle.ouverte:
        degeler(motif=MOTIF_GEL, reference=_reference(actuelle))
    return actuelle


def _verifier_le_protecteur(demande: DemandeDroit) -> None:
    """Nothing is given to somebody who no longer represents the person on the day of the answer."""
    if not demande.represente_par:
        return
    actuel = representant(demande.personne_id, timezone.localdate())
    if actuel.refus or actuel.qui != demande.represente_par:
        raise TransitionRefusee(CHANGEE)


def _en_clair(refus: IntegrityError) -> str:
    """The French message of the constraint that refused."""
    texte = str(refus)
    for contrainte in DemandeDroit._meta.constraints:
        if contrainte.name in texte:
            return str(contrainte.violation_error_message)
    raise refus


def identifier(demande: DemandeDroit, *, moyen: str, copie_detruite_le: dt.date | None) -> DemandeDroit:
    """The identity was checked, and how; the copy that served is destroyed, and when (DR-07)."""
    return avancer(
        demande, regles.EN_COURS, note="Identité vérifiée", identite=moyen.strip()[:120],
        identite_le=timezone.localdate(), copie_detruite_le=copie_detruite_le,
    )  # fmt: skip


def prolonger(demande: DemandeDroit, motif: str) -> DemandeDroit:
    """Two months more, with the reason, said within the first month (RGPD art. 12.3)."""
    if timezone.localdate() > demande.echeance:
        raise TransitionRefusee("La prolongation se dit dans le premier mois : il est passé.")
    return avancer(
        demande, regles.PROLONGEE, note="Prolongée", motif_prolongation=motif.strip()[:500],
        echeance=regles.echeance(demande.recue_le, prolongee=True),
    )  # fmt: skip


@transaction.atomic
def repondre(demande: DemandeDroit, etat: str, reponse: str, systeme: str = "") -> DemandeDroit:
    """Grant, grant in part or refuse, in writing; `systeme`: what an opposition is about.

    A rectification is granted once it is made: an agent corrects the fact first, which recalculates the rights. Those
    to whom the data were given are then to be warned, one by one. An erasure is granted when nothing else holds the
    file; an opposition, where the declarations allow it. The answer begins with the reason of the law.
    """
    accorder, garder = etat in regles.ACCORDEES, raison_de_garder(demande)
    empeche = motifs.empechement(
        demande.genre, accorder=etat == regles.ACCORDEE if demande.genre == "effacement" else accorder,
        systeme=systeme, a_garder=garder,
    )  # fmt: skip
    if empeche:
        raise TransitionRefusee(empeche)
    loi = motifs.raison(demande.genre, accorder=accorder, systeme=systeme, a_garder=garder)
    if etat in regles.ACCORDEES and demande.genre == "rectification" and not corrections(demande):
        raise TransitionRefusee(RIEN_DE_CORRIGE)
    close = avancer(demande, etat, note=regles.ETATS[etat][0], reponse=_apres(loi, reponse)[:4000])
    if etat in regles.ACCORDEES and demande.genre in destinataires.GENRES_A_PROPAGER:
        AvisDestinataire.objects.bulk_create(
            AvisDestinataire(
                demande_id=demande.pk, personne_id=demande.personne_id, destinataire=d.cle, nom=d.nom,
                donnees=d.donnees, cree_le=timezone.now(),
            )
            for d in destinataires.destinataires(demande.personne_id, demande.dossier_id)
        )  # fmt: skip
    return close


def _apres(loi: str, reponse: str) -> str:
    """The reason of the law, then what the officer wrote: without the latter there is no answer."""
    ecrite = reponse.strip()
    return f"{loi} {ecrite}".strip() if ecrite else ""


def raison_de_garder(demande: DemandeDroit) -> str:
    """What holds the file of an erasure; empty for the other kinds, and when nothing else than this request does."""
    if demande.genre != "effacement":
        return ""
    return motifs.raison_de_garder(demande.dossier_id, _reference(demande), timezone.localdate())


def corrections(demande: DemandeDroit) -> list[str]:
    """What was corrected since the request came, in French."""
    depuis = timezone.make_aware(dt.datetime.combine(demande.recue_le, dt.time.min))
    if demande.canal == DemandeDroit.Canal.EN_LIGNE:  # the very moment is known
        depuis = demande.etapes.order_by("pk").values_list("faite_le", flat=True)[0]
    return destinataires.corrections(demande.personne_id, demande.dossier_id, depuis)


@transaction.atomic
def regler_un_avis(demande: DemandeDroit, avis: int, issue: str, precision: str) -> None:
    """Settle one recipient, once: warned, and how; or not concerned, and why."""
    attendu = AvisDestinataire.objects.select_for_update().filter(pk=avis, demande_id=demande.pk).first()
    if attendu is None or attendu.issue != AvisDestinataire.Issue.A_AVISER:
        raise TransitionRefusee("Ce destinataire n'est plus à aviser.")
    attendu.issue, attendu.precision = AvisDestinataire.Issue(issue), precision.strip()[:240]
    attendu.regle_le, attendu.regle_par = timezone.now(), _qui()
    attendu.save(update_fields=list(destinataires.COLONNES_REGLEES))
    _noter(demande, demande.etat, f"{attendu.nom} : {attendu.get_issue_display()}")


@transaction.atomic
def accorder_la_limitation(demande: DemandeDroit, cas: str, *, calcul_consenti: bool) -> DemandeDroit:
    """The file of this request is limited, and the person is told what that stops."""
    close = repondre(demande, regles.ACCORDEE, regles.LIMITEE[calcul_consenti])
    limitation.limiter(
        dossier=demande.dossier_id, organisme=demande.organisme, demande=demande.pk, cas=cas,
        calcul_consenti=calcul_consenti,
    )  # fmt: skip
    return close


@transaction.atomic
def lever_la_limitation(demande: DemandeDroit, information: str) -> None:
    """The file of this request serves again; the person was told before (RGPD art. 18.3)."""
    posee = limitation.en_cours(demande.dossier_id)
    if posee is None:
        raise TransitionRefusee("Ce dossier n'est pas limité.")
    limitation.lever(posee, information)
    _noter(demande, demande.etat, "Limitation levée, la personne en a été informée")


def sceller(contenu: Mapping[str, Any]) -> str:
    """The hash of an answer, whatever the order of its keys."""
    texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(texte.encode()).hexdigest()


@transaction.atomic
def remettre(demande: DemandeDroit, contenu: Mapping[str, Any]) -> ReponseAcces:
    """Keep what was gathered for this person, to be fetched for a while."""
    jour = timezone.localdate()
    reponse: ReponseAcces = ReponseAcces.objects.create(
        demande_id=demande.pk, personne_id=demande.personne_id, contenu=contenu, empreinte=sceller(contenu),
        produite_le=timezone.now(), disponible_jusqu_au=jour + dt.timedelta(days=regles.JOURS_DE_TELECHARGEMENT),
    )  # fmt: skip
    return reponse


def noter_la_remise(reponse: ReponseAcces) -> None:
    """The person fetched the answer: the first time is kept."""
    if reponse.remise_le is None:
        reponse.remise_le = timezone.now()
        reponse.save(update_fields=["remise_le"])


@transaction.atomic
def effacer_les_copies(jour: dt.date) -> int:
    """Erase the copies whose time is over; their hash and dates stay. Returns how many."""
    echues = ReponseAcces.objects.filter(effacee_le=None, disponible_jusqu_au__lt=jour)
    return int(echues.update(contenu=None, effacee_le=timezone.now()))


def surveiller(jour: dt.date) -> int:
    """Warn the officer of requests whose deadline comes (DR-04) or has passed; raising twice is one alert."""
    levees = 0
    for demande in DemandeDroit.objects.filter(etat__in=regles.OUVERTES).order_by("echeance"):
        reste = (demande.echeance - jour).days
        seuil = next((s for s in sorted(regles.ALERTES) if reste <= s), None)
        if seuil is None:
            continue
        passe = reste < 0
        texte = (
            f"La demande {demande.numero} devait être répondue le {demande.echeance:%d/%m/%Y} : elle est tenue pour "
            "refusée, et la personne peut saisir la CNIL."
            if passe
            else f"La demande {demande.numero} se répond au plus tard le {demande.echeance:%d/%m/%Y}."
        )
        cle = f"demande-de-droits/{demande.pk}/{'passee' if passe else seuil}"
        gravite = "haute" if passe or seuil == min(regles.ALERTES) else "attention"
        levees += signaler(cle, "demande_de_droits", texte, gravite=gravite, echeance=demande.echeance)
    return levees + _surveiller_les_avis(jour)


def _surveiller_les_avis(jour: dt.date) -> int:
    """Warn the officer of recipients that nobody warned."""
    avant = timezone.make_aware(
        dt.datetime.combine(jour - dt.timedelta(days=destinataires.JOURS_POUR_AVISER), dt.time.min)
    )
    en_retard = AvisDestinataire.objects.filter(issue=AvisDestinataire.Issue.A_AVISER, cree_le__lt=avant)
    return sum(
        signaler(
            f"destinataires-a-aviser/{numero}", "demande_de_droits",
            f"Des destinataires ne sont pas encore avisés de ce qu'a changé la demande n° {numero} (RGPD art. 19).",
        )
        for numero in sorted(set(en_retard.values_list("demande_id", flat=True)))
    )  # fmt: skip
