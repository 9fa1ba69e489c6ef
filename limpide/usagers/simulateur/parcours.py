"""From part to part without storing anything: earlier answers travel in the form, and are checked again each time."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from limpide.usagers.simulateur.enfance import FoyerSimule, PersonnesSimulees, PrecisionsSimulees
from limpide.usagers.simulateur.formulaires import ENFANTS_MAX, Partie
from limpide.usagers.simulateur.logement import MontantsSimules
from limpide.usagers.simulateur.periodes import mois_courant
from limpide.usagers.simulateur.ressources import PartieRessources

PARTIES: tuple[type[Partie], ...] = (
    FoyerSimule,
    PersonnesSimulees,
    PrecisionsSimulees,
    PartieRessources,
    MontantsSimules,
)

CHAMPS_DE_CONDUITE = {"etape", "aller", "ajouter", "retirer", "suivant", "calculer", "mois_autre"}


@dataclass
class Parcours:
    """Where the visitor stands: the part to show (or none: ready to compute) and what was answered so far."""

    etape: int
    formulaire: Partie | None
    reponses: dict[str, Any] = field(default_factory=dict)
    portes: list[tuple[str, str]] = field(default_factory=list)
    """Answers of the other parts, carried as hidden fields."""
    donnees: QueryDict = field(default_factory=QueryDict)
    """Everything as it was typed, this part included."""
    vues: list[int] = field(default_factory=list)
    """The parts before this one that asked something."""

    @property
    def fini(self) -> bool:
        return self.formulaire is None


def commencer() -> Parcours:
    formulaire = PARTIES[0](initial={"mois": mois_courant(), "residence": "metropole"}, reponses={})
    return Parcours(0, formulaire)


def poursuivre(
    recu: QueryDict, parties: tuple[type[Partie], ...] = PARTIES, connues: dict[str, Any] | None = None
) -> Parcours:
    """Read a POST: which part was answered, where the visitor wants to go; stop at the first part to correct.

    `parties`: the questions, in order. `connues`: what need not be asked, as answers.
    """
    donnees = _retirer_enfant(recu.copy())
    if "mois_autre" in donnees:
        donnees["mois"] = donnees["mois_autre"]
    courante = _entier(donnees.get("etape"), len(parties))
    aller = donnees.get("aller")
    agit_sur_la_liste = "ajouter" in donnees or "retirer" in donnees
    visee = courante if agit_sur_la_liste else _entier(aller, len(parties)) if aller is not None else courante + 1
    reponses: dict[str, Any] = dict(connues or {})
    vues: list[int] = []
    for rang, classe in enumerate(parties):
        vide = classe.facultative and not classe(reponses=reponses).fields
        visee += vide and rang == visee
        if rang == visee:
            deja_vue = any(nom in donnees for nom in classe(reponses=reponses).fields)
            montre = (
                classe(initial=_initiales(classe, donnees, reponses), reponses=reponses)
                if deja_vue
                else classe(reponses=reponses)
            )
            return Parcours(rang, montre, reponses, _portes(donnees, montre), donnees, vues)
        formulaire = classe(donnees, reponses=reponses)
        if not formulaire.is_valid():
            jamais_vue = rang > courante and not any(nom in donnees for nom in formulaire.fields)
            if jamais_vue:
                formulaire = classe(reponses=reponses)
            return Parcours(rang, formulaire, reponses, _portes(donnees, formulaire), donnees, vues)
        reponses |= formulaire.cleaned_data
        vues += [] if vide else [rang]
    return Parcours(len(parties), None, reponses, _portes(donnees, None), donnees, vues)


def _initiales(classe: type[Partie], donnees: QueryDict, reponses: dict[str, Any]) -> dict[str, Any]:
    """What was typed, as it was typed, shown again without judging it yet."""
    formulaire = classe(donnees, reponses=reponses)
    return {nom: champ.widget.value_from_datadict(donnees, {}, nom) for nom, champ in formulaire.fields.items()}


def _retirer_enfant(donnees: QueryDict) -> QueryDict:
    """« Ajouter un enfant » and « Retirer »: the list changes, the other rows keep their answers."""
    if "nombre_enfants" not in donnees:
        return donnees
    nombre = _entier(donnees["nombre_enfants"], ENFANTS_MAX)
    if "ajouter" in donnees:
        donnees["nombre_enfants"] = str(min(nombre + 1, ENFANTS_MAX))
    elif "retirer" in donnees:
        rang = _entier(donnees["retirer"], ENFANTS_MAX)
        for nom in [n for n in donnees if n.startswith(f"e{rang}_")]:
            del donnees[nom]
        for suivant in range(rang + 1, nombre):
            for nom in [n for n in donnees if n.startswith(f"e{suivant}_")]:
                donnees.setlist(f"e{suivant - 1}_{nom.partition('_')[2]}", donnees.pop(nom))
        donnees["nombre_enfants"] = str(max(nombre - 1, 0))
    return donnees


def _portes(donnees: QueryDict, formulaire: Partie | None) -> list[tuple[str, str]]:
    montres = set(formulaire.fields) if formulaire else set()
    return [
        (nom, valeur)
        for nom, valeurs in donnees.lists()
        if nom not in montres and nom not in CHAMPS_DE_CONDUITE and nom != "csrfmiddlewaretoken"
        for valeur in valeurs
    ]


def _entier(texte: str | None, maximum: int) -> int:
    return min(int(texte), maximum) if texte and texte.isdigit() else 0
