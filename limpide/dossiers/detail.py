"""The detail of one's own case: what a calculated decision rests on, replayed from its receipt (CRPA R311-3-1-2).

Degree and mode of contribution, data and their sources, parameters as applied, operations. It is given at once when
the replay finds the very results of the decision; otherwise a person answers, within the month.
"""

import calendar
import contextlib
import datetime as dt
from typing import Any

from django.utils import timezone

from limpide.droits.bareme import ecrire_mois
from limpide.droits.calcul import Resultat, liste_droits
from limpide.droits.detail import FOYER, DonneeLue, donnees_lues, parametres_lus
from limpide.droits.ensemble import liquider_foyer
from limpide.droits.explication import Phrase, raconter
from limpide.droits.recu import emettre
from limpide.droits.situation import Situation
from limpide.identite.models import Personne

from . import demi_journees, lexique, montants_recus
from .models import Decision, DemandeDetail, Fait
from .mois import premier_jour
from .situations import charger_dossier, construire
from .templatetags.affichage import jour_fr, valeur_parametre

VERSION = 1
DELAI_MOIS, DELAI_CADA_MOIS = 1, 2
"""One month to answer (CRPA R*311-12, R311-13), two to go to the Cada after an implicit refusal (R343-1)."""

DEGRES = {
    "exclusive": "Le calcul a décidé seul. Les règles de la loi, écrites par des personnes, ont été appliquées à vos "
    "informations ; personne n'a modifié le résultat. Les règles ne changent jamais d'elles-mêmes.",
    "assistee": "Le calcul a donné le montant. Comme il lit une donnée de santé, ou parce qu'un agent a corrigé votre "
    "dossier, une personne le vérifie : elle le confirme, ou demande de le refaire. Les règles ne changent jamais "
    "d'elles-mêmes.",
}


class RejeuDifferent(RuntimeError):
    """The replay no longer gives what the decision says: a person must answer."""


def plus_mois(jour: dt.date, nombre: int) -> dt.date:
    """The same day that many months later, or the last day of that month."""
    rang = jour.year * 12 + jour.month - 1 + nombre
    annee, mois = rang // 12, rang % 12 + 1
    return dt.date(annee, mois, min(jour.day, calendar.monthrange(annee, mois)[1]))


def echeance(deposee: dt.date) -> dt.date:
    """The last day to answer; silence after it is a refusal."""
    return plus_mois(deposee, DELAI_MOIS)


def refus_implicite(demande: DemandeDetail, jour: dt.date) -> bool:
    """Whether the month has passed without an answer."""
    return demande.repondue_le is None and jour > demande.echeance


def cada_jusqu_au(demande: DemandeDetail) -> dt.date:
    """Last day to go to the Cada after an implicit refusal."""
    return plus_mois(demande.echeance, DELAI_CADA_MOIS)


def demander(decision: Decision) -> DemandeDetail:
    """Record the request, once, answered at once if the replay holds. Inside a processing that creates it."""
    deja = DemandeDetail.objects.filter(decision_id=decision.pk).first()
    if deja is not None:
        return deja
    valeurs: dict[str, Any] = {}
    with contextlib.suppress(RejeuDifferent):  # recorded without an answer: the clock runs, the Caf's list shows it
        valeurs = {"reponse": detailler(decision), "repondue_le": timezone.now()}
    faite: DemandeDetail = DemandeDetail.objects.create(
        decision_id=decision.pk, dossier_id=decision.dossier_id, organisme_id=decision.organisme_id,
        echeance=echeance(timezone.localdate()), **valeurs,
    )  # fmt: skip
    return faite


def detailler(decision: Decision) -> dict[str, Any]:
    """The whole answer, as plain values to keep. `RejeuDifferent` if the replay doesn't find the decision again."""
    connus = charger_dossier(decision.dossier_id, decision.liquidation.connu_au)
    sources = _Sources(decision.dossier_id, decision.liquidation.connu_au)
    par_mois: list[dict[str, Any]] = []
    for mois in sorted({effet["mois"] for effet in decision.effets}):
        _, foyers, personnes, numeros = construire(connus, mois)
        situation = Situation(mois, foyers, personnes)
        resultats = liquider_foyer(situation)
        siens = [e for e in decision.effets if e["mois"] == mois]
        for effet in siens:
            _verifier(effet, resultats[effet["droit"]])
        membres = [int(n) for n in numeros]
        par_mois.append(
            {
                "mois": mois,
                "droits": [_droit(e, resultats[e["droit"]], membres, sources) for e in siens],
                "recu": emettre(situation, resultats, decision.liquidation.connu_au),
            }
        )
    return {
        "version": VERSION,
        "degre": DEGRES[decision.automatisation],
        "regles": decision.regles_id,
        "regles_du": jour_fr(timezone.localdate(decision.regles.en_service_le)),
        "connu_au": decision.liquidation.connu_au.isoformat(),
        "mois": par_mois,
    }


def _verifier(effet: dict[str, Any], resultat: Resultat) -> None:
    if (resultat.montant_centimes - resultat.crds_centimes, resultat.motif) != (effet["apres"], effet["motif"]):
        raise RejeuDifferent("Le rejeu ne redonne pas le montant de la décision : les règles ont changé depuis.")


def _droit(effet: dict[str, Any], resultat: Resultat, membres: list[int], sources: "_Sources") -> dict[str, Any]:
    recit = raconter(resultat)
    lues = [sources.dire(donnee, membres) for donnee in donnees_lues(resultat)]
    return {
        "droit": effet["droit"],
        "libelle": next(d.libelle for d in liste_droits() if d.code == effet["droit"]),
        "conclusion": recit.conclusion,
        "donnees": [ligne for ligne in lues if ligne["source"]],
        "suppositions": _suppositions(ligne for ligne in lues if not ligne["source"]),
        "parametres": [
            {
                "libelle": lu.parametre.libelle,
                "valeur": valeur_parametre({"valeur": lu.valeur.valeur, "unite": lu.parametre.unite}),
                "article": lu.parametre.article,
                "reference": lu.valeur.reference,
                "depuis": ecrire_mois(lu.valeur.debut) if lu.valeur.debut else "",
            }
            for lu in parametres_lus(resultat)
        ],
        "operations": [_operation(phrase) for phrase in recit.phrases],
    }


def _suppositions(lignes: Any) -> list[dict[str, Any]]:
    """What nobody stated, by the reason that lets the law go on: each kind of fact once."""
    par_raison: dict[str, dict[str, None]] = {}
    for ligne in lignes:
        par_raison.setdefault(ligne["raison"], {})[ligne["quoi"]] = None
    return [{"raison": raison, "quoi": list(quoi)} for raison, quoi in par_raison.items()]


def _operation(phrase: Phrase) -> dict[str, Any]:
    return {
        "texte": phrase.texte, "articles": list(phrase.articles), "details": [_operation(p) for p in phrase.details],
    }  # fmt: skip


class _Sources:
    """Where each datum of a file came from, as known at an instant; read once."""

    def __init__(self, dossier: int, connu_au: dt.datetime) -> None:
        self.faits: dict[tuple[int | None, int], list[Fait]] = {}
        for fait in Fait.objects.filter(dossier_id=dossier, connu__contains=connu_au).order_by("pk"):
            self.faits.setdefault((fait.personne_id, fait.nature), []).append(fait)
        self.noms: dict[int, str] = {}

    def dire(self, donnee: DonneeLue, membres: list[int]) -> dict[str, Any]:
        """One datum in words; without a source, `raison` says why the law goes on."""
        personne = None if donnee.rang == FOYER else membres[donnee.rang]
        nature = donnee.nature
        ligne = {"qui": self._nom(personne), "quoi": nature.libelle, "valeur": donnee.valeur, "quand": donnee.quand}
        fait = self._fait(personne, donnee)
        if fait is not None:
            source = lexique.SOURCES[fait.source].allocataire
            connu = jour_fr(timezone.localtime(fait.connu.lower).date())
            return ligne | {"source": f"{source}, connu le {connu}"}
        if nature.nom in ("date_naissance", "garde_alternee"):
            return ligne | {"source": "Composition de votre foyer"}
        if nature.nom == "rang_trimestre":
            return ligne | {"source": "Date de votre demande"}
        suivies = {code for _, _, code in montants_recus.suivis()}
        if nature.code in suivies or nature in demi_journees.COMPTEURS:
            return ligne | {"source": "Vos mois déjà calculés par votre Caf"}
        raison = (
            nature.defaut_si_absent.raison if nature.defaut_si_absent else "Rien n'est connu : ce n'est pas un zéro."
        )
        return ligne | {"source": "", "raison": raison}

    def _fait(self, personne: int | None, donnee: DonneeLue) -> Fait | None:
        """The fact behind a value: same subject, kind and value; the one that holds in the month if there is one."""
        stocke = round(donnee.brut * 100) if donnee.nature.type == "euros" else donnee.brut
        candidats = [f for f in self.faits.get((personne, donnee.nature.code), []) if f.valeur == stocke]
        debut = premier_jour(ecrire_mois(donnee.mois[0]))
        du_mois = [f for f in candidats if debut in f.valide]
        return (du_mois or candidats or [None])[-1]

    def _nom(self, personne: int | None) -> str:
        if personne is None:
            return "Le foyer"
        if personne not in self.noms:
            qui = Personne.objects.only("prenoms", "nom_usage", "nom_naissance").get(pk=personne)
            self.noms[personne] = f"{qui.prenoms.split()[0]} {qui.nom_usage or qui.nom_naissance}"
        return self.noms[personne]
