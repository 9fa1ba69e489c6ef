"""What agents see of the identities of a file, and those of the Caf that wait for somebody. Nothing is written here."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from limpide.dossiers import lexique
from limpide.dossiers.models import Rattachement
from limpide.dossiers.recherche import nom_complet
from limpide.identite import certification, delais
from limpide.identite.models import (
    Certification,
    EtapeNia,
    EtatIdentite,
    Immatriculation,
    Personne,
    Resultat,
    StatutIdentite,
    Suite,
)


@dataclass(frozen=True)
class ATraiter:
    """One identity that waits for an agent: in which file, what is to be done, since when."""

    dossier: int
    numero: str
    personne: int
    a_faire: str
    depuis: dt.date


def a_traiter(jour: dt.date) -> list[ATraiter]:
    """Clocks that ran out, disputes, near matches: what this Caf's agents have to settle, the oldest first."""
    attendent = [(d.personne, d.a_faire, d.etape.echeance or d.etape.le) for d in delais.a_echeance(jour)]
    litiges = EtatIdentite.objects.filter(etat=StatutIdentite.LITIGE, personne__statut_identite=StatutIdentite.LITIGE)
    derniers = {e.personne_id: e.depuis for e in litiges.order_by("pk")}
    attendent += [(personne, "Régler le litige", depuis) for personne, depuis in derniers.items()]
    proches = Certification.objects.filter(suite=Suite.A_COMPARER, immatriculation__clos_le=None)
    attendent += [
        (c.personne_id, A_FAIRE[Resultat(c.resultat)], timezone.localdate(c.repondue_le))
        for c in proches.filter(personne__statut_identite__in=certification.CERTIFIABLES)
        if c.repondue_le is not None and c.resultat in A_FAIRE
    ]
    dossiers = _dossiers_de({personne for personne, _, _ in attendent})
    lignes = [ATraiter(*dossiers[p], p, quoi, depuis) for p, quoi, depuis in attendent if p in dossiers]
    return sorted(lignes, key=lambda ligne: (ligne.depuis, ligne.dossier, ligne.personne))


CHAMPS = {
    "nom": "le nom de naissance",
    "prenoms": "les prénoms",
    "date_naissance": "la date de naissance",
    "lieu_naissance": "le lieu de naissance",
    "pays_naissance": "le pays de naissance",
    "numero": "le numéro",
}
A_FAIRE = {
    Resultat.PROCHE: "Comparer avec la réponse du SNGI",
    Resultat.INCONNU: "Vérifier le numéro : le SNGI ne le connaît pas",
    Resultat.PLUSIEURS: "Préciser l'état civil : le SNGI trouve plusieurs personnes",
}


def _dossiers_de(personnes: set[int]) -> dict[int, tuple[int, str]]:
    """Person → (internal number, number) of their file in this Caf, the latest one."""
    sejours = Rattachement.objects.filter(personne_id__in=personnes, connu__endswith=None).select_related("dossier")
    return {r.personne_id: (r.dossier_id, r.dossier.numero) for r in sejours.order_by("dossier__ouvert_le", "pk")}


@dataclass(frozen=True)
class Identite:
    """One person of the file, as the list shows them."""

    personne: int
    nom: str
    mots: lexique.Mots
    numero: str
    depuis: dt.date | None
    echeance: dt.date | None


def du_dossier(dossier: int) -> list[Identite]:
    """Persons ever known in this file, with where their identity stands."""
    personnes = {r.personne_id: r.personne for r in _sejours(dossier)}
    numeros = {n.personne_id: n for n in Immatriculation.objects.filter(personne_id__in=list(personnes), clos_le=None)}
    depuis = {
        e.personne_id: e.depuis for e in EtatIdentite.objects.filter(personne_id__in=list(personnes)).order_by("pk")
    }
    return [
        Identite(
            personne=cle, nom=nom_complet(qui), mots=lexique.IDENTITES[qui.statut_identite],
            numero=str(numeros[cle].numero) if cle in numeros else "", depuis=depuis.get(cle),
            echeance=_echeance(numeros.get(cle)),
        )
        for cle, qui in personnes.items()
    ]  # fmt: skip


def _sejours(dossier: int) -> Any:
    return Rattachement.objects.filter(dossier_id=dossier).select_related("personne").order_by("pk")


def _echeance(numero: Immatriculation | None) -> dt.date | None:
    if numero is None or numero.genre != "nia":
        return None
    derniere = delais.derniere_etape(numero)
    return derniere.echeance if derniere else None


def personne_du_dossier(dossier: int, personne: int) -> Personne | None:
    """The person, if this file ever knew them."""
    sejour = _sejours(dossier).filter(personne_id=personne).first()
    return sejour.personne if sejour else None


@dataclass(frozen=True)
class Fiche:
    """Everything about one identity: state, history, numbers, clock, questions to the SNGI."""

    personne: Personne
    nom: str
    mots: lexique.Mots
    histoire: list[EtatIdentite]
    numeros: list[Immatriculation]
    etapes: list[EtapeNia]
    questions: list[Certification]
    nia: Immatriculation | None
    a_comparer: Certification | None
    certifiable: bool

    @property
    def ecarts(self) -> list[str]:
        """What the SNGI says differs, in words."""
        return [CHAMPS[e] for e in self.a_comparer.ecarts] if self.a_comparer else []

    @property
    def suites(self) -> tuple[Any, ...]:
        """Steps that may follow the last one of the clock."""
        dernier = self.etapes[-1].genre if self.etapes else ""
        return delais.SUITES[dernier] if self.nia else ()


def fiche(qui: Personne) -> Fiche:
    """Read one identity whole."""
    numeros = list(Immatriculation.objects.filter(personne_id=qui.pk).order_by("recu_le", "pk"))
    vivant = next((n for n in numeros if n.clos_le is None), None)
    nia = vivant if vivant is not None and vivant.genre == "nia" else None
    questions = list(Certification.objects.filter(personne_id=qui.pk).order_by("-demandee_le"))
    certifiable = qui.statut_identite in certification.CERTIFIABLES and vivant is not None
    comparables = [
        q
        for q in questions
        if certifiable and q.suite == Suite.A_COMPARER and q.resultat == Resultat.PROCHE
        if vivant is not None and q.immatriculation_id == vivant.pk and vivant.genre == "nir"
    ]
    return Fiche(
        personne=qui, nom=nom_complet(qui), mots=lexique.IDENTITES[qui.statut_identite],
        histoire=list(EtatIdentite.objects.filter(personne_id=qui.pk).order_by("-pk")), numeros=numeros,
        etapes=list(EtapeNia.objects.filter(immatriculation_id=nia.pk).order_by("pk")) if nia else [],
        questions=questions, nia=nia, a_comparer=comparables[0] if comparables else None,
        certifiable=certifiable and all(q.repondue_le for q in questions),
    )  # fmt: skip
