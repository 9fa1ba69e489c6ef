"""Where the dwelling is, by its postal code: the law wants the zone of its commune, which nobody knows by heart.

The name of the commune is asked only where a code is that of communes of several zones. Overseas is all in one zone:
nothing is asked there, so that nothing contradicts the first answer.
"""

import re
from typing import Any

from django import forms

from limpide.droits.faits import NATURES
from limpide.droits.logement.phrases import ZONES as ZONES_EN_LETTRES
from limpide.droits.logement.zones import ZONES, Lieu, lieux_du_code_postal
from limpide.usagers.demande.lieux import residence
from limpide.usagers.simulateur.formulaires import Partie, Reponses

CODE, COMMUNE, TU = "logement_code_postal", "logement_commune", "logement_code_postal_tu"
ZONE_OUTRE_MER = "zone_2"
"""Every municipality overseas is in zone II (arrêté du 17 mars 1978)."""
ARRETE = "arrêté du 17 mars 1978, annexes"
_CINQ_CHIFFRES = re.compile(r"[0-9]{5}")


class ChampCodePostal(forms.CharField):
    """Five digits, as people write them (« 06 000 »), of a commune of metropolitan France."""

    def __init__(self) -> None:
        super().__init__(
            label="Code postal du logement",
            help_text="Cinq chiffres. L'aide dépend de la zone où est la commune : nous la trouvons pour vous.",
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
        )

    def clean(self, value: Any) -> str:
        code = sans_espaces(super().clean(value))
        if not code:
            return ""
        if not _CINQ_CHIFFRES.fullmatch(code):
            raise forms.ValidationError("Écrivez un code postal de cinq chiffres, par exemple 59000.")
        lieu = residence(code)
        if lieu != "metropole":
            raise forms.ValidationError(
                f"Ce code postal est outre-mer ({_nom_de(lieu)}), et vous avez répondu « France métropolitaine » à « Où"
                " habitez-vous ? ». Corrigez ce code, ou votre réponse à la première étape."
            )
        if not lieux_du_code_postal(code):
            raise forms.ValidationError(
                "Nous ne trouvons pas de commune qui ait ce code postal. Vérifiez-le. Un code « CEDEX », réservé au"
                " courrier des entreprises, ne convient pas."
            )
        return code


def sans_espaces(code: str | None) -> str:
    return re.sub(r"\s", "", code or "")


def _nom_de(lieu: str) -> str:
    nature = NATURES["residence"]
    return nature.libelles_valeurs[nature.valeurs.index(lieu)]


def questions_du_lieu(partie: Partie) -> dict[str, Any]:
    """The postal code; under it the communes, where the code that was typed leaves a doubt."""
    if partie.reponses.get("residence") != "metropole":
        return {}
    champs: dict[str, Any] = {CODE: ChampCodePostal()}
    lu = partie.data if partie.is_bound else partie.initial
    lieux = lieux_du_code_postal(sans_espaces(lu.get(CODE)))
    if len(lieux) > 1:
        choisir = "Les communes de ce code postal ne sont pas toutes dans la même zone : choisissez la vôtre."
        champs[COMMUNE] = forms.ChoiceField(
            label="Votre commune",
            choices=[("", "Choisissez votre commune"), *((lieu.nom, lieu.nom) for lieu in lieux)],
            required=not lu.get(TU),
            error_messages={"required": choisir, "invalid_choice": choisir},
        )
    champs[TU] = forms.BooleanField(label="Je préfère ne pas dire mon code postal", required=False)
    return champs


def verifier_le_lieu(partie: Partie) -> None:
    """A code, or the box that says that none is given; the box ticked, nothing of the place is kept."""
    if CODE not in partie.fields:
        return
    if partie.cleaned_data.get(TU):
        for nom in (CODE, COMMUNE):
            partie.errors.pop(nom, None)
            partie.cleaned_data[nom] = ""
    elif CODE not in partie.errors and not partie.cleaned_data.get(CODE):
        partie.add_error(CODE, "Écrivez le code postal, ou cochez « Je préfère ne pas dire mon code postal ».")


def lieu_dit(reponses: Reponses) -> Lieu | None:
    """The commune of these answers, as typed or checked, or those of the code; None where nobody said."""
    lieux = () if reponses.get(TU) else lieux_du_code_postal(sans_espaces(reponses.get(CODE)))
    if len(lieux) > 1:
        return next((lieu for lieu in lieux if lieu.nom == reponses.get(COMMUNE)), None)
    return lieux[0] if lieux else None


def zone_dite(reponses: Reponses) -> str | None:
    """The zone of the dwelling, one of `ZONES`; None where it is not known."""
    if reponses.get("residence") != "metropole":  # abroad, the law refuses before it reads a zone
        return ZONE_OUTRE_MER
    lieu = lieu_dit(reponses)
    return lieu.zone if lieu else None


def phrase_du_lieu(reponses: Reponses) -> str:
    """« Nice est en zone II… », for the result; empty where nobody said."""
    zone = zone_dite(reponses)
    if zone is None or reponses.get("residence") == "hors_de_france":
        return ""
    lieu = lieu_dit(reponses)
    if lieu is None:
        ou = "Toutes les communes d'outre-mer sont"
    elif lieu.nom:
        ou = f"{lieu.nom} est"
    else:
        ou = f"Les communes du code postal {reponses[CODE]} sont"
    return f"{ou} en zone {ZONES_EN_LETTRES[ZONES.index(zone)]} pour l'aide au logement ({ARRETE})."
