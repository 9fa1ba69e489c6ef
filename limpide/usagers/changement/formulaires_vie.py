"""The forms of the changes that concern one person: a spouse, a job, a child who leaves or comes, a pregnancy."""

import datetime as dt
from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate, ChampEuros
from limpide.dossiers.mois import decaler, en_lettres
from limpide.dossiers.templatetags.affichage import jour_fr
from limpide.droits.faits import NATURES
from limpide.identite.models import Personne, Qualite
from limpide.usagers.changement.connu import Connu, prenom
from limpide.usagers.changement.etapes import ARRIVANT, Arrivee, Depart, Etapes, FaitDit, Sejour
from limpide.usagers.changement.formulaires import (
    FORMAT,
    TOUT_DE_SUITE,
    FormulaireChangement,
    attendre_un_agent,
    exiger_des_lettres,
    refuser_un_enfant_connu,
    texte,
)
from limpide.usagers.changement.plan import Plan, echeance_d_un_agent
from limpide.usagers.demande.parties import MAJORITE
from limpide.usagers.simulateur.formulaires import OUI_NON, Choix

AGE_DU_COUPLE, AGE_DU_TRAVAIL = 16, 16
MOIS_DE_RESSOURCES = 4
"""The right of a month reads the fourth, third and second months before it (CASF R262-4, CSS R843-1)."""
DE_1970 = dt.date(1970, 1, 1)
NATIONALITES = [
    ("francaise", "Française"), ("eee_ou_suisse", "Européenne (Espace économique européen) ou suisse"),
    ("autre", "Autre nationalité"),
]  # fmt: skip


def age(naissance: dt.date, jour: dt.date) -> int:
    return jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))


def _activites() -> list[tuple[str, str]]:
    nature = NATURES["activite"]
    return [(v, t[0].upper() + t[1:]) for v, t in zip(nature.valeurs, nature.libelles_valeurs, strict=True)]


class Couple(FormulaireChangement):
    titre = "Vie en couple"
    question = "Depuis quand vivez-vous ensemble ?"

    def composer(self) -> None:
        self.fields |= {
            "lien": Choix(
                "Vous êtes", [("mariage", "Mariés"), ("pacs", "Pacsés"), ("concubinage", "En concubinage")],
                en_ligne=True,
            ),
            "prenoms": texte("Ses prénoms", 160, "Écrivez les prénoms."),
            "nom_naissance": texte("Son nom de naissance", 120, "Écrivez le nom de naissance."),
            "naissance": ChampDate(label="Sa date de naissance", help_text=FORMAT, future=False),
            "nationalite": Choix("Sa nationalité", NATIONALITES),
            "activite": Choix("Son activité en ce moment", _activites()),
        }  # fmt: skip
        for mois in self._mois():
            self.fields[f"salaire_{mois:%Y%m}"] = ChampEuros(
                label=f"Son salaire net de {en_lettres(mois)}", help_text="0 s'il n'y en avait pas."
            )

    def _mois(self) -> list[dt.date]:
        return [decaler(self.connu.jour, -n) for n in range(MOIS_DE_RESSOURCES, 0, -1)]

    def clean_depuis(self) -> dt.date | None:
        depuis = super().clean_depuis()
        if depuis is not None and self.connu.conjoint_apres(depuis):
            raise forms.ValidationError(
                "Votre dossier connaît déjà un conjoint ou une conjointe à cette date : déclarez d'abord la séparation."
            )
        if attente := self.connu.conjoint_attendu:
            raise forms.ValidationError(
                f"Vous avez déjà déclaré une vie en couple (récépissé n° {attente}) : un agent la vérifie."
            )
        return depuis

    def clean_naissance(self) -> dt.date:
        naissance: dt.date = self.cleaned_data["naissance"]
        if age(naissance, self.connu.jour) < AGE_DU_COUPLE:
            raise forms.ValidationError(f"Cette personne doit avoir {AGE_DU_COUPLE} ans. Vérifiez l'année.")
        return naissance

    def clean(self) -> dict[str, Any]:
        lus: dict[str, Any] = super().clean() or self.cleaned_data
        exiger_des_lettres(self, "prenoms", "nom_naissance")
        return lus

    def accords(self) -> list[str]:
        return [str(self.cleaned_data["prenoms"].split()[0])]

    def plan(self) -> Plan:
        lu, jour = self.cleaned_data, self.cleaned_data["depuis"]
        arrivee = Arrivee(lu["prenoms"], lu["nom_naissance"], lu["naissance"], Qualite.CONJOINT, jour)
        faits = [
            FaitDit("nationalite", NATURES["nationalite"].valeurs.index(lu["nationalite"]), jour, None, ARRIVANT),
            *_activite(lu["activite"], jour, ARRIVANT),
            *(
                FaitDit("salaire_net", lu[f"salaire_{m:%Y%m}"], m, decaler(m, 1), ARRIVANT)
                for m in self._mois()
            ),
        ]  # fmt: skip
        return attendre_un_agent(
            self.connu, arrivee, tuple(faits), titre=self.titre, piece="identite_conjoint",
            cause=f"Vous avez déclaré une vie en couple depuis le {jour_fr(jour)}.",
        )  # fmt: skip


def _activite(valeur: str, jour: dt.date, qui: int) -> tuple[FaitDit, FaitDit]:
    return (
        FaitDit("activite", NATURES["activite"].valeurs.index(valeur), jour, None, qui),
        FaitDit("etudiant", int(valeur == "etudiant"), jour, None, qui),
    )


def en_age_de_travailler(connu: Connu) -> list[tuple[str, str, Personne]]:
    """(key, how the page calls them, person): ranks, never numbers of persons."""
    trouves = [("moi", f"Vous ({prenom(connu.moi)})", connu.moi)]
    if (conjoint := connu.conjoint(connu.jour)) is not None:
        trouves.append(("conjoint", prenom(conjoint), conjoint))
    for rang, sejour in enumerate(connu.enfants(connu.jour)):
        if age(sejour.personne.date_naissance, connu.jour) >= AGE_DU_TRAVAIL:
            trouves.append((f"e{rang}", prenom(sejour.personne), sejour.personne))
    return trouves


def accord_de(connu: Connu, qui: Personne) -> list[str]:
    """The agreement of that person is asked when they are another adult (MC-087)."""
    adulte = age(qui.date_naissance, connu.jour) >= MAJORITE
    return [prenom(qui)] if adulte and qui.pk != connu.moi.pk else []


class Emploi(FormulaireChangement):
    titre = "Travail, chômage, études, retraite"
    question = "Depuis quelle date ?"
    DIT = (
        ("actif", "Commence ou reprend un travail"),
        ("chomeur", "Est au chômage"),
        ("inactif", "Arrête de travailler, sans chômage ni retraite"),
        ("retraite", "Part à la retraite"),
        ("etudiant", "Commence des études"),
    )
    ARRETE = ("chomeur", "inactif")

    def composer(self) -> None:
        depuis = self.fields.pop("depuis")
        self.fields |= {
            "qui": Choix("Qui est concerné ?", [(cle, nom) for cle, nom, _ in self._personnes()]),
            "activite": Choix("Cette personne", list(self.DIT)),
            "depuis": depuis,
            "remplacement": Choix(
                "Si elle arrête un travail : un revenu le remplace-t-il ?", OUI_NON, en_ligne=True, required=False,
                help_text="Chômage, indemnités journalières… Répondez aussi oui s'il est demandé et attendu.",
            ),
        }  # fmt: skip

    def _personnes(self) -> list[tuple[str, str, Personne]]:
        return en_age_de_travailler(self.connu)

    def _qui(self) -> Personne:
        return next(p for cle, _, p in self._personnes() if cle == self.cleaned_data["qui"])

    def clean(self) -> dict[str, Any]:
        lus: dict[str, Any] = super().clean() or self.cleaned_data
        if lus.get("activite") in self.ARRETE and not lus.get("remplacement"):
            self.add_error("remplacement", "Répondez oui ou non : le calcul en dépend.")
        if lus.get("qui") and lus.get("activite") and lus.get("depuis"):
            self._refuser_la_contradiction(self._qui(), lus["depuis"], lus["activite"])
        return lus

    def _refuser_la_contradiction(self, qui: Personne, jour: dt.date, activite: str) -> None:
        autre = self.connu.apres("activite", jour, qui.pk)
        if autre is not None:
            self.add_error(
                "depuis", f"La Caf connaît déjà une activité depuis le {jour_fr(autre)} : un autre changement vient "
                "après cette date.",
            )  # fmt: skip
        elif self.connu.valeur("activite", jour, qui.pk) == NATURES["activite"].valeurs.index(activite):
            self.add_error("activite", "C'est déjà ce que la Caf connaît à cette date.")

    def sans_question(self) -> frozenset[str]:
        return frozenset(() if self.cleaned_data["activite"] in self.ARRETE else {"remplacement"})

    def accords(self) -> list[str]:
        return accord_de(self.connu, self._qui())

    def plan(self) -> Plan:
        lu, jour, qui = self.cleaned_data, self.cleaned_data["depuis"], self._qui()
        arrete = lu["activite"] in self.ARRETE and lu["remplacement"] == "non"
        faits = [*_activite(lu["activite"], jour, qui.pk)]
        if arrete or self.connu.valeur("revenus_interrompus", jour, qui.pk):
            faits.append(FaitDit("revenus_interrompus", int(arrete), jour, None, qui.pk))
        suite = f"{TOUT_DE_SUITE} Les montants reçus se déclarent dans votre trimestre."
        return Plan(
            self.titre, jour, f"Vous avez déclaré un changement d'activité le {jour_fr(jour)}.", suite,
            Etapes(faits=tuple(faits)),
        )  # fmt: skip


class EnfantPart(FormulaireChangement):
    titre = "Départ d'un enfant, résidence alternée"

    @property
    def sans_objet(self) -> str:
        return "" if self.connu.enfants(self.connu.jour) else "Votre dossier ne connaît aucun enfant."

    def composer(self) -> None:
        depuis = self.fields.pop("depuis")
        enfants = [(f"e{rang}", prenom(s.personne)) for rang, s in enumerate(self.connu.enfants(self.connu.jour))]
        self.fields |= {
            "qui": Choix("Quel enfant ?", enfants),
            "ou": Choix(
                "Où vit-il ou elle maintenant ?",
                [("part", "Ailleurs que chez vous"), ("alternee", "Chez ses deux parents, en résidence alternée"),
                 ("reste", "De nouveau tout le temps chez vous")],
            ),
            "depuis": depuis,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        lus: dict[str, Any] = super().clean() or self.cleaned_data
        if not (lus.get("qui") and lus.get("ou") and lus.get("depuis")):
            return lus
        sejour = self._sejour()
        if sejour.valide.lower > lus["depuis"]:
            self.add_error(
                "depuis", f"{prenom(sejour.personne)} est dans votre foyer, ainsi, depuis le "
                f"{jour_fr(sejour.valide.lower)} : le changement vient après.",
            )  # fmt: skip
        elif lus["ou"] != "part" and sejour.garde_alternee == (lus["ou"] == "alternee"):
            self.add_error("ou", "C'est déjà ce que la Caf connaît à cette date.")
        return lus

    def _sejour(self) -> Any:
        return self.connu.enfants(self.connu.jour)[int(self.cleaned_data["qui"][1:])]

    def plan(self) -> Plan:
        lu, jour, sejour = self.cleaned_data, self.cleaned_data["depuis"], self._sejour()
        if lu["ou"] == "part":
            etapes, quoi = Etapes(departs=(Depart(sejour.personne_id, jour),)), "le départ d'un enfant"
        else:
            reste = Sejour(sejour.personne_id, jour, lu["ou"] == "alternee")
            etapes, quoi = Etapes(sejours=(reste,)), "un changement de résidence d'un enfant"
        return Plan(self.titre, jour, f"Vous avez déclaré {quoi} le {jour_fr(jour)}.", TOUT_DE_SUITE, etapes)


class EnfantArrive(FormulaireChangement):
    titre = "Arrivée d'un enfant"
    question = "Depuis quand vit-il ou elle chez vous ?"
    AUTRE = "autre"

    def composer(self) -> None:
        depuis = self.fields.pop("depuis")
        revenus = [(f"p{rang}", prenom(p)) for rang, p in enumerate(self.connu.partis())]
        self.fields |= {
            "qui": Choix(
                "Quel enfant ?", [*revenus, (self.AUTRE, "Un enfant que votre dossier ne connaît pas")],
                initial=None if revenus else self.AUTRE,
            ),
            "prenoms": texte("Ses prénoms", 160, "Écrivez les prénoms."),
            "nom_naissance": texte("Son nom de naissance", 120, "Écrivez le nom de naissance."),
            "naissance": ChampDate(label="Sa date de naissance", help_text=FORMAT, future=False),
            "depuis": depuis,
            "garde": Choix(
                "Où vit-il ou elle ?",
                [("non", "Toujours chez vous"), ("oui", "Chez ses deux parents, en résidence alternée")],
            ),
        }  # fmt: skip
        for nom in ("prenoms", "nom_naissance", "naissance"):
            self.fields[nom].required = not revenus
            if revenus:
                self.fields[nom].help_text += " Pour un enfant que votre dossier ne connaît pas."

    def clean(self) -> dict[str, Any]:
        lus: dict[str, Any] = super().clean() or self.cleaned_data
        if lus.get("qui") != self.AUTRE:
            self._refuser_un_retour_avant_le_depart(lus)
            return lus
        exiger_des_lettres(self, "prenoms", "nom_naissance")
        for nom in ("prenoms", "nom_naissance", "naissance"):
            if not lus.get(nom) and nom not in self.errors:
                self.add_error(nom, "Cette réponse est nécessaire pour un enfant que votre dossier ne connaît pas.")
        naissance, depuis = lus.get("naissance"), lus.get("depuis")
        if naissance and depuis and depuis < naissance:
            self.add_error("depuis", "L'arrivée vient après la naissance : vérifiez les deux dates.")
        if naissance and lus.get("prenoms"):
            refuser_un_enfant_connu(self, lus["prenoms"], naissance)
        return lus

    def _refuser_un_retour_avant_le_depart(self, lus: dict[str, Any]) -> None:
        if not (lus.get("qui") and lus.get("depuis")):
            return
        revenu = self.connu.partis()[int(lus["qui"][1:])]
        fins = [s.valide.upper for s in self.connu.sejours if s.personne_id == revenu.pk and s.valide.upper]
        if fins and lus["depuis"] < max(fins):
            self.add_error(
                "depuis",
                f"{prenom(revenu)} est dans votre foyer jusqu'au {jour_fr(max(fins))} : il revient après.",
            )

    def sans_question(self) -> frozenset[str]:
        nouveau = self.cleaned_data["qui"] == self.AUTRE
        return frozenset(() if nouveau else {"prenoms", "nom_naissance", "naissance"})

    def accords(self) -> list[str]:
        lu = self.cleaned_data
        nouveau = lu["qui"] == self.AUTRE and age(lu["naissance"], self.connu.jour) >= MAJORITE
        return [str(lu["prenoms"].split()[0])] if nouveau else []

    def plan(self) -> Plan:
        lu, jour = self.cleaned_data, self.cleaned_data["depuis"]
        cause = f"Vous avez déclaré l'arrivée d'un enfant le {jour_fr(jour)}."
        if lu["qui"] == self.AUTRE:
            arrivee = Arrivee(
                lu["prenoms"], lu["nom_naissance"], lu["naissance"], Qualite.ENFANT, jour, lu["garde"] == "oui"
            )  # fmt: skip
            return attendre_un_agent(
                self.connu, arrivee, (), titre=self.titre, piece="acte_enfant", cause=cause
            )  # fmt: skip
        revenu = self.connu.partis()[int(lu["qui"][1:])]
        sejour = Sejour(revenu.pk, jour, lu["garde"] == "oui")
        return Plan(self.titre, jour, cause, TOUT_DE_SUITE, Etapes(sejours=(sejour,)))


class Grossesse(FormulaireChangement):
    titre = "Grossesse"
    question = "Date de la déclaration de grossesse, faite par le médecin ou la sage-femme"

    def composer(self) -> None:
        depuis = self.fields.pop("depuis")
        self.fields |= {
            "qui": Choix("Qui attend un enfant ?", [(cle, nom) for cle, nom, _ in self._adultes()]),
            "depuis": depuis,
            "debut": ChampDate(label="Date de début de la grossesse", help_text=FORMAT, future=False),
            "nombre": forms.IntegerField(
                label="Combien d'enfants sont attendus ?", min_value=1, max_value=6, initial=1,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={
                    "required": "Écrivez un nombre.", "invalid": "Écrivez un nombre entier, par exemple 1.",
                    "min_value": "Écrivez 1 ou plus.", "max_value": "Écrivez 6 au plus.",
                },
            ),
        }  # fmt: skip

    def _adultes(self) -> list[tuple[str, str, Personne]]:
        conjoint = self.connu.conjoint(self.connu.jour)
        autre = [] if conjoint is None else [("conjoint", prenom(conjoint), conjoint)]
        return [("moi", f"Vous ({prenom(self.connu.moi)})", self.connu.moi), *autre]

    def _qui(self) -> Personne:
        return next(p for cle, _, p in self._adultes() if cle == self.cleaned_data["qui"])

    def clean(self) -> dict[str, Any]:
        lus: dict[str, Any] = super().clean() or self.cleaned_data
        debut, depuis = lus.get("debut"), lus.get("depuis")
        if debut and depuis and debut > depuis:
            self.add_error("debut", "La grossesse commence avant sa déclaration : vérifiez les deux dates.")
        elif debut and (self.connu.jour - debut).days > 300:
            self.add_error("debut", "Cette date a plus de dix mois : si l'enfant est né, déclarez la naissance.")
        if lus.get("qui") and depuis and self._deja(depuis, self._qui().pk):
            self.add_error("qui", "La Caf connaît déjà cette grossesse, ou un agent la vérifie.")
        return lus

    def _deja(self, jour: dt.date, qui: int) -> bool:
        attendus = [f for _, etapes in self.connu.attentes for f in etapes.faits]
        attendue = any(f.nature == "enceinte" and f.qui == qui and f.valeur for f in attendus)
        return attendue or self.connu.valeur("enceinte", jour, qui) == 1

    def accords(self) -> list[str]:
        return [prenom(self._qui())] if self.cleaned_data["qui"] == "conjoint" else []

    def plan(self) -> Plan:
        lu, jour, qui = self.cleaned_data, self.cleaned_data["depuis"], self._qui().pk
        faits = [
            FaitDit("enceinte", 1, jour, None, qui),
            FaitDit("date_debut_grossesse", (lu["debut"] - DE_1970).days, jour, None, qui),
        ]
        if lu["nombre"] > 1:
            faits.append(FaitDit("enfants_attendus", lu["nombre"], jour, None, qui))
        suite = (
            "Un agent de votre Caf vérifie que la déclaration du médecin ou de la sage-femme est arrivée, puis "
            f"l'enregistre, avant le {jour_fr(echeance_d_un_agent(self.connu.jour))}. N'envoyez aucun document médical."
        )
        return Plan(
            self.titre, jour, f"Vous avez déclaré une grossesse le {jour_fr(jour)}.", suite,
            a_verifier=Etapes(faits=tuple(faits)), objet="Déclaration d'un professionnel de santé à vérifier",
        )  # fmt: skip
