"""Why this debt, and what changed since the decision before: read again from the facts, the lines and the books."""

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from limpide.dossiers import explications
from limpide.dossiers.appris import Appris, Intervalle, appris
from limpide.dossiers.models import Decision, Dossier
from limpide.dossiers.mois import decaler, premier_jour
from limpide.droits.calcul import liste_droits
from limpide.droits.comparaison import Mouvement, comparer
from limpide.paiements.dettes import dettes
from limpide.usagers.retenue import plan_de
from limpide.usagers.views.compte import page_du_compte
from limpide.usagers.views.decisions import effets_lisibles
from limpide.usagers.views.recours import mes_recours


@page_du_compte("Vous consultez ce qui vous a été versé en trop")
def mes_indus(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Each debt: months, what changed and who said it, paid, due, difference, remedies and what one can do."""
    lignes = explications.toutes_les_lignes(dossier.pk)
    trouvees = dettes(dossier.pk, lignes)
    plan = plan_de(dossier.pk, lignes, trouvees) if trouvees else None
    fins = {} if plan is None else plan.dernier_mois
    recours = {r["recours"].droit: r for r in reversed(mes_recours(dossier.pk))}
    contexte = {
        "dettes": [(dette, recours.get(dette.droit), fins.get(dette.numero)) for dette in trouvees],
        "plan": plan,
        "estimee": plan is not None
        and plan.retenue.bareme is not None
        and plan.retenue.bareme.annee != timezone.localdate().year,
        "total": sum(dette.total for dette in trouvees),
    }
    return render(request, "usagers/compte/indus.html", contexte)


@dataclass(frozen=True)
class DroitChange:
    """One right of one month that a decision changed: amounts before and after, and what moved the calculation."""

    mois: dt.date
    libelle: str
    avant: int | None
    apres: int
    mouvements: list[Mouvement]
    reference: str


@page_du_compte("Vous consultez ce qui a changé depuis la décision précédente")
def depuis_la_precedente(request: HttpRequest, dossier: Dossier, numero: int) -> HttpResponse:
    """What was learnt between the two decisions, and what it moved; the amounts before and after."""
    decisions = Decision.objects.select_related("liquidation").filter(dossier_id=dossier.pk)
    decision = decisions.filter(pk=numero).first()
    if decision is None:
        raise Http404("Cette décision n'est pas de votre dossier.")
    precedente = decisions.filter(prise_le__lt=decision.prise_le).order_by("-prise_le", "-pk").first()
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    contexte = {
        "decision": decision,
        "precedente": precedente,
        "effets": effets_lisibles(decision, libelles),
        "appris": _appris(decision, precedente) if precedente else [],
        "changes": _changes(decision, explications.toutes_les_lignes(dossier.pk)),
    }
    return render(request, "usagers/compte/depuis_la_precedente.html", contexte)


def _appris(decision: Decision, precedente: Decision) -> list[Appris]:
    """What the calculation of this decision knew and the one before did not."""
    mois = sorted(premier_jour(effet["mois"]) for effet in decision.effets)
    droits = {effet["droit"] for effet in decision.effets}
    entre = Intervalle(precedente.liquidation.connu_au, decision.liquidation.connu_au)
    return appris(decision.dossier_id, entre, droits, (mois[0], mois[-1]))


def _changes(decision: Decision, lignes: list[explications.LigneVue]) -> list[DroitChange]:
    """Each effect against what it replaced: the former calculation of the month, else the month before."""
    calculs = explications.Calculs(decision.dossier_id)
    siennes = {(x.mois, x.droit): x for x in lignes if x.liquidation == decision.liquidation_id}
    changes = []
    for effet in decision.effets:
        ligne = siennes[premier_jour(effet["mois"]), effet["droit"]]
        avant, reference = _remplacee(ligne, lignes)
        mouvements = comparer(calculs.de(avant), calculs.de(ligne)) if avant else []
        changes.append(
            DroitChange(ligne.mois, ligne.libelle, effet["avant"], effet["apres"], mouvements, reference)
        )  # fmt: skip
    return changes


def _remplacee(
    ligne: explications.LigneVue, lignes: list[explications.LigneVue]
) -> tuple[explications.LigneVue | None, str]:
    """The line that this one is compared with, and how that is said."""
    du_droit = [x for x in lignes if x.droit == ligne.droit]
    meme_mois = [x for x in du_droit if x.mois == ligne.mois and x.rang == ligne.rang - 1]
    if meme_mois:
        return meme_mois[0], "le calcul précédent de ce mois"
    avant = [x for x in du_droit if x.mois == decaler(ligne.mois, -1) and x.connu_au <= ligne.connu_au]
    return (max(avant, key=lambda x: x.rang), "le mois précédent") if avant else (None, "")
