"""Days of leave of one month, for the AJPP and the AJPA: told each month (CSS D544-9, D544-10, D168-11)."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Min
from django.utils import timezone

from limpide.dossiers.formulaires import ChampEuros
from limpide.dossiers.models import Demande, EtatDemande
from limpide.dossiers.mois import decaler, ecrire, en_lettres, premier_jour
from limpide.dossiers.retroactivite import MOIS_DE_PRESCRIPTION
from limpide.droits.faits import NATURES
from limpide.identite.models import Personne
from limpide.usagers.changement.connu import prenom
from limpide.usagers.changement.etapes import Etapes, FaitDit
from limpide.usagers.changement.formulaires import TOUT_DE_SUITE, FormulaireChangement
from limpide.usagers.changement.formulaires_vie import accord_de
from limpide.usagers.changement.plan import Plan
from limpide.usagers.demande.champs import montree
from limpide.usagers.simulateur.conges import JOURS_DU_MOIS, champ_jours
from limpide.usagers.simulateur.formulaires import Choix

PRESENCE, AIDE, FRAIS = "ajpp_demi_journees", "ajpa_demi_journees", "ajpp_frais"
JOUR_DU_BILAN = 20
"""From that day on, the month told is this one; before, the last."""
MONTRES = 6


def premiere_demande(dossier: int, droit: str) -> dt.date | None:
    """The month of the first claim of that right, which the AJPP is due from (R552-2, II, 4°)."""
    faites = Demande.objects.filter(dossier_id=dossier, droits__contains=[droit], deposee_le__isnull=False)
    premiere = faites.exclude(etat=EtatDemande.ABANDONNEE).aggregate(n=Min("deposee_le"))["n"]
    return None if premiere is None else premier_jour(timezone.localdate(premiere))


class JoursDeConge(FormulaireChangement):
    titre = "Jours de congé du mois : présence parentale, proche aidant"

    def composer(self) -> None:
        self.fields.pop("depuis")  # the month says it
        jour = self.connu.jour
        habituel = jour if jour.day >= JOUR_DU_BILAN else decaler(jour, -1)
        mois = self._mois()
        self.fields |= {
            "conge": Choix("Quel congé, et de qui ?", [(cle, dit) for cle, dit, _, _ in self._conges()]),
            "mois": forms.ChoiceField(
                label="Quel mois ?", choices=[(ecrire(m), en_lettres(m)) for m in mois],
                initial=ecrire(premier_jour(habituel)), error_messages={"required": "Choisissez un mois."},
            ),
            "jours": champ_jours("Jours de congé pris ce mois-là", JOURS_DU_MOIS),
            "frais": ChampEuros(
                label="Dépenses non remboursées dues à l'état de santé de l'enfant, ce mois-là",
                help_text="Pour la présence parentale seulement. Laissez vide s'il n'y en a pas.", required=False,
            ),
        }  # fmt: skip
        self.fields["jours"].required = True
        self.fields["jours"].help_text = "Une demi-journée s'écrit 0,5. Écrivez 0 si vous n'en avez pris aucun."

    @property
    def sans_objet(self) -> str:
        return "" if self._conges() else (
            "Ces jours se disent une fois l'allocation journalière (présence parentale, proche aidant) demandée : "
            "voyez « Demander une aide »."
        )  # fmt: skip

    @property
    def rappel(self) -> list[tuple[str, str]]:
        """What was told of the last months."""
        dits = []
        for mois in self._mois()[:MONTRES]:
            for _, dit, nature, qui in self._conges():
                if (valeur := self.connu.valeur(nature, mois, qui.pk)) is not None:
                    dits.append((f"{en_lettres(mois).capitalize()}, {dit[0].lower()}{dit[1:]}", _en_jours(valeur)))
        return dits

    def _conges(self) -> list[tuple[str, str, str, Personne]]:
        """(key, in words, kind of fact, whose): what was claimed, or told once."""
        connu, trouves = self.connu, []
        adultes = [("moi", f"vous ({prenom(connu.moi)})", connu.moi)]
        if (conjoint := connu.conjoint(connu.jour)) is not None:
            adultes.append(("conjoint", prenom(conjoint), conjoint))
        if self._depuis("ajpp", PRESENCE) is not None:
            trouves += [(f"presence_{cle}", f"Présence parentale : {nom}", PRESENCE, p) for cle, nom, p in adultes]
        if self._depuis("ajpa", AIDE) is not None:
            trouves.append(("aide", f"Proche aidant : {adultes[0][1]}", AIDE, connu.moi))
        return trouves

    def _depuis(self, droit: str, nature: str) -> dt.date | None:
        """The first month told or claimed."""
        dits = [f.valide.lower for f in self.connu.faits if f.nature == NATURES[nature].code]
        demandee = premiere_demande(self.connu.dossier.pk, droit)
        return min([*dits, *([] if demandee is None else [demandee])], default=None)

    def _mois(self) -> list[dt.date]:
        """The current month and those before, since the file, two years back at most; the latest first."""
        ouvert = premier_jour(self.connu.dossier.ouvert_le)
        mois = [decaler(self.connu.jour, -n) for n in range(MOIS_DE_PRESCRIPTION + 1)]
        return [m for m in mois if m >= ouvert]

    def _choisi(self) -> tuple[str, Personne]:
        return next((nature, p) for cle, _, nature, p in self._conges() if cle == self.cleaned_data["conge"])

    def clean(self) -> dict[str, Any]:
        lus: dict[str, Any] = super().clean() or self.cleaned_data
        if not (lus.get("conge") and lus.get("mois")) or lus.get("jours") is None:
            return lus
        nature, qui = self._choisi()
        lus["depuis"] = premier_jour(lus["mois"])
        debut = self._depuis("ajpp", PRESENCE)
        if nature == PRESENCE and debut is not None and lus["depuis"] < debut:
            self.add_error(
                "mois", f"Cette allocation est due à partir du mois de sa demande, {en_lettres(debut)} (code de la "
                "sécurité sociale, art. R552-2).",
            )  # fmt: skip
        elif not self._faits(nature, qui):
            self.add_error("jours", "C'est déjà ce que la Caf connaît pour ce mois.")
        return lus

    def _faits(self, nature: str, qui: Personne) -> list[FaitDit]:
        """What was told and is not known already, for that month only."""
        lu, mois = self.cleaned_data, self.cleaned_data["depuis"]
        dits: list[tuple[str, int, int | None]] = [(nature, int(2 * lu["jours"]), qui.pk)]
        if nature == PRESENCE and lu.get("frais") is not None:
            dits.append((FRAIS, lu["frais"], None))
        return [
            FaitDit(nom, valeur, mois, decaler(mois, 1), sujet)
            for nom, valeur, sujet in dits
            if self.connu.valeur(nom, mois, sujet) != valeur
        ]

    def sans_question(self) -> frozenset[str]:
        return frozenset({"frais"} if self.cleaned_data["conge"] == "aide" else ())

    def accords(self) -> list[str]:
        return accord_de(self.connu, self._choisi()[1])

    def plan(self) -> Plan:
        nature, qui = self._choisi()
        lu, mois = self.cleaned_data, self.cleaned_data["depuis"]
        employeur = nature == PRESENCE and lu["jours"] > 0
        suite = TOUT_DE_SUITE
        if employeur:
            suite += " Envoyez ensuite l'attestation de votre employeur, ou votre déclaration sur l'honneur."
        return Plan(
            self.titre, mois, f"Vous avez dit vos jours de congé de {en_lettres(mois)}.", suite,
            Etapes(faits=tuple(self._faits(nature, qui))), piece="conge_de_presence" if employeur else "",
        )  # fmt: skip


def _en_jours(demi_journees: int) -> str:
    return f"{montree(PRESENCE, demi_journees)} jour{'s' if demi_journees > 3 else ''}"
