"""Claims: where each stands, in one sentence, and who acts next."""

from typing import Any

from limpide.dossiers.models import Demande, PieceAttendue
from limpide.droits.calcul import liste_droits
from limpide.usagers.declarations_demande import DEMANDE_RSA
from limpide.usagers.demande.suite import suite_de
from limpide.usagers.mobile.operations import operation


@operation(
    chemin="demandes/",
    methode="GET",
    resume="Mes demandes",
    traitements=(DEMANDE_RSA,),
    motif="vous suivez vos demandes",
    reponse="Demandes",
)
def demandes(request: Any) -> dict[str, Any]:
    """The newest first. Empty for who never claimed anything."""
    pieces = list(PieceAttendue.objects.order_by("attendue_pour", "pk"))
    siennes = Demande.objects.order_by("-creee_le", "-pk")
    return {"demandes": [decrire(d, [p for p in pieces if p.demande_id == d.pk]) for d in siennes]}


def decrire(demande: Demande, pieces: list[PieceAttendue]) -> dict[str, Any]:
    """One claim; `pieces`: those of this claim."""
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    suite = suite_de(demande, pieces)
    return {
        "recepisse": demande.numero,
        "droits": [libelles.get(droit, droit) for droit in demande.droits],
        "deposee_le": None if demande.deposee_le is None else demande.deposee_le.isoformat(),
        "phrase": suite.phrase,
        "qui": suite.qui or None,
        "avant_le": None if suite.avant_le is None else suite.avant_le.isoformat(),
    }
