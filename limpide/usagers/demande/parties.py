"""Questions of the claim: the simulator's, without what is known already, who the others are, where to write."""

import dataclasses
import datetime as dt
from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate
from limpide.identite.iban import IbanInvalide, lire_iban
from limpide.usagers.demande.aides import Aide
from limpide.usagers.simulateur.formulaires import Partie, PartieFoyer, PartiePersonnes, Reponses, Section
from limpide.usagers.simulateur.periodes import age
from limpide.usagers.simulateur.precisions import PartiePrecisions
from limpide.usagers.simulateur.ressources import PartieMontants, PartieRessources

MAJORITE = 18
HORS_DE_FRANCE = "hors_de_france"
CORSE = ("200", "201")


class FoyerDemande(PartieFoyer):
    """The month is today's; since when the household is so is asked, because the law reads the months before."""

    def composer(self, reponses: Reponses) -> None:
        super().composer(reponses)
        del self.fields["mois"]
        self.fields["foyer_depuis"] = ChampDate(
            label="Depuis quand votre foyer est-il composé ainsi ?",
            help_text="Mêmes adultes et mêmes enfants qu'aujourd'hui. Format attendu : JJ/MM/AAAA.",
            future=False,
        )
        self.sections = [Section("", tuple(self.fields))]

    def clean(self) -> Reponses:
        donnees = super().clean()
        if donnees.get("residence") == HORS_DE_FRANCE:
            le = self.reponses["aide"].le
            self.add_error(
                "residence", f"{le[0].upper()}{le[1:]} se demande quand on habite en France de façon stable."
            )
        return donnees


class PersonnesDemande(PartiePersonnes):
    """Without the claimant's own birth date: it is in their civil status."""

    def composer(self, reponses: Reponses) -> None:
        super().composer(reponses)
        del self.fields["a0_date_naissance"]
        self.sections = [
            dataclasses.replace(s, champs=tuple(c for c in s.champs if c in self.fields)) for s in self.sections
        ]

    def clean(self) -> Reponses:
        donnees = super().clean()
        aide: Aide = self.reponses["aide"]
        mineur = age(self.reponses["a0_date_naissance"], self.reponses["mois"]) < MAJORITE
        if mineur and not aide.parent_mineur:
            self.add_error(None, f"Il faut avoir 18 ans pour demander {aide.le} : écrivez à votre Caf.")
        elif mineur and not self.enfants:
            self.add_error(
                None, f"Avant 18 ans, {aide.le} se demande seulement si vous avez un enfant, né ou à naître : écrivez "
                "à votre Caf."
            )  # fmt: skip
        return donnees


class Coordonnees(Partie):
    """Names of the others, address, account to be paid on."""

    code, titre = "coordonnees", "Noms, adresse et compte bancaire"

    def composer(self, reponses: Reponses) -> None:
        for prefixe, nom in [*self.adultes[1:], *self.enfants]:
            self.fields |= {
                f"{prefixe}_prenoms": _texte("Prénoms", 160, "Écrivez les prénoms."),
                f"{prefixe}_nom_naissance": _texte("Nom de naissance", 120, "Écrivez le nom de naissance."),
            }
            self.sections.append(Section(nom, (f"{prefixe}_prenoms", f"{prefixe}_nom_naissance")))
        self.fields |= {
            "adresse_lignes": _texte("Numéro, rue et complément", 160, "Écrivez votre adresse.", "street-address"),
            "code_postal": _texte("Code postal", 5, "Écrivez un code postal de cinq chiffres.", "postal-code"),
            "commune": _texte("Commune", 80, "Écrivez le nom de la commune.", "address-level2"),
        }
        self.sections.append(Section("Votre adresse", ("adresse_lignes", "code_postal", "commune")))
        self.fields["iban"] = _texte("IBAN du compte à votre nom", 42, "Écrivez l'IBAN de votre compte.")
        self.fields["iban"].help_text = "Il est sur votre relevé d'identité bancaire (RIB)."
        self.sections.append(Section("Où vous payer", ("iban",)))

    def clean_iban(self) -> str:
        try:
            iban, _ = lire_iban(self.cleaned_data["iban"])
        except IbanInvalide as erreur:
            raise forms.ValidationError(str(erreur)) from None
        return iban.en_clair()

    def clean_code_postal(self) -> str:
        code = self.cleaned_data["code_postal"].replace(" ", "")
        if not (code.isascii() and code.isdigit() and len(code) == 5):
            raise forms.ValidationError("Écrivez un code postal de cinq chiffres.")
        if departement(code) not in self.reponses["caisses"]:
            raise forms.ValidationError(
                "La Caf de ce département ne reçoit pas encore de demandes ici : adressez-vous à elle directement."
            )
        return code

    def clean(self) -> Reponses:
        donnees = super().clean()
        for nom in self.fields:
            if nom.endswith(("_prenoms", "_nom_naissance")) and not any(c.isalpha() for c in donnees.get(nom, "a")):
                self.add_error(nom, "Écrivez ce nom avec des lettres.")
        return donnees


def _texte(label: str, longueur: int, manque: str, rempli: str = "off") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longueur, widget=forms.TextInput(attrs={"autocomplete": rempli}),
        error_messages={"required": manque, "max_length": f"Écrivez {longueur} caractères au plus."},
    )  # fmt: skip


def departement(code_postal: str) -> str:
    """The department of a postal code, as the Caf are listed."""
    if code_postal.startswith("20"):
        return "2A" if code_postal[:3] in CORSE else "2B"
    return code_postal[:3] if code_postal.startswith(("97", "98")) else code_postal[:2]


PARTIES: tuple[type[Partie], ...] = (
    FoyerDemande, PersonnesDemande, PartiePrecisions, PartieRessources, PartieMontants, Coordonnees,
)  # fmt: skip


def connues(aide: Aide, personne: Any, mois: str, caisses: dict[str, str]) -> dict[str, Any]:
    """What isn't asked: the right claimed, today's month, the claimant's birth date, the Caf by department."""
    naissance: dt.date = personne.date_naissance
    return {"aide": aide, "mois": mois, "a0_date_naissance": naissance, "caisses": caisses}
