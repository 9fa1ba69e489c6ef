"""The parts of the simulator about the household and its persons. Each asks only what the earlier answers make useful.

Names of fields: `a0_`/`a1_` the adults, `e0_`… the children, then the fact of the catalogue (`droits.faits`).
A choice « Je ne sais pas » (value "nsp") makes the fact unknown: the law then says which fact is missing.
"""

from dataclasses import dataclass
from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate, FormulaireDSFR
from limpide.dossiers.templatetags.affichage import mois_en_lettres
from limpide.droits.faits import NATURES
from limpide.usagers.simulateur.periodes import age, mois_proposes

NSP = "nsp"
JE_NE_SAIS_PAS = (NSP, "Je ne sais pas")
OUI_NON = [("oui", "Oui"), ("non", "Non")]
ENFANTS_MAX = 12
SOUTIENS_DITS = (
    "Oui, il l'élève avec vous, l'entretient ou paie sa pension",
    "Non, il est décédé",
    "Non, il ne l'a pas reconnu",
    "Non, la Caf a constaté qu'il ne peut pas payer",
    "Non, une pension est fixée et rien n'est payé",
    "En partie : la pension fixée n'est pas payée en entier",
    "Oui, la pension fixée est payée en entier, mais elle est petite (moins de 200 € environ)",
    "Non, et aucune pension n'est fixée",
)
"""The values of `soutien_autre_parent`, as answers."""
TAUX_DITS = [
    ("0", "Aucun, ou moins de 50 %"),
    ("50", "De 50 à 79 %"),
    ("80", "80 % ou plus"),
    JE_NE_SAIS_PAS,
]
Reponses = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """A titled group of fields; `retirer` names the child whose row can be removed."""

    titre: str
    champs: tuple[str, ...]
    aide: str = ""
    disposition: str = "colonne"
    retirer: int | None = None
    repliee: bool = False


class Choix(forms.ChoiceField):
    """Radio buttons, one per line or in line, without a pre-selected answer."""

    def __init__(self, label: str, choix: list[tuple[str, str]], *, en_ligne: bool = False, **kwargs: Any) -> None:
        self.en_ligne = en_ligne
        kwargs.setdefault("error_messages", {"required": "Choisissez une réponse."})
        super().__init__(label=label, choices=choix, widget=forms.RadioSelect, **kwargs)


class CaseNsp(forms.BooleanField):
    def __init__(self, quoi: str) -> None:
        super().__init__(label=f"Je ne sais pas ({quoi})" if quoi else "Je ne sais pas", required=False)


class Partie(FormulaireDSFR):
    """One part: `composer` adds the fields that the earlier answers make useful and lists the sections."""

    code = ""
    titre = ""
    facultative = False
    """Passed over when there is nothing to ask."""
    sections: list[Section]

    def __init__(self, *args: Any, reponses: Reponses, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reponses = reponses
        self.sections = []
        self.composer(reponses)

    def composer(self, reponses: Reponses) -> None:
        raise TypeError(f"{type(self).__name__} : une partie du simulateur dit ses questions dans « composer »")

    def erreurs(self) -> list[tuple[str, str, str]]:
        """As in the base form, each label preceded by the section it belongs to (« Enfant 2 »)."""
        titres = {nom: section.titre for section in self.sections for nom in section.champs if section.titre}
        par_id = {self[nom].id_for_label or self[nom].auto_id: titres.get(nom, "") for nom in self.fields}
        return [
            (
                id_,
                f"{par_id[id_]}, {libelle[0].lower()}{libelle[1:]}" if par_id.get(id_) else libelle,
                message,
            )
            for id_, libelle, message in super().erreurs()
        ]

    @property
    def adultes(self) -> list[tuple[str, str]]:
        """(prefix, how the page calls the person)."""
        couple = self.reponses.get("couple") == "oui"
        return [("a0", "Vous")] + ([("a1", "Votre conjoint ou conjointe")] if couple else [])

    @property
    def enfants(self) -> list[tuple[str, str]]:
        return [(f"e{i}", f"Enfant {i + 1}") for i in range(self.reponses.get("nombre_enfants") or 0)]

    def clean(self) -> Reponses:
        donnees = super().clean() or self.cleaned_data
        for nom in self.fields:
            if nom.endswith("_nsp"):
                self._exiger_ou_ignorer(nom.removesuffix("_nsp"), bool(donnees.get(nom)))
        return donnees

    def _exiger_ou_ignorer(self, racine: str, inconnu: bool) -> None:
        """Amounts beside « Je ne sais pas »: needed unless it is ticked."""
        for nom in [n for n in self.fields if n == racine or n.startswith(f"{racine}_m")]:
            if inconnu:
                self.cleaned_data[nom] = None
            elif self.cleaned_data.get(nom) is None and nom not in self.errors:
                self.add_error(nom, "Écrivez un montant (0 s'il n'y en a pas) ou cochez « Je ne sais pas ».")


class PartieFoyer(Partie):
    code, titre = "foyer", "Votre foyer"

    def composer(self, reponses: Reponses) -> None:
        residence = NATURES["residence"]
        self.fields |= {
            "mois": forms.ChoiceField(
                label="Pour quel mois ?",
                choices=[(m, mois_en_lettres(m)) for m in mois_proposes()],
                help_text="Les règles et les montants appliqués sont ceux de ce mois.",
            ),
            "residence": forms.ChoiceField(
                label="Où habitez-vous ?",
                choices=list(
                    zip(
                        residence.valeurs,
                        (x[0].upper() + x[1:] for x in residence.libelles_valeurs),
                        strict=True,
                    )
                ),
            ),
            "couple": Choix(
                "Vivez-vous en couple ?",
                OUI_NON,
                en_ligne=True,
                help_text="Mariage, pacs ou vie commune, même sans papier.",
            ),
            "nombre_enfants": forms.IntegerField(
                label="Combien d'enfants vivent avec vous ?",
                help_text="Enfants à votre charge, y compris en garde alternée. Écrivez 0 si vous n'en avez pas.",
                min_value=0,
                max_value=ENFANTS_MAX,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={
                    "required": "Écrivez un nombre, 0 si aucun enfant ne vit avec vous.",
                    "invalid": "Écrivez un nombre entier, par exemple 2.",
                    "min_value": "Le nombre d'enfants ne peut pas être négatif.",
                    "max_value": f"Ce simulateur va jusqu'à {ENFANTS_MAX} enfants.",
                },
            ),
        }
        self.sections = [Section("", tuple(self.fields))]


class PartiePersonnes(Partie):
    code, titre = "personnes", "Les personnes"

    def composer(self, reponses: Reponses) -> None:
        activites = NATURES["activite"]
        for prefixe, nom in self.adultes:
            self.fields |= {
                f"{prefixe}_date_naissance": ChampDate(label="Date de naissance", future=False),
                f"{prefixe}_nationalite": Choix(
                    "Nationalité",
                    [
                        ("francaise", "Française"),
                        ("eee_ou_suisse", "Européenne (Espace économique européen) ou suisse"),
                        ("autre", "Autre nationalité"),
                    ],
                ),
                f"{prefixe}_activite": Choix(
                    "Activité en ce moment",
                    [
                        *(
                            (v, t[0].upper() + t[1:])
                            for v, t in zip(activites.valeurs, activites.libelles_valeurs, strict=True)
                        ),
                        JE_NE_SAIS_PAS,
                    ],
                ),
                f"{prefixe}_taux_incapacite": Choix(
                    "Taux d'incapacité reconnu par la MDPH",
                    TAUX_DITS,
                    required=False,
                    help_text="Pour l'allocation aux adultes handicapés. Sans réponse, aucun taux n'est supposé.",
                ),
            }
            self.sections.append(Section(nom, tuple(n for n in self.fields if n.startswith(f"{prefixe}_"))))
        for rang, (prefixe, nom) in enumerate(self.enfants):
            self.fields |= {
                f"{prefixe}_date_naissance": ChampDate(label="Date de naissance", future=False),
                f"{prefixe}_garde_alternee": Choix(
                    "Vit-il ou elle en garde alternée ?",
                    [("non", "Non, toujours ici"), ("oui", "Oui, chez ses deux parents")],
                    en_ligne=True,
                ),
            }
            champs = (f"{prefixe}_date_naissance", f"{prefixe}_garde_alternee")
            if reponses.get("couple") == "non":
                soutien = NATURES["soutien_autre_parent"]
                self.fields[f"{prefixe}_soutien_autre_parent"] = Choix(
                    "Son autre parent participe-t-il à son entretien ?",
                    [*zip(soutien.valeurs, SOUTIENS_DITS, strict=True), JE_NE_SAIS_PAS],
                )
                champs = (*champs, f"{prefixe}_soutien_autre_parent")
            self.sections.append(Section(nom, champs, retirer=rang))

    def clean(self) -> Reponses:
        donnees = super().clean()
        mois = self.reponses["mois"]
        for prefixe, nom in self.adultes:
            naissance = donnees.get(f"{prefixe}_date_naissance")
            if naissance and age(naissance, mois) < 16:
                qui = "Vous devez" if nom == "Vous" else "La personne doit"
                self.add_error(f"{prefixe}_date_naissance", f"{qui} avoir au moins 16 ans. Vérifiez l'année.")
            elif naissance and age(naissance, mois) > 120:
                self.add_error(f"{prefixe}_date_naissance", "Vérifiez l'année : cette personne aurait plus de 120 ans.")
        for prefixe, _ in self.enfants:
            naissance = donnees.get(f"{prefixe}_date_naissance")
            if naissance and age(naissance, mois) >= 25:
                self.add_error(
                    f"{prefixe}_date_naissance",
                    "À partir de 25 ans, un enfant n'est plus à charge : retirez-le de la liste.",
                )
        return donnees


def moins_de_trois_ans(reponses: Reponses, prefixe: str) -> bool:
    """The child may open the allocation de base of the Paje in the month asked: born, or adopted, since three years."""
    mois, arrivee = reponses.get("mois", ""), reponses.get(f"{prefixe}_date_adoption")
    if reponses.get(f"{prefixe}_adoption") == "oui" and (arrivee is None or (mois and age(arrivee, mois) < 3)):
        return True
    return bool(reponses.get(f"{prefixe}_date_naissance")) and age_de(reponses, prefixe, mois) < 3


def age_de(reponses: Reponses, prefixe: str, mois: str) -> int:
    naissance = reponses.get(f"{prefixe}_date_naissance")
    return age(naissance, mois) if naissance and mois else 0
