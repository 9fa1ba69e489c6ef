"""The questions of the claim with their answers in words: what is sealed (`usagers.scellement`)."""

from django.http import QueryDict

from limpide.usagers.demande.aides import choisies
from limpide.usagers.demande.parties import parties_de
from limpide.usagers.scellement import SANS_REPONSE, Recapitulatif
from limpide.usagers.simulateur.formulaires import Partie, Reponses


def recapituler(donnees: QueryDict, connues: Reponses) -> tuple[Recapitulatif, Reponses] | None:
    """Every question with its answer in words, and the answers; None when a part is still to be corrected."""
    reponses: Reponses = dict(connues)
    sections: dict[str, list[tuple[str, str]]] = {}  # a part asked in several steps is read under its one title
    aides = choisies(connues["aide"], donnees.getlist("aussi"))
    for classe in parties_de(aides):
        formulaire = classe(donnees, reponses=reponses)
        if not formulaire.is_valid():
            return None
        reponses |= formulaire.cleaned_data
        for section in formulaire.sections:
            lignes = [(str(formulaire[c].label), _dite(formulaire, c)) for c in section.champs]
            sections.setdefault(section.titre or classe.titre, []).extend(x for x in lignes if x[1] != "")
    return [s for s in sections.items() if s[1]], reponses


def _dite(formulaire: Partie, nom: str) -> str:
    """An answer as people read it; empty for a box that isn't ticked."""
    champ, valeur = formulaire.fields[nom], formulaire.cleaned_data.get(nom)
    if isinstance(valeur, bool):
        return "Oui" if valeur else ""
    if valeur in (None, ""):
        return SANS_REPONSE
    choix = dict(getattr(champ, "choices", ()))
    if isinstance(valeur, list):
        return ", ".join(str(choix[v]) for v in valeur) or "Rien de coché"
    if choix:
        return str(choix[valeur])
    if champ.__class__.__name__ == "ChampEuros":
        return f"{valeur / 100:,.2f} €".replace(",", " ").replace(".", ",")
    return f"{valeur:%d/%m/%Y}" if hasattr(valeur, "strftime") else str(valeur)
