"""Claiming a right: what can be claimed, the questions step after step, everything read again, the receipt.

Steps, draft, refusals and seal are the site's (`demande.conduite`): a claim begun there is finished here.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from limpide.dossiers.models import PieceAttendue
from limpide.identite.erreurs import ErreurSaisie
from limpide.registre.teleservice import AUTREMENT_USAGERS
from limpide.registre.vues import personne_de, pour_la_requete
from limpide.usagers import scellement
from limpide.usagers.declarations_demande import SUIVI_DEMANDES
from limpide.usagers.demande import brouillon, conduite, envoi
from limpide.usagers.demande.aides import AIDES, PAR_DROIT, Aide
from limpide.usagers.demande.avancee import RESSOURCES, Avancee, connu_du_foyer, titre_de
from limpide.usagers.demande.deja import deja
from limpide.usagers.demande.formulaires import FormulaireEnvoi
from limpide.usagers.demande.obtenir import obtentions
from limpide.usagers.demande.ouverture import ouvertes
from limpide.usagers.dossier import nom_usuel
from limpide.usagers.mobile import CANAL, problemes
from limpide.usagers.mobile.conditions import articles_de
from limpide.usagers.mobile.demandes import decrire
from limpide.usagers.mobile.operations import operation
from limpide.usagers.mobile.problemes import Refus
from limpide.usagers.mobile.questions import COCHEE, DECOCHEE, sections_de
from limpide.usagers.models import BrouillonDemande
from limpide.usagers.scellement import Recapitulatif
from limpide.usagers.simulateur.parcours import Parcours
from limpide.usagers.trimestre.envoi import Signature

LEURS_TRAITEMENTS = tuple(aide.traitement for aide in AIDES)
INCONNU = "Cette question n'est pas posée à cette étape."
PARTOUT = "demande"
"""Under this name, what is wrong with the whole and with no question of it."""


@contextlib.contextmanager
def _demande(request: Any, droit: str, motif: str) -> Iterator[Aide]:
    """Under the processing of that right; closed when its own online service is, as on the site."""
    aide = PAR_DROIT.get(droit)
    if aide is None:
        raise Refus(problemes.INTROUVABLE)
    if aide not in ouvertes():
        raise Refus(problemes.FERME, autrement=list(AUTREMENT_USAGERS))
    with pour_la_requete(request, aide.traitement, f"{CANAL} : vous {motif} une demande {aide.du}"):
        yield aide


@operation(
    chemin="aides/",
    methode="GET",
    resume="Les aides qui se demandent en ligne",
    traitements=(SUIVI_DEMANDES,),
    motif="vous regardez quelles aides se demandent",
    reponse="Aides",
)
def aides(request: Any) -> dict[str, Any]:
    """Those open to the public today, with the article of each; which ones were begun."""
    offertes, qui = ouvertes(), personne_de(request)
    commencees = set(BrouillonDemande.objects.filter(personne_id=qui).values_list("droit", flat=True))
    return {
        "aides": [
            {"droit": o.aide.droit, "nom": o.libelle, "phrase": o.phrase, "article": o.article,
             "commencee": o.aide.droit in commencees}
            for o in obtentions() if o.aide in offertes
        ]
    }  # fmt: skip


@operation(
    chemin="aides/<str:droit>/",
    methode="GET",
    resume="Où en est ma demande : les questions de l'étape en cours",
    traitements=LEURS_TRAITEMENTS,
    reponse="EtapeDeDemande",
)
def demande_en_cours(request: Any, droit: str) -> dict[str, Any]:
    """The draft where it was left, on any channel; the first step without one."""
    with _demande(request, droit, "préparez") as aide:
        return _etat(aide, personne_de(request) or 0, None)


@operation(
    chemin="aides/<str:droit>/etapes/<int:etape>/",
    methode="GET",
    resume="Revenir à une étape",
    traitements=LEURS_TRAITEMENTS,
    reponse="EtapeDeDemande",
)
def revenir_a_une_etape(request: Any, droit: str, etape: int) -> dict[str, Any]:
    """The step asked, or the first one before it that still lacks an answer."""
    with _demande(request, droit, "préparez") as aide:
        return _etat(aide, personne_de(request) or 0, min(etape, conduite.ETAPES_AU_PLUS))


def _etat(aide: Aide, personne: int, etape: int | None) -> dict[str, Any]:
    dossier = envoi.dossier_ouvert(personne)
    if dossier is None:
        _, su = conduite.demandeur(personne, aide)
        return _etape(aide, conduite.reprendre(aide, personne, su, etape))
    if (rien := deja(dossier, aide)) is not None:
        return _vide(aide, "rien_a_demander", " ".join(x for x in (rien.phrase, rien.suite) if x))
    foyer = conduite.foyer_de(dossier)
    ou = conduite.reprendre_avec_dossier(aide, foyer, etape)
    connu = connu_du_foyer(foyer, [aide]) if ou.etape == RESSOURCES and not ou.fini else []
    return {**_etape(aide, ou), "connu": _lignes(connu)}


def _vide(aide: Aide, etat: str, phrase: str) -> dict[str, Any]:
    """Nothing is asked any more."""
    return {
        "droit": aide.droit, "titre": aide.titre, "etat": etat, "phrase": phrase, "etape": None, "titre_etape": None,
        "connu": [], "sections": [],
    }  # fmt: skip


def _etape(aide: Aide, ou: Parcours | Avancee) -> dict[str, Any]:
    if ou.formulaire is None:
        return _vide(aide, "a_relire", "Toutes les questions ont une réponse : relisez la demande, puis envoyez-la.")
    titre = titre_de(aide, ou.etape) if isinstance(ou, Avancee) else str(getattr(ou.formulaire, "titre", ""))
    return {
        **_vide(aide, "questions", f"{aide.d_abord} {aide.ouvre}".strip()), "etape": ou.etape, "titre_etape": titre,
        "sections": sections_de(ou.formulaire),
    }  # fmt: skip


def _lignes(paires: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"question": question, "reponse": reponse} for question, reponse in paires]


@operation(
    chemin="aides/<str:droit>/reponses/",
    methode="POST",
    resume="Répondre à une étape",
    traitements=LEURS_TRAITEMENTS,
    corps="ReponsesAUneEtape",
    reponse="EtapeDeDemande",
)
def repondre_a_une_etape(request: Any, droit: str, corps: dict[str, Any]) -> dict[str, Any]:
    """Kept in the draft, then the next step. 422 names each question that is wrong, as the site's page does."""
    with _demande(request, droit, "préparez") as aide:
        personne, etape = personne_de(request) or 0, min(corps["etape"], conduite.ETAPES_AU_PLUS)
        dossier, recu = envoi.dossier_ouvert(personne), _recues(corps["reponses"])
        if dossier is not None:
            if deja(dossier, aide) is not None:
                return _etat(aide, personne, None)
            foyer = conduite.foyer_de(dossier)
            _verifier_les_noms(conduite.reprendre_avec_dossier(aide, foyer, etape), recu)
            ou: Parcours | Avancee = conduite.poursuivre_avec_dossier(aide, foyer, recu, etape)
        else:
            _, su = conduite.demandeur(personne, aide)
            montre = conduite.reprendre(aide, personne, su, etape)
            _verifier_les_noms(montre, recu)
            ou = conduite.repondre_sans_dossier(aide, personne, su, montre, recu)
    if ou.formulaire is not None and ou.formulaire.is_bound and ou.formulaire.errors:
        raise Refus(problemes.SAISIE, champs=_fautes(ou.formulaire))  # outside: what was typed is kept
    return _etape(aide, ou)


def _recues(reponses: dict[str, Any]) -> QueryDict:
    """As a form would send them: a box that is not ticked is not sent."""
    recu = QueryDict(mutable=True)
    for nom, valeur in reponses.items():
        if valeur != DECOCHEE:
            recu.setlist(nom, valeur if isinstance(valeur, list) else [valeur])
    return recu


def _verifier_les_noms(montre: Parcours | Avancee, recu: QueryDict) -> None:
    """An answer to what is not asked is refused; what the page sends without asking is added."""
    champs = montre.formulaire.fields if montre.formulaire is not None else {}
    if inconnues := [nom for nom in recu if nom not in champs]:
        raise Refus(problemes.SAISIE, champs=dict.fromkeys(inconnues, INCONNU))
    if "choix" in champs:
        recu["choix"] = "1"


def _fautes(formulaire: Any) -> dict[str, str]:
    return {PARTOUT if nom == "__all__" else nom: " ".join(dites) for nom, dites in formulaire.errors.items()}


def _prete(aide: Aide, personne: int, *, pour_envoyer: bool) -> tuple[conduite.Prete, str]:
    """What is to be read again, and who declares it. Raises Refus while a step lacks an answer."""
    qui, su = conduite.demandeur(personne, aide)
    commence = brouillon.lire(personne, aide.droit, pour_envoyer=pour_envoyer)
    dossier = envoi.dossier_ouvert(personne)
    prete = None
    if commence is not None and dossier is None:
        prete = conduite.prete_sans_dossier(aide, qui, su, commence)
    elif commence is not None and dossier is not None and deja(dossier, aide) is None:
        prete = conduite.prete_avec_dossier(aide, dossier, commence)
    if prete is None:
        raise Refus(problemes.INCOMPLETE)
    return prete, envoi.prenoms_et_nom(qui) if dossier is None else nom_usuel(qui)


@operation(
    chemin="aides/<str:droit>/relecture/",
    methode="GET",
    resume="Relire ma demande avant de l'envoyer",
    traitements=LEURS_TRAITEMENTS,
    reponse="Relecture",
    refus=(problemes.INCOMPLETE,),
)
def relire_la_demande(request: Any, droit: str) -> dict[str, Any]:
    """Every question with its answer in words, the declaration on honour, the boxes to tick: none is beforehand."""
    with _demande(request, droit, "relisez") as aide:
        prete, _ = _prete(aide, personne_de(request) or 0, pour_envoyer=False)
    texte = scellement.texte_en_vigueur(timezone.localdate())
    cases = FormulaireEnvoi(autres=prete.autres).fields
    return {
        "vu": prete.vu, "droits": [a.nom for a in prete.aides], "ouvre": [a.ouvre for a in prete.aides],
        "parties": _parties(prete.recapitulatif), "declaration": articles_de(texte),
        "cases": [{"nom": nom, "libelle": str(case.label)} for nom, case in cases.items()],
    }  # fmt: skip


def _parties(recapitulatif: Recapitulatif) -> list[dict[str, Any]]:
    return [{"titre": titre, "lignes": _lignes(lignes)} for titre, lignes in recapitulatif]


@operation(
    chemin="aides/<str:droit>/envoi/",
    methode="POST",
    resume="Envoyer ma demande",
    traitements=LEURS_TRAITEMENTS,
    corps="EnvoiDeDemande",
    reponse="Demande",
    statut=201,
    refus=(problemes.INCOMPLETE, problemes.A_RELIRE),
)
def envoyer_la_demande(request: Any, droit: str, corps: dict[str, Any]) -> dict[str, Any]:
    """Sealed, and its receipt. 409 if what was read has changed; 422 names each box that isn't ticked."""
    with _demande(request, droit, "envoyez") as aide:
        prete, nom = _prete(aide, personne_de(request) or 0, pour_envoyer=True)
        if corps["vu"] != prete.vu:
            raise Refus(problemes.A_RELIRE)
        cochees = {nom: COCHEE for nom, cochee in corps["cases"].items() if cochee}
        formulaire = FormulaireEnvoi(cochees, autres=prete.autres)
        if not formulaire.is_valid():
            raise Refus(problemes.SAISIE, champs=_fautes(formulaire))
        try:
            faite = prete.envoyer(formulaire.accords(), Signature(nom, f"compte {request.user.pk}", timezone.now()))
        except ErreurSaisie as refus:
            raise Refus(problemes.SAISIE, champs={nom or PARTOUT: dit for nom, dit in refus.champs.items()}) from None
        faite.refresh_from_db()
        return decrire(faite, list(PieceAttendue.objects.filter(demande_id=faite.pk)))


@operation(
    chemin="aides/<str:droit>/abandon/",
    methode="POST",
    resume="Effacer ma demande commencée",
    traitements=LEURS_TRAITEMENTS,
    statut=204,
)
def abandonner_la_demande(request: Any, droit: str) -> None:
    """Nothing was sent, nothing remains."""
    with _demande(request, droit, "effacez") as aide:
        brouillon.effacer(personne_de(request) or 0, aide.droit)
