"""The officer's page on retention: clocks, what is due, freezes, reports of purge, what was erased."""

import json
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from limpide.registre.collecte import registre
from limpide.registre.conservation import signature
from limpide.registre.conservation.affichage import ETAPES, nom_de
from limpide.registre.conservation.durees import APRES_LA_RELATION, CONTENTIEUX_POSSIBLE, EN_BASE_ACTIVE, GRACE
from limpide.registre.conservation.gels import gels_en_cours
from limpide.registre.conservation.graphe import modeles, retention
from limpide.registre.conservation.modeles import Effacement, Examen, RapportPurge
from limpide.registre.conservation.propres import PROPRES
from limpide.registre.conservation.regles import SORTS, Precision
from limpide.registre.conservation.relations import GENRES, fichiers
from limpide.registre.graphique import proportions
from limpide.registre.vues import sous_traitement

GELS_MONTRES, RAPPORTS_MONTRES = 50, 12


@require_safe
@sous_traitement("supervision_dpd", motif="Consultation des durées de conservation")
def conservation(request: HttpRequest) -> HttpResponse:
    """One page: the rules, the last examination, what holds, what went."""
    poses = gels_en_cours()
    contexte = {
        "onglet": "conservation",
        "durees": {"fin": APRES_LA_RELATION, "base": EN_BASE_ACTIVE, "jamais": CONTENTIEUX_POSSIBLE, "grace": GRACE},
        **_examen(),
        "gels": list(poses[:GELS_MONTRES]),
        "nombre_gels": poses.count(),
        "rapports": [_rapport(r) for r in RapportPurge.objects.order_by("-pk")[:RAPPORTS_MONTRES]],
        "effaces": _effaces(),
        "traitements": sorted(registre().traitements.values(), key=lambda t: (t.systeme, t.intitule)),
        "tables": _tables(),
        "fichiers": fichiers(),
        "propres": [(registre().systemes[p.systeme].nom, p) for p in PROPRES],
    }
    return render(request, "registre/conservation.html", contexte)


def _examen() -> dict[str, Any]:
    dernier = Examen.objects.order_by("-pk").first()
    if dernier is None:
        return {"examen": None}
    contenu = dernier.contenu
    etapes = [(libelle, int(contenu.get(champ, 0))) for champ, libelle in ETAPES if champ != "ouverts"]
    tenus = [(GENRES[genre], nombre) for genre, nombre in sorted(contenu.get("tenus", {}).items()) if genre in GENRES]
    return {
        "examen": dernier,
        "ouverts": contenu.get("ouverts", 0),
        "jamais_allocataires": contenu.get("jamais_allocataires", 0),
        "etapes": proportions(etapes),
        "tenus": proportions(tenus),
        "courtes": [(nom_de(modele), nombre) for modele, nombre in sorted(contenu.get("courtes", {}).items())],
    }


def _rapport(rapport: RapportPurge) -> dict[str, Any]:
    lignes = json.loads(rapport.contenu)["lignes"] if rapport.contenu else {}
    return {
        "rapport": rapport,
        "lignes": [(nom_de(modele), nombre) for modele, nombre in sorted(lignes.items())],
        "total": sum(lignes.values()),
        "tient": bool(rapport.signature) and signature.tient(rapport.contenu, rapport.signature, rapport.cle_publique),
    }


def _effaces() -> list[tuple[str, int]]:
    """Rows erased so far, per table."""
    comptes = Effacement.objects.order_by("modele").values("modele").annotate(n=Sum("nombre"))
    return [(nom_de(modele), nombre) for modele, nombre in comptes.values_list("modele", "n")]


def _plus_tot(precision: Precision) -> str:
    """Why these rows go earlier, and when they have a duration of their own."""
    duree = precision.duree
    fin = ", ".join(filter(None, ("" if duree.nulle else duree.dite, duree.source)))
    return f"{precision.raison} ({fin})" if fin else precision.raison


def _tables() -> list[dict[str, Any]]:
    """Every table with its rule, the personal ones first."""
    lignes = []
    for modele in modeles():
        regle = retention(modele)
        lignes.append(
            {
                "nom": str(modele._meta.verbose_name_plural),
                "regle": regle.phrase,
                "sort": SORTS[regle.sort],
                "raison": regle.raison,
                "source": regle.source or regle.duree.source,
                "plus_tot": [_plus_tot(precision) for precision in regle.plus_tot],
                "garde": regle.garde,
            }
        )
    return sorted(lignes, key=lambda ligne: (ligne["garde"], ligne["nom"]))
