"""Forms of protectors online, for the agent: identity seen, refusal, measure read."""

from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate, FormulaireDSFR
from limpide.identite.protecteurs import MOTIFS_REFUS, PIECES, PIECES_DU_PROTEGE
from limpide.identite.ribs_proteges import MOTIFS_RIB


class FormulaireAdmission(FormulaireDSFR):
    """Which document showed who asks. No copy of it is kept."""

    piece = forms.ChoiceField(
        label="Pièce d'identité vue", choices=[("", "Choisir"), *((p, p) for p in PIECES)],
        error_messages={"required": "Choisissez la pièce que vous avez vue."},
    )  # fmt: skip


class FormulaireAdmissionSansNumero(FormulaireAdmission):
    """Also what showed who the person to protect is, when they have no file."""

    piece_du_protege = forms.ChoiceField(
        label="Ce qui montre qui est la personne à protéger",
        choices=[("", "Choisir"), *((p, p) for p in PIECES_DU_PROTEGE)],
        error_messages={"required": "Choisissez ce que vous avez vu de la personne à protéger."},
    )  # fmt: skip


class FormulaireRefus(FormulaireDSFR):
    """Why not, from a closed list."""

    motif = forms.ChoiceField(
        label="Motif du refus", choices=[("", "Choisir"), *((c, m.capitalize()) for c, m in MOTIFS_REFUS.items())],
        error_messages={"required": "Choisissez un motif."},
    )  # fmt: skip


class FormulaireOuverture(FormulaireDSFR):
    """The recorded measure that gives the access, once the agent has read the decision."""

    mesure = forms.ChoiceField(
        label="Mesure enregistrée", error_messages={"required": "Choisissez la mesure que dit la décision présentée."}
    )
    lue = forms.BooleanField(
        label="J'ai lu la décision du juge : elle nomme cette personne et lui confie ces pouvoirs",
        error_messages={"required": "Lisez la décision du juge avant d'ouvrir l'accès."},
    )

    def __init__(self, *args: Any, mesures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mesure"].choices = [("", "Choisir"), *mesures]  # type: ignore[attr-defined]


class FormulaireRib(FormulaireDSFR):
    """Accepted from a day, or refused with a reason."""

    avis = forms.ChoiceField(
        label="Votre réponse",
        choices=[("", "Choisir"), ("accepter", "Payer la personne sur ce compte"), ("refuser", "Refuser ce Rib")],
        error_messages={"required": "Choisissez une réponse."},
    )
    depuis = ChampDate(label="Si vous acceptez, à partir du", required=False)
    motif = forms.ChoiceField(
        label="Si vous refusez, pourquoi", required=False,
        choices=[("", "Choisir"), *((c, m.capitalize()) for c, m in MOTIFS_RIB.items())],
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if donnees.get("avis") == "accepter" and not donnees.get("depuis") and "depuis" not in self.errors:
            self.add_error("depuis", "Écrivez à partir de quel jour payer sur ce compte.")
        if donnees.get("avis") == "refuser" and not donnees.get("motif"):
            self.add_error("motif", "Choisissez un motif.")
        return donnees
