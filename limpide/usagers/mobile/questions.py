"""One step of a claim as data: each question with its words, what was answered before, and the schema of an answer.

From the very fields of the site's page: what it asks is asked, what it refuses is refused, with the same words.
"""

from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate, ChampEuros
from limpide.usagers.mobile.formes_simples import Forme

MONTANT, ENTIER = r"^-?\d+([.,]\d{1,2})?$", r"^\d+$"
COCHEE, DECOCHEE = "true", "false"
TEXTE_AU_PLUS = 2000


def sections_de(formulaire: Any) -> list[dict[str, Any]]:
    """The questions of a step, grouped as the page groups them; what the Caf knows already comes before them."""
    if hasattr(formulaire, "pages"):
        return [_d_un_membre(formulaire, page) for page in formulaire.pages]
    sections = getattr(formulaire, "sections", None)
    groupes = [(s.titre, s.champs) for s in sections] if sections is not None else [("", tuple(formulaire.fields))]
    return [
        {"titre": titre, "connus": [], "questions": [_question(formulaire, n) for n in noms if _posee(formulaire, n)]}
        for titre, noms in groupes
    ]


def _d_un_membre(formulaire: Any, page: dict[str, Any]) -> dict[str, Any]:
    """The resources of one person: figures known, each with who told it, then what corrects or completes them."""
    chiffres = [c for _, rangee in page["lignes"] for c in rangee]
    champs = [*(x for c in chiffres for x in c["champs"]), *(x for a in page["ajouts"] for x in a["champs"])]
    connus = [c["chiffre"] for c in chiffres if c["chiffre"].montant is not None]
    return {
        "titre": page["membre"].nom,
        "connus": [{"libelle": c.libelle, "montant": c.montant, "origine": c.origine} for c in connus],
        "questions": [_question(formulaire, champ.name) for champ in champs],
    }


def _posee(formulaire: Any, nom: str) -> bool:
    return not isinstance(formulaire.fields[nom].widget, forms.HiddenInput)


def _question(formulaire: Any, nom: str) -> dict[str, Any]:
    champ = formulaire.fields[nom]
    choix = [c for c in getattr(champ, "choices", ()) if c[0] != ""]
    return {
        "nom": nom,
        "libelle": str(champ.label),
        "aide": str(champ.help_text) or None,
        "exigee": champ.required,
        "valeur": _tapee(formulaire[nom].value(), champ),
        "choix": [{"valeur": str(valeur), "libelle": str(libelle)} for valeur, libelle in choix],
        "schema": schema_de(champ),
    }


def _tapee(valeur: Any, champ: forms.Field) -> Any:
    """What was answered, as it was sent; None when nothing was."""
    if isinstance(champ, forms.BooleanField):
        return COCHEE if valeur in (True, COCHEE, "on", "1") else None
    if valeur in (None, "", []):
        return None
    return [str(v) for v in valeur] if isinstance(valeur, list | tuple) else str(champ.prepare_value(valeur))


def schema_de(champ: forms.Field) -> Forme:
    """The JSON Schema of an answer to this field."""
    if isinstance(champ, forms.BooleanField):
        return {"type": "string", "enum": [COCHEE, DECOCHEE]}
    if isinstance(champ, forms.MultipleChoiceField):
        permis = [str(valeur) for valeur, _ in champ.choices]
        return {"type": "array", "items": {"type": "string", "enum": permis}, "uniqueItems": True}
    if isinstance(champ, forms.ChoiceField):
        return {"type": "string", "enum": [str(valeur) for valeur, _ in champ.choices]}
    if isinstance(champ, ChampDate):
        return {"type": "string", "format": "date"}
    if isinstance(champ, ChampEuros | forms.IntegerField):
        a_virgule = isinstance(champ, ChampEuros | forms.DecimalField)
        return {"type": "string", "pattern": MONTANT if a_virgule else ENTIER}
    return {"type": "string", "maxLength": getattr(champ, "max_length", None) or TEXTE_AU_PLUS}
