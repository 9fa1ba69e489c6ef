"""One resource of one month, said or corrected outside the quarter: what a body sent is not silently replaced."""

import datetime as dt
from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampEuros
from limpide.dossiers.models import SourceFait
from limpide.dossiers.mois import decaler, ecrire, en_lettres, premier_jour
from limpide.dossiers.retroactivite import MOIS_DE_PRESCRIPTION
from limpide.dossiers.templatetags.affichage import jour_fr
from limpide.droits.faits import NATURES, Nature
from limpide.identite.models import Personne
from limpide.usagers.changement.etapes import Etapes, FaitDit
from limpide.usagers.changement.formulaires import TOUT_DE_SUITE, FormulaireChangement
from limpide.usagers.changement.formulaires_vie import accord_de, en_age_de_travailler
from limpide.usagers.changement.plan import Plan, echeance_d_un_agent
from limpide.usagers.simulateur.formulaires import Choix
from limpide.usagers.trimestre.connu import A_DECLARER
from limpide.usagers.trimestre.envoi import ECART_A_VERIFIER


class Ressources(FormulaireChangement):
    titre = "Ressource d'un mois"

    def composer(self) -> None:
        self.fields.pop("depuis")  # the month says it
        self.fields |= {
            "qui": Choix("Qui a reçu cette somme ?", [(cle, nom) for cle, nom, _ in self._personnes()]),
            "nature": forms.ChoiceField(
                label="Quelle ressource ?", choices=[("", "Choisissez"), *((n.nom, n.libelle) for n in A_DECLARER)],
                error_messages={"required": "Choisissez une ressource."},
            ),
            "mois": forms.ChoiceField(
                label="Quel mois ?", choices=[("", "Choisissez"), *((ecrire(m), en_lettres(m)) for m in self._mois())],
                error_messages={"required": "Choisissez un mois."},
            ),
            "montant": ChampEuros(
                label="Montant net reçu ce mois-là", negatif=True, help_text="0 si cette personne n'a rien reçu."
            ),
        }  # fmt: skip

    def _personnes(self) -> list[tuple[str, str, Personne]]:
        return en_age_de_travailler(self.connu)

    def _qui(self) -> Personne:
        return next(p for cle, _, p in self._personnes() if cle == self.cleaned_data["qui"])

    def _mois(self) -> list[dt.date]:
        """Months that are over, since the file, two years back at most; the latest first."""
        ouvert = premier_jour(self.connu.dossier.ouvert_le)
        mois = [decaler(self.connu.jour, -n) for n in range(1, MOIS_DE_PRESCRIPTION + 1)]
        return [m for m in mois if m >= ouvert]

    def clean(self) -> dict[str, Any]:
        lus: dict[str, Any] = super().clean() or self.cleaned_data
        if not (lus.get("qui") and lus.get("nature") and lus.get("mois")) or lus.get("montant") is None:
            return lus
        lus["depuis"] = premier_jour(lus["mois"])
        if lus["montant"] < 0 and not self._nature().signe:
            self.add_error("montant", "Le montant ne peut pas être négatif.")
        elif self.connu.valeur(lus["nature"], lus["depuis"], self._qui().pk) == lus["montant"]:
            self.add_error("montant", "C'est déjà ce que la Caf connaît pour ce mois.")
        elif self._attendue():
            self.add_error("montant", "Vous avez déjà déclaré cette ressource pour ce mois : un agent la vérifie.")
        return lus

    def _nature(self) -> Nature:
        return NATURES[self.cleaned_data["nature"]]

    def _attendue(self) -> bool:
        lu, qui = self.cleaned_data, self._qui().pk
        attendus = [f for _, etapes in self.connu.attentes for f in etapes.faits]
        return any((f.nature, f.qui, f.debut) == (lu["nature"], qui, lu["depuis"]) for f in attendus)

    def accords(self) -> list[str]:
        return accord_de(self.connu, self._qui())

    def plan(self) -> Plan:
        lu, jour, qui = self.cleaned_data, self.cleaned_data["depuis"], self._qui().pk
        etapes = Etapes(faits=(FaitDit(lu["nature"], lu["montant"], jour, decaler(jour, 1), qui),))
        cause = f"Vous avez déclaré une ressource de {en_lettres(jour)} : {self._nature().libelle.lower()}."
        connu = self.connu.fait(lu["nature"], jour, qui)
        loin = connu is not None and abs(lu["montant"] - connu.valeur) > ECART_A_VERIFIER
        if connu is None or connu.source != SourceFait.PARTENAIRE or not loin:
            return Plan(self.titre, jour, cause, TOUT_DE_SUITE, etapes)
        suite = (
            "Un organisme nous a transmis un autre montant. Les deux sont gardés ; d'ici la vérification, le calcul "
            "garde le montant transmis (code de la sécurité sociale, art. R843-1). Un agent de votre Caf vérifie et "
            f"vous répond avant le {jour_fr(echeance_d_un_agent(self.connu.jour))}."
        )
        return Plan(
            self.titre, jour, cause, suite, a_verifier=etapes, objet="Ressources déclarées et transmises différentes"
        )
