"""Writing a letter: a version, another, proposed, validated by somebody else; corrected later without losing a word.

Who may is said by an accreditation of their own, national or of their Caf. Nothing here knows who is subscribed.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from limpide.courriers.expedition import CATEGORIES
from limpide.identite.erreurs import PARTOUT, ErreurSaisie, refus_en_francais
from limpide.identite.models import Compte
from limpide.registre.contexte import SYSTEME, traitement

from . import contenu as ecriture
from .models import HabilitationInfolettre, Infolettre, Portee, VersionInfolettre

REDIGER, HABILITER, PUBLIEES = "redaction_infolettres", "habilitation_infolettres", "infolettres_publiees"
Etat = Infolettre.Etat
TRANSITIONS = {
    Etat.BROUILLON: (Etat.BROUILLON, Etat.PROPOSEE),
    Etat.PROPOSEE: (Etat.BROUILLON, Etat.VALIDEE),
    Etat.VALIDEE: (Etat.ENVOYEE,),
    Etat.ENVOYEE: (Etat.ENVOYEE,),
}
"""Where a letter goes from each state. Written again, it is a draft; once sent, only its text online moves."""
UN_AN = 366
CHAMPS = {
    "version_infolettre_porte_son_desabonnement": "contenu",
    "version_infolettre_a_un_sujet": "sujet",
    "infolettre_categorie_permise": "categorie",
}
HORS_CATEGORIE = (
    "Une lettre touche à une mission d'intérêt public ou au dossier : aucune autre catégorie n'existe. Un changement "
    "de règles ne se publie pas ici : c'est une nouvelle version des conditions, que chacun valide."
)
"""MC-058 and MC-069 in one refusal."""


def habiliter(
    identifiant: str, portee: str, decision: str, jusqu_au: dt.date, *, executer: bool = True
) -> Compte:  # fmt: skip
    """Let this agent write and validate letters of this reach until that day. Raises ErreurSaisie."""
    jour = timezone.localdate()
    if not decision.strip():
        raise ErreurSaisie({"decision": "Donnez la référence de la décision d'habilitation."})
    if not jour <= jusqu_au <= jour + dt.timedelta(days=UN_AN):
        raise ErreurSaisie({"jusqu_au": "Une habilitation finit dans l'année, et pas avant aujourd'hui."})
    with traitement(HABILITER, acteur=SYSTEME, motif="Habilitation à écrire des lettres d'information"):
        compte = _compte(identifiant)
        if executer:
            HabilitationInfolettre.objects.create(
                organisme_id=compte.organisme_id, agent=compte.pk, portee=Portee(portee).value,
                decision=decision.strip()[:120], depuis=jour, jusqu_au=jusqu_au,
            )  # fmt: skip
    return compte


def retirer(identifiant: str, *, executer: bool = True) -> int:
    """Accreditations of this agent end now. Returns how many."""
    with traitement(HABILITER, acteur=SYSTEME, motif="Retrait d'une habilitation à écrire des lettres d'information"):
        siennes = HabilitationInfolettre.objects.filter(
            agent=_compte(identifiant).pk, jusqu_au__gte=timezone.localdate(), retiree_le=None
        )
        return int(siennes.update(retiree_le=timezone.now()) if executer else siennes.count())


def _compte(identifiant: str) -> Compte:
    compte: Compte | None = Compte.objects.filter(identifiant=identifiant, genre="agent", is_active=True).first()
    if compte is None:
        raise ErreurSaisie({"agent": f"Aucun compte d'agent actif ne s'appelle « {identifiant} »."})
    return compte


def portees_de(agent: int) -> frozenset[str]:
    """What this agent may write and validate today, in the caller's processing."""
    jour = timezone.localdate()
    siennes = HabilitationInfolettre.objects.filter(agent=agent, depuis__lte=jour, jusqu_au__gte=jour, retiree_le=None)
    return frozenset(siennes.values_list("portee", flat=True))


def _exiger(agent: int, portee: str) -> None:
    if portee not in portees_de(agent):
        qui = "nationale" if portee == Portee.NATIONALE else "de votre Caf"
        raise ErreurSaisie({PARTOUT: f"Vous n'êtes pas habilité à écrire ou valider une lettre {qui}."})


def _relire(sujet: str, contenu: str) -> None:
    """What no letter may say or lack. Raises ErreurSaisie."""
    if trouvees := ecriture.fautes(contenu):
        raise ErreurSaisie({"contenu": " ".join(trouvees)})
    if not sujet.strip():
        raise ErreurSaisie({"sujet": "Donnez un sujet : c'est la première chose qui se lit."})


@transaction.atomic
def ecrire(
    agent: int, organisme: str, portee: str, categorie: str, sujet: str, contenu: str, quand: dt.datetime | None = None
) -> Infolettre:
    """A new letter, a draft, with its first version. Raises ErreurSaisie."""
    _exiger(agent, portee)
    if categorie not in CATEGORIES:
        raise ErreurSaisie({"categorie": HORS_CATEGORIE})
    _relire(sujet, contenu)
    quand = quand or timezone.now()
    lettre: Infolettre = Infolettre.objects.create(
        portee=portee, organisme_id=None if portee == Portee.NATIONALE else organisme, categorie=categorie,
        creee_le=quand,
    )  # fmt: skip
    _version(lettre.pk, 1, agent, sujet, contenu, "", quand)
    lettre.refresh_from_db()
    return lettre


def _version(
    lettre: int, numero: int, agent: int, sujet: str, contenu: str, raison: str, quand: dt.datetime
) -> VersionInfolettre:
    with refus_en_francais(CHAMPS), transaction.atomic():
        version: VersionInfolettre = VersionInfolettre.objects.create(
            infolettre_id=lettre, numero=numero, sujet=" ".join(sujet.split()), contenu=contenu.replace("\r\n", "\n"),
            auteur=agent, ecrite_le=quand, raison=raison.strip()[:200],
        )  # fmt: skip
    return version


def versions(lettre: int) -> list[VersionInfolettre]:
    """Every version, the latest first."""
    return list(VersionInfolettre.objects.filter(infolettre_id=lettre).order_by("-numero"))


@transaction.atomic
def recrire(lettre: Infolettre, agent: int, sujet: str, contenu: str, raison: str = "") -> VersionInfolettre:
    """One more version. Before it is sent, the letter is a draft again; after, a correction that says why (MC-068).

    Raises ErreurSaisie.
    """
    _exiger(agent, lettre.portee)
    if lettre.etat == Etat.VALIDEE:
        raise ErreurSaisie({PARTOUT: "Cette lettre part : elle se corrigera en ligne, une fois envoyée."})
    if lettre.etat == Etat.ENVOYEE and not raison.strip():
        raise ErreurSaisie({"raison": "Dites ce que vous corrigez : la version d'avant reste lisible."})
    _relire(sujet, contenu)
    derniere = versions(lettre.pk)[0]
    nouvelle = _version(lettre.pk, derniere.numero + 1, agent, sujet, contenu, raison, timezone.now())
    if lettre.etat == Etat.PROPOSEE:
        _changer(lettre, etat=Etat.BROUILLON, proposee_par=None, proposee_le=None, version_proposee=None)
    elif lettre.etat == Etat.ENVOYEE and lettre.version_proposee != lettre.version_validee:
        _changer(lettre, version_proposee=lettre.version_validee)
    return nouvelle


def _changer(lettre: Infolettre, **champs: Any) -> None:
    """Only from the state that was read: two agents who act at once don't both win. Raises ErreurSaisie."""
    assert champs.get("etat", lettre.etat) in {lettre.etat, *TRANSITIONS[Etat(lettre.etat)]}
    vue = Infolettre.objects.filter(pk=lettre.pk, etat=lettre.etat, version_proposee=lettre.version_proposee)
    if not vue.update(**champs):
        raise ErreurSaisie({PARTOUT: "Cette lettre vient de changer : relisez-la d'abord."})
    for nom, valeur in champs.items():
        setattr(lettre, nom, valeur)


def attend_une_validation(lettre: Infolettre) -> bool:
    """Whether a version is proposed and not validated: of a letter to send, or of a correction."""
    return lettre.version_proposee is not None and lettre.version_proposee != lettre.version_validee


def proposer(lettre: Infolettre, agent: int, quand: dt.datetime | None = None) -> None:
    """The latest version waits for somebody else. Raises ErreurSaisie."""
    _exiger(agent, lettre.portee)
    numero = versions(lettre.pk)[0].numero
    if lettre.etat not in {Etat.BROUILLON, Etat.ENVOYEE} or numero == lettre.version_validee:
        raise ErreurSaisie({PARTOUT: "Cette lettre n'a rien à proposer."})
    champs: dict[str, Any] = {"proposee_par": agent, "proposee_le": quand or timezone.now(), "version_proposee": numero}
    if lettre.etat == Etat.BROUILLON:
        _changer(lettre, etat=Etat.PROPOSEE, **champs)
    else:  # a correction: who validated the letter doesn't propose it
        if agent == lettre.validee_par:
            raise ErreurSaisie(
                {PARTOUT: "Vous avez validé cette lettre : une autre personne en propose la correction."}
            )
        _changer(lettre, **champs)


def valider(lettre: Infolettre, agent: int, numero: int, quand: dt.datetime | None = None) -> None:
    """Somebody else says that this version may leave, or replace what is online. Raises ErreurSaisie."""
    _exiger(agent, lettre.portee)
    if not attend_une_validation(lettre) or numero != lettre.version_proposee:
        raise ErreurSaisie({PARTOUT: "Cette version n'attend pas de validation : relisez la lettre."})
    lue = VersionInfolettre.objects.get(infolettre_id=lettre.pk, numero=numero)
    if agent in {lettre.proposee_par, lue.auteur}:
        raise ErreurSaisie(
            {PARTOUT: "Une lettre est validée par une autre personne que celle qui l'a écrite ou proposée."}
        )
    suite = Etat.VALIDEE if lettre.etat == Etat.PROPOSEE else Etat.ENVOYEE
    _changer(
        lettre, etat=suite, validee_par=agent, validee_le=quand or timezone.now(), version_validee=numero
    )  # fmt: skip


def rendre(lettre: Infolettre, agent: int) -> None:
    """Back to its writer: a draft again, or a correction not taken. Raises ErreurSaisie."""
    _exiger(agent, lettre.portee)
    if not attend_une_validation(lettre):
        raise ErreurSaisie({PARTOUT: "Cette lettre n'attend pas de validation."})
    if lettre.etat == Etat.PROPOSEE:
        _changer(lettre, etat=Etat.BROUILLON, proposee_par=None, proposee_le=None, version_proposee=None)
    else:
        _changer(lettre, version_proposee=lettre.version_validee)


def publiees(lettres: Iterable[Infolettre]) -> list[tuple[Infolettre, VersionInfolettre]]:
    """(letter, version online) of those that were validated, the latest first."""
    vues = [x for x in lettres if x.version_validee is not None]
    textes = {
        (v.infolettre_id, v.numero): v for v in VersionInfolettre.objects.filter(infolettre_id__in=[x.pk for x in vues])
    }
    paires = [(x, textes[x.pk, x.version_validee or 0]) for x in vues]
    return sorted(paires, key=lambda p: (p[0].envoyee_le or p[0].validee_le, p[0].pk), reverse=True)
