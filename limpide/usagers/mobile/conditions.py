"""The terms in the application: the same text, the same tick at its end, the same refusal, for the whole account."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from limpide.usagers import conditions as textes
from limpide.usagers.mobile import problemes
from limpide.usagers.mobile.operations import LIBRE, PORTE, operation
from limpide.usagers.mobile.problemes import Refus
from limpide.usagers.mobile.publication import publier
from limpide.usagers.models import ReponseConditions

SANS_COCHE = "Cochez la case pour accepter, ou choisissez de refuser."
MOTIF = "vous répondez aux conditions d'utilisation"


@operation(
    chemin="conditions/",
    methode="GET",
    resume="Lire les conditions d'utilisation en vigueur",
    acces=LIBRE,
    sans_donnees="Un texte publié, le même pour tous",
    reponse="Conditions",
)
def lire_les_conditions(request: HttpRequest) -> HttpResponse:
    """Published: no token, and a fingerprint (ETag) that says whether it changed."""
    conditions = textes.en_vigueur()
    contenu = {
        "version": conditions.version, "en_vigueur_le": conditions.en_vigueur_le.isoformat(),
        "empreinte": conditions.empreinte, "articles": articles_de(conditions),
    }  # fmt: skip
    return publier(request, contenu)


def articles_de(texte: textes.Conditions) -> list[dict[str, Any]]:
    """The articles of a published text."""
    return [{"titre": titre, "paragraphes": list(lignes)} for titre, lignes in texte.articles]


@operation(
    chemin="conditions/accepter/",
    methode="POST",
    resume="Accepter les conditions",
    acces=PORTE,
    traitements=(textes.CLE,),
    motif=MOTIF,
    corps="Acceptation",
    reponse="EtatDesConditions",
    statut=201,
    refus=(problemes.TEXTE_CHANGE,),
)
def accepter(request: Any, corps: dict[str, Any]) -> dict[str, Any]:
    """409 if the text is not the one that was shown; 422 without the tick."""
    if corps["empreinte"] != textes.en_vigueur().empreinte:
        raise Refus(problemes.TEXTE_CHANGE)
    if corps["accepte"] is not True:
        raise Refus(problemes.SAISIE, champs={"accepte": SANS_COCHE})
    return _repondre(request, ReponseConditions.Reponse.ACCEPTEES)


@operation(
    chemin="conditions/refuser/",
    methode="POST",
    resume="Refuser les conditions",
    acces=PORTE,
    traitements=(textes.CLE,),
    motif=MOTIF,
    reponse="EtatDesConditions",
    statut=201,
)
def refuser(request: Any) -> dict[str, Any]:
    """Mon Compte closes, here and everywhere else. Neither rights nor payments change."""
    return _repondre(request, ReponseConditions.Reponse.REFUSEES)


def _repondre(request: Any, reponse: str) -> dict[str, Any]:
    textes.repondre(request.user.pk, request.user.personne_id, reponse, ReponseConditions.Canal.MOBILE)
    return {"etat": str(reponse), "version": textes.en_vigueur().version}
