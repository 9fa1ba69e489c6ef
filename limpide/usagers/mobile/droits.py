"""Rights month by month with their explanation, transfers, decisions: what the pages of Mon Compte show, as data."""

from typing import Any

from limpide.dossiers import explications, lettres, lexique, revues
from limpide.dossiers.explications import LigneVue
from limpide.dossiers.models import Decision, Dossier
from limpide.dossiers.mois import ecrire
from limpide.droits.calcul import liste_droits
from limpide.droits.explication import Phrase
from limpide.paiements.calendrier import date_de_paiement
from limpide.registre.vues import personne_de
from limpide.usagers import dossier as lecture
from limpide.usagers.mobile import problemes
from limpide.usagers.mobile.operations import operation
from limpide.usagers.mobile.problemes import Refus

LU = ("mon_compte",)


def mon_dossier(request: Any) -> Dossier:
    """The holder's own file. Raises Refus when they are no allocataire anywhere."""
    dossier = lecture.mon_dossier(personne_de(request))
    if dossier is None:
        raise Refus(problemes.SANS_DOSSIER)
    return dossier


@operation(
    chemin="mois/",
    methode="GET",
    resume="Mes droits, mois par mois",
    traitements=LU,
    motif="vous consultez vos droits",
    reponse="LesMois",
    refus=(problemes.SANS_DOSSIER,),
)
def les_mois(request: Any) -> dict[str, Any]:
    """The newest first. What is unknown is never counted as zero: the month says whether its total is complete."""
    vigueur = explications.en_vigueur(explications.toutes_les_lignes(mon_dossier(request).pk))
    return {"mois": [_mois(mois, vigueur[mois]) for mois in sorted(vigueur, reverse=True)]}


def _mois(mois: Any, lignes: list[LigneVue]) -> dict[str, Any]:
    return {
        "mois": ecrire(mois),
        "total": sum(ligne.net for ligne in lignes),
        "dont_une_fois": sum(ligne.net for ligne in lignes if ligne.une_fois),
        "complet": not any(ligne.inconnu for ligne in lignes),
        "verse_le": date_de_paiement(mois).isoformat(),
        "droits": [_droit(ligne) for rangees in explications.a_montrer(lignes) for ligne in rangees],
    }


def _droit(ligne: LigneVue) -> dict[str, Any]:
    return {
        "droit": ligne.droit,
        "libelle": ligne.libelle,
        "montant": None if ligne.inconnu else ligne.net,
        "une_fois": ligne.une_fois or None,
        "ouvert": ligne.ouvert,
        "phrase": ligne.mots.allocataire,
        "manque": ligne.manque or None,
        "corrige": ligne.corrige,
    }


@operation(
    chemin="mois/<str:mois>/",
    methode="GET",
    resume="Pourquoi ces montants : le calcul d'un mois, étape par étape",
    traitements=LU,
    motif="vous consultez le calcul de vos droits",
    reponse="ExplicationDuMois",
    refus=(problemes.SANS_DOSSIER,),
)
def pourquoi(request: Any, mois: str) -> dict[str, Any]:
    """Recomputed from the facts as they were known then, with the articles of the law that each step applies."""
    dossier = mon_dossier(request)
    jour, lignes = explications.mois_de(mois), explications.toutes_les_lignes(dossier.pk)
    if jour is None or not any(ligne.mois == jour for ligne in lignes):
        raise Refus(problemes.INTROUVABLE)
    expliques = [
        {
            **_droit(e.ligne),
            "conclusion": e.recit.conclusion,
            "etapes": [_etape(phrase) for phrase in e.recit.phrases],
            "a_verifier": list(e.recit.a_verifier),
            "changerait": e.changerait or None,
        }
        for e in explications.expliquer(dossier.pk, lignes, jour)
    ]
    return {**_mois(jour, explications.en_vigueur(lignes)[jour]), "droits": expliques}


def _etape(phrase: Phrase) -> dict[str, Any]:
    return {
        "texte": phrase.texte,
        "articles": list(phrase.articles),
        "details": [_etape(suivante) for suivante in phrase.details],
    }


@operation(
    chemin="paiements/",
    methode="GET",
    resume="Mes paiements, et ce qui m'a été trop versé",
    traitements=LU,
    motif="vous consultez vos paiements",
    reponse="Paiements",
    refus=(problemes.SANS_DOSSIER,),
)
def paiements(request: Any) -> dict[str, Any]:
    """Transfers to the household, the newest first; overpayments, proposed or confirmed."""
    dossier = mon_dossier(request)
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    return {
        "paiements": [
            {"mois": ecrire(p.echeance), "montant": p.centimes, "le": p.date.isoformat(), "complement": p.complement}
            for p in lecture.paiements(dossier.pk)
        ],
        "indus": [
            {
                "droit": indu.droit, "libelle": libelles.get(indu.droit, indu.droit), "periode": indu.periode,
                "montant": indu.centimes, "phrase": lexique.CREANCES[indu.etat].allocataire,
            }
            for indu in lecture.indus(dossier.pk)
        ],
    }  # fmt: skip


@operation(
    chemin="decisions/",
    methode="GET",
    resume="Mes décisions",
    traitements=LU,
    motif="vous consultez vos décisions",
    reponse="Decisions",
    refus=(problemes.SANS_DOSSIER,),
)
def decisions(request: Any) -> dict[str, Any]:
    """The newest first: what changed, and how far a person took part."""
    dossier = mon_dossier(request)
    faites = revues.revues_de(dossier.pk)
    return {"decisions": [_decision(d, faites) for d in lecture.mes_decisions(dossier.pk)]}


def _decision(decision: Decision, faites: revues.Revues) -> dict[str, Any]:
    return {
        "numero": decision.pk,
        "prise_le": decision.prise_le.isoformat(),
        "cause": decision.cause,
        "comment": revues.mots(decision, faites).allocataire,
        "effets": [_effet(effet) for effet in decision.effets],
    }


def _effet(effet: dict[str, Any]) -> dict[str, Any]:
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    return {
        "mois": effet["mois"],
        "droit": effet["droit"],
        "libelle": libelles.get(effet["droit"], effet["droit"]),
        "avant": effet["avant"],
        "apres": effet["apres"],
        "phrase": lexique.MOTIFS[effet["motif"]].allocataire,
    }


@operation(
    chemin="decisions/<int:numero>/",
    methode="GET",
    resume="Le courrier d'une décision",
    traitements=LU,
    motif="vous lisez le courrier d'une décision",
    reponse="Courrier",
    refus=(problemes.SANS_DOSSIER,),
)
def courrier(request: Any, numero: int) -> dict[str, Any]:
    """All that the letter says: the rules applied, how to ask for their detail, how to contest."""
    dossier = mon_dossier(request)
    relations = ("liquidation", "finalite", "regles", "mention", "recours")
    decision = Decision.objects.select_related(*relations).filter(dossier_id=dossier.pk, pk=numero).first()
    if decision is None:
        raise Refus(problemes.INTROUVABLE)
    faites = revues.revues_de(dossier.pk)
    lettre = lettres.emettre(decision, dossier, revues.mots(decision, faites).allocataire)
    return {
        **_decision(decision, faites),
        "titre": lettre.titre,
        "caisse": lettre.caisse,
        "reference": lettre.reference,
        "finalite": lettre.finalite,
        "regles": lettre.regles,
        "regles_du": lettre.regles_du.isoformat(),
        "mention": lettre.mention,
        "recours": lettre.recours,
    }
