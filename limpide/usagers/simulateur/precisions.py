"""The part of the simulator about what only some households are asked: permits, pregnancy, school, support, housing."""

from django import forms

from limpide.dossiers.formulaires import ChampDate, ChampEuros
from limpide.droits.faits import NATURES
from limpide.usagers.simulateur.formulaires import (
    JE_NE_SAIS_PAS,
    OUI_NON,
    CaseNsp,
    Choix,
    Partie,
    Reponses,
    Section,
    age_de,
    moins_de_trois_ans,
)
from limpide.usagers.simulateur.garde import demander_l_arret, demander_la_garde
from limpide.usagers.simulateur.handicap import demander_le_handicap
from limpide.usagers.simulateur.periodes import est_rentree
from limpide.usagers.simulateur.soutien import demander_l_allocataire, demander_le_soutien

AGE_DE_GROSSESSE = 50
"""Age under which both members of a couple are asked whether a child is expected; of somebody alone, ten years more."""


class PartiePrecisions(Partie):
    code, titre = "precisions", "Précisions et logement"

    def composer(self, reponses: Reponses) -> None:
        mois = reponses.get("mois", "")
        seul, sans_enfant = reponses.get("couple") == "non", not self.enfants
        for prefixe, nom in self.adultes:
            self._adulte(prefixe, nom, mois, seul=seul, sans_enfant=sans_enfant)
            demander_le_handicap(self, prefixe, nom, mois)
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
            demander_le_soutien(self, prefixe, nom)
            self._allocataire(prefixe, nom, mois)
            if est_rentree(mois):
                self._rentree(prefixe, nom, int(mois[:4]))
        demander_la_garde(self)
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
        if age_de(reponses, prefixe, mois) < AGE_DE_GROSSESSE + (10 if seul else 0):
            self._grossesse(prefixe, nom)
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
        demander_l_arret(self, prefixe, nom)
        champs = tuple(list(self.fields)[debut:])
        if champs:
            self.sections.append(Section(nom, champs))

    def _grossesse(self, prefixe: str, nom: str) -> None:
        """A child expected, and what only a declared pregnancy tells: since when, and how many."""
        self.fields[f"{prefixe}_enceinte"] = Choix(
            "Attendez-vous un enfant ?" if nom == "Vous" else "Attend-il ou elle un enfant ?",
            [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True,
        )  # fmt: skip
        self.fields[f"{prefixe}_date_debut_grossesse"] = ChampDate(
            label="Si oui, début de la grossesse",
            help_text="Date de la déclaration de grossesse, au format JJ/MM/AAAA. Laissez vide si vous ne savez pas.",
            future=False,
            required=False,
        )
        self.fields[f"{prefixe}_enfants_attendus"] = forms.IntegerField(
            label="Si plusieurs enfants sont attendus, combien ?",
            required=False,
            min_value=1,
            max_value=6,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": "Écrivez un nombre entier, par exemple 2."},
        )

    def _allocataire(self, prefixe: str, nom: str, mois: str) -> None:
        """Asked of a child in shared residence, where a benefit that is not shared may be due.

        A young brother or sister is enough: the children of this household make the ceiling of their allowance.
        """
        partage = self.reponses.get(f"{prefixe}_garde_alternee") == "oui"
        petit = any(moins_de_trois_ans(self.reponses, enfant) for enfant, _ in self.enfants)
        if partage and (est_rentree(mois) or petit):
            demander_l_allocataire(self, prefixe, nom)

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
