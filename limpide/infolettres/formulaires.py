"""Form of a letter: where it goes, what it is about, its subject, its text."""

from typing import Any

from django import forms

from limpide.courriers.expedition import CATEGORIES, MISSION
from limpide.dossiers.formulaires import FormulaireDSFR
from limpide.infolettres import contenu
from limpide.infolettres.models import DESABONNEMENT, Portee
from limpide.infolettres.redaction import HORS_CATEGORIE

PORTEES = {
    Portee.NATIONALE: "Nationale : à tous les abonnés",
    Portee.LOCALE: "De ma Caf : à ses allocataires abonnés",
}


class FormulaireTexte(FormulaireDSFR):
    """The words of a letter; `correction`: it was sent, what is corrected must be said."""

    sujet = forms.CharField(
        label="Sujet",
        help_text="100 caractères au plus. Ni nom, ni montant, ni numéro.",
        max_length=100,
        error_messages={
            "required": "Donnez un sujet : c'est la première chose qui se lit.",
            "max_length": "Un sujet a 100 caractères au plus.",
        },
    )
    contenu = forms.CharField(
        label="Texte",
        help_text="Une ligne vide entre deux paragraphes. « ## » commence un titre, « - » une liste, **gras**, "
        f"[ce que le lien ouvre](https://…). Laissez {DESABONNEMENT} : le lien de chacun s'y mettra. Ne nommez "
        "personne.",
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "class": "fr-input", "spellcheck": "true"}),
        error_messages={"required": "Écrivez le texte de la lettre.", "max_length": "20 000 caractères au plus."},
    )
    raison = forms.CharField(
        label="Ce que vous corrigez",
        help_text="Publié avec la lettre ; la version d'avant reste lisible.",
        max_length=200,
        error_messages={"required": "Dites ce que vous corrigez.", "max_length": "200 caractères au plus."},
    )

    def __init__(self, *args: Any, correction: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not correction:
            del self.fields["raison"]

    def clean_contenu(self) -> str:
        texte: str = self.cleaned_data["contenu"]
        if trouvees := contenu.fautes(texte):
            raise forms.ValidationError(" ".join(trouvees))
        return texte


class FormulaireLettre(FormulaireTexte):
    """A new letter."""

    portee = forms.ChoiceField(
        label="À qui",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez à qui part la lettre.", "invalid_choice": "Choisissez dans la liste."},
    )
    categorie = forms.ChoiceField(
        label="De quoi elle parle",
        choices=list(CATEGORIES.items()),
        initial=MISSION,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez de quoi parle la lettre.", "invalid_choice": HORS_CATEGORIE},
    )
    field_order = ("portee", "categorie", "sujet", "contenu")

    def __init__(self, *args: Any, portees: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = [(p.value, texte) for p, texte in PORTEES.items() if p in portees]
        champ: Any = self.fields["portee"]
        champ.choices = choix
        if len(choix) == 1:
            champ.initial = choix[0][0]
