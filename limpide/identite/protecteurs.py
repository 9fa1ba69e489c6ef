"""Verbs of protectors online: ask, admit, open and close an access; which accesses are in force, with which powers.

Nothing is looked up when somebody asks: the answer is the same whoever they say they are. A person of the Caf checks
the identity, then the measure; only then does an access open, and only for what the judgement gives (MC-018 to MC-022).
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from limpide.registre.contexte import HorsRegistre, traitement_courant

from . import comptes, services
from .erreurs import PARTOUT, ErreurSaisie, refus_en_francais
from .mesures import EN_LIGNE, GENRES, PERSONNE
from .models import (
    AccesProtecteur,
    Compte,
    DemandeProtecteur,
    EtatAccesProtecteur,
    EtatDemandeProtecteur,
    GenreNumero,
    Immatriculation,
    MesureProtection,
    ObjetMessage,
    Personne,
    StatutIdentite,
)
from .nir import Numero, NumeroInvalide, lire_numero
from .noms import normaliser
from .suivi_contacts import prevenir_chacun

DEMANDE, MES_ACCES, AU_NOM_DE = "demande_protecteur", "mes_acces_protecteur", "au_nom_de"
ACCES, OUVERTURE = "acces_protecteurs", "ouverture_compte_protecteur"
MOTIFS_REFUS = {
    "identite": "l'identité n'a pas pu être vérifiée",
    "protege": "l'identité de la personne à protéger n'a pas pu être vérifiée",
    "ailleurs": "une autre Caf a déjà le dossier de la personne à protéger",
    "organisme": "un organisme ne peut pas encore avoir cet accès",
    "dossier": "aucun dossier de la caisse ne correspond au numéro donné",
    "mesure": "aucune décision de justice ne charge cette personne d'agir",
}
PIECES = ("Carte nationale d'identité", "Passeport", "Titre de séjour", "Permis de conduire")
PIECES_DU_PROTEGE = (*PIECES, "Livret de famille ou acte de naissance", "Décision du juge")
MEME_NUMERO = "Ce numéro est celui de la personne à protéger : chacun a le sien (MC-021)."
CHAMPS = {
    "acces_protecteur_sa_mesure": "mesure",
    "acces_protecteur_transition": "mesure",
    "acces_protecteur_avec_sa_mesure": "mesure",
    "acces_protecteur_deux_personnes": "demande",
    "un_acces_par_protecteur_et_dossier": "demande",
    "demande_protecteur_connue": "numero",
    "personne_date_naissance_plausible": "demande",
}


@dataclass(frozen=True)
class Declarant:
    """Who somebody says they are, as typed."""

    nir: str
    nom_naissance: str
    prenoms: str
    date_naissance: dt.date
    mot_de_passe: str


@dataclass(frozen=True)
class Protege:
    """Who the person to protect is, as typed, when they have no file yet."""

    nir: str
    nom_naissance: str
    prenoms: str
    date_naissance: dt.date


def _qui() -> str:
    cours = traitement_courant()
    if cours is None:
        raise HorsRegistre("l'accès d'un protecteur se décide dans un traitement")
    acteur = cours.acteur
    return f"compte {acteur.identifiant}" if acteur.identifiant is not None else acteur.genre


def demander(organisme: str, pour: str | Protege, declarant: Declarant) -> DemandeProtecteur:
    """Ask for a « compte tuteur ». Nothing is looked up: neither the person nor the file need exist.

    `pour`: the number of a file, or who the person is.
    """
    demande = _pour(organisme, pour)
    demande.nom_naissance, demande.prenoms = declarant.nom_naissance.strip(), declarant.prenoms.strip()
    demande.date_naissance, demande.secret = declarant.date_naissance, make_password(declarant.mot_de_passe)
    demande.nir = _lire(declarant.nir, "nir")
    if isinstance(pour, Protege) and demande.protege_nir.en_clair() == demande.nir.en_clair():
        raise ErreurSaisie({"protege_nir": "Ce numéro est le vôtre : écrivez celui de la personne à protéger."})
    return _deposer(demande)


def demander_depuis_son_compte(personne: int, organisme: str, pour: str | Protege) -> DemandeProtecteur:
    """Somebody who has an account already asks for one more person; their identifier and password stay."""
    demande = _pour(organisme, pour)
    demande.protecteur_id = personne
    memes = ("numero", "protege_nom_naissance", "protege_prenoms", "protege_date_naissance")
    attendent = DemandeProtecteur.objects.filter(
        protecteur_id=personne, organisme_id=organisme, repondue_le=None, **{m: getattr(demande, m) for m in memes}
    )
    if attendent.exists():
        champ = "numero" if demande.numero else PARTOUT
        raise ErreurSaisie({champ: "Vous avez déjà fait cette demande : elle attend la réponse de la Caf."})
    return _deposer(demande)


def _pour(organisme: str, pour: str | Protege) -> DemandeProtecteur:
    if isinstance(pour, str):
        return DemandeProtecteur(organisme_id=organisme, numero=pour)
    demande = DemandeProtecteur(
        organisme_id=organisme, numero="", protege_nom_naissance=pour.nom_naissance.strip(),
        protege_prenoms=pour.prenoms.strip(), protege_date_naissance=pour.date_naissance,
    )  # fmt: skip
    demande.protege_nir = _lire(pour.nir, "protege_nir")
    return demande


def _lire(nir: str, champ: str) -> Numero:
    try:
        return lire_numero(nir).numero
    except NumeroInvalide as erreur:
        raise ErreurSaisie({champ: str(erreur)}) from None


def _deposer(demande: DemandeProtecteur) -> DemandeProtecteur:
    with refus_en_francais(CHAMPS), transaction.atomic():
        demande.save(force_insert=True)
    return demande


@transaction.atomic
def admettre(demande: uuid.UUID, numero: str, piece: str, piece_du_protege: str = "") -> None:
    """Somebody of the Caf saw who asks. Raises ErreurSaisie if the request is another file's, or is answered.

    `piece_du_protege`: without a number of file (`numero` empty), what showed who the person to protect is.
    """
    if piece not in PIECES:
        raise ErreurSaisie({"piece": f"Choisissez la pièce vérifiée : {', '.join(PIECES)}."})
    if not numero and piece_du_protege not in PIECES_DU_PROTEGE:
        raise ErreurSaisie({"piece_du_protege": f"Choisissez la pièce vue : {', '.join(PIECES_DU_PROTEGE)}."})
    deposees = DemandeProtecteur.objects.filter(pk=demande, numero=numero, etat=EtatDemandeProtecteur.DEPOSEE)
    if not deposees.update(etat=EtatDemandeProtecteur.ADMISE, identite=piece, protege_piece=piece_du_protege):
        raise ErreurSaisie({"demande": "Cette demande n'attend plus de réponse."})


@transaction.atomic
def refuser(demande: uuid.UUID, motif: str) -> None:
    """Answered no: what was typed of the number and the password goes at once."""
    if motif not in MOTIFS_REFUS:
        raise ErreurSaisie({"motif": f"Choisissez un motif dans la liste : {', '.join(MOTIFS_REFUS)}."})
    attendent = DemandeProtecteur.objects.filter(
        pk=demande, etat__in=[EtatDemandeProtecteur.DEPOSEE, EtatDemandeProtecteur.ADMISE]
    )
    if not attendent.update(etat=EtatDemandeProtecteur.REFUSEE, motif=motif, **_repondue()):
        raise ErreurSaisie({"demande": "Cette demande n'attend plus de réponse."})


def _repondue() -> dict[str, object]:
    efface = {"nir_chiffre": None, "protege_nir_chiffre": None, "secret": ""}
    return {**efface, "repondue_le": timezone.now(), "repondue_par": _qui()}


@transaction.atomic
def accepter(cle: uuid.UUID, dossier: int, protege: int) -> AccesProtecteur:
    """After `admettre`, across all Caf: the protector, their account, and an access that opens nothing yet.

    Raises ErreurSaisie on field `demande`. `protege`: the allocataire of that file.
    """
    demande = DemandeProtecteur.objects.select_for_update().filter(pk=cle, etat=EtatDemandeProtecteur.ADMISE).first()
    if demande is None:
        raise ErreurSaisie({"demande": "Cette demande n'attend pas l'ouverture d'un compte."})
    protecteur = _protecteur(demande)
    if protecteur.pk == protege:
        raise ErreurSaisie({"demande": MEME_NUMERO})
    with refus_en_francais(CHAMPS), transaction.atomic():
        acces = AccesProtecteur.objects.create(
            organisme_id=demande.organisme_id, dossier_id=dossier, personne_id=protege, protecteur_id=protecteur.pk,
            protecteur_nom=f"{protecteur.prenoms} {protecteur.nom_usage or protecteur.nom_naissance}",
            etat=EtatAccesProtecteur.A_JUSTIFIER,
        )  # fmt: skip
    DemandeProtecteur.objects.filter(pk=cle).update(
        etat=EtatDemandeProtecteur.ACCEPTEE, protecteur_id=protecteur.pk, **_repondue()
    )
    return acces


@transaction.atomic
def reconnaitre(cle: uuid.UUID) -> Personne:
    """After `admettre`, across all Caf: the person to protect of a request without a number of file.

    Known already by that number, or recorded now. Raises ErreurSaisie on field `demande`.
    """
    demande = DemandeProtecteur.objects.filter(pk=cle, etat=EtatDemandeProtecteur.ADMISE, numero="").first()
    if demande is None or demande.protege_nir is None:
        raise ErreurSaisie({"demande": "Cette demande n'attend pas l'ouverture d'un compte."})
    numero = demande.protege_nir
    dit = services.EtatCivil(demande.protege_nom_naissance, demande.protege_prenoms, demande.protege_date_naissance)
    return _connue(numero, dit, "Le numéro de la personne à protéger") or _enregistrer(numero, dit)


def _protecteur(demande: DemandeProtecteur) -> Personne:
    """The person who asks: known already, or recorded now; with an account, theirs or a new one."""
    if demande.protecteur_id is not None:
        return Personne.objects.get(pk=demande.protecteur_id)
    dit = services.EtatCivil(demande.nom_naissance, demande.prenoms, demande.date_naissance)
    personne = _connue(demande.nir, dit, "Le numéro de qui demande") or _enregistrer(demande.nir, dit)
    if not Compte.objects.filter(personne_id=personne.pk).exists():
        comptes.creer_compte_protecteur(personne, demande.nir, demande.secret)
    return personne


def _enregistrer(numero: Numero, dit: services.EtatCivil) -> Personne:
    jour = timezone.localdate()
    with refus_en_francais(CHAMPS), transaction.atomic():
        personne = services.creer_personne(dit, jour)
        services.immatriculer(personne, numero.en_clair(), jour, GenreNumero.NIR)
    return personne


def _connue(numero: Numero, dit: services.EtatCivil, lequel: str) -> Personne | None:
    """Who holds this number already; refused when it isn't who the request says. `lequel`: whose number, in words."""
    leur = Immatriculation.objects.filter(empreinte=services.empreinte_du_numero(numero), clos_le=None)
    numeros = set(leur.values_list("personne_id", flat=True))
    if not numeros:
        return None
    if len(numeros) > 1:
        raise ErreurSaisie({"demande": f"{lequel} est porté par plusieurs personnes : réglez d'abord ce litige."})
    personne = Personne.objects.get(pk=numeros.pop())
    if (normaliser(dit.nom_naissance), dit.date_naissance) != (
        normaliser(personne.nom_naissance), personne.date_naissance,
    ):  # fmt: skip
        raise ErreurSaisie(
            {"demande": f"{lequel} est connu sous un autre nom ou une autre naissance : vérifiez-le sur une pièce."}
        )
    if personne.statut_identite in (StatutIdentite.LITIGE, StatutIdentite.DECEDE, StatutIdentite.REUNIE):
        raise ErreurSaisie(
            {"demande": f"{lequel} est celui d'une identité « {personne.get_statut_identite_display()} »."}
        )
    return personne


@transaction.atomic
def ouvrir(acces: AccesProtecteur, mesure: MesureProtection, jour: dt.date) -> None:
    """Tie an access to the judgement that somebody of the Caf has seen; refused when it gives nothing to open."""
    fin = mesure.valide.upper
    if mesure.protecteur_genre != PERSONNE:
        raise ErreurSaisie({"mesure": "Seule une personne physique peut avoir cet accès (article 1 des conditions)."})
    if mesure.personne_id != acces.personne_id:
        raise ErreurSaisie({"mesure": "Cette mesure protège une autre personne."})
    if fin is not None and fin <= jour:
        raise ErreurSaisie({"mesure": "Cette mesure est terminée."})
    if not mesure.pouvoir_consultation:
        raise ErreurSaisie(
            {"mesure": "La décision enregistrée ne donne pas la consultation du compte : rien à ouvrir."}
        )
    with refus_en_francais(CHAMPS), transaction.atomic():
        ouverts = AccesProtecteur.objects.filter(pk=acces.pk, etat=EtatAccesProtecteur.A_JUSTIFIER)
        if not ouverts.update(
            etat=EtatAccesProtecteur.OUVERT, mesure_id=mesure.pk, ouvert_le=timezone.now(), ouvert_par=_qui()
        ):
            raise ErreurSaisie({"mesure": "Cet accès n'attend plus de mesure."})


@transaction.atomic
def fermer(acces: AccesProtecteur) -> None:
    """Close an access before its measure ends: at once, open sessions too."""
    vivants = AccesProtecteur.objects.filter(pk=acces.pk).exclude(etat=EtatAccesProtecteur.FERME)
    if not vivants.update(etat=EtatAccesProtecteur.FERME, ferme_le=timezone.now(), ferme_par=_qui()):
        raise ErreurSaisie({"acces": "Cet accès est déjà fermé."})


@dataclass(frozen=True)
class Mandat:
    """An access in force: the person protected, by which measure, with which of the online powers."""

    acces: int
    personne: int
    protecteur: int
    mesure: str
    service: str
    pouvoirs: frozenset[str]
    dernier_jour: dt.date | None


def mandats(protecteur: int, jour: dt.date) -> list[Mandat]:
    """What this person may open on that day, oldest first. Within `mes_acces_protecteur`, of that person."""
    ouverts = AccesProtecteur.objects.filter(protecteur_id=protecteur, etat=EtatAccesProtecteur.OUVERT)
    en_vigueur = ouverts.filter(mesure__valide__contains=jour, mesure__pouvoir_consultation=True)
    return [_mandat(acces) for acces in en_vigueur.select_related("mesure").order_by("pk")]


def _mandat(acces: AccesProtecteur) -> Mandat:
    mesure = acces.mesure
    fin = mesure.valide.upper
    return Mandat(
        acces.pk, acces.personne_id, acces.protecteur_id, GENRES[mesure.genre].nom, GENRES[mesure.genre].protecteur,
        frozenset(p for p in EN_LIGNE if getattr(mesure, f"pouvoir_{p}")),
        None if fin is None else fin - dt.timedelta(days=1),
    )  # fmt: skip


def a_prevenir(dossier: int, personne: int) -> set[int]:
    """The person, and who may open this file for them today: each is told of a decision or an answer."""
    ouverts = AccesProtecteur.objects.filter(dossier_id=dossier, etat=EtatAccesProtecteur.OUVERT)
    return {personne, *ouverts.values_list("protecteur_id", flat=True)}


def prevenir(personne: int, protecteur: int, *, acte: bool) -> None:
    """Tell both, each at their own address: an act in somebody's name (`acte`), or an access opened or closed."""
    objets = (
        (personne, ObjetMessage.AGI_POUR if acte else ObjetMessage.ACCES_POUR),
        (protecteur, ObjetMessage.AGI_PAR if acte else ObjetMessage.ACCES_PAR),
    )
    prevenir_chacun(objets, "Prévenir la personne protégée et son protecteur")
