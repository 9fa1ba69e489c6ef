"""One part of a claim with an open file: a field for each fact that the law lacks; one may not know."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.dossiers.formulaires import ChampDate, ChampEuros
from limpide.dossiers.mois import decaler, en_lettres
from limpide.droits.faits import Nature
from limpide.identite.models import Personne
from limpide.usagers.demande.foyer_connu import FoyerConnu, Question
from limpide.usagers.scellement import SANS_REPONSE
from limpide.usagers.simulateur.formulaires import (
    JE_NE_SAIS_PAS,
    NSP,
    OUI_NON,
    CaseNsp,
    Choix,
    Partie,
    Reponses,
    Section,
)

ANNEES_AVANT = 2
"""Yearly incomes are those of the last year but one."""
PHRASES = {
    "nationalite": "Quelle est sa nationalité ?",
    "enceinte": "Un enfant est-il attendu ?",
    "etudiant": "Suit-il ou elle des études ?",
    "type_conges": "Est-il ou elle en congé long ? Les congés payés ne comptent pas.",
    "rsa_jeune_condition_heures_travail_remplie": "A-t-il ou elle travaillé deux ans à temps plein ces trois "
    "dernières années ?",
    "rsa_isolement_recent": "Le parent vit-il sans conjoint depuis moins de dix-huit mois ?",
    "residence": "Où habite le foyer ?",
    "statut_occupation_logement": "Comment le foyer est-il logé ?",
    "aide_logement": "Aide au logement reçue (APL, ALF ou ALS)",
}
"""Questions where the label of the fact would not be one."""


@dataclass(frozen=True)
class Declare:
    """One fact told by the claim, as it is stored."""

    personne: Personne | None
    nature: Nature
    valeur: int
    valide: DateRange


class PartieQuestions(Partie):
    """Built from `reponses["questions"]`. An answer left out leaves the fact unknown: the decision then names it."""

    code, titre = "questions", "Ce que votre Caf ne sait pas encore"

    def composer(self, reponses: Reponses) -> None:
        self.questions: list[Question] = reponses["questions"]
        self.foyer: FoyerConnu = reponses["foyer"]
        par_sujet: dict[str, list[str]] = {}
        for question in self.questions:
            champs = self._champs(question)
            self.fields |= champs
            par_sujet.setdefault(question.qui, []).extend(champs)
        self.sections = [Section(qui, tuple(champs)) for qui, champs in par_sujet.items()]

    def _champs(self, q: Question) -> dict[str, forms.Field]:
        nature = q.nature
        label = PHRASES.get(nature.nom, nature.libelle)
        if nature.type == "booleen":
            return {q.cle: Choix(label, [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True)}
        if nature.type == "enumeration":
            mots = [m[0].upper() + m[1:] for m in nature.libelles_valeurs or nature.valeurs]
            return {q.cle: Choix(label, [*zip(nature.valeurs, mots, strict=True), JE_NE_SAIS_PAS])}
        if nature.type == "date":
            aide = "Format attendu : JJ/MM/AAAA. Laissez vide si vous ne savez pas."
            return {q.cle: ChampDate(label=label, help_text=aide, future=False, required=False)}
        if nature.type == "entier":
            return {
                q.cle: forms.IntegerField(
                    label=label, help_text="Laissez vide si vous ne savez pas.", required=False, min_value=0,
                    max_value=100, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                    error_messages={"invalid": "Écrivez un nombre entier, par exemple 5."},
                )
            }  # fmt: skip
        montants: dict[str, forms.Field] = {
            f"{q.cle}_m{m:%Y%m}": ChampEuros(
                label=f"{label}, {en_lettres(m)}", required=False, negatif=nature.signe
            ) for m in q.mois
        } or {
            q.cle: ChampEuros(label=f"{label} ({self._annee})", required=False, negatif=nature.signe)
        }  # fmt: skip
        return {**montants, f"{q.cle}_nsp": CaseNsp(nature.libelle.lower())}

    @property
    def _annee(self) -> int:
        return self.foyer.mois.year - ANNEES_AVANT

    def declares(self) -> list[Declare]:
        """The facts told; the part must be valid."""
        trouves = []
        for q in self.questions:
            for m in q.mois:
                montant = self.cleaned_data.get(f"{q.cle}_m{m:%Y%m}")
                if montant is not None:
                    trouves.append(Declare(q.personne, q.nature, montant, DateRange(m, decaler(m, 1))))
            valeur = None if q.mois else self._stockee(q.nature, self.cleaned_data.get(q.cle))
            if valeur is not None:
                trouves.append(Declare(q.personne, q.nature, valeur, self._periode(q.nature)))
        return trouves

    def _periode(self, nature: Nature) -> DateRange:
        if nature.periodicite == "annee":
            return DateRange(dt.date(self._annee, 1, 1), dt.date(self._annee + 1, 1, 1))
        return DateRange(self.foyer.mois, None)

    def _stockee(self, nature: Nature, valeur: Any) -> int | None:
        """As the table of facts holds it; None when it isn't known."""
        if valeur in (None, "", NSP):
            return None
        if nature.type == "booleen":
            return int(valeur == "oui")
        if nature.type == "enumeration":
            return nature.valeurs.index(valeur)
        if nature.type == "date":
            return int((valeur - dt.date(1970, 1, 1)).days)
        return int(valeur)

    def recapitulatif(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each question with its answer in words, person by person."""
        return [
            (s.titre, [(str(self[c].label), self._dite(c)) for c in s.champs if not c.endswith("_nsp")])
            for s in self.sections
        ]

    def _dite(self, nom: str) -> str:
        valeur, champ = self.cleaned_data.get(nom), self.fields[nom]
        if valeur in (None, ""):
            return SANS_REPONSE
        if isinstance(champ, ChampEuros):
            return f"{valeur / 100:,.2f} €".replace(",", " ").replace(".", ",")
        choix = dict(getattr(champ, "choices", ()))
        if choix:
            return str(choix[valeur])
        return f"{valeur:%d/%m/%Y}" if hasattr(valeur, "strftime") else str(valeur)
