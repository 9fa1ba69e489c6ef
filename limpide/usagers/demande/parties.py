"""Questions of a claim without a file: the household, its persons, what the law lacks, who they are, where to write.

Where three months of resources count, the fixed list of the simulator is asked, without what is known already. Family
benefits ask the household, then only what the law of each right claimed lacks (`foyer_dit`).
"""

import dataclasses
import datetime as dt
from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate
from limpide.identite.iban import IbanInvalide, lire_iban
from limpide.identite.ribs_proteges import A_PROPOSER, PROPOSE
from limpide.usagers.demande import foyer_dit
from limpide.usagers.demande.aides import Aide, choisies
from limpide.usagers.demande.formulaires import ChampAussi
from limpide.usagers.demande.foyer_connu import manquants
from limpide.usagers.demande.lieux import departement
from limpide.usagers.demande.questions import PartieQuestions
from limpide.usagers.dossier import nom_usuel
from limpide.usagers.simulateur.formulaires import Choix, Partie, PartieFoyer, PartiePersonnes, Reponses, Section
from limpide.usagers.simulateur.periodes import age
from limpide.usagers.simulateur.precisions import PartiePrecisions
from limpide.usagers.simulateur.ressources import PartieMontants, PartieRessources

MAJORITE = 18
HORS_DE_FRANCE = "hors_de_france"
DES_NAISSANCES = ("_date_naissance", "_garde_alternee", "_deja_la")
POSEES = "posees_"
"""Prefix of the answers that say what a step asked."""


class FoyerDemande(PartieFoyer):
    """The month is today's; since when the household is so is asked, because the law reads the months before.

    Other rights may be claimed with the same answers.
    """

    def composer(self, reponses: Reponses) -> None:
        super().composer(reponses)
        del self.fields["mois"]
        self.fields["foyer_depuis"] = ChampDate(
            label="Depuis quand votre foyer est-il composé ainsi ?",
            help_text="Mêmes adultes et mêmes enfants qu'aujourd'hui. Format attendu : JJ/MM/AAAA.",
            future=False,
        )
        offertes = [a for a in reponses["offertes"] if a != reponses["aide"]]
        if offertes:
            self.fields["aussi"] = ChampAussi(offertes)
        self.sections = [Section("", tuple(self.fields))]

    def clean(self) -> Reponses:
        donnees = super().clean()
        if donnees.get("residence") == HORS_DE_FRANCE:
            self.add_error("residence", "Cette aide se demande quand on habite en France de façon stable.")
        aides = choisies(self.reponses["aide"], donnees.get("aussi", ()))
        sans = [a for a in aides if a.enfant and not a.attendu]
        if donnees.get("nombre_enfants") == 0 and sans:
            self.add_error("nombre_enfants", f"Pour un foyer sans enfant, rien à demander : {sans[0].nom.lower()}.")
        return donnees


def deja_la(depuis: dt.date) -> Choix:
    """A child who lived with the claimant already did not come the day the household became what it is."""
    return Choix(
        f"Vivait-il ou elle déjà avec vous avant le {depuis:%d/%m/%Y} ?",
        [("oui", "Oui, ou naissance plus récente"), ("non", "Non, arrivée à cette date")],
        en_ligne=True,
        help_text="Par exemple, un enfant resté avec vous après une séparation vivait déjà avec vous.",
    )


def _est_de(champ: str, section: Section) -> bool:
    """The field is of the person of this section."""
    return champ.partition("_")[0] == section.champs[0].partition("_")[0]


class PersonnesDemande(PartiePersonnes):
    """Without the claimant's own birth date: it is in their civil status."""

    def composer(self, reponses: Reponses) -> None:
        super().composer(reponses)
        del self.fields["a0_date_naissance"]
        aides = choisies(reponses["aide"], reponses.get("aussi", ()))
        if self.enfants and foyer_dit.arrivee_utile(reponses, aides):
            for prefixe, _ in self.enfants:
                self.fields[f"{prefixe}_deja_la"] = deja_la(reponses["foyer_depuis"])
        self.sections = [
            dataclasses.replace(s, champs=tuple(c for c in self.fields if _est_de(c, s))) for s in self.sections
        ]

    def clean(self) -> Reponses:
        donnees = super().clean()
        aide: Aide = self.reponses["aide"]
        mineur = age(self.reponses["a0_date_naissance"], self.reponses["mois"]) < MAJORITE
        if mineur and not aide.parent_mineur:
            self.add_error(None, f"Il faut avoir 18 ans pour demander {aide.le} : écrivez à votre Caf.")
        elif mineur and not self.enfants and not aide.attendu and not aide.mineur:
            self.add_error(
                None, f"Avant 18 ans, {aide.le} se demande seulement si vous avez un enfant, né ou à naître : écrivez "
                "à votre Caf."
            )  # fmt: skip
        return donnees


class NaissancesDemande(PersonnesDemande):
    """Births and shared custody: the rest is asked if the law of a right lacks it."""

    facultative = True

    def composer(self, reponses: Reponses) -> None:
        super().composer(reponses)
        for nom in [n for n in self.fields if not n.endswith(DES_NAISSANCES)]:
            del self.fields[nom]
        gardees = [dataclasses.replace(s, champs=tuple(c for c in s.champs if c in self.fields)) for s in self.sections]
        self.sections = [s for s in gardees if s.champs]


class QuestionsDeLaLoi(PartieQuestions):
    """What the law of the rights claimed still lacks. Each step depends on the answers of the one before."""

    facultative = True
    rang = 1

    def composer(self, reponses: Reponses) -> None:
        aides = [a for a in choisies(reponses["aide"], reponses.get("aussi", ())) if not a.ressources]
        posees = {cle for nom, cles in reponses.items() if nom.startswith(POSEES) for cle in cles}
        super().composer({"questions": manquants(foyer_dit.dire(reponses), aides, posees)})

    def clean(self) -> Reponses:
        donnees = super().clean()
        donnees[f"{POSEES}{self.rang}"] = [q.cle for q in self.questions]
        donnees[f"{foyer_dit.DITS}{self.rang}"] = [] if self.errors else self.declares()
        return donnees


class Questions2(QuestionsDeLaLoi):
    code, titre, rang = "questions_2", "Précisions", 2


class Questions3(QuestionsDeLaLoi):
    code, titre, rang = "questions_3", "Dernières précisions", 3


class Questions4(QuestionsDeLaLoi):
    code, titre, rang = "questions_4", "Encore une précision", 4


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
        if reponses.get("rib_du_protecteur") == PROPOSE:
            return
        self.fields["iban"] = _texte("IBAN du compte à votre nom", 42, "Écrivez l'IBAN de votre compte.")
        self.fields["iban"].help_text = "Il est sur votre relevé d'identité bancaire (RIB)."
        if reponses.get("rib_du_protecteur") == A_PROPOSER:
            self.fields["iban"].help_text += " Le compte est au nom de la personne que vous protégez ; deux agents de "
            self.fields["iban"].help_text += "la Caf le vérifient avant tout paiement."
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


DES_RESSOURCES: tuple[type[Partie], ...] = (
    FoyerDemande, PersonnesDemande, PartiePrecisions, PartieRessources, PartieMontants,
)  # fmt: skip
SANS_RESSOURCES: tuple[type[Partie], ...] = (FoyerDemande, NaissancesDemande)
DE_LA_LOI: tuple[type[Partie], ...] = (QuestionsDeLaLoi, Questions2, Questions3, Questions4)
"""As many steps as answers may depend on one another: status, then its date, then what it costs."""


def parties_de(aides: tuple[Aide, ...]) -> tuple[type[Partie], ...]:
    """The steps of a claim of these rights."""
    base = DES_RESSOURCES if any(a.ressources for a in aides) else SANS_RESSOURCES
    loi = DE_LA_LOI if any(not a.ressources for a in aides) else ()
    return (*base, *loi, Coordonnees)


def connues(
    aide: Aide, personne: Any, mois: str, caisses: dict[str, str], offertes: list[Aide] | None = None
) -> dict[str, Any]:
    """What isn't asked: the right claimed, what may be with it, the month, who claims, the Caf by department."""
    naissance: dt.date = personne.date_naissance
    return {
        "aide": aide, "offertes": _avec(aide, offertes or []), "mois": mois,
        "nom": nom_usuel(personne), "a0_date_naissance": naissance, "caisses": caisses,
    }  # fmt: skip


def _avec(aide: Aide, offertes: list[Aide]) -> list[Aide]:
    """What may be claimed with this right: a family benefit takes others only, because it asks no resources."""
    return [] if aide.seule else [a for a in offertes if not a.seule and (aide.ressources or not a.ressources)]
