"""The published algorithms (CRPA L312-1-3): every rule and parameter of each right, taken from the code that runs.

Public, the same for everybody, as pages and as JSON.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from limpide.dossiers.templatetags.affichage import en_euros, valeur_parametre
from limpide.droits.bareme import Parametre, Valeur, ecrire_mois, en_lettres
from limpide.droits.calcul import catalogue_droits
from limpide.droits.cas import Cas, droit_et_quoi
from limpide.droits.empreinte import empreinte_regles
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif
from limpide.droits.publication import CasJoue, DroitInconnu, DroitPublie, RegleUtilisee, publier
from limpide.registre.vues import sans_donnees

REGLES_PUBLIQUES = "Publication des règles de calcul, la même pour tout le monde."


@require_safe
@sans_donnees(REGLES_PUBLIQUES)
def liste(request: HttpRequest) -> HttpResponse:
    """The rights whose rules are published."""
    contexte = {"droits": [publier(d.code) for d in catalogue_droits()], "version": empreinte_regles()}
    return render(request, "usagers/algorithmes/liste.html", contexte)


@require_safe
@sans_donnees(REGLES_PUBLIQUES)
def droit(request: HttpRequest, code: str) -> HttpResponse:
    """One right: rules, parameters, facts it reads, worked cases, and how to ask for the detail of one's own."""
    publie = _publie(code)
    droits = {d.code: d for d in catalogue_droits()}
    ailleurs: dict[str, list[RegleUtilisee]] = {}
    for regle in publie.regles:
        if regle.dossier != code and regle.dossier in droits:
            ailleurs.setdefault(regle.dossier, []).append(regle)
    contexte = {
        "droit": publie.droit,
        "groupes": [
            ("Les règles de ce droit", "propres", [_dite(r, publie) for r in publie.regles if r.dossier == code]),
            (
                "Les règles communes à plusieurs droits",
                "communes",
                [_dite(r, publie) for r in publie.regles if r.dossier not in droits],
            ),
        ],
        "ailleurs": [(droits[autre], regles) for autre, regles in ailleurs.items()],
        "parametres": [_parametre(p) for p in publie.parametres],
        "faits": publie.faits,
        "cas": [(joue, _attendu(joue.cas)) for joue in publie.cas],
        "version": empreinte_regles(),
    }
    return render(request, "usagers/algorithmes/droit.html", contexte)


@require_safe
@sans_donnees(REGLES_PUBLIQUES)
def liste_json(request: HttpRequest) -> JsonResponse:
    """The list, for machines."""
    droits = [
        {
            "code": d.code,
            "libelle": d.libelle,
            "adresse": request.build_absolute_uri(reverse("usagers:algorithme_json", args=[d.code])),
        }
        for d in catalogue_droits()
    ]
    return _json({"version": empreinte_regles(), "droits": droits})


@require_safe
@sans_donnees(REGLES_PUBLIQUES)
def droit_json(request: HttpRequest, code: str) -> JsonResponse:
    """One right, for machines: the same as its page."""
    publie = _publie(code)
    return _json(
        {
            "version": empreinte_regles(),
            "code": publie.droit.code,
            "libelle": publie.droit.libelle,
            "regles": [_regle_json(r) for r in publie.regles],
            "parametres": [_parametre_json(p) for p in publie.parametres],
            "faits": [{"nom": n.nom, "libelle": n.libelle, "sujet": n.sujet} for n in publie.faits],
            "cas": [_cas_json(joue) for joue in publie.cas],
        }
    )


def _publie(code: str) -> DroitPublie:
    try:
        return publier(code)
    except DroitInconnu as inconnu:
        raise Http404 from inconnu


def _json(contenu: Any) -> JsonResponse:
    reponse = JsonResponse(contenu, json_dumps_params={"ensure_ascii": False})
    reponse["Access-Control-Allow-Origin"] = "*"  # public figures: any page may read them
    return reponse


def _dite(regle: RegleUtilisee, publie: DroitPublie) -> dict[str, Any]:
    """A rule as its page shows it."""
    appuis = {r.regle.cle: r for r in publie.regles if r.regle.cle in regle.appuis}
    return {
        "regle": regle,
        "variante": regle.variante,
        "source": regle.source.strip(),
        "adresse": _adresse(regle),
        "appuis": [{"lien": _lien(r, publie), "libelle": r.variante.libelle} for r in appuis.values()],
    }


def _lien(regle: RegleUtilisee, publie: DroitPublie) -> str:
    """Where the pages say this rule: on this one, unless it is another right's."""
    ailleurs = regle.dossier != publie.droit.code and any(d.code == regle.dossier for d in catalogue_droits())
    return f"{reverse('usagers:algorithme', args=[regle.dossier]) if ailleurs else ''}#{regle.ancre}"


def _parametre(parametre: Parametre) -> tuple[Parametre, str, list[tuple[Valeur, str, str]]]:
    """A parameter, until when it was checked, and its values in words, the latest first."""
    valeurs = [(v, _valeur(parametre, v.valeur), en_lettres(v.debut)) for v in reversed(parametre.valeurs)]
    return parametre, en_lettres(parametre.verifie_jusque), valeurs


def _adresse(regle: RegleUtilisee) -> str:
    """Where to read the rule in the published repository; empty if this installation names none."""
    depot = str(settings.DEPOT_PUBLIC).rstrip("/")
    return f"{depot}/{regle.fichier}#L{regle.ligne}" if depot else ""


def _valeur(parametre: Parametre, valeur: Any) -> str:
    return valeur_parametre({"valeur": valeur, "unite": parametre.unite})


PRESENCE = "qui vivait au foyer"
"""What is missing when it is no fact of the catalogue."""


def _attendu(cas: Cas) -> list[str]:
    """What a case expects, in words."""
    libelles = {d.code: d.libelle for d in catalogue_droits()}
    dits = []
    for cle, attendu in cas.attendu.items():
        code, quoi = droit_et_quoi(cle)
        if quoi == "motif":
            dits.append(f"{libelles[code]} : {Motif[attendu].phrase}")
        elif quoi == "manque":
            manque = NATURES[attendu].libelle if attendu else PRESENCE
            dits.append(f"{libelles[code]}, il manque : {manque}")
        else:
            retenue = ", retenue de CRDS" if quoi == "crds" else ""
            dits.append(f"{libelles[code]}{retenue} : {en_euros(round(float(attendu) * 100))}")
    return dits


def _regle_json(regle: RegleUtilisee) -> dict[str, Any]:
    variante = regle.variante
    return {
        "regle": regle.regle.cle,
        "libelle": variante.libelle,
        "articles": list(variante.articles),
        "depuis": variante.depuis.isoformat(),
        "jusque": variante.jusque.isoformat() if variante.jusque else None,
        "fichier": regle.fichier,
        "ligne": regle.ligne,
        "adresse": _adresse(regle) or None,
        "source": regle.source,
        "appuis": list(regle.appuis),
        "exemple": (
            {"cas": regle.exemple.cas, "mois": regle.exemple.mois, "texte": regle.exemple.texte}
            if regle.exemple
            else None
        ),
    }


def _parametre_json(parametre: Parametre) -> dict[str, Any]:
    return {
        "nom": parametre.nom,
        "libelle": parametre.libelle,
        "unite": parametre.unite,
        "article": parametre.article,
        "verifie_jusque": ecrire_mois(parametre.verifie_jusque),
        "valeurs": [
            {"depuis": ecrire_mois(v.debut), "jusque": ecrire_mois(v.fin), "valeur": v.valeur, "reference": v.reference}
            for v in parametre.valeurs
        ],
    }


def _cas_json(joue: CasJoue) -> dict[str, Any]:
    return {
        "nom": joue.cas.nom,
        "mois": joue.cas.situation.mois,
        "attendu": dict(joue.cas.attendu),
        "calcule": {
            code: {"centimes": r.montant_centimes, "motif": r.motif, "crds_centimes": r.crds_centimes}
            for code, r in joue.resultats.items()
        },
        "ecarts": joue.ecarts,
    }
