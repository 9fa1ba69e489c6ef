"""The parts of the simulator about the household and its persons. Each asks only what the earlier answers make useful.

Names of fields: `a0_`/`a1_` the adults, `e0_`… the children, then the fact of the catalogue (`droits.faits`).
A choice « Je ne sais pas » (value "nsp") makes the fact unknown: the law then says which fact is missing.
"""

from dataclasses import dataclass
from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate, ChampEuros, FormulaireDSFR
from limpide.dossiers.templatetags.affichage import mois_en_lettres
from limpide.droits.faits import NATURES
from limpide.usagers.simulateur.periodes import age, est_rentree, mois_proposes

NSP = "nsp"
JE_NE_SAIS_PAS = (NSP, "Je ne sais pas")
OUI_NON = [("oui", "Oui"), ("non", "Non")]
ENFANTS_MAX = 12
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


class PartiePrecisions(Partie):
    code, titre = "precisions", "Précisions et logement"

    def composer(self, reponses: Reponses) -> None:
        mois = reponses.get("mois", "")
        seul, sans_enfant = reponses.get("couple") == "non", not self.enfants
        for prefixe, nom in self.adultes:
            self._adulte(prefixe, nom, mois, seul=seul, sans_enfant=sans_enfant)
        for prefixe, nom in self.enfants:
            if age_de(reponses, prefixe, mois) >= 16:
                self.fields[f"{prefixe}_activite"] = Choix(
                    "Que fait-il ou elle ?",
                    [
                        ("etudiant", "Études ou lycée"),
                        ("actif", "Travail ou apprentissage"),
                        ("inactif", "Ni l'un ni l'autre"),
                        JE_NE_SAIS_PAS,
                    ],
                )
                self.sections.append(Section(nom, (f"{prefixe}_activite",)))
            if est_rentree(mois):
                self._rentree(prefixe, nom, int(mois[:4]))
        if seul and not sans_enfant:
            self.fields["rsa_isolement_recent"] = Choix(
                "Vivez-vous sans conjoint depuis moins de 18 mois ?",
                [*OUI_NON, JE_NE_SAIS_PAS],
                en_ligne=True,
            )
            self.sections.append(Section("Votre situation", ("rsa_isolement_recent",)))
        self._logement()

    def _adulte(self, prefixe: str, nom: str, mois: str, *, seul: bool, sans_enfant: bool) -> None:
        reponses, debut = self.reponses, len(self.fields)
        if reponses.get(f"{prefixe}_nationalite") == "autre":
            self.fields[f"{prefixe}_protection_internationale"] = Choix(
                "Êtes-vous réfugié, apatride ou sous protection subsidiaire ?" if nom == "Vous"
                else "Est-il ou elle réfugié, apatride ou sous protection subsidiaire ?",
                [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True,
            )  # fmt: skip
            self.fields[f"{prefixe}_carte_resident"] = Choix(
                "Avez-vous une carte de résident ?" if nom == "Vous" else "A-t-il ou elle une carte de résident ?",
                [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True,
                help_text="Carte de dix ans, ou titre qui donne les mêmes droits.",
            )  # fmt: skip
            self.fields[f"{prefixe}_duree_possession_titre_sejour"] = forms.IntegerField(
                label="Depuis combien d'années entières avec un titre de séjour qui permet de travailler ?",
                help_text="Laissez vide si vous ne savez pas.",
                required=False,
                min_value=0,
                max_value=100,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={"invalid": "Écrivez un nombre entier d'années, par exemple 5."},
            )
        if seul or age_de(reponses, prefixe, mois) < 25:
            self.fields[f"{prefixe}_enceinte"] = Choix(
                "Attendez-vous un enfant ?" if nom == "Vous" else "Attend-il ou elle un enfant ?",
                [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True,
            )  # fmt: skip
        if sans_enfant and 18 <= age_de(reponses, prefixe, mois) < 25:
            self.fields[f"{prefixe}_rsa_jeune_condition_heures_travail_remplie"] = Choix(
                "Deux ans de travail à temps plein au cours des trois dernières années ?",
                [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True,
            )  # fmt: skip
        if reponses.get(f"{prefixe}_activite") == "actif":
            conges = NATURES["type_conges"]
            self.fields[f"{prefixe}_type_conges"] = forms.ChoiceField(
                label="Êtes-vous en congé long ?" if nom == "Vous" else "Est-il ou elle en congé long ?",
                choices=list(zip(conges.valeurs, (x[0].upper() + x[1:] for x in conges.libelles_valeurs), strict=True)),
                help_text="Les congés payés ne comptent pas.",
            )
        champs = tuple(list(self.fields)[debut:])
        if champs:
            self.sections.append(Section(nom, champs))

    def _rentree(self, prefixe: str, nom: str, annee: int) -> None:
        """What the allocation de rentrée scolaire does not presume of this child."""
        questions = {}
        naissance = self.reponses.get(f"{prefixe}_date_naissance")
        dans_l_annee = annee - naissance.year if naissance else 0
        if naissance and dans_l_annee == 5 and naissance.month > 1:
            questions["cours_preparatoire_anticipe"] = ("Entre-t-il ou elle au cours préparatoire en septembre ?", "")
        if naissance and (16 <= dans_l_annee <= 18 or (dans_l_annee == 5 and naissance.month == 1)):
            questions["inscription_rentree"] = (
                "Est-il ou elle inscrit à la rentrée ?",
                "École, études ou apprentissage. Un certificat sera demandé.",
            )
        if self.reponses.get(f"{prefixe}_garde_alternee") == "oui":
            questions["allocataire_unique"] = (
                "Êtes-vous le parent désigné pour recevoir ses prestations ?",
                "L'allocation de rentrée scolaire ne se partage pas : un seul des deux parents la reçoit.",
            )
        for fait, (question, aide) in questions.items():
            self.fields[f"{prefixe}_{fait}"] = Choix(
                question, [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True, help_text=aide
            )
        if questions:
            champs = tuple(f"{prefixe}_{fait}" for fait in questions)
            self.sections.append(Section(f"{nom} : rentrée scolaire", champs))

    def _logement(self) -> None:
        logement = NATURES["statut_occupation_logement"]
        self.fields |= {
            "statut_occupation_logement": Choix(
                "Comment êtes-vous logé ?",
                [
                    *(
                        (v, t[0].upper() + t[1:])
                        for v, t in zip(logement.valeurs, logement.libelles_valeurs, strict=True)
                    ),
                    JE_NE_SAIS_PAS,
                ],
            ),
            "aide_logement": ChampEuros(
                label="Aide au logement reçue chaque mois",
                help_text="APL, ALF ou ALS, en euros. Écrivez 0 si vous n'en recevez pas.",
                required=False,
            ),
            "aide_logement_nsp": CaseNsp("aide au logement"),
        }
        champs = ("statut_occupation_logement", "aide_logement", "aide_logement_nsp")
        self.sections.append(Section("Votre logement", champs))


def age_de(reponses: Reponses, prefixe: str, mois: str) -> int:
    naissance = reponses.get(f"{prefixe}_date_naissance")
    return age(naissance, mois) if naissance and mois else 0
